//! The equipment's own front door: a business's server has two numbers connected, with a signed request. Whoever can't sign is
//! told nothing, nothing is dialled, and it is counted.

use super::Core;
use super::by::By;
use super::console::{as_file, instant};
use super::public::From;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::identity::Secret;
use crate::store::{business as store, front_door as door, usage};
use crate::{clock, route, secret};
use acd::Terms;
use shared::SiteId;
use shared::bridge::BridgeRequest;
use shared::problem::{Problem, ProblemKind};
use shared::request::CallRequest;
use shared::secret::{LiveSecret, NewSecret};
use shared::usage::Usage;
use std::fmt::Write as _;
use std::rc::Rc;
use telephony::secret::SecretText;
use telephony::signature::{self, Distrust};
use worker::{Method, Result};

/// Live secrets at once: the one in use, and the next.
const MAX_SECRETS: usize = 2;
/// Milliseconds that a usage report goes back without being asked for more.
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
                let rows = door::secrets(&self.db)?.into_iter().map(|row| LiveSecret {
                    id: row.id,
                    created_at: row.created_at,
                    last_used_at: row.last_used_at,
                });
                json(200, &rows.collect::<Vec<_>>())
            }
            (Method::Post, []) => {
                if door::secrets(&self.db)?.len() >= MAX_SECRETS {
                    let detail = "Two secrets are live already: revoke the old one first.";
                    return Err(problem(ProblemKind::Conflict, detail));
                }
                let (id, now) = (secret::key_id()?, clock::now());
                let made = SecretText::derived(&self.settings.secret_seed()?, site.as_str(), &id);
                self.db.transaction(|| {
                    door::keep_secret(&self.db, &id, &secret::hash(made.as_str()), now)?;
                    by.note(&self.db, now, "secret.made", &id)
                })?;
                json(
                    201,
                    &NewSecret {
                        id,
                        secret: made.as_str().into(),
                        created_at: now,
                    },
                )
            }
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

    /// The secrets that the business's server may sign with.
    pub(super) fn live_secrets(&self, site: &SiteId) -> Result<Vec<Secret>> {
        let seed = self.settings.secret_seed()?;
        let made = |row: door::SecretRow| {
            let known = [SecretText::derived, SecretText::without_checksum]
                .map(|make| make(&seed, site.as_str(), &row.id));
            // A seed that was changed makes other secrets: those are none of ours any more.
            let own = |text: &SecretText| secret::same(&secret::hash(text.as_str()), &row.hash);
            let text = known.into_iter().find(own)?.as_str().to_owned();
            Some(Secret { id: row.id, text })
        };
        Ok(door::secrets(&self.db)?.into_iter().filter_map(made).collect())
    }

    pub(super) fn known_site(&self) -> std::result::Result<SiteId, Stop> {
        if !self.load()? {
            return Err(problem(ProblemKind::NotFound, "There is no such business."));
        }
        Ok(self.read(|acd| acd.config().site.clone())?)
    }

    /// Who signed, if anybody did whom we believe. What is wrong is counted, and told only so far as it helps whoever may know.
    fn signed(&self, call: &Call) -> std::result::Result<Signed, Stop> {
        let refuse = |reason: &str, words: &str| {
            let refused = door::refuse(&self.db, reason, clock::now());
            refused.map_or_else(Stop::from, |()| problem(ProblemKind::Unauthorized, words))
        };
        let header = |name| call.header(name).map(Option::unwrap_or_default);
        let (message, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
        let given = header("webhook-signature")?;
        let unsigned = SecretText::sent(&given).unwrap_or(UNSIGNED);
        let mut worst = Distrust::Forged;
        for live in self.live_secrets(&self.known_site()?)? {
            match signature::verify(&live.text, &message, &timestamp, &given, clock::now(), &call.body) {
                Ok(()) => {
                    if message.len() > 128 || store::heard_before(&self.db, &seen(&message))? {
                        return Err(refuse(
                            "replayed",
                            "This message was received before: sign every request anew.",
                        ));
                    }
                    return Ok(Signed {
                        message,
                        secret: live.id,
                    });
                }
                Err(why) => worst = why,
            }
        }
        Err(match worst {
            Distrust::Malformed => refuse("unsigned", unsigned),
            Distrust::Stale => refuse("expired", "The signature is too old, or your clock is wrong."),
            Distrust::Forged => refuse("forged", unsigned),
        })
    }

    /// `POST /v1/bridges`.
    pub(super) async fn bridge(self: &Rc<Self>, call: &Call) -> Answer {
        if !self.load()? {
            return Err(problem(ProblemKind::Unauthorized, UNSIGNED));
        }
        let signed = self.signed(call)?;
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
                let signed = self.signed(call)?;
                store::remember(&self.db, &seen(&signed.message), clock::now())?;
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
