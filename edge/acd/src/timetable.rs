//! Who is there when: the hours of the business and of its skills, and the shifts of its agents.
//!
//! A skill's own hours replace the business's; its own exceptions come before the business's. A request that names no skill
//! goes by the business's hours, or by those of any skill of the expert it names. An agent is there when such hours are
//! open and the agent's schedule, if there is one, says so: an exception closes a day for agents, too.

use crate::config::Config;
use crate::hours::{Fault, OpenHours, Rule, Walk, Week, search_end};
use crate::wall::Local;
use jiff::tz::TimeZone;
use shared::business::Business;
use shared::{AgentId, Millis, SkillId};
use std::collections::BTreeMap;

/// Whom a call is for: a skill, an expert, both, or (with neither) anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Whom<'a> {
    pub(crate) skill: Option<&'a SkillId>,
    pub(crate) expert: Option<&'a AgentId>,
}

/// The document's hours, read.
#[derive(Debug, Clone)]
pub(crate) struct Timetable {
    zone: TimeZone,
    week: Week,
    rules: Vec<Rule>,
    skills: BTreeMap<SkillId, SkillTimes>,
    /// Each agent alone, in the order of the document, with its skills.
    agents: Vec<(Crew, Vec<SkillId>)>,
    index: BTreeMap<AgentId, usize>,
    everybody: Crew,
}

#[derive(Debug, Clone)]
struct SkillTimes {
    week: Option<Week>,
    rules: Vec<Rule>,
    crew: Crew,
}

/// Agents who can take the same calls, by their place in the document.
#[derive(Debug, Clone)]
pub(crate) struct Crew {
    pub(crate) agents: Vec<usize>,
    /// When at least one of them has a shift; `None` when one works whenever it is open.
    shift: Option<Week>,
}

impl Timetable {
    /// Reads the hours of a document. Faults go to `fault`; with any, the timetable is not to be used.
    pub(crate) fn read(business: &Business, fault: Fault<'_>) -> Self {
        let zone = TimeZone::get(&business.zone).unwrap_or_else(|_| {
            fault("zone".into(), "must be a time zone such as Europe/London");
            TimeZone::UTC
        });
        let week = Week::read(&business.hours, "hours", fault);
        let rules = Rule::read(&business.exceptions, "exceptions", fault);
        let mut agents: Vec<(Crew, Vec<SkillId>)> = Vec::new();
        for (at, agent) in business.agents.iter().enumerate() {
            let path = format!("agents[{at}].schedule");
            let schedule = agent.schedule.as_ref();
            let alone = Crew {
                agents: vec![at],
                shift: schedule.map(|hours| Week::read(hours, &path, fault)),
            };
            agents.push((alone, agent.skills.ids()));
        }
        let crew = |skill: Option<&SkillId>| {
            let members = agents
                .iter()
                .filter(|(_, skills)| skill.is_none_or(|skill| skills.contains(skill)));
            Crew::join(members.map(|(alone, _)| alone))
        };
        let mut skills = BTreeMap::new();
        for (at, skill) in business.skills.iter().enumerate() {
            let own = skill.hours.as_ref();
            let times = SkillTimes {
                week: own.map(|hours| Week::read(hours, &format!("skills[{at}].hours"), fault)),
                rules: Rule::read(&skill.exceptions, &format!("skills[{at}].exceptions"), fault),
                crew: crew(Some(&skill.id)),
            };
            skills.insert(skill.id.clone(), times);
        }
        let everybody = crew(None);
        let ids = business.agents.iter().enumerate();
        Self {
            zone,
            week,
            rules,
            skills,
            everybody,
            index: ids.map(|(at, agent)| (agent.id.clone(), at)).collect(),
            agents,
        }
    }

    /// The same wish without what the business no longer has: a skill that was given up is anybody's.
    pub(crate) fn known<'a>(&self, whom: Whom<'a>) -> Whom<'a> {
        Whom {
            skill: whom.skill.filter(|skill| self.skills.contains_key(*skill)),
            expert: whom.expert.filter(|expert| self.index.contains_key(*expert)),
        }
    }

    /// An agent's place in the document.
    pub(crate) fn place_of(&self, agent: &AgentId) -> Option<usize> {
        self.index.get(agent).copied()
    }

    fn expert(&self, id: &AgentId) -> Option<&(Crew, Vec<SkillId>)> {
        self.agents.get(self.place_of(id)?)
    }

    /// Who could take it, whether at work or not. An expert who is named is meant alone.
    pub(crate) fn crew(&self, whom: Whom<'_>) -> &Crew {
        let expert = whom.expert.and_then(|expert| self.expert(expert));
        let skill = whom.skill.and_then(|skill| self.skills.get(skill));
        expert
            .map(|(alone, _)| alone)
            .or(skill.map(|times| &times.crew))
            .unwrap_or(&self.everybody)
    }

    /// The business's zone.
    pub(crate) const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// True when this agent works at that time, provided that what they are asked for is open.
    pub(crate) fn has_shift(&self, agent: usize, local: Local) -> bool {
        self.agents
            .get(agent)
            .is_some_and(|(alone, _)| alone.shift.as_ref().is_none_or(|week| week.contains(local)))
    }

    fn hours<'a>(&'a self, skill: Option<&'a SkillTimes>) -> OpenHours<'a> {
        let own = skill.and_then(|times| times.week.as_ref());
        OpenHours {
            zone: &self.zone,
            week: own.unwrap_or(&self.week),
            rules: [skill.map_or(&[], |times| &times.rules), &self.rules],
        }
    }

    /// When it is open for such a call, and when somebody is there to take it.
    pub(crate) fn times(&self, whom: Whom<'_>) -> Times<'_> {
        let skill = whom.skill.and_then(|skill| self.skills.get(skill));
        let expert = whom.expert.and_then(|expert| self.expert(expert));
        let mut doors = vec![self.hours(skill).walk()];
        if let (None, Some((_, skills))) = (skill, expert) {
            let theirs = skills.iter().filter_map(|skill| self.skills.get(skill));
            // Those of the business are there already.
            let own = theirs.filter(|times| times.week.is_some() || !times.rules.is_empty());
            doors.extend(own.map(|times| self.hours(Some(times)).walk()));
        }
        let shift = self.crew(whom).shift.as_ref().map(|week| {
            let hours = OpenHours {
                zone: &self.zone,
                week,
                rules: [&[], &[]],
            };
            hours.walk()
        });
        Times { doors, shift }
    }
}

