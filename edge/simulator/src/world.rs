//! The world around the engine: callers come and lose patience, agents talk, and the engine says who meets whom.

use rand_xoshiro::Xoshiro256PlusPlus;

use crate::calls::{Call, Calls};
use crate::chance::Seeds;
use crate::events::{Event, Events, Handle};
use crate::forecast::Forecasts;
use crate::plan::Plan;
use crate::report::Report;
use crate::scenario::Wrong;
use crate::stream::Stream;
use crate::tally::Tally;
use crate::time::{seconds, ticks};
use acd::routing::{AgentIx, Reach, Router, SkillIx, Ticket, Want};

/// Waiting calls beyond which a scenario is taken for one whose line only grows.
const MAX_WAITING: usize = 5_000_000;
/// Events between two looks at the progress.
const LOOK: u64 = 1 << 12;

/// The generators of a stream.
struct Chance {
    arrival: Xoshiro256PlusPlus,
    handle: Xoshiro256PlusPlus,
    patience: Xoshiro256PlusPlus,
}

/// What an agent is at.
#[derive(Debug, Clone, Copy, Default)]
struct Talk {
    /// Kept by a call, until it is written up.
    engaged: bool,
    skill: SkillIx,
    since: i64,
    until: i64,
}

struct World<'a> {
    plan: &'a Plan,
    now: i64,
    router: Router,
    forecasts: Option<Forecasts>,
    events: Events,
    calls: Calls,
    chance: Vec<Chance>,
    talks: Vec<Talk>,
    tally: Tally,
    /// Calls waiting or talking.
    inside: u32,
    arrivals: u64,
    /// What the engine did that it must never do.
    broken: Option<&'static str>,
}

/// Runs a plan to its end. `watch` hears the share that is done.
pub fn run(plan: &Plan, watch: &mut dyn FnMut(f64)) -> Result<Report, Wrong> {
    let mut world = World::new(plan);
    // A stable line is decided soon after the end. One that is not, may never be.
    let last = plan.end.saturating_mul(2);
    let mut seen = 0_u64;
    while let Some((now, event)) = world.events.pop() {
        if now >= plan.end && (world.tally.open() == 0 || now > last) {
            break;
        }
        world.now = now;
        world.happens(event);
        world.meet();
        if let Some(broken) = world.broken {
            return Err(Wrong::new("engine", broken));
        }
        seen += 1;
        if cfg!(debug_assertions) && seen.is_multiple_of(LOOK * 16) && world.router.missed_match().is_some() {
            world.broken = Some("left somebody waiting beside an idle agent");
        }
        if seen.is_multiple_of(LOOK) {
            watch((seconds(now) / seconds(plan.end)).min(1.0));
            if world.calls.all_waiting() > MAX_WAITING {
                let what = format!(
                    "more than {MAX_WAITING} wait after {} s: the line only grows",
                    seconds(now).round()
                );
                return Err(Wrong::new("arrivals", what));
            }
        }
    }
    Ok(Report::of(plan, &world.tally))
}

