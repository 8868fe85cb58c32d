//! Who may be called. Every dial passes here, whoever asked for it: only this module makes a [`Permit`], and a dial can't be said
//! without one. A request is looked at when it comes in, and again at every dial.
//!
//! | module | idea |
//! | --- | --- |
//! | `class` | what kind of number it is, and of which country |
//! | `rules` | the policy as the document and the deployment say it |
//! | `book` | what is remembered: requests, calls, numbers never called again, requests that wait for leave |
//! | `neighbours` | somebody works through a block of numbers |
//! | `spend` | what calls cost, and may |
//! | `billed` | what carriers bill, where it is more than their rates say |
//! | `rings` | how often one number is rung in a day, by one business or by all |
//! | `window` | the hours at which people may be called, where they are |
//! | `digest` | names for numbers and networks that tell nothing of them |

mod billed;
mod book;
mod class;
mod digest;
mod neighbours;
mod rings;
mod rules;
mod spend;
mod window;

pub use billed::{Bill, Dearer};
pub use book::{Asked, Closed, Note, Record, Suppressed, Waiting};
pub use class::is_as_written;
pub use digest::Digest;
pub use rings::{rang_until, rings_again};
pub use rules::excess;
pub use spend::{Dial, committed};

pub(crate) use book::{Book, NETWORK_MS, WEEK_MS};
pub(crate) use rules::Rules;

pub(crate) use spend::begun_minutes;

use self::spend::{DAY_MS, Grant, HOUR_MS};
use crate::mutant;
use serde::{Deserialize, Serialize};
use shared::equipment::{Equipment, Kind};
use shared::policy::{Held, Limits};
use shared::{Address, Millis};

/// The leave to dial one number, or one SIP address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permit(Address);

impl Permit {
    /// What may be dialled.
    pub fn address(&self) -> &Address {
        &self.0
    }
}

/// Why a number may not be dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prohibition {
    /// It can't be a number.
    NoNumber,
    /// A call there costs more than a call, or pays somebody.
    Costly,
    /// Satellite and other networks that belong to no country.
    NoCountry,
    /// The business does not call this country.
    NotServed,
    /// A SIP address of a domain that the business does not call.
    Domain,
    /// A SIP address that is a telephone number somewhere: nobody knows which call comes of it.
    Disguised,
    /// It is the business's own.
    Own,
    /// Whoever has it is never to be called again.
    Suppressed,
    /// A minute costs more than a call may.
    Price,
}

impl Prohibition {
    /// The word under which it is counted.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoNumber => "number_impossible",
            Self::Costly => "number_costly",
            Self::NoCountry => "number_without_country",
            Self::NotServed => "country_not_served",
            Self::Domain => "sip_domain_not_served",
            Self::Disguised => "sip_number",
            Self::Own => "number_own",
            Self::Suppressed => "number_suppressed",
            Self::Price => "number_price",
        }
    }

    /// The prohibition in words for the business. Whoever asks from outside is not told which it is.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoNumber => "This can't be a phone number.",
            Self::Costly => {
                "This is a premium-rate, shared-cost, personal or pager number: these are never called."
            }
            Self::NoCountry => "This number belongs to no country: satellite and the like are never called.",
            Self::NotServed => "Numbers of this country are not called.",
            Self::Domain => "SIP addresses of this domain are not called.",
            Self::Disguised => {
                "This SIP address is a telephone number, which somebody's gateway would call: give the number itself."
            }
            Self::Own => "This is a number of the business itself.",
            Self::Suppressed => "Whoever has this number asked never to be called again.",
            Self::Price => "A minute to this number costs more than a call may.",
        }
    }
}

/// Which limit a request would pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Requests for the number.
    Number,
    /// Requests from the network.
    Network,
    /// Requests for the number from the network.
    Pair,
    /// Different numbers from the network.
    NetworkNumbers,
    /// Neighbouring numbers.
    Neighbours,
}

impl Limit {
    /// The word under which it is counted.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "limit_number",
            Self::Network => "limit_network",
            Self::Pair => "limit_network_number",
            Self::NetworkNumbers => "limit_network_numbers",
            Self::Neighbours => "limit_neighbours",
        }
    }
}

/// A request that comes in, as the policy sees it.
pub(crate) struct Coming {
    pub(crate) number: Digest,
    pub(crate) neighbourhood: Digest,
    pub(crate) network: Option<Digest>,
    /// It is to ring a browser: where a phone is to ring after all, that is asked about again.
    pub(crate) by_voice: bool,
}

/// Whether a request may be accepted: never more than so many for a number, from a network, for neighbours.
pub(crate) fn admit(book: &Book, limits: Limits, coming: &Coming, now: Millis) -> Result<(), Limit> {
    let number = &coming.number;
    let (ten_min, hour, day) = (
        now.plus_ms(-HOUR_MS / 6),
        now.plus_ms(-HOUR_MS),
        now.plus_ms(-DAY_MS),
    );
    let asked = |since, limit| book.number_asked(number, since, limit);
    if asked(ten_min, limits.number_10min)
        || asked(day, limits.number_day)
        || asked(now.plus_ms(-WEEK_MS), limits.number_week)
    {
        return Err(Limit::Number);
    }
    if let Some(network) = &coming.network {
        let count = |since, limit: u32| {
            let latest = book.network_asked(network, since, limit);
            latest.take(book::size(limit)).count() >= book::size(limit)
        };
        if count(ten_min, limits.network_10min) || count(day, limits.network_day) {
            return Err(Limit::Network);
        }
        let same = book
            .network_asked(network, hour, limits.pair_hour)
            .filter(|other| *other == number);
        if same.take(book::size(limits.pair_hour)).count() >= book::size(limits.pair_hour) {
            return Err(Limit::Pair);
        }
        let latest = book.network_asked(network, hour, limits.network_numbers_hour);
        let others: std::collections::BTreeSet<_> = latest.filter(|other| *other != number).collect();
        if others.len() >= book::size(limits.network_numbers_hour) {
            return Err(Limit::NetworkNumbers);
        }
    }
    match book.quarantined(&coming.neighbourhood, limits.neighbours, now) {
        Some(_) if !coming.by_voice && !mutant!(NeighboursForgotten) => Err(Limit::Neighbours),
        _ => Ok(()),
    }
}

