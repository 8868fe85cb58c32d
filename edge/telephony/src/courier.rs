//! How an effect gets to its carrier: what to send first, what an answer leads to, when to try again and when to give up. The
//! same decisions for every carrier, made here so that they can be tried out without a network.

use crate::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told, by_itself, general};
use acd::mutant;
use acd::{Effect, Heard, LegEnd, Settled};
use shared::Millis;
use shared::call::Party;

/// Attempts after which an effect counts as refused.
const MAX_ATTEMPTS: u32 = 8;
/// Attempts after which a hang-up does: a phone that rings, or is up, for nobody is worth some patience, and no other attempt is
/// dialled before it.
const MAX_HANG_UPS: u32 = 200;
/// Attempts after which other equipment takes over, where there is some.
const PATIENCE: u32 = 3;
/// The longest pause that a carrier may ask for while other equipment could take over.
const PATIENCE_S: u32 = 3;
/// Milliseconds until leave to ring is asked for once more where nobody answered.
const LEAVE_AGAIN_MS: i64 = 1_000;
/// Seconds for which a call waits, with nobody kept for it, that nobody gave or refused leave to.
const LEAVE_S: i64 = 60;
/// The longest pause between two attempts.
const MAX_PAUSE_MS: i64 = 8_000;

/// What to do with an effect now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// Ask about the leg first.
    Ask(HttpCall),
    /// Send these, in order.
    Send(Vec<HttpCall>),
    /// Nothing is to be sent.
    Settle(Settled),
}

/// What follows from an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Over.
    Settle(Settled),
    /// Send it now.
    Send,
    /// Nobody wants it any more.
    Drop,
    /// Try again after so many milliseconds; `unsure` when nobody knows whether the carrier took it.
    Again {
        /// Milliseconds from now.
        in_ms: i64,
        /// Ask before sending.
        unsure: bool,
    },
}

/// What follows where nobody said whether a phone may ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unled {
    /// Ask again after so many milliseconds.
    Again {
        /// Milliseconds from now.
        in_ms: i64,
    },
    /// It waits until then.
    Withheld(Millis),
}

/// What follows where nobody said whether a phone may ring, after so many attempts before. The customer does not wait for an agent who is
/// kept from others; but what a carrier may have is asked about until it is known.
pub const fn without_leave(attempts: u32, unsure: bool, now: Millis) -> Unled {
    if attempts == 0 || unsure {
        return Unled::Again {
            in_ms: LEAVE_AGAIN_MS,
        };
    }
    Unled::Withheld(now.plus_s(LEAVE_S))
}

/// The circumstances of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Its number, from 1.
    pub nth: u32,
    /// An earlier one may have reached the carrier.
    pub unsure: bool,
    /// It goes by HTTP, where a connection that fails may have carried the request all the same.
    pub by_http: bool,
}

/// What to do first.
pub fn first(carrier: &dyn Carrier, effect: &Effect, known: &Known, attempt: Attempt) -> Move {
    // Where there is no way, nobody was called: other equipment may know one.
    let dial = matches!(effect, Effect::Dial { .. });
    if dial && !attempt.unsure && carrier.request(effect, known).is_empty() {
        return Move::Settle(Settled::Refused(LegEnd::Failed));
    }
    if asks_first(effect, attempt.by_http, attempt.unsure) {
        return Move::Ask(carrier.ask(known));
    }
    begin(carrier, effect, known, attempt.unsure)
}

/// What an answer to a question about a leg brings, before its effect is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The carrier's name of the leg.
    pub reference: Option<String>,
    /// What may be news.
    pub news: Vec<Heard>,
    /// What follows.
    pub next: Next,
}

/// What follows from the answer to a question about the leg. `others` says that other equipment could take over; `wanted`, that
/// nobody took it back while the answer took its time.
pub fn asked(
    carrier: &dyn Carrier,
    effect: &Effect,
    known: &Known,
    answer: &HttpAnswer,
    attempt: Attempt,
    others: bool,
    wanted: bool,
) -> Asked {
    let told = carrier.told(known, answer);
    let first = asks_first(effect, attempt.by_http, attempt.unsure)
        .then(|| after_first_ask(effect, &told, answer, attempt.nth, others));
    let next = first
        .flatten()
        .unwrap_or_else(|| after_ask(effect, &told, attempt.nth));
    let next = match next {
        Next::Send if !wanted => Next::Drop,
        next => next,
    };
    let (reference, news) = match told {
        Told::Leg { reference, news, .. } => (reference, news),
        Told::Absent | Told::Unclear => (None, Vec::new()),
    };
    Asked {
        reference,
        news,
        next,
    }
}

/// What follows from the answer to the effect itself, and the carrier's name of the leg when it tells it.
pub fn sent(
    carrier: &dyn Carrier,
    effect: &Effect,
    answer: &HttpAnswer,
    attempt: Attempt,
    others: bool,
) -> (Next, Option<String>) {
    let outcome = carrier.settle(effect, answer);
    (
        after_send(effect, outcome, attempt.nth, others),
        carrier.reference(answer),
    )
}

