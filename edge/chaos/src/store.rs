//! What the object's database keeps: the tables as maps. A transaction is applied whole or not at all, so a crash leaves what was
//! committed and nothing else.

use crate::far::Map;
use acd::{Agent, Config, Evidence, Heard, HeardKind, LegEnd, Order, Request, Rows, Step, TimerKey, Write};
use shared::call::RequestState;
use shared::{AgentId, EquipmentId, LegId, Millis, RequestId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use telephony::ledger::LegAccount;
use telephony::outbox::{self, Change, Slip, Task};

/// Rows taken at once.
const MOST: usize = 50;
/// Finished requests that agents may look at.
const RECENT: usize = 16;

/// A row of the outbox.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) lane: Rc<str>,
    pub(crate) task: Rc<Task>,
    pub(crate) slip: Slip,
}

/// A row as it was taken.
#[derive(Debug, Clone)]
pub(crate) struct Leased {
    pub(crate) seq: u64,
    pub(crate) task: Rc<Task>,
    pub(crate) slip: Slip,
}

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) config: Config,
    /// Those that are open or written up; others leave when nobody refers to them.
    pub(crate) requests: BTreeMap<RequestId, Request>,
    /// When the others ended.
    pub(crate) ended: Map<RequestId, Millis>,
    pub(crate) recent: VecDeque<Request>,
    pub(crate) agents: BTreeMap<AgentId, Agent>,
    pub(crate) timers: BTreeMap<TimerKey, Millis>,
    evidence: BTreeMap<String, Evidence>,
    pub(crate) outbox: BTreeMap<u64, Row>,
    lanes: Map<Rc<str>, BTreeSet<u64>>,
    /// The first row of each lane.
    heads: BTreeSet<u64>,
    next_seq: u64,
    pub(crate) ledger: Map<LegId, LegAccount>,
    /// Idempotency keys.
    pub(crate) answers: Map<u64, RequestId>,
    /// Events that were heard.
    pub(crate) heard: Map<u64, ()>,
    pub(crate) alarm: Option<Millis>,
}

