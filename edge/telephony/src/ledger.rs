//! What each leg cost: seconds from its answer to its end, once, whatever order its news came in and however often.

use acd::mutant;
use acd::policy::Bill;
use acd::{Heard, HeardKind, LegEnd};
use serde::{Deserialize, Serialize};
use shared::call::Party;
use shared::{Address, EquipmentId, LegId, Millis, RequestId};

/// One leg's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegAccount {
    /// Which.
    pub leg: LegId,
    /// The request it served.
    pub request: RequestId,
    /// Whose.
    pub party: Party,
    /// The equipment that carried it.
    pub via: EquipmentId,
    /// The number, or SIP address.
    pub to: Address,
    /// The carrier's name of it.
    pub reference: Option<String>,
    /// When it was ordered.
    pub ordered_at: Millis,
    /// When it was answered. Where nobody could say when, the moment of `ordered_at` itself: not before it, so that the leg costs
    /// too much at the most, and never nothing.
    pub answered_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// How.
    pub end: Option<LegEnd>,
    /// What the carrier billed for it, in ten-thousandths, where it says so.
    #[serde(default)]
    pub price: Option<u64>,
}

impl LegAccount {
    /// Writes news down; true when it changed anything. The earliest answer and the earliest end count, so that late and
    /// repeated news change nothing; an end that somebody knows counts before one that nobody does.
    pub fn hear(&mut self, heard: &Heard, now: Millis) -> bool {
        let at = heard.at.filter(|_| !mutant!(LedgerByArrival)).unwrap_or(now);
        match heard.kind {
            HeardKind::Answered | HeardKind::AnsweredByMachine => self.answered(at),
            HeardKind::Ended(LegEnd::Lost) if self.end.is_some_and(|how| how != LegEnd::Lost) => false,
            HeardKind::Ended(how) => {
                if how != LegEnd::Lost && self.end == Some(LegEnd::Lost) {
                    self.ended_at = None;
                }
                let first = earlier(&mut self.ended_at, at);
                if first {
                    self.end = Some(how);
                }
                first
            }
            HeardKind::Ringing | HeardKind::Digit(_) | HeardKind::Announced | HeardKind::Bridged => false,
        }
    }

    /// The earliest answer counts; one of which only the bound is known does while there is no other.
    fn answered(&mut self, at: Millis) -> bool {
        let bound = self.ordered_at;
        match self.answered_at {
            Some(_) if at == bound => false,
            Some(kept) if kept == bound => {
                self.answered_at = Some(at);
                true
            }
            _ => earlier(&mut self.answered_at, at),
        }
    }

    /// True when it is over and nothing is missing. Where nobody knows how it ended, or somebody hung up who is not known to have
    /// answered, news got lost, and the carrier may know more.
    pub fn is_certain(&self) -> bool {
        match self.end {
            None | Some(LegEnd::Lost) => false,
            Some(LegEnd::HungUp | LegEnd::Released) => self.answered_at.is_some(),
            Some(LegEnd::Busy | LegEnd::NoAnswer | LegEnd::Declined | LegEnd::BadNumber | LegEnd::Failed) => {
                true
            }
        }
    }

    /// The carrier's own count of the seconds: what it bills, counts. Its clock may show whole seconds only. True when it changed
    /// anything.
    pub fn bill(&mut self, seconds: u32) -> bool {
        let (Some(answered), Some(ended)) = (self.answered_at, self.ended_at) else {
            return false;
        };
        let billed = answered.plus_s(i64::from(seconds));
        self.ended_at = Some(billed);
        billed != ended
    }

    /// True while its carrier, which says what legs did cost, has not said so of this one.
    pub fn awaits_price(&self) -> bool {
        self.is_certain() && self.answered_at.is_some() && self.price.is_none()
    }

    /// The bill that its price makes of it; `None` where there was one already, or it is not over.
    pub fn bill_of(&self, price: u64) -> Option<Bill> {
        Some(Bill {
            leg: self.leg.clone(),
            via: self.via.clone(),
            to: self.to.clone(),
            seconds: self.seconds()?,
            price,
        })
        .filter(|_| self.awaits_price())
    }

    /// Billed seconds, begun ones counted whole; 0 for a leg that was never answered, `None` while it is not over.
    pub fn seconds(&self) -> Option<i64> {
        let ended = self.ended_at?;
        Some(
            self.answered_at
                .map_or(0, |answered| seconds_between(answered, ended)),
        )
    }
}

