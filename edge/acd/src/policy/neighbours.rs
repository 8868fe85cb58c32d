//! Numbers that differ in their last three digits only, one after the other: somebody works through a block that pays. Or SIP
//! addresses of one host: somebody tries out who is there.

use super::Digest;
use super::book::size;
use super::spend::HOUR_MS;
use shared::Millis;
use std::collections::BTreeMap;

/// How close together they are.
const CLOSE_MS: i64 = HOUR_MS / 6;

/// Until when nobody of a neighbourhood is called, given what was asked for there in order of time: an hour from the last request
/// with which more than `limit` different numbers had been asked for in ten minutes.
pub(crate) fn quarantine(asked: &[(Millis, Digest)], limit: u32, now: Millis) -> Option<Millis> {
    if asked.len() <= size(limit) {
        return None;
    }
    let from = asked.partition_point(|(at, _)| *at <= now.plus_ms(-HOUR_MS - CLOSE_MS));
    let recent = asked.get(from..).unwrap_or_default();
    let (mut close, mut oldest, mut until) = (BTreeMap::<&Digest, usize>::new(), 0, None);
    for (at, number) in recent {
        *close.entry(number).or_default() += 1;
        while let Some((before, gone)) = recent.get(oldest)
            && *before <= at.plus_ms(-CLOSE_MS)
        {
            if let Some(count) = close.get_mut(gone) {
                *count -= 1;
                if *count == 0 {
                    close.remove(gone);
                }
            }
            oldest += 1;
        }
        if close.len() > size(limit) {
            until = Some(at.plus_ms(HOUR_MS));
        }
    }
    until.filter(|until| *until > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shared::Address;
    use std::collections::BTreeSet;

    fn asked(list: &[(i64, u32)]) -> Vec<(Millis, Digest)> {
        let digest = |n: u32| {
            let number = Address::parse(&format!("+447911123{n:03}")).unwrap();
            Digest::of_address("", &number)
        };
        list.iter().map(|(s, n)| (Millis(s * 1000), digest(*n))).collect()
    }

    #[test]
    fn a_fifth_neighbour_within_ten_minutes_closes_the_block_for_an_hour() {
        let five = asked(&[(0, 1), (60, 2), (120, 3), (180, 4), (599, 5)]);
        let until = Millis(599_000 + HOUR_MS);
        assert_eq!(quarantine(&five, 4, Millis(600_000)), Some(until));
        assert_eq!(quarantine(&five, 4, until), None);
        assert_eq!(quarantine(&five[..4], 4, Millis(600_000)), None);
        let slow = asked(&[(0, 1), (60, 2), (120, 3), (180, 4), (600, 5)]);
        assert_eq!(quarantine(&slow, 4, Millis(600_000)), None);
        let one = asked(&[(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
        assert_eq!(quarantine(&one, 4, Millis(6_000)), None, "one number");
    }

    proptest! {
        #[test]
        fn it_is_the_rule_said_plainly(gaps in prop::collection::vec((0..400i64, 0..9u32), 1..60)) {
            let mut at = 0;
            let list: Vec<(i64, u32)> = gaps.iter().map(|(gap, n)| { at += gap; (at, *n) }).collect();
            let now = Millis(at * 1000);
            let plain = list.iter().filter(|(end, _)| {
                let close = list.iter().filter(|(at, _)| *at <= *end && *at > end - 600);
                close.map(|(_, n)| n).collect::<BTreeSet<_>>().len() > 4
            });
            let until = plain.map(|(end, _)| Millis(end * 1000 + HOUR_MS)).filter(|until| *until > now).max();
            // Requests of the same second are in the order in which they came.
            prop_assume!(gaps.iter().skip(1).all(|(gap, _)| *gap > 0));
            prop_assert_eq!(quarantine(&asked(&list), 4, now), until);
        }
    }
}
