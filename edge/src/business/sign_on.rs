//! The company's own sign-in: a browser is sent there and comes back with a code. What is believed, [`access::sign_on`] says.

use super::Core;
use super::by::By;
use super::provider;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::store::sign_on::{self as store, State};
use crate::{clock, cookie, route, secret, vault};
use access::sign_on::{self, Claims, Exchange, Expected, Fault, Once, Person, STATE_S};
use shared::SiteId;
use shared::business::Business;
use shared::door::{AskSignOn, Place, SIGN_ON_FAILED, SignOnView, Turned, Way};
use shared::member::{Email, Right};
use shared::problem::{FieldError, Problem, ProblemKind};
use shared::sign_on::{ClientSecret, SignOn, SignOnStatus};
use std::rc::Rc;
use webhook::target;
use worker::{Method, Response, Result};

/// The cookie of a browser that is on its way to the company's sign-in: it has to come back in the same one.
const AWAY: cookie::Names = ["__Host-ringback_away", "ringback_away"];
/// Characters of a client's secret.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 8..=500;

impl Core {
    fn sign_on_setting(&self) -> Result<Option<SignOn>> {
        self.read(|acd| acd.config().business.sign_on.clone())
    }

    /// Whether members come in by the company's own sign-in alone.
    pub(super) fn is_sign_on_only(&self) -> Result<bool> {
        Ok(self.sign_on_setting()?.is_some_and(|it| it.only))
    }

    /// Whether it is set up whole.
    pub(super) fn has_sign_on(&self) -> Result<bool> {
        match self.sign_on_setting()? {
            Some(setting) => Ok(self.client_secret(&setting)?.is_some()),
            None => Ok(false),
        }
    }

    fn client_secret(&self, setting: &SignOn) -> Result<Option<String>> {
        let Some(sealed) = store::sealed(&self.db)? else {
            return Ok(None);
        };
        let site = self.read(|acd| acd.config().site.clone())?;
        Ok(vault::open(
            &self.settings.vault_secret()?,
            &place(&site, setting),
            &sealed,
        ))
    }

    /// Where the provider sends browsers back to.
    fn back(&self, site: &SiteId) -> Result<String> {
        Ok(format!(
            "{}/v1/door/{site}/sign_on/back",
            self.settings.public_origin()?
        ))
    }

