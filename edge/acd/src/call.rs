//! The call: customer first, the agent while the customer holds, then both joined.

use crate::engine::Acd;
use crate::journal::Deed;
use crate::mutant;
use crate::policy::{Prohibition, Verdict};
use crate::request::{Hearing, Route};
use crate::step::{Effect, LegEnd};
use crate::{Request, TimerKey};
use shared::call::{EndReason, EndedBy, LegState, Party, RequestState};
use shared::desk::AgentState;
use shared::voice::Switch;
use shared::{Address, AgentId, LegId, Millis, RequestId};

impl Acd {
    /// Gives a request to an agent: dials the customer if that is still to be done, or the agent if the customer holds.
    pub(crate) fn assign(&mut self, id: &RequestId, agent: &AgentId, now: Millis) {
        let Some(state) = self.requests.get(id).map(|request| request.state) else {
            return;
        };
        self.with_request(id, |request| request.agent = Some(agent.clone()));
        self.with_agent(agent, |agent| {
            if !mutant!(DoubleReservation) {
                agent.go(AgentState::Reserved, now);
            }
            agent.request = Some(id.clone());
            agent.kept_since = now;
        });
        self.unclaim(id);
        match state {
            RequestState::CustomerOnHold => self.dial_agent(id, now),
            RequestState::Queued => self.dial_customer(id, now),
            // The customer was dialled ahead, and is being waited for.
            RequestState::Scheduled
            | RequestState::Reserving
            | RequestState::DialingCustomer
            | RequestState::RingingAgent
            | RequestState::Connected
            | RequestState::Ended => {}
        }
    }

    pub(crate) fn dial_customer(&mut self, id: &RequestId, now: Millis) {
        let verdict = loop {
            if !self.choose_carrier(id, now) {
                self.wait_is_over(id, now);
                return self.not_reached(id, EndReason::CarrierError, now);
            }
            let Some(verdict) = self.requests.get(id).map(|request| self.leave(request, now)) else {
                return;
            };
            // What is too dear over one piece of equipment may not be over another.
            if !matches!(verdict, Verdict::Never(Prohibition::Price)) || !self.without_carrier(id, now) {
                break verdict;
            }
        };
        let (to, per_minute, minutes) = match verdict {
            Verdict::Dial {
                to,
                per_minute,
                minutes,
            } => (to, per_minute, minutes),
            Verdict::Later(why, until) => return self.hold_back(id, why, until, now),
            Verdict::Never(_) => return self.end(id, EndReason::BlockedNumber, now),
        };
        self.wait_is_over(id, now);
        self.let_out(id);
        self.with_request(id, |request| {
            request.attempt += 1;
            request.hearing = Hearing::Nothing;
        });
        let Some(leg) = self.requests.get(id).and_then(Request::customer_leg) else {
            return;
        };
        let ring_s = self.ring_customer_s(id);
        // A window that opens is no phone that rings, and costs nothing.
        if !self.in_browser(id) {
            self.set_aside(&leg, &to, per_minute, minutes, now);
        }
        self.with_request(id, |request| {
            request.state = RequestState::Reserving;
            request.legs.customer = LegState::Dialing;
        });
        let patience = self.timers.get(&TimerKey::Expert(id.clone())).copied();
        self.clear_timers(id);
        // Who chose an agent and is dialled ahead goes on waiting for just that agent.
        if let (false, Some(until)) = (self.requests.get(id).is_some_and(Self::has_taker), patience) {
            self.set_timer(TimerKey::Expert(id.clone()), until);
        }
        self.await_ring(id, ring_s, now);
        self.effect(
            id,
            Effect::Dial {
                leg,
                party: Party::Customer,
                to,
                ring_s,
                longest_s: (!mutant!(LongestUnsaid)).then(|| minutes.saturating_mul(60)),
            },
        );
        if mutant!(AgentFirst) && self.requests.get(id).is_some_and(Self::has_taker) {
            self.dial_agent(id, now);
        }
    }

    /// True when somebody is there to be called once the customer holds: an agent who is kept, or a number.
    pub(crate) fn has_taker(request: &Request) -> bool {
        request.agent.is_some() || matches!(request.route, Route::Number(_))
    }

    pub(crate) fn dial_agent(&mut self, id: &RequestId, now: Millis) {
        if self.lacks_desk(id) {
            return self.go_over(id, Switch::Agent, now);
        }
        let ring_s = self.config.business.timing.ring_agent_s;
        let (mut leg, mut agent, mut address) = (None, None, None);
        self.with_request(id, |request| {
            request.state = RequestState::RingingAgent;
            request.agent_tries += 1;
            request.legs.agent = LegState::Dialing;
            leg = request.agent_leg();
            agent = request.agent.clone();
            if let Route::Number(to) = &request.route {
                address = Some(to.clone());
            }
        });
        let Some(leg) = leg else { return };
        // Whoever was waited for is there now, or not.
        self.clear_timer(TimerKey::Expert(id.clone()));
        if let Some(agent) = &agent {
            self.with_agent(agent, |agent| agent.go(AgentState::Ringing, now));
            address = self.config.agent(agent).map(|agent| agent.phone.clone());
        }
        let joins = |to: &Address| {
            self.requests
                .get(id)
                .is_none_or(|request| self.may_join(request, to))
        };
        if !address.as_ref().is_none_or(joins) {
            // The document was changed meanwhile: the agent is not to blame.
            return self.leg_ended(id, Party::Agent, LegEnd::Failed, now);
        }
        let Some(to) = address.and_then(|address| self.leave_to_connect(&address)) else {
            return self.leg_ended(id, Party::Agent, LegEnd::BadNumber, now);
        };
        self.await_ring(id, ring_s, now);
        let longest_s = Some(self.longest_s(id));
        self.effect(
            id,
            Effect::Dial {
                leg,
                party: Party::Agent,
                to,
                ring_s,
                longest_s,
            },
        );
    }

