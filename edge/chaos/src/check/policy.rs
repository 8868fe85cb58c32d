//! Where the dial policy is narrow: nothing is accepted and nobody is dialled beyond it. The counts are made here once more, from what
//! was accepted and ordered; the money is what the equipment itself would bill.

use super::Law;
use crate::document::wall_of_london;
use crate::far::Map;
use crate::narrow::Narrow;
use crate::options::Kind;
use crate::world::World;
use acd::{Effect, Input, Order, Request, Settled, Step, Write};
use shared::call::{EndReason, Origin, Party};
use shared::{Address, LegId, Millis};
use std::collections::BTreeSet;
use std::net::IpAddr;
use telephony::outbox::Task;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// A network is forgotten at this age.
const NETWORK_MS: i64 = 23 * HOUR_MS;
/// Seconds for which somebody who asked is waiting for the call.
const AWAITS_S: i64 = 3_600;

/// A request that was accepted.
#[derive(Debug)]
struct Accepted {
    at: Millis,
    phone: Address,
    network: Option<IpAddr>,
}

/// A call to a customer's phone that was ordered.
#[derive(Debug)]
struct Called {
    at: Millis,
    phone: Address,
    /// Ten-thousandths, both parties.
    per_minute: u64,
    /// The most that it may last.
    minutes: u64,
}

/// What is remembered of it.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    accepted: Vec<Accepted>,
    called: Vec<(LegId, Called)>,
    /// Who wants no calls.
    forbidden: BTreeSet<String>,
}

impl Counts {
    /// Others had rung this number: this leg rings nobody.
    fn withheld(&mut self, leg: &LegId) {
        self.called.retain(|(called, _)| called != leg);
    }

    fn calls_since(&self, since: Millis) -> u64 {
        let young = self.called.iter().rev().take_while(|(_, call)| call.at > since);
        many(young.count())
    }

    fn asked_since(&self, since: Millis) -> impl Iterator<Item = &Accepted> {
        self.accepted
            .iter()
            .rev()
            .take_while(move |asked| asked.at > since)
    }

    /// Whether more neighbours than `limit` asked within ten minutes, less than an hour before `now`.
    fn is_closed(&self, neighbourhood: &str, limit: u32, now: Millis) -> bool {
        let there = |asked: &&Accepted| asked.phone.neighbourhood() == neighbourhood;
        let latest: Vec<&Accepted> = self
            .asked_since(now.plus_ms(-2 * HOUR_MS))
            .filter(there)
            .collect();
        latest.iter().any(|last| {
            let close = |asked: &&&Accepted| asked.at <= last.at && asked.at > last.at.plus_ms(-HOUR_MS / 6);
            let numbers: BTreeSet<&Address> = latest.iter().filter(close).map(|asked| &asked.phone).collect();
            last.at > now.plus_ms(-HOUR_MS) && many(numbers.len()) > u64::from(limit)
        })
    }
}

impl World {
    /// A step is about to be committed.
    pub(crate) fn check_policy(&mut self, cause: &Input, step: &Step, now: Millis) {
        let Some(narrow) = self.options.narrow.clone() else {
            return;
        };
        if let Input::Settled {
            order,
            outcome: Settled::Withheld(_),
        } = cause
        {
            self.check.counts.withheld(order.effect.leg());
        }
        for write in &step.writes {
            let Write::Request(request) = write else { continue };
            if request.reason == Some(EndReason::CustomerForbade) {
                self.check.counts.forbidden.insert(request.asked.phone.line());
            }
            if !self.check.is_known(&request.id) {
                self.check_admitted(&narrow, cause, request, now);
            }
        }
        for order in &step.effects {
            let Effect::Dial {
                party: Party::Customer,
                ..
            } = order.effect
            else {
                continue;
            };
            let of = |write: &&Write| matches!(write, Write::Request(request) if request.id == order.request);
            if let Some(Write::Request(request)) = step.writes.iter().find(of) {
                self.check_called(&narrow, cause, order, request, now);
            }
        }
    }

