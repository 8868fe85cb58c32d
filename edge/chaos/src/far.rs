//! The far end: equipment of each kind and the phones behind it, which do what a script drawn from the seed says.

use crate::event::Event;
use crate::options::Kind;
use crate::wire::word;
use crate::world::World;
use acd::{Heard, HeardKind, LegEnd, request_of};
use shared::call::Party;
use shared::{Address, EquipmentId, LegId, Millis, RequestId};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use telephony::{HttpAnswer, HttpCall};

/// A map whose order nobody looks at.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// How the numbers end that the equipment refuses.
const REFUSED: [&str; 2] = ["31", "62"];

/// What a phone does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Ring,
    Answer,
    AnswerByMachine,
    Press(char),
    /// What was being said is said.
    Said,
    End(LegEnd),
    /// What was said last is said: the equipment hangs up, whoever else has hung up meanwhile.
    Bye,
    /// The equipment forgets a leg that has ended.
    Forget,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Trying,
    Ringing,
    Answered,
    Ended,
}

/// A leg as the equipment has it.
#[derive(Debug)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) request: RequestId,
    pub(crate) party: Party,
    pub(crate) via: usize,
    pub(crate) phase: Phase,
    /// Plans that were made before it changed hands are void.
    turn: u32,
    pub(crate) answered_at: Option<i64>,
    pub(crate) ended_at: Option<i64>,
    end: Option<LegEnd>,
    pub(crate) joined: Option<usize>,
    /// The equipment ends it by itself after so long.
    longest_ms: Option<i64>,
    pub(crate) forgotten: bool,
}

/// A piece of equipment, and the way there.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) id: EquipmentId,
    pub(crate) kind: Kind,
    /// Nothing arrives until then.
    pub(crate) cut_until: i64,
    pub(crate) connected: bool,
    /// Counts the sockets that it opened.
    pub(crate) connection: u32,
}

impl Leg {
    /// A phone rings, or somebody is on it.
    pub(crate) fn is_heard(&self) -> bool {
        matches!(self.phase, Phase::Ringing | Phase::Answered)
    }
}

impl World {
    /// A request arrives at the equipment, which answers.
    pub(crate) fn carry(&mut self, via: usize, seq: u64, call: &HttpCall) -> HttpAnswer {
        self.tally.events += 1;
        let found = self.find(via, &call.url);
        if call.method == "dial" {
            return self.dial(via, seq, call, found);
        }
        let Some(nth) = found else {
            return HttpAnswer::of(404, "");
        };
        match call.method {
            "ask" if self.kind(via) == Kind::Browser => self.look_at_page(nth),
            "ask" => self.tell_all(nth),
            "say" | "music" | "part" | "bye" => self.say(nth, call.method),
            "join" => self.join(via, nth, &call.body),
            _ => {
                self.finish(nth, LegEnd::Released);
                HttpAnswer::of(200, "")
            }
        }
    }

    fn find(&self, via: usize, name: &str) -> Option<usize> {
        let own = name.strip_prefix('r').and_then(|nth| nth.parse().ok());
        let nth = own.or_else(|| self.by_leg.get(&(via, name.to_owned())).copied())?;
        self.legs.get(nth).filter(|leg| !leg.forgotten).map(|_| nth)
    }