    /// `…/businesses/{site}/sign_on`: whether its secret is there, and a new one.
    pub(super) fn sign_on(&self, call: &Call, rest: &[&str], by: &By) -> Answer {
        let setting = self.sign_on_setting()?;
        let site = self.known_site()?;
        match (&call.method, rest) {
            (Method::Get, []) => json(
                200,
                &SignOnStatus {
                    redirect_uri: self.back(&site)?,
                    has_secret: self.has_sign_on()?,
                },
            ),
            (Method::Put, ["secret"]) => {
                let none = || {
                    problem(
                        ProblemKind::NotFound,
                        "There is no single sign-on: save its issuer first.",
                    )
                };
                let setting = setting.ok_or_else(none)?;
                let given: ClientSecret = call.decode()?;
                let plain = given.secret.bytes().all(|byte| byte.is_ascii_graphic());
                if !plain || !SECRET_CHARS.contains(&given.secret.len()) {
                    let message = "This must be 8 to 500 visible characters.";
                    return Err(Problem::field("secret", "invalid", message).into());
                }
                let sealed = vault::seal(
                    &self.settings.vault_secret()?,
                    &place(&site, &setting),
                    &given.secret,
                )?;
                let now = clock::now();
                self.db.transaction(|| {
                    store::keep_sealed(&self.db, &sealed, now)?;
                    by.note(&self.db, now, "credentials.kept", "single sign-on")
                })?;
                empty()
            }
            (_, [] | ["secret"]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    /// What stands against a document's single sign-on. Whoever says who people are could be anybody here, so that only owners
    /// change it; and nobody locks everybody out.
    pub(super) fn refuse_sign_on(
        &self,
        before: Option<&Business>,
        after: &Business,
        by: &By,
    ) -> Result<Vec<FieldError>> {
        let Some(setting) = &after.sign_on else {
            let was = before.is_some_and(|it| it.sign_on.is_some());
            let may = !was || by.may(Right::MakeOwners);
            return Ok(if may { Vec::new() } else { vec![only_owners()] });
        };
        if before.and_then(|it| it.sign_on.as_ref()) == Some(setting) {
            return Ok(Vec::new());
        }
        if !by.may(Right::MakeOwners) {
            return Ok(vec![only_owners()]);
        }
        let mut faults = sign_on::faults(setting);
        if let Err(why) = self.reachable(&setting.issuer) {
            let words = match why {
                target::Refused::Unreadable => "must be an address such as https://login.shop.example",
                why => why.words(),
            };
            faults.push(invalid("sign_on.issuer", words));
        }
        let has_secret = before.is_some() && faults.is_empty() && self.client_secret(setting)?.is_some();
        if setting.only && !has_secret {
            let message =
                "needs the client's secret first: save without it, give the secret, and try the way in";
            faults.push(invalid("sign_on.only", message));
        }
        Ok(faults)
    }

    /// `POST /v1/door/{site}/sign_on`: where a browser goes for the company's sign-in.
    pub(super) async fn ask_sign_on(self: &Rc<Self>, call: &Call, site: &SiteId) -> Answer {
        let wish: AskSignOn = call.decode()?;
        let none = || problem(ProblemKind::NotFound, "There is no single sign-on here.");
        if !self.load()? || !self.has_sign_on()? {
            return Err(none());
        }
        let setting = self.sign_on_setting()?.ok_or_else(none)?;
        let known = self
            .provider(&setting, false)
            .await
            .map_err(|fault| match fault {
                Ok(_) => problem(
                    ProblemKind::Conflict,
                    "Your company's sign-in does not answer. Try again later.",
                ),
                Err(stop) => stop,
            })?;
        let (state, browser, now) = (secret::session_token()?, secret::session_token()?, clock::now());
        let row = State::new(&setting.issuer, wish.to, secret::hash(&browser), now);
        let network = self.knock(call)?;
        self.db
            .transaction(|| store::begin(&self.db, &secret::hash(&state), &row, network.as_deref()))?;
        let (nonce, verifier) = (self.once(&state, "nonce")?, self.once(&state, "verifier")?);
        let once = Once {
            state: &state,
            nonce: &nonce,
            verifier: &verifier,
        };
        let location = known.provider.sign_in(
            &setting.client_id,
            &self.back(site)?,
            setting.scope.as_deref(),
            &once,
        );
        let response = json(200, &SignOnView { location })?;
        let header = cookie::set_for_returning(&self.settings, AWAY, &browser, STATE_S)?;
        response.headers().set("set-cookie", &header)?;
        Ok(response)
    }

    /// What is good for one sign-in, besides its state. Derived, so that it is kept nowhere.
    fn once(&self, state: &str, what: &str) -> Result<String> {
        secret::mark(
            &self.settings.receipt_secret()?,
            &format!("sign_on.{what}.{state}"),
        )
    }

    /// `GET /v1/door/{site}/sign_on/back`: somebody comes back. A page, not a program, shows what comes of it.
    pub(super) async fn by_sign_on(self: &Rc<Self>, call: &Call, site: &SiteId) -> Answer {
        if !self.load()? {
            return Err(problem(ProblemKind::NotFound, "There is no such business."));
        }
        let now = clock::now();
        let state = call.query("state").unwrap_or_default();
        let row = store::take(&self.db, &secret::hash(&state), now)?;
        let place = row.as_ref().map_or(Place::Desk, |row| row.place);
        let told = match self.came_back(call, site, &state, row).await {
            Ok(email) => {
                let opened = self.new_session(call, site, Way::SignOn, Some(email), None)?;
                self.db
                    .transaction(|| self.keep(&self.db, clock::now(), &opened))?;
                self.rearm().await?;
                let response = self.to_page(site, place, None)?;
                let header = self.session_cookie(&opened)?;
                response.headers().set("set-cookie", &header)?;
                return Ok(response);
            }
            Err(Ok(fault)) => fault,
            Err(Err(stop)) => return Err(stop),
        };
        self.note_refusal(told.as_str())?;
        self.to_page(site, place, Some(told))
    }

    fn to_page(&self, site: &SiteId, place: Place, fault: Option<Fault>) -> Answer {
        let why = fault.map(|fault| match fault {
            Fault::Provider | Fault::Code => Turned::Provider,
            Fault::State => Turned::Late,
            Fault::Declined => Turned::Declined,
            _ => Turned::Refused,
        });
        let why = why
            .map(|why| format!("#{SIGN_ON_FAILED}={why}"))
            .unwrap_or_default();
        let address = format!("{}/{place}/?site={site}{why}", self.settings.public_origin()?);
        let response = Response::empty()?.with_status(303);
        response.headers().set("location", &address)?;
        response.headers().set("cache-control", "no-store")?;
        Ok(response)
    }

    /// The member for whom the company vouches.
    async fn came_back(
        self: &Rc<Self>,
        call: &Call,
        site: &SiteId,
        state: &str,
        row: Option<State>,
    ) -> std::result::Result<Email, Unsure> {
        let row = row.ok_or(Ok(Fault::State))?;
        let browser = cookie::name(&self.settings, AWAY).and_then(|name| call.cookie(name));
        let browser = browser.map_err(failed)?.unwrap_or_default();
        if !secret::same(&row.browser_hash, &secret::hash(&browser)) {
            return Err(Ok(Fault::State));
        }
        let setting = self
            .sign_on_setting()
            .map_err(failed)?
            .filter(|it| it.issuer == row.issuer);
        let setting = setting.ok_or(Ok(Fault::State))?;
        // RFC 9207: the answer is of whom it was asked.
        if call.query("iss").is_some_and(|iss| iss != setting.issuer) {
            return Err(Ok(Fault::State));
        }
        let code = call.query("code").ok_or(Ok(Fault::Declined))?;
        let secret = self
            .client_secret(&setting)
            .map_err(failed)?
            .ok_or(Ok(Fault::State))?;
        let known = self.provider(&setting, false).await?;
        let (nonce, verifier) = (
            self.once(state, "nonce").map_err(failed)?,
            self.once(state, "verifier").map_err(failed)?,
        );
        let back = self.back(site).map_err(failed)?;
        let exchange = Exchange {
            client_id: &setting.client_id,
            secret: &secret,
            back: &back,
            code: &code,
            verifier: &verifier,
        };
        let token = provider::exchanged(&known.provider, &exchange).await?;
        let expected = Expected {
            issuer: &setting.issuer,
            client_id: &setting.client_id,
            nonce: &nonce,
            now: clock::now(),
        };
        let mut claims = match sign_on::verify(&token.id_token, &known.keys, &expected) {
            // Keys are changed now and then: they are asked for anew, once.
            Err(Fault::Key) => {
                let known = self.provider(&setting, true).await?;
                sign_on::verify(&token.id_token, &known.keys, &expected).map_err(Ok)?
            }
            told => told.map_err(Ok)?,
        };
        if claims.are_thin()
            && let Some(address) = &known.provider.userinfo_endpoint
        {
            claims = provider::asked(address, &token.access_token, &claims).await?;
        }
        self.let_in(site, &setting, &claims).await
    }

    /// The member that they are, or are made.
    async fn let_in(
        self: &Rc<Self>,
        site: &SiteId,
        setting: &SignOn,
        claims: &Claims,
    ) -> std::result::Result<Email, Unsure> {
        let members = self.members().map_err(failed)?;
        match sign_on::person(claims, &members, setting).map_err(Ok)? {
            Person::Member(email) => Ok(email),
            Person::New(member) => {
                let email = member.email.clone();
                match self.enrol(site, member).await {
                    Ok(()) => Ok(email),
                    Err(Stop::Refused(problem)) => {
                        worker::console_warn!("a group's member could not be added: {}", problem.detail);
                        Err(Ok(Fault::Stranger))
                    }
                    Err(failed) => Err(Err(failed)),
                }
            }
        }
    }
}

/// A fault of theirs, or a failure of ours.
pub(super) type Unsure = std::result::Result<Fault, Stop>;

fn failed(error: worker::Error) -> Unsure {
    Err(error.into())
}

/// What the secret is bound to: another issuer never hears it.
fn place(site: &SiteId, setting: &SignOn) -> String {
    format!("sign_on {site} {} {}", setting.issuer, setting.client_id)
}

fn only_owners() -> FieldError {
    FieldError {
        code: "not_allowed".into(),
        ..invalid("sign_on", "is changed by owners only: it says who somebody is")
    }
}

fn invalid(field: &str, message: &str) -> FieldError {
    FieldError {
        field: field.into(),
        code: "invalid".into(),
        message: message.into(),
    }
}
