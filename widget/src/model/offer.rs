//! What the business offers for the choice made: a call now, a wait, a time for later, or nothing until it opens.

use super::{Model, Moving, When, Who, Whom};
use shared::call::RequestState;
use shared::presence::{Availability, ExpertView, Offer, SkillView, WaitRange};
use shared::request::{Direct, RequestView};
use shared::{Millis, SkillId};

/// Whom a page asks for past the distribution, and what they can do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim<'a> {
    /// The name of the person or the place.
    pub name: &'a str,
    /// What may be chosen.
    pub offer: Offer,
    /// The wait now; `None` where it is unknown.
    pub wait: Option<WaitRange>,
    /// When it opens next.
    pub opens_at: Option<Millis>,
}

impl Model {
    /// Whom the page asks for past the distribution, as far as the business has them.
    pub fn aim(&self) -> Option<Aim<'_>> {
        if self.moving != Moving::No {
            return None; // Another page may be open by now, and the request is what it is.
        }
        let site = self.site.as_ref()?;
        match self.here.to.as_ref()? {
            Direct::Agent(id) => {
                let it = site.experts.iter().find(|expert| expert.id == *id)?;
                Some(Aim {
                    name: &it.name,
                    offer: it.offer,
                    wait: it.wait,
                    opens_at: it.opens_at,
                })
            }
            Direct::Centre(id) => {
                let it = site.centres.iter().find(|centre| centre.id == *id)?;
                Some(Aim {
                    name: &it.name,
                    offer: it.offer,
                    wait: None,
                    opens_at: it.opens_at,
                })
            }
        }
    }

    /// Whether there is nothing to choose about the time: a place whose phone rings now.
    pub fn only_now(&self) -> bool {
        self.moving == Moving::No
            && matches!(self.here.to, Some(Direct::Centre(_)))
            && self.aim().is_some_and(|it| it.offer == Offer::Now)
    }

    /// The skill of that id.
    pub fn skill(&self, id: &str) -> Option<&SkillView> {
        self.site.as_ref()?.skills.iter().find(|skill| skill.id == id)
    }

    /// The expert whom the page names, when the business has one by that id.
    pub fn expert(&self) -> Option<&ExpertView> {
        let id = self.here.expert.as_ref()?;
        self.site.as_ref()?.experts.iter().find(|expert| expert.id == *id)
    }

    /// That expert, when chosen.
    pub fn expert_asked(&self) -> Option<&ExpertView> {
        self.expert()
            .filter(|_| self.moving == Moving::No && matches!(self.form.who, Some(Who::Expert(_))))
    }

    /// Whom the choice made stands for.
    pub fn whom(&self) -> Whom {
        if let Some(request) = self.request.as_ref().filter(|_| self.moving != Moving::No) {
            return Whom {
                skill: request.skill.clone(),
                expert: request.expert.clone(),
            };
        }
        let direct = match &self.form.who {
            Some(Who::Direct(Direct::Agent(id))) => Some(id.clone()),
            _ => None,
        };
        let expert = || self.expert_asked().map(|expert| expert.id.clone());
        Whom {
            skill: self.skill_asked(),
            expert: direct.or_else(expert),
        }
    }

    /// Everybody who could help with the choice made.
    pub fn helpers(&self) -> Option<&SkillView> {
        match self.skill_asked() {
            Some(skill) => self.skill(skill.as_str()),
            None => self.site.as_ref().map(|site| &site.anyone),
        }
    }

    /// The skill for which a person is asked: the page's, or the person's only one.
    pub(super) fn skill_of<'a>(&'a self, expert: &'a ExpertView) -> Option<&'a SkillId> {
        let skills = &expert.skills;
        let named = self.here.skill.as_ref().filter(|skill| skills.contains(skill));
        named.or_else(|| skills.first().filter(|_| skills.len() == 1))
    }

    /// Everybody who could help in a person's place.
    pub fn colleagues_of(&self, expert: &ExpertView) -> Option<&SkillView> {
        match self.skill_of(expert) {
            Some(skill) => self.skill(skill.as_str()),
            None => self.site.as_ref().map(|site| &site.anyone),
        }
    }

    /// What the choice made (or, before it, anybody) can do now. Whoever waits for a person can be helped by that
    /// person's colleagues too, so a person's absence alone does not close "now".
    pub fn availability(&self) -> Option<Availability> {
        Some(match self.offer()? {
            Offer::Now => Availability::Free,
            Offer::Wait => Availability::Busy,
            Offer::Slot | Offer::Closed => Availability::Away,
        })
    }

    /// What is offered for the choice made (or, before it, for anybody); `None` while nothing is known.
    pub fn offer(&self) -> Option<Offer> {
        if let Some(aim) = self.aim() {
            return Some(aim.offer);
        }
        let helpers = self.helpers()?.offer;
        let Some(expert) = self.expert_asked() else {
            return Some(helpers);
        };
        Some(match (expert.offer, helpers) {
            (Offer::Now, Offer::Now | Offer::Wait) => Offer::Now,
            (Offer::Wait, Offer::Now | Offer::Wait) => Offer::Wait,
            // Not at work: nobody waits for this person, and colleagues help at once.
            (Offer::Slot | Offer::Closed, Offer::Now | Offer::Wait) => helpers,
            // At work, but what is asked for is not open.
            (Offer::Now | Offer::Wait, Offer::Slot | Offer::Closed) => Offer::Slot,
            (later, Offer::Slot | Offer::Closed) => later,
        })
    }

    /// When the choice made can be helped next, while it can't be now.
    pub fn opens_at(&self) -> Option<Millis> {
        if let Some(aim) = self.aim() {
            return aim.opens_at;
        }
        let expert = self.expert_asked().and_then(|expert| expert.opens_at);
        expert.or(self.helpers()?.opens_at)
    }

    /// The wait of somebody who sends now; `None` where it is unknown, or depends on whether a colleague steps in.
    pub fn wait(&self) -> Option<WaitRange> {
        if let Some(aim) = self.aim() {
            return aim.wait;
        }
        self.helpers()
            .filter(|_| self.expert_asked().is_none())
            .and_then(|helpers| helpers.wait)
    }

    /// Whether a call now may be asked for.
    pub fn now_possible(&self) -> bool {
        self.offer()
            .is_none_or(|offer| matches!(offer, Offer::Now | Offer::Wait))
    }

    /// Whether nothing is offered at all.
    pub fn closed(&self) -> bool {
        self.offer() == Some(Offer::Closed)
    }

    /// Now or later: the customer's choice, or later when there is no now.
    pub fn when(&self) -> When {
        if self.now_possible() {
            self.form.when
        } else {
            When::Later
        }
    }

    /// The next instant at which something opens that is closed now.
    pub(super) fn next_opening(&self) -> Option<Millis> {
        let site = self.site.as_ref()?;
        let skills = site.skills.iter().chain([&site.anyone]);
        let skills = skills.filter_map(|skill| skill.opens_at);
        let experts = site.experts.iter().filter_map(|expert| expert.opens_at);
        let centres = site.centres.iter().filter_map(|centre| centre.opens_at);
        let all = skills.chain(experts).chain(centres);
        all.filter(|at| *at > self.server_now()).min()
    }

    /// What is left of the wait in line, in seconds: what was heard, less the time since.
    pub fn wait_left(&self) -> Option<WaitRange> {
        left(self.request.as_ref()?, self.now.seconds_since(self.heard_at))
    }

    /// The wait to show once `news` came: it grows only with a reason.
    pub(super) fn honest_wait(&self, news: &RequestView) -> Option<WaitRange> {
        let told = news.wait?;
        let known = self.request.as_ref().filter(|known| known.id == news.id);
        let same = known.is_some_and(|known| known.version == news.version);
        match self.wait_left().filter(|_| same || news.wait_change.is_none()) {
            Some(left) => Some(WaitRange {
                low_s: told.low_s.min(left.low_s),
                high_s: told.high_s.min(left.high_s),
            }),
            None => Some(told),
        }
    }
}

fn left(request: &RequestView, seconds: i64) -> Option<WaitRange> {
    let wait = request.wait.filter(|_| request.state == RequestState::Queued)?;
    let passed = u32::try_from(seconds).unwrap_or(0);
    Some(WaitRange {
        low_s: wait.low_s.saturating_sub(passed),
        high_s: wait.high_s.saturating_sub(passed),
    })
}