/// A customer's phone that is about to be dialled.
pub(crate) struct Case<'a> {
    pub(crate) customer: &'a Address,
    /// The zone that the customer says is theirs.
    pub(crate) zone: Option<&'a str>,
    /// The customer asked to be called at this time.
    pub(crate) requested: bool,
    pub(crate) equipment: &'a Equipment,
    /// Whom the customer is to be connected with, where it is known.
    pub(crate) other: Option<&'a Address>,
    /// Minutes that the call may last.
    pub(crate) longest: u32,
    /// Other calls under way.
    pub(crate) live: u32,
    /// How many wait for leave and go before it.
    pub(crate) ahead: u32,
}

/// What the policy says to a dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Dial: a minute costs so much, and so many are set aside.
    Dial {
        to: Permit,
        per_minute: u32,
        minutes: u32,
    },
    /// Not yet.
    Later(Held, Millis),
    /// Not at all.
    Never(Prohibition),
}

/// Seconds after which leave is asked for again, at the latest, by the first of those who wait for a call under way to end.
const BUSY_S: i64 = 15;

/// Asks for leave to dial a customer.
pub(crate) fn leave(book: &Book, rules: &Rules, case: &Case<'_>, now: Millis) -> Verdict {
    let country = match rules.customer(case.customer) {
        Ok(country) => country,
        Err(why) => return Verdict::Never(why),
    };
    let number = Digest::of_address(&book.salt, case.customer);
    if book.suppressed(&number).is_some() && !mutant!(NeverForgotten) {
        return Verdict::Never(Prohibition::Suppressed);
    }
    let limits = rules.limits;
    let turn = i64::from(case.ahead) + 1;
    let busy = (case.live >= limits.at_once && !mutant!(AtOnceForgotten))
        .then(|| Verdict::Later(Held::Busy, now.plus_s(BUSY_S * turn)));
    if case.equipment.kind == Kind::Browser {
        // Nobody's phone rings, nothing is spent: hours, rates and neighbours protect from calls that are none here.
        return busy.unwrap_or_else(|| Verdict::Dial {
            to: Permit(case.customer.clone()),
            per_minute: 0,
            minutes: case.longest,
        });
    }
    let neighbourhood = Digest::of_neighbourhood(&book.salt, case.customer);
    if let (Some(until), false) = (
        book.quarantined(&neighbourhood, limits.neighbours, now),
        mutant!(NeighboursForgotten),
    ) {
        return Verdict::Later(Held::Neighbours, until);
    }
    if let (Some(window), false) = (rules.window, case.requested || mutant!(NightForgotten)) {
        let opens = window.opens(&window::clocks(rules.clocks(country), case.zone), now);
        if opens > now {
            return Verdict::Later(Held::Hours, opens);
        }
    }
    let rings = if mutant!(RingsForgotten) {
        u32::MAX
    } else {
        limits.rings_day
    };
    if let Some(again) = rings_again(book.rang(&number), rings, now) {
        return Verdict::Later(Held::Rings, again);
    }
    let rate = |limit| if mutant!(RateForgotten) { u32::MAX } else { limit };
    let later = |window_ms, limit| book.called(window_ms, rate(limit), case.ahead, now);
    if let Some(again) = later(HOUR_MS, limits.calls_hour).max(later(DAY_MS, limits.calls_day)) {
        return Verdict::Later(Held::Rate, again);
    }
    if let Some(busy) = busy {
        return busy;
    }
    let per_minute = rules.price(
        case.equipment,
        case.customer,
        case.other,
        book.least(case.equipment),
    );
    // What is free needs no counting.
    let spent = match per_minute {
        0 => (0, 0),
        _ if mutant!(SpentForgotten) => (0, 0),
        _ => committed(book.dials(), now),
    };
    match rules.grant(per_minute, case.longest, spent) {
        Grant::Minutes(minutes) => Verdict::Dial {
            to: Permit(case.customer.clone()),
            per_minute,
            minutes,
        },
        Grant::Wait { cost } => Verdict::Later(Held::Spend, rules.frees(book.dials(), cost, case.ahead, now)),
        Grant::Never => Verdict::Never(Prohibition::Price),
    }
}

/// Asks for leave to dial whom a customer, who was dialled with leave, is to be connected with: it is within what was set aside.
pub(crate) fn leave_to_connect(rules: &Rules, to: &Address) -> Result<Permit, Prohibition> {
    rules.other(to).map(|()| Permit(to.clone()))
}

/// Whether customers may be connected with this address as far as its kind goes: for those that a document names.
pub(crate) fn may_be_named(address: &Address) -> Result<(), Prohibition> {
    match address {
        Address::Number(number) => class::class(number).map(|_| ()),
        Address::Sip(_) => Ok(()),
    }
}
