//! The engine's state and its one door.

use crate::announce::Looked;
use crate::config::Config;
use crate::evidence::{Evidence, Lesson, learned};
use crate::journal::{Entry, Rest};
use crate::mutant;
use crate::place::Placed;
use crate::policy::{Book, Note, Record};
use crate::refusal::Refusal;
use crate::request::Announced;
use crate::routing::{Forecaster, Learned, Outlook, Router, Standing, Ticket};
use crate::step::{Effect, Input, Order, Reply, Step, Write};
use crate::{Agent, Request, TimerKey};
use shared::call::RequestState;
use shared::{AgentId, Millis, RequestId};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that an engine is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Requests that are not ended, or whose wrap-up is not.
    pub requests: Vec<Request>,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Timers.
    pub timers: Vec<(TimerKey, Millis)>,
    /// What was learned.
    pub evidence: Vec<Evidence>,
    /// What the dial policy remembers.
    pub policy: Record,
}

/// What changed in this step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Touched {
    pub(crate) requests: BTreeSet<RequestId>,
    pub(crate) agents: BTreeSet<AgentId>,
    pub(crate) timers: BTreeSet<TimerKey>,
    pub(crate) effects: Vec<Order>,
    pub(crate) lessons: BTreeSet<Lesson>,
    pub(crate) told: Vec<(RequestId, Announced)>,
    pub(crate) journal: Vec<Entry>,
    pub(crate) notes: Vec<Note>,
    /// The instant of this step.
    pub(crate) now: Millis,
}

/// The engine of one business.
#[derive(Debug, Clone)]
pub struct Acd {
    pub(crate) config: Config,
    pub(crate) requests: BTreeMap<RequestId, Request>,
    pub(crate) agents: BTreeMap<AgentId, Agent>,
    pub(crate) timers: BTreeMap<TimerKey, Millis>,
    /// The timers again, by time.
    pub(crate) due: BTreeSet<(Millis, TimerKey)>,
    /// Lines of customers with an open request.
    pub(crate) open_lines: BTreeMap<String, RequestId>,
    /// The line and the agents as the router keeps them: an index over the above.
    pub(crate) router: Router,
    pub(crate) placed: BTreeMap<RequestId, Placed>,
    pub(crate) held_by: BTreeMap<Ticket, RequestId>,
    /// Requests that are over, and being written up.
    wrapping: BTreeSet<RequestId>,
    pub(crate) book: Book,
    pub(crate) learned: Learned,
    pub(crate) forecaster: Forecaster,
    /// The waits as of the last change.
    pub(crate) outlook: Outlook,
    /// Of what; `None` before the first time.
    pub(crate) looked: Option<Looked>,
    pub(crate) standing: Standing,
    pub(crate) touched: Touched,
}

impl Acd {
    /// Makes the engine out of its rows. Agents of the document without a row are offline; rows of agents that the
    /// document no longer has are dropped unless they are in a call.
    pub fn restore(config: Config, rows: Rows, now: Millis) -> Self {
        let mut agents: BTreeMap<AgentId, Agent> = rows
            .agents
            .into_iter()
            .filter(|agent| agent.request.is_some() || config.agent(&agent.id).is_some())
            .map(|mut agent| {
                let address = config.agent(&agent.id).and_then(|facts| facts.presence.as_ref());
                agent.published = agent.published.filter(|known| address == Some(&known.entity));
                (agent.id.clone(), agent)
            })
            .collect();
        for agent in &config.business.agents {
            agents
                .entry(agent.id.clone())
                .or_insert_with(|| Agent::offline(agent.id.clone(), now));
        }
        let mut acd = Self {
            open_lines: rows
                .requests
                .iter()
                .filter(|request| request.state != RequestState::Ended)
                .map(|request| (request.asked.phone.line(), request.id.clone()))
                .collect(),
            requests: rows
                .requests
                .into_iter()
                .map(|request| (request.id.clone(), request))
                .collect(),
            due: rows.timers.iter().map(|(key, at)| (*at, key.clone())).collect(),
            timers: rows.timers.into_iter().collect(),
            router: Router::default(),
            placed: BTreeMap::new(),
            held_by: BTreeMap::new(),
            wrapping: BTreeSet::new(),
            book: Book::new(rows.policy),
            learned: learned(&config, rows.evidence),
            forecaster: Forecaster::new(),
            outlook: Outlook::default(),
            looked: None,
            standing: Standing::default(),
            touched: Touched::default(),
            agents,
            config,
        };
        acd.router = Router::new(&acd.layout());
        let agents: Vec<AgentId> = acd.agents.keys().cloned().collect();
        agents.iter().for_each(|id| acd.seat(id));
        let ended = acd
            .requests
            .values()
            .filter(|request| request.state == RequestState::Ended);
        acd.wrapping = ended.map(|request| request.id.clone()).collect();
        let requests: Vec<RequestId> = acd.requests.keys().cloned().collect();
        requests.iter().for_each(|id| acd.place(id));
        acd.look_ahead(now);
        acd
    }

