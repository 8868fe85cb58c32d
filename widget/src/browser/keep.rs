//! What this device keeps for its owner: the number, and the request that goes on. On our own origin, where the shop's
//! scripts can't read it.
//!
//! A browser that blocks third-party cookies denies a framed page its storage altogether, but grants cookies that are
//! partitioned: kept for this shop alone. So they stand in where there is no storage. They travel to nobody but us, and
//! only with the panel's own page. A browser that keeps nothing at all is no failure either.

use super::host::set;
use crate::model::Ticket;
use crate::wire::Tree;
use shared::{PhoneNumber, RequestId};
use wasm_bindgen::JsValue;
use web_sys::Storage;

const NUMBER: &str = "ringback.phone";
/// How an address names a request: `#follow={id}:{receipt}`. What stands behind the # never travels to a server.
const FOLLOW: &str = "#follow=";
/// Seconds that a cookie is kept: half a year.
const COOKIE_S: &str = "15552000";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn get(key: &str) -> Option<String> {
    match storage() {
        Some(storage) => storage.get_item(key).ok()?,
        None => cookie(key),
    }
}

fn put(key: &str, value: &str) {
    match storage() {
        Some(storage) => drop(storage.set_item(key, value)),
        None => set_cookie(key, value, COOKIE_S),
    }
}

fn remove(key: &str) {
    match storage() {
        Some(storage) => drop(storage.remove_item(key)),
        None => set_cookie(key, "", "0"),
    }
}

fn cookie(key: &str) -> Option<String> {
    let all = web_sys::window()?.field("document").field("cookie").text()?;
    let of_key = |one: &str| Some(one.trim().strip_prefix(key)?.strip_prefix('=')?.to_owned());
    all.split(';').find_map(of_key)
}

fn set_cookie(key: &str, value: &str, seconds: &str) {
    let cookie = format!("{key}={value}; Max-Age={seconds}; Path=/panel; Secure; SameSite=None; Partitioned");
    if let Some(window) = web_sys::window() {
        set(
            &window.field("document").into(),
            "cookie",
            &JsValue::from_str(&cookie),
        );
    }
}

fn ticket_key(site: &str) -> String {
    format!("ringback.request.{site}")
}

pub(super) fn number() -> Option<PhoneNumber> {
    PhoneNumber::parse(&get(NUMBER)?).ok()
}

pub(super) fn keep_number(number: &PhoneNumber) {
    put(NUMBER, number.as_str());
}

pub(super) fn forget_number() {
    remove(NUMBER);
}

/// The request that the page's own address names: a link from another device. It is kept here, too, and the address forgets it.
pub(super) fn followed(site: &str) -> Option<Ticket> {
    let window = web_sys::window()?;
    let location = window.field("location");
    let named = location.field("hash").text()?;
    let (id, receipt) = named.strip_prefix(FOLLOW)?.split_once(':')?;
    let ticket = Ticket {
        id: RequestId::parse(id).ok()?,
        receipt: receipt.into(),
    };
    keep_ticket(site, &ticket);
    let path = location.field("pathname").text().unwrap_or_default();
    let history = window.history().ok()?;
    drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
    Some(ticket)
}

pub(super) fn ticket(site: &str) -> Option<Ticket> {
    let kept = get(&ticket_key(site))?;
    let (id, receipt) = kept.split_once(':')?;
    Some(Ticket {
        id: RequestId::parse(id).ok()?,
        receipt: receipt.to_owned(),
    })
}

pub(super) fn keep_ticket(site: &str, ticket: &Ticket) {
    put(&ticket_key(site), &format!("{}:{}", ticket.id, ticket.receipt));
}

pub(super) fn forget_ticket(site: &str) {
    remove(&ticket_key(site));
}
