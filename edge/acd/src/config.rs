//! A business's document, checked as a whole before anything of it is taken.

use crate::carriage::{self, Fleet};
use crate::policy::Rules;
use crate::refusal::Refusal;
use crate::routing::{AgentIx, SkillIx};
use crate::timetable::Timetable;
use crate::{Agent, joined, members, page, phrase, policy};
use shared::business::Business;
use shared::desk::Disposition;
use shared::limit::{
    KEPT_DAYS, MAX_AGENTS, MAX_ATTEMPTS, MAX_BREAKS, MAX_DISPOSITIONS, MAX_LEVEL, MAX_NAME_CHARS, MAX_SKILLS,
    MAX_STEPS, MAX_WEBHOOKS,
};
use shared::look::{MAX_INSET, READABLE};
use shared::policy::Ceiling;
use shared::webhook::Webhook;
use shared::work::{Break, IMPLIED_BREAKS, Outcome};
use shared::{AgentId, BreakId, DispositionId, SipAddress, SiteId, SkillId, WebhookId};
use std::collections::{BTreeMap, BTreeSet};

/// A business whose document holds together.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its id.
    pub site: SiteId,
    /// Its document.
    pub business: Business,
    /// When it is open, and who is there.
    pub(crate) hours: Timetable,
    /// What carries its calls.
    pub(crate) fleet: Fleet,
    /// Who may be called.
    pub(crate) rules: Rules,
    skills: BTreeMap<SkillId, SkillIx>,
    agents: BTreeMap<AgentId, AgentIx>,
}

/// What is wrong with a business's document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The path of the field.
    pub field: String,
    /// What is wrong, in words.
    pub message: String,
}

impl Config {
    /// Checks a document.
    ///
    /// # Errors
    /// Every fault with its path; a document with one fault is refused whole.
    pub fn new(site: SiteId, business: Business) -> Result<Self, Vec<ConfigError>> {
        let mut faults = Vec::new();
        let mut fault = |field: String, message: &str| {
            faults.push(ConfigError {
                field,
                message: message.into(),
            });
        };
        let bad_name = |name: &str| name.trim().is_empty() || name.chars().count() > MAX_NAME_CHARS;
        if bad_name(&business.name) {
            fault("name".into(), "must be 1 to 80 characters");
        }
        if business.skills.is_empty() || business.skills.len() > MAX_SKILLS {
            fault("skills".into(), "must be 1 to 64 skills");
        }
        if business.agents.len() > MAX_AGENTS {
            fault("agents".into(), "must be 500 agents at the most");
        }
        let mut skills = BTreeSet::new();
        for (at, skill) in business.skills.iter().enumerate() {
            if !skills.insert(&skill.id) {
                fault(format!("skills[{at}].id"), "stands twice");
            }
            if bad_name(&skill.name) {
                fault(format!("skills[{at}].name"), "must be 1 to 80 characters");
            }
            if !(1..=MAX_LEVEL).contains(&skill.priority) {
                fault(format!("skills[{at}].priority"), "must be 1 (first) to 9 (last)");
            }
        }
        let mut agents = BTreeSet::new();
        let mut addresses = BTreeSet::new();
        for (at, agent) in business.agents.iter().enumerate() {
            if !agents.insert(&agent.id) {
                fault(format!("agents[{at}].id"), "stands twice");
            }
            if bad_name(&agent.name) {
                fault(format!("agents[{at}].name"), "must be 1 to 80 characters");
            }
            if let Err(why) = policy::may_be_named(&agent.phone) {
                fault(format!("agents[{at}].phone"), why.words());
            }
            if agent
                .presence
                .as_ref()
                .is_some_and(|address| !addresses.insert(address))
            {
                fault(format!("agents[{at}].presence"), "is another agent's");
            }
            for (skill, level) in agent.skills.iter() {
                if !skills.contains(skill) {
                    fault(format!("agents[{at}].skills.{skill}"), "is not among the skills");
                }
                if !(1..=MAX_LEVEL).contains(&level) {
                    fault(
                        format!("agents[{at}].skills.{skill}"),
                        "must be a level from 1 to 9",
                    );
                }
            }
        }
        check_steps(&business, &mut fault);
        for (at, origin) in business.origins.iter().enumerate() {
            if !is_origin(origin) {
                fault(
                    format!("origins[{at}]"),
                    "must be an origin such as https://shop.example",
                );
            }
        }
        let hours = Timetable::read(&business, &mut fault);
        let fleet = Fleet::read(&business, &mut fault);
        let rules = Rules::read(&business, fleet.iter(), &mut fault);
        page::check(&business, &mut fault);
        carriage::check::centres(&business, &mut fault);
        joined::check(&business, &fleet, &mut fault);
        phrase::check(&business, &mut fault);
        check_breaks(&business, &mut fault);
        check_outcomes(&business, &mut fault);
        members::check(&business, &mut fault);
        check_webhooks(&business, &mut fault);
        check_look(&business, &mut fault);
        for (name, days) in business.retention.all() {
            if !KEPT_DAYS.contains(&days) {
                fault(format!("retention.{name}"), "must be 1 to 3650 days");
            }
        }
        if faults.is_empty() {
            Ok(Self {
                site,
                hours,
                fleet,
                rules,
                skills: business
                    .skills
                    .iter()
                    .map(|skill| skill.id.clone())
                    .zip(0..)
                    .collect(),
                agents: business
                    .agents
                    .iter()
                    .map(|agent| agent.id.clone())
                    .zip(0..)
                    .collect(),
                business,
            })
        } else {
            Err(faults)
        }
    }

