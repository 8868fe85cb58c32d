//! The business's own endpoints are told what happens, and whoever looks after them sees what came of it.

use super::Core;
use super::by::By;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::store::session::Session;
use crate::store::webhook::{self as store, Happened};
use crate::{clock, outbox, route, secret, send, vault};
use acd::Config;
use serde_json::json as value;
use shared::business::Business;
use shared::member::Right;
use shared::problem::ProblemKind;
use shared::secret::NewSecret;
use shared::webhook::{AttemptView, DeliveryState, DeliveryView, EventType, SecretView, Webhook};
use shared::{Millis, SiteId, WebhookId};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use telephony::HttpAnswer;
use webhook::retry::{self, Next};
use webhook::{event, log, message, target};
use worker::{Method, Result};

/// Live secrets of an endpoint at once: the one in use, and the next.
const MAX_SECRETS: usize = 2;
/// Characters of an endpoint's answer that are kept.
const ANSWER_CHARS: usize = 300;

/// People who are remembered at once, and requests of each.
const MAX_LOOKING: usize = 50;
const MAX_REVEALED: usize = 200;
/// Requests that one line of the audit log names.
const MAX_NAMED: usize = 15;

/// The requests whose customers' whole numbers somebody has seen in an endpoint's log, by who it was and whose log. In memory: what is
/// forgotten is noted once more.
#[derive(Debug, Default)]
pub(crate) struct Seen(BTreeMap<String, BTreeSet<String>>);

impl Seen {
    /// What of it is not known to be noted.
    fn news(&self, who: &str, whole: &BTreeSet<String>) -> Vec<String> {
        let known = self.0.get(who);
        let new = |id: &&String| known.is_none_or(|known| !known.contains(*id));
        whole.iter().filter(new).cloned().collect()
    }

    /// It is noted.
    fn keep(&mut self, who: String, whole: BTreeSet<String>) {
        if self.0.len() >= MAX_LOOKING && !self.0.contains_key(&who) {
            self.0.clear();
        }
        let known = self.0.entry(who).or_default();
        if known.len() >= MAX_REVEALED {
            known.clear();
        }
        known.extend(whole);
    }
}

impl Core {
    /// `…/businesses/{site}/webhooks`.
    pub(super) async fn webhooks(self: &Rc<Self>, call: &Call, rest: &[&str], by: &By) -> Answer {
        let site = self.known_site()?;
        let [id, rest @ ..] = rest else {
            return match call.method {
                Method::Get => {
                    let hooks = self.read(|acd| acd.config().business.webhooks.clone())?;
                    let views: Result<Vec<_>> = hooks
                        .iter()
                        .map(|hook| store::endpoint(&self.db, &hook.id))
                        .collect();
                    json(200, &views?)
                }
                _ => route::no_route(call, true),
            };
        };
        let unknown = || problem(ProblemKind::NotFound, "There is no such webhook.");
        let id = WebhookId::parse(id).map_err(|_| unknown())?;
        let hook = self
            .read(|acd| acd.config().webhook(&id).cloned())?
            .ok_or_else(unknown)?;
        match (&call.method, rest) {
            (Method::Post, ["secrets"]) => self.make_endpoint_secret(&site, &hook, by),
            (Method::Delete, ["secrets", key]) => match store::revoke(&self.db, &id, key)? {
                true => {
                    by.note(&self.db, clock::now(), "secret.revoked", &format!("{id} {key}"))?;
                    empty()
                }
                false => Err(problem(ProblemKind::NotFound, "There is no such secret.")),
            },
            (Method::Get, ["deliveries"]) => {
                let all = store::deliveries(&self.db, &id, None)?;
                json(200, &self.shown_to(by, &id, all)?)
            }
            (Method::Post, ["test"]) => {
                self.refuse_unsigned(&hook)?;
                let test = Happened::plain(EventType::Test, value!({"webhook": hook.id}));
                let sent = self
                    .db
                    .transaction(|| store::put(&self.db, &hook, &test, clock::now()))?;
                self.sent_by_hand(&hook, &sent, by).await
            }
            (Method::Post, ["deliveries", message, "again"]) => {
                self.refuse_unsigned(&hook)?;
                if !self
                    .db
                    .transaction(|| store::again(&self.db, &id, message, clock::now()))?
                {
                    return Err(problem(ProblemKind::NotFound, "There is no such message."));
                }
                self.sent_by_hand(&hook, message, by).await
            }
            (_, ["secrets" | "deliveries" | "test"] | ["secrets", _] | ["deliveries", _, "again"]) => {
                route::no_route(call, true)
            }
            _ => route::no_route(call, false),
        }
    }

