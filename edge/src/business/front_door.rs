//! The equipment's own front door: a business's server has two numbers connected, with a signed request. Whoever can't sign is
//! told nothing, nothing is dialled, and it is counted.

use super::Core;
use super::by::By;
use super::console::{as_file, instant};
use super::public::From;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::identity::Secret;
use crate::signer::{Message, Refusal, signer};
use crate::store::{business as store, front_door as door, usage};
use crate::{clock, route, secret};
use acd::Terms;
use shared::SiteId;
use shared::bridge::BridgeRequest;
use shared::problem::{Problem, ProblemKind};
use shared::request::CallRequest;
use shared::secret::{NewServerSecret, Scope, SecretWish};
use shared::usage::Usage;
use std::fmt::Write as _;
use std::rc::Rc;
use telephony::secret::SecretText;
use telephony::signature::Distrust;
use worker::{Method, Result};

/// Live secrets at once: the one in use, and the next.
const MAX_SECRETS: usize = 2;
/// Milliseconds that a usage report goes back without being asked for more, and that an ended secret is still listed.
const MONTH_MS: i64 = 31 * 24 * 3600 * 1000;

/// A request of the business's own server that is believed.
struct Signed {
    /// The message's id: the same one is not believed twice.
    message: String,
    secret: String,
}

