//! The business that is played: one skill, always open.

use shared::business::{Agent, Business, Retry, Routing, Skill, Timing};
use shared::equipment::Equipment;
use shared::hours::Hours;
use shared::level::Levels;
use shared::policy::Policy;
use shared::{AgentId, EquipmentId, PhoneNumber, SkillId};

/// With agents at these numbers.
pub(crate) fn business(agents: &[&str]) -> Business {
    let skill = SkillId::parse("help").unwrap();
    let numbered = agents.iter().zip(1..);
    Business {
        name: "Meridian Travel".into(),
        tel: PhoneNumber::parse("+442079460958").unwrap(),
        country: None,
        origins: vec![],
        zone: "UTC".into(),
        hours: vec![Hours {
            days: vec![1, 2, 3, 4, 5, 6, 7],
            from: "00:00".into(),
            to: "24:00".into(),
        }],
        skills: vec![Skill {
            id: skill.clone(),
            name: "Help".into(),
            priority: 5,
            hours: None,
            exceptions: vec![],
        }],
        agents: numbered
            .map(|(phone, nth)| Agent {
                id: AgentId::parse(&format!("a{nth}")).unwrap(),
                name: format!("Agent {nth}"),
                phone: PhoneNumber::parse(phone).unwrap(),
                skills: Levels::new([(skill.clone(), 1)]),
                schedule: None,
                presence: None,
                supervisor: false,
            })
            .collect(),
        exceptions: vec![],
        timing: Timing {
            silence_s: 1_000_000,
            ..Timing::default()
        },
        routing: Routing::default(),
        retry: Retry {
            attempts: 2,
            spacing_s: vec![60],
        },
        rules: vec![],
        cookies: vec![],
        equipment: vec![Equipment::sandbox(EquipmentId::parse("one").unwrap())],
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
    }
}