    fn make_endpoint_secret(&self, site: &SiteId, hook: &Webhook, by: &By) -> Answer {
        if store::secrets(&self.db, &hook.id)?.len() >= MAX_SECRETS {
            let detail = "Two secrets are live already: revoke the old one first.";
            return Err(problem(ProblemKind::Conflict, detail));
        }
        let (made, kept) = (
            secret::endpoint_secret()?,
            SecretView {
                id: secret::key_id()?,
                created_at: clock::now(),
            },
        );
        let of = place(site, &hook.id, &kept.id);
        let sealed = vault::seal(&self.settings.vault_secret()?, &of, &made)?;
        let what = format!("{} {}", hook.id, kept.id);
        self.db.transaction(|| {
            store::keep_secret(&self.db, &hook.id, &kept, &sealed)?;
            by.note(&self.db, kept.created_at, "secret.made", &what)
        })?;
        json(
            201,
            &NewSecret {
                id: kept.id,
                secret: made,
                created_at: kept.created_at,
            },
        )
    }

    fn refuse_unsigned(&self, hook: &Webhook) -> std::result::Result<(), Stop> {
        if !hook.on {
            return Err(problem(ProblemKind::Conflict, "This webhook is switched off."));
        }
        if store::secrets(&self.db, &hook.id)?.is_empty() {
            let detail = "This webhook has no secret yet: make one first, messages are signed with it.";
            return Err(problem(ProblemKind::Conflict, detail));
        }
        Ok(())
    }

    /// Sends what somebody wants sent, and shows how it stands.
    async fn sent_by_hand(self: &Rc<Self>, hook: &Webhook, message: &str, by: &By) -> Answer {
        self.send_due();
        self.rearm().await?;
        let found = store::deliveries(&self.db, &hook.id, Some(message))?;
        match self.shown_to(by, &hook.id, found)?.into_iter().next() {
            Some(view) => json(202, &view),
            None => Err(problem(ProblemKind::NotFound, "There is no such message.")),
        }
    }

    /// Messages as somebody may see them. Whole numbers are noted once for each who sees them: the console looks every few seconds.
    fn shown_to(&self, by: &By, hook: &WebhookId, all: Vec<DeliveryView>) -> Result<Vec<DeliveryView>> {
        if !by.may(Right::SeeNumbers) {
            return Ok(all.into_iter().map(log::masked).collect());
        }
        let whole: BTreeSet<String> = all.iter().filter_map(log::reveals).collect();
        let who = by.session.as_ref().map_or_else(|| by.who.clone(), Session::id);
        let who = format!("{who} {hook}");
        let news = self.revealed.borrow().news(&who, &whole);
        if !news.is_empty() {
            self.db.transaction(|| {
                news.chunks(MAX_NAMED).try_for_each(|named| {
                    let what = format!("{hook}: {}", named.join(", "));
                    by.note(&self.db, clock::now(), "number.revealed", &what)
                })
            })?;
            self.revealed.borrow_mut().keep(who, whole);
        }
        Ok(all)
    }

    /// Sends one message.
    pub(super) async fn deliver(self: &Rc<Self>, row: &outbox::Row, id: &str) -> Result<()> {
        let Some(delivery) = store::delivery(&self.db, id)? else {
            return outbox::remove(&self.db, row.seq);
        };
        let (site, hook) = self.read(|acd| {
            let config = acd.config();
            (config.site.clone(), config.webhook(&delivery.webhook).cloned())
        })?;
        let sealing = self.settings.vault_secret()?;
        let secrets: Vec<String> = store::secrets(&self.db, &delivery.webhook)?
            .into_iter()
            .filter_map(|kept| {
                vault::open(&sealing, &place(&site, &delivery.webhook, &kept.id), &kept.sealed)
            })
            .collect();
        let began = clock::now();
        let demo = self.settings.demo_code().is_some();
        let ready = match hook.filter(|hook| hook.on) {
            None => Err("it was switched off or taken away".to_owned()),
            Some(hook) => match target::check(&hook.url, demo) {
                Err(why) => Err(format!("its address {why}")),
                Ok(()) => message::call(&hook.url, &secrets, id, began, &delivery.body)
                    .ok_or_else(|| "it has no secret to sign with".to_owned()),
            },
        };
        let call = match ready {
            Ok(call) => call,
            Err(answer) => {
                let attempt = AttemptView {
                    at: began,
                    status: None,
                    took_ms: 0,
                    answer,
                };
                return self.db.transaction(|| {
                    store::keep_attempt(&self.db, id, &attempt)?;
                    store::stand(&self.db, id, DeliveryState::Dropped)?;
                    outbox::remove(&self.db, row.seq)
                });
            }
        };
        let answer = send::send_as(&call, send::ENDPOINT).await;
        let now = clock::now();
        let attempt = AttemptView {
            at: began,
            status: answer.status,
            took_ms: u32::try_from((now.0 - began.0).max(0)).unwrap_or(u32::MAX),
            answer: said(&answer),
        };
        self.db
            .transaction(|| self.delivered(row, id, &delivery.webhook, &attempt, &answer, now))?;
        self.send_due();
        self.rearm().await
    }

