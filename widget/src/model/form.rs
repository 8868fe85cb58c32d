//! What the customer chose and typed, and the request that comes of it.

use super::{Model, Moving, Reading};
use crate::word::{self, Say};
use shared::limit::MAX_NOTE_CHARS;
use shared::phone::InvalidPhone;
use shared::presence::SkillView;
use shared::problem::Problem;
use shared::request::{CallRequest, Direct};
use shared::{AgentId, Millis, SkillId};

/// The code of a refusal because nobody is called now.
pub(super) const CLOSED: &str = "closed";

/// What the customer chose and typed.
#[derive(Debug, Default)]
pub struct Form {
    /// Who shall call. Nothing is chosen for the customer unless the page names it.
    pub who: Option<Who>,
    /// Whether the customer chose it, so that the page's wish no longer counts.
    pub who_touched: bool,
    /// The number as typed.
    pub phone: String,
    /// What is known of it.
    pub reading: Reading,
    /// Whether to ask for a number although one is kept.
    pub another: bool,
    /// The note as typed.
    pub note: String,
    /// Now or later, as chosen.
    pub when: When,
    /// The day whose times are shown.
    pub day: Option<String>,
    /// The time chosen.
    pub slot: Option<Millis>,
    /// Whether the customer chose to talk in the browser.
    pub voice: bool,
    /// Whether the customer agreed.
    pub consent: bool,
    /// What is wrong with which field.
    pub errors: Vec<(Field, Say)>,
}

/// Who shall call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The expert whom the page names.
    Expert(AgentId),
    /// Anybody with a skill.
    Skill(SkillId),
    /// Anybody.
    Anyone,
    /// Whom the page asks for past the distribution: then there is no choice.
    Direct(Direct),
}

/// Now or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// As soon as possible.
    #[default]
    Now,
    /// At a time offered.
    Later,
}

/// A part of the form that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who shall call.
    Who,
    /// The time.
    Slot,
    /// The number.
    Phone,
    /// The note.
    Note,
    /// The agreement.
    Consent,
}

impl Field {
    /// The field that the API's name means.
    pub fn of(path: &str) -> Option<Self> {
        match path {
            "phone" => Some(Self::Phone),
            "note" => Some(Self::Note),
            "skill" | "expert" => Some(Self::Who),
            "slot" => Some(Self::Slot),
            "consent" => Some(Self::Consent),
            _ => None,
        }
    }

    /// The id of the element that takes the focus when this field is wrong.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Slot => "slot",
            Self::Phone => "phone",
            Self::Note => "note",
            Self::Consent => "consent",
        }
    }
}

/// Whom a call is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whom {
    /// The skill.
    pub skill: Option<SkillId>,
    /// The expert.
    pub expert: Option<AgentId>,
}

/// A time offered, as the customer writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The instant at which it begins.
    pub at: Millis,
    /// Its day, short.
    pub day: String,
    /// Its beginning and its end: the phone rings in between.
    pub window: String,
}

/// The times offered for later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Slots {
    /// Not asked for.
    #[default]
    Unasked,
    /// Asked for, for them.
    Asked(Whom),
    /// Known, for them.
    Known(Whom, Vec<Time>),
    /// No answer, for them.
    Failed(Whom),
}

impl Slots {
    /// Whom they are for; `None` before they were asked for.
    pub fn whom(&self) -> Option<&Whom> {
        match self {
            Self::Unasked => None,
            Self::Asked(whom) | Self::Known(whom, _) | Self::Failed(whom) => Some(whom),
        }
    }

    /// The times.
    pub fn times(&self) -> &[Time] {
        if let Self::Known(_, times) = self {
            times
        } else {
            &[]
        }
    }

    /// The days that have times, in order.
    pub fn days(&self) -> Vec<String> {
        let mut days: Vec<String> = Vec::new();
        for time in self.times() {
            if days.last() != Some(&time.day) {
                days.push(time.day.clone());
            }
        }
        days
    }
}

impl Form {
    /// What is wrong with a field.
    pub fn error(&self, field: Field) -> Option<&Say> {
        self.errors
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, words)| words)
    }

    pub(super) fn fixed(&mut self, field: Field) {
        self.errors.retain(|(at, _)| *at != field);
    }

    pub(super) fn wrong(&mut self, field: Field, words: Say) {
        if self.error(field).is_none() {
            self.errors.push((field, words));
        }
    }

    /// Puts a refusal's words beside their fields; what belongs to none of them is given back.
    pub(super) fn refuse(&mut self, problem: &Problem) -> Option<Say> {
        let mut rest = problem.errors.is_empty().then(|| word::refused_whole(problem));
        for error in &problem.errors {
            match Field::of(&error.field) {
                // What helps is another time, not another topic.
                Some(_) if error.code == CLOSED => self.wrong(Field::Slot, word::refused(error)),
                Some(field) => self.wrong(field, word::refused(error)),
                None => rest = Some(word::refused_whole(problem)),
            }
        }
        rest
    }
}

