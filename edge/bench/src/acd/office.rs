//! A business with as many agents and skills as are asked for.

use crate::acd::Size;
use acd::Config;
use shared::business::{Agent, Business, Retry, Routing, Skill, Timing, middle_priority};
use shared::hours::Hours;
use shared::level::Levels;
use shared::policy::Policy;
use shared::request::{CallRequest, Page, PageVisit};
use shared::{AgentId, Millis, PhoneNumber, RequestId, SiteId, SkillId};

/// 2026-11-20T12:00:00Z.
pub(crate) const NOON: Millis = Millis(1_795_176_000_000);
/// Skills of an agent.
const SKILLS: u32 = 3;

fn skill_id(nth: u32) -> Option<SkillId> {
    SkillId::parse(&format!("skill-{nth}")).ok()
}

/// The agent of this number.
pub(crate) fn agent_id(nth: u32) -> Option<AgentId> {
    AgentId::parse(&format!("agent-{nth}")).ok()
}

/// The id of a request, as long as those of the edge.
pub(crate) fn request_id(nth: u32) -> Option<RequestId> {
    RequestId::parse(&format!("req_{nth:024x}")).ok()
}

/// The n-th phone of a range.
fn phone(range: &str, nth: u32) -> Option<PhoneNumber> {
    PhoneNumber::parse(&format!("{range}{:06}", nth % 1_000_000)).ok()
}

/// Open around the clock; agents have a primary skill and two others, which wait for half a minute.
pub(crate) fn config(size: Size) -> Option<Config> {
    let count = u32::from(size.skills);
    let skills = (0..count).map(|nth| {
        Some(Skill {
            id: skill_id(nth)?,
            name: format!("Skill {nth}"),
            priority: middle_priority(),
            hours: None,
            exceptions: vec![],
        })
    });
    let agents = (0..size.agents).map(|nth| {
        let levels = (0..SKILLS.min(count)).zip(1u8..);
        let skills = levels.map(|(next, level)| Some((skill_id((nth + next) % count)?, level.min(2))));
        Some(Agent {
            id: agent_id(nth)?,
            name: format!("Agent {nth}"),
            phone: phone("+441615", nth)?,
            skills: Levels::new(skills.collect::<Option<Vec<_>>>()?),
            schedule: None,
            presence: None,
            supervisor: false,
        })
    });
    let business = Business {
        name: "Meridian Travel".into(),
        tel: PhoneNumber::parse("+442079460958").ok()?,
        country: None,
        origins: vec!["https://shop.example".into()],
        zone: "Europe/London".into(),
        hours: vec![Hours {
            days: vec![1, 2, 3, 4, 5, 6, 7],
            from: "00:00".into(),
            to: "24:00".into(),
        }],
        skills: skills.collect::<Option<_>>()?,
        agents: agents.collect::<Option<_>>()?,
        exceptions: vec![],
        timing: Timing::default(),
        routing: Routing {
            relax_s: vec![30],
            anyone_s: None,
        },
        retry: Retry::default(),
        rules: vec![],
        cookies: vec![],
        equipment: vec![],
        centres: vec![],
        policy: Policy::unbounded(vec![]),
        press_one: false,
        chat: true,
        voice: true,
        breaks: shared::work::usual_breaks(),
        language: shared::Language::default(),
        announcements: Vec::new(),
        dispositions: shared::work::usual_outcomes(),
        members: Vec::new(),
        sign_on: None,
        webhooks: Vec::new(),
        retention: shared::retention::Retention::default(),
        look: shared::look::Look::default(),
    };
    Config::new(SiteId::parse("meridian").ok()?, business).ok()
}

fn url(page: &str) -> String {
    format!("https://shop.example/shop/{page}.html")
}

fn visit(page: &str) -> PageVisit {
    PageVisit {
        url: url(page),
        title: "Meridian Travel: the sea is calling".into(),
        at: Some(NOON),
    }
}

/// What the n-th customer asks.
pub(crate) fn asked(nth: u32, skill: u16) -> Option<CallRequest> {
    Some(CallRequest {
        phone: phone("+442080", nth)?,
        skill: Some(skill_id(skill.into())?),
        expert: None,
        to: None,
        note: "Two cabins with a balcony, the second week of May.".into(),
        slot: None,
        page: Some(Page {
            url: url("cruise-norway"),
            title: "Meridian Travel: fjords of Norway".into(),
            context: String::new(),
        }),
        trail: vec![visit("cruises"), visit("cruise-canary")],
        zone: Some("Europe/London".into()),
        language: None,
        consent: true,
        customer: None,
        voice: false,
    })
}
