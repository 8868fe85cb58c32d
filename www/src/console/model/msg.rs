//! What may happen in the console, and what it may ask the browser to do.

use super::{AskBarred, AskHook, AskIdentity, AskPerson, Barred, Hook, Identity, Person, Section, Tried};
use crate::net::Failure;
use serde_json::Value;
use shared::door::{AuditView, Me};
use shared::equipment::EquipmentView;
use shared::forecast::Forecast;
use shared::report::{Report, Seen};
use shared::secret::{NewServerSecret, Refused, Scope, SecretDays, SecretWish, ServerSecret};
use shared::{Millis, SiteId};

/// A document with what tells its version.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) struct Tagged {
    pub(in crate::console) document: Value,
    pub(in crate::console) tag: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) enum Msg {
    /// The program runs; a business may be known, and the browser's zone.
    Start(Option<SiteId>, Option<String>),
    Tick(Millis),
    Site(SiteId),
    OtherSite,
    /// Somebody came in by the door.
    Entered,
    Me(Result<Me, Failure>),
    Audit(Result<AuditView, Failure>),
    Leave,
    LeaveEverywhere,
    Left,
    Read(Result<Tagged, Failure>),
    Open(Section),
    /// A field was changed; null empties it.
    Edit(String, Value),
    /// An item is added to a list.
    Add(String, Value),
    Remove(String, usize),
    /// An item changes places with the one before it.
    Up(String, usize),
    /// A level (0 for none) of a skill among an agent's, which stand at a place.
    Levelled(String, String, u64),
    Save,
    Saved(Result<Tagged, Failure>),
    Discard,
    /// A whole document, as text.
    Import(String),
    Seen(Result<Vec<Seen>, Failure>),
    Report(Result<Report, Failure>),
    Days(u32),
    Forecast(Result<Forecast, Failure>),
    Equipment(Result<Vec<EquipmentView>, Failure>),
    /// Credentials for a piece of equipment.
    Credentials(String, String),
    CredentialsKept(String, Result<(), Failure>),
    Secrets(Result<Vec<ServerSecret>, Failure>),
    /// Whether the next secret is for this.
    SecretFor(Scope, bool),
    /// When the next secret ends; none for never.
    SecretEnds(Option<SecretDays>),
    MakeSecret,
    SecretMade(Result<NewServerSecret, Failure>),
    Revoke(String),
    Revoked(Result<(), Failure>),
    Refusals(Result<Vec<Refused>, Failure>),
    Hook(Hook),
    Barred(Barred),
    Person(Person),
    Identity(Identity),
    /// The address of a page, to see where it would stand.
    Try(String),
    Tried(Result<Tried, Failure>),
    Copy(String),
    Copied,
}

/// What to do in the browser.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) enum Do {
    RememberSite(SiteId),
    /// Sign out, here or everywhere.
    Leave(bool),
    ReadMe,
    ReadAudit(SiteId),
    Read(SiteId),
    /// The version that was seen; none for a business that is new.
    Save(SiteId, Value, Option<String>),
    ReadSeen(SiteId),
    ReadReport(SiteId, Millis, Millis),
    ReadForecast(SiteId),
    ReadEquipment(SiteId),
    KeepCredentials(SiteId, String, String),
    ReadSecrets(SiteId),
    MakeSecret(SiteId, SecretWish),
    Revoke(SiteId, String),
    ReadRefusals(SiteId),
    Hook(SiteId, AskHook),
    Barred(SiteId, AskBarred),
    Person(SiteId, AskPerson),
    /// A file of this name for whoever looks to keep.
    Download(String, String),
    Identity(SiteId, AskIdentity),
    Try(SiteId, Value),
    Copy(String),
    /// Show the page from its top.
    Top,
    /// Put the focus on the first field that is wrong.
    Focus(String),
}
