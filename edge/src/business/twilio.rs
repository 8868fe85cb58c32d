//! What Twilio tells, and asks: each leg has addresses of its own, and every request to one is signed.

use super::Core;
use crate::answer::{Answer, empty, problem};
use crate::call::Call;
use crate::store::leg;
use crate::{clock, route};
use acd::{Acd, Heard, HeardKind};
use shared::equipment::Kind;
use shared::problem::ProblemKind;
use shared::{EquipmentId, LegId};
use std::rc::Rc;
use telephony::twilio::callback::{self, About};
use telephony::twilio::{signature, twiml};
use worker::{Method, Response};

impl Core {
    /// `POST …/twilio/{site}/{equipment}/{leg}/{voice|digits|status|room}`.
    pub(super) async fn twilio(self: &Rc<Self>, call: &Call, via: &str, id: &str, about: &str) -> Answer {
        let refused = || problem(ProblemKind::WrongSignature, "No signature fits.");
        let (Ok(via), Ok(id), Some(about)) = (EquipmentId::parse(via), LegId::parse(id), About::parse(about))
        else {
            return route::no_route(call, false);
        };
        if call.method != Method::Post {
            return route::no_route(call, true);
        }
        let ours = self.read(|acd| {
            let equipment = acd.config().equipment(&via);
            equipment.is_some_and(|equipment| equipment.kind == Kind::Twilio)
        })?;
        let token = self.credentials(&via)?.filter(|_| ours).ok_or_else(refused)?;
        let header = |name| call.header(name).map(Option::unwrap_or_default);
        let (theirs, alias) = (header("x-twilio-signature")?, header("x-signalwire-signature")?);
        let given = if theirs.is_empty() { alias } else { theirs };
        // The address as we gave it, whatever stands between Twilio and us.
        let query = call
            .url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        let address = format!("{}{}{query}", self.settings.public_origin()?, call.url.path());
        if !signature::fits(&token, &address, &call.body, &given) {
            worker::console_warn!("equipment {via}: a message without a fitting signature was refused");
            return Err(refused());
        }
        let account = leg::account(&self.db, &id)?.filter(|account| account.via == via);
        if account.is_none() {
            return Err(problem(ProblemKind::NotFound, "There is no such leg."));
        }
        let told = callback::read(about, &id, &call.body);
        if let Some(reference) = &told.reference {
            leg::refer(&self.db, &id, reference)?;
        }
        if let Some(heard) = told.heard {
            self.listen(heard, told.seconds, |_, _| Ok(())).await?;
        }
        if let Some(entered) = told.entered
            && leg::enter(&self.db, &entered, clock::now())?
        {
            self.listen(Heard::now(entered, HeardKind::Bridged), None, |_, _| Ok(()))
                .await?;
        }
        if about.asks() {
            self.what_to_hear(&via, &id)
        } else {
            empty()
        }
    }

    fn what_to_hear(&self, via: &EquipmentId, id: &LegId) -> Answer {
        let look = |acd: &Acd| (acd.hears(id), acd.config().business.timing.confirm_s);
        let (hears, confirm_s) = self.read(look)?;
        let base = self.hooks(via)?;
        let hooks = twiml::Hooks { base: &base, leg: id };
        let response = Response::ok(twiml::answer(hears.as_ref(), hooks, confirm_s))?;
        response
            .headers()
            .set("content-type", "text/xml; charset=utf-8")?;
        response.headers().set("cache-control", "no-store")?;
        Ok(response)
    }

    /// Where Twilio asks and tells.
    pub(super) fn hooks(&self, via: &EquipmentId) -> worker::Result<String> {
        let site = self.read(|acd| acd.config().site.clone())?;
        Ok(format!(
            "{}/v1/carriers/twilio/{site}/{via}",
            self.settings.public_origin()?
        ))
    }
}
