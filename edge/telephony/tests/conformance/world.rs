//! A business with one or two carriers, played natively: the real engine, the outbox as the store has it, the courier, the
//! ledger, a codec, and the far end behind a network that fails. Memory is lost whenever the test says so.

use crate::network::{Network, OnEvent, OnRequest};
use acd::{
    Acd, Command, Config, Effect, Heard, HeardKind, Input, LegEnd, Order, Request, Rows, Settled, Terms,
    Write,
};
use far::{Ari, FarEnd, SandboxEnd, Tell, TwilioEnd};
use shared::business::{Agent, Business, Retry, Routing, Skill, Timing};
use shared::call::{Party, RequestState};
use shared::desk::AgentState;
use shared::equipment::{Equipment, Kind};
use shared::hours::Hours;
use shared::level::Levels;
use shared::request::CallRequest;
use shared::{AgentId, EquipmentId, LegId, Millis, PhoneNumber, RequestId, SiteId, SkillId};
use std::collections::BTreeMap;
use telephony::asterisk::{Asterisk, Signal};
use telephony::courier::{self, Move, Next};
use telephony::ledger::LegAccount;
use telephony::sandbox::{EventBody, Sandbox};
use telephony::twilio::callback::{self, About};
use telephony::twilio::{Twilio, twiml};
use telephony::{Carrier, HttpAnswer, HttpCall, Known, Told};

pub(crate) const NOON: Millis = Millis(1_795_176_000_000);
const HOOKS: &str = "https://edge.example/v1/carriers/twilio/meridian/one";
const LEASE_MS: i64 = 5_000;

#[derive(Debug, Clone)]
enum Task {
    Carry(Order),
    Inquire(LegId, EquipmentId),
}

#[derive(Debug, Clone)]
struct Row {
    lane: String,
    task: Task,
    due: Millis,
    attempts: u32,
    unsure: bool,
}

/// A carrier, its far end and the network in between.
pub(crate) struct Line {
    kind: Kind,
    codec: Box<dyn Carrier>,
    pub(crate) far: Box<dyn FarEnd>,
    pub(crate) network: Network,
    late: Vec<(Millis, Tell)>,
}

pub(crate) struct World {
    pub(crate) acd: Acd,
    pub(crate) now: Millis,
    pub(crate) lines: BTreeMap<EquipmentId, Line>,
    rows: Vec<Row>,
    pub(crate) ledger: BTreeMap<LegId, LegAccount>,
    joined: BTreeMap<LegId, ()>,
    /// Requests as they were written last.
    pub(crate) kept: BTreeMap<RequestId, Request>,
    /// Customers' numbers and the equipment that dialled them, in order.
    pub(crate) dials: Vec<(RequestId, EquipmentId, LegId)>,
    asked: u32,
}

fn equipment(id: &str) -> EquipmentId {
    EquipmentId::parse(id).unwrap()
}

pub(crate) fn business(agents: &[&str]) -> Business {
    let skill = SkillId::parse("help").unwrap();
    let numbered = agents.iter().zip(1..);
    Business {
        name: "Meridian Travel".into(),
        tel: PhoneNumber::parse("+442079460958").unwrap(),
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
        equipment: vec![Equipment::sandbox(equipment("one"))],
        centres: vec![],
        press_one: false,
    }
}

fn line(kind: Kind) -> Line {
    let from = PhoneNumber::parse("+442079460958").unwrap();
    let mut document = Equipment::sandbox(equipment("one"));
    let (codec, far): (Box<dyn Carrier>, Box<dyn FarEnd>) = match kind {
        Kind::Sandbox => {
            let sandbox = Sandbox {
                base: "https://edge.example/sandbox/v1/meridian".into(),
                secret: "s".into(),
                from,
                caller: "Meridian Travel".into(),
                events: "https://edge.example/events".into(),
            };
            (Box::new(sandbox), Box::new(SandboxEnd::default()))
        }
        Kind::Asterisk => {
            document.dial = Some("PJSIP/{number}@trunk".into());
            (
                Box::new(Asterisk::of(&document, from, "Meridian Travel".into())),
                Box::new(Ari::default()),
            )
        }
        Kind::Twilio => {
            document.account = Some("AC0123456789abcdef0123456789abcdef".into());
            (
                Box::new(Twilio::of(&document, from, "token".into(), HOOKS.into())),
                Box::new(TwilioEnd::default()),
            )
        }
    };
    Line {
        kind,
        codec,
        far,
        network: Network::default(),
        late: vec![],
    }
}

