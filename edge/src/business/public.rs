//! What pages and the panel may ask.

use super::{Core, Turn};
use crate::answer::{Answer, Stop, challenged, json, problem};
use crate::call::Call;
use crate::challenge::{self, Challenges};
use crate::network;
use crate::page::Snapshot;
use crate::store::{business as store, console, front_door as door, policy as kept};
use crate::{clock, route, secret, socket};
use acd::talk::Voice;
use acd::{Input, Refusal, Reply, Terms};
use serde_json::Value;
use shared::limit::{MAX_IDEMPOTENCY_KEY_CHARS, MAX_PUBLIC_SOCKETS, MAX_SOCKETS_OF_ONE};
use shared::policy::Challenge;
use shared::presence::{SiteFrame, SlotsView};
use shared::problem::{Problem, ProblemKind};
use shared::request::{Accepted, CallRequest, RequestView, Reschedule};
use shared::voice::Switch;
use shared::{AgentId, RequestId, SiteId, SkillId};
use std::net::IpAddr;
use std::rc::Rc;
use worker::{Error, Method, Response, Result, Url};

/// What panels show beside the box that customers tick; it changes when the words do.
const CONSENT: &str = "page-1";
/// The language of no text (BCP 47).
const NO_LANGUAGE: &str = "und";
/// The subprotocol of the live socket; what else stands in the list says which request to follow.
pub(super) const PROTOCOL: &str = "ringback.v1";

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct From {
    /// The address, where a person asks.
    pub(super) network: Option<IpAddr>,
    /// Whether they showed what is asked for.
    pub(super) proven: bool,
}

impl From {
    /// The business's own server.
    pub(super) const BUSINESS: Self = Self {
        network: None,
        proven: true,
    };
}