    /// What follows from an answer.
    fn delivered(
        &self,
        row: &outbox::Row,
        id: &str,
        hook: &WebhookId,
        attempt: &AttemptView,
        answer: &HttpAnswer,
        now: Millis,
    ) -> Result<()> {
        let next = retry::after(row.attempts + 1, answer);
        store::keep_attempt(&self.db, id, attempt)?;
        match next {
            Next::Delivered => store::well(&self.db, hook)?,
            Next::Again(_) | Next::GiveUp | Next::Gone => {
                store::failing(&self.db, hook, next == Next::Gone, now)?;
            }
        }
        let state = match next {
            Next::Again(in_s) => return outbox::postpone(&self.db, row.seq, now.plus_s(in_s), false),
            Next::Delivered => DeliveryState::Delivered,
            Next::GiveUp | Next::Gone => DeliveryState::Failed,
        };
        store::stand(&self.db, id, state)?;
        outbox::remove(&self.db, row.seq)
    }

    /// Tells that the document was changed, and forgets endpoints that it no longer has, or has elsewhere. Called inside the
    /// transaction that keeps the new one.
    pub(super) fn document_changed(
        &self,
        before: Option<&Business>,
        config: &Config,
        now: Millis,
    ) -> Result<()> {
        let Some(before) = before else {
            return Ok(());
        };
        for hook in &before.webhooks {
            if config.webhook(&hook.id).is_none_or(|now| now.url != hook.url) {
                store::forget(&self.db, &hook.id)?;
            }
        }
        let data = event::business(before, &config.business);
        store::tell(
            &self.db,
            config,
            &[Happened::plain(EventType::BusinessChanged, data)],
            now,
        )
    }

    /// Where the document's endpoints and carriers may not be.
    pub(super) fn refuse_targets(&self, business: &Business, mut fault: impl FnMut(String, &str)) {
        let demo = self.settings.demo_code().is_some();
        for (at, hook) in business.webhooks.iter().enumerate() {
            if let Err(why) = target::check(&hook.url, demo) {
                fault(format!("webhooks[{at}].url"), why.words());
            }
        }
        for (at, equipment) in business.equipment.iter().enumerate() {
            if let Some(Err(why)) = equipment.base.as_ref().map(|base| target::check(base, demo)) {
                fault(format!("equipment[{at}].base"), why.words());
            }
        }
    }
}

/// What a secret is bound to.
fn place(site: &SiteId, hook: &WebhookId, key: &str) -> String {
    format!("webhook {site} {hook} {key}")
}

/// What an endpoint answered, for people.
fn said(answer: &HttpAnswer) -> String {
    if answer.status.is_none() {
        return "no answer in time, or no connection".into();
    }
    answer.body.chars().take(ANSWER_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
        ids.map(str::to_owned).into()
    }

    /// Somebody looks; gives what is noted of it.
    fn look<const N: usize>(seen: &mut Seen, who: &str, whole: [&str; N]) -> Vec<String> {
        let whole = requests(whole);
        let news = seen.news(who, &whole);
        seen.keep(who.into(), whole);
        news
    }

    #[test]
    fn a_number_that_stays_on_the_screen_is_noted_once_for_each_who_sees_it() {
        let mut seen = Seen::default();
        assert_eq!(look(&mut seen, "s_ada crm", ["req_1"]), ["req_1"]);
        assert!(look(&mut seen, "s_ada crm", ["req_1"]).is_empty());
        assert_eq!(look(&mut seen, "s_ada crm", ["req_1", "req_2"]), ["req_2"]);
        assert_eq!(look(&mut seen, "s_ben crm", ["req_1"]), ["req_1"]);
        // One message that is sent again does not make the others new.
        assert!(look(&mut seen, "s_ada crm", ["req_2"]).is_empty());
        assert!(look(&mut seen, "s_ada crm", ["req_1", "req_2"]).is_empty());
    }

    #[test]
    fn what_is_remembered_has_an_end_and_is_noted_again() {
        let mut seen = Seen::default();
        for nth in 0..=MAX_LOOKING {
            assert_eq!(look(&mut seen, &format!("s_{nth} crm"), ["req_1"]), ["req_1"]);
        }
        for nth in 0..=MAX_REVEALED {
            look(&mut seen, "s_0 crm", [format!("req_{nth}").as_str()]);
        }
        assert!(seen.0.len() <= MAX_LOOKING);
        assert!(seen.0.values().all(|known| known.len() <= MAX_REVEALED));
    }
}