    fn dial(&mut self, via: usize, seq: u64, call: &HttpCall, found: Option<usize>) -> HttpAnswer {
        let kind = self.kind(via);
        if found.is_some() && kind != Kind::Referring {
            return HttpAnswer::of(200, "");
        }
        let mut words = call.body.split(' ');
        let to = words.next().and_then(|to| Address::parse(to).ok());
        let ring_s = words.next().and_then(|s| s.parse().ok()).unwrap_or(30);
        let longest_s = words.next().and_then(|s| s.parse().ok());
        let named = LegId::parse(&call.url)
            .ok()
            .and_then(|id| Some((request_of(&id)?, id)));
        let (Some(to), Some(((request, party, _), id))) = (to, named) else {
            return HttpAnswer::of(422, "");
        };
        let customer = party == Party::Customer;
        if kind == Kind::Browser && !self.page_is_there(customer) {
            return HttpAnswer::of(404, "");
        }
        if kind != Kind::Browser && REFUSED.iter().any(|end| to.as_str().ends_with(end)) {
            return HttpAnswer::of(422, "");
        }
        self.check_dial(via, seq, &request, &id, party, &to);
        let nth = self.legs.len();
        self.by_leg.insert((via, call.url.clone()), nth);
        self.legs.push(Leg {
            id,
            request,
            party,
            via,
            phase: Phase::Trying,
            turn: 0,
            answered_at: None,
            ended_at: None,
            end: None,
            joined: None,
            longest_ms: longest_s.map(|s: i64| s * 1000),
            forgotten: false,
        });
        self.alive.insert(nth);
        self.tally.legs += 1;
        if kind == Kind::Browser {
            self.plan_page(nth, customer);
        } else {
            self.plan(nth, ring_s);
        }
        HttpAnswer::of(201, format!("r{nth}"))
    }

    /// What the phone will do.
    fn plan(&mut self, nth: usize, ring_s: i64) {
        let customer = self.legs.get(nth).is_some_and(|leg| leg.party == Party::Customer);
        let late = ring_s * 1000;
        if !self.healed && self.chance.happens(self.options.silent) {
            // It says that it took the call, and that is all, or nearly all.
            if self.chance.happens(0.5) {
                self.phone(nth, late, Act::End(LegEnd::NoAnswer));
            }
            return;
        }
        let lot = self.chance.unit();
        let soon = self.chance.between(20, 120);
        let answers = self.chance.between(400, if customer { 9_000 } else { 4_000 });
        let steady = if customer { 0.74 } else { 0.9 };
        match lot {
            lot if lot < steady || self.healed && !customer => {
                self.phone(nth, soon, Act::Ring);
                self.phone(nth, answers, Act::Answer);
                if self.chance.happens(0.02) {
                    let race = answers + self.chance.between(0, 1);
                    self.phone(nth, race, Act::End(LegEnd::HungUp));
                }
                self.phone(nth, late, Act::End(LegEnd::NoAnswer));
            }
            lot if lot < 0.92 && customer => {
                let (after, act) = match self.chance.below(4) {
                    0 => (300, Act::End(LegEnd::Busy)),
                    1 => (answers, Act::End(LegEnd::Declined)),
                    2 => (answers, Act::AnswerByMachine),
                    _ => (200, Act::End(LegEnd::BadNumber)),
                };
                self.phone(nth, soon, Act::Ring);
                self.phone(nth, after.max(soon), act);
                self.phone(nth, late, Act::End(LegEnd::NoAnswer));
            }
            _ => {
                self.phone(nth, soon, Act::Ring);
                self.phone(nth, late, Act::End(LegEnd::NoAnswer));
            }
        }
    }

    pub(crate) fn phone(&mut self, nth: usize, after_ms: i64, act: Act) {
        let turn = self.legs.get(nth).map_or(0, |leg| leg.turn);
        self.agenda.put(self.now + after_ms, Event::Phone(nth, turn, act));
    }

    /// A phone does something.
    pub(crate) fn phone_acts(&mut self, nth: usize, turn: u32, act: Act) {
        let Some(leg) = self.legs.get_mut(nth) else { return };
        if act == Act::Forget {
            leg.forgotten = true;
            return;
        }
        if act == Act::Bye {
            return self.finish(nth, LegEnd::Released);
        }
        if leg.turn != turn || leg.phase == Phase::Ended {
            return;
        }
        let (phase, customer) = (leg.phase, leg.party == Party::Customer);
        match (act, phase) {
            (Act::Ring, Phase::Trying) => {
                leg.phase = Phase::Ringing;
                self.check_ring(nth);
                self.tell(nth, HeardKind::Ringing);
            }
            (Act::Answer | Act::AnswerByMachine, Phase::Trying | Phase::Ringing) => {
                leg.phase = Phase::Answered;
                leg.answered_at = Some(self.now);
                leg.turn += 1;
                let longest = leg.longest_ms;
                let wrong = !self.healed && self.chance.happens(self.options.news_wrong);
                let machine = (act == Act::AnswerByMachine) != wrong;
                self.tell(
                    nth,
                    if machine {
                        HeardKind::AnsweredByMachine
                    } else {
                        HeardKind::Answered
                    },
                );
                // Elsewhere calls are over long before.
                if let (Some(longest), true) = (longest, self.options.narrow.is_some()) {
                    self.phone(nth, longest, Act::Bye);
                }
                self.plan_answered(nth, customer);
            }
            (Act::Press(key), Phase::Answered) => self.tell(nth, HeardKind::Digit(key)),
            (Act::Said, Phase::Answered) => self.tell(nth, HeardKind::Announced),
            (Act::End(LegEnd::NoAnswer), Phase::Answered) => {}
            (Act::End(how), _) => self.finish(nth, how),
            _ => {}
        }
    }

