//! A dial policy that is in the way: limits, caps and hours narrow enough to be reached, and equipment that costs something. One seed in
//! four has one; it is drawn by itself, so that the others play what they always did.

use crate::chance::Chance;
use serde::Serialize;
use shared::equipment::Rate;
use shared::policy::{Calling, Challenge, Limits, Policy, Spend};
use std::net::IpAddr;

/// Of as many seeds, one.
const ONE_IN: u64 = 4;
/// Customers are fewer by as much, so that hours pass in which limits are given back.
const RARER: f64 = 4.0;
/// How the numbers of the business's own people begin.
const OWN: &str = "+44207946";

/// What may be done and what it costs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Narrow {
    pub(crate) limits: Limits,
    pub(crate) spend: Spend,
    /// The first and the last hour in which people are called who did not just ask.
    pub(crate) hours: (u8, u8),
    /// Of each piece of equipment: what a minute costs to customers and to agents, in ten-thousandths.
    pub(crate) rates: Vec<(u32, u32)>,
    /// From how many networks customers ask.
    pub(crate) networks: u64,
    /// Those who answer and want no calls any more.
    pub(crate) never_again: f64,
}

impl Narrow {
    /// That of a seed. `gap_ms` between customers grows.
    pub(crate) fn draw(seed: u64, equipment: usize, agents: u8, gap_ms: &mut f64) -> Option<Self> {
        if !seed.is_multiple_of(ONE_IN) {
            return None;
        }
        // Another sequence than the seed's own.
        let mut chance = Chance::new(!seed);
        *gap_ms *= RARER;
        let hour = 3_600_000.0 / *gap_ms;
        let mut limits = Limits::NONE;
        let mut narrow = |limit: &mut u32, first: f64, last: f64| {
            let (on, value) = (chance.happens(0.4), first + (last - first) * chance.unit());
            if on {
                *limit = whole(value);
            }
        };
        narrow(&mut limits.number_10min, 1.0, 3.0);
        narrow(&mut limits.number_day, 1.0, 4.0);
        narrow(&mut limits.rings_day, 1.0, 4.0);
        narrow(&mut limits.network_10min, 1.0, 6.0);
        narrow(&mut limits.network_day, 4.0, 40.0);
        narrow(&mut limits.network_numbers_hour, 1.0, 8.0);
        narrow(&mut limits.pair_hour, 1.0, 2.0);
        narrow(&mut limits.neighbours, hour * 0.1, hour * 0.6);
        narrow(&mut limits.calls_hour, hour * 0.6, hour * 2.0);
        narrow(&mut limits.calls_day, hour * 8.0, hour * 24.0);
        narrow(&mut limits.at_once, 1.0, f64::from(agents));
        let rates: Vec<(u32, u32)> = (0..equipment)
            .map(|_| (whole(chance.unit() * 2_000.0), whole(chance.unit() * 1_000.0)))
            .collect();
        let minute = rates.iter().map(|(customer, agent)| customer + agent).max();
        // In hundredths, rounded up, so that the dearest minute may be paid.
        let minute = f64::from(minute.unwrap_or(1)) / 100.0;
        let spend = if chance.happens(0.7) {
            let call = minute * (1.5 + chance.unit() * 10.0);
            // Most calls are two minutes long.
            let in_hour = call + minute * 2.0 * hour * chance.unit();
            Spend {
                call: whole(call),
                hour: whole(in_hour),
                day: whole(in_hour * (4.0 + chance.unit() * 16.0)),
            }
        } else {
            Spend::NONE
        };
        let first = chance.below(12);
        let hours = (small(first), small(first + 6 + chance.below(7)));
        Some(Self {
            limits,
            spend,
            hours,
            rates,
            networks: 3 + chance.below(60),
            never_again: if chance.happens(0.5) { 0.1 } else { 0.0 },
        })
    }

    /// As a document has it.
    pub(crate) fn policy(&self) -> Policy {
        let (from, to) = self.hours;
        Policy {
            countries: vec![],
            sip_domains: vec![],
            limits: self.limits,
            spend: self.spend,
            calling: Calling {
                from: format!("{from:02}:00"),
                to: format!("{to:02}:00"),
            },
            challenge: Challenge::None,
        }
    }

    /// The rates of a piece of equipment.
    pub(crate) fn rates_of(&self, nth: usize) -> Vec<Rate> {
        let rate = |prefix: &str, per_minute| Rate {
            prefix: prefix.into(),
            per_minute,
        };
        let own = self.rates.get(nth).copied();
        own.map_or_else(Vec::new, |(customer, agent)| {
            vec![rate("+", customer), rate(OWN, agent)]
        })
    }

    /// What a minute of both parties costs over this equipment, in ten-thousandths.
    pub(crate) fn per_minute(&self, nth: usize) -> u64 {
        let own = self.rates.get(nth).copied().unwrap_or_default();
        u64::from(own.0) + u64::from(own.1)
    }

    /// Whence this customer asks.
    pub(crate) fn network(&self, nth: usize) -> IpAddr {
        let network = u64::try_from(nth).unwrap_or(0).wrapping_mul(2_654_435_761) % self.networks;
        IpAddr::from([10, 0, small(network), 1])
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}

fn small(value: u64) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}
