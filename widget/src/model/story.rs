//! Stories: what a customer does and hears, and what the panel makes of it.

mod ask;
mod customer;
mod follow;
mod form;
mod line;
mod moving;
mod number;
mod offer;
mod voice;
mod wait;

use super::*;
use crate::word::{NOTHING, Say, say};
use shared::call::{EndReason, LegState, Legs};
use shared::presence::{self, Availability, CentreView, ExpertView, SkillView, WaitRange};
use shared::request::{Direct, Page};
use shared::{AgentId, CentreId, RequestId, SiteId, SkillId};

/// A panel under test: every message is one second later than the one before.
struct Panel {
    model: Model,
    now: Millis,
}

impl Panel {
    /// A panel in a page, opened, with the business known.
    fn open() -> Self {
        let mut panel = Self::started(None, None);
        panel.tell(Msg::Site(Ok(meridian())));
        panel.tell(Msg::Opened { focus: true });
        panel
    }

    fn started(kept: Option<PhoneNumber>, ticket: Option<Ticket>) -> Self {
        let mut panel = Self {
            model: Model::default(),
            now: Millis(1_000_000),
        };
        panel.tell(Msg::Start {
            kept,
            ticket,
            framed: true,
            speaks: true,
        });
        panel.tell(Msg::Zone(Some("Europe/Lisbon".into())));
        panel
    }

    fn tell(&mut self, msg: Msg) -> Vec<Do> {
        self.now = self.now.plus_s(1);
        update(&mut self.model, self.now, msg)
    }

    /// Fills the form so that it can be sent.
    fn fill(&mut self) {
        self.tell(Msg::Pick(Who::Skill(cruises())));
        self.tell(Msg::Phone("+44 20 7946 0001".into()));
        self.tell(Msg::Consent(true));
    }

    fn accepted(&mut self) -> Vec<Do> {
        self.fill();
        self.tell(Msg::Send("key-1".into()));
        let accepted = Accepted {
            request: view(1, RequestState::Queued),
            receipt: "secret".into(),
        };
        self.tell(Msg::Posted(Ok(accepted)))
    }

    fn news(&mut self, version: i64, state: RequestState) -> Vec<Do> {
        self.tell(Msg::Frame(Box::new(SiteFrame {
            site: None,
            request: Some(view(version, state)),
        })))
    }

    fn ended(&mut self, reason: EndReason) {
        let request = RequestView {
            reason: Some(reason),
            ended_at: Some(self.now),
            ..view(99, RequestState::Ended)
        };
        self.tell(Msg::Frame(Box::new(SiteFrame {
            site: None,
            request: Some(request),
        })));
    }
}

fn cruises() -> SkillId {
    SkillId::parse("cruises").unwrap()
}

fn ana() -> AgentId {
    AgentId::parse("ana").unwrap()
}

fn ticket() -> Ticket {
    Ticket {
        id: RequestId::parse("req_1").unwrap(),
        receipt: "secret".into(),
    }
}

fn skill(id: &str, availability: Availability) -> SkillView {
    let wait = (availability == Availability::Busy).then_some(WaitRange {
        low_s: 60,
        high_s: 200,
    });
    SkillView {
        id: id.into(),
        name: id.into(),
        availability,
        offer: match availability {
            Availability::Free => presence::Offer::Now,
            Availability::Busy => presence::Offer::Wait,
            Availability::Away => presence::Offer::Slot,
        },
        opens_at: None,
        free: 0,
        waiting: 0,
        wait,
    }
}

fn meridian() -> SiteView {
    SiteView {
        site: SiteId::parse("meridian").unwrap(),
        name: "Meridian Travel".into(),
        tel: "+442079460000".into(),
        at: Millis(5_000_000),
        anyone: skill("", Availability::Free),
        skills: vec![
            skill("cruises", Availability::Free),
            skill("flights", Availability::Busy),
            skill("hotels", Availability::Away),
        ],
        experts: vec![ExpertView {
            id: ana(),
            name: "Ana Ferreira".into(),
            skills: vec![cruises()],
            availability: Availability::Free,
            wait: None,
            offer: presence::Offer::Now,
            opens_at: None,
        }],
        centres: vec![CentreView {
            id: CentreId::parse("harbour").unwrap(),
            name: "Harbour office".into(),
            availability: Availability::Free,
            offer: presence::Offer::Now,
            opens_at: None,
        }],
        consent: "You agree.".into(),
        voice: false,
    }
}

fn view(version: i64, state: RequestState) -> RequestView {
    RequestView {
        id: ticket().id,
        version,
        state,
        reason: None,
        legs: Legs {
            customer: LegState::Idle,
            agent: LegState::Idle,
        },
        phone: "+44 ••• 01".into(),
        skill: Some(cruises()),
        expert: None,
        skill_name: Some("Cruises".into()),
        agent_name: None,
        position: None,
        wait: None,
        wait_change: None,
        attempt: 0,
        attempts: 3,
        next_attempt_at: None,
        missed: None,
        slot: None,
        created_at: Millis(1),
        connected_at: None,
        ended_at: None,
        ended_by: None,
        chat: true,
        voice: false,
        switched: None,
    }
}

fn page(url: &str) -> Page {
    Page {
        url: url.into(),
        title: "A page".into(),
        context: String::new(),
    }
}
