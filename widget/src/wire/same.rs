//! The panel's reader and writer against serde's own format of the shared types.

use super::{
    Tree, accepted, call_request, customer, frame, number, number_typed, problem, reschedule, site, slots,
    token,
};
use proptest::prelude::*;
use serde_json::{Value, json, to_value};
use shared::call::{EndReason, EndedBy, LegState, Legs, RequestState};
use shared::customer::{Customer, Fact, Identity};
use shared::phone::{NumberTyped, NumberView};
use shared::presence::{
    Availability, CentreView, ExpertView, Offer, SiteFrame, SiteView, SkillView, SlotsView, WaitRange,
};
use shared::problem::Problem;
use shared::request::{Accepted, CallRequest, Direct, Page, PageVisit, RequestView, Reschedule, WaitChange};
use shared::voice::Switch;
use shared::{AgentId, CentreId, Country, Millis, PhoneNumber, RequestId, SiteId, SkillId};

impl Tree for Value {
    fn field(&self, name: &str) -> Self {
        self.get(name).cloned().unwrap_or(Self::Null)
    }
    fn text(&self) -> Option<String> {
        self.as_str().map(Into::into)
    }
    fn number(&self) -> Option<f64> {
        self.as_f64()
    }
    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }
    fn items(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }
    fn is_nothing(&self) -> bool {
        self.is_null()
    }
}

fn a_skill(wait: Option<WaitRange>) -> SkillView {
    SkillView {
        id: "cruises".into(),
        name: "Cruises".into(),
        availability: Availability::Busy,
        offer: Offer::Wait,
        opens_at: None,
        free: 0,
        waiting: 3,
        wait,
    }
}

fn a_site() -> SiteView {
    SiteView {
        site: SiteId::parse("meridian").unwrap(),
        name: "Meridian \"Travel\"".into(),
        tel: "+442079460000".into(),
        at: Millis(1_795_000_000_123),
        anyone: a_skill(None),
        skills: vec![a_skill(Some(WaitRange {
            low_s: 60,
            high_s: 240,
        }))],
        experts: vec![ExpertView {
            id: AgentId::parse("ana").unwrap(),
            name: "Ana Ferreira".into(),
            skills: vec![SkillId::parse("cruises").unwrap()],
            availability: Availability::Free,
            wait: Some(WaitRange { low_s: 0, high_s: 9 }),
            offer: Offer::Slot,
            opens_at: Some(Millis(1_795_000_900_000)),
        }],
        centres: vec![CentreView {
            id: CentreId::parse("harbour").unwrap(),
            name: "Harbour office".into(),
            availability: Availability::Away,
            offer: Offer::Closed,
            opens_at: Some(Millis(1_795_000_900_000)),
        }],
        consent: "You agree.".into(),
        voice: true,
    }
}

fn a_request(full: bool) -> RequestView {
    RequestView {
        id: RequestId::parse("req_1").unwrap(),
        version: 7,
        state: RequestState::RingingAgent,
        reason: full.then_some(EndReason::Talked),
        legs: Legs {
            customer: LegState::Answered,
            agent: LegState::Ringing,
        },
        phone: "+44 ••• 01".into(),
        skill: full.then(|| SkillId::parse("cruises").unwrap()),
        expert: full.then(|| AgentId::parse("ana").unwrap()),
        skill_name: full.then(|| "Cruises".into()),
        agent_name: full.then(|| "Ana".into()),
        position: full.then_some(2),
        wait: full.then_some(WaitRange { low_s: 1, high_s: 2 }),
        wait_change: full.then_some(WaitChange::LongerCalls),
        attempt: 1,
        attempts: 3,
        next_attempt_at: full.then_some(Millis(5)),
        missed: full.then_some(EndReason::CustomerBusy),
        slot: full.then_some(Millis(1)),
        created_at: Millis(2),
        connected_at: full.then_some(Millis(3)),
        ended_at: full.then_some(Millis(4)),
        ended_by: full.then_some(EndedBy::Agent),
        chat: full,
        voice: full,
        switched: full.then_some(Switch::Lost),
    }
}