impl World {
    /// A business whose first carrier is of this kind; its agents are available. `second` adds another one, which is preferred less.
    pub(crate) fn new(kind: Kind, second: Option<Kind>, mut business: Business) -> Self {
        let mut lines = BTreeMap::from([(equipment("one"), line(kind))]);
        if let Some(kind) = second {
            lines.insert(equipment("two"), line(kind));
            business.equipment.push(Equipment {
                preference: 2,
                ..Equipment::sandbox(equipment("two"))
            });
        }
        let agents: Vec<AgentId> = business.agents.iter().map(|agent| agent.id.clone()).collect();
        let config = Config::new(SiteId::parse("meridian").unwrap(), business).unwrap();
        let mut world = Self {
            acd: Acd::restore(config, Rows::default(), NOON),
            now: NOON,
            lines,
            rows: vec![],
            ledger: BTreeMap::new(),
            joined: BTreeMap::new(),
            kept: BTreeMap::new(),
            dials: vec![],
            asked: 0,
        };
        for agent in agents {
            world.now = world.now.plus_ms(1);
            for command in [Command::SignIn, Command::Presence(AgentState::Available)] {
                world.handle(Input::Agent(agent.clone(), command));
            }
        }
        world
    }

    pub(crate) fn far(&self) -> &dyn FarEnd {
        self.lines.values().next().unwrap().far.as_ref()
    }

    pub(crate) fn ask(&mut self, phone: &str) -> RequestId {
        self.asked += 1;
        let id = RequestId::parse(&format!("req_{}", self.asked)).unwrap();
        let asked = CallRequest {
            phone: PhoneNumber::parse(phone).unwrap(),
            skill: None,
            expert: None,
            to: None,
            note: String::new(),
            slot: None,
            page: None,
            trail: vec![],
            zone: None,
            consent: true,
        };
        self.handle(Input::Ask {
            id: id.clone(),
            asked: Box::new(asked),
            terms: Box::new(Terms::Page),
        });
        self.send_due();
        id
    }

    pub(crate) fn handle(&mut self, input: Input) {
        let step = self.acd.handle(self.now, input);
        self.acd.check().unwrap();
        for write in &step.writes {
            if let Write::Request(request) = write {
                self.kept.insert(request.id.clone(), (**request).clone());
            }
        }
        for order in step.effects {
            if let Effect::HangUp { leg } = &order.effect {
                self.drop_unsent_dial(&leg.clone());
            }
            if let Effect::Dial { leg, party, to, .. } = &order.effect {
                let account = LegAccount {
                    leg: leg.clone(),
                    request: order.request.clone(),
                    party: *party,
                    via: order.via.clone(),
                    to: to.number().clone(),
                    reference: None,
                    ordered_at: self.now,
                    answered_at: None,
                    ended_at: None,
                    end: None,
                };
                self.ledger.entry(leg.clone()).or_insert(account);
            }
            self.put(order.effect.leg().to_string(), Task::Carry(order), self.now);
        }
    }

