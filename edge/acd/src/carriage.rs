//! Which equipment carries a request's calls.

use crate::TimerKey;
use crate::engine::Acd;
use crate::hours::{Fault, Week};
use crate::request::Request;
use crate::voice::is_browser;
use crate::wall::Local;
use shared::business::Business;
use shared::call::EndReason;
use shared::equipment::{Equipment, Kind};
use shared::limit::{MAX_CENTRES, MAX_EQUIPMENT, MAX_FACT_CHARS, MAX_LEVEL, MAX_NAME_CHARS, MAX_PREFIXES};
use shared::voice::Switch;
use shared::{EquipmentId, Millis, PhoneNumber, RequestId};
use std::collections::BTreeSet;

/// Seconds that equipment which failed is only a last resort.
const OUT_OF_ORDER_S: i64 = 30;

/// A business's equipment. Some of it carries calls, always.
#[derive(Debug, Clone)]
pub(crate) struct Fleet {
    /// What carries calls; never empty.
    units: Vec<Unit>,
    /// What only tells something.
    others: Vec<Equipment>,
    /// The browsers of customer and agent: there by themselves, and only for those who want them.
    browser: Option<Equipment>,
}

#[derive(Debug, Clone)]
struct Unit {
    equipment: Equipment,
    hours: Option<Week>,
}

impl Unit {
    fn may_call(&self, number: &PhoneNumber) -> bool {
        let prefixes = &self.equipment.prefixes;
        prefixes.is_empty()
            || prefixes
                .iter()
                .any(|prefix| number.as_str().starts_with(prefix.as_str()))
    }
}

fn is_prefix(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|digits| digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()))
}

impl Fleet {
    /// Reads a document's equipment. Faults go to `fault`; with any, the fleet is not to be used.
    pub(crate) fn read(business: &Business, fault: Fault<'_>) -> Self {
        let listed = &business.equipment;
        if listed.len() > MAX_EQUIPMENT {
            fault("equipment".into(), "must be 16 at the most");
        }
        let mut ids = BTreeSet::new();
        let (mut units, mut others) = (Vec::new(), Vec::new());
        for (at, equipment) in listed.iter().enumerate() {
            let path = format!("equipment[{at}]");
            if !ids.insert(&equipment.id) {
                fault(format!("{path}.id"), "stands twice");
            }
            check(equipment, &path, fault);
            if !equipment.kind.carries() {
                others.push(equipment.clone());
                continue;
            }
            let hours = equipment.hours.as_ref();
            units.push(Unit {
                hours: hours.map(|hours| Week::read(hours, &format!("{path}.hours"), fault)),
                equipment: equipment.clone(),
            });
        }
        if let (true, Ok(id)) = (units.is_empty(), EquipmentId::parse(Kind::Sandbox.as_str())) {
            units.push(Unit {
                equipment: Equipment::sandbox(id),
                hours: None,
            });
        }
        let browser = EquipmentId::parse(Kind::Browser.as_str()).ok();
        Self {
            units,
            others,
            browser: browser.map(Equipment::browser),
        }
    }

    /// The browsers of customer and agent.
    pub(crate) fn browser(&self) -> Option<&Equipment> {
        self.browser.as_ref()
    }

    /// What carries calls by telephone.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Equipment> {
        self.units.iter().map(|unit| &unit.equipment)
    }

    /// True when some of it may call this number at some time.
    pub(crate) fn may_call(&self, number: &PhoneNumber) -> bool {
        self.units.iter().any(|unit| unit.may_call(number))
    }

    /// The equipment for a call to `number`, as [`Equipment`] says; `lot` draws among equals.
    fn choose(
        &self,
        number: &PhoneNumber,
        local: Option<Local>,
        down: impl Fn(&EquipmentId) -> bool,
        failed: &[EquipmentId],
        lot: u64,
    ) -> Option<&Equipment> {
        let open = |unit: &&Unit| {
            let hours = unit.hours.as_ref();
            hours.is_none_or(|week| local.is_some_and(|local| week.contains(local)))
        };
        let key = |equipment: &Equipment| {
            let rate = equipment.rate(number).unwrap_or(u32::MAX);
            (
                down(&equipment.id),
                equipment.share == 0,
                equipment.preference,
                rate,
            )
        };
        let usable: Vec<&Equipment> = self
            .units
            .iter()
            .filter(|unit| unit.may_call(number) && !failed.contains(&unit.equipment.id))
            .filter(open)
            .map(|unit| &unit.equipment)
            .collect();
        let best = usable.iter().map(|equipment| key(equipment)).min()?;
        let equals: Vec<&Equipment> = usable
            .into_iter()
            .filter(|equipment| key(equipment) == best)
            .collect();
        let shares: u64 = equals.iter().map(|equipment| u64::from(equipment.share)).sum();
        let mut left = lot.checked_rem(shares).unwrap_or_default();
        for equipment in &equals {
            let share = u64::from(equipment.share);
            if left < share {
                return Some(equipment);
            }
            left -= share;
        }
        equals.first().copied()
    }
}

