//! The engine asks the dial policy, and keeps its books: requests that come in, calls that are dialled and what they cost, customers
//! who wait for leave or want no calls any more.

use crate::engine::Acd;
use crate::mutant;
use crate::phrase::Phrase;
use crate::policy::{
    self, Asked, Bill, Case, Coming, Dearer, Dial, Digest, NETWORK_MS, Note, Permit, Prohibition, Suppressed,
    Verdict, WEEK_MS, begun_minutes,
};
use crate::refusal::Refusal;
use crate::request::{Hearing, Route, request_of};
use crate::step::{Effect, Heard, HeardKind, LegEnd, Reply};
use crate::{Request, TimerKey};
use shared::call::{EndReason, EndedBy, LegState, Origin, Party, RequestState};
use shared::policy::{Challenge, Suppression};
use shared::request::CallRequest;
use shared::{Address, AgentId, EquipmentId, LegId, Millis, RequestId};
use std::net::IpAddr;

/// Seconds for which a customer who asked for a call at some time is waiting for it.
const AWAITS_S: i64 = 3600;
/// Seconds between two looks at what is to be forgotten, at the least.
const FORGET_S: i64 = 3600;

impl Acd {
    pub(crate) fn note(&mut self, note: Note) {
        self.book.take(note.clone());
        self.touched.notes.push(note);
    }

    /// Refuses whoever showed nothing, before they learn anything else.
    pub(crate) fn refuse_unless_proven(&self, proven: bool) -> Result<(), Refusal> {
        match proven || self.challenge() == Challenge::None {
            true => Ok(()),
            false => Err(Refusal::Unproven),
        }
    }

    /// What a page has to show.
    pub fn challenge(&self) -> Challenge {
        self.config.rules.challenge
    }

    /// The name of a network that knocks at the door of those who work here.
    pub fn knock(&self, network: IpAddr) -> Digest {
        Digest::of_knock(&self.book.salt, network)
    }

    /// Refuses a request that the policy does not let in; what it is counted by otherwise.
    pub(crate) fn admit(
        &self,
        asked: &CallRequest,
        network: Option<IpAddr>,
        now: Millis,
    ) -> Result<Coming, Refusal> {
        let phone = &asked.phone;
        self.config.rules.customer(phone).map_err(Refusal::Number)?;
        let salt = &self.book.salt;
        let coming = Coming {
            number: Digest::of_address(salt, phone),
            neighbourhood: Digest::of_neighbourhood(salt, phone),
            network: network.map(|address| Digest::of_network(salt, address)),
            by_voice: asked.voice,
        };
        if self.book.suppressed(&coming.number).is_some() && !mutant!(NeverForgotten) {
            return Err(Refusal::Number(Prohibition::Suppressed));
        }
        policy::admit(&self.book, self.config.rules.limits, &coming, now).map_err(Refusal::Limit)?;
        Ok(coming)
    }

    /// Counts a request that was accepted.
    pub(crate) fn count_in(&mut self, request: &RequestId, coming: Coming, now: Millis) {
        if mutant!(AskedUncounted) {
            return;
        }
        self.note(Note::Asked(Asked {
            request: request.clone(),
            at: now,
            number: coming.number,
            neighbourhood: Some(coming.neighbourhood),
            network: coming.network,
        }));
        self.await_forgetting(now);
    }

    /// What the policy says to dialling this customer now, by the equipment that was chosen.
    pub(crate) fn leave(&self, request: &Request, now: Millis) -> Verdict {
        let Some(equipment) = request.via.as_ref().and_then(|via| self.config.equipment(via)) else {
            return Verdict::Never(Prohibition::NotServed);
        };
        let live = match self.config.rules.limits.at_once {
            u32::MAX => 0,
            _ => self.live() - u32::from(request.state.is_live()),
        };
        let case = Case {
            customer: &request.asked.phone,
            zone: request.asked.zone.as_deref(),
            requested: is_awaited(request, now),
            equipment,
            other: match &request.route {
                Route::Number(address) => Some(address),
                Route::Distributed | Route::Agent => None,
            },
            longest: self.most_s().div_ceil(60),
            live,
            ahead: self.held_before(request),
        };
        policy::leave(&self.book, &self.config.rules, &case, now)
    }