impl Core {
    pub(super) async fn public(self: &Rc<Self>, call: &Call, rest: &[&str]) -> Answer {
        match (&call.method, rest) {
            (Method::Get, ["slots"]) => self.slots(call),
            (Method::Get, ["origins"]) => json(200, &self.read(|acd| acd.config().business.origins.clone())?),
            (Method::Get, ["live"]) => self.live(call),
            (Method::Post, ["customer"]) => self.for_pages(call, self.customer(call)),
            (Method::Post, ["requests"]) => self.for_pages(call, self.ask(call).await),
            (Method::Get, ["requests", id]) => {
                self.for_pages(call, self.own(call, id).and_then(|id| self.tell(&id)))
            }
            (Method::Delete, ["requests", id]) => {
                let cancelled = async {
                    self.allow(call)?;
                    let id = self.own(call, id)?;
                    if self.read(|acd| acd.request(&id).is_some())? {
                        self.turn(Input::Cancel(id.clone()), |_| Ok(())).await?;
                    }
                    self.tell(&id)
                };
                self.for_pages(call, cancelled.await)
            }
            (Method::Patch, ["requests", id]) => {
                let moved = async {
                    self.allow(call)?;
                    let id = self.own(call, id)?;
                    let wish: Reschedule = call.decode()?;
                    if self.read(|acd| acd.request(&id).is_none())? {
                        return Err(Refusal::NotMovable.into());
                    }
                    self.turn(Input::Reschedule(id.clone(), wish.slot), |_| Ok(()))
                        .await?;
                    self.tell(&id)
                };
                self.for_pages(call, moved.await)
            }
            (Method::Get, ["requests", id, "talk"]) => self.for_pages(call, self.talk_of_customer(call, id)),
            (Method::Get, ["requests", id, "voice"]) => {
                let answer = self.voice_of_customer(call, id).await;
                self.for_pages(call, answer)
            }
            (Method::Delete, ["requests", id, "voice"]) => {
                let switched = async {
                    self.allow(call)?;
                    let id = self.own(call, id)?;
                    self.by_phone(&id, Switch::Chosen).await?;
                    self.tell(&id)
                };
                self.for_pages(call, switched.await)
            }
            (
                _,
                []
                | ["slots" | "live" | "customer" | "requests"]
                | ["requests", _]
                | ["requests", _, "talk" | "voice"],
            ) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    /// What the worker keeps to answer page views with. It tells whose pages asked meanwhile.
    pub(super) fn snapshot(&self, call: &Call) -> Answer {
        for (_, origin) in call.url.query_pairs().filter(|(key, _)| key == "seen") {
            console::see(&self.db, &origin, clock::now())?;
        }
        json(
            200,
            &self.read(|acd| Snapshot {
                site: acd.site_view(clock::now()),
                rules: acd.config().business.rules.clone(),
                country: acd.config().business.country,
                look: acd.config().business.look.clone(),
                challenge: acd.challenge(),
            })?,
        )
    }

    pub(super) fn allow(&self, call: &Call) -> std::result::Result<(), Stop> {
        let origins = self.read(|acd| acd.config().business.origins.clone())?;
        route::require_origin(call, &self.settings, &origins)
    }

    /// For a page of another origin, or whoever else asks.
    fn for_pages(&self, call: &Call, answer: Answer) -> Answer {
        route::for_pages(call.header("origin")?.is_some(), answer)
    }

    fn slots(&self, call: &Call) -> Answer {
        let named = |name: &str| call.query(name).filter(|text| !text.is_empty());
        let skill = named("skill")
            .map(|text| SkillId::parse(&text).map_err(|_| Refusal::UnknownSkill))
            .transpose()?;
        let expert = named("expert")
            .map(|text| AgentId::parse(&text).map_err(|_| Refusal::UnknownExpert))
            .transpose()?;
        let slots = self.read(|acd| {
            let config = acd.config();
            if skill.as_ref().is_some_and(|id| config.skill_name(id).is_none()) {
                return Err(Refusal::UnknownSkill);
            }
            if expert.as_ref().is_some_and(|id| config.agent(id).is_none()) {
                return Err(Refusal::UnknownExpert);
            }
            Ok(SlotsView {
                zone: config.business.zone.clone(),
                slots: acd.slots(skill.as_ref(), expert.as_ref(), clock::now()),
            })
        })?;
        // Not for long: a slot that others have filled is refused.
        route::public_json(200, &slots?, "public, max-age=5")
    }

    async fn ask(self: &Rc<Self>, call: &Call) -> Answer {
        self.allow(call)?;
        let key = idempotency_key(call)?;
        let body_hash = secret::hash(&call.body);
        if let Some(answer) = self.answered_before(&key, &body_hash)? {
            return answer;
        }
        let mut asked: CallRequest = call.decode()?;
        let faults = asked.faults();
        if !faults.is_empty() {
            return Err(Problem::fields(faults).into());
        }
        self.allow_pages(&asked)?;
        let vouched = self.vouched(&mut asked)?;
        let proof = match &vouched.spent {
            // The business knows the number: its word is for one call.
            Some(_) => None,
            None => match self.proof(call).await? {
                Ok(proof) => proof,
                Err(challenge) => return challenged(&Refusal::Unproven.problem(), &challenge),
            },
        };
        // While a proof was looked at, the same may have been asked again.
        if proof.is_some()
            && let Some(answer) = self.answered_before(&key, &body_hash)?
        {
            return answer;
        }
        let from = From {
            network: call.network(&self.settings)?,
            proven: vouched.spent.is_some() || proof.is_some(),
        };
        let taken = self.accept(&key, &body_hash, asked, vouched.terms, from, |turn| {
            if let Some(proof) = &proof {
                store::remember(turn.db, proof, turn.now)?;
            }
            if let Some(secret) = &vouched.secret {
                door::used(turn.db, secret, turn.now)?;
            }
            match &vouched.spent {
                Some(spent) => store::remember(turn.db, spent, turn.now),
                None => Ok(()),
            }
        });
        let taken = taken.await;
        if let (Err(Stop::Refused(_)), Some(proof)) = (&taken, &proof) {
            // From a refusal something is learned, too: each one costs the work.
            store::remember(&self.db, proof, clock::now())?;
        }
        taken
    }

    /// The name of the proof that a request comes with, where one is asked for; else what is to be solved, also when it was good before.
    async fn proof(&self, call: &Call) -> Result<std::result::Result<Option<String>, Value>> {
        let (site, kind) = self.read(|acd| (acd.config().site.clone(), acd.challenge()))?;
        if kind == Challenge::None {
            return Ok(Ok(None));
        }
        let challenges = Challenges::of(&self.settings, &site, kind)?;
        let given = call.header(challenge::HEADER)?.unwrap_or_default();
        let challenge = match challenges.check(&given, clock::now()).await? {
            Ok(name) if !store::heard_before(&self.db, &name)? => return Ok(Ok(Some(name))),
            Ok(_) => challenges.offer(clock::now())?,
            Err(challenge) => challenge,
        };
        // Whoever asks for the first time brings none: only what was brought in vain is worth a look.
        if let (false, Some(reason)) = (given.is_empty(), Refusal::Unproven.counted()) {
            door::refuse(&self.db, reason, clock::now())?;
        }
        Ok(Err(challenge))
    }

    /// The answer that was given for this key before; a refusal when it was for another body.
    pub(super) fn answered_before(
        &self,
        key: &str,
        body_hash: &str,
    ) -> std::result::Result<Option<Answer>, Stop> {
        let Some(before) = store::answered(&self.db, key)? else {
            return Ok(None);
        };
        if before.body_hash != body_hash {
            let detail = "This Idempotency-Key was used for another request.";
            return Err(Problem::new(ProblemKind::KeyReused, detail)
                .at("Idempotency-Key", "reused")
                .into());
        }
        let body: Accepted = serde_json::from_str(&before.answer)?;
        Ok(Some(accepted(&body.request.id, before.answer)))
    }

    /// Has the engine take a request that was not answered before, and keeps the answer for its key, with what `also` adds, all at once.
    pub(super) async fn accept(
        self: &Rc<Self>,
        key: &str,
        body_hash: &str,
        asked: CallRequest,
        terms: Terms,
        from: From,
        also: impl Fn(&Turn<'_>) -> Result<()>,
    ) -> Answer {
        let id = secret::request_id()?;
        let site = self.read(|acd| acd.config().site.clone())?;
        let receipt = secret::receipt(&self.settings.receipt_secret()?, &site, &id)?;
        let mut answer = None;
        // A business that asks for somebody has their leave by its own word.
        let shown = match &terms {
            Terms::Page | Terms::Signed(_) => {
                let wished = asked.language.clone();
                Some(self.read(|acd| acd.consent(wished.as_ref()))?)
            }
            Terms::Business { .. } => None,
        };
        let input = Input::Ask {
            id: id.clone(),
            asked: Box::new(asked),
            terms: Box::new(terms),
            network: from.network,
            proven: from.proven,
        };
        self.turn(input, |turn| {
            if let Ok(Reply::Request(request)) = &turn.step.reply {
                let body = Accepted {
                    request: turn.acd.request_view(request, turn.now),
                    receipt: receipt.clone(),
                };
                let kept = serde_json::to_string(&body)?;
                store::keep_answer(turn.db, key, body_hash, &kept, turn.now)?;
                answer = Some(kept);
                let consent = kept::Consent {
                    request: &request.id,
                    at: turn.now,
                    source: request.origin.as_str(),
                    text_id: if shown.is_some() { CONSENT } else { "none" },
                    text_sha256: &shown
                        .as_ref()
                        .map(|shown| secret::hash(&shown.text))
                        .unwrap_or_default(),
                    language: shown
                        .as_ref()
                        .map_or(NO_LANGUAGE, |shown| shown.language.as_str()),
                    network: from.network.map(network::truncated),
                };
                kept::keep_consent(turn.db, &consent)?;
            }
            also(turn)
        })
        .await?;
        let answer = answer.ok_or_else(|| Error::from("a request was taken and not answered"))?;
        accepted(&id, answer)
    }

    /// Pages named in a request must be the business's own: anything else would reach the agent as a link.
    fn allow_pages(&self, asked: &CallRequest) -> std::result::Result<(), Stop> {
        let origins = self.read(|acd| acd.config().business.origins.clone())?;
        for (field, address) in asked.addresses() {
            let url = Url::parse(address)
                .ok()
                .filter(|url| matches!(url.scheme(), "http" | "https"));
            let origin = url
                .map(|url| url.origin().ascii_serialization())
                .unwrap_or_default();
            if !origins.contains(&origin) {
                let detail = "This address is not one of the business's pages.";
                return Err(Problem::new(ProblemKind::WrongOrigin, detail)
                    .at(&field, "not_allowed")
                    .into());
            }
        }
        Ok(())
    }

    /// The request that the bearer's receipt is for.
    fn own(&self, call: &Call, id: &str) -> std::result::Result<RequestId, Stop> {
        let token = call.bearer()?.unwrap_or_default();
        self.own_by(&token, id)
    }

    /// The customer's side of a call in the browser.
    async fn voice_of_customer(self: &Rc<Self>, call: &Call, id: &str) -> Answer {
        self.allow(call)?;
        let id = self.own_at_socket(call, id)?;
        self.voice(call, &id, Voice::Customer, None).await
    }

    /// The request that the receipt is for. Where a socket is asked for, its subprotocols carry it: browsers send no other header.
    fn own_at_socket(&self, call: &Call, id: &str) -> std::result::Result<RequestId, Stop> {
        if call.is_upgrade()? {
            let offered = socket::Offered::of(call)?;
            self.own_by(offered.after("receipt.").unwrap_or_default(), id)
        } else {
            self.own(call, id)
        }
    }

    /// The customer's side of a talk.
    fn talk_of_customer(&self, call: &Call, id: &str) -> Answer {
        self.allow(call)?;
        let id = self.own_at_socket(call, id)?;
        self.talk(call, &id, Voice::Customer, None)
    }

    fn own_by(&self, token: &str, id: &str) -> std::result::Result<RequestId, Stop> {
        let site: SiteId = self.read(|acd| acd.config().site.clone())?;
        let refused = || problem(ProblemKind::Unauthorized, "This needs the request's receipt.");
        let id = RequestId::parse(id).map_err(|_| refused())?;
        let expected = secret::receipt(&self.settings.receipt_secret()?, &site, &id)?;
        if secret::same(token, &expected) {
            Ok(id)
        } else {
            Err(refused())
        }
    }

    fn tell(&self, id: &RequestId) -> Answer {
        json(
            200,
            &self
                .request_view(id)?
                .ok_or_else(|| Stop::from(Refusal::UnknownRequest))?,
        )
    }

    /// A request as its customer sees it, wherever it stands.
    pub(super) fn request_view(&self, id: &RequestId) -> Result<Option<RequestView>> {
        let request = self.request(id)?;
        self.read(|acd| request.map(|request| acd.request_view(&request, clock::now())))
    }

    /// Refuses another socket of a network that has its share, where half of the room is taken: a mobile provider's many customers come
    /// from one address, and are refused only where others would be.
    fn share(&self, from: &str) -> std::result::Result<(), Stop> {
        match self.state.get_websockets().len() >= MAX_PUBLIC_SOCKETS / 2 {
            true => socket::room_of(&self.state, from, MAX_SOCKETS_OF_ONE),
            false => Ok(()),
        }
    }

    fn live(self: &Rc<Self>, call: &Call) -> Answer {
        if !call.is_upgrade()? {
            return Err(problem(ProblemKind::MethodNotAllowed, "This is a WebSocket."));
        }
        self.allow(call)?;
        let offered = socket::Offered::of(call)?;
        let request = match (offered.after("request."), offered.after("receipt.")) {
            (Some(id), Some(receipt)) => Some(self.own_by(receipt, id)?),
            _ => None,
        };
        let frame = SiteFrame {
            site: Some(self.read(|acd| acd.site_view(clock::now()))?),
            request: request
                .as_ref()
                .map(|id| self.request_view(id))
                .transpose()?
                .flatten(),
        };
        let follow = request.map(|id| format!("request.{id}"));
        let network = call.network(&self.settings)?;
        let from = self.read(|acd| network.map(|network| format!("from.{}", acd.knock(network).as_str())))?;
        if let Some(from) = &from {
            self.share(from)?;
        }
        let tags: Vec<&str> = [Some("site"), follow.as_deref(), from.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        socket::accept(
            &self.state,
            MAX_PUBLIC_SOCKETS,
            &tags,
            offered.taken(PROTOCOL),
            &frame,
        )
    }
}

pub(super) fn idempotency_key(call: &Call) -> std::result::Result<String, Stop> {
    let fault = |code, message: &str| Stop::from(Problem::field("Idempotency-Key", code, message));
    let key = call.header("idempotency-key")?.unwrap_or_default();
    if key.is_empty() {
        return Err(fault(
            "missing",
            "This header is needed: a text of your own that is new for every request.",
        ));
    }
    if key.len() > MAX_IDEMPOTENCY_KEY_CHARS || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(fault(
            "invalid",
            "This header must be 1 to 100 visible characters.",
        ));
    }
    Ok(key)
}

fn accepted(id: &RequestId, answer: String) -> Answer {
    let response = Response::ok(answer)?.with_status(201);
    let headers = response.headers();
    headers.set("content-type", "application/json")?;
    headers.set("cache-control", "no-store")?;
    headers.set("location", &format!("requests/{id}"))?;
    Ok(response)
}
