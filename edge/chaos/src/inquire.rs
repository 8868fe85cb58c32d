//! Legs are asked about, as `edge/src/business/inquire.rs` does it.

use crate::object::Stop;
use crate::store::Leased;
use crate::wire::Wire;
use crate::world::World;
use acd::{Effect, Heard, HeardKind, Input, LegEnd, Order};
use shared::{EquipmentId, LegId};
use telephony::ledger::LegAccount;
use telephony::outbox::Task;
use telephony::{Carrier, HttpAnswer, Told, courier, inquiry};

impl World {
    pub(crate) fn inquire(&mut self, row: Leased, id: &LegId, via: &EquipmentId) {
        let Some(account) = self.store.ledger.get(id) else {
            self.store.remove(row.seq);
            return;
        };
        let (line, known) = (self.line(via), self.known(id));
        let bills = line.is_some_and(|line| Wire(self.kind(line)).bills());
        let (wanted, over) = (
            inquiry::is_wanted(account, bills, self.wall()),
            account.ended_at.is_some(),
        );
        if let (None, Some(in_s)) = (line, inquiry::unplugged(account, self.wall())) {
            self.store.postpone(row.seq, self.wall().plus_s(in_s), false);
            return self.rearm();
        }
        let (Some(via), Some(known), true) = (line, known, wanted) else {
            if !over {
                let lost = Heard::now(id.clone(), HeardKind::Ended(LegEnd::Lost));
                if self.hear_all(vec![lost]).is_err() {
                    return;
                }
            }
            self.store.remove(row.seq);
            return;
        };
        let call = Wire(self.kind(via)).ask(&known);
        self.pass(via, row, &[call], true, Vec::new());
    }

    pub(crate) fn inquired(&mut self, row: &Leased, id: &LegId, via: &EquipmentId, answer: &HttpAnswer) {
        let (line, known) = (self.line(via), self.known(id));
        let (Some(line), Some(known)) = (line, known) else {
            self.store.remove(row.seq);
            return;
        };
        let carrier = Wire(self.kind(line));
        let told = carrier.told(&known, answer);
        if let Told::Leg { reference, .. } = &told {
            self.refer(id, reference.clone());
        }
        let certain = self.store.ledger.get(id).is_some_and(LegAccount::is_certain);
        let news = courier::after_inquiry(&known, told.clone(), certain);
        if self.hear_all(news).is_err() || self.bill(id, &told).is_err() {
            return;
        }
        if !self.is_held(row) {
            return;
        }
        let (now, of_use) = (self.wall(), self.load().is_of_use(id));
        let Some(account) = self.store.ledger.get(id) else {
            return;
        };
        let request = account.request.clone();
        let over_at = self.store.ended_at(&request);
        match inquiry::next(account, &told, carrier.bills(), of_use, over_at, now) {
            inquiry::Next::Over => {
                self.store.remove(row.seq);
                return;
            }
            inquiry::Next::Again { in_s, hang_up } => {
                if hang_up {
                    let order = Order {
                        request,
                        via: via.clone(),
                        effect: Effect::HangUp { leg: id.clone() },
                    };
                    self.store.put(Task::Carry(order), now);
                }
                self.store.postpone(row.seq, now.plus_s(in_s), false);
            }
        }
        self.send_due();
        self.rearm();
    }

    /// The carrier may have said what a leg did cost.
    fn bill(&mut self, id: &LegId, told: &Told) -> Result<(), Stop> {
        let Told::Leg {
            price: Some(price), ..
        } = *told
        else {
            return Ok(());
        };
        let Some(bill) = self
            .store
            .ledger
            .get(id)
            .and_then(|account| account.bill_of(price))
        else {
            return Ok(());
        };
        let turn = self.turn(Input::Billed(Box::new(bill)), &mut |store, _, _| {
            if let Some(account) = store.ledger.get_mut(id) {
                account.price = Some(price);
            }
        });
        turn.map(drop)
    }
}