impl Core {
    /// `…/businesses/{site}/secrets`.
    pub(super) fn secrets(&self, call: &Call, rest: &[&str], by: &By) -> Answer {
        let site = self.known_site()?;
        match (&call.method, rest) {
            (Method::Get, []) => {
                let rows = door::secrets(&self.db)?.into_iter().map(|row| row.secret);
                json(200, &rows.collect::<Vec<_>>())
            }
            (Method::Post, []) => self.make_secret(call, &site, by),
            (Method::Delete, [id]) => match door::revoke(&self.db, id)? {
                true => {
                    by.note(&self.db, clock::now(), "secret.revoked", id)?;
                    empty()
                }
                false => Err(problem(ProblemKind::NotFound, "There is no such secret.")),
            },
            (_, [] | [_]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    fn make_secret(&self, call: &Call, site: &SiteId, by: &By) -> Answer {
        let wish: SecretWish = call.decode_or_default()?;
        let now = clock::now();
        let known = door::secrets(&self.db)?;
        if known.iter().filter(|row| !row.secret.has_ended(now)).count() >= MAX_SECRETS {
            let detail = "Two secrets are live already: revoke the old one first.";
            return Err(problem(ProblemKind::Conflict, detail));
        }
        let id = secret::key_id()?;
        let text = SecretText::derived(&self.settings.secret_seed()?, site.as_str(), &id);
        let made = NewServerSecret {
            id,
            secret: text.as_str().into(),
            created_at: now,
            scopes: wish.scopes,
            expires_at: wish.expires_in_days.map(|days| days.after(now)),
        };
        let end = match wish.expires_in_days {
            Some(days) => format!("{} days", days.get()),
            None => "no end".into(),
        };
        let what = format!("{}: {}; {end}", made.id, made.scopes);
        self.db.transaction(|| {
            door::forget_ended(&self.db, now.plus_ms(-MONTH_MS))?;
            door::keep_secret(&self.db, &made, &secret::hash(&made.secret))?;
            by.note(&self.db, now, "secret.made", &what)
        })?;
        json(201, &made)
    }

    /// The secrets that the business's server may sign with now.
    pub(super) fn live_secrets(&self, site: &SiteId) -> Result<Vec<Secret>> {
        let seed = self.settings.secret_seed()?;
        let now = clock::now();
        let made = |row: door::SecretRow| {
            let door::SecretRow { secret: kept, hash } = row;
            let mut known = [SecretText::derived, SecretText::without_checksum]
                .into_iter()
                .map(|make| make(&seed, site.as_str(), &kept.id));
            // A seed that was changed makes other secrets: those are none of ours any more.
            let own = |text: &SecretText| secret::same(&secret::hash(text.as_str()), &hash);
            let text = known.find(own).filter(|_| !kept.has_ended(now))?;
            Some(Secret {
                id: kept.id,
                text: text.as_str().into(),
                scopes: kept.scopes,
            })
        };
        Ok(door::secrets(&self.db)?.into_iter().filter_map(made).collect())
    }

    pub(super) fn known_site(&self) -> std::result::Result<SiteId, Stop> {
        if !self.load()? {
            return Err(problem(ProblemKind::NotFound, "There is no such business."));
        }
        Ok(self.read(|acd| acd.config().site.clone())?)
    }

    /// Who signed, if anybody did whom we believe, and who may do this. What is wrong is counted, and told only so far as it helps whoever
    /// may know.
    fn signed(&self, call: &Call, scope: Scope) -> std::result::Result<Signed, Stop> {
        let refuse = |reason: &str, kind: ProblemKind, words: &str| {
            let refused = door::refuse(&self.db, reason, clock::now());
            refused.map_or_else(Stop::from, |()| problem(kind, words))
        };
        let distrust = |reason: &str, words: &str| refuse(reason, ProblemKind::Unauthorized, words);
        let header = |name| call.header(name).map(Option::unwrap_or_default);
        let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
        let signature = header("webhook-signature")?;
        let message = Message {
            id: &id,
            timestamp: &timestamp,
            signature: &signature,
            body: &call.body,
        };
        let unsigned = SecretText::sent(&signature).unwrap_or(UNSIGNED);
        let live = self.live_secrets(&self.known_site()?)?;
        match signer(&live, &message, scope, clock::now()) {
            Ok(_) if id.len() > 128 || store::heard_before(&self.db, &seen(&id))? => Err(distrust(
                "replayed",
                "This message was received before: sign every request anew.",
            )),
            Ok(secret) => Ok(Signed {
                secret: secret.id.clone(),
                message: id,
            }),
            Err(Refusal::NotAllowed) => {
                Err(refuse("not_allowed", ProblemKind::Forbidden, &not_allowed(scope)))
            }
            Err(Refusal::Distrusted(Distrust::Malformed)) => Err(distrust("unsigned", unsigned)),
            Err(Refusal::Distrusted(Distrust::Stale)) => Err(distrust(
                "expired",
                "The signature is too old, or your clock is wrong.",
            )),
            Err(Refusal::Distrusted(Distrust::Forged)) => Err(distrust("forged", unsigned)),
        }
    }

    /// `POST /v1/bridges`.
    pub(super) async fn bridge(self: &Rc<Self>, call: &Call) -> Answer {
        if !self.load()? {
            return Err(problem(ProblemKind::Unauthorized, UNSIGNED));
        }
        let signed = self.signed(call, Scope::Bridges)?;
        let asked: BridgeRequest = call.decode()?;
        let faults = asked.faults();
        if !faults.is_empty() {
            return Err(Problem::fields(faults).into());
        }
        let key = match call.header("idempotency-key")?.filter(|key| !key.is_empty()) {
            Some(_) => super::public::idempotency_key(call)?,
            None => seen(&signed.message),
        };
        let terms = Terms::Business {
            agent: asked.agent,
            at: asked.at,
            announcement: asked.announcement,
        };
        let wish = CallRequest {
            phone: asked.customer,
            skill: None,
            expert: None,
            to: None,
            note: String::new(),
            slot: None,
            page: None,
            trail: Vec::new(),
            zone: None,
            language: asked.language,
            consent: true,
            customer: None,
            voice: false,
        };
        let body_hash = secret::hash(&call.body);
        // Pages choose keys, too: theirs are others, whatever they are.
        let own = format!("bridge {key}");
        if let Some(answer) = self.answered_before(&own, &body_hash)? {
            return answer;
        }
        // As it was kept before the two were told apart.
        if let Ok(Some(answer)) = self.answered_before(&key, &body_hash) {
            return answer;
        }
        let answered = self.accept(&own, &body_hash, wish, terms, From::BUSINESS, |turn| {
            door::used(turn.db, &signed.secret, turn.now)?;
            store::remember(turn.db, &seen(&signed.message), turn.now)
        });
        answered.await.map_err(as_bridge)
    }

    /// `GET …/businesses/{site}/refusals`.
    pub(super) fn refusals(&self) -> Answer {
        json(200, &door::refusals(&self.db)?)
    }

    /// `GET …/businesses/{site}/usage`: for whoever may, and for the business by a signed request (`by` none).
    pub(super) fn usage(&self, call: &Call, by: Option<&By>) -> Answer {
        match by {
            Some(by) => by.note(&self.db, clock::now(), "usage.exported", "")?,
            None => {
                let (signed, now) = (self.signed(call, Scope::Usage)?, clock::now());
                store::remember(&self.db, &seen(&signed.message), now)?;
                door::used(&self.db, &signed.secret, now)?;
            }
        }
        let to = instant(call, "to", clock::now())?;
        let from = instant(call, "from", to.plus_ms(-MONTH_MS))?;
        let usage = usage::usage(&self.db, from, to)?;
        match call.query("format").as_deref() {
            None | Some("json") => json(200, &usage),
            Some("csv") => csv(&usage),
            Some(_) => {
                let detail = "format must be json or csv.";
                Err(Problem::new(ProblemKind::InvalidQuery, detail)
                    .at("format", "invalid")
                    .into())
            }
        }
    }
}

const UNSIGNED: &str =
    "This needs a signature that fits: webhook-id, webhook-timestamp and webhook-signature.";

/// What whoever has a secret is told that is not for this.
pub(super) fn not_allowed(scope: Scope) -> String {
    format!("The secret that signed this is not for `{scope}`: make one that is.")
}

fn seen(message: &str) -> String {
    format!("message {message}")
}

/// The refusal in the words of this address: there the customer's number is `customer`.
fn as_bridge(stop: Stop) -> Stop {
    match stop {
        Stop::Refused(mut problem) => {
            for error in problem.errors.iter_mut().filter(|error| error.field == "phone") {
                error.field = "customer".into();
            }
            Stop::Refused(problem)
        }
        failed @ Stop::Failed(_) => failed,
    }
}

/// RFC 4180. No field holds anything but ids, words of ours, digits and a masked number, whose plus a spreadsheet must not take
/// for a formula.
fn csv(usage: &Usage) -> Answer {
    let mut text = String::from("leg,request,party,equipment,number,answered_at,ended_at,ended,seconds\r\n");
    for leg in &usage.legs {
        let answered = leg.answered_at.map(|at| at.0.to_string()).unwrap_or_default();
        let written: std::result::Result<(), std::fmt::Error> = write!(
            text,
            "{},{},{},{},\"'{}\",{answered},{},{},{}\r\n",
            leg.leg,
            leg.request,
            leg.party,
            leg.equipment,
            leg.number,
            leg.ended_at.0,
            leg.ended,
            leg.seconds
        );
        written.map_err(|error| worker::Error::from(error.to_string()))?;
    }
    as_file(text, "usage.csv")
}