    /// The seconds that a customer's leg may be up by the business's own times.
    fn most_s(&self) -> u32 {
        let timing = self.config.business.timing;
        [timing.confirm_s, timing.hold_s, timing.talk_s]
            .into_iter()
            .fold(0, u32::saturating_add)
    }

    /// The same for whoever is called for this customer: no longer than what is set aside for both.
    pub(crate) fn longest_s(&self, id: &RequestId) -> u32 {
        let paid = self.book.dial_of(id).map(|dial| dial.minutes.saturating_mul(60));
        paid.unwrap_or(u32::MAX).min(self.most_s())
    }

    /// Refuses an agent's call that the policy would not let out at once: nobody waits for it.
    pub(crate) fn refuse_unless_leave(&self, request: &Request, now: Millis) -> Result<(), Refusal> {
        match self.leave(request, now) {
            Verdict::Dial { .. } => Ok(()),
            Verdict::Later(why, until) => Err(Refusal::NotYet(why, until)),
            Verdict::Never(why) => Err(Refusal::Barred(why)),
        }
    }

    /// Leave to dial whom a customer is to be connected with.
    pub(crate) fn leave_to_connect(&self, to: &Address) -> Option<Permit> {
        policy::leave_to_connect(&self.config.rules, to).ok()
    }

    /// Sets aside what a call may cost, before it is dialled.
    pub(crate) fn set_aside(&mut self, leg: &LegId, to: &Permit, per_minute: u32, minutes: u32, now: Millis) {
        self.note(Note::Dial(Dial {
            leg: leg.clone(),
            at: now,
            number: Digest::of_address(&self.book.salt, to.address()),
            per_minute,
            minutes,
            answered_at: None,
            cost: None,
            billed: 0,
        }));
        self.await_forgetting(now);
    }

    /// Nothing was dialled: nothing is set aside, and no phone rang.
    pub(crate) fn undial(&mut self, leg: &LegId) {
        if self.book.dial(leg).is_some() {
            self.note(Note::Undialled(leg.clone()));
        }
    }

    /// News of a customer's leg, whatever has become of the request: what it costs follows.
    pub(crate) fn keep_account(&mut self, heard: &Heard, now: Millis) {
        match heard.kind {
            HeardKind::Answered | HeardKind::AnsweredByMachine => self.charge_from(heard, now),
            // Of a leg that is lost nobody knows what it costs.
            HeardKind::Ended(LegEnd::Lost)
            | HeardKind::Ringing
            | HeardKind::Digit(_)
            | HeardKind::Announced
            | HeardKind::Bridged => {}
            HeardKind::Ended(how) => self.settle_cost(&heard.leg, Some(how), now),
        }
    }

    fn charge_from(&mut self, heard: &Heard, now: Millis) {
        let leg = &heard.leg;
        let Some(dial) = self.book.dial(leg) else { return };
        if dial.answered_at.is_some() || dial.cost.is_some() {
            return;
        }
        // News may be late; nobody answers before they are called, by whichever clock.
        let answered = heard.at.map_or(now, |at| at.clamp(dial.at.min(now), now));
        let dial = Dial {
            answered_at: Some(answered),
            ..dial.clone()
        };
        self.limit(&dial, dial.minutes);
        self.note(Note::Dial(dial));
    }

    /// An answered call ends when it has lasted as long as may be paid.
    fn limit(&mut self, dial: &Dial, minutes: u32) {
        let (Some(from), Some((id, Party::Customer, _))) = (dial.answered_at, request_of(&dial.leg)) else {
            return;
        };
        if dial.per_minute > 0 {
            self.set_timer(TimerKey::Budget(id), from.plus_s(i64::from(minutes) * 60));
        }
    }

