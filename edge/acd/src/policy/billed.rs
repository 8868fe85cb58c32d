//! What carriers bill. Rates are what the document says of them, and are believed until a bill says more.

use super::book::WEEK_MS;
use serde::{Deserialize, Serialize};
use shared::equipment::Rate;
use shared::{Address, EquipmentId, LegId, Millis};

/// What a carrier bills for a leg that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Which.
    pub leg: LegId,
    /// The equipment that carried it.
    pub via: EquipmentId,
    /// Whom it called.
    pub to: Address,
    /// Seconds from its answer to its end.
    pub seconds: i64,
    /// The price, in ten-thousandths.
    pub price: u64,
}

impl Bill {
    /// What a begun minute of it did cost.
    pub(crate) fn per_minute(&self) -> u32 {
        let minutes = u64::try_from(self.seconds)
            .unwrap_or_default()
            .div_ceil(60)
            .max(1);
        u32::try_from(self.price.div_ceil(minutes)).unwrap_or(u32::MAX)
    }
}

/// Equipment that bills more than its rates say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dearer {
    /// Which.
    pub via: EquipmentId,
    /// When the last such bill came.
    pub at: Millis,
    /// The most that a minute did cost, in ten-thousandths. No call is reckoned at less: which of the other rates are wrong as well,
    /// nobody knows.
    pub per_minute: u32,
    /// The rates that were wrong. Once the document names others, those are believed.
    pub rates: Vec<Rate>,
}

impl Dearer {
    /// From when on its rates are believed again.
    pub fn ends_at(&self) -> Millis {
        self.at.plus_ms(WEEK_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_of_begun_minutes() {
        let bill = |seconds, price| Bill {
            leg: LegId::parse("req_1.c1").unwrap(),
            via: EquipmentId::parse("line").unwrap(),
            to: Address::parse("+442079460001").unwrap(),
            seconds,
            price,
        };
        assert_eq!(bill(0, 130).per_minute(), 130);
        assert_eq!(bill(60, 130).per_minute(), 130);
        assert_eq!(bill(61, 261).per_minute(), 131, "no less than it was");
    }
}
