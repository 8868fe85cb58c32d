//! When a leg is asked about, and what follows from the answer: news may get lost, and what nobody heard of has to end and to be
//! paid for all the same.

use crate::Told;
use crate::ledger::LegAccount;
use acd::mutant;
use acd::{Effect, Heard, HeardKind, LegEnd, Settled};
use shared::Millis;

/// Seconds after the longest ringing at which a leg is asked about.
const GRACE_S: i64 = 8;
/// Seconds between inquiries about a leg that is up.
const AGAIN_S: i64 = 60;
/// Seconds until the next one when no answer came.
const SOON_S: i64 = 4;
/// Seconds after the end of a request in which its customer may still be told goodbye.
const FAREWELL_S: i64 = 30;
/// Seconds after which a leg of which nothing can be learned counts as over.
const FORGET_S: i64 = 12 * 3600;

/// What follows from an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Everything is known.
    Over,
    /// Ask again.
    Again {
        /// Seconds from now.
        in_s: i64,
        /// It is of no use any more, and still it is up: a hang-up got lost.
        hang_up: bool,
    },
}

/// What is known of a leg's dial once it is settled or dropped, and what is still to be found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aftermath {
    /// It is over.
    pub ended: Option<Heard>,
    /// Seconds until it is asked about.
    pub inquire_in_s: Option<i64>,
}

/// What follows for the ledger from an effect that is settled.
pub fn settled(effect: &Effect, outcome: Settled) -> Aftermath {
    let ended = match (effect, outcome) {
        (Effect::Dial { leg, .. }, Settled::Refused(how)) => {
            Some(Heard::now(leg.clone(), HeardKind::Ended(how)))
        }
        (Effect::Dial { leg, .. }, Settled::Withheld(_)) => {
            Some(Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released)))
        }
        _ => None,
    };
    Aftermath {
        ended,
        inquire_in_s: after_dial(effect, outcome),
    }
}

/// What follows for the ledger from an effect that is not wanted any more. If an earlier attempt reached the carrier after all,
/// the hang-up that waits behind it in its lane ends what rings, and an inquiry finds out.
pub fn dropped(effect: &Effect, unsure: bool) -> Aftermath {
    let Effect::Dial { leg, .. } = effect else {
        return Aftermath::default();
    };
    let inquire_in_s = after_drop(effect, unsure);
    let ended = Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released));
    Aftermath {
        ended: inquire_in_s.is_none().then_some(ended),
        inquire_in_s,
    }
}

/// Seconds until the first inquiry about a leg whose dial was settled; `None` when it surely was not dialled. Where nobody knows,
/// it may be ringing now, and the hang-up that follows may get lost as well.
fn after_dial(effect: &Effect, settled: Settled) -> Option<i64> {
    match (effect, settled) {
        _ if mutant!(InquiryForgotten) => None,
        (_, Settled::Refused(how)) if how != LegEnd::Lost => None,
        (_, Settled::Withheld(_)) => None,
        (Effect::Dial { ring_s, .. }, _) => Some(i64::from(*ring_s) + GRACE_S),
        _ => None,
    }
}

/// Seconds until the first inquiry about a leg whose dial is not wanted any more; `unsure` when it may have been carried out.
/// `None` when it surely was not.
const fn after_drop(effect: &Effect, unsure: bool) -> Option<i64> {
    match effect {
        Effect::Dial { .. } if unsure => Some(GRACE_S),
        _ => None,
    }
}

/// True while something is to be learned about a leg, and not so long after it was ordered that nobody will know. `bills` says that its
/// carrier tells, some time after the end, what a leg did cost.
pub fn is_wanted(account: &LegAccount, bills: bool, now: Millis) -> bool {
    let open = !account.is_certain() || (bills && account.awaits_price());
    open && now <= account.ordered_at.plus_s(FORGET_S)
}

/// What follows from an answer, after its news were heard. `of_use` says that the leg is one that counts in an open request;
/// `ended_at` is when its request was over.
pub fn next(
    account: &LegAccount,
    told: &Told,
    bills: bool,
    of_use: bool,
    ended_at: Option<Millis>,
    now: Millis,
) -> Next {
    if *told == Told::Absent || !is_wanted(account, bills, now) {
        return Next::Over;
    }
    if account.is_certain() {
        // The price alone is missing.
        return Next::Again {
            in_s: pause(account, now),
            hang_up: false,
        };
    }
    let ended = |heard: &Heard| matches!(heard.kind, HeardKind::Ended(_));
    if matches!(told, Told::Leg { news, .. } if news.iter().any(ended)) {
        return Next::Over;
    }
    let unclear = *told == Told::Unclear;
    Next::Again {
        in_s: if unclear { SOON_S } else { AGAIN_S },
        hang_up: !unclear && !of_use && ended_at.is_none_or(|at| at.plus_s(FAREWELL_S) < now),
    }
}

/// Seconds until what a leg did cost is asked again of equipment that is not there, as while its secret is given anew. `None` where
/// that is all that could be learned, and too late.
pub fn unplugged(account: &LegAccount, now: Millis) -> Option<i64> {
    let wanted = account.is_certain() && is_wanted(account, true, now);
    wanted.then(|| pause(account, now))
}