impl Crew {
    fn join<'a>(alone: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let shifts: Option<Vec<&Week>> = alone.clone().map(|crew| crew.shift.as_ref()).collect();
        Self {
            agents: alone.flat_map(|crew| crew.agents.iter().copied()).collect(),
            shift: shifts.map(Week::union),
        }
    }
}

/// Opening hours and shifts for one kind of call.
#[derive(Debug, Clone)]
pub(crate) struct Times<'a> {
    /// Open when any of them is. Never empty.
    doors: Vec<Walk<'a>>,
    shift: Option<Walk<'a>>,
}

impl Times<'_> {
    /// What the wall clock shows.
    pub(crate) fn local(&mut self, at: Millis) -> Option<Local> {
        self.doors.first_mut().map(|door| door.local(at))
    }

    /// True while open.
    pub(crate) fn open_at(&mut self, at: Millis) -> bool {
        self.doors.iter_mut().any(|door| door.open_at(at))
    }

    /// True while open and somebody is there by schedule.
    pub(crate) fn manned_at(&mut self, at: Millis) -> bool {
        self.open_at(at) && self.shift.as_mut().is_none_or(|shift| shift.open_at(at))
    }

    /// The first instant from `at` on at which it is open; `None` when that is more than 400 days away.
    pub(crate) fn opens_next(&mut self, at: Millis) -> Option<Millis> {
        self.doors.iter_mut().filter_map(|door| door.opens_next(at)).min()
    }

    /// The first instant from `at` on at which it is open and somebody is there by schedule; `None` when that is more than
    /// 400 days away.
    pub(crate) fn manned_next(&mut self, at: Millis) -> Option<Millis> {
        self.manned_by(at, search_end(at))
    }

    /// The first instant from `at` on, and not after `end`, at which it is open and somebody is there by schedule.
    pub(crate) fn manned_by(&mut self, at: Millis, end: Millis) -> Option<Millis> {
        let mut at = at;
        loop {
            let doors = self.doors.iter_mut();
            at = doors.filter_map(|door| door.opens_by(at, end)).min()?;
            let Some(shift) = &mut self.shift else {
                return Some(at);
            };
            let begins = shift.opens_by(at, end)?;
            if begins == at {
                return Some(at);
            }
            at = begins;
        }
    }
}

impl Config {
    /// What the business's clock on the wall shows.
    pub(crate) fn local(&self, at: Millis) -> Option<Local> {
        let whom = Whom {
            skill: None,
            expert: None,
        };
        self.hours.times(whom).local(at)
    }

    /// When the present day began on the business's wall.
    pub fn midnight(&self, at: Millis) -> Millis {
        let past_ms = self.local(at).map_or(0, |local| local.past_ms);
        at.plus_ms(-past_ms)
    }

    fn door(&self, skill: Option<&SkillId>) -> Walk<'_> {
        let skill = skill.and_then(|skill| self.hours.skills.get(skill));
        self.hours.hours(skill).walk()
    }

    /// True while the skill is open, or the business with `None` (and for a skill it does not have).
    pub fn open_at(&self, skill: Option<&SkillId>, at: Millis) -> bool {
        self.door(skill).open_at(at)
    }

    /// When the skill (the business, with `None`) next opens or closes; `None` when that is more than 400 days away.
    pub fn next_change(&self, skill: Option<&SkillId>, at: Millis) -> Option<Millis> {
        self.door(skill).next_change(at)
    }

    /// The first instant from `at` on at which the skill (the business, with `None`) is open; `None` when that is more
    /// than 400 days away.
    pub fn opens_next(&self, skill: Option<&SkillId>, at: Millis) -> Option<Millis> {
        self.door(skill).opens_next(at)
    }

    /// When the skill (the business, with `None`), which is open at `at`, closes; `None` when it is not open, or does not
    /// close within 400 days.
    pub fn closes_at(&self, skill: Option<&SkillId>, at: Millis) -> Option<Millis> {
        let mut door = self.door(skill);
        if door.open_at(at) {
            door.next_change(at)
        } else {
            None
        }
    }

    /// True when an agent works at that time by schedule and the hours of what the agent does. False for a stranger.
    pub fn at_work(&self, agent: &AgentId, at: Millis) -> bool {
        let whom = Whom {
            skill: None,
            expert: Some(agent),
        };
        self.hours.index.contains_key(agent) && self.hours.times(whom).manned_at(at)
    }
}