impl<'a> World<'a> {
    fn new(plan: &'a Plan) -> Self {
        let layout = plan.layout();
        let mut router = Router::new(&layout);
        for agent in 0..plan.crew() {
            router.idle(agent, 0);
        }
        let mut seeds = Seeds::new(plan.seed);
        let chance = plan.streams.iter().map(|_| Chance {
            arrival: seeds.next(),
            handle: seeds.next(),
            patience: seeds.next(),
        });
        let mut world = Self {
            plan,
            now: 0,
            router,
            forecasts: plan.forecast.then(|| Forecasts::new(plan, layout.skills)),
            events: Events::default(),
            calls: Calls::new(plan.skills.len()),
            chance: chance.collect(),
            talks: vec![Talk::default(); plan.agents.len()],
            tally: Tally::new(plan),
            inside: 0,
            arrivals: 0,
            broken: None,
        };
        for stream in (0..).take(plan.streams.len()) {
            world.next_arrival(stream);
        }
        world
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Arrival(stream) => self.arrive(stream),
            Event::HungUp(agent) => {
                self.inside -= 1;
                self.free_later(agent);
            }
            Event::Free(agent) => self.free(agent),
            Event::GaveUp(call) => self.give_up(call),
            Event::Urgent(call) => self.hurry(call),
        }
    }

    /// Plans a stream's next arrival.
    fn next_arrival(&mut self, stream: u32) {
        let ix = stream as usize;
        if let (Some(of), Some(chance)) = (self.plan.streams.get(ix), self.chance.get_mut(ix)) {
            let gap = ticks(of.interarrival.draw(&mut chance.arrival));
            self.events
                .add(self.now.saturating_add(gap), Event::Arrival(stream));
        }
    }

    fn arrive(&mut self, ix: u32) {
        self.next_arrival(ix);
        let plan = self.plan;
        let at = ix as usize;
        let (Some(stream), Some(chance)) = (plan.streams.get(at), self.chance.get_mut(at)) else {
            return;
        };
        // Drawn for blocked callers, too, so that all who come later are the same whoever is blocked.
        let work = stream.handle.draw(&mut chance.handle);
        let patience = stream
            .patience
            .as_ref()
            .map(|dist| dist.draw(&mut chance.patience));
        self.arrivals += 1;
        let batch = self.tally.batch_of(self.now);
        let blocked = self.inside >= plan.trunks;
        self.tally.offered(batch, stream.skill, blocked);
        if blocked {
            return;
        }
        self.inside += 1;
        let urgent = stream.promise.map(|promise| promise.urgent);
        let mut call = Call::new(self.now, ix, stream.skill, work, batch);
        let rank = if urgent == Some(0) { 0 } else { stream.rank };
        call.ticket = self.router.join(want(stream, rank, self.now, self.arrivals));
        call.order = self.arrivals;
        let handle = self.calls.join(call);
        self.meet();
        if !self.calls.waits(handle) {
            return;
        }
        if let Some(forecasts) = &mut self.forecasts {
            forecasts.announce(handle.at, &self.calls, &self.router, self.now);
        }
        let mut timers = 0;
        if let Some(patience) = patience {
            timers += 1;
            self.events
                .add(self.now.saturating_add(ticks(patience)), Event::GaveUp(handle));
        }
        if let Some(urgent) = urgent.filter(|urgent| *urgent > 0) {
            timers += 1;
            self.events
                .add(self.now.saturating_add(urgent), Event::Urgent(handle));
        }
        self.calls.set_timers(handle.at, timers);
    }

    /// Lets the engine join callers and agents until nobody can be joined any more.
    fn meet(&mut self) {
        while let Some((ticket, agent)) = self.router.next_match() {
            self.router.assign(ticket, agent, self.now);
            self.answer(ticket, agent);
        }
    }

    fn answer(&mut self, ticket: Ticket, agent: AgentIx) {
        let place = self.calls.of(ticket);
        let Some((at, call)) = place.and_then(|at| Some((at, self.calls.leave(at)?))) else {
            self.broken = Some("answered a call that does not wait");
            return;
        };
        let plan = self.plan;
        let calls = &self.calls;
        self.events.forget(call.timers, |handle| calls.waits(handle));
        self.calls.end(at);
        let (Some(worker), Some(talk)) = (
            plan.agents.get(agent as usize),
            self.talks.get_mut(agent as usize),
        ) else {
            return;
        };
        if talk.engaged {
            self.broken = Some("booked an agent twice");
        }
        let wait = self.now - call.arrived;
        let promise = plan
            .streams
            .get(call.stream as usize)
            .and_then(|stream| stream.promise);
        self.tally
            .answered(&call, wait, worker.group, promise.map(|promise| promise.within));
        if let Some(forecasts) = &mut self.forecasts {
            let outcome = forecasts.answered(at, call.skill, wait);
            if wait > 0 {
                self.tally.forecast(&call, wait, outcome);
            }
        }
        let over = self
            .now
            .saturating_add(ticks(plan.ring + call.work / worker.speed));
        *talk = Talk {
            engaged: true,
            skill: call.skill,
            since: self.now,
            until: over.saturating_add(ticks(plan.wrap_up)),
        };
        self.tally.kept(talk.since, talk.until);
        self.events.add(over, Event::HungUp(agent));
    }

    /// The call is over. Without anything to write up, the agent is free at once.
    fn free_later(&mut self, agent: AgentIx) {
        let until = self.talks.get(agent as usize).map_or(self.now, |talk| talk.until);
        if until > self.now {
            self.events.add(until, Event::Free(agent));
        } else {
            self.free(agent);
        }
    }

    fn free(&mut self, agent: AgentIx) {
        if let Some(talk) = self.talks.get_mut(agent as usize) {
            talk.engaged = false;
            if let Some(forecasts) = &mut self.forecasts {
                forecasts.handled(talk.skill, agent, self.now - talk.since);
            }
        }
        self.router.idle(agent, self.now);
    }

    fn give_up(&mut self, handle: Handle) {
        if self.calls.waiting(handle).is_none() {
            self.events.was_stale();
            return;
        }
        let Some(call) = self.calls.leave(handle.at) else {
            return;
        };
        let calls = &self.calls;
        self.events.forget(call.timers, |handle| calls.waits(handle));
        self.router.leave(call.ticket);
        self.calls.end(handle.at);
        self.inside -= 1;
        let wait = self.now - call.arrived;
        self.tally.gave_up(&call, wait);
        if let Some(forecasts) = &mut self.forecasts {
            forecasts.gave_up(handle.at, call.skill, wait);
        }
    }

    fn hurry(&mut self, handle: Handle) {
        let Some(call) = self.calls.waiting(handle) else {
            self.events.was_stale();
            return;
        };
        if let Some(stream) = self.plan.streams.get(call.stream as usize) {
            self.router
                .change(call.ticket, want(stream, 0, call.arrived, call.order));
        }
    }
}

fn want(stream: &Stream, rank: u8, place: i64, tie: u64) -> Want {
    Want {
        skill: Some(stream.skill),
        expert: None,
        rank,
        place,
        tie,
        reach: Reach::Skilled(u8::MAX),
    }
}