/// The longer it is over the more rarely.
fn pause(account: &LegAccount, now: Millis) -> i64 {
    let over_s = account.ended_at.map_or(0, |ended| now.seconds_since(ended));
    (over_s / 2).max(AGAIN_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::policy::Permit;
    use shared::call::Party;
    use shared::{Address, EquipmentId, LegId, RequestId};

    fn leg() -> LegId {
        LegId::parse("req_1.c1").unwrap()
    }

    fn account(news: &[HeardKind]) -> LegAccount {
        let mut account = LegAccount {
            leg: leg(),
            request: RequestId::parse("req_1").unwrap(),
            party: Party::Customer,
            via: EquipmentId::parse("pbx").unwrap(),
            to: Address::parse("+442079460001").unwrap(),
            reference: None,
            ordered_at: Millis(0),
            answered_at: None,
            ended_at: None,
            end: None,
            price: None,
        };
        for kind in news {
            account.hear(&Heard::now(leg(), *kind), Millis(1_000));
        }
        account
    }

    fn told(news: &[HeardKind]) -> Told {
        Told::Leg {
            reference: None,
            price: None,
            news: news.iter().map(|kind| Heard::now(leg(), *kind)).collect(),
        }
    }

    #[test]
    fn a_leg_is_asked_about_unless_it_surely_was_never_dialled() {
        let number = Address::parse("+442079460001").unwrap();
        let dial = Effect::Dial {
            leg: leg(),
            party: Party::Customer,
            to: serde_json::from_value::<Permit>(serde_json::json!(number)).unwrap(),
            ring_s: 30,
            longest_s: Some(7_200),
        };
        assert_eq!(after_dial(&dial, Settled::Taken), Some(38));
        assert_eq!(after_dial(&dial, Settled::Refused(LegEnd::Lost)), Some(38));
        assert_eq!(after_dial(&dial, Settled::Refused(LegEnd::Failed)), None);
        assert_eq!(after_drop(&dial, true), Some(8));
        assert_eq!(after_drop(&dial, false), None);
    }

    #[test]
    fn a_leg_is_asked_about_until_everything_is_known() {
        let now = Millis(60_000);
        let ended = |how| HeardKind::Ended(how);
        for (news, wanted) in [
            (vec![], true),
            (vec![HeardKind::Answered], true),
            (vec![ended(LegEnd::Busy)], false),
            (vec![ended(LegEnd::HungUp)], true),
            (vec![HeardKind::Answered, ended(LegEnd::HungUp)], false),
            (vec![HeardKind::Answered, ended(LegEnd::Lost)], true),
        ] {
            assert_eq!(is_wanted(&account(&news), false, now), wanted, "{news:?}");
        }
        assert!(!is_wanted(&account(&[]), false, now.plus_s(FORGET_S)));
    }

    #[test]
    fn who_bills_is_asked_what_a_call_did_cost_ever_more_rarely_until_it_is_known() {
        let over = [HeardKind::Answered, HeardKind::Ended(LegEnd::HungUp)];
        let mut account = account(&over);
        let next = |account: &LegAccount, bills, s| {
            next(account, &told(&over), bills, false, None, Millis(1_000).plus_s(s))
        };
        let again = |in_s| Next::Again { in_s, hang_up: false };
        assert_eq!(next(&account, false, 5), Next::Over);
        assert_eq!(next(&account, true, 5), again(60));
        assert_eq!(next(&account, true, 3_600), again(1_800));
        assert_eq!(next(&account, true, FORGET_S), Next::Over, "nobody will know");
        let absent = super::next(&account, &Told::Absent, true, false, None, Millis(9_000));
        assert_eq!(absent, Next::Over);
        account.price = Some(130);
        assert_eq!(next(&account, true, 5), Next::Over);
        assert!(
            !is_wanted(
                &self::account(&[HeardKind::Ended(LegEnd::Busy)]),
                true,
                Millis(9_000)
            ),
            "it cost nothing"
        );
    }

    #[test]
    fn what_is_up_after_its_request_is_hung_up_and_what_is_gone_is_over() {
        let (up, now) = (told(&[HeardKind::Answered]), Millis(60_000));
        let of = |told: &Told, ended_at: Option<Millis>| {
            next(&account(&[]), told, false, ended_at.is_none(), ended_at, now)
        };
        let again = |in_s, hang_up| Next::Again { in_s, hang_up };
        assert_eq!(of(&up, None), again(60, false));
        assert_eq!(of(&up, Some(Millis(29_000))), again(60, true));
        assert_eq!(
            of(&up, Some(Millis(31_000))),
            again(60, false),
            "a farewell may be said"
        );
        assert_eq!(of(&Told::Unclear, Some(Millis(0))), again(4, false));
        assert_eq!(of(&Told::Absent, None), Next::Over);
        let earlier = next(&account(&[]), &up, false, false, None, now);
        assert_eq!(
            earlier,
            again(60, true),
            "the request is open, and has another leg now"
        );
        assert_eq!(of(&told(&[HeardKind::Ended(LegEnd::HungUp)]), None), Next::Over);
    }
}