    fn check_admitted(&mut self, narrow: &Narrow, cause: &Input, request: &Request, now: Millis) {
        let network = match cause {
            Input::Ask { network, .. } => *network,
            _ => None,
        };
        let (limits, phone) = (narrow.limits, &request.asked.phone);
        if self.check.counts.forbidden.contains(&phone.line()) {
            self.break_law(Law::Leave, || format!("{} is for who wants no calls", request.id));
        }
        self.check.counts.accepted.push(Accepted {
            at: now,
            phone: phone.clone(),
            network,
        });
        // Seconds mean nothing where somebody sets the clock.
        if self.options.jump_ms > 0.0 {
            return;
        }
        let counts = &self.check.counts;
        let number = |ms: i64| {
            let asked = counts.asked_since(now.plus_ms(-ms));
            many(asked.filter(|asked| asked.phone == *phone).count())
        };
        let from = |ms: i64| {
            let asked = counts.asked_since(now.plus_ms(-ms));
            asked.filter(|asked| network.is_some() && asked.network == network)
        };
        let others: BTreeSet<&Address> = from(HOUR_MS).map(|asked| &asked.phone).collect();
        let pair = from(HOUR_MS).filter(|asked| asked.phone == *phone);
        let over = [
            (
                "of the number in ten minutes",
                number(HOUR_MS / 6),
                limits.number_10min,
            ),
            ("of the number in a day", number(DAY_MS), limits.number_day),
            (
                "of the network in ten minutes",
                many(from(HOUR_MS / 6).count()),
                limits.network_10min,
            ),
            (
                "of the network in a day",
                many(from(NETWORK_MS).count()),
                limits.network_day,
            ),
            (
                "of the number and the network",
                many(pair.count()),
                limits.pair_hour,
            ),
            (
                "numbers of the network",
                many(others.len()),
                limits.network_numbers_hour,
            ),
        ];
        let over = over
            .into_iter()
            .find(|(_, count, limit)| *count > u64::from(*limit));
        if let Some((what, count, limit)) = over {
            self.break_law(Law::Leave, || {
                format!("{}: {count} {what} of {limit}", request.id)
            });
        }
    }

    fn check_called(
        &mut self,
        narrow: &Narrow,
        cause: &Input,
        order: &Order,
        request: &Request,
        now: Millis,
    ) {
        let Effect::Dial { leg, longest_s, .. } = &order.effect else {
            return;
        };
        let phone = &request.asked.phone;
        if self.check.counts.forbidden.contains(&phone.line()) {
            self.break_law(Law::Leave, || format!("{leg} is to who wants no calls"));
        }
        let via = self.lines.iter().position(|line| line.id == order.via);
        let Some(via) = via.filter(|via| self.kind(*via) != Kind::Browser) else {
            return;
        };
        let Some(longest_s) = longest_s else {
            return self.break_law(Law::Money, || format!("{leg} may last for ever"));
        };
        let call = Called {
            at: now,
            phone: phone.clone(),
            per_minute: narrow.per_minute(via),
            minutes: u64::from(*longest_s) / 60,
        };
        let cap = u64::from(narrow.spend.call) * 100;
        if call.per_minute * call.minutes > cap {
            self.break_law(Law::Money, || format!("{leg} may cost more than {cap}"));
        }
        self.check.counts.called.push((leg.clone(), call));
        if self.options.jump_ms > 0.0 {
            return;
        }
        let limits = narrow.limits;
        let counts = &self.check.counts;
        let rang = counts
            .called
            .iter()
            .filter(|(_, call)| call.phone == *phone && call.at > now.plus_ms(-DAY_MS));
        let over = [
            (
                "calls of the number in a day",
                many(rang.count()),
                limits.rings_day,
            ),
            (
                "calls in an hour",
                counts.calls_since(now.plus_ms(-HOUR_MS)),
                limits.calls_hour,
            ),
            (
                "calls in a day",
                counts.calls_since(now.plus_ms(-DAY_MS)),
                limits.calls_day,
            ),
        ];
        let over = over
            .into_iter()
            .find(|(_, count, limit)| *count > u64::from(*limit));
        if let Some((what, count, limit)) = over {
            return self.break_law(Law::Leave, || format!("{leg}: {count} {what} of {limit}"));
        }
        if limits.neighbours < u32::MAX && counts.is_closed(&phone.neighbourhood(), limits.neighbours, now) {
            return self.break_law(Law::Leave, || {
                format!("{leg} is to a neighbourhood that is closed")
            });
        }
        let awaited = request.origin == Origin::Page && now <= request.queued_at.plus_s(AWAITS_S);
        let (from, to) = narrow.hours;
        let hours = i64::from(from) * HOUR_MS..i64::from(to) * HOUR_MS;
        if !awaited && !hours.contains(&wall_of_london(now.0)) {
            return self.break_law(Law::Leave, || {
                format!("{leg} rings at {now}, outside of {from} to {to}")
            });
        }
        self.check_spend(narrow, cause, leg, now);
    }

