//! The sandbox's virtual telephone exchange: legs that ring, are answered, hear words, are joined and end, by script or by
//! a person at a virtual phone. Pure: the shell gives the time and carries its call events out.

mod leg;
mod script;

pub use leg::{Leg, Phase};
pub use script::{Behaviour, behaviour};

use crate::sandbox::{BridgeBody, CallView, DialBody, EventBody, SayBody};
use acd::{HeardKind, LegEnd};
use leg::Act;
use shared::phones::{PhoneState, PhoneView, PhonesView};
use shared::{Address, LegId, Millis};
use std::collections::{BTreeMap, BTreeSet};

/// What can happen at the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A business dials.
    Dial(Box<DialBody>),
    /// A business says something into a leg.
    Say(LegId, SayBody),
    /// A business joins two legs.
    Bridge(BridgeBody),
    /// A business ends a leg.
    HangUp(LegId),
    /// A person does something with a phone.
    Person(LegId, Gesture),
    /// Time has passed.
    Tick,
}

/// What a person can do with a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// Picks up.
    Answer,
    /// Declines.
    Decline,
    /// Hangs up.
    HangUp,
    /// Presses a key.
    Press(char),
}

/// What whoever asked is told; the shell makes a status of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Begun (`201`).
    Created,
    /// Done, or done before (`200`).
    Done,
    /// No such leg (`404`).
    Unknown,
    /// Not in this state (`409`).
    Conflict,
    /// The number can't be called (`422`).
    Refused,
    /// Out of order for the moment (`503`).
    Unavailable,
}

/// A call event to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where to.
    pub url: String,
    /// What.
    pub event: EventBody,
    /// Not before.
    pub due: Millis,
}

/// What follows from an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What whoever asked is told.
    pub reply: Reply,
    /// Legs to write.
    pub legs: Vec<Leg>,
    /// Events to send.
    pub posts: Vec<Post>,
    /// When to send [`Input::Tick`] at the latest.
    pub wake_at: Option<Millis>,
}

/// Seconds that an ended call stays on the phones page.
const SHOWN_S: i64 = 60;

/// The exchange of one account.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    legs: BTreeMap<LegId, Leg>,
    touched: BTreeSet<LegId>,
    posts: Vec<Post>,
}

impl Exchange {
    /// Makes the exchange out of its legs.
    pub fn restore(legs: Vec<Leg>) -> Self {
        Self {
            legs: legs.into_iter().map(|leg| (leg.id().clone(), leg)).collect(),
            ..Self::default()
        }
    }

    /// How a leg stands.
    pub fn leg(&self, id: &LegId) -> Option<&Leg> {
        self.legs.get(id)
    }

    /// How a leg stands, as the account's owner is told.
    pub fn call(&self, id: &LegId) -> Option<CallView> {
        self.legs.get(id).map(Leg::view)
    }

    /// Lets one thing happen.
    pub fn handle(&mut self, now: Millis, input: Input) -> Step {
        let reply = match input {
            Input::Dial(body) => self.dial(*body, now),
            Input::Say(id, body) => self.say(&id, body, now),
            Input::Bridge(body) => self.bridge(&body, now),
            Input::HangUp(id) => self.release(&id, now),
            Input::Person(id, gesture) => self.person(&id, gesture, now),
            Input::Tick => self.tick(now),
        };
        let touched = std::mem::take(&mut self.touched);
        Step {
            reply,
            legs: touched
                .iter()
                .filter_map(|id| self.legs.get(id))
                .cloned()
                .collect(),
            posts: std::mem::take(&mut self.posts),
            wake_at: self.legs.values().filter_map(Leg::wake_at).min(),
        }
    }

    fn dial(&mut self, body: DialBody, now: Millis) -> Reply {
        let id = body.id.clone();
        if self.legs.get(&id).is_some_and(|leg| leg.phase() != Phase::Trying) {
            return Reply::Done;
        }
        let behaviour = match behaviour(&body.to) {
            Behaviour::BusyAtFirst if self.was_busy(&body.to) => Behaviour::AnswersAfter(1),
            other => other,
        };
        if behaviour == Behaviour::Refused {
            return Reply::Refused;
        }
        let leg = self.legs.entry(id.clone()).or_insert_with(|| Leg::new(body, now));
        self.touched.insert(id.clone());
        if behaviour == Behaviour::FailsTwice && leg.fails_once_more() {
            return Reply::Unavailable;
        }
        let rings = leg.start(behaviour, now);
        if rings {
            self.tell(&id, HeardKind::Ringing, now);
        }
        Reply::Created
    }

    /// True when the last call to this number found it busy.
    fn was_busy(&self, to: &Address) -> bool {
        let calls = self.legs.values().filter(|leg| leg.to() == to);
        calls.max_by_key(|leg| leg.since()).is_some_and(Leg::was_busy)
    }

    fn say(&mut self, id: &LegId, body: SayBody, now: Millis) -> Reply {
        match self.legs.get_mut(id) {
            None => Reply::Unknown,
            Some(leg) if leg.phase() != Phase::Answered => Reply::Conflict,
            Some(leg) => {
                let other = if body.part { leg.part() } else { None };
                leg.say(body, now);
                self.touched.insert(id.clone());
                if let Some(other) = other.and_then(|id| self.legs.get_mut(&id)) {
                    drop(other.part());
                    self.touched.insert(other.id().clone());
                }
                Reply::Done
            }
        }
    }

