//! The whole engine: calls from the request to what came of them, with everything that it writes down on the way. What
//! happens next to a call stands in a queue, so that all calls go on at once.

use crate::acd::decisions::rate;
use crate::acd::office::{NOON, agent_id, asked, config, request_id};
use crate::acd::{Size, decisions};
use crate::chance::Chance;
use crate::{Round, Scale};
use acd::{Acd, Command, Effect, Heard, HeardKind, Input, LegEnd, Rows, Settled, Step, Write};
use shared::call::{Party, RequestState};
use shared::desk::{AgentState, Disposition};
use shared::{AgentId, DispositionId, Millis, RequestId};
use std::collections::{BTreeSet, VecDeque};

/// Milliseconds between two inputs, times the agents: each step of a call takes as long.
const STEP_MS: i64 = 5000;
/// One in so many who ask takes it back while waiting.
const RARE: usize = 32;

/// Something that will happen.
enum Next {
    /// Something to the engine.
    Input(Input),
    /// The two have talked, and one hangs up.
    HangUp(RequestId),
    /// The agent writes up the call.
    Dispose(RequestId, AgentId),
}

struct Office {
    acd: Acd,
    size: Size,
    chance: Chance,
    now: Millis,
    asked: u32,
    /// Requests that are to be open at any time.
    target: usize,
    open: BTreeSet<RequestId>,
    next: VecDeque<Next>,
    /// Customers who may take it back, in the order in which they asked.
    unsure: VecDeque<RequestId>,
    handled: u32,
}

impl Office {
    fn new(size: Size) -> Option<Self> {
        let mut office = Self {
            acd: Acd::restore(config(size)?, Rows::default(), NOON),
            size,
            chance: Chance::new(3),
            now: NOON,
            asked: 0,
            target: 0,
            open: BTreeSet::new(),
            next: VecDeque::new(),
            unsure: VecDeque::new(),
            handled: 0,
        };
        // The line first: it would keep the engine from what happens to the first calls.
        for _ in 0..size.waiting {
            office.ask()?;
        }
        for nth in 0..size.agents {
            let agent = agent_id(nth)?;
            office.handle(Input::Agent(agent.clone(), Command::SignIn));
            office.handle(Input::Agent(agent, Command::Presence(AgentState::Available)));
        }
        Some(office)
    }

    /// Half of the agents have a call, or all of them and as many wait as are to; everybody has had a few.
    fn busy(size: Size, scale: Scale) -> Option<Self> {
        let mut office = Self::new(size)?;
        let agents = usize::try_from(size.agents).ok()?;
        office.target = match size.waiting {
            0 => agents / 2,
            waiting => agents + usize::try_from(waiting).ok()?,
        };
        let warm = match scale {
            Scale::Full => agents * 30,
            Scale::Tiny => agents,
        };
        for _ in 0..warm {
            office.go_on();
        }
        Some(office)
    }

    /// One input, and what follows from its effects.
    fn handle(&mut self, input: Input) {
        self.handled += 1;
        let step = self.acd.handle(self.now, input);
        for write in &step.writes {
            if let Write::Request(request) = write
                && request.state == RequestState::Ended
                && self.open.remove(&request.id)
                && let Some(agent) = request.agent.clone()
            {
                self.next.push_back(Next::Dispose(request.id.clone(), agent));
            }
        }
        self.follow(step);
    }

    fn follow(&mut self, step: Step) {
        for order in step.effects {
            let (kinds, leg): (&[HeardKind], _) = match &order.effect {
                Effect::Dial { leg, .. } => (&[HeardKind::Ringing, HeardKind::Answered], leg),
                Effect::Bridge { agent, .. } => (&[HeardKind::Bridged], agent),
                Effect::Announce { leg, .. }
                | Effect::Music { leg }
                | Effect::Farewell { leg, .. }
                | Effect::Hold { leg, .. }
                | Effect::HangUp { leg } => (&[], leg),
            };
            let heard: Vec<_> = kinds.iter().map(|kind| Heard::now(leg.clone(), *kind)).collect();
            let joined = matches!(order.effect, Effect::Bridge { .. });
            let request = order.request.clone();
            self.next.push_back(Next::Input(Input::Settled {
                order: Box::new(order),
                outcome: Settled::Done,
            }));
            let heard = heard.into_iter().map(|heard| Next::Input(Input::Heard(heard)));
            self.next.extend(heard);
            if joined {
                self.next.push_back(Next::HangUp(request));
            }
        }
    }

    fn ask(&mut self) -> Option<()> {
        self.asked += 1;
        let skill = decisions::skill(self.size, &mut self.chance);
        let (id, asked) = (request_id(self.asked)?, asked(self.asked, skill)?);
        self.open.insert(id.clone());
        if self.chance.once_in(RARE) {
            self.unsure.push_back(id.clone());
        }
        self.handle(Input::Ask {
            id,
            asked: Box::new(asked),
            terms: Box::default(),
            network: None,
            proven: true,
        });
        Some(())
    }

