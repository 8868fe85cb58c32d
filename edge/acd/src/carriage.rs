//! Which equipment carries a request's calls.

pub(crate) mod check;

use crate::TimerKey;
use crate::engine::Acd;
use crate::hours::{Fault, Week};
use crate::request::Request;
use crate::voice::is_browser;
use crate::wall::Local;
use shared::business::Business;
use shared::call::EndReason;
use shared::equipment::{Equipment, Kind};
use shared::limit::MAX_EQUIPMENT;
use shared::voice::Switch;
use shared::{Address, EquipmentId, Millis, RequestId};
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
    /// Not all that carries calls can dial everybody who works here: then who can be joined with whom depends on what carries the call.
    pub(crate) mixed: bool,
    /// The browsers of customer and agent: there by themselves, and only for those who want them.
    browser: Option<Equipment>,
}

#[derive(Debug, Clone)]
struct Unit {
    equipment: Equipment,
    hours: Option<Week>,
}

impl Unit {
    fn may_call(&self, customer: &Address) -> bool {
        let prefixes = &self.equipment.prefixes;
        let begins = |number: &str| {
            let mut prefixes = prefixes.iter();
            prefixes.any(|prefix| number.starts_with(prefix.as_str()))
        };
        let fits = match customer {
            Address::Number(number) => prefixes.is_empty() || begins(number.as_str()),
            Address::Sip(_) => true,
        };
        fits && self.equipment.dials(customer)
    }

    fn joins(&self, customer: &Address, other: &Address) -> bool {
        self.may_call(customer) && self.equipment.dials(other)
    }
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
            check::equipment(equipment, &path, fault);
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
        let mixed = units.iter().any(|unit| {
            business
                .agents
                .iter()
                .any(|agent| !unit.equipment.dials(&agent.phone))
        });
        let browser = EquipmentId::parse(Kind::Browser.as_str()).ok();
        Self {
            units,
            others,
            mixed,
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

    /// True when some of it may call this customer at some time.
    pub(crate) fn may_call(&self, customer: &Address) -> bool {
        self.units.iter().any(|unit| unit.may_call(customer))
    }

    /// True when some of it that has not failed may call this customer at some time, and this other party.
    pub(crate) fn joins(&self, customer: &Address, other: &Address, failed: &[EquipmentId]) -> bool {
        let mut left = self
            .units
            .iter()
            .filter(|unit| !failed.contains(&unit.equipment.id));
        left.any(|unit| unit.joins(customer, other))
    }

    /// The equipment for a call to `customer`, as [`Equipment`] says, of what can dial the other party, too, where that is known; `lot`
    /// draws among equals. `how` tells of equipment whether it is out of order, and what no minute over it is reckoned at less than.
    fn choose(
        &self,
        customer: &Address,
        other: Option<&Address>,
        local: Option<Local>,
        how: impl Fn(&Equipment) -> (bool, u32),
        failed: &[EquipmentId],
        lot: u64,
    ) -> Option<&Equipment> {
        let open = |unit: &&Unit| {
            let hours = unit.hours.as_ref();
            hours.is_none_or(|week| local.is_some_and(|local| week.contains(local)))
        };
        let key = |equipment: &Equipment| {
            let (down, least) = how(equipment);
            let rate = equipment.rate(customer).unwrap_or(u32::MAX).max(least);
            (down, equipment.share == 0, equipment.preference, rate)
        };
        let usable: Vec<&Equipment> = self
            .units
            .iter()
            .filter(|unit| unit.may_call(customer) && !failed.contains(&unit.equipment.id))
            .filter(|unit| other.is_none_or(|other| unit.equipment.dials(other)))
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

impl Acd {
    pub(crate) fn carrier_for(&self, request: &Request, now: Millis) -> Option<EquipmentId> {
        if let Some(browser) = self.browser_for(request) {
            return Some(browser);
        }
        let local = self.config.local(now);
        let how = |equipment: &Equipment| {
            let down = TimerKey::Down(equipment.id.clone());
            (self.timers.contains_key(&down), self.book.least(equipment))
        };
        let lot = crate::place::tie(&request.id);
        let fleet = &self.config.fleet;
        let other = self.counterpart(request);
        let chosen = fleet.choose(&request.asked.phone, other, local, how, &request.failed, lot);
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

    /// The present equipment is none for this request any more, where there is other; true then.
    pub(crate) fn without_carrier(&mut self, id: &RequestId, now: Millis) -> bool {
        let other = self.has_other_carrier(id, now);
        if other {
            self.with_request(id, |request| request.failed.extend(request.via.take()));
        }
        other
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
        if !self.without_carrier(id, now) {
            return self.not_reached(id, EndReason::CarrierError, now);
        }
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
            mixed: false,
            browser: None,
        }
    }

    fn chosen(fleet: &Fleet, number: &str, down: &str, failed: &[&str], lot: u64) -> Option<String> {
        let failed: Vec<_> = failed.iter().map(|id| EquipmentId::parse(id).unwrap()).collect();
        let number = Address::parse(number).unwrap();
        // What it says to bill: of equipment by this name only.
        let least = |equipment: &Equipment| match equipment.account.as_deref() {
            Some("dear") => 5_000,
            _ => 0,
        };
        fleet
            .choose(
                &number,
                None,
                None,
                |it| (it.id.as_str() == down, least(it)),
                &failed,
                lot,
            )
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
    fn cost_is_what_it_bills_where_that_is_more() {
        let fleet = fleet(|list| {
            for (equipment, per_minute) in list.iter_mut().zip([90, 120, 130]) {
                equipment.rates = vec![Rate {
                    prefix: "+".into(),
                    per_minute,
                }];
            }
            list[0].account = Some("dear".into());
        });
        assert_eq!(chosen(&fleet, LONDON, "", &[], 0).as_deref(), Some("b"));
        assert_eq!(chosen(&fleet, LONDON, "", &["b", "c"], 0).as_deref(), Some("a"));
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
