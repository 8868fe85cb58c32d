//! To the carrier and back: effects go out of the outbox, events come in signed.

use super::Core;
use crate::answer::{Answer, Stop, empty, problem};
use crate::call::Call;
use crate::store::business::{self as store, Pending};
use crate::{clock, outbox, send};
use acd::{Input, LegEnd, Settled};
use shared::problem::ProblemKind;
use std::rc::Rc;
use telephony::sandbox::{EventBody, Sandbox};
use telephony::{Carrier, Outcome, retry_after_ms, signature};
use worker::{Method, Result};

impl Core {
    /// Sends what is due.
    pub(super) fn send_due(self: &Rc<Self>) {
        outbox::attempt_due(&self.state, &self.db, |row| {
            let core = Rc::clone(self);
            async move { core.attempt(&row).await }
        });
    }

    async fn attempt(self: &Rc<Self>, row: &outbox::Row) -> Result<()> {
        self.load()?;
        let pending: Pending = serde_json::from_str(&row.payload)?;
        if !self.wants(&pending)? {
            return self.drop_unwanted(row).await;
        }
        let carrier = self.carrier()?;
        let answer = send::send(&carrier.request(&pending.effect)).await;
        let wish = match carrier.settle(&pending.effect, &answer) {
            Outcome::Done => return self.settle(row, pending, Settled::Done).await,
            Outcome::Refused(how) => return self.settle(row, pending, Settled::Refused(how)).await,
            Outcome::Retry(wish) => wish,
            // The sandbox knows our ids: asking again is harmless also when nobody knows whether it took the first.
            Outcome::Unknown => None,
        };
        match retry_after_ms(row.attempts + 1, wish) {
            None => self.settle(row, pending, Settled::Refused(LegEnd::Failed)).await,
            Some(_) if !self.wants(&pending)? => self.drop_unwanted(row).await,
            Some(ms) => {
                outbox::postpone(&self.db, row.seq, clock::now().plus_ms(ms))?;
                self.rearm().await
            }
        }
    }

    fn wants(&self, pending: &Pending) -> Result<bool> {
        self.read(|acd| acd.wants(&pending.request, &pending.effect))
    }

    /// Tells the engine what came of an effect, and takes its row away with what follows from that.
    async fn settle(self: &Rc<Self>, row: &outbox::Row, pending: Pending, outcome: Settled) -> Result<()> {
        let Pending { request, effect } = pending;
        let input = Input::Settled {
            request,
            effect,
            outcome,
        };
        match self.turn(input, |turn| outbox::remove(turn.db, row.seq)).await {
            Ok(_) => Ok(()),
            Err(Stop::Failed(error)) => Err(error),
            Err(Stop::Refused(problem)) => Err(problem.detail.into()),
        }
    }

    /// Forgets what is not to be sent any more. If an earlier attempt reached the carrier after all, the hang-up that waits
    /// behind it in its lane ends what rings.
    async fn drop_unwanted(self: &Rc<Self>, row: &outbox::Row) -> Result<()> {
        outbox::remove(&self.db, row.seq)?;
        self.send_due();
        self.rearm().await
    }

    fn carrier(&self) -> Result<Sandbox> {
        let origin = self.settings.public_origin()?;
        let secret = self.settings.sandbox_secret()?;
        self.read(|acd| {
            let (site, business) = (&acd.config().site, &acd.config().business);
            Sandbox {
                base: format!("{origin}/sandbox/v1/{site}"),
                secret,
                from: business.tel.clone(),
                caller: business.name.clone(),
                events: format!("{origin}/v1/carriers/sandbox/{site}/events"),
            }
        })
    }

    /// `POST /v1/carriers/{carrier}/{site}/events`: believed only when signed, applied only once.
    pub(super) async fn hear(self: &Rc<Self>, call: &Call, carrier: &str) -> Answer {
        if carrier != "sandbox" || call.method != Method::Post {
            return crate::route::no_route(call, carrier == "sandbox");
        }
        let header = |name| call.header(name).map(Option::unwrap_or_default);
        let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
        let signed = header("webhook-signature")?;
        let secret = self.settings.event_secret()?;
        signature::verify(&secret, &id, &timestamp, &signed, clock::now(), &call.body)
            .map_err(|why| problem(ProblemKind::Unauthorized, &why.to_string()))?;
        let event: EventBody = call.decode()?;
        if store::heard_before(&self.db, &event.id)? {
            return empty();
        }
        self.turn(Input::Heard(event.heard), |turn| {
            store::remember(turn.db, &event.id, turn.now)
        })
        .await?;
        empty()
    }
}