/// What to do first. `unsure` says that an earlier attempt may have reached the carrier.
fn begin(carrier: &dyn Carrier, effect: &Effect, known: &Known, unsure: bool) -> Move {
    let dial = matches!(effect, Effect::Dial { .. });
    let calls = carrier.request(effect, known);
    if calls.is_empty() && !dial && !(carrier.needs_reference() && ends(effect)) {
        return Move::Settle(settled(by_itself(effect)));
    }
    let nameless = carrier.needs_reference() && known.reference.is_none();
    if dial && unsure && !mutant!(ResentUnasked) || !dial && nameless {
        return Move::Ask(carrier.ask(known));
    }
    Move::Send(calls)
}

const fn ends(effect: &Effect) -> bool {
    matches!(effect, Effect::HangUp { .. } | Effect::Farewell { .. })
}

const fn settled(outcome: Outcome) -> Settled {
    match outcome {
        Outcome::Done => Settled::Done,
        Outcome::Taken => Settled::Taken,
        Outcome::Refused(how) => Settled::Refused(how),
        Outcome::Retry(_) | Outcome::Unknown => Settled::Refused(LegEnd::Failed),
    }
}

/// What follows from what was told about the leg. `attempt` counts from 1.
fn after_ask(effect: &Effect, told: &Told, attempt: u32) -> Next {
    match (effect, told) {
        (Effect::Dial { .. }, Told::Leg { .. }) => Next::Settle(Settled::Done),
        (Effect::Dial { .. }, Told::Absent) => Next::Send,
        (
            _,
            Told::Leg {
                reference: Some(_), ..
            },
        ) => Next::Send,
        // What is not there has ended; and can't be joined.
        (_, Told::Absent | Told::Leg { reference: None, .. }) if ends(effect) => Next::Settle(Settled::Done),
        (_, Told::Absent | Told::Leg { reference: None, .. }) => {
            Next::Settle(Settled::Refused(LegEnd::Failed))
        }
        (_, Told::Unclear) => again(effect, Outcome::Unknown, attempt, false),
    }
}

/// True when the network is asked about the leg before it is told for the first time to dial a customer. Over HTTP a connection
/// that was refused looks the same as one that was lost after the request had left; but a network that can't even be asked has
/// not been told to dial, so that the customer can be called by other equipment, or later.
const fn asks_first(effect: &Effect, by_http: bool, unsure: bool) -> bool {
    let customer = matches!(
        effect,
        Effect::Dial {
            party: Party::Customer,
            ..
        }
    );
    customer && by_http && !unsure
}

/// What follows from that; `None` when it can be dialled. `others` says that other equipment could take over.
fn after_first_ask(
    effect: &Effect,
    told: &Told,
    answer: &HttpAnswer,
    attempt: u32,
    others: bool,
) -> Option<Next> {
    if *told != Told::Unclear {
        return None;
    }
    let outcome = match general(answer) {
        Some(Outcome::Refused(how)) => Outcome::Refused(how),
        Some(Outcome::Retry(wish)) => Outcome::Retry(wish),
        _ => Outcome::Retry(None),
    };
    Some(after_send(effect, outcome, attempt, others))
}

/// What follows from an answer to the effect itself.
fn after_send(effect: &Effect, outcome: Outcome, attempt: u32, others: bool) -> Next {
    match outcome {
        Outcome::Done | Outcome::Taken | Outcome::Refused(_) => Next::Settle(settled(outcome)),
        Outcome::Retry(_) | Outcome::Unknown => again(effect, outcome, attempt, others),
    }
}

fn again(effect: &Effect, outcome: Outcome, attempt: u32, others: bool) -> Next {
    let dial = matches!(effect, Effect::Dial { .. });
    let (wish, unsure) = match outcome {
        Outcome::Retry(wish) => (wish, false),
        _ => (None, true),
    };
    // As long as nobody knows, nobody else may take over: the customer might be called twice.
    let unsure = unsure && !mutant!(FailoverOnUnknown);
    let pause = match effect {
        Effect::HangUp { .. } if attempt < MAX_HANG_UPS => Some(pause_ms(attempt, wish)),
        _ => retry_after_ms(attempt, wish, others && !unsure),
    };
    match pause {
        Some(in_ms) => Next::Again { in_ms, unsure },
        None if dial && unsure => Next::Settle(Settled::Refused(LegEnd::Lost)),
        None => Next::Settle(Settled::Refused(LegEnd::Failed)),
    }
}

/// What an inquiry about a leg that should have ended, or should still be up, brings to light. Of a leg of which all is `certain` there is
/// no more news than its price: the carrier's count of the seconds is not to be corrected by its clock.
pub fn after_inquiry(known: &Known, told: Told, certain: bool) -> Vec<Heard> {
    match told {
        _ if certain => Vec::new(),
        Told::Leg { news, .. } => news,
        Told::Absent => vec![Heard::now(known.leg.clone(), acd::HeardKind::Ended(LegEnd::Lost))],
        Told::Unclear => Vec::new(),
    }
}

