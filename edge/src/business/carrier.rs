//! To the equipment: effects go out of the outbox. What to send, and what an answer leads to, [`courier`] decides.

use super::Core;
use super::line::Line;
use crate::store::sql::Db;
use crate::store::{business as store, leg};
use crate::{clock, outbox, rings};
use acd::{Effect, Heard, Input, LegEnd, Order, Settled};
use shared::call::Party;
use shared::equipment::Kind;
use shared::{EquipmentId, Millis};
use std::rc::Rc;
use telephony::HttpAnswer;
use telephony::courier::{self, Attempt, Move, Next, Unled};
use telephony::inquiry::{self, Aftermath};
use telephony::outbox::Task;
use worker::Result;

impl Core {
    /// Sends what is due; true when there was anything.
    pub(super) fn send_due(self: &Rc<Self>) -> bool {
        outbox::attempt_due(&self.state, &self.db, |row| {
            let core = Rc::clone(self);
            async move { core.attempt(&row).await }
        })
    }

    async fn attempt(self: &Rc<Self>, row: &outbox::Row) -> Result<()> {
        self.load()?;
        match serde_json::from_str(&row.payload)? {
            Task::Carry(order) => self.carry(row, order).await,
            Task::Inquire { inquiry, via } => self.inquire(row, &inquiry, &via).await,
            Task::Mail { mail } => self.mail(row, &mail).await,
            Task::Deliver { deliver } => self.deliver(row, &deliver).await,
        }
    }

    async fn carry(self: &Rc<Self>, row: &outbox::Row, order: Order) -> Result<()> {
        if !self.read(|acd| acd.wants(&order))? {
            return self.drop_unwanted(row, &order).await;
        }
        let line = self.line(&order.via)?;
        let known = leg::known(
            &self.db,
            order.effect.leg(),
            line.as_ref().is_some_and(Line::names),
        )?;
        let (Some(line), Some(known)) = (line, known) else {
            self.fault(&order, "it is not there any more, or has no credentials");
            return self
                .settle(row, order, Settled::Refused(LegEnd::Failed), None)
                .await;
        };
        let leave = self.leave_of_all(&order).await;
        // Whoever was asked took their time: what was to be sent may be another attempt's by now, or nobody's.
        if !outbox::is_held(&self.db, row)? {
            return Ok(());
        }
        match leave {
            Ok(None) if !self.read(|acd| acd.wants(&order))? => return self.drop_unwanted(row, &order).await,
            Ok(None) => {}
            Ok(Some(until)) => return self.settle(row, order, Settled::Withheld(until), None).await,
            Err(error) => {
                worker::console_error!("{}: nobody knows whether it may ring: {error}", order.request);
                return match courier::without_leave(row.attempts, row.unsure(), clock::now()) {
                    Unled::Again { in_ms } => self.again(row, &order, in_ms, row.unsure()).await,
                    Unled::Withheld(until) => self.settle(row, order, Settled::Withheld(until), None).await,
                };
            }
        }
        let next = courier::first(&*line.carrier, &order.effect, &known, attempt(row, &line));
        match next {
            Move::Settle(settled) => self.settle(row, order, settled, None).await,
            Move::Ask(call) => match line.pass(&[call], row.seq, row.attempts, true).await {
                Some(answer) => self.asked(row, order, &line, &answer).await,
                None => Ok(()),
            },
            Move::Send(calls) => match line.pass(&calls, row.seq, row.attempts, false).await {
                Some(answer) => self.sent(row, order, &line, &answer).await,
                None => Ok(()),
            },
        }
    }

    /// Until when nobody may ring this customer's phone, because all businesses together rang it as often as this one may alone;
    /// `None` where it may ring, or no phone does.
    async fn leave_of_all(&self, order: &Order) -> Result<Option<Millis>> {
        let Effect::Dial {
            leg,
            party: Party::Customer,
            to,
            ..
        } = &order.effect
        else {
            return Ok(None);
        };
        let (site, rings) = self.read(|acd| {
            let config = acd.config();
            let equipment = config.equipment(&order.via);
            let rings = equipment.is_some_and(|it| matches!(it.kind, Kind::Asterisk | Kind::Twilio));
            (config.site.clone(), rings)
        })?;
        if !rings {
            return Ok(None);
        }
        let limit = self.settings.ceiling(&site)?.limits.rings_day;
        rings::leave(&self.settings, to.address(), leg, limit).await
    }