    /// It is over: `how` its carrier says, `None` where it only says that it is. Who hung up may have answered before, and the news of
    /// that got lost: then it costs what it would if it was answered when it was dialled, until somebody says that it never was.
    pub(crate) fn settle_cost(&mut self, leg: &LegId, how: Option<LegEnd>, now: Millis) {
        let Some(dial) = self.book.dial(leg).filter(|dial| dial.is_open()) else {
            return;
        };
        let unanswered = how.is_some_and(|how| !matches!(how, LegEnd::HungUp | LegEnd::Released));
        let cost = match (dial.answered_at, dial.cost, unanswered) {
            (None, _, true) => 0,
            (_, Some(cost), _) => cost,
            (Some(from), None, _) => dial.cost_of(from, now),
            (None, None, false) => dial.cost_of(dial.at, now).min(dial.set_aside()),
        };
        if dial.cost == Some(cost) {
            return;
        }
        let dial = Dial {
            cost: Some(cost),
            ..dial.clone()
        };
        self.note(Note::Dial(dial));
    }

    /// A carrier sent its bill: what it is counts where that is more than was reckoned, and what a minute of it is, for all that come
    /// after it. [`Reply::Done`] where the equipment is dearer than anybody knew.
    pub(crate) fn billed(&mut self, bill: &Bill, now: Millis) -> Reply {
        // An agent's part belongs to the customer's call that it was for.
        let own = self.book.dial(&bill.leg);
        let dial = own.or_else(|| self.book.dial_of(&request_of(&bill.leg)?.0));
        if let Some(dial) = dial.cloned() {
            let billed = dial.billed.saturating_add(bill.price);
            self.note(Note::Dial(Dial { billed, ..dial }));
        }
        let Some(equipment) = self.config.equipment(&bill.via) else {
            return Reply::Absorbed;
        };
        let (billed, known) = (bill.per_minute(), self.book.least(equipment));
        if billed <= self.config.rules.rate(equipment, &bill.to) {
            return Reply::Absorbed;
        }
        // Each bill that the rates are wrong by says anew that they are.
        self.note(Note::Dearer(Dearer {
            via: bill.via.clone(),
            at: now,
            per_minute: billed.max(known),
            rates: equipment.rates.clone(),
        }));
        self.await_forgetting(now);
        if billed <= known {
            return Reply::Absorbed;
        }
        self.reckon_anew(&bill.via, billed, now);
        Reply::Done
    }

    /// Calls that are up cost as much as the one that was billed, and what is set aside for them lasts for less: they end sooner, and
    /// those for which nothing is left end now.
    fn reckon_anew(&mut self, via: &EquipmentId, billed: u32, now: Millis) {
        let both = billed.saturating_mul(2);
        let up = self
            .requests
            .values()
            .filter(|request| request.state != RequestState::Ended && request.via.as_ref() == Some(via));
        let dials = up.filter_map(|request| self.book.dial_of(&request.id));
        let cheaper = dials.filter(|dial| dial.cost.is_none() && dial.per_minute < both);
        let anew: Vec<(Dial, u32)> = cheaper
            .map(|dial| {
                let paid = u64::from(dial.per_minute) * u64::from(dial.minutes) / u64::from(both);
                let paid = u32::try_from(paid).unwrap_or(dial.minutes).max(1);
                let begun = dial.answered_at.map_or(0, |from| begun_minutes(from, now));
                let dial = Dial {
                    per_minute: both,
                    minutes: paid.max(u32::try_from(begun).unwrap_or(dial.minutes)),
                    ..dial.clone()
                };
                (dial, paid)
            })
            .collect();
        for (dial, paid) in anew {
            self.limit(&dial, paid);
            self.note(Note::Dial(dial));
        }
    }

    /// What no minute over this equipment is reckoned at less than, by its bills; in ten-thousandths.
    pub fn least_per_minute(&self, via: &EquipmentId) -> u32 {
        let equipment = self.config.equipment(via);
        equipment.map_or(0, |equipment| self.book.least(equipment))
    }