    fn bridge(&mut self, body: &BridgeBody, now: Millis) -> Reply {
        let [a, b] = &body.legs;
        let (Some(first), Some(second)) = (self.legs.get(a), self.legs.get(b)) else {
            return Reply::Unknown;
        };
        if first.joined() == Some(b) && second.joined() == Some(a) {
            return Reply::Done;
        }
        let free = |leg: &Leg| leg.phase() == Phase::Answered && leg.joined().is_none();
        if a == b || !free(first) || !free(second) {
            return Reply::Conflict;
        }
        for (this, other) in [(a, b), (b, a)] {
            if let Some(leg) = self.legs.get_mut(this) {
                leg.join(other.clone());
                self.touched.insert(this.clone());
            }
            self.tell(this, HeardKind::Bridged, now);
        }
        Reply::Done
    }

    fn release(&mut self, id: &LegId, now: Millis) -> Reply {
        match self.legs.get(id).map(Leg::phase) {
            None | Some(Phase::Trying) => Reply::Unknown,
            Some(Phase::Ended) => Reply::Done,
            Some(Phase::Ringing | Phase::Answered) => self.finish(id, LegEnd::Released, now),
        }
    }

    fn person(&mut self, id: &LegId, gesture: Gesture, now: Millis) -> Reply {
        let Some(leg) = self
            .legs
            .get_mut(id)
            .filter(|leg| behaviour(leg.to()) == Behaviour::Person)
        else {
            return Reply::Unknown;
        };
        match (gesture, leg.phase()) {
            (Gesture::Answer, Phase::Ringing) => self.act(id, Act::Answer, now),
            (Gesture::Decline, Phase::Ringing) => self.finish(id, LegEnd::Declined, now),
            (Gesture::HangUp, Phase::Answered) => self.finish(id, LegEnd::HungUp, now),
            (Gesture::Press(key), Phase::Answered) => self.act(id, Act::Press(key), now),
            _ => Reply::Conflict,
        }
    }

    fn tick(&mut self, now: Millis) -> Reply {
        let due: Vec<LegId> = self
            .legs
            .values()
            .filter(|leg| leg.wake_at().is_some_and(|at| at <= now))
            .map(|leg| leg.id().clone())
            .collect();
        for id in due {
            while let Some(act) = self.legs.get_mut(&id).and_then(|leg| leg.next_due(now)) {
                self.act(&id, act, now);
            }
        }
        Reply::Done
    }

    fn act(&mut self, id: &LegId, act: Act, now: Millis) -> Reply {
        self.touched.insert(id.clone());
        let Some(leg) = self.legs.get_mut(id) else {
            return Reply::Unknown;
        };
        match act {
            Act::Answer | Act::AnswerByMachine => {
                leg.answer(now);
                let machine = act == Act::AnswerByMachine;
                self.tell(
                    id,
                    if machine {
                        HeardKind::AnsweredByMachine
                    } else {
                        HeardKind::Answered
                    },
                    now,
                );
                Reply::Done
            }
            Act::Press(key) => {
                self.tell(id, HeardKind::Digit(key), now);
                Reply::Done
            }
            Act::End(how) => self.finish(id, how, now),
        }
    }

    fn finish(&mut self, id: &LegId, how: LegEnd, now: Millis) -> Reply {
        let Some(leg) = self.legs.get_mut(id) else {
            return Reply::Unknown;
        };
        let joined = leg.end(how, now);
        self.touched.insert(id.clone());
        if let Some(other) = joined.and_then(|id| self.legs.get_mut(&id)) {
            drop(other.part());
            self.touched.insert(other.id().clone());
        }
        self.tell(id, HeardKind::Ended(how), now);
        Reply::Done
    }

    /// Tells the business, in the way the number's script distorts it.
    fn tell(&mut self, id: &LegId, kind: HeardKind, now: Millis) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        let (heard, event_id) = (
            acd::Heard {
                leg: id.clone(),
                kind,
                at: Some(now),
            },
            leg.next_event(),
        );
        let (copies, delay_ms) = match (behaviour(leg.to()), kind) {
            (Behaviour::LateAndRepeated, _) => (3, 2_000),
            (Behaviour::Reversed, HeardKind::Ringing) => (1, 2_000),
            _ => (1, 0),
        };
        let post = Post {
            url: leg.events().into(),
            event: EventBody { id: event_id, heard },
            due: now.plus_ms(delay_ms),
        };
        self.posts.extend(std::iter::repeat_n(post, copies));
    }

    /// The phones that a person can use, those with the newest change first.
    pub fn phones(&self, now: Millis) -> PhonesView {
        let mut phones: Vec<PhoneView> = self
            .legs
            .values()
            .filter(|leg| behaviour(leg.to()) == Behaviour::Person)
            .filter(|leg| leg.phase() != Phase::Ended || now < leg.since().plus_s(SHOWN_S))
            .filter_map(|leg| self.phone(leg))
            .collect();
        phones.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.leg.cmp(&b.leg)));
        PhonesView { at: now, phones }
    }

    fn phone(&self, leg: &Leg) -> Option<PhoneView> {
        let state = match leg.phase() {
            Phase::Trying => return None,
            Phase::Ringing => PhoneState::Ringing,
            Phase::Answered => PhoneState::InCall,
            Phase::Ended => PhoneState::Ended,
        };
        Some(PhoneView {
            leg: leg.id().to_string(),
            number: leg.to().as_str().into(),
            caller: leg.caller(),
            state,
            since: leg.since(),
            said: leg.said().to_vec(),
            talking_to: leg
                .joined()
                .and_then(|id| self.legs.get(id))
                .map(|other| other.to().as_str().into()),
            ended: leg.ended_words().map(Into::into),
        })
    }
}