    /// True when other equipment could do this: dial the customer. The second leg has to be where the first one is.
    fn others(&self, order: &Order) -> Result<bool> {
        let first = matches!(
            &order.effect,
            Effect::Dial {
                party: Party::Customer,
                ..
            }
        );
        Ok(first && self.read(|acd| acd.has_other_carrier(&order.request, clock::now()))?)
    }

    /// What the carrier says of a leg, before the effect itself is sent.
    async fn asked(
        self: &Rc<Self>,
        row: &outbox::Row,
        order: Order,
        line: &Line,
        answer: &HttpAnswer,
    ) -> Result<()> {
        if !outbox::is_held(&self.db, row)? {
            return Ok(());
        }
        let Some(known) = leg::known(&self.db, order.effect.leg(), line.names())? else {
            return outbox::remove(&self.db, row.seq);
        };
        let others = self.others(&order)?;
        let attempt = attempt(row, line);
        let wanted = self.read(|acd| acd.wants(&order))?;
        let asked = courier::asked(
            &*line.carrier,
            &order.effect,
            &known,
            answer,
            attempt,
            others,
            wanted,
        );
        if let Some(reference) = asked.reference {
            leg::refer(&self.db, &known.leg, &reference)?;
        }
        match asked.next {
            Next::Settle(settled) => {
                if let Settled::Refused(_) = settled {
                    self.fault(&order, &words(&order.effect, answer));
                }
                self.settle(row, order, settled, None).await?;
            }
            Next::Again { in_ms, unsure } => self.again(row, &order, in_ms, unsure).await?,
            Next::Drop => self.drop_unwanted(row, &order).await?,
            Next::Send => {
                let Some(known) = leg::known(&self.db, order.effect.leg(), line.names())? else {
                    return outbox::remove(&self.db, row.seq);
                };
                let calls = line.carrier.request(&order.effect, &known);
                if let Some(answer) = line.pass(&calls, row.seq, row.attempts, false).await {
                    self.sent(row, order, line, &answer).await?;
                }
            }
        }
        self.hear_all(asked.news).await
    }

    /// What the carrier answers to the effect.
    async fn sent(
        self: &Rc<Self>,
        row: &outbox::Row,
        order: Order,
        line: &Line,
        answer: &HttpAnswer,
    ) -> Result<()> {
        if !outbox::is_held(&self.db, row)? {
            return Ok(());
        }
        let others = self.others(&order)?;
        let attempt = attempt(row, line);
        let (next, reference) = courier::sent(&*line.carrier, &order.effect, answer, attempt, others);
        match next {
            Next::Settle(settled) => {
                if let Settled::Refused(_) = settled {
                    self.fault(&order, &words(&order.effect, answer));
                }
                self.settle(row, order, settled, reference).await
            }
            Next::Again { in_ms, unsure } => {
                self.fault(&order, &words(&order.effect, answer));
                self.again(row, &order, in_ms, unsure).await
            }
            Next::Send | Next::Drop => Ok(()),
        }
    }

    /// An answer that came over the socket of this equipment finds its row, by number and attempts.
    pub(super) async fn answered(
        self: &Rc<Self>,
        from: &EquipmentId,
        (seq, attempts): (i64, u32),
        ask: bool,
        answer: &HttpAnswer,
    ) -> Result<()> {
        let Some(row) = outbox::under_way(&self.db, seq, attempts)? else {
            return Ok(());
        };
        match serde_json::from_str(&row.payload)? {
            Task::Carry(order) if order.via == *from => match self.line(&order.via)? {
                Some(line) if ask => self.asked(&row, order, &line, answer).await,
                Some(line) => self.sent(&row, order, &line, answer).await,
                None => Ok(()),
            },
            Task::Inquire { inquiry, via } if via == *from => {
                self.inquired(&row, &inquiry, &via, answer).await
            }
            // What was asked of others is not its to answer.
            Task::Carry(_) | Task::Inquire { .. } | Task::Mail { .. } | Task::Deliver { .. } => Ok(()),
        }
    }

