//! The policy as it holds for a business: its document's, no further than the deployment lets it.

use super::class::{class_as_written, country_of};
use super::spend::{Dial, Grant};
use super::window::{self, Window};
use super::{Prohibition, spend};
use crate::ConfigError;
use crate::hours::Fault;
use crate::mutant;
use jiff::tz::TimeZone;
use shared::business::Business;
use shared::equipment::{Equipment, Kind};
use shared::limit::MAX_SIP_DOMAINS;
use shared::policy::{Ceiling, Challenge, Limits, Policy, Spend};
use shared::{Address, Country, EquipmentId, Millis, PhoneNumber, SipDomain, SipUri};
use std::collections::{BTreeMap, BTreeSet};

/// The most countries: there are no more.
const MAX_COUNTRIES: usize = 260;

#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) countries: Vec<Country>,
    sip_domains: Vec<SipDomain>,
    pub(crate) limits: Limits,
    pub(crate) spend: Spend,
    pub(crate) window: Option<Window>,
    pub(crate) challenge: Challenge,
    /// Of each country that is called.
    clocks: Vec<(Country, Vec<TimeZone>)>,
    /// The business's own.
    home: Vec<TimeZone>,
    unknown: u32,
    /// The business's numbers that customers can't have: its own, and what its equipment shows.
    lines: BTreeSet<PhoneNumber>,
    /// The numbers and SIP addresses of its agents and service centres.
    people: BTreeSet<Address>,
    /// The dearest of them, by equipment.
    dearest: BTreeMap<EquipmentId, u32>,
}

impl Rules {
    /// Reads a document's. Faults go to `fault`.
    pub(crate) fn read<'a>(
        business: &Business,
        fleet: impl Iterator<Item = &'a Equipment>,
        fault: Fault<'_>,
    ) -> Self {
        let policy = &business.policy;
        let own = || business.country.or_else(|| country_of(&business.tel));
        let countries = if policy.countries.is_empty() {
            own().into_iter().collect()
        } else {
            policy.countries.clone()
        };
        if countries.is_empty() {
            fault(
                "policy.countries".into(),
                "must name a country, or the business must",
            );
        }
        if countries.len() > MAX_COUNTRIES {
            fault("policy.countries".into(), "must be 260 countries at the most");
        }
        if policy.sip_domains.len() > MAX_SIP_DOMAINS {
            fault("policy.sip_domains".into(), "must be 100 domains at the most");
        }
        let window = Window::read(&policy.calling);
        if window.is_none() {
            fault(
                "policy.calling".into(),
                "must be from one time to a later one, such as 08:00 to 21:00",
            );
        }
        let agents = business.agents.iter().map(|agent| &agent.phone);
        let centres = business.centres.iter().map(|centre| &centre.phone);
        let people: BTreeSet<Address> = agents.chain(centres).cloned().collect();
        let shown = business
            .equipment
            .iter()
            .filter_map(|equipment| equipment.from.as_ref());
        let clocks = |country: &Country| (*country, window::clocks_of(*country));
        let mut rules = Self {
            clocks: countries.iter().take(MAX_COUNTRIES).map(clocks).collect(),
            countries,
            sip_domains: policy.sip_domains.clone(),
            home: TimeZone::get(&business.zone).into_iter().collect(),
            limits: policy.limits,
            spend: policy.spend,
            window,
            challenge: policy.challenge,
            unknown: Ceiling::default().unknown_minute,
            lines: shown.chain([&business.tel]).cloned().collect(),
            people,
            dearest: BTreeMap::new(),
        };
        rules.dearest = fleet
            .map(|equipment| {
                let rates = rules.people.iter().map(|person| rules.rate(equipment, person));
                (equipment.id.clone(), rates.max().unwrap_or_default())
            })
            .collect();
        rules
    }

    /// No further than this.
    pub(crate) fn within<'a>(&mut self, ceiling: &Ceiling, fleet: impl Iterator<Item = &'a Equipment>) {
        self.limits = self.limits.at_most(ceiling.limits);
        self.spend = self.spend.at_most(ceiling.spend);
        self.unknown = ceiling.unknown_minute;
        if self.challenge == Challenge::None && !ceiling.unproven {
            self.challenge = Challenge::Work;
        }
        self.dearest = fleet
            .map(|equipment| {
                let rates = self.people.iter().map(|person| self.rate(equipment, person));
                (equipment.id.clone(), rates.max().unwrap_or_default())
            })
            .collect();
    }

    /// The clocks of a country that is called. What belongs to none goes by the business's own.
    pub(crate) fn clocks(&self, country: Option<Country>) -> &[TimeZone] {
        let Some(country) = country else {
            return &self.home;
        };
        let found = self.clocks.iter().find(|(known, _)| *known == country);
        found.map_or(&[], |(_, clocks)| clocks)
    }

    /// Whether a customer may be called there, and the country of a number.
    pub(crate) fn customer(&self, address: &Address) -> Result<Option<Country>, Prohibition> {
        if mutant!(PermitForAll) {
            return Ok(self.countries.first().copied());
        }
        match address {
            Address::Number(number) => self.customers_number(number).map(Some),
            Address::Sip(uri) => self.in_domain(uri).map(|()| None),
        }
    }

    /// A PBX sends to whatever host an address names, so that only those which the business lists are called; and what a number costs
    /// behind somebody's gateway, nobody here knows.
    fn in_domain(&self, uri: &SipUri) -> Result<(), Prohibition> {
        if !self.sip_domains.iter().any(|domain| domain.has(uri)) {
            return Err(Prohibition::Domain);
        }
        if uri.is_number() {
            return Err(Prohibition::Disguised);
        }
        Ok(())
    }

    fn customers_number(&self, number: &PhoneNumber) -> Result<Country, Prohibition> {
        let country = class_as_written(number)?;
        if self.lines.contains(number) {
            return Err(Prohibition::Own);
        }
        if !self.countries.contains(&country) {
            return Err(Prohibition::NotServed);
        }
        Ok(country)
    }

    /// Whether customers may be connected with this address: of those that the document names country and domain do not matter.
    pub(crate) fn other(&self, address: &Address) -> Result<(), Prohibition> {
        // Their kind was looked at when the document was read.
        if self.people.contains(address) {
            return Ok(());
        }
        match address {
            Address::Number(number) if self.countries.contains(&class_as_written(number)?) => Ok(()),
            Address::Number(_) => Err(Prohibition::NotServed),
            Address::Sip(uri) => self.in_domain(uri),
        }
    }

    /// What a minute costs, in ten-thousandths.
    pub(crate) fn rate(&self, equipment: &Equipment, address: &Address) -> u32 {
        let unknown = match (equipment.kind, address) {
            // From one server to another over the Internet: nobody bills minutes, unless a rate says so.
            (_, Address::Sip(_)) => 0,
            (Kind::Sandbox | Kind::Presence | Kind::Browser, _) => 0,
            (Kind::Asterisk | Kind::Twilio, _) => self.unknown.saturating_mul(100),
        };
        equipment.rate(address).unwrap_or(unknown)
    }

    /// What a minute of a call costs, both parties: of those whom a customer may be given to the dearest. Neither costs less than
    /// `least`.
    pub(crate) fn price(
        &self,
        equipment: &Equipment,
        customer: &Address,
        other: Option<&Address>,
        least: u32,
    ) -> u32 {
        let dearest = self.dearest.get(&equipment.id).copied().unwrap_or_default();
        let other = other.map_or(dearest, |other| self.rate(equipment, other));
        let customer = self.rate(equipment, customer);
        customer.max(least).saturating_add(other.max(least))
    }

    pub(crate) fn grant(&self, per_minute: u32, longest: u32, committed: (u64, u64)) -> Grant {
        spend::grant(per_minute, longest, self.spend, committed)
    }

    /// When to look again whether this may be spent, and as much for each of those who go before.
    pub(crate) fn frees<'a>(
        &self,
        dials: impl Iterator<Item = &'a Dial>,
        cost: u64,
        ahead: u32,
        now: Millis,
    ) -> Millis {
        spend::frees(dials, cost, ahead, self.spend, now)
    }
}

