//! A business's document, checked as a whole before anything of it is taken.

use crate::hours::OpenHours;
use crate::{page, policy};
use jiff::tz::TimeZone;
use shared::business::Business;
use shared::limit::{MAX_AGENTS, MAX_LEVEL, MAX_NAME_CHARS, MAX_SKILLS};
use shared::{AgentId, SiteId, SkillId};
use std::collections::BTreeSet;

/// A business whose document holds together.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its id.
    pub site: SiteId,
    /// Its document.
    pub business: Business,
    /// When it offers calls for later.
    pub(crate) hours: OpenHours,
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
        for (at, agent) in business.agents.iter().enumerate() {
            if !agents.insert(&agent.id) {
                fault(format!("agents[{at}].id"), "stands twice");
            }
            if bad_name(&agent.name) {
                fault(format!("agents[{at}].name"), "must be 1 to 80 characters");
            }
            if let Err(why) = policy::permit(&agent.phone) {
                fault(format!("agents[{at}].phone"), why.words());
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
        for (at, origin) in business.origins.iter().enumerate() {
            if !is_origin(origin) {
                fault(
                    format!("origins[{at}]"),
                    "must be an origin such as https://shop.example",
                );
            }
        }
        let zone = TimeZone::get(&business.zone).map_err(|_| {
            fault("zone".into(), "must be a time zone such as Europe/London");
        });
        let hours = OpenHours::new(&business.hours, &mut fault);
        page::check(&business, &mut fault);
        match zone {
            Ok(zone) if faults.is_empty() => Ok(Self {
                site,
                hours: hours.in_zone(zone),
                business,
            }),
            _ => Err(faults),
        }
    }

    /// The name of a skill.
    pub fn skill_name(&self, id: &SkillId) -> Option<&str> {
        self.business
            .skills
            .iter()
            .find(|skill| skill.id == *id)
            .map(|skill| skill.name.as_str())
    }

    /// An agent's facts.
    pub fn agent(&self, id: &AgentId) -> Option<&shared::business::Agent> {
        self.business.agents.iter().find(|agent| agent.id == *id)
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