    /// The business within what its deployment lets it do. A limit that the document has, and the deployment no longer allows,
    /// is lowered.
    #[must_use]
    pub fn within(mut self, ceiling: &Ceiling) -> Self {
        self.rules.within(ceiling, self.fleet.iter());
        self
    }

    /// A skill.
    pub fn skill(&self, id: &SkillId) -> Option<&shared::business::Skill> {
        self.business.skills.get(usize::from(self.skill_ix(id)?))
    }

    /// The name of a skill.
    pub fn skill_name(&self, id: &SkillId) -> Option<&str> {
        Some(self.skill(id)?.name.as_str())
    }

    /// An agent's facts.
    pub fn agent(&self, id: &AgentId) -> Option<&shared::business::Agent> {
        let ix = usize::try_from(self.agent_ix(id)?).ok()?;
        self.business.agents.get(ix)
    }

    /// The agent whose phone publishes under this address.
    pub fn publisher(&self, address: &SipAddress) -> Option<AgentId> {
        let mut agents = self.business.agents.iter();
        let found = agents.find(|agent| agent.presence.as_ref() == Some(address));
        found.map(|agent| agent.id.clone())
    }

    /// The agents with a row whom the document no longer has.
    ///
    /// # Errors
    /// One of them who is in a call, and stays until it is over.
    pub fn dismissed(&self, agents: &[Agent]) -> Result<Vec<AgentId>, AgentId> {
        let gone = || agents.iter().filter(|agent| self.agent(&agent.id).is_none());
        match gone().find(|agent| agent.request.is_some()) {
            Some(busy) => Err(busy.id.clone()),
            None => Ok(gone().map(|agent| agent.id.clone()).collect()),
        }
    }

    /// What may come of a call.
    pub fn outcome(&self, id: &DispositionId) -> Option<&Outcome> {
        self.business.dispositions.iter().find(|known| known.id == *id)
    }

    /// Whether this may be written down about a call here.
    ///
    /// # Errors
    /// An outcome that the business does not have, or one that lacks its order number.
    pub fn refuse_disposition(&self, disposition: &Disposition) -> Result<(), Refusal> {
        let outcome = self
            .outcome(&disposition.kind)
            .ok_or(Refusal::UnknownDisposition)?;
        let order = disposition.order.as_deref().unwrap_or_default();
        if outcome.needs_order && order.trim().is_empty() {
            return Err(Refusal::OrderMissing);
        }
        Ok(())
    }

    /// An endpoint that is told what happens.
    pub fn webhook(&self, id: &WebhookId) -> Option<&Webhook> {
        self.business.webhooks.iter().find(|known| known.id == *id)
    }

    /// A break that agents may choose.
    pub fn pause(&self, id: &BreakId) -> Option<&Break> {
        self.business.breaks.iter().find(|known| known.id == *id)
    }

    /// A break with its name, chosen or implied.
    pub(crate) fn any_pause(&self, id: &BreakId) -> Option<Break> {
        let implied = || {
            let found = IMPLIED_BREAKS
                .into_iter()
                .find(|(known, _)| *known == id.as_str());
            found.map(|(_, name)| Break {
                id: id.clone(),
                name: name.into(),
            })
        };
        self.pause(id).cloned().or_else(implied)
    }

    pub(crate) fn skill_ix(&self, id: &SkillId) -> Option<SkillIx> {
        self.skills.get(id).copied()
    }

    pub(crate) fn agent_ix(&self, id: &AgentId) -> Option<AgentIx> {
        self.agents.get(id).copied()
    }

    pub(crate) fn skill_count(&self) -> u16 {
        u16::try_from(self.skills.len()).unwrap_or(u16::MAX)
    }

    pub(crate) fn agent_count(&self) -> u32 {
        u32::try_from(self.agents.len()).unwrap_or(u32::MAX)
    }
}

