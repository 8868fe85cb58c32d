//! What the customer hears until the agent is there: the question whether it is them, the announcement, music.

use crate::TimerKey;
use crate::engine::Acd;
use crate::phrase::{Hears, Phrase, Words};
use crate::request::{Hearing, request_of};
use crate::step::{Effect, LegEnd};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::{LegId, Millis, RequestId};

/// The key that says: it is me, connect me.
const YES: char = '1';
/// The key that says: never call me again.
const NEVER: char = '9';
/// Seconds that an announcement may take before we stop believing that its end will be told.
const SAY_S: i64 = 20;

impl Acd {
    /// The phone was picked up: by the customer, or where the business wants to be sure, by somebody who has to press 1.
    pub(crate) fn customer_answered(&mut self, id: &RequestId, now: Millis) {
        self.with_request(id, |request| request.answered_at = Some(now));
        self.clear_timer(TimerKey::Ring(id.clone()));
        // In the browser it is whoever asked, in the window where they did.
        if !self.config.business.press_one || self.in_browser(id) {
            return self.customer_holds(id, now);
        }
        let confirm_s = i64::from(self.config.business.timing.confirm_s);
        self.set_timer(TimerKey::Confirm(id.clone()), now.plus_s(confirm_s));
        self.with_request(id, |request| request.hearing = Hearing::Question);
        if let Some(words) = self.requests.get(id).map(|request| self.question(request)) {
            self.announce_to(id, words);
        }
    }

    /// A key was pressed. Only the customer's 1, while it is asked for, means something, and a 9 until the announcement is over.
    pub(crate) fn key_pressed(&mut self, id: &RequestId, party: Party, key: char, now: Millis) {
        let forbids = self.requests.get(id).is_some_and(Self::may_forbid);
        if forbids && party == Party::Customer && key == NEVER {
            return self.forbidden(id, now);
        }
        let asked = self.requests.get(id).is_some_and(|request| {
            request.hearing == Hearing::Question && request.legs.customer == LegState::Answered
        });
        if asked && party == Party::Customer && key == YES {
            self.clear_timer(TimerKey::Confirm(id.clone()));
            self.customer_holds(id, now);
        }
    }

    /// Nobody pressed 1.
    pub(crate) fn not_confirmed(&mut self, id: &RequestId, now: Millis) {
        self.not_reached(id, EndReason::CustomerNotConfirmed, now);
    }

    fn customer_holds(&mut self, id: &RequestId, now: Millis) {
        self.await_hold(id, now);
        let mut words = None;
        self.with_request(id, |request| request.hearing = Hearing::Announcement);
        if let Some(request) = self.requests.get(id) {
            words = Some(self.announcement(request));
        }
        if let Some(words) = words {
            self.announce_to(id, words);
        }
        let kept = self
            .requests
            .get(id)
            .filter(|request| self.is_kept_in_vain(request))
            .and_then(|request| request.agent.clone());
        if let Some(agent) = kept {
            // The next one instead; this one has missed nothing.
            self.with_request(id, |request| {
                request.agent = None;
                request.state = RequestState::CustomerOnHold;
            });
            self.release(&agent, id, now);
        } else if self.requests.get(id).is_some_and(Self::has_taker) {
            self.dial_agent(id, now);
        } else {
            self.with_request(id, |request| request.state = RequestState::CustomerOnHold);
        }
    }

    /// From now on the customer holds, and hears the announcement first.
    pub(crate) fn await_hold(&mut self, id: &RequestId, now: Millis) {
        let hold_s = i64::from(self.config.business.timing.hold_s);
        self.set_timer(TimerKey::Hold(id.clone()), now.plus_s(hold_s));
        self.set_timer(TimerKey::Say(id.clone()), now.plus_s(SAY_S));
    }