/// What a kind needs must be there, and nothing of another kind.
fn check(equipment: &Equipment, path: &str, fault: Fault<'_>) {
    let kind = equipment.kind;
    if kind == Kind::Browser {
        fault(format!("{path}.kind"), "is there by itself: switch it by `voice`");
    }
    if equipment.id.as_str() == Kind::Browser.as_str() {
        fault(
            format!("{path}.id"),
            "is that of the browser, which is there by itself",
        );
    }
    if !(1..=MAX_LEVEL).contains(&equipment.preference) {
        fault(format!("{path}.preference"), "must be 1 (first) to 9 (last)");
    }
    if equipment.prefixes.len() > MAX_PREFIXES || equipment.rates.len() > MAX_PREFIXES {
        fault(path.into(), "has too many prefixes or rates: 300 at the most");
    }
    for (at, prefix) in equipment.prefixes.iter().enumerate() {
        if !is_prefix(prefix) {
            fault(
                format!("{path}.prefixes[{at}]"),
                "must be the beginning of a number, such as +44",
            );
        }
    }
    for (at, rate) in equipment.rates.iter().enumerate() {
        if !is_prefix(&rate.prefix) {
            fault(
                format!("{path}.rates[{at}].prefix"),
                "must be the beginning of a number, such as +44",
            );
        }
    }
    let fields = [
        ("app", &equipment.app, Kind::Asterisk),
        ("dial", &equipment.dial, Kind::Asterisk),
        ("sounds", &equipment.sounds, Kind::Asterisk),
        ("account", &equipment.account, Kind::Twilio),
        ("base", &equipment.base, Kind::Twilio),
    ];
    for (field, value, of) in fields {
        let needed = matches!(field, "dial" | "account") && of == kind;
        let path = format!("{path}.{field}");
        match value.as_deref() {
            None if needed => fault(path, "is needed for this kind of equipment"),
            Some(_) if of != kind => fault(path, "does not belong to this kind of equipment"),
            Some(text)
                if text.is_empty() || text.len() > MAX_FACT_CHARS || text.contains(char::is_whitespace) =>
            {
                fault(path, "must be 1 to 200 characters without spaces");
            }
            Some(text) if field == "dial" && !text.contains("{number}") && !text.contains("{digits}") => {
                fault(path, "must contain {number} or {digits}");
            }
            Some(text) if field == "sounds" && !text.contains("{phrase}") => {
                fault(path, "must contain {phrase}");
            }
            Some(text) if field == "base" && !text.starts_with("https://") && !is_loopback(text) => {
                fault(path, "must begin with https://");
            }
            Some(text)
                if field == "account" && !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
            {
                fault(path, "must be an account id: letters, digits and hyphens");
            }
            Some(_) | None => {}
        }
    }
    let carried = [
        ("from", equipment.from.is_some()),
        ("prefixes", !equipment.prefixes.is_empty()),
        ("hours", equipment.hours.is_some()),
        ("rates", !equipment.rates.is_empty()),
    ];
    for (field, _) in carried.into_iter().filter(|(_, given)| *given && !kind.carries()) {
        fault(
            format!("{path}.{field}"),
            "does not belong to equipment that carries no calls",
        );
    }
    if equipment.detect_machines && kind != Kind::Twilio {
        fault(
            format!("{path}.detect_machines"),
            "does not belong to this kind of equipment",
        );
    }
}

/// A carrier on the same machine needs no encryption on the way to it.
fn is_loopback(base: &str) -> bool {
    ["http://127.0.0.1:", "http://localhost:"]
        .iter()
        .any(|own| base.starts_with(own))
}

impl crate::Config {
    /// A piece of equipment.
    pub fn equipment(&self, id: &EquipmentId) -> Option<&Equipment> {
        self.fleet()
            .chain(self.fleet.browser())
            .find(|equipment| equipment.id == *id)
    }

    /// All that its document lists; a business that names none has the sandbox.
    pub fn fleet(&self) -> impl Iterator<Item = &Equipment> {
        self.fleet.iter().chain(&self.fleet.others)
    }
}

/// Service centres: ids that stand once, names, numbers that may be called.
pub(crate) fn check_centres(business: &Business, fault: Fault<'_>) {
    let mut ids = BTreeSet::new();
    if business.centres.len() > MAX_CENTRES {
        fault("centres".into(), "must be 100 at the most");
    }
    for (at, centre) in business.centres.iter().enumerate() {
        if !ids.insert(&centre.id) {
            fault(format!("centres[{at}].id"), "stands twice");
        }
        if centre.name.trim().is_empty() || centre.name.chars().count() > MAX_NAME_CHARS {
            fault(format!("centres[{at}].name"), "must be 1 to 80 characters");
        }
        if let Err(why) = crate::policy::may_be_named(&centre.phone) {
            fault(format!("centres[{at}].phone"), why.words());
        }
    }
}

impl Acd {
    pub(crate) fn carrier_for(&self, request: &Request, now: Millis) -> Option<EquipmentId> {
        if let Some(browser) = self.browser_for(request) {
            return Some(browser);
        }
        let local = self.config.local(now);
        let down = |id: &EquipmentId| self.timers.contains_key(&TimerKey::Down(id.clone()));
        let lot = crate::place::tie(&request.id);
        let fleet = &self.config.fleet;
        let chosen = fleet.choose(&request.asked.phone, local, down, &request.failed, lot);
        chosen.map(|equipment| equipment.id.clone())
    }