    fn drop_unsent_dial(&mut self, leg: &LegId) {
        let unsent = |row: &Row| {
            matches!(&row.task, Task::Carry(Order { effect: Effect::Dial { leg: of, .. }, .. }) if of == leg)
                && !row.unsure
        };
        if self.rows.iter().any(unsent) {
            self.rows.retain(|row| !unsent(row));
            self.note(&Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released)));
        }
    }

    fn put(&mut self, lane: String, task: Task, due: Millis) {
        self.rows.push(Row {
            lane,
            task,
            due,
            attempts: 0,
            unsure: false,
        });
    }

    fn note(&mut self, heard: &Heard) {
        if let Some(account) = self.ledger.get_mut(&heard.leg) {
            account.hear(heard, self.now);
        }
    }

    fn listen(&mut self, heard: Heard) {
        self.note(&heard);
        self.handle(Input::Heard(heard));
    }

    fn known(&self, leg: &LegId) -> Known {
        let account = &self.ledger[leg];
        let others = self
            .ledger
            .values()
            .filter(|other| other.to == account.to && other.leg != *leg);
        Known {
            leg: leg.clone(),
            party: account.party,
            to: account.to.clone(),
            reference: account.reference.clone(),
            ordered_at: account.ordered_at,
            others: others.filter_map(|other| other.reference.clone()).collect(),
        }
    }

    fn refer(&mut self, leg: &LegId, reference: Option<String>) {
        if let (Some(account), Some(reference)) = (self.ledger.get_mut(leg), reference) {
            account.reference.get_or_insert(reference);
        }
    }

    /// Sends what is due, each lane in its order.
    pub(crate) fn send_due(&mut self) {
        for _ in 0..1000 {
            let first = |at: usize| {
                !self.rows[..at]
                    .iter()
                    .any(|other| other.lane == self.rows[at].lane)
            };
            let due = (0..self.rows.len()).find(|at| self.rows[*at].due <= self.now && first(*at));
            let Some(at) = due else { return };
            self.attempt(at);
        }
        panic!("the outbox never rests");
    }

    fn pass(&mut self, via: &EquipmentId, calls: &[HttpCall]) -> HttpAnswer {
        let now = self.now;
        let line = self.lines.get_mut(via).unwrap();
        let fate = line.network.request(now);
        let mut carry = || {
            calls
                .iter()
                .map(|call| line.far.carry(now, call))
                .last()
                .unwrap_or_else(|| HttpAnswer::none(false))
        };
        match fate {
            OnRequest::Pass => carry(),
            OnRequest::Unreachable => HttpAnswer::none(false),
            OnRequest::Lost => HttpAnswer::none(true),
            OnRequest::AnswerLost => {
                carry();
                HttpAnswer::none(true)
            }
            OnRequest::Garbage => {
                carry();
                HttpAnswer::of(201, "<html>a portal</html>")
            }
            OnRequest::Status(status, retry_after_s) => HttpAnswer {
                retry_after_s,
                ..HttpAnswer::of(status, "")
            },
        }
    }

    fn attempt(&mut self, at: usize) {
        let row = self.rows[at].clone();
        self.rows[at].unsure = true;
        self.rows[at].due = self.now.plus_ms(LEASE_MS);
        match &row.task {
            Task::Inquire(leg, via) => self.inquire(at, &leg.clone(), &via.clone()),
            Task::Carry(order) => self.carry(at, &row, &order.clone()),
        }
    }

    fn carry(&mut self, at: usize, row: &Row, order: &Order) {
        let leg = order.effect.leg().clone();
        if !self.acd.wants(order) {
            return self.drop_unwanted(at, row, order);
        }
        let others = matches!(
            order.effect,
            Effect::Dial {
                party: Party::Customer,
                ..
            }
        ) && self.acd.has_other_carrier(&order.request, self.now);
        let http = self.lines[&order.via].kind != Kind::Asterisk;
        let known = self.known(&leg);
        let line = &self.lines[&order.via];
        let probe = http && !row.unsure && others;
        let first = if probe {
            Move::Ask(line.codec.ask(&known))
        } else {
            courier::begin(&*line.codec, &order.effect, &known, row.unsure)
        };
        let calls = match first {
            Move::Settle(settled) => return self.settle(at, order, settled),
            Move::Send(calls) => calls,
            Move::Ask(call) => {
                let answer = self.pass(&order.via, &[call]);
                let line = &self.lines[&order.via];
                let told = line.codec.told(&known, &answer);
                let next =
                    courier::after_probe(&order.effect, &told, &answer, row.attempts + 1).filter(|_| probe);
                let next = next.unwrap_or_else(|| courier::after_ask(&order.effect, &told, row.attempts + 1));
                let mut news = vec![];
                if let Told::Leg {
                    reference,
                    news: told,
                } = told
                {
                    self.refer(&leg, reference);
                    news = told;
                }
                match next {
                    Next::Settle(settled) => {
                        self.settle(at, order, settled);
                        return news.into_iter().for_each(|heard| self.listen(heard));
                    }
                    Next::Again { in_ms, unsure } => return self.postpone(at, in_ms, unsure),
                    Next::Send => self.lines[&order.via]
                        .codec
                        .request(&order.effect, &self.known(&leg)),
                }
            }
        };
        if let Effect::Dial {
            party: Party::Customer,
            ..
        } = order.effect
        {
            self.dials
                .push((order.request.clone(), order.via.clone(), leg.clone()));
        }
        let answer = self.pass(&order.via, &calls);
        let codec = &self.lines[&order.via].codec;
        let (outcome, reference) = (codec.settle(&order.effect, &answer), codec.reference(&answer));
        match courier::after_send(&order.effect, outcome, row.attempts + 1, others) {
            Next::Settle(settled) => {
                if matches!(order.effect, Effect::Dial { .. }) {
                    self.refer(&leg, reference);
                }
                self.settle(at, order, settled);
            }
            Next::Again { in_ms, unsure } => self.postpone(at, in_ms, unsure),
            Next::Send => unreachable!("only after asking"),
        }
    }

    fn postpone(&mut self, at: usize, in_ms: i64, unsure: bool) {
        let row = &mut self.rows[at];
        (row.due, row.unsure, row.attempts) = (self.now.plus_ms(in_ms), unsure, row.attempts + 1);
    }

    fn settle(&mut self, at: usize, order: &Order, outcome: Settled) {
        self.rows.remove(at);
        if let Effect::Dial { leg, ring_s, .. } = &order.effect {
            match outcome {
                Settled::Refused(how) => self.note(&Heard::now(leg.clone(), HeardKind::Ended(how))),
                Settled::Done | Settled::Taken => {
                    let due = self.now.plus_s(i64::from(*ring_s) + 8);
                    self.put(
                        format!("{leg} ?"),
                        Task::Inquire(leg.clone(), order.via.clone()),
                        due,
                    );
                }
            }
        }
        self.handle(Input::Settled {
            order: Box::new(order.clone()),
            outcome,
        });
    }

    fn drop_unwanted(&mut self, at: usize, row: &Row, order: &Order) {
        self.rows.remove(at);
        if let Effect::Dial { leg, .. } = &order.effect {
            if row.unsure {
                self.put(
                    format!("{leg} ?"),
                    Task::Inquire(leg.clone(), order.via.clone()),
                    self.now.plus_s(8),
                );
            } else {
                self.note(&Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released)));
            }
        }
    }

    fn inquire(&mut self, at: usize, leg: &LegId, via: &EquipmentId) {
        if self.ledger[leg].ended_at.is_some() {
            self.rows.remove(at);
            return;
        }
        let known = self.known(leg);
        let call = self.lines[via].codec.ask(&known);
        let answer = self.pass(via, &[call]);
        let told = self.lines[via].codec.told(&known, &answer);
        if let Told::Leg { reference, .. } = &told {
            self.refer(leg, reference.clone());
        }
        let (there, unclear) = (matches!(told, Told::Leg { .. }), told == Told::Unclear);
        self.postpone(at, if unclear { 4_000 } else { 60_000 }, false);
        for heard in courier::after_inquiry(&known, told) {
            self.listen(heard);
        }
        let request = self.ledger[leg].request.clone();
        let over = self.kept.get(&request).and_then(|request| request.ended_at);
        if there
            && self.ledger[leg].ended_at.is_none()
            && over.is_some_and(|ended| ended.plus_s(30) < self.now)
        {
            let order = Order {
                request,
                via: via.clone(),
                effect: Effect::HangUp { leg: leg.clone() },
            };
            self.put(leg.to_string(), Task::Carry(order), self.now);
        }
    }

    fn deliver(&mut self, via: &EquipmentId, tell: &Tell) {
        match self.lines[via].kind {
            Kind::Sandbox => {
                let event: EventBody = serde_json::from_str(&tell.text).unwrap();
                self.listen(event.heard);
            }
            Kind::Asterisk => match telephony::asterisk::hear(&tell.text).unwrap() {
                Signal::Heard(heard) => self.listen(heard),
                Signal::Tidy(call) => {
                    let (now, line) = (self.now, self.lines.get_mut(via).unwrap());
                    line.far.carry(now, &call);
                }
                Signal::Registered | Signal::Answer(_) | Signal::Nothing => {}
            },
            Kind::Twilio => self.deliver_form(via, tell),
        }
    }

    fn deliver_form(&mut self, via: &EquipmentId, tell: &Tell) {
        let about = About::parse(tell.about).unwrap();
        let told = callback::read(about, &tell.leg, &tell.text);
        self.refer(&tell.leg, told.reference);
        if let Some(heard) = told.heard {
            if let Some(account) = self.ledger.get_mut(&heard.leg)
                && account.hear(&heard, self.now)
                && let Some(seconds) = told.seconds
            {
                account.bill(seconds);
            }
            self.handle(Input::Heard(heard));
        }
        if let Some(entered) = told.entered {
            self.joined.insert(entered.clone(), ());
            let account = &self.ledger[&entered];
            let other = self.joined.keys().any(|other| {
                let other = &self.ledger[other];
                other.request == account.request && other.party != account.party && other.ended_at.is_none()
            });
            if other {
                self.listen(Heard::now(entered, HeardKind::Bridged));
            }
        }
        if about.asks() {
            let hooks = twiml::Hooks {
                base: HOOKS,
                leg: &tell.leg,
            };
            let markup = twiml::answer(
                self.acd.hears(&tell.leg).as_ref(),
                hooks,
                self.acd.config().business.timing.confirm_s,
            );
            let (now, line) = (self.now, self.lines.get_mut(via).unwrap());
            line.far.answer(now, &tell.leg, &markup);
        }
    }

    /// Lets everything happen that happens at this moment.
    fn settle_down(&mut self) {
        for _ in 0..200 {
            self.send_due();
            let vias: Vec<EquipmentId> = self.lines.keys().cloned().collect();
            let mut quiet = true;
            for via in vias {
                let now = self.now;
                let line = self.lines.get_mut(&via).unwrap();
                line.far.pass(now);
                let fresh = line.far.tells();
                let mut ready: Vec<Tell> = vec![];
                line.late.retain(|(at, tell)| {
                    let due = *at <= now;
                    if due {
                        ready.push(tell.clone())
                    }
                    !due
                });
                for tell in fresh {
                    // A question is asked until it is answered; only news gets lost or late.
                    let fate = if matches!(tell.about, "voice" | "digits") {
                        OnEvent::Pass
                    } else {
                        line.network.event()
                    };
                    match fate {
                        OnEvent::Pass => ready.push(tell),
                        OnEvent::Lost => {}
                        OnEvent::Twice => ready.extend([tell.clone(), tell]),
                        OnEvent::Late(ms) => line.late.push((now.plus_ms(ms), tell)),
                    }
                }
                quiet &= ready.is_empty();
                for tell in ready {
                    self.deliver(&via, &tell);
                }
            }
            if quiet {
                return;
            }
        }
        panic!("no rest");
    }

    fn next_moment(&self) -> Option<Millis> {
        let rows = self.rows.iter().map(|row| row.due);
        let far = self.lines.values().flat_map(|line| {
            line.far
                .wake_at()
                .into_iter()
                .chain(line.late.iter().map(|(at, _)| *at))
        });
        rows.chain(far).chain(self.acd.wake_at()).min()
    }

    /// Plays on for so long; `crash` says at which moments our side loses its memory.
    pub(crate) fn play(&mut self, seconds: i64, crash: bool) {
        let until = self.now.plus_s(seconds);
        self.settle_down();
        while let Some(at) = self.next_moment().filter(|at| *at <= until) {
            self.now = at.max(self.now.plus_ms(1));
            if crash {
                self.acd = Acd::restore(self.acd.config().clone(), self.acd.rows(), self.now);
            }
            if self.acd.wake_at().is_some_and(|at| at <= self.now) {
                self.handle(Input::Tick);
            }
            self.settle_down();
        }
        self.now = until;
    }

    /// Plays until the request is in this state, for a minute at the most.
    pub(crate) fn until(&mut self, id: &RequestId, state: RequestState) -> bool {
        for _ in 0..600 {
            if self.kept.get(id).is_some_and(|request| request.state == state) {
                return true;
            }
            self.play(0, false);
            self.now = self.now.plus_ms(100);
            self.handle(Input::Tick);
        }
        false
    }
}