impl Model {
    /// Whether there is a choice to offer at all.
    pub fn choice_offered(&self) -> bool {
        self.aim().is_none() && (self.expert().is_some() || self.offered().len() > 1)
    }

    /// The skills to choose from: those the page offers, else all.
    pub fn offered(&self) -> Vec<&SkillView> {
        let named = self.here.skills.iter();
        let named: Vec<&SkillView> = named.filter_map(|id| self.skill(id.as_str())).collect();
        match &self.site {
            Some(site) if named.is_empty() => site.skills.iter().collect(),
            _ => named,
        }
    }

    /// The skill that the choice made stands for. A person is asked for together with the page's skill (or the
    /// person's only one), so that a colleague can step in.
    pub fn skill_asked(&self) -> Option<SkillId> {
        if self.moving != Moving::No {
            return self.request.as_ref()?.skill.clone();
        }
        match &self.form.who {
            Some(Who::Skill(skill)) => Some(skill.clone()),
            Some(Who::Expert(_)) => self.skill_of(self.expert()?).cloned(),
            Some(Who::Anyone | Who::Direct(_)) | None => None,
        }
    }

    /// Whether a call in the browser can be chosen: now, since nobody keeps its window open until later.
    pub fn voice_offered(&self) -> bool {
        self.speaks && self.when() == When::Now && self.site.as_ref().is_some_and(|site| site.voice)
    }

    /// Whether it is chosen.
    pub fn voice(&self) -> bool {
        self.form.voice && self.voice_offered()
    }

    /// Makes the page's wish the choice, as long as the customer made none.
    pub(super) fn follow_page(&mut self) {
        if self.form.who_touched || self.site.is_none() {
            return;
        }
        if let Some(to) = self.here.to.clone().filter(|_| self.aim().is_some()) {
            self.form.who = Some(Who::Direct(to));
            return;
        }
        // A page that offers one skill alone names it.
        let only = self.here.skills.first().filter(|_| self.here.skills.len() == 1);
        let skill = self
            .here
            .skill
            .as_ref()
            .or(only)
            .cloned()
            .filter(|skill| self.skill(skill.as_str()).is_some());
        self.form.who = match (self.expert(), skill) {
            (Some(expert), _) => Some(Who::Expert(expert.id.clone())),
            (None, Some(skill)) => Some(Who::Skill(skill)),
            (None, None) if !self.choice_offered() => Some(Who::Anyone),
            (None, None) => None,
        };
    }

    /// The request that the form makes. `None` with the fields' errors set; or without an error, when the number is still to be
    /// read.
    pub(super) fn fill(&mut self) -> Option<CallRequest> {
        self.form.errors.clear();
        let number = self.number();
        let slot = (self.when() == When::Later).then_some(self.form.slot);
        if self.form.who.is_none() {
            self.form.wrong(Field::Who, word::CHOOSE_WHO.clone());
        }
        if slot == Some(None) {
            self.form.wrong(Field::Slot, word::CHOOSE_SLOT.clone());
        }
        if let Err(why) = number.as_ref().map_err(|why| *why)
            && why != InvalidPhone::NoCountryCode
        {
            self.form.wrong(Field::Phone, word::phone_problem(why));
        }
        if self.form.note.chars().count() > MAX_NOTE_CHARS {
            self.form.wrong(Field::Note, word::NOTE_TOO_LONG.clone());
        }
        if !self.form.consent {
            self.form.wrong(Field::Consent, word::CONSENT_NEEDED.clone());
        }
        if !self.form.errors.is_empty() {
            return None;
        }
        let Whom { skill, expert } = self.whom();
        let to = self.here.to.clone().filter(|_| self.aim().is_some());
        let phone = number.ok()?;
        Some(CallRequest {
            customer: self.identity(&phone),
            phone: phone.into(),
            skill,
            // Whoever is asked for directly is not asked for as an expert, too.
            expert: expert.filter(|_| to.is_none()),
            to,
            note: self.form.note.trim().to_owned(),
            slot: slot.flatten(),
            page: self.here.shared_page(),
            trail: self.here.shared_trail(),
            zone: self.zone.clone(),
            language: self.wished.clone(),
            consent: true,
            voice: self.voice(),
        })
    }
}
