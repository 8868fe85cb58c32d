//! Passkeys: in by one, and whoever is in adds and removes their own.

use super::Core;
use super::by::By;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::store::passkey as store;
use crate::store::sql::Db;
use crate::{clock, route, secret};
use access::fresh::is_fresh;
use access::passkey::{self, Assertion, Fault, MAX_KEYS, Party, Registration};
use serde::Deserialize;
use shared::door::{PasskeyView, Way};
use shared::limit::MAX_NAME_CHARS;
use shared::member::{Email, Member};
use shared::problem::{Problem, ProblemKind};
use shared::{Millis, SiteId};
use std::rc::Rc;
use worker::{Method, Result};

/// `POST /v1/session/passkeys`: a passkey that was made.
#[derive(Deserialize)]
struct Made {
    name: String,
    credential: Registration,
}

/// Whatever is wrong with a passkey: the audit log says what.
fn refused() -> Stop {
    let words = "This passkey does not open this door. Try another way in.";
    problem(ProblemKind::Unauthorized, words)
}

impl Core {
    /// Whether passkeys open the door: there are some, and this deployment has a name that browsers keep passkeys for.
    pub(super) fn takes_passkeys(&self) -> Result<bool> {
        let origin = self.settings.public_origin()?;
        Ok(Party::at(&origin).is_some() && !self.is_sign_on_only()? && store::any(&self.db)?)
    }

    /// `POST /v1/door/{site}/passkey`: what a browser is asked to have signed.
    pub(super) fn ask_passkey(&self, call: &Call) -> Answer {
        if !self.load()? || !self.takes_passkeys()? {
            return Err(problem(ProblemKind::NotFound, "No passkeys are taken here."));
        }
        let origin = self.settings.public_origin()?;
        let party = Party::at(&origin).ok_or_else(refused)?;
        let network = self.knock(call)?;
        let challenge = self.new_challenge(None, network.as_deref())?;
        json(200, &passkey::request(&party, &challenge))
    }

    /// `POST /v1/door/{site}/passkey/open`: in with a passkey.
    pub(super) async fn by_passkey(self: &Rc<Self>, call: &Call, site: &SiteId) -> Answer {
        let given: Assertion = call.decode()?;
        if !self.load()? || !self.takes_passkeys()? {
            return Err(refused());
        }
        let now = clock::now();
        let (email, counter) = match self.whose_passkey(&given, now)? {
            Ok(found) => found,
            Err(fault) => {
                self.note_refusal(fault.as_str())?;
                return Err(refused());
            }
        };
        let opened = self.new_session(call, site, Way::Passkey, Some(email), None)?;
        self.db.transaction(|| {
            store::used(&self.db, &given.id, counter, now)?;
            self.keep(&self.db, now, &opened)
        })?;
        self.welcome(opened).await
    }

    /// The member whose passkey this is, and how often it has signed by now.
    fn whose_passkey(
        &self,
        given: &Assertion,
        now: Millis,
    ) -> Result<std::result::Result<(Email, u32), Fault>> {
        let challenge = match given.challenge() {
            Ok(challenge) => challenge,
            Err(fault) => return Ok(Err(fault)),
        };
        // Used up before anything else is looked at.
        if !store::take(&self.db, &secret::hash(&challenge), None, now)? {
            return Ok(Err(Fault::Challenge));
        }
        let found = store::find(&self.db, &given.id)?;
        let members = self.members()?;
        let is_member = |email: &Email| members.iter().any(|member| member.email == *email);
        let Some(passkey) = found.filter(|passkey| is_member(&passkey.member)) else {
            return Ok(Err(Fault::Unknown));
        };
        let origin = self.settings.public_origin()?;
        let Some(party) = Party::at(&origin) else {
            return Ok(Err(Fault::Party));
        };
        let counter = given.check(&party, &challenge, &passkey.handle, &passkey.kept()?);
        Ok(counter.map(|counter| (passkey.member, counter)))
    }

