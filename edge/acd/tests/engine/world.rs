//! A small business to try the engine on.

use acd::routing::Learned;
use acd::{
    Acd, Command, Config, Effect, Evidence, Heard, HeardKind, Input, Kept, LegEnd, Order, Refusal, Reply,
    Request, Rows, Settled, Step, leg_id,
};
use shared::business::{Agent, Business, Retry, Routing, Skill, Timing};
use shared::call::{EndReason, Party};
use shared::desk::{AgentState, DeskView, Disposition};
use shared::hours::Hours;
use shared::level::Levels;
use shared::policy::Policy;
use shared::request::CallRequest;
use shared::sip::{Basic, PhoneState, Publication, PublicationOp};
use shared::{AgentId, DispositionId, Millis, PhoneNumber, RequestId, SipAddress, SiteId, SkillId};

/// 2026-11-20T12:00:00Z.
pub(crate) const NOON: Millis = Millis(1_795_176_000_000);

pub(crate) fn business() -> Business {
    let skill = |id: &str, name: &str| Skill {
        id: SkillId::parse(id).unwrap(),
        name: name.into(),
        priority: 5,
        hours: None,
        exceptions: vec![],
    };
    let agent = |id: &str, phone: &str, skills: &[&str]| Agent {
        id: AgentId::parse(id).unwrap(),
        name: format!("{id} the agent"),
        phone: PhoneNumber::parse(phone).unwrap(),
        skills: Levels::new(skills.iter().map(|id| (SkillId::parse(id).unwrap(), 1))),
        schedule: None,
        presence: None,
        supervisor: false,
    };
    Business {
        name: "Meridian Travel".into(),
        tel: PhoneNumber::parse("+442079460958").unwrap(),
        country: None,
        origins: vec!["https://shop.example".into()],
        zone: "Europe/London".into(),
        hours: vec![Hours {
            days: vec![1, 2, 3, 4, 5],
            from: "09:00".into(),
            to: "18:00".into(),
        }],
        skills: vec![skill("cruises", "Cruises"), skill("flights", "Flights")],
        agents: vec![
            agent("ana", "+447700900101", &["cruises"]),
            agent("ben", "+447700900102", &["flights"]),
            agent("cleo", "+447700900103", &["cruises", "flights"]),
        ],
        exceptions: vec![],
        timing: Timing {
            silence_s: 60,
            ..Timing::default()
        },
        routing: Routing::default(),
        retry: Retry {
            attempts: 1,
            spacing_s: vec![],
        },
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
    }
}

pub(crate) fn config(business: Business) -> Config {
    Config::new(SiteId::parse("meridian").unwrap(), business).unwrap()
}

pub(crate) fn asked(number: u32) -> CallRequest {
    CallRequest {
        phone: PhoneNumber::parse(&format!("+4477009{number:05}")).unwrap(),
        skill: None,
        expert: None,
        to: None,
        note: String::new(),
        slot: None,
        page: None,
        trail: vec![],
        zone: None,
        language: None,
        consent: true,
        customer: None,
        voice: false,
    }
}

/// The engine with a clock in the hand of the test; the invariants are checked after every step.
pub(crate) struct World {
    pub(crate) acd: Acd,
    pub(crate) now: Millis,
    pub(crate) effects: Vec<Effect>,
    orders: Vec<Order>,
    /// The equipment says announcements by itself, and never tells that they are over.
    pub(crate) mute: bool,
    /// Desks that are not heard of any more.
    pub(crate) silent: Vec<&'static str>,
    next: u32,
}

impl World {
    /// A business that calls each customer once.
    pub(crate) fn new() -> Self {
        Self::of(business())
    }

    pub(crate) fn of(business: Business) -> Self {
        Self {
            acd: Acd::restore(config(business), Rows::default(), NOON),
            now: NOON,
            effects: vec![],
            orders: vec![],
            mute: true,
            silent: vec![],
            next: 0,
        }
    }

    /// A business that knows how many seconds its calls take.
    pub(crate) fn taught(seconds: i64) -> Self {
        Self::taught_of(business(), seconds)
    }

    pub(crate) fn taught_of(business: Business, seconds: i64) -> Self {
        let mut learned = Learned::new(2, 3);
        for nth in 0..300 {
            learned.handled(Some(nth % 2), u32::from(nth % 3), seconds * 1000);
        }
        let ids = ["cruises", "flights"].map(|id| SkillId::parse(id).ok());
        let evidence = (0..)
            .zip(ids)
            .map(|(ix, id)| Evidence::Skill(id, learned.skill(Some(ix)).unwrap().clone()));
        let rows = Rows {
            evidence: evidence.collect(),
            ..Rows::default()
        };
        let acd = Acd::restore(config(business), rows, NOON);
        Self { acd, ..Self::new() }
    }

    pub(crate) fn handle(&mut self, input: Input) -> Step {
        let step = self.acd.handle(self.now, input);
        self.orders.extend(step.effects.iter().cloned());
        self.effects
            .extend(step.effects.iter().map(|order| order.effect.clone()));
        self.acd.check().unwrap();
        for order in step.effects.iter().filter(|_| self.mute) {
            if matches!(order.effect, Effect::Announce { .. }) {
                let order = Box::new(order.clone());
                self.acd.handle(
                    self.now,
                    Input::Settled {
                        order,
                        outcome: Settled::Done,
                    },
                );
                self.acd.check().unwrap();
            }
        }
        step
    }