    /// The carrier took the dial.
    pub(crate) fn placed(&mut self, id: &RequestId, leg: &LegId, party: Party, now: Millis) {
        let reserving = self
            .requests
            .get(id)
            .is_some_and(|r| r.state == RequestState::Reserving && r.customer_leg().as_ref() == Some(leg));
        if party == Party::Customer && reserving {
            // The ring time counts from here: the outbox may have needed several attempts.
            self.await_ring(id, self.ring_customer_s(id), now);
            self.with_request(id, |request| request.state = RequestState::DialingCustomer);
        }
    }

    /// A leg got further. News that is older than what is known is absorbed.
    pub(crate) fn leg_advances(&mut self, id: &RequestId, party: Party, to: LegState, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        if Self::party_leg(request, party) >= to && !mutant!(AnswerTwice) {
            return;
        }
        self.with_request(id, |request| {
            match party {
                Party::Customer => request.legs.customer = to,
                Party::Agent => request.legs.agent = to,
            }
            if party == Party::Customer && request.state == RequestState::Reserving {
                request.state = RequestState::DialingCustomer;
            }
        });
        if (to, party) == (LegState::Ringing, Party::Customer) {
            self.window_rings(id, now);
        }
        if to == LegState::Answered {
            match party {
                Party::Customer => self.customer_answered(id, now),
                Party::Agent => self.agent_answered(id, now),
            }
        }
    }

    /// The two can hear each other.
    pub(crate) fn bridged(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        if request.state != RequestState::RingingAgent || request.legs.agent != LegState::Answered {
            return;
        }
        let agent = request.agent.clone();
        self.with_request(id, |request| {
            request.state = RequestState::Connected;
            request.legs.customer = LegState::Bridged;
            request.legs.agent = LegState::Bridged;
            request.connected_at = Some(now);
        });
        self.clear_timers(id);
        let talk_s = i64::from(self.config.business.timing.talk_s);
        self.set_timer(TimerKey::Talk(id.clone()), now.plus_s(talk_s));
        if let Some(agent) = agent {
            self.with_agent(&agent, |agent| agent.go(AgentState::Talking, now));
        }
    }

    /// The carrier can't join this agent with the customer, most likely because the agent is gone again: the next one.
    pub(crate) fn bridge_failed(&mut self, id: &RequestId, now: Millis) {
        if self.in_browser(id) {
            return self.go_over(id, Switch::NoConnection, now);
        }
        if self
            .requests
            .get(id)
            .is_some_and(|request| request.state == RequestState::RingingAgent)
        {
            self.give_up_leg(id, Party::Agent, LegEnd::Failed, now);
        }
    }

    /// Ends a leg ourselves, and goes on as if the carrier had said that it ended in this way.
    pub(crate) fn give_up_leg(&mut self, id: &RequestId, party: Party, how: LegEnd, now: Millis) {
        let leg = self.requests.get(id).and_then(|request| match party {
            Party::Customer => request.customer_leg(),
            Party::Agent => request.agent_leg(),
        });
        if let Some(leg) = leg {
            self.effect(id, Effect::HangUp { leg });
        }
        self.leg_ended(id, party, how, now);
    }

    pub(crate) fn machine_answered(&mut self, id: &RequestId, party: Party, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        if Self::party_leg(request, party) >= LegState::Answered {
            return;
        }
        match party {
            Party::Customer => self.not_reached(id, EndReason::CustomerVoicemail, now),
            Party::Agent => self.give_up_leg(id, party, LegEnd::NoAnswer, now),
        }
    }