    fn plan_answered(&mut self, nth: usize, customer: bool) {
        self.plan_never(nth, customer);
        let browser = self
            .legs
            .get(nth)
            .is_some_and(|leg| self.kind(leg.via) == Kind::Browser);
        if customer && !browser && self.chance.happens(0.9) {
            let key = if self.chance.happens(0.9) { '1' } else { '2' };
            let after = self.chance.between(1_000, 6_000);
            self.phone(nth, after, Act::Press(key));
        }
        let patience = if customer && self.chance.happens(self.options.impatient) {
            self.chance.around(15_000.0)
        } else {
            self.chance.between(240_000, 600_000)
        };
        self.phone(nth, patience, Act::End(LegEnd::HungUp));
    }

    /// Some want no calls any more, and say so.
    fn plan_never(&mut self, nth: usize, customer: bool) {
        let often = self
            .options
            .narrow
            .as_ref()
            .map_or(0.0, |narrow| narrow.never_again);
        if customer && self.chance.happens(often) {
            let after = self.chance.between(500, 3_000);
            self.phone(nth, after, Act::Press('9'));
        }
    }

    fn say(&mut self, nth: usize, verb: &str) -> HttpAnswer {
        let Some(leg) = self.legs.get(nth) else {
            return HttpAnswer::of(404, "");
        };
        if leg.phase != Phase::Answered {
            return HttpAnswer::of(409, "");
        }
        let (plugged, joined) = (self.kind(leg.via) == Kind::Plugged, leg.joined);
        match verb {
            "bye" => self.phone(nth, 2_000, Act::Bye),
            "say" | "part" => {
                if verb == "part" {
                    self.part(nth);
                    joined.into_iter().for_each(|other| self.part(other));
                    self.plan_answered(nth, true);
                }
                if plugged {
                    self.phone(nth, 2_500, Act::Said);
                }
            }
            _ => {}
        }
        HttpAnswer::of(200, "")
    }

    fn part(&mut self, nth: usize) {
        if let Some(leg) = self.legs.get_mut(nth) {
            leg.joined = None;
            leg.turn += 1;
        }
        // Whoever is left alone hangs up at some time.
        let after = self.chance.between(60_000, 120_000);
        self.phone(nth, after, Act::End(LegEnd::HungUp));
    }

    fn join(&mut self, via: usize, agent: usize, customer: &str) -> HttpAnswer {
        let Some(customer) = self.find(via, customer) else {
            return HttpAnswer::of(404, "");
        };
        let of = |nth: usize| self.legs.get(nth).map(|leg| (leg.phase, leg.joined));
        match (of(agent), of(customer)) {
            (Some((Phase::Answered, None)), Some((Phase::Answered, None))) => {}
            (Some((_, Some(other))), _) if other == customer => return HttpAnswer::of(200, ""),
            _ => return HttpAnswer::of(409, ""),
        }
        let talk = self.chance.around(50_000.0);
        let first = if self.chance.happens(0.5) { agent } else { customer };
        for (this, other) in [(agent, customer), (customer, agent)] {
            if let Some(leg) = self.legs.get_mut(this) {
                leg.joined = Some(other);
                leg.turn += 1;
            }
            let more = if this == first { 0 } else { 30_000 };
            self.phone(this, talk + more, Act::End(LegEnd::HungUp));
            if self.kind(via) != Kind::Browser {
                self.tell(this, HeardKind::Bridged);
            }
        }
        if self.kind(via) == Kind::Browser {
            self.plan_connection(agent, customer);
        }
        self.tally.conversations += 1;
        self.check_join(agent, customer);
        HttpAnswer::of(200, "")
    }