    /// The call has cost as much as it may.
    pub(crate) fn over_budget(&mut self, id: &RequestId, now: Millis) {
        let Some(state) = self.requests.get(id).map(|request| request.state) else {
            return;
        };
        self.ended_by(id, EndedBy::Business);
        match state {
            RequestState::Connected => self.end(id, EndReason::Talked, now),
            RequestState::CustomerOnHold | RequestState::RingingAgent => self.let_go(id, now),
            RequestState::Reserving | RequestState::DialingCustomer => {
                self.not_reached(id, EndReason::CustomerNotConfirmed, now);
            }
            RequestState::Scheduled | RequestState::Queued | RequestState::Ended => {}
        }
    }

    /// Whoever answered pressed 9: they are told that it is done, and are never called again.
    pub(crate) fn forbidden(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let (phone, leg) = (request.asked.phone.clone(), request.customer_leg());
        let words = Phrase::Never.of(&self.config.business, request.asked.language.as_ref());
        self.suppress(&phone, Suppression::PressedNine, now);
        if let Some(leg) = leg {
            self.effect(id, Effect::Farewell { leg, words });
            self.with_request(id, |request| request.legs.customer = LegState::Ended);
        }
        self.ended_by(id, EndedBy::Customer);
        self.end(id, EndReason::CustomerForbade, now);
    }

    /// True while a 9 means that the customer wants no calls.
    pub(crate) fn may_forbid(request: &Request) -> bool {
        matches!(request.hearing, Hearing::Question | Hearing::Announcement)
            && request.legs.customer == LegState::Answered
    }

    /// An agent was told by the customer of this call.
    pub(crate) fn told_never(
        &mut self,
        agent: &AgentId,
        id: &RequestId,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        let request = self.requests.get(id).ok_or(Refusal::UnknownRequest)?;
        if request.agent.as_ref() != Some(agent) {
            return Err(Refusal::NotYourCall);
        }
        let phone = request.asked.phone.clone();
        self.suppress(&phone, Suppression::AskedAgent, now);
        Ok(Reply::Done)
    }

    /// Never call this number again; a request that waits for it, or lets its phone ring, is over.
    pub(crate) fn never_again(&mut self, phone: &Address, reason: Suppression, now: Millis) -> Reply {
        self.suppress(phone, reason, now);
        let waits = |request: &&Request| {
            matches!(
                request.state,
                RequestState::Scheduled
                    | RequestState::Queued
                    | RequestState::Reserving
                    | RequestState::DialingCustomer
            ) && request.legs.customer < LegState::Answered
        };
        let open = self
            .open_lines
            .get(&phone.line())
            .and_then(|id| self.requests.get(id));
        if let Some(id) = open.filter(waits).map(|request| request.id.clone()) {
            self.end(&id, EndReason::BlockedNumber, now);
        }
        Reply::Done
    }

    fn suppress(&mut self, phone: &Address, reason: Suppression, now: Millis) {
        self.note(Note::Suppressed(Suppressed {
            number: Digest::of_address(&self.book.salt, phone),
            masked: phone.masked(),
            reason,
            at: now,
        }));
    }

    /// This number may be called again.
    pub(crate) fn forgive_number(&mut self, number: Digest) -> Reply {
        if self.book.suppressed(&number).is_none() {
            return Reply::Absorbed;
        }
        self.note(Note::Forgiven(number));
        Reply::Done
    }

    fn await_forgetting(&mut self, now: Millis) {
        if self.timers.contains_key(&TimerKey::Forget) {
            return;
        }
        if let Some(at) = self.book.forgets_at() {
            self.set_timer(TimerKey::Forget, at.max(now.plus_s(FORGET_S)));
        }
    }

    pub(crate) fn forget(&mut self, now: Millis) {
        self.note(Note::Forget {
            networks: now.plus_ms(-NETWORK_MS),
            all: now.plus_ms(-WEEK_MS),
        });
        self.await_forgetting(now);
    }
}

/// True while the customer waits for the call: the law's hours don't stand between people and a call that they asked for. An hour
/// after the time they asked for they count as anybody else.
fn is_awaited(request: &Request, now: Millis) -> bool {
    request.origin == Origin::Page && now <= request.queued_at.plus_s(AWAITS_S)
}