    async fn again(
        self: &Rc<Self>,
        row: &outbox::Row,
        order: &Order,
        in_ms: i64,
        unsure: bool,
    ) -> Result<()> {
        if !unsure && !self.read(|acd| acd.wants(order))? {
            return self.drop_unwanted(row, order).await;
        }
        outbox::postpone(&self.db, row.seq, clock::now().plus_ms(in_ms), unsure)?;
        self.rearm().await
    }

    /// Tells the engine what came of an effect, and takes its row away with what follows from that.
    async fn settle(
        self: &Rc<Self>,
        row: &outbox::Row,
        order: Order,
        outcome: Settled,
        reference: Option<String>,
    ) -> Result<()> {
        let input = Input::Settled {
            order: Box::new(order.clone()),
            outcome,
        };
        let settled = self.turn(input, |turn| {
            outbox::remove(turn.db, row.seq)?;
            if let (Effect::Dial { leg, .. }, Some(reference)) = (&order.effect, &reference) {
                leg::refer(turn.db, leg, reference)?;
            }
            follow_up(
                turn.db,
                &order,
                &inquiry::settled(&order.effect, outcome),
                turn.now,
            )
        });
        settled.await?;
        Ok(())
    }

    /// Forgets what is not to be sent any more.
    async fn drop_unwanted(self: &Rc<Self>, row: &outbox::Row, order: &Order) -> Result<()> {
        let now = clock::now();
        self.db.transaction(|| {
            outbox::remove(&self.db, row.seq)?;
            follow_up(
                &self.db,
                order,
                &inquiry::dropped(&order.effect, row.unsure()),
                now,
            )
        })?;
        self.send_due();
        self.rearm().await
    }

    /// Lets the engine and the ledger hear news that no event brought.
    pub(super) async fn hear_all(self: &Rc<Self>, news: Vec<Heard>) -> Result<()> {
        for heard in news {
            self.listen(heard, None, |_, _| Ok(())).await?;
        }
        Ok(())
    }

    /// Lets the engine and the ledger hear news, in one turn, with what `also` adds.
    pub(super) async fn listen(
        self: &Rc<Self>,
        heard: Heard,
        seconds: Option<u32>,
        also: impl Fn(&Db, Millis) -> Result<()>,
    ) -> Result<()> {
        let turn = self.turn(Input::Heard(heard.clone()), |turn| {
            leg::hear(turn.db, &heard, seconds, turn.now)?;
            also(turn.db, turn.now)
        });
        turn.await?;
        Ok(())
    }
}

/// Writes down what follows for the ledger.
fn follow_up(db: &Db, order: &Order, aftermath: &Aftermath, now: Millis) -> Result<()> {
    if let Some(heard) = &aftermath.ended {
        leg::hear(db, heard, None, now)?;
    }
    match aftermath.inquire_in_s {
        Some(in_s) => store::put(
            db,
            &Task::inquire(order.effect.leg(), &order.via),
            now.plus_s(in_s),
        ),
        None => Ok(()),
    }
}

fn attempt(row: &outbox::Row, line: &Line) -> Attempt {
    Attempt {
        nth: row.attempts + 1,
        unsure: row.unsure(),
        by_http: line.by_http(),
    }
}

/// What went wrong, for people who look after the equipment. Bodies of answers are left out: they may contain numbers.
fn words(effect: &Effect, answer: &HttpAnswer) -> String {
    let what = match effect {
        Effect::Dial { .. } => "dialling",
        Effect::Announce { .. } | Effect::Farewell { .. } => "an announcement",
        Effect::Music { .. } => "music on hold",
        Effect::Hold { .. } => "putting on hold",
        Effect::Bridge { .. } => "joining two legs",
        Effect::HangUp { .. } => "hanging up",
    };
    match answer.status {
        Some(401 | 403) => format!("{what} was refused: the credentials are wrong"),
        Some(429) => format!("{what} has to wait: too many calls at once"),
        Some(status) => format!("{what} was answered with {status}"),
        None if answer.sent => format!("{what} was not answered in time"),
        None => format!("{what} failed: it can't be reached"),
    }
}