    /// `/v1/session/passkeys…`: one's own.
    pub(super) fn passkeys(&self, call: &Call, rest: &[&str], by: &By) -> Answer {
        let unknown = || problem(ProblemKind::NotFound, "You have no such passkey.");
        let origin = self.settings.public_origin()?;
        let (Some(member), Some(party)) = (self.member(by)?, Party::at(&origin)) else {
            return Err(unknown());
        };
        match (&call.method, rest) {
            (Method::Post, ["options"]) => {
                let have = self.room_for(by, &member)?;
                let name = self.read(|acd| acd.config().business.name.clone())?;
                let session = by.session.as_ref().map(|own| own.token_hash.as_str());
                let (challenge, handle) =
                    (self.new_challenge(session, session)?, self.handle(&member.email)?);
                let wish = passkey::creation(&party, &name, &member, &handle, &challenge, &have);
                json(200, &wish)
            }
            (Method::Post, []) => self.add_passkey(call, by, &member, &party),
            (Method::Delete, [id]) => {
                let own = store::find(&self.db, id)?.filter(|passkey| passkey.member == member.email);
                let name = own.ok_or_else(unknown)?.view().name;
                self.db.transaction(|| {
                    store::remove(&self.db, id)?;
                    by.note(&self.db, clock::now(), "passkey.removed", &name)
                })?;
                empty()
            }
            (_, [] | [_]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    fn add_passkey(&self, call: &Call, by: &By, member: &Member, party: &Party<'_>) -> Answer {
        let made: Made = call.decode()?;
        let name = made.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
            let message = format!("must be 1 to {MAX_NAME_CHARS} characters");
            return Err(Problem::field("name", "invalid", message).into());
        }
        self.room_for(by, member)?;
        let now = clock::now();
        let session = by.session.as_ref().map(|own| own.token_hash.as_str());
        let challenge = made.credential.challenge().unwrap_or_default();
        let checked = match store::take(&self.db, &secret::hash(&challenge), session, now)? {
            true => made.credential.check(party, &challenge),
            false => Err(Fault::Challenge),
        };
        let (id, kept) = checked.map_err(|fault| {
            worker::console_warn!("a passkey was not added: {}", fault.as_str());
            let words = "This passkey could not be added. Try again, or with another device.";
            Problem::field("credential", "invalid", words)
        })?;
        if store::find(&self.db, &id)?.is_some() {
            return Err(problem(ProblemKind::Conflict, "This passkey is there already."));
        }
        let new = store::New {
            id: &id,
            member: &member.email,
            handle: &self.handle(&member.email)?,
            name,
            kept: &kept,
        };
        self.db.transaction(|| {
            store::keep(&self.db, &new, now)?;
            by.note(&self.db, now, "passkey.added", name)
        })?;
        json(201, &self.passkeys_of(by)?)
    }

    /// The ids of the passkeys that a member has, if another may be added now.
    fn room_for(&self, by: &By, member: &Member) -> std::result::Result<Vec<String>, Stop> {
        let opened = by.session.as_ref().map(|own| own.opened_at);
        if !opened.is_some_and(|at| is_fresh(at, clock::now())) {
            let words =
                "You signed in more than half an hour ago. Sign out and in again, then add the passkey.";
            return Err(problem(ProblemKind::Forbidden, words));
        }
        let have = store::of_member(&self.db, &member.email)?;
        if have.len() >= MAX_KEYS {
            let words = format!("You have {MAX_KEYS} passkeys: remove one first.");
            return Err(problem(ProblemKind::Conflict, &words));
        }
        Ok(have.into_iter().map(|passkey| passkey.id).collect())
    }

    /// Somebody's passkeys, as far as they can have any.
    pub(super) fn passkeys_of(&self, by: &By) -> Result<Option<Vec<PasskeyView>>> {
        let origin = self.settings.public_origin()?;
        match self.member(by)? {
            Some(member) if Party::at(&origin).is_some() => {
                let all = store::of_member(&self.db, &member.email)?;
                Ok(Some(all.into_iter().map(store::Passkey::view).collect()))
            }
            _ => Ok(None),
        }
    }

    /// The member who asks; none for those who came in with a code.
    fn member(&self, by: &By) -> Result<Option<Member>> {
        let Some(email) = by.session.as_ref().and_then(|own| own.member.as_ref()) else {
            return Ok(None);
        };
        Ok(self.members()?.into_iter().find(|member| member.email == *email))
    }

    /// A challenge for this session, or for whoever signs in; counted as this asker's.
    fn new_challenge(&self, session: Option<&str>, asker: Option<&str>) -> Result<String> {
        // As browsers say it back: base64url.
        let challenge = secret::challenge()?;
        let now = clock::now();
        let keep = |db: &Db| store::challenge(db, &secret::hash(&challenge), session, asker, now);
        self.db.transaction(|| keep(&self.db))?;
        Ok(challenge)
    }

    /// What authenticators call a member when a passkey is made: the same each time, so that they keep one for each member.
    fn handle(&self, email: &Email) -> Result<String> {
        let site = self.read(|acd| acd.config().site.clone())?;
        secret::mark(
            &self.settings.receipt_secret()?,
            &format!("passkey.{site}.{email}"),
        )
    }
}
