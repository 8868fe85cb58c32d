//! One play: a business, its object, equipment, phones, people and a clock, from a seed.

use crate::chance::Chance;
use crate::check::{Broken, Check};
use crate::document;
use crate::event::{Agenda, Event};
use crate::far::{Leg, Line, Map};
use crate::log::Log;
use crate::options::{Kind, Options};
use crate::people::{Customer, Desk};
use crate::report::Tally;
use crate::store::{Leased, Store};
use acd::Acd;
use shared::call::RequestState;
use shared::{EquipmentId, LegId};
use std::collections::{BTreeSet, VecDeque};
use telephony::outbox::Armed;

/// Milliseconds after which everything must have come to an end once the faults are healed: longer than a leg of which nothing
/// can be learned counts as open, and than a time that was promised.
const REST_MS: i64 = 4 * 24 * 3_600_000;
/// How often the whole is compared, in events.
const WHOLE: u64 = 256;

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) options: Options,
    pub(crate) chance: Chance,
    pub(crate) agenda: Agenda,
    /// Now, by nobody's clock.
    pub(crate) now: i64,
    /// What the object's clock is off by.
    pub(crate) skew: i64,
    pub(crate) store: Store,
    /// The engine in memory.
    pub(crate) acd: Option<Acd>,
    /// Counts the processes.
    pub(crate) epoch: u32,
    pub(crate) woken: bool,
    /// Taken from the outbox, and not attempted yet.
    pub(crate) pending: VecDeque<Leased>,
    /// What the object knows of its alarm.
    pub(crate) armed: Armed,
    /// The next look at the alarm.
    pub(crate) alarm_planned: i64,
    /// The runtime lost it.
    pub(crate) alarm_gone: bool,
    pub(crate) lines: Vec<Line>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) alive: BTreeSet<usize>,
    /// Legs that had leave to ring, by what all businesses rang.
    pub(crate) rang: BTreeSet<LegId>,
    pub(crate) by_leg: Map<(usize, String), usize>,
    pub(crate) next_news: u64,
    pub(crate) next_request: u64,
    pub(crate) customers: Vec<Customer>,
    pub(crate) desks: Vec<Desk>,
    pub(crate) check: Check,
    pub(crate) log: Log,
    pub(crate) tally: Tally,
    /// The only moment at which something fails in the object; by chance without.
    pub(crate) crash_at: Option<u64>,
    /// The faults are over.
    pub(crate) healed: bool,
    pub(crate) healed_at: i64,
}

/// How a play ended.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) options: Options,
    pub(crate) tally: Tally,
    pub(crate) hash: u64,
    pub(crate) broken: Option<Broken>,
    pub(crate) lines: Vec<String>,
}

impl World {
    pub(crate) fn new(seed: u64, events: u64, crash_at: Option<u64>, reads: bool) -> Result<Self, String> {
        let mut chance = Chance::new(seed);
        let options = Options::draw(seed, &mut chance, events);
        let config = document::config(&options, &mut chance)?;
        let lines = options.equipment.iter().zip(0_u32..).filter_map(|(kind, nth)| {
            Some(Line {
                id: EquipmentId::parse(&format!("line{nth}")).ok()?,
                kind: *kind,
                cut_until: i64::MIN,
                connected: true,
                connection: 0,
            })
        });
        let browser = EquipmentId::parse(shared::equipment::Kind::Browser.as_str()).ok();
        let browser = browser.map(|id| Line {
            id,
            kind: Kind::Browser,
            cut_until: i64::MIN,
            connected: true,
            connection: 0,
        });
        let desks = config.business.agents.iter().map(|agent| Desk {
            id: agent.id.clone(),
            plugged: true,
        });
        let now = document::begin(&options);
        Ok(Self {
            lines: lines.chain(browser).collect(),
            desks: desks.collect(),
            store: Store::new(config),
            options,
            chance,
            agenda: Agenda::default(),
            now,
            skew: 0,
            acd: None,
            epoch: 0,
            woken: false,
            pending: VecDeque::new(),
            armed: Armed::default(),
            alarm_planned: i64::MAX,
            alarm_gone: false,
            legs: Vec::new(),
            alive: BTreeSet::new(),
            rang: BTreeSet::new(),
            by_leg: Map::default(),
            next_news: 0,
            next_request: 0,
            customers: Vec::new(),
            check: Check::default(),
            log: Log::new(reads),
            tally: Tally::default(),
            crash_at,
            healed: false,
            healed_at: i64::MAX,
        })
    }

    /// True while faults happen.
    pub(crate) fn faulty(&self) -> bool {
        !self.healed
    }

    /// Plays to the end, or until something is broken.
    pub(crate) fn play(mut self) -> Played {
        self.open();
        while self.check.broken.is_none() && self.tally.events < self.options.events {
            self.happen();
        }
        if self.check.broken.is_none() {
            self.heal();
            let end = self.now + REST_MS;
            while self.check.broken.is_none() && !self.rests() {
                if self.now > end {
                    self.check_end();
                    break;
                }
                self.happen();
            }
        }
        if self.check.broken.is_none() {
            self.check_whole();
            self.check_end();
        }
        self.tally.accepted = self.check.accepted();
        self.tally.milliseconds = self.now - document::begin(&self.options);
        Played {
            hash: self.log.hash(),
            options: self.options,
            tally: self.tally,
            broken: self.check.broken,
            lines: self.log.lines(),
        }
    }