/// What of a document goes further than the deployment lets it.
pub fn excess(policy: &Policy, ceiling: &Ceiling) -> Vec<ConfigError> {
    let pairs = |name, own: Vec<(&'static str, u32)>, top: Vec<(&'static str, u32)>| {
        let both = own.into_iter().zip(top);
        let over = both.filter(|((_, own), (_, top))| own > top);
        over.map(move |((field, _), (_, top))| ConfigError {
            field: format!("policy.{name}.{field}"),
            message: format!("may be {top} at the most here: only the operator can allow more"),
        })
        .collect::<Vec<_>>()
    };
    let limits = (
        policy.limits.fields().collect(),
        ceiling.limits.fields().collect(),
    );
    let spend = (policy.spend.fields().collect(), ceiling.spend.fields().collect());
    let mut over = pairs("limits", limits.0, limits.1);
    over.extend(pairs("spend", spend.0, spend.1));
    over
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::policy::Calling;

    #[test]
    fn a_document_may_ask_for_less_and_not_for_more() {
        let mut policy = Policy::default();
        policy.limits.calls_hour = 5;
        assert_eq!(excess(&policy, &Ceiling::default()), []);
        policy.limits.calls_hour = 11;
        policy.spend.day = 5001;
        let fields: Vec<_> = excess(&policy, &Ceiling::default())
            .into_iter()
            .map(|fault| fault.field)
            .collect();
        assert_eq!(fields, ["policy.limits.calls_hour", "policy.spend.day"]);
        assert_eq!(
            Window::read(&Calling {
                from: "21:00".into(),
                to: "08:00".into()
            }),
            None
        );
    }
}