/// Milliseconds to wait after the attempt numbered `attempt` (from 1): 250, 500, … 8000; `None` when it was the last. A carrier's
/// own wish is respected when it is longer, up to a minute. Where others could take over, patience is short.
pub fn retry_after_ms(attempt: u32, wish_s: Option<u32>, others: bool) -> Option<i64> {
    if attempt >= if others { PATIENCE } else { MAX_ATTEMPTS } {
        return None;
    }
    if others && wish_s.is_some_and(|wish| wish > PATIENCE_S) {
        return None;
    }
    Some(pause_ms(attempt, wish_s))
}

fn pause_ms(attempt: u32, wish_s: Option<u32>) -> i64 {
    let pause = (250_i64 << attempt.saturating_sub(1).min(10)).min(MAX_PAUSE_MS);
    pause.max(i64::from(wish_s.unwrap_or(0).min(60)) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::policy::Permit;
    use shared::{Address, LegId, PhoneNumber};

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = (1..=8)
            .map(|attempt| retry_after_ms(attempt, None, false))
            .collect();
        let expected = [250, 500, 1000, 2000, 4000, 8000, 8000].map(Some);
        assert_eq!(pauses, [&expected[..], &[None]].concat());
        assert_eq!(retry_after_ms(1, Some(5), false), Some(5000));
        assert_eq!(retry_after_ms(1, Some(100_000), false), Some(60_000));
    }

    #[test]
    fn who_can_not_be_asked_was_not_told_to_dial_and_is_tried_again_later() {
        let number = Address::parse("+442079460001").unwrap();
        let dial = |party| Effect::Dial {
            leg: LegId::parse("req_1.c1").unwrap(),
            party,
            to: serde_json::from_value::<Permit>(serde_json::json!(number)).unwrap(),
            ring_s: 30,
            longest_s: Some(7_200),
        };
        let customer = dial(Party::Customer);
        assert!(asks_first(&customer, true, false));
        assert!(!asks_first(&customer, false, false), "a socket tells for sure");
        assert!(!asks_first(&customer, true, true), "it is asked anyway");
        assert!(!asks_first(&dial(Party::Agent), true, false));
        let nobody = HttpAnswer::none(true);
        let after = |attempt| after_first_ask(&customer, &Told::Unclear, &nobody, attempt, false);
        assert_eq!(
            after(1),
            Some(Next::Again {
                in_ms: 250,
                unsure: false
            })
        );
        assert_eq!(
            after(8),
            Some(Next::Settle(Settled::Refused(LegEnd::Failed))),
            "not lost"
        );
        assert_eq!(after_first_ask(&customer, &Told::Absent, &nobody, 1, false), None);
    }

    fn sandbox() -> crate::sandbox::Sandbox {
        crate::sandbox::Sandbox {
            base: "https://edge.example/sandbox/v1/meridian".into(),
            secret: "s".into(),
            from: PhoneNumber::parse("+442079460958").unwrap(),
            caller: "Meridian".into(),
            events: "https://edge.example/events".into(),
        }
    }

    #[test]
    fn who_takes_it_back_while_the_network_is_asked_is_not_called() {
        let number = Address::parse("+442079460001").unwrap();
        let leg = LegId::parse("req_1.c1").unwrap();
        let known = Known {
            leg: leg.clone(),
            party: Party::Customer,
            to: number.clone(),
            reference: None,
            ordered_at: shared::Millis(0),
            others: vec![],
        };
        let dial = Effect::Dial {
            leg,
            party: Party::Customer,
            to: serde_json::from_value::<Permit>(serde_json::json!(number)).unwrap(),
            ring_s: 30,
            longest_s: Some(7_200),
        };
        let attempt = Attempt {
            nth: 1,
            unsure: false,
            by_http: true,
        };
        let absent = HttpAnswer::of(404, "");
        let next = |wanted| asked(&sandbox(), &dial, &known, &absent, attempt, false, wanted).next;
        assert_eq!((next(true), next(false)), (Next::Send, Next::Drop));
    }

    #[test]
    fn a_hang_up_is_tried_for_longer_than_a_dial() {
        let hang_up = Effect::HangUp {
            leg: LegId::parse("req_1.c1").unwrap(),
        };
        for (outcome, unsure) in [(Outcome::Unknown, true), (Outcome::Retry(None), false)] {
            let in_ms = MAX_PAUSE_MS;
            let again = Next::Again { in_ms, unsure };
            assert_eq!(after_send(&hang_up, outcome, MAX_ATTEMPTS, false), again);
            let last = after_send(&hang_up, outcome, MAX_HANG_UPS, false);
            assert_eq!(last, Next::Settle(Settled::Refused(LegEnd::Failed)));
        }
    }

    #[test]
    fn where_others_can_take_over_patience_is_short() {
        assert_eq!(retry_after_ms(2, None, true), Some(500));
        assert_eq!(retry_after_ms(3, None, true), None);
        assert_eq!(retry_after_ms(1, Some(30), true), None);
    }
}
