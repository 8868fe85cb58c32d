//! What all businesses together rang, as a Rings object has it: whether a leg may ring a customer's phone. Others ring the numbers, too,
//! now and then; the object can't be reached, now and then. What it said once it knows for good: no crash of a business touches it.

use crate::options::Kind;
use crate::send::Leave;
use crate::world::World;
use acd::{Effect, Order};
use shared::LegId;
use shared::call::Party;

/// The longest that a number is withheld, in milliseconds.
const LONGEST_MS: i64 = 3 * 3_600_000;

impl World {
    /// Asks whether this order may ring.
    pub(crate) fn leave_of_all(&mut self, order: &Order) -> Leave {
        let Effect::Dial {
            leg,
            party: Party::Customer,
            ..
        } = &order.effect
        else {
            return Leave::Given;
        };
        if order.via.as_str() == shared::equipment::Kind::Browser.as_str() {
            return Leave::Given;
        }
        if self.faulty() && self.chance.happens(self.options.unanswered) {
            return Leave::Unanswered;
        }
        if self.rang.contains(leg) {
            return Leave::Given;
        }
        if self.faulty() && self.chance.happens(self.options.withheld) {
            let wait = self.chance.between(1_000, LONGEST_MS);
            return Leave::Withheld(self.wall().plus_ms(wait));
        }
        self.rang.insert(leg.clone());
        Leave::Given
    }

    /// True when this leg may ring by what all businesses rang.
    pub(crate) fn has_leave_of_all(&self, via: usize, leg: &LegId) -> bool {
        self.kind(via) == Kind::Browser || self.rang.contains(leg)
    }
}