    /// Chooses the equipment for the next leg of the customer; false when there is none at this hour.
    pub(crate) fn choose_carrier(&mut self, id: &RequestId, now: Millis) -> bool {
        let chosen = self
            .requests
            .get(id)
            .and_then(|request| self.carrier_for(request, now));
        let found = chosen.is_some();
        self.with_request(id, |request| {
            let phone = chosen.as_ref().is_none_or(|via| !is_browser(via));
            if phone && request.is_by_voice() {
                request.switched = Some(Switch::Agent);
            }
            request.via = chosen;
        });
        found
    }

    /// True when other equipment could carry the request if the present one can't.
    pub fn has_other_carrier(&self, id: &RequestId, now: Millis) -> bool {
        let Some(request) = self.requests.get(id) else {
            return false;
        };
        let mut without = request.clone();
        without.failed.extend(request.via.clone());
        self.carrier_for(&without, now).is_some()
    }

    /// Until when failed equipment is only a last resort.
    pub fn out_of_order_until(&self, via: &EquipmentId) -> Option<Millis> {
        self.timers.get(&TimerKey::Down(via.clone())).copied()
    }

    /// Equipment failed: for a while it comes last. The timer is the memory.
    pub(crate) fn out_of_order(&mut self, via: &EquipmentId, now: Millis) {
        self.set_timer(TimerKey::Down(via.clone()), now.plus_s(OUT_OF_ORDER_S));
    }

    /// The equipment could not dial the customer, who therefore was not called: other equipment takes over at once, and the
    /// request keeps its place and its agent; one that nobody is kept for any more is in line again. Where there is no other, it
    /// is tried again later.
    pub(crate) fn carrier_failed(&mut self, id: &RequestId, now: Millis) {
        if !self.has_other_carrier(id, now) {
            return self.not_reached(id, EndReason::CarrierError, now);
        }
        self.with_request(id, |request| {
            request.failed.extend(request.via.take());
        });
        let claimed = self.agents.values().any(|agent| agent.ahead.as_ref() == Some(id));
        if !claimed && !self.requests.get(id).is_some_and(Self::has_taker) {
            return self.withdraw(id, now);
        }
        self.with_request(id, |request| request.rerouted += 1);
        self.dial_customer(id, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::equipment::Rate;

    fn fleet(change: impl FnOnce(&mut [Equipment])) -> Fleet {
        let mut list = ["a", "b", "c"].map(|id| Equipment::sandbox(EquipmentId::parse(id).unwrap()));
        change(&mut list);
        Fleet {
            units: list
                .into_iter()
                .map(|equipment| Unit {
                    equipment,
                    hours: None,
                })
                .collect(),
            others: vec![],
            browser: None,
        }
    }

    fn chosen(fleet: &Fleet, number: &str, down: &str, failed: &[&str], lot: u64) -> Option<String> {
        let failed: Vec<_> = failed.iter().map(|id| EquipmentId::parse(id).unwrap()).collect();
        let number = PhoneNumber::parse(number).unwrap();
        fleet
            .choose(&number, None, |id| id.as_str() == down, &failed, lot)
            .map(|equipment| equipment.id.to_string())
    }

    const LONDON: &str = "+442079460001";

    #[test]
    fn by_country_then_preference_then_cost() {
        let fleet = fleet(|list| {
            list[0].prefixes = vec!["+49".into()];
            list[1].preference = 2;
            list[2].preference = 2;
            let rate = |per_minute| Rate {
                prefix: "+44".into(),
                per_minute,
            };
            list[1].rates = vec![rate(120)];
            list[2].rates = vec![
                rate(90),
                Rate {
                    prefix: "+4420".into(),
                    per_minute: 130,
                },
            ];
        });
        assert_eq!(chosen(&fleet, "+4930123456", "", &[], 0).as_deref(), Some("a"));
        assert_eq!(
            chosen(&fleet, LONDON, "", &[], 0).as_deref(),
            Some("b"),
            "London has a price of its own"
        );
        assert_eq!(chosen(&fleet, "+441632960001", "", &[], 0).as_deref(), Some("c"));
    }

    #[test]
    fn by_share_and_never_what_failed() {
        let fleet = fleet(|list| {
            list[0].share = 3;
            list[2].share = 0;
        });
        let picks: Vec<_> = (0..8)
            .filter_map(|lot| chosen(&fleet, LONDON, "", &[], lot))
            .collect();
        assert_eq!(picks, ["a", "a", "a", "b", "a", "a", "a", "b"]);
        assert_eq!(
            chosen(&fleet, LONDON, "", &["a", "b"], 0).as_deref(),
            Some("c"),
            "the reserve"
        );
        assert_eq!(
            chosen(&fleet, LONDON, "a", &[], 0).as_deref(),
            Some("b"),
            "out of order"
        );
        assert_eq!(chosen(&fleet, LONDON, "", &["a", "b", "c"], 0), None);
    }
}