/// Waits and spacings.
fn check_steps(business: &Business, fault: &mut impl FnMut(String, &str)) {
    let relax = &business.routing.relax_s;
    if relax.len() > MAX_STEPS {
        fault("routing.relax_s".into(), "must be 10 waits at the most");
    }
    let pairs = relax.iter().zip(relax.iter().skip(1)).zip(1..);
    for (_, nth) in pairs.filter(|((one, next), _)| one > next) {
        fault(
            format!("routing.relax_s[{nth}]"),
            "must not be shorter than the one before",
        );
    }
    if let (Some(last), Some(anyone)) = (relax.last(), business.routing.anyone_s)
        && anyone < *last
    {
        fault(
            "routing.anyone_s".into(),
            "must not be shorter than the last of routing.relax_s",
        );
    }
    let retry = &business.retry;
    if !(1..=MAX_ATTEMPTS).contains(&retry.attempts) {
        fault("retry.attempts".into(), "must be 1 to 10");
    }
    if retry.attempts > 1 && retry.spacing_s.is_empty() || retry.spacing_s.len() > MAX_STEPS {
        fault("retry.spacing_s".into(), "must be 1 to 10 spacings");
    }
}

/// Outcomes: at least one, ids that stand once, names.
fn check_outcomes(business: &Business, fault: &mut impl FnMut(String, &str)) {
    let outcomes = &business.dispositions;
    if outcomes.is_empty() || outcomes.len() > MAX_DISPOSITIONS {
        fault("dispositions".into(), "must be 1 to 30 outcomes");
    }
    let mut ids = BTreeSet::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        if !ids.insert(&outcome.id) {
            fault(format!("dispositions[{at}].id"), "stands twice");
        }
        if outcome.name.trim().is_empty() || outcome.name.chars().count() > MAX_NAME_CHARS {
            fault(format!("dispositions[{at}].name"), "must be 1 to 80 characters");
        }
    }
}

/// The look: words that fit, a colour that white text is readable on, a button that stays in the window.
fn check_look(business: &Business, fault: &mut impl FnMut(String, &str)) {
    let look = &business.look;
    for (name, text) in [("name", &look.name), ("label", &look.label)] {
        let bad = |text: &String| text.trim().is_empty() || text.chars().count() > MAX_NAME_CHARS;
        if text.as_ref().is_some_and(bad) {
            fault(format!("look.{name}"), "must be 1 to 80 characters");
        }
    }
    if let Some(accent) = look.accent.filter(|it| it.under_white() < READABLE) {
        let (has, would) = (accent.under_white(), accent.darkened());
        let words = format!(
            "white text on it would be too faint ({has:.1} to 1, and {READABLE} is needed); {would} and darker ones work"
        );
        fault("look.accent".into(), &words);
    }
    for (name, inset) in [
        ("inset_block", look.inset_block),
        ("inset_inline", look.inset_inline),
    ] {
        if inset.is_some_and(|it| it > MAX_INSET) {
            fault(format!("look.{name}"), "must be 0 to 200 pixels");
        }
    }
}

/// Endpoints: ids that stand once, something to tell. Where they may be, the shell knows.
fn check_webhooks(business: &Business, fault: &mut impl FnMut(String, &str)) {
    let hooks = &business.webhooks;
    if hooks.len() > MAX_WEBHOOKS {
        fault("webhooks".into(), "must be 10 at the most");
    }
    let mut ids = BTreeSet::new();
    for (at, hook) in hooks.iter().enumerate() {
        if !ids.insert(&hook.id) {
            fault(format!("webhooks[{at}].id"), "stands twice");
        }
        if hook.events.is_empty() {
            fault(format!("webhooks[{at}].events"), "must name one event at least");
        }
    }
}

/// Breaks: ids that stand once and are not ours, names.
fn check_breaks(business: &Business, fault: &mut impl FnMut(String, &str)) {
    if business.breaks.len() > MAX_BREAKS {
        fault("breaks".into(), "must be 30 at the most");
    }
    let mut ids = BTreeSet::new();
    for (at, pause) in business.breaks.iter().enumerate() {
        if !ids.insert(&pause.id) {
            fault(format!("breaks[{at}].id"), "stands twice");
        }
        if IMPLIED_BREAKS.iter().any(|(ours, _)| *ours == pause.id.as_str()) {
            fault(format!("breaks[{at}].id"), "means something already");
        }
        if pause.name.trim().is_empty() || pause.name.chars().count() > MAX_NAME_CHARS {
            fault(format!("breaks[{at}].name"), "must be 1 to 80 characters");
        }
    }
}

/// True for `http(s)://host` or `http(s)://host:port`, as browsers write an origin.
fn is_origin(text: &str) -> bool {
    let Some(place) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let (host, port) = place.split_once(':').unwrap_or((place, "443"));
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    !host.is_empty() && host.bytes().all(plain) && port.parse::<u16>().is_ok_and(|port| port > 0)
}
