//! Legs are asked about: news may get lost, and some carriers say only afterwards what a leg did cost. When, and what follows from an
//! answer, [`inquiry`] decides.

use super::Core;
use super::line::Line;
use crate::store::{business as store, leg};
use crate::{clock, outbox};
use acd::{Effect, Heard, HeardKind, Input, LegEnd, Order, Reply};
use shared::{EquipmentId, LegId};
use std::rc::Rc;
use telephony::ledger::LegAccount;
use telephony::outbox::Task;
use telephony::{HttpAnswer, Told, courier, inquiry};
use worker::Result;

impl Core {
    /// Asks about a leg that should have ended by now, or should still be up.
    pub(super) async fn inquire(
        self: &Rc<Self>,
        row: &outbox::Row,
        id: &LegId,
        via: &EquipmentId,
    ) -> Result<()> {
        let Some(account) = leg::account(&self.db, id)? else {
            return outbox::remove(&self.db, row.seq);
        };
        let line = self.line(via)?;
        let known = leg::known(&self.db, id, line.as_ref().is_some_and(Line::names))?;
        let bills = line.as_ref().is_some_and(|line| line.carrier.bills());
        let wanted = inquiry::is_wanted(&account, bills, clock::now());
        if let (None, Some(in_s)) = (&line, inquiry::unplugged(&account, clock::now())) {
            outbox::postpone(&self.db, row.seq, clock::now().plus_s(in_s), false)?;
            return self.rearm().await;
        }
        let (Some(line), Some(known), true) = (line, known, wanted) else {
            if account.ended_at.is_none() {
                self.hear_all(vec![Heard::now(id.clone(), HeardKind::Ended(LegEnd::Lost))])
                    .await?;
            }
            return outbox::remove(&self.db, row.seq);
        };
        let call = line.carrier.ask(&known);
        match line.pass(&[call], row.seq, row.attempts, true).await {
            Some(answer) => self.inquired(row, id, via, &answer).await,
            None => Ok(()),
        }
    }

    pub(super) async fn inquired(
        self: &Rc<Self>,
        row: &outbox::Row,
        id: &LegId,
        via: &EquipmentId,
        answer: &HttpAnswer,
    ) -> Result<()> {
        if !outbox::is_held(&self.db, row)? {
            return Ok(());
        }
        let line = self.line(via)?;
        let known = leg::known(&self.db, id, line.as_ref().is_some_and(Line::names))?;
        let (Some(line), Some(known)) = (line, known) else {
            return outbox::remove(&self.db, row.seq);
        };
        let told = line.carrier.told(&known, answer);
        if let Told::Leg {
            reference: Some(reference),
            ..
        } = &told
        {
            leg::refer(&self.db, id, reference)?;
        }
        let certain = leg::account(&self.db, id)?.is_some_and(|account| account.is_certain());
        self.hear_all(courier::after_inquiry(&known, told.clone(), certain))
            .await?;
        let Some(mut account) = leg::account(&self.db, id)? else {
            return outbox::remove(&self.db, row.seq);
        };
        self.bill(&mut account, &told).await?;
        // Those turns send what is due: after the clock was set, this row is, and its next answer finds out the rest.
        if !outbox::is_held(&self.db, row)? {
            return Ok(());
        }
        let (now, request) = (clock::now(), store::request(&self.db, &account.request)?);
        let over_at = request.and_then(|request| request.ended_at);
        let of_use = self.read(|acd| acd.is_of_use(id))?;
        match inquiry::next(&account, &told, line.carrier.bills(), of_use, over_at, now) {
            inquiry::Next::Over => return outbox::remove(&self.db, row.seq),
            inquiry::Next::Again { in_s, hang_up } => {
                if hang_up {
                    let order = Order {
                        request: account.request,
                        via: via.clone(),
                        effect: Effect::HangUp { leg: id.clone() },
                    };
                    store::put(&self.db, &Task::Carry(order), now)?;
                }
                outbox::postpone(&self.db, row.seq, now.plus_s(in_s), false)?;
            }
        }
        self.send_due();
        self.rearm().await
    }

    /// The carrier may have said what a leg did cost. Where that is more than its rates say, whoever looks after it is told.
    async fn bill(self: &Rc<Self>, account: &mut LegAccount, told: &Told) -> Result<()> {
        let Told::Leg {
            price: Some(price), ..
        } = *told
        else {
            return Ok(());
        };
        let Some(bill) = account.bill_of(price) else {
            return Ok(());
        };
        let turn = self.turn(Input::Billed(Box::new(bill)), |turn| {
            leg::keep_price(turn.db, &account.leg, price)
        });
        let reply = turn.await?;
        account.price = Some(price);
        if reply == Reply::Done {
            let least = self.read(|acd| acd.least_per_minute(&account.via))?;
            let (whole, part) = (least / 10_000, least % 10_000);
            let what = format!(
                "it bills {whole}.{part:04} a minute, more than its rates say: no call is reckoned at less until they are changed"
            );
            self.fault_of(&account.via, &account.request, &what);
        }
        Ok(())
    }
}