    /// The order by which an effect was given.
    pub(crate) fn order(&self, effect: &Effect) -> Order {
        let order = self.orders.iter().rev().find(|order| order.effect == *effect);
        order.expect("this was ordered").clone()
    }

    pub(crate) fn wants(&self, effect: &Effect) -> bool {
        self.acd.wants(&self.order(effect))
    }

    pub(crate) fn settle(&mut self, effect: &Effect, outcome: Settled) -> Step {
        let order = Box::new(self.order(effect));
        self.handle(Input::Settled { order, outcome })
    }

    pub(crate) fn later(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.plus_s(seconds);
        let desks = self.acd.doubted(self.now);
        let heard = desks.into_iter().filter(|id| !self.silent.contains(&id.as_str()));
        let heard = heard.map(|id| (id, self.now)).collect();
        self.handle(Input::Alive(heard));
        self.handle(Input::Tick);
        self
    }

    pub(crate) fn command(&mut self, agent: &str, command: Command) -> Result<Reply, Refusal> {
        self.handle(Input::Agent(AgentId::parse(agent).unwrap(), command))
            .reply
    }

    pub(crate) fn available(&mut self, agent: &str) -> &mut Self {
        self.command(agent, Command::SignIn).unwrap();
        self.command(agent, Command::Presence(AgentState::Available))
            .unwrap();
        self
    }

    pub(crate) fn try_ask(&mut self, change: impl FnOnce(&mut CallRequest)) -> Result<Request, Refusal> {
        self.next += 1;
        let mut asked = asked(self.next);
        change(&mut asked);
        let id = RequestId::parse(&format!("req_{}", self.next)).unwrap();
        match self
            .handle(Input::Ask {
                id,
                asked: Box::new(asked),
                terms: Box::default(),
                network: None,
                proven: true,
            })
            .reply?
        {
            Reply::Request(request) => Ok(*request),
            Reply::Done | Reply::Absorbed => unreachable!("asking is answered with the request"),
        }
    }

    pub(crate) fn ask(&mut self, skill: &str) -> RequestId {
        self.try_ask(|asked| asked.skill = Some(SkillId::parse(skill).unwrap()))
            .unwrap()
            .id
    }

    pub(crate) fn hear(&mut self, request: &RequestId, party: Party, number: u32, kind: HeardKind) -> Step {
        let leg = leg_id(request, party, number).unwrap();
        self.handle(Input::Heard(Heard::now(leg, kind)))
    }

    pub(crate) fn customer(&mut self, request: &RequestId, kind: HeardKind) -> &mut Self {
        self.hear(request, Party::Customer, 1, kind);
        self
    }

    pub(crate) fn agent(&mut self, request: &RequestId, number: u32, kind: HeardKind) -> &mut Self {
        self.hear(request, Party::Agent, number, kind);
        self
    }

    /// The call all the way to two people who talk.
    pub(crate) fn connect(&mut self, request: &RequestId) -> &mut Self {
        self.customer(request, HeardKind::Answered);
        let number = self.request(request).agent_tries;
        self.agent(request, number, HeardKind::Answered)
            .agent(request, number, HeardKind::Bridged)
    }

    pub(crate) fn hang_up(&mut self, request: &RequestId) -> &mut Self {
        self.customer(request, HeardKind::Ended(LegEnd::HungUp))
    }

    pub(crate) fn request(&self, id: &RequestId) -> &Request {
        self.acd.request(id).expect("the engine has this request")
    }

    pub(crate) fn agent_state(&self, agent: &str) -> AgentState {
        self.desk(agent).me.state
    }

    pub(crate) fn desk(&self, agent: &str) -> DeskView {
        self.acd
            .desk_view(
                &AgentId::parse(agent).unwrap(),
                self.acd.lines(self.now),
                &Kept::default(),
                self.now,
            )
            .unwrap()
    }

    /// The numbers dialled so far, in order, by party.
    pub(crate) fn dialled(&self, whom: Party) -> Vec<String> {
        let number = |effect: &Effect| match effect {
            Effect::Dial { party, to, .. } if *party == whom => Some(to.number().as_str().to_owned()),
            _ => None,
        };
        self.effects.iter().filter_map(number).collect()
    }
}

pub(crate) fn expert(id: &str) -> Option<AgentId> {
    Some(AgentId::parse(id).unwrap())
}

/// The address under which an agent's phone publishes.
pub(crate) fn address(agent: &str) -> SipAddress {
    SipAddress::parse(&format!("sip:{agent}@pbx.example")).unwrap()
}

/// A minute of this state, published at noon.
pub(crate) fn publication(agent: &str, state: PhoneState) -> Publication {
    let (basic, activity) = match state {
        PhoneState::Open => (Basic::Open, None),
        PhoneState::OnThePhone => (Basic::Open, Some("on-the-phone")),
        PhoneState::Closed => (Basic::Closed, None),
    };
    Publication {
        op: PublicationOp::Publish,
        entity: address(agent),
        basic: Some(basic),
        activity: activity.map(Into::into),
        note: None,
        expires: 60,
        ts: NOON,
    }
}

/// What an agent writes down who has nothing to say.
pub(crate) fn written_up() -> Disposition {
    Disposition {
        kind: DispositionId::parse("other").unwrap(),
        text: String::new(),
        order: None,
    }
}

/// How the engine wrote the end of a request: ended requests leave its memory.
pub(crate) fn ended(step: &Step) -> Option<EndReason> {
    step.writes.iter().find_map(|write| write.request()?.reason)
}
