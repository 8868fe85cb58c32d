//! How the phones lie on the table: the newest first, and none moves while a finger is over them.

use shared::Millis;
use shared::phones::{PhoneState, PhoneView};

/// Seconds that the table keeps still after the last touch.
const STILL_FOR_S: i64 = 3;

/// The phones in the order shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::phones) struct Table {
    rows: Vec<Row>,
    /// Until when nothing moves (browser's clock).
    still_until: Millis,
    serial: u64,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// Counts the calls in the order in which they came.
    serial: u64,
    /// No longer in the edge's view: taken away as soon as the table may move.
    stale: bool,
    phone: PhoneView,
}

impl Table {
    /// The phones in the order shown.
    pub(in crate::phones) fn phones(&self) -> impl Iterator<Item = &PhoneView> {
        self.rows.iter().map(|row| &row.phone)
    }

    /// One phone.
    pub(in crate::phones) fn phone(&self, leg: &str) -> Option<&PhoneView> {
        self.phones().find(|phone| phone.leg == leg)
    }

    /// A finger is over the phones: keep still.
    pub(super) fn touch(&mut self, now: Millis) {
        self.still_until = now.plus_s(STILL_FOR_S);
    }

    /// Time passes.
    pub(super) fn tick(&mut self, now: Millis) {
        if now >= self.still_until {
            self.settle();
        }
    }

    /// What the edge says now.
    pub(super) fn put(&mut self, phones: Vec<PhoneView>, now: Millis) {
        for row in &mut self.rows {
            row.stale = true;
        }
        // The edge has the newest first; counting from the other end gives the newest the highest number.
        for phone in phones.into_iter().rev() {
            match self.rows.iter_mut().find(|row| row.phone.leg == phone.leg) {
                Some(row) => (row.phone, row.stale) = (phone, false),
                None => {
                    self.serial += 1;
                    self.rows.push(Row {
                        serial: self.serial,
                        stale: false,
                        phone,
                    });
                }
            }
        }
        for at in 0..self.rows.len() {
            let replaced = self.rows.get(at).is_some_and(|row| {
                row.phone.state == PhoneState::Ended
                    && self
                        .rows
                        .iter()
                        .any(|other| other.phone.number == row.phone.number && other.serial > row.serial)
            });
            // A phone that rings again is the same phone: its last call makes room.
            if let Some(row) = self.rows.get_mut(at).filter(|_| replaced) {
                row.stale = true;
            }
        }
        self.tick(now);
    }

    fn settle(&mut self) {
        self.rows.retain(|row| !row.stale);
        self.rows.sort_by_key(|row| std::cmp::Reverse(row.serial));
    }
}