/// Begun seconds from one instant to another.
pub fn seconds_between(from: Millis, to: Millis) -> i64 {
    to.0.saturating_sub(from.0).max(0).saturating_add(999) / 1000
}

fn earlier(kept: &mut Option<Millis>, at: Millis) -> bool {
    let first = kept.is_none_or(|kept| at < kept);
    if first {
        *kept = Some(at);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn account() -> LegAccount {
        LegAccount {
            leg: LegId::parse("req_1.c1").unwrap(),
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
        }
    }

    fn heard(kind: HeardKind, at: i64) -> Heard {
        Heard {
            leg: LegId::parse("req_1.c1").unwrap(),
            kind,
            at: Some(Millis(at)),
        }
    }

    #[test]
    fn seconds_are_counted_from_the_answer_and_begun_ones_whole() {
        let mut leg = account();
        assert_eq!(leg.seconds(), None);
        leg.hear(&heard(HeardKind::Answered, 1_000), Millis(0));
        leg.hear(&heard(HeardKind::Ended(LegEnd::HungUp), 61_001), Millis(0));
        assert_eq!(leg.seconds(), Some(61));
        let mut missed = account();
        missed.hear(&heard(HeardKind::Ended(LegEnd::NoAnswer), 30_000), Millis(0));
        assert_eq!(missed.seconds(), Some(0));
    }

    #[test]
    fn an_answer_whose_time_nobody_knows_counts_from_the_order_until_somebody_does() {
        let (bound, real) = (heard(HeardKind::Answered, 0), heard(HeardKind::Answered, 12_000));
        let ended = heard(HeardKind::Ended(LegEnd::Released), 50_000);
        for (news, seconds) in [
            (vec![&bound, &ended], 50),
            (vec![&bound, &ended, &real], 38),
            (vec![&real, &bound, &ended], 38),
        ] {
            let mut leg = account();
            for heard in news {
                leg.hear(heard, Millis(50_000));
            }
            assert_eq!(leg.seconds(), Some(seconds));
        }
    }

    #[test]
    fn a_carriers_own_count_is_what_counts_also_when_it_is_nothing() {
        let mut leg = account();
        leg.hear(&heard(HeardKind::Answered, 1_000), Millis(0));
        leg.hear(&heard(HeardKind::Ended(LegEnd::HungUp), 1_400), Millis(0));
        assert!(leg.bill(0) && !leg.bill(0), "said again it is no news");
        assert_eq!(leg.seconds(), Some(0));
    }

    #[test]
    fn what_is_known_of_an_end_counts_before_what_is_not() {
        let mut leg = account();
        leg.hear(&heard(HeardKind::Ended(LegEnd::Lost), 500), Millis(0));
        assert!(!leg.is_certain());
        leg.hear(&heard(HeardKind::Answered, 1_000), Millis(0));
        leg.hear(&heard(HeardKind::Ended(LegEnd::HungUp), 9_000), Millis(0));
        assert!(!leg.hear(&heard(HeardKind::Ended(LegEnd::Lost), 2_000), Millis(0)));
        assert_eq!((leg.seconds(), leg.end), (Some(8), Some(LegEnd::HungUp)));
        assert!(leg.is_certain());
    }

    proptest! {
        #[test]
        fn order_and_repeats_change_nothing(order in prop::collection::vec(0..7usize, 5..20)) {
            let news = [
                heard(HeardKind::Ringing, 500),
                heard(HeardKind::Answered, 0),
                heard(HeardKind::Answered, 1_000),
                heard(HeardKind::Ended(LegEnd::Lost), 3_000),
                heard(HeardKind::Bridged, 5_000),
                heard(HeardKind::Ended(LegEnd::HungUp), 9_500),
                heard(HeardKind::Ended(LegEnd::Released), 9_600),
            ];
            let mut straight = account();
            let mut shuffled = account();
            for heard in &news { straight.hear(heard, Millis(0)); }
            for heard in order.iter().chain(&[0, 1, 2, 3, 4, 5, 6]).filter_map(|nth| news.get(*nth)) { shuffled.hear(heard, Millis(0)); }
            prop_assert_eq!(straight, shuffled);
        }
    }
}