#[test]
fn every_view_reads_back_as_serde_wrote_it() {
    assert_eq!(site(&to_value(a_site()).unwrap()), Some(a_site()));
    let view = SlotsView {
        zone: "Europe/London".into(),
        slots: vec![Millis(1), Millis(2)],
    };
    assert_eq!(slots(&to_value(&view).unwrap()), Some(view));
    for full in [true, false] {
        let view = Customer {
            id: full.then(|| "4711".into()),
            name: full.then(|| "Ada \"A\"".into()),
            phone: full.then(|| PhoneNumber::parse("+442079460001").unwrap()),
            facts: vec![Fact {
                name: "Tier".into(),
                value: "gold".into(),
            }],
        };
        assert_eq!(customer(&to_value(&view).unwrap()), Some(view));
        let view = NumberView {
            phone: PhoneNumber::parse("+442079460001").unwrap(),
            international: "+44 20 7946 0001".into(),
            national: "020 7946 0001".into(),
            country: full.then(|| Country::parse("GB").unwrap()),
            known: full,
        };
        assert_eq!(number(&to_value(&view).unwrap()), Some(view));
        let view = Accepted {
            request: a_request(full),
            receipt: "secret".into(),
        };
        assert_eq!(accepted(&to_value(&view).unwrap()), Some(view));
        let view = SiteFrame {
            site: full.then(a_site),
            request: (!full).then(|| a_request(full)),
        };
        assert_eq!(frame(&to_value(&view).unwrap()), Some(view));
    }
    for view in [
        Problem::field("phone", "invalid", "Too short."),
        Problem {
            errors: vec![],
            ..Problem::field("a", "b", "c")
        },
    ] {
        assert_eq!(problem(&to_value(&view).unwrap()), Some(view));
    }
}

#[test]
fn what_does_not_fit_is_no_view() {
    for bad in [json!(null), json!([]), json!("x"), json!({"site": "meridian"})] {
        assert_eq!(site(&bad), None);
    }
    let mut request = to_value(a_request(true)).unwrap();
    for (field, value) in [
        ("version", json!(1.5)),
        ("state", json!("on fire")),
        ("position", json!(-1)),
        ("wait", json!(3)),
    ] {
        let good = request[field].take();
        request[field] = value;
        assert_eq!(super::request(&request), None, "{field}");
        request[field] = good;
    }
    assert!(super::request(&request).is_some());
}

proptest! {
    #[test]
    fn a_request_written_here_is_read_by_serde(
        note in any::<String>(), title in any::<String>(), slot in proptest::option::of(0_i64..4_000_000_000_000), full in any::<bool>()
    ) {
        prop_assert_eq!(serde_json::from_str::<Identity>(&token(&note)).unwrap().token, note.clone());
        prop_assert_eq!(serde_json::from_str::<NumberTyped>(&number_typed(&note)).unwrap().phone, note.clone());
        let moved = Reschedule { slot: slot.map(Millis) };
        prop_assert_eq!(serde_json::from_str::<Reschedule>(&reschedule(moved.slot)).unwrap(), moved);
        let request = CallRequest {
            phone: PhoneNumber::parse("+442079460001").unwrap(),
            skill: full.then(|| SkillId::parse("cruises").unwrap()),
            expert: full.then(|| AgentId::parse("ana").unwrap()),
            to: full.then(|| Direct::Centre(CentreId::parse("harbour").unwrap())),
            note,
            slot: slot.map(Millis),
            page: full.then(|| Page { url: "https://shop.example/?a=\"b\"".into(), title: title.clone(), context: title.clone() }),
            trail: vec![PageVisit { url: "https://shop.example/".into(), title, at: slot.map(Millis) }],
            zone: full.then(|| "Europe/London".into()),
            language: full.then(|| shared::Language::parse("de-AT").unwrap()),
            consent: full,
            customer: full.then(|| Identity { token: "a.b.c".into(), withheld: vec![String::new(), "Tier".into()] }),
            voice: full,
        };
        prop_assert_eq!(serde_json::from_str::<CallRequest>(&call_request(&request)).unwrap(), request);
    }
}
