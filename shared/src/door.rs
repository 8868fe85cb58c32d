//! The front door of the people who work at a business: how they may come in, and who is in.

use crate::member::{Right, Role};
use crate::{AgentId, Millis};

crate::call::words! {
    /// Where somebody is going.
    Place {
        /// The agent desk.
        Desk = "desk",
        /// The console.
        Console = "console",
    }
}

crate::call::words! {
    /// How somebody came in.
    Way {
        /// With the operator's secret.
        Operator = "operator",
        /// With the demo's code.
        Demo = "demo",
        /// With a link from an e-mail.
        Mail = "mail",
        /// With a passkey.
        Passkey = "passkey",
        /// With the company's own sign-in.
        SignOn = "sign_on",
    }
}

/// `GET /v1/door/{site}`: the ways in that are open. The same for everybody who asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoorView {
    /// The business's name; none while it is not set up.
    pub business: Option<String>,
    /// Links are sent by e-mail.
    pub mail: bool,
    /// Passkeys are taken: there are some.
    pub passkey: bool,
    /// The company's own sign-in opens: single sign-on.
    pub sign_on: bool,
    /// The operator's secret opens the console: nobody owns the business yet.
    pub operator: bool,
    /// The demo's code is taken.
    pub demo: bool,
    /// The demo's agents.
    pub agents: Vec<DemoAgent>,
}

/// One of the demo's agents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DemoAgent {
    /// Id.
    pub id: AgentId,
    /// Name.
    pub name: String,
}

/// `POST /v1/door/{site}/code`: in with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeEntry {
    /// The demo's code, or the operator's secret.
    pub code: String,
    /// Whose desk, in the demo.
    #[cfg_attr(feature = "serde", serde(default))]
    pub agent: Option<AgentId>,
}

/// `POST /v1/door/{site}/link`: a link, please. The answer is the same for every address.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskLink {
    /// The address, as typed.
    pub email: String,
    /// Where the link leads.
    pub to: Place,
}

/// `POST /v1/door/{site}/link/open`: in with a link.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenLink {
    /// What stands behind the `#` of the link.
    pub token: String,
}

/// `GET /v1/session`, and the answer to every sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// The name.
    pub name: String,
    /// The address of a member.
    pub email: Option<String>,
    /// What they are here.
    pub roles: Vec<Role>,
    /// What they may do.
    pub rights: Vec<Right>,
    /// Whose desk they have.
    pub agent: Option<AgentId>,
    /// Their sessions, the latest first.
    pub sessions: Vec<SessionView>,
    /// Their passkeys, the latest first; none at all for those who can have none: for a code, or where browsers know none.
    pub passkeys: Option<Vec<PasskeyView>>,
}

impl Me {
    /// Whether they may do this.
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}

/// One passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasskeyView {
    /// Its id, as authenticators call it.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// It may be copied between its owner's devices.
    pub synced: bool,
    /// When it was made.
    pub made_at: Millis,
    /// When it last signed somebody in.
    pub used_at: Option<Millis>,
}

/// `POST /v1/door/{site}/sign_on`: to the company's own sign-in, please.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskSignOn {
    /// Where somebody is going.
    pub to: Place,
}

/// Where a browser goes for that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignOnView {
    /// The address at the company's sign-in.
    pub location: String,
}

/// What is behind the `#` when somebody comes back from there and is not let in.
pub const SIGN_ON_FAILED: &str = "sign_on";

crate::call::words! {
    /// Why, as far as people are told.
    Turned {
        /// The company's sign-in does not answer, or not as it should.
        Provider = "provider",
        /// It took too long, or began in another browser.
        Late = "late",
        /// They turned round there.
        Declined = "declined",
        /// They are not let in.
        Refused = "refused",
    }
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionView {
    /// Its name; not its secret.
    pub id: String,
    /// How it was opened.
    pub way: Way,
    /// The browser that has it, coarsely.
    pub browser: String,
    /// When it was opened.
    pub opened_at: Millis,
    /// When it was last used, to the minute.
    pub seen_at: Millis,
    /// It is the one that asks.
    pub here: bool,
}

/// One line of the audit log (`GET /v1/businesses/{site}/audit`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditLine {
    /// Its number, from 1.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who.
    pub who: String,
    /// From which session; none when there was none.
    pub session: Option<String>,
    /// What was done, in a word.
    pub verb: String,
    /// To what, in a few words. Never a number or a secret.
    pub what: String,
}

/// The audit log, the latest first, and whether it is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditView {
    /// Lines in all.
    pub lines: i64,
    /// The first line that was changed, or follows one that is missing; none when the chain holds, as far as it was gone through.
    pub broken_at: Option<i64>,
    /// When it was last gone through to its end. A long one is gone through in pieces: with each reading, and whole once a day.
    pub whole_at: Option<Millis>,
    /// The hash of the last line: whoever keeps it can tell later whether the log up to here was changed.
    pub head: String,
    /// The latest ones.
    pub latest: Vec<AuditLine>,
}