    /// The rows this engine would be restored from.
    pub fn rows(&self) -> Rows {
        Rows {
            requests: self.requests.values().cloned().collect(),
            agents: self.agents.values().cloned().collect(),
            timers: self.timers.iter().map(|(key, at)| (key.clone(), *at)).collect(),
            evidence: self.evidence(),
            policy: self.book.record(),
        }
    }

    /// The business.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A request that is not over, or not written up.
    pub fn request(&self, id: &RequestId) -> Option<&Request> {
        self.requests.get(id)
    }

    /// Lets one thing happen.
    pub fn handle(&mut self, now: Millis, input: Input) -> Step {
        self.touched = Touched {
            now,
            ..Touched::default()
        };
        let live = self.live_if_held();
        let reply = self.apply(now, input);
        if reply.is_ok() {
            self.call_in(live, now);
            self.distribute(now);
            self.announce(now);
        }
        self.finish(reply)
    }

    fn apply(&mut self, now: Millis, input: Input) -> Result<Reply, Refusal> {
        match input {
            Input::Ask {
                id,
                asked,
                terms,
                network,
                proven,
            } => {
                self.refuse_unless_proven(proven)?;
                self.ask(id, *asked, *terms, network, now)
            }
            Input::Never(phone, reason) => Ok(self.never_again(&phone, reason, now)),
            Input::Forgive(number) => Ok(self.forgive_number(number)),
            Input::Cancel(id) => self.cancel(&id, now),
            Input::Reschedule(id, slot) => self.reschedule(&id, slot, now),
            Input::Agent(agent, command) => self.command(&agent, command, now),
            Input::Heard(heard) => Ok(self.heard(&heard, now)),
            Input::Settled { order, outcome } => {
                self.settled(&order, outcome, now);
                Ok(Reply::Done)
            }
            Input::Billed(bill) => Ok(self.billed(&bill, now)),
            Input::Alive(desks) => {
                for (agent, heard) in desks {
                    self.alive(&agent, heard);
                }
                Ok(Reply::Done)
            }
            Input::ByPhone(id, why) => self.by_phone(&id, why, now),
            Input::Leaving(leg) => Ok(self.leaving(&leg, now)),
            Input::Returned(leg) => Ok(self.returned(&leg)),
            Input::Unplugged(agent) => {
                self.unplugged(&agent, now);
                Ok(Reply::Done)
            }
            Input::Published(told) => self.hear_phone(&told, now),
            Input::Tick => {
                self.tick(now);
                Ok(Reply::Done)
            }
        }
    }

