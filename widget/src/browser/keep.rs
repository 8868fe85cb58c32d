//! What this device keeps for its owner: the number, and the request that goes on. On our own origin, where the shop's
//! scripts can't read it. A browser that keeps nothing is no failure.

use crate::model::Ticket;
use shared::{PhoneNumber, RequestId};
use web_sys::Storage;

const NUMBER: &str = "ringback.phone";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        drop(storage.set_item(key, value));
    }
}

fn remove(key: &str) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(key));
    }
}

fn ticket_key(site: &str) -> String {
    format!("ringback.request.{site}")
}

pub(super) fn number() -> Option<PhoneNumber> {
    PhoneNumber::parse(&get(NUMBER)?).ok()
}

pub(super) fn keep_number(number: &PhoneNumber) {
    set(NUMBER, number.as_str());
}

pub(super) fn forget_number() {
    remove(NUMBER);
}

pub(super) fn ticket(site: &str) -> Option<Ticket> {
    let kept = get(&ticket_key(site))?;
    let (id, receipt) = kept.split_once(' ')?;
    Some(Ticket {
        id: RequestId::parse(id).ok()?,
        receipt: receipt.to_owned(),
    })
}

pub(super) fn keep_ticket(site: &str, ticket: &Ticket) {
    set(&ticket_key(site), &format!("{} {}", ticket.id, ticket.receipt));
}

pub(super) fn forget_ticket(site: &str) {
    remove(&ticket_key(site));
}
