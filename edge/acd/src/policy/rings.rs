//! How often one number is rung in a day: by one business, and by all businesses of a deployment together. Somebody who is annoyed through
//! fifty pages is annoyed as often as through one.

use super::book::reached;
use super::spend::DAY_MS;
use shared::Millis;

/// When a number may be rung again that was rung at these instants, the oldest first; `None` when it may be now. It may as long as it
/// rang less than `limit` times in the day before `now`.
pub fn rings_again(rang: &[Millis], limit: u32, now: Millis) -> Option<Millis> {
    reached(rang, now.plus_ms(-DAY_MS), limit).map(|first| first.plus_ms(DAY_MS))
}

/// Until when something that rang is remembered.
pub const fn rang_until(rang: Millis) -> Millis {
    rang.plus_ms(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_of_so_many_has_to_be_a_day_ago() {
        let hour = |n: i64| Millis(n * 3_600_000);
        let rang = [hour(0), hour(5), hour(6)];
        assert_eq!(rings_again(&rang, 4, hour(7)), None);
        assert_eq!(rings_again(&rang, 3, hour(7)), Some(hour(24)));
        assert_eq!(rings_again(&rang, 3, hour(24)), None);
        assert_eq!(rings_again(&rang, 2, hour(24)), Some(hour(29)));
        assert_eq!(rings_again(&[], 1, hour(0)), None);
        assert_eq!(
            rings_again(&[], 0, hour(0)),
            Some(hour(24)),
            "never, and then nobody asks again before tomorrow"
        );
    }

    proptest! {
        /// Whoever rings whenever leave is given rings no more than that in any day, and is given leave when it was promised.
        #[test]
        fn nobody_rings_more_often_in_any_day(
            gaps in prop::collection::vec(0_i64..4 * 3_600_000, 1..80),
            limit in 1_u32..8,
        ) {
            let (mut now, mut rang) = (Millis(0), Vec::new());
            for gap in gaps {
                now = now.plus_ms(gap);
                match rings_again(&rang, limit, now) {
                    None => rang.push(now),
                    Some(at) => {
                        prop_assert!(at > now);
                        prop_assert_eq!(rings_again(&rang, limit, at), None);
                    }
                }
                let day = rang.iter().filter(|at| at.0 > now.0 - DAY_MS).count();
                prop_assert!(day <= limit as usize);
            }
        }
    }
}