impl Store {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            requests: BTreeMap::new(),
            ended: Map::default(),
            recent: VecDeque::new(),
            agents: BTreeMap::new(),
            timers: BTreeMap::new(),
            evidence: BTreeMap::new(),
            outbox: BTreeMap::new(),
            lanes: Map::default(),
            heads: BTreeSet::new(),
            next_seq: 0,
            ledger: Map::default(),
            answers: Map::default(),
            heard: Map::default(),
            alarm: None,
        }
    }

    /// What the engine is made of.
    pub(crate) fn rows(&self) -> Rows {
        Rows {
            requests: self.requests.values().cloned().collect(),
            agents: self.agents.values().cloned().collect(),
            timers: self.timers.iter().map(|(key, at)| (key.clone(), *at)).collect(),
            evidence: self.evidence.values().cloned().collect(),
        }
    }

    /// When a request ended.
    pub(crate) fn ended_at(&self, id: &RequestId) -> Option<Millis> {
        let open = self.requests.get(id).and_then(|request| request.ended_at);
        open.or_else(|| self.ended.get(id).copied())
    }

    /// Writes a step, as the object's commit does.
    pub(crate) fn commit(&mut self, step: &Step, now: Millis) {
        let mut over = Vec::new();
        for write in &step.writes {
            match write {
                Write::Request(request) => {
                    if request.state == RequestState::Ended {
                        over.push(request.id.clone());
                    }
                    self.requests.insert(request.id.clone(), (**request).clone());
                }
                Write::Agent(agent) => {
                    let before = self.agents.insert(agent.id.clone(), agent.clone());
                    over.extend(before.and_then(|before| before.request));
                }
                Write::Timer(key, Some(at)) => drop(self.timers.insert(key.clone(), *at)),
                Write::Timer(key, None) => drop(self.timers.remove(key)),
                Write::Evidence(evidence) => drop(self.evidence.insert(evidence.key(), evidence.clone())),
                Write::Told(..) | Write::Journal(_) => {}
            }
        }
        for order in &step.effects {
            self.commit_order(order, now);
        }
        over.iter().for_each(|id| self.retire(id));
    }

    /// A request that is over, and that nobody writes up, is not loaded any more.
    fn retire(&mut self, id: &RequestId) {
        let over = |request: &&Request| {
            let agent = request.agent.as_ref().and_then(|agent| self.agents.get(agent));
            request.state == RequestState::Ended
                && agent.is_none_or(|agent| agent.request.as_ref() != Some(id))
        };
        if self.requests.get(id).as_ref().is_some_and(over)
            && let Some(request) = self.requests.remove(id)
        {
            self.ended
                .insert(id.clone(), request.ended_at.unwrap_or_default());
            self.recent.push_back(request);
            if self.recent.len() > RECENT {
                self.recent.pop_front();
            }
        }
    }

    fn commit_order(&mut self, order: &Order, now: Millis) {
        for change in outbox::changes(order, now) {
            match change {
                Change::DropUnsentDial(leg) => self.drop_unsent_dial(&leg, now),
                Change::Part(_) => {}
                Change::Open(account) => {
                    self.ledger.entry(account.leg.clone()).or_insert(*account);
                }
                Change::Put(task) => self.put(task, now),
            }
        }
    }

    fn drop_unsent_dial(&mut self, leg: &LegId, now: Millis) {
        let unsent = self.outbox.iter().find(|(_, row)| {
            let dial =
                matches!(&*row.task, Task::Carry(Order { effect: acd::Effect::Dial { leg: of, .. }, .. }) if of == leg);
            dial && !row.slip.may_be_sent(now)
        });
        if let Some(seq) = unsent.map(|(seq, _)| *seq) {
            self.remove(seq);
            self.hear(&Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released)), now);
        }
    }

    pub(crate) fn put(&mut self, task: Task, due: Millis) {
        self.next_seq += 1;
        let seq = self.next_seq;
        let lane: Rc<str> = task.lane().into();
        let in_lane = self.lanes.entry(Rc::clone(&lane)).or_default();
        in_lane.insert(seq);
        if in_lane.len() == 1 {
            self.heads.insert(seq);
        }
        let row = Row {
            lane,
            task: Rc::new(task),
            slip: Slip::new(due),
        };
        self.outbox.insert(seq, row);
    }

    pub(crate) fn remove(&mut self, seq: u64) -> bool {
        let Some(row) = self.outbox.remove(&seq) else {
            return false;
        };
        self.heads.remove(&seq);
        if let Some(in_lane) = self.lanes.get_mut(&row.lane) {
            in_lane.remove(&seq);
            match in_lane.first() {
                Some(first) => drop(self.heads.insert(*first)),
                None => drop(self.lanes.remove(&row.lane)),
            }
        }
        true
    }

    /// Takes the rows that are due, the first of each lane.
    pub(crate) fn lease(&mut self, now: Millis) -> Vec<Leased> {
        let due = |seq: &&u64| self.outbox.get(seq).is_some_and(|row| row.slip.is_due(now));
        let due: Vec<u64> = self.heads.iter().filter(due).take(MOST).copied().collect();
        let mut leased = Vec::with_capacity(due.len());
        for seq in due {
            if let Some(row) = self.outbox.get_mut(&seq) {
                leased.push(Leased {
                    seq,
                    task: Rc::clone(&row.task),
                    slip: row.slip.lease(now),
                });
            }
        }
        leased
    }

    pub(crate) fn postpone(&mut self, seq: u64, due: Millis, unsure: bool) {
        if let Some(row) = self.outbox.get_mut(&seq) {
            row.slip.postpone(due, unsure);
        }
    }

    pub(crate) fn give_up_leases(&mut self) {
        self.outbox.values_mut().for_each(|row| row.slip.give_up());
    }

    /// Equipment is there again: whatever waits for it is due.
    pub(crate) fn hurry(&mut self, via: &EquipmentId, now: Millis) {
        for row in self.outbox.values_mut() {
            let of = match &*row.task {
                Task::Carry(order) => Some(&order.via),
                Task::Inquire { via, .. } => Some(via),
                Task::Mail { .. } | Task::Deliver { .. } => None,
            };
            if of == Some(via) {
                row.slip.hurry(now);
            }
        }
    }

    /// True for the first row of its lane.
    pub(crate) fn is_head(&self, row: &Row) -> bool {
        let first = self.lanes.get(&row.lane).and_then(BTreeSet::first);
        first
            .and_then(|seq| self.outbox.get(seq))
            .is_some_and(|first| std::ptr::eq(first, row))
    }

    /// When to look at the outbox again.
    pub(crate) fn next_due(&self, now: Millis) -> Option<Millis> {
        let heads = self.heads.iter().filter_map(|seq| self.outbox.get(seq));
        heads.map(|row| row.slip.look_at(now)).min()
    }

    /// Writes news down in the ledger.
    pub(crate) fn hear(&mut self, heard: &Heard, now: Millis) {
        if let Some(account) = self.ledger.get_mut(&heard.leg) {
            account.hear(heard, now);
        }
    }
}
