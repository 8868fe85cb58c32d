//! The virtual exchange, as a business and as people at phones meet it.

#![expect(clippy::unwrap_used, reason = "a test that can not go on should stop")]

use acd::{HeardKind, LegEnd};
use shared::phones::PhoneState;
use shared::{Address, LegId, Millis, PhoneNumber};
use telephony::exchange::{Exchange, Gesture, Input, Phase, Post, Reply};
use telephony::sandbox::{BridgeBody, DialBody, SayBody};

struct Line {
    exchange: Exchange,
    now: Millis,
    posts: Vec<Post>,
}

impl Line {
    fn new() -> Self {
        Self {
            exchange: Exchange::default(),
            now: Millis(1_000_000),
            posts: vec![],
        }
    }

    fn handle(&mut self, input: Input) -> Reply {
        let step = self.exchange.handle(self.now, input);
        self.posts.extend(step.posts);
        step.reply
    }

    fn dial(&mut self, leg: &str, to: &str) -> Reply {
        self.handle(Input::Dial(Box::new(DialBody {
            id: id(leg),
            to: Address::parse(to).unwrap(),
            from: PhoneNumber::parse("+442079460958").unwrap(),
            caller: "Meridian".into(),
            ring_s: 20,
            events: "https://edge.example/events".into(),
        })))
    }

    fn later_ms(&mut self, ms: i64) {
        self.now = self.now.plus_ms(ms);
        self.handle(Input::Tick);
    }

    fn heard(&self) -> Vec<HeardKind> {
        self.posts.iter().map(|post| post.event.heard.kind).collect()
    }
}

fn id(text: &str) -> LegId {
    LegId::parse(text).unwrap()
}

#[test]
fn every_scripted_number_does_as_documented() {
    use HeardKind::{Answered, AnsweredByMachine, Ended, Ringing};
    for (digits, after_30_s) in [
        ("003", vec![Ringing, Answered]),
        ("102", vec![Ringing, Answered, Ended(LegEnd::HungUp)]),
        ("200", vec![Ended(LegEnd::Busy)]),
        ("201", vec![Ringing, Ended(LegEnd::NoAnswer)]),
        ("202", vec![Ringing, Ended(LegEnd::Declined)]),
        ("203", vec![Ringing, AnsweredByMachine]),
        ("207", vec![Ringing, Answered]),
        (
            "206",
            vec![Ringing, Ringing, Ringing, Answered, Answered, Answered],
        ),
        ("958", vec![Ended(LegEnd::BadNumber)]),
    ] {
        let mut line = Line::new();
        assert_eq!(line.dial("a", &format!("+442079460{digits}")), Reply::Created);
        for _ in 0..30 {
            line.later_ms(1000);
        }
        assert_eq!(line.heard(), after_30_s, "{digits}");
    }
}

#[test]
fn a_line_that_was_busy_is_free_when_it_is_called_again() {
    let mut line = Line::new();
    for (leg, heard) in [
        ("a", vec![HeardKind::Ended(LegEnd::Busy)]),
        ("b", vec![HeardKind::Ringing, HeardKind::Answered]),
    ] {
        line.posts.clear();
        line.dial(leg, "+442079460208");
        line.later_ms(2000);
        assert_eq!(line.heard(), heard, "{leg}");
    }
}

#[test]
fn news_is_late_doubled_and_reversed_where_the_number_says_so() {
    let mut line = Line::new();
    line.dial("a", "+442079460207");
    line.later_ms(1000);
    let [ringing, answered] = line.posts.as_slice() else {
        panic!("{:?}", line.posts)
    };
    assert!(ringing.due > answered.due, "the answer arrives first");
    let mut line = Line::new();
    line.dial("a", "+442079460206");
    assert!(
        line.posts
            .iter()
            .all(|post| post.due == line.now.plus_s(2) && post.event.id == "evt_a_1")
    );
}

#[test]
fn a_failing_exchange_takes_the_third_attempt() {
    let mut line = Line::new();
    let replies = [1, 2, 3, 4].map(|_| line.dial("a", "+442079460204"));
    assert_eq!(
        replies,
        [
            Reply::Unavailable,
            Reply::Unavailable,
            Reply::Created,
            Reply::Done
        ]
    );
    assert_eq!(line.dial("b", "+442079460205"), Reply::Refused);
}

#[test]
fn asking_twice_rings_once() {
    let mut line = Line::new();
    assert_eq!(
        [line.dial("a", "+447700900001"), line.dial("a", "+447700900001")],
        [Reply::Created, Reply::Done]
    );
    assert_eq!(line.posts.len(), 1);
    line.handle(Input::Person(id("a"), Gesture::Decline));
    assert_eq!(
        line.dial("a", "+447700900001"),
        Reply::Done,
        "an id that is over is not dialled again"
    );
    assert_eq!(line.exchange.phones(line.now).phones.len(), 1);
}

#[test]
fn two_people_are_joined_and_hear_what_is_said() {
    let mut line = Line::new();
    line.dial("a", "+447700900001");
    line.dial("b", "+447700900101");
    let join = || {
        Input::Bridge(BridgeBody {
            legs: [id("a"), id("b")],
        })
    };
    assert_eq!(line.handle(join()), Reply::Conflict, "nobody has answered");
    line.handle(Input::Person(id("a"), Gesture::Answer));
    line.handle(Input::Person(id("b"), Gesture::Answer));
    assert_eq!(
        [line.handle(join()), line.handle(join())],
        [Reply::Done, Reply::Done]
    );
    assert_eq!(
        line.heard()
            .iter()
            .filter(|kind| **kind == HeardKind::Bridged)
            .count(),
        2
    );
    let phones = line.exchange.phones(line.now).phones;
    assert_eq!(phones[0].talking_to.as_deref(), Some("+447700900101"));
    line.handle(Input::Person(id("b"), Gesture::HangUp));
    assert_eq!(
        line.exchange.leg(&id("a")).unwrap().phase(),
        Phase::Answered,
        "the business ends the other leg"
    );
    line.handle(Input::HangUp(id("a")));
    assert_eq!(
        line.posts.last().unwrap().event.heard.kind,
        HeardKind::Ended(LegEnd::Released)
    );
    line.later_ms(61_000);
    assert!(line.exchange.phones(line.now).phones.is_empty());
}

#[test]
fn a_farewell_is_heard_to_its_end() {
    let mut line = Line::new();
    line.dial("a", "+447700900001");
    line.handle(Input::Person(id("a"), Gesture::Answer));
    let bye = SayBody {
        language: shared::Language::default(),
        text: "We are sorry.".into(),
        hang_up: true,
        part: false,
    };
    assert_eq!(line.handle(Input::Say(id("a"), bye)), Reply::Done);
    assert_eq!(line.exchange.phones(line.now).phones[0].state, PhoneState::InCall);
    line.later_ms(5000);
    assert_eq!(line.exchange.phones(line.now).phones[0].state, PhoneState::Ended);
}

#[test]
fn the_exchange_restored_from_its_legs_goes_on() {
    let mut line = Line::new();
    line.dial("a", "+442079460005");
    let legs = vec![line.exchange.leg(&id("a")).unwrap().clone()];
    let text = serde_json::to_string(&legs).unwrap();
    line.exchange = Exchange::restore(serde_json::from_str(&text).unwrap());
    line.later_ms(5000);
    assert_eq!(line.heard(), [HeardKind::Ringing, HeardKind::Answered]);
}