    /// A leg is over.
    pub(crate) fn leg_ended(&mut self, id: &RequestId, party: Party, how: LegEnd, now: Millis) {
        if self.goes_on(id, party, how, now) {
            return;
        }
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let (state, answered) = (request.state, request.hearing != Hearing::Nothing);
        self.with_request(id, |request| match party {
            Party::Customer => request.legs.customer = LegState::Ended,
            Party::Agent => request.legs.agent = LegState::Ended,
        });
        match (party, state) {
            (_, RequestState::Connected) => {
                self.ended_by(id, who_ended(party, how));
                self.end(id, EndReason::Talked, now);
            }
            (Party::Customer, RequestState::DialingCustomer) if answered => {
                self.ended_by(id, who_ended(party, how));
                self.left_before_talk(id, how, now);
            }
            (Party::Customer, RequestState::Reserving | RequestState::DialingCustomer) => match how {
                LegEnd::Failed => self.carrier_failed(id, now),
                // Somebody may have been called: not a second time.
                LegEnd::Lost => self.end(id, EndReason::CarrierError, now),
                _ => self.not_reached(id, Self::reason_of(how), now),
            },
            (Party::Customer, RequestState::CustomerOnHold | RequestState::RingingAgent) => {
                self.ended_by(id, who_ended(party, how));
                self.left_before_talk(id, how, now);
            }
            (Party::Agent, RequestState::RingingAgent) => self.pass_over(id, how, now),
            (_, RequestState::Scheduled | RequestState::Queued | RequestState::Ended)
            | (
                Party::Agent,
                RequestState::Reserving | RequestState::DialingCustomer | RequestState::CustomerOnHold,
            ) => {}
        }
    }

    /// The agent did not take it: away with the agent, who would miss the next call too, and on to the next while the
    /// customer holds. Where the carrier failed, the agent is not to blame.
    fn pass_over(&mut self, id: &RequestId, how: LegEnd, now: Millis) {
        let (mut agent, mut alone) = (None, false);
        self.with_request(id, |request| {
            agent = request.agent.take();
            if !mutant!(PassedOverForgotten) {
                request.passed_over.extend(agent.clone());
            }
            request.state = RequestState::CustomerOnHold;
            request.legs.agent = LegState::Idle;
            alone = matches!(request.route, Route::Number(_));
        });
        self.clear_timer(TimerKey::Ring(id.clone()));
        if alone {
            return self.let_go(id, now);
        }
        if let Some(agent) = agent {
            self.kept(&agent, id, now);
            if matches!(how, LegEnd::Failed | LegEnd::Lost) {
                return self.with_agent(&agent, |agent| agent.free(agent.next, now));
            }
            self.note_deed(&agent, Deed::Missed, id, now, now);
            self.with_agent(&agent, |agent| agent.send_away("missed", now));
        }
    }

    /// True when this agent can help with what the request asks, on a phone that can be joined with the customer's.
    pub(crate) fn can_help(&self, request: &Request, agent: &AgentId) -> bool {
        self.has_skill(request, agent) && !self.is_apart(request, agent)
    }

    fn has_skill(&self, request: &Request, agent: &AgentId) -> bool {
        if request.route == Route::Agent {
            return request.asked.expert.as_ref() == Some(agent);
        }
        self.config.agent(agent).is_some_and(|facts| {
            // A skill that the business gave up in the meantime is anybody's.
            let fits = |skill| facts.skills.level(skill).is_some() || self.config.skill_name(skill).is_none();
            request.asked.skill.as_ref().is_none_or(fits) || request.asked.expert.as_ref() == Some(agent)
        })
    }

    /// Notes who ended the call; whoever did it first did it.
    pub(crate) fn ended_by(&mut self, id: &RequestId, who: EndedBy) {
        self.with_request(id, |request| {
            request.ended_by.get_or_insert(who);
        });
    }

    /// The one end of every request: legs that live are hung up, the agent writes up a call that took place or is free
    /// again after one that did not.
    pub(crate) fn end(&mut self, id: &RequestId, reason: EndReason, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let talked = request.state == RequestState::Connected;
        let since = request.connected_at.unwrap_or(now);
        let agent = request.agent.clone();
        if !mutant!(EndLeavesLegs) {
            self.hang_up_legs(id);
        }
        self.with_request(id, |request| {
            request.state = RequestState::Ended;
            request.reason = Some(reason);
            request.ended_at = Some(now);
            for leg in [&mut request.legs.customer, &mut request.legs.agent] {
                if *leg != LegState::Idle {
                    *leg = LegState::Ended;
                }
            }
        });
        self.clear_timers(id);
        self.clear_timer(TimerKey::Budget(id.clone()));
        self.let_out(id);
        if let Some(request) = self.requests.get(id) {
            self.open_lines.remove(&request.asked.phone.line());
        }
        let Some(agent) = agent else {
            return self.unclaim(id);
        };
        if talked {
            self.note_deed(&agent, Deed::Talked, id, since, now);
            let timing = self.config.business.timing;
            let ends = now.plus_s(i64::from(timing.wrap_up_s));
            self.set_timer(TimerKey::WrapUp(agent.clone()), ends);
            self.set_timer(
                TimerKey::Ahead(agent.clone()),
                ends.plus_s(-i64::from(timing.look_ahead_s)),
            );
            self.with_agent(&agent, |agent| agent.go(AgentState::WrapUp, now));
        } else {
            self.release(&agent, id, now);
        }
    }
}

/// Who ended a call, from how one party's leg ended.
const fn who_ended(party: Party, how: LegEnd) -> EndedBy {
    match (how, party) {
        (LegEnd::Failed | LegEnd::Lost, _) => EndedBy::Carrier,
        (LegEnd::Released, _) => EndedBy::Business,
        (_, Party::Customer) => EndedBy::Customer,
        (_, Party::Agent) => EndedBy::Agent,
    }
}