    /// What a leg is to hear now; `None` for one that is of no use any more.
    pub fn hears(&self, leg: &LegId) -> Option<Hears> {
        let (id, party, number) = request_of(leg)?;
        let request = self
            .requests
            .get(&id)
            .filter(|request| request.has_leg(party, number))?;
        let talks = matches!(
            request.state,
            RequestState::RingingAgent | RequestState::Connected
        );
        match (party, request.hearing) {
            (_, _) if request.state == RequestState::Ended => None,
            (Party::Agent, _) => talks.then_some(Hears::Other),
            (Party::Customer, Hearing::Nothing) => None,
            (Party::Customer, Hearing::Question) => Some(Hears::Question(self.question(request))),
            (Party::Customer, Hearing::Announcement | Hearing::Music) => {
                Some(Hears::Hold(self.announcement(request)))
            }
        }
    }

    /// The question whether it is the customer.
    fn question(&self, request: &crate::Request) -> Words {
        Phrase::Confirm.of(&self.config.business, request.asked.language.as_ref())
    }

    /// What the customer hears while the agent is called.
    pub(crate) fn announcement(&self, request: &crate::Request) -> Words {
        Words::hold(
            &self.config.business,
            request.announcement.as_ref(),
            request.asked.language.as_ref(),
        )
    }

    fn announce_to(&mut self, id: &RequestId, words: Words) {
        if let Some(leg) = self.requests.get(id).and_then(crate::Request::customer_leg) {
            self.effect(id, Effect::Announce { leg, words });
        }
    }

    /// News from equipment that tells when it has said something: it is to play music then.
    pub(crate) fn announced(&mut self, id: &RequestId, party: Party) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let holds = request.hearing == Hearing::Announcement && request.legs.customer == LegState::Answered;
        let (Party::Customer, true, Some(leg)) = (party, holds, request.customer_leg()) else {
            return;
        };
        let joins = self.joins(id);
        self.said(id);
        if !joins {
            self.effect(id, Effect::Music { leg });
        }
    }

    /// The announcement is over, or can't be waited for: from now on the agent may join.
    pub(crate) fn said(&mut self, id: &RequestId) {
        let announcing = self
            .requests
            .get(id)
            .is_some_and(|request| request.hearing == Hearing::Announcement);
        if !announcing {
            return;
        }
        self.clear_timer(TimerKey::Say(id.clone()));
        self.with_request(id, |request| request.hearing = Hearing::Music);
        if self.joins(id) {
            self.join_legs(id);
        }
    }

    fn joins(&self, id: &RequestId) -> bool {
        self.requests.get(id).is_some_and(|request| {
            request.state == RequestState::RingingAgent && request.legs.agent == LegState::Answered
        })
    }

    /// The agent has answered: the two are joined as soon as the announcement is over.
    pub(crate) fn agent_answered(&mut self, id: &RequestId, now: Millis) {
        if self.in_browser(id) {
            self.await_connection(id, now);
        } else {
            // The carrier has as long again to join them.
            self.await_ring(id, self.config.business.timing.ring_agent_s, now);
        }
        let announcing = self
            .requests
            .get(id)
            .is_some_and(|request| request.hearing == Hearing::Announcement);
        if !announcing {
            self.join_legs(id);
        }
    }

    fn join_legs(&mut self, id: &RequestId) {
        let legs = self
            .requests
            .get(id)
            .and_then(|request| request.customer_leg().zip(request.agent_leg()));
        if let Some((customer, agent)) = legs {
            self.effect(id, Effect::Bridge { customer, agent });
        }
    }

    /// The leg of a customer who answered is over before the two talked.
    pub(crate) fn left_before_talk(&mut self, id: &RequestId, how: LegEnd, now: Millis) {
        let question = self
            .requests
            .get(id)
            .is_some_and(|request| request.hearing == Hearing::Question);
        match (question, how) {
            (_, LegEnd::Failed | LegEnd::Lost) => self.end(id, EndReason::CarrierError, now),
            (true, _) => self.end(id, EndReason::CustomerDeclined, now),
            (false, _) => self.end(id, EndReason::CustomerHungUpOnHold, now),
        }
    }
}
