//! A business with one or two carriers, played natively: the real engine, the outbox as the store has it, the courier, the
//! ledger, a codec, and the far end behind a network that fails. Memory is lost whenever the test says so.

use crate::line::{Line, line};
use crate::network::OnEvent;
use crate::outbox::Row;
use acd::{Acd, Command, Config, Heard, Input, Request, Rows, Terms, Write};
use far::{FarEnd, Tell};
use shared::business::Business;
use shared::call::RequestState;
use shared::desk::AgentState;
use shared::equipment::{Equipment, Kind};
use shared::handover::Transfer;
use shared::request::CallRequest;
use shared::{Address, AgentId, EquipmentId, LegId, Millis, RequestId, SiteId};
use std::collections::BTreeMap;
use telephony::ledger::LegAccount;
use telephony::outbox::{self, Change};
use telephony::{Known, Told};

pub(crate) const NOON: Millis = Millis(1_795_176_000_000);

pub(crate) struct World {
    pub(crate) acd: Acd,
    pub(crate) now: Millis,
    pub(crate) lines: BTreeMap<EquipmentId, Line>,
    pub(crate) rows: Vec<Row>,
    pub(crate) ledger: BTreeMap<LegId, LegAccount>,
    pub(crate) joined: BTreeMap<LegId, ()>,
    /// Requests as they were written last.
    pub(crate) kept: BTreeMap<RequestId, Request>,
    /// Customers' numbers and the equipment that dialled them, in order.
    pub(crate) dials: Vec<(RequestId, EquipmentId, LegId)>,
    asked: u32,
}

fn equipment(id: &str) -> EquipmentId {
    EquipmentId::parse(id).unwrap()
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
            phone: Address::parse(phone).unwrap(),
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
        };
        self.handle(Input::Ask {
            id: id.clone(),
            asked: Box::new(asked),
            terms: Box::new(Terms::Page),
            network: None,
            proven: true,
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
            for change in outbox::changes(&order, self.now) {
                match change {
                    Change::DropUnsentDial(leg) => self.drop_unsent_dial(&leg),
                    Change::Part(leg) => drop(self.joined.remove(&leg)),
                    Change::Open(account) => {
                        self.ledger.entry(account.leg.clone()).or_insert(*account);
                    }
                    Change::Put(task) => self.put(task, self.now),
                }
            }
        }
    }

    /// An agent hands a request on.
    pub(crate) fn hand_on(&mut self, agent: &str, id: &RequestId, wish: Transfer) {
        let agent = AgentId::parse(agent).unwrap();
        self.handle(Input::Agent(agent, Command::Transfer(id.clone(), wish)));
    }

    pub(crate) fn note(&mut self, heard: &Heard) {
        if let Some(account) = self.ledger.get_mut(&heard.leg) {
            account.hear(heard, self.now);
        }
    }

    pub(crate) fn listen(&mut self, heard: Heard) {
        self.note(&heard);
        self.handle(Input::Heard(heard));
    }

    /// A carrier may have said what a leg did cost.
    pub(crate) fn bill(&mut self, leg: &LegId, told: &Told) {
        let Told::Leg {
            price: Some(price), ..
        } = told
        else {
            return;
        };
        let account = self.ledger.get_mut(leg).unwrap();
        if let Some(bill) = account.bill_of(*price) {
            account.price = Some(*price);
            self.handle(Input::Billed(Box::new(bill)));
        }
    }

    pub(crate) fn known(&self, leg: &LegId) -> Known {
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

    pub(crate) fn refer(&mut self, leg: &LegId, reference: Option<String>) {
        if let (Some(account), Some(reference)) = (self.ledger.get_mut(leg), reference) {
            account.reference.get_or_insert(reference);
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
                        ready.push(tell.clone());
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