    /// Time goes on, what is due happens, and one thing more. Answers with the inputs that this took.
    fn go_on(&mut self) -> u32 {
        let before = self.handled;
        self.now = self.now.plus_ms(STEP_MS / i64::from(self.size.agents));
        if self.acd.wake_at().is_some_and(|at| at <= self.now) {
            let heard: Vec<_> = self
                .acd
                .doubted(self.now)
                .into_iter()
                .map(|id| (id, self.now))
                .collect();
            if !heard.is_empty() {
                self.handle(Input::Alive(heard));
            }
            self.handle(Input::Tick);
        }
        if self.open.len() < self.target {
            // An id or a number that can't be made would be a fault of the bench; the figure would show it.
            let _ = self.ask();
        } else if self.unsure.len() > 4
            && let Some(id) = self.unsure.pop_front()
            && self.is_queued(&id)
        {
            self.handle(Input::Cancel(id));
        } else {
            self.happens();
        }
        self.handled - before
    }

    fn is_queued(&self, id: &RequestId) -> bool {
        let request = self.acd.request(id);
        request.is_some_and(|request| request.state == RequestState::Queued)
    }

    fn happens(&mut self) {
        match self.next.pop_front() {
            None => {}
            Some(Next::Input(input)) => self.handle(input),
            Some(Next::HangUp(id)) => {
                let leg = self
                    .acd
                    .request(&id)
                    .and_then(|request| acd::leg_id(&id, Party::Customer, request.attempt));
                if let Some(leg) = leg {
                    let kind = HeardKind::Ended(LegEnd::HungUp);
                    self.handle(Input::Heard(Heard::now(leg, kind)));
                }
            }
            Some(Next::Dispose(id, agent)) => {
                let Ok(kind) = DispositionId::parse("purchase") else {
                    return;
                };
                let disposition = Disposition {
                    kind,
                    text: "two cabins".into(),
                    order: None,
                };
                self.handle(Input::Agent(agent, Command::Dispose(id, disposition)));
            }
        }
    }
}

/// Calls all the way.
pub(crate) fn calls(size: Size, scale: Scale) -> Option<Round> {
    let mut office = Office::busy(size, scale)?;
    Some(Box::new(move |clock| rate(clock, scale, 1, || office.go_on())))
}

/// The engine with as many in line as were asked for, and all agents at work.
pub(crate) fn in_line(size: Size) -> Option<Acd> {
    // Two calls for each agent teach it enough for a forecast. One waits; the others are made of its row.
    let mut office = Office::new(Size { waiting: 1, ..size })?;
    let agents = size.agents as usize;
    office.target = agents + 1;
    for _ in 0..agents * 24 {
        office.go_on();
    }
    while office.open.len() < office.target {
        office.ask()?;
    }
    let now = office.now;
    let mut rows = office.acd.rows();
    let queued = |request: &acd::Request| request.state == RequestState::Queued;
    let example = rows.requests.iter().find(|request| queued(request)).cloned();
    rows.requests.retain(|request| !queued(request));
    let timers: Vec<_> = rows
        .timers
        .iter()
        .filter_map(|(key, at)| match key {
            acd::TimerKey::Expire(_) => Some(*at),
            _ => None,
        })
        .collect();
    rows.timers
        .retain(|(key, _)| !matches!(key, acd::TimerKey::Expire(_) | acd::TimerKey::Open(_)));
    let due = timers.first().copied()?;
    let config = office.acd.config().clone();
    drop(office);
    let example = example?;
    for nth in 0..size.waiting {
        let mut request = example.clone();
        request.id = request_id(1_000_000 + nth)?;
        request.asked = asked(
            1_000_000 + nth,
            u16::try_from(nth).unwrap_or(0) % size.skills.max(1),
        )?;
        rows.timers.push((acd::TimerKey::Expire(request.id.clone()), due));
        rows.timers.push((acd::TimerKey::Open(request.id.clone()), due));
        rows.requests.push(request);
    }
    let mut acd = Acd::restore(config, rows, now);
    acd.handle(now, Input::Tick);
    Some(acd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acd::size;

    #[test]
    fn calls_go_all_the_way_and_the_line_stays_as_long_as_asked_for() {
        for (waiting, least, most) in [(0, 0, 2), (10, 7, 15)] {
            let mut office = Office::busy(size(10, waiting, 8), Scale::Full).unwrap();
            let (asked, mut sum) = (office.asked, 0);
            for nth in 0..500 {
                office.go_on();
                if nth % 25 > 0 {
                    continue;
                }
                let rows = office.acd.rows();
                let queued = rows
                    .requests
                    .iter()
                    .filter(|request| request.state == RequestState::Queued);
                sum += queued.count();
                let away = rows.agents.iter().any(|agent| agent.state == AgentState::Away);
                assert!(!away, "everybody takes calls");
            }
            let line = sum / 20;
            assert!((least..=most).contains(&line), "{line} instead of {waiting}");
            assert!(office.asked - asked > 30, "whoever asks makes room for the next");
        }
    }
}