    /// A page was closed without a word: nobody is told what became of its leg.
    pub(crate) fn page_is_gone(&mut self, nth: usize) {
        if let Some(leg) = self.legs.get_mut(nth) {
            leg.turn += 1;
        }
    }

    /// Ends a leg. The other one stays, as a phone does whose partner has hung up.
    pub(crate) fn finish(&mut self, nth: usize, how: LegEnd) {
        let now = self.now;
        let Some(leg) = self.legs.get_mut(nth).filter(|leg| leg.phase != Phase::Ended) else {
            return;
        };
        leg.phase = Phase::Ended;
        (leg.ended_at, leg.end) = (Some(now), Some(how));
        let (other, via) = (leg.joined.take(), leg.via);
        self.alive.remove(&nth);
        if let Some(other) = other {
            self.part(other);
        }
        self.tell(nth, HeardKind::Ended(how));
        if self.kind(via) == Kind::Plugged {
            self.phone(nth, 5_000, Act::Forget);
        }
    }

    /// How a leg stands.
    fn tell_all(&self, nth: usize) -> HttpAnswer {
        let Some(leg) = self.legs.get(nth) else {
            return HttpAnswer::of(404, "");
        };
        let phase = match leg.phase {
            Phase::Trying => "trying",
            Phase::Ringing => "ringing",
            Phase::Answered => "answered",
            Phase::Ended => "ended",
        };
        let at = |at: Option<i64>| at.map_or_else(|| "-".to_owned(), |at| at.to_string());
        let (answered, ended) = (at(leg.answered_at), at(leg.ended_at));
        let how = leg.end.map_or("-", word);
        let joined = if leg.joined.is_some() { "joined" } else { "-" };
        HttpAnswer::of(200, format!("{phase} r{nth} {answered} {ended} {how} {joined}"))
    }

    /// Tells the business, as well as the network lets it.
    pub(crate) fn tell(&mut self, nth: usize, kind: HeardKind) {
        let Some(leg) = self.legs.get(nth) else { return };
        let (via, heard) = (
            leg.via,
            Heard {
                leg: leg.id.clone(),
                kind,
                at: Some(Millis(self.now)),
            },
        );
        self.next_news += 1;
        let id = self.next_news;
        self.send_news(via, id, 0, Box::new(heard));
    }

    /// Sends news, perhaps again.
    pub(crate) fn send_news(&mut self, via: usize, id: u64, tries: u32, heard: Box<Heard>) {
        let named = self.kind(via) == Kind::Named;
        let cut_off = self
            .lines
            .get(via)
            .is_some_and(|line| line.kind == Kind::Plugged && !line.connected || line.cut_until > self.now);
        let faults = !self.healed;
        if cut_off || faults && self.chance.happens(self.options.news_lost) {
            if named && tries < 8 {
                let again = self.now + (250 << tries.min(5));
                self.agenda.put(again, Event::News(via, id, tries + 1, heard));
            }
            return;
        }
        let delay = if faults && self.chance.happens(self.options.news_late) {
            let very = self.chance.happens(0.1);
            let most = if very { 120_000 } else { 4_000 };
            self.chance.between(100, most)
        } else {
            self.chance.between(5, 40)
        };
        if faults && self.chance.happens(self.options.news_twice) {
            let again = self.now + delay + self.chance.between(0, 3_000);
            self.agenda
                .put(again, Event::News(via, id, u32::MAX, heard.clone()));
        }
        self.agenda
            .put(self.now + delay, Event::News(via, id, u32::MAX, heard));
    }

    pub(crate) fn kind(&self, via: usize) -> Kind {
        self.lines.get(via).map_or(Kind::Named, |line| line.kind)
    }
}