    /// A step was committed in which somebody is called: no more calls are under way than may be.
    pub(crate) fn check_at_once(&mut self, step: &Step) {
        let Some(most) = self.options.narrow.as_ref().map(|narrow| narrow.limits.at_once) else {
            return;
        };
        let calls = |order: &Order| {
            matches!(
                order.effect,
                Effect::Dial {
                    party: Party::Customer,
                    ..
                }
            )
        };
        if !step.effects.iter().any(calls) {
            return;
        }
        let live = self.store.requests.values();
        let live = many(live.filter(|request| request.state.is_live()).count());
        if live > u64::from(most) {
            self.break_law(Law::Leave, || format!("{live} calls at once of {most}"));
        }
    }

    /// What calls of the last hour and of the last day have cost, by the seconds of the equipment itself, and what those that are up may
    /// cost yet, is within the caps.
    fn check_spend(&mut self, narrow: &Narrow, cause: &Input, leg: &LegId, now: Millis) {
        let pending = self.store.outbox.values().filter_map(|row| match &*row.task {
            Task::Carry(order) if is_settled(cause, order) => None,
            Task::Carry(Order {
                effect: Effect::Dial { leg, .. },
                ..
            }) => Some(leg),
            _ => None,
        });
        let mut open: BTreeSet<&LegId> = pending.chain([leg]).collect();
        // Of what was sent, what became of it counts.
        let sent: BTreeSet<&LegId> = self.legs.iter().map(|leg| &leg.id).collect();
        open.retain(|leg| !sent.contains(leg));
        let mut talked: Map<&LegId, u64> = Map::default();
        for leg in &self.legs {
            match (leg.answered_at, leg.ended_at) {
                (_, None) => drop(open.insert(&leg.id)),
                (Some(from), Some(to)) => {
                    let minutes = u64::try_from(to - from)
                        .unwrap_or(0)
                        .div_ceil(MINUTE_MS.unsigned_abs());
                    let known = talked.entry(&leg.id).or_default();
                    *known = minutes.max(*known);
                }
                (None, Some(_)) => {}
            }
        }
        let cost = |(leg, call): &(LegId, Called)| {
            let minutes = if open.contains(leg) {
                call.minutes
            } else {
                talked.get(leg).copied().unwrap_or(0)
            };
            call.per_minute * minutes
        };
        let calls = &self.check.counts.called;
        let since = |ms: i64| {
            let young = calls
                .iter()
                .rev()
                .take_while(move |(_, call)| call.at > now.plus_ms(-ms));
            young.map(cost).sum::<u64>()
        };
        let spend = narrow.spend;
        let over = [
            ("hour", since(HOUR_MS), spend.hour),
            ("day", since(DAY_MS), spend.day),
        ];
        let over = over
            .into_iter()
            .find(|(_, cost, cap)| *cost > u64::from(*cap) * 100);
        if let Some((window, cost, cap)) = over {
            self.break_law(Law::Money, || {
                format!(
                    "{leg}: {cost} in the last {window}, where it may be {}",
                    u64::from(cap) * 100
                )
            });
        }
    }
}

fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// True when this is what just happened to an order: it waits no more.
fn is_settled(cause: &Input, order: &Order) -> bool {
    matches!(cause, Input::Settled { order: settled, .. } if **settled == *order)
}
