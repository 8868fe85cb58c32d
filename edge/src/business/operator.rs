//! Setting a business up.

use super::Core;
use super::by::By;
use crate::answer::{Answer, Stop, json, problem};
use crate::call::Call;
use crate::store::{business as store, equipment, forecast, retention, schema};
use crate::{clock, page, secret, socket};
use access::{audit, change, fresh};
use acd::{Acd, Config, Input, policy};
use shared::business::Business;
use shared::member::{Member, Right};
use shared::policy::Ceiling;
use shared::problem::{FieldError, Problem, ProblemKind};
use shared::rule::DryRun;
use shared::{Address, SiteId};
use std::rc::Rc;
use worker::Result;

/// What is wrong with equipment that was moved.
const ELSEWHERE: &str = "its kind, account or address was changed: it needs its secret again";
/// Places that the audit log names of one change.
const MAX_PLACES: usize = 20;

impl Core {
    /// `GET /v1/businesses/{site}/forecast`: waits as they were announced, beside what came true.
    pub(super) fn forecast(&self) -> Answer {
        json(200, &forecast::report(&self.db)?)
    }

    /// `GET /v1/businesses/{site}`: its document, for those who only look with telephone numbers masked.
    pub(super) fn document(&self, by: &By) -> Answer {
        let mut document = self.read(|acd| acd.config().business.clone())?;
        if by.may(Right::SeeNumbers) {
            return told(&document);
        }
        let (agents, centres) = (
            std::mem::take(&mut document.agents),
            std::mem::take(&mut document.centres),
        );
        let mut shown = serde_json::to_value(&document)?;
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("agents".into(), masked(serde_json::to_value(agents)?));
            fields.insert("centres".into(), masked(serde_json::to_value(centres)?));
        }
        json(200, &shown)
    }

    /// Refuses a change of a document that is not the one the caller has seen.
    fn refuse_overtaken(&self, call: &Call) -> std::result::Result<(), Stop> {
        let Some(seen) = call.header("if-match")? else {
            return Ok(());
        };
        let now = match self.load()? {
            true => tag(&self.read(|acd| acd.config().business.clone())?)?,
            false => String::new(),
        };
        if seen == now {
            return Ok(());
        }
        let detail = "Somebody else changed it meanwhile. Load it again, and make your change once more.";
        Err(problem(ProblemKind::Conflict, detail))
    }

    /// `PUT /v1/businesses/{site}`: takes the whole document or nothing of it. Calls under way go on.
    pub(super) async fn set_up(self: &Rc<Self>, call: &Call, site: &str, by: &By) -> Answer {
        if site.contains('.') {
            return Err(Problem::field("site", "invalid", "The id of a business has no dot in it.").into());
        }
        let site = SiteId::parse(site)
            .map_err(|_| Problem::new(ProblemKind::NotFound, "There is no such business."))?;
        self.refuse_overtaken(call)?;
        let ceiling = self.settings.ceiling(&site)?;
        let config = match call.decode_all()? {
            Ok(business) => self.checked(&site, business, &ceiling).map_err(Problem::fields)?,
            Err(mut faulty) => {
                // What did not decode has a stand-in: the rest is checked beside it.
                let more = faulty.rest.take().map(|rest| self.checked(&site, rest, &ceiling));
                let mut more = more.and_then(std::result::Result::err).unwrap_or_default();
                more.retain(|fault| !faulty.explains(&fault.field, &fault.message));
                faulty.faults.extend(more);
                return Err(Problem::fields(faulty.faults).into());
            }
        };
        schema::migrate(&self.db, schema::BUSINESS)?;
        let before = match self.load()? {
            true => Some(self.read(|acd| acd.config().business.clone())?),
            false => None,
        };
        if before
            .as_ref()
            .is_some_and(|before| fresh::needed_for(before, &config.business))
        {
            self.require_fresh(by)?;
        }
        let members = before.as_ref().map(|it| it.members.clone()).unwrap_or_default();
        // Whoever runs the deployment helps a business whose owners are gone.
        if by.session.is_some() || before.is_none() {
            let faults = change::faults(&by.roles, &members, &config.business.members);
            if !faults.is_empty() {
                return Err(Problem::fields(faults).into());
            }
        }
        let faults = self.refuse_sign_on(before.as_ref(), &config.business, by)?;
        if !faults.is_empty() {
            return Err(Problem::fields(faults).into());
        }
        let document = self.adopt(&site, before, config, by).await?;
        told(&document)
    }

    /// Makes somebody a member, because the company's own sign-in says what they are there.
    pub(super) async fn enrol(
        self: &Rc<Self>,
        site: &SiteId,
        member: Member,
    ) -> std::result::Result<(), Stop> {
        let before = self.read(|acd| acd.config().business.clone())?;
        let mut business = before.clone();
        business.members.push(member);
        let ceiling = self.settings.ceiling(site)?;
        let config = self.checked(site, business, &ceiling).map_err(Problem::fields)?;
        self.adopt(site, Some(before), config, &By::sign_on()).await?;
        Ok(())
    }

    /// Puts a document that holds together in the place of the one before.
    async fn adopt(
        self: &Rc<Self>,
        site: &SiteId,
        before: Option<Business>,
        config: Config,
        by: &By,
    ) -> std::result::Result<Business, Stop> {
        let members = before.as_ref().map(|it| it.members.clone()).unwrap_or_default();
        let what = audit::differences(
            &serde_json::to_value(&before)?,
            &serde_json::to_value(&config.business)?,
            MAX_PLACES,
        );
        let mut rows = store::load(&self.db)?;
        let gone = config.dismissed(&rows.agents).map_err(|busy| {
            let detail = format!("{busy} is in a call and can be removed when it is over.");
            Problem::new(ProblemKind::Conflict, detail).at("agents", "in_call")
        })?;
        let document = config.business.clone();
        let now = clock::now();
        rows.agents.retain(|agent| !gone.contains(&agent.id));
        let mut acd = Acd::restore(config, rows, now);
        let paid = |it: &Business| (it.policy.clone(), it.equipment.clone());
        if before.as_ref().map(paid) != Some(paid(&document)) {
            acd.ask_leave_again(now);
        }
        self.acd.replace(Some(acd));
        let lines = before
            .as_ref()
            .map(|it| it.equipment.as_slice())
            .unwrap_or_default();
        let moved = change::moved(lines, &document.equipment);
        // What the new document makes possible happens in the same step, and whoever looks sees it.
        let step = self.commit(now, Input::Tick, |turn| {
            gone.iter().try_for_each(|agent| store::dismiss(turn.db, agent))?;
            self.document_changed(before.as_ref(), turn.acd.config(), now)?;
            for id in &moved {
                if equipment::kept(turn.db, id)?.sealed.is_some() {
                    equipment::forget_sealed(turn.db, id, ELSEWHERE, turn.now)?;
                    by.note(turn.db, turn.now, "credentials.forgotten", id.as_str())?;
                }
            }
            if before
                .as_ref()
                .is_none_or(|it| it.retention != document.retention)
            {
                retention::look_at(turn.db, now)?;
            }
            store::keep_document(turn.db, site, &document)?;
            match (&before, what.is_empty()) {
                (None, _) => by.note(turn.db, turn.now, "business.set_up", ""),
                (Some(_), true) => Ok(()),
                (Some(_), false) => by.note(turn.db, turn.now, "document.changed", &what.join(", ")),
            }
        })?;
        moved.iter().for_each(|id| self.show_out(id));
        for agent in &gone {
            let sockets = self.state.get_websockets_with_tag(&format!("agent.{agent}"));
            sockets
                .iter()
                .for_each(|ws| socket::close(ws, 4401, "no longer an agent here"));
        }
        self.show(&step, now);
        self.enforce(&members, &document.members, by).await?;
        self.send_due();
        self.rearm().await?;
        Ok(document)
    }

    /// A document that holds together, or everything that is wrong with it.
    fn checked(
        &self,
        site: &SiteId,
        business: Business,
        ceiling: &Ceiling,
    ) -> std::result::Result<Config, Vec<FieldError>> {
        let mut faults = Vec::new();
        self.refuse_targets(&business, |field, message| faults.push(invalid(field, message)));
        let over = policy::excess(&business.policy, ceiling);
        faults.extend(over.into_iter().map(|fault| invalid(fault.field, &fault.message)));
        match Config::new(site.clone(), business) {
            Ok(config) if faults.is_empty() => Ok(config.within(ceiling)),
            Ok(_) => Err(faults),
            Err(more) => {
                faults.extend(more.into_iter().map(|fault| invalid(fault.field, &fault.message)));
                Err(faults)
            }
        }
    }

    /// `POST /v1/businesses/{site}/placement`: where a page would stand, and why. Nothing is kept.
    pub(super) fn dry_run(&self, call: &Call) -> Answer {
        let run: DryRun = call.decode()?;
        let mut facts = run.page();
        facts.url = page::address(&run.url)
            .ok_or_else(|| Problem::field("url", "invalid", "This must be the address of a page."))?;
        let mut business = self.read(|acd| acd.config().business.clone())?;
        business.rules = run.rules.unwrap_or(business.rules);
        business.cookies = run.cookies.unwrap_or(business.cookies);
        let mut faults = Vec::new();
        acd::page::check(&business, &mut |field, message| {
            faults.push(invalid(field, message));
        });
        if !faults.is_empty() {
            return Err(Problem::fields(faults).into());
        }
        json(200, &acd::page::explain(&business.rules, &facts))
    }
}

/// What tells one version of a document from another.
fn tag(document: &Business) -> Result<String> {
    Ok(format!("\"{}\"", secret::hash(&serde_json::to_string(document)?)))
}

/// A document, with what tells its version.
fn told(document: &Business) -> Answer {
    let response = json(200, document)?;
    response.headers().set("etag", &tag(document)?)?;
    Ok(response)
}

fn invalid(field: String, message: &str) -> FieldError {
    FieldError {
        field,
        code: "invalid".into(),
        message: message.into(),
    }
}

/// Telephone numbers and SIP addresses, masked.
fn masked(mut list: serde_json::Value) -> serde_json::Value {
    for item in list.as_array_mut().into_iter().flatten() {
        if let Some(phone) = item.get_mut("phone") {
            let address = phone.as_str().and_then(|text| Address::parse(text).ok());
            *phone = address.map(|address| address.masked()).into();
        }
    }
    list
}