    fn finish(&mut self, reply: Result<Reply, Refusal>) -> Step {
        let touched = std::mem::take(&mut self.touched);
        let mut writes = Vec::new();
        for id in &touched.requests {
            if let Some(request) = self.requests.get_mut(id) {
                request.version += 1;
                writes.push(Write::Request(Box::new(request.clone())));
            }
        }
        for id in &touched.agents {
            if let Some(agent) = self.agents.get(id).filter(|_| !mutant!(AgentUnwritten)) {
                writes.push(Write::Agent(agent.clone()));
            }
        }
        let timers = touched.timers.into_iter().filter(|_| !mutant!(TimersUnwritten));
        writes.extend(timers.map(|key| {
            let due = self.timers.get(&key).copied();
            Write::Timer(key, due)
        }));
        let lessons = touched.lessons.iter().filter_map(|lesson| self.row_of(lesson));
        writes.extend(lessons.map(Write::Evidence));
        writes.extend(touched.told.into_iter().map(|(id, told)| Write::Told(id, told)));
        writes.extend(touched.journal.into_iter().map(Write::Journal));
        let notes = touched.notes.into_iter().filter(|_| !mutant!(PolicyUnwritten));
        writes.extend(notes.map(Write::Policy));
        // The reply shows the request as it stands after everything that followed from the input.
        let reply = reply.map(|reply| match reply {
            Reply::Request(old) => Reply::Request(self.requests.get(&old.id).cloned().map_or(old, Box::new)),
            Reply::Done | Reply::Absorbed => reply,
        });
        self.forget_ended(&touched.requests, &touched.agents);
        Step {
            reply,
            writes,
            effects: touched.effects,
            wake_at: self.wake_at(),
        }
    }

    /// When the next deadline falls due.
    pub fn wake_at(&self) -> Option<Millis> {
        self.due.first().map(|(at, _)| *at)
    }

    /// True when a deadline has passed: it happens before anything else does, since the alarm may be late.
    pub fn is_due(&self, now: Millis) -> bool {
        self.wake_at().is_some_and(|due| due <= now)
    }

    /// Requests that are over leave memory unless somebody is still writing them up. Only what changed can have become over.
    fn forget_ended(&mut self, requests: &BTreeSet<RequestId>, agents: &BTreeSet<AgentId>) {
        let written_up = |id: &RequestId| {
            let agent = self
                .requests
                .get(id)
                .and_then(|request| self.agents.get(request.agent.as_ref()?));
            agent.is_none_or(|agent| agent.request.as_ref() != Some(id))
        };
        let over = |id: &&RequestId| {
            let ended = self
                .requests
                .get(*id)
                .is_some_and(|request| request.state == RequestState::Ended);
            ended && written_up(id)
        };
        let mut over: Vec<RequestId> = requests.iter().filter(over).cloned().collect();
        if !agents.is_empty() {
            let left = self.wrapping.iter().filter(|id| written_up(id));
            over.extend(left.cloned());
        }
        for id in over {
            self.wrapping.remove(&id);
            self.requests.remove(&id);
        }
    }

    /// Gives every request that an available agent may take to that agent, dials ahead for agents about to be free, and lets go
    /// of those who hold for nobody.
    fn distribute(&mut self, now: Millis) {
        loop {
            while let Some((request, agent)) = self.next_match() {
                self.assign(&request, &agent, now);
            }
            // Whoever is dialled is open to more agents than whoever waits.
            if !self.dial_ahead(now) {
                break;
            }
        }
        for id in self.hopeless() {
            self.let_go(&id, now);
        }
    }

    /// Changes a request and remembers that it has to be written.
    pub(crate) fn with_request(&mut self, id: &RequestId, change: impl FnOnce(&mut Request)) {
        if let Some(request) = self.requests.get_mut(id) {
            change(request);
            if request.state == RequestState::Ended {
                self.wrapping.insert(id.clone());
            }
            self.touched.requests.insert(id.clone());
            self.place(id);
        }
    }

    /// Changes an agent and remembers that it has to be written.
    pub(crate) fn with_agent(&mut self, id: &AgentId, change: impl FnOnce(&mut Agent)) {
        if let Some(agent) = self.agents.get_mut(id) {
            let (before, rest) = (agent.on_duty(), Rest::of(agent));
            change(agent);
            let turned = before != agent.on_duty();
            let rest = rest.filter(|rest| rest.is_over(agent));
            self.touched.agents.insert(id.clone());
            self.seat(id);
            if turned {
                self.place_followers(id);
            }
            if let Some(rest) = rest {
                self.note_rest(id, rest, self.touched.now);
            }
        }
    }

    /// Orders an effect from the equipment that carries the request.
    pub(crate) fn effect(&mut self, id: &RequestId, effect: Effect) {
        let Some(via) = self.requests.get(id).and_then(|request| request.via.clone()) else {
            return;
        };
        self.touched.effects.push(Order {
            request: id.clone(),
            via,
            effect,
        });
    }
}