    fn open(&mut self) {
        self.agenda.put(self.now, Event::Arrive);
        for nth in 0..self.desks.len() {
            let soon = self.now + self.chance.between(0, 5_000);
            self.agenda.put(soon, Event::Agent(nth));
        }
        let soon = self.now + 30_000;
        if self.options.edit_ms > 0.0 {
            self.agenda.put(soon, Event::Supervise);
        }
        if self.options.jump_ms > 0.0 {
            self.agenda.put(soon, Event::Jump);
        }
        for via in 0..self.lines.len() {
            if self.kind(via) == Kind::Browser {
                continue;
            }
            let after = self.now + self.chance.around(600_000.0);
            self.agenda.put(after, Event::Disconnect(via));
        }
    }

    /// The next thing happens.
    fn happen(&mut self) {
        let Some((at, event)) = self.agenda.next() else {
            // Somebody comes along at some time.
            self.now += 60_000;
            return self.agent_acts(0);
        };
        self.now = self.now.max(at);
        self.log.now = self.now;
        self.tally.events += 1;
        if self.fails(self.options.crash_idle) {
            self.crash();
        } else if self.faulty() && self.chance.happens(self.options.evict) && self.pending.is_empty() {
            self.forget();
        }
        match event {
            Event::Arrive => self.arrive(),
            Event::Submit(nth) => self.submit(nth),
            Event::Cancel(nth) => self.cancel(nth),
            Event::Agent(nth) => self.agent_acts(nth),
            Event::Plug(nth) => self.plug(nth),
            Event::Supervise => self.supervise(),
            Event::Alarm => self.alarm_rings(),
            Event::AlarmAgain => self.alarm(),
            Event::Answer(answered) => self.answered(*answered),
            Event::News(via, id, u32::MAX, heard) => {
                self.log.say(|| format!("news {heard:?}"));
                self.news(via, id, heard);
            }
            Event::News(via, id, tries, heard) => self.send_news(via, id, tries, heard),
            Event::Phone(nth, turn, act) => {
                let leg = self.legs.get(nth).map(|leg| leg.id.clone());
                self.log.say(|| format!("phone {leg:?} {act:?}"));
                self.phone_acts(nth, turn, act);
            }
            Event::Page(nth, say) => self.page_says(nth, say),
            Event::Connect(via) => self.connect(via),
            Event::Disconnect(via) => self.fault_of(via),
            Event::Jump => self.jump(),
        }
        self.attempt_all();
        if self.healed {
            self.check_left_behind();
        }
        if self.tally.events.is_multiple_of(WHOLE) {
            self.check_whole();
        }
    }

    /// Equipment is cut off for a while, or starts anew.
    fn fault_of(&mut self, via: usize) {
        if self.healed || self.options.partition == 0.0 {
            return;
        }
        let length = self.chance.around(20_000.0);
        let again = self.now + length + self.chance.around(12_000.0 / self.options.partition);
        self.agenda.put(again, Event::Disconnect(via));
        self.log.note("cut off", &[u64::try_from(via).unwrap_or(0)]);
        if self.kind(via) == Kind::Plugged {
            if self.chance.happens(0.2) {
                // It starts anew: its legs are gone, and nobody tells.
                let legs: Vec<usize> = self.alive.iter().copied().collect();
                for nth in legs {
                    if self.legs.get(nth).is_some_and(|leg| leg.via == via) {
                        self.disconnect(via);
                        self.finish(nth, acd::LegEnd::Failed);
                    }
                }
            }
            self.disconnect(via);
        } else if let Some(line) = self.lines.get_mut(via) {
            line.cut_until = self.now + length;
        }
    }

    /// Its socket is gone, and will be there again.
    pub(crate) fn disconnect(&mut self, via: usize) {
        let after = self.chance.between(200, 8_000);
        if let Some(line) = self.lines.get_mut(via)
            && line.kind == Kind::Plugged
            && line.connected
        {
            line.connected = false;
            self.agenda.put(self.now + after, Event::Connect(via));
        }
    }

    fn connect(&mut self, via: usize) {
        let now = self.wall();
        let Some(line) = self.lines.get_mut(via) else {
            return;
        };
        line.connected = true;
        line.connection += 1;
        self.load();
        let Some(line) = self.lines.get(via) else { return };
        self.store.hurry(&line.id, now);
        self.send_due();
        self.rearm();
    }

    /// Somebody sets the clock, by an hour at the most in all.
    fn jump(&mut self) {
        if self.healed {
            return;
        }
        let again = self.now + self.chance.around(self.options.jump_ms);
        self.agenda.put(again, Event::Jump);
        let hour = 3_600_000;
        let by = match self.chance.below(3) {
            0 => self.chance.between(-hour, hour),
            1 => self.chance.between(-20_000, 20_000),
            _ => -self.skew,
        };
        self.skew = (self.skew + by).clamp(-hour, hour);
        self.log.note("clock", &[self.skew.cast_unsigned()]);
        self.plan_alarm();
    }

    /// No more faults; everybody is at work.
    fn heal(&mut self) {
        self.healed = true;
        self.healed_at = self.now;
        self.log.note("healed", &[]);
        for line in &mut self.lines {
            line.cut_until = i64::MIN;
        }
        for nth in 0..self.desks.len() {
            self.plug(nth);
        }
        self.relent();
        self.attempt_all();
    }

    /// Everything has come to an end.
    fn rests(&self) -> bool {
        let open = |request: &acd::Request| request.state != RequestState::Ended;
        self.store.outbox.is_empty() && self.alive.is_empty() && !self.store.requests.values().any(open)
    }
}
