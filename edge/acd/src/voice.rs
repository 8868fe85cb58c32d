//! A call in the browser: when it is carried there, and the one way over to the telephone.
//!
//! The browsers of customer and agent are equipment like any other, with two differences: only somebody who wants them gets them, and
//! whatever they fail at leads to the telephone instead of the end, with the same request, place and agent.

use crate::TimerKey;
use crate::engine::Acd;
use crate::journal::Deed;
use crate::mutant;
use crate::refusal::Refusal;
use crate::request::{Hearing, Request, request_of};
use crate::step::{LegEnd, Reply};
use shared::call::{LegState, Party, RequestState};
use shared::desk::AgentState;
use shared::equipment::Kind;
use shared::voice::Switch;
use shared::{AgentId, EquipmentId, LegId, Millis, RequestId};

/// Seconds in which a customer's window must be there: it opens by itself.
const WINDOW_S: u32 = 4;
/// Seconds that it may take to answer, once it is there: people are asked for their microphone.
const MICROPHONE_S: u32 = 20;
/// Seconds that two browsers may take to find each other. The pages give up sooner, if they still run.
const CONNECT_S: i64 = 10;
/// Seconds in which a page that was left may be there again: it was only loaded anew.
const RETURN_S: i64 = 6;

/// True for the equipment that is the browsers of customer and agent.
pub fn is_browser(via: &EquipmentId) -> bool {
    via.as_str() == Kind::Browser.as_str()
}

impl Request {
    /// Whether it is still to be, or is, carried by the browser.
    pub fn is_by_voice(&self) -> bool {
        self.asked.voice && self.switched.is_none()
    }

    /// Whether its legs are browsers.
    pub fn is_in_browser(&self) -> bool {
        self.state.is_live() && self.via.as_ref().is_some_and(is_browser)
    }

    /// Why the end of a browser's leg is not the end of the call.
    fn switch_at_end(&self, party: Party, how: LegEnd) -> Option<Switch> {
        if !self.is_in_browser() {
            return None;
        }
        let failed = matches!(how, LegEnd::Failed | LegEnd::Lost);
        match (party, self.state) {
            (Party::Customer, RequestState::Reserving | RequestState::DialingCustomer)
                if self.hearing == Hearing::Nothing =>
            {
                // Whoever takes the call back in the window declines it.
                (!matches!(how, LegEnd::Declined | LegEnd::HungUp)).then_some(Switch::Gone)
            }
            (Party::Agent, RequestState::RingingAgent) if self.legs.agent < LegState::Answered => {
                failed.then_some(Switch::Agent)
            }
            (_, RequestState::Scheduled | RequestState::Queued | RequestState::Ended) => None,
            _ => failed.then_some(Switch::Lost),
        }
    }
}

impl Acd {
    /// The browser, for a request that is to be carried by it: whoever is to take it must have a desk that is ready.
    pub(crate) fn browser_for(&self, request: &Request) -> Option<EquipmentId> {
        let browser = self.config.fleet.browser()?;
        let wanted = request.is_by_voice() && self.config.business.voice;
        let ahead = || {
            self.agents
                .values()
                .find(|agent| agent.ahead.as_ref() == Some(&request.id))
        };
        let taker = match &request.agent {
            Some(agent) => self.agents.get(agent),
            None => ahead(),
        };
        let able = taker.is_none_or(|agent| agent.voice) && !request.failed.contains(&browser.id);
        (wanted && able).then(|| browser.id.clone())
    }

    /// How long the customer's end of a call may ring.
    pub(crate) fn ring_customer_s(&self, id: &RequestId) -> u32 {
        if self.in_browser(id) {
            WINDOW_S
        } else {
            self.config.business.timing.ring_customer_s
        }
    }

    /// True while the legs of this request are browsers.
    pub(crate) fn in_browser(&self, id: &RequestId) -> bool {
        self.requests
            .get(id)
            .is_some_and(|request| request.via.as_ref().is_some_and(is_browser))
    }

    /// True when the customer is in the browser, and the agent who has them can't be.
    pub(crate) fn lacks_desk(&self, id: &RequestId) -> bool {
        let agent = self.requests.get(id).and_then(|request| request.agent.as_ref());
        let ready = agent
            .and_then(|agent| self.agents.get(agent))
            .is_some_and(|agent| agent.voice);
        self.in_browser(id) && !ready
    }

    /// The customer's window is there.
    pub(crate) fn window_rings(&mut self, id: &RequestId, now: Millis) {
        if self.in_browser(id) {
            self.await_ring(id, MICROPHONE_S, now);
        }
    }

    /// The two browsers are told to find each other, and have so long.
    pub(crate) fn await_connection(&mut self, id: &RequestId, now: Millis) {
        self.set_timer(TimerKey::Ring(id.clone()), now.plus_s(CONNECT_S));
    }

    /// A browser's leg is over: true when the call goes on by telephone.
    pub(crate) fn goes_on(&mut self, id: &RequestId, party: Party, how: LegEnd, now: Millis) -> bool {
        let why = self
            .requests
            .get(id)
            .and_then(|request| request.switch_at_end(party, how));
        let Some(why) = why else { return false };
        self.with_request(id, |request| match party {
            Party::Customer => request.legs.customer = LegState::Ended,
            Party::Agent => request.legs.agent = LegState::Ended,
        });
        self.to_phone(id, why, now);
        true
    }

    /// Customer or page says that it is to be, or has to be, by telephone.
    pub(crate) fn by_phone(&mut self, id: &RequestId, why: Switch, now: Millis) -> Result<Reply, Refusal> {
        let request = self.requests.get(id).ok_or(Refusal::UnknownRequest)?;
        let reply = Reply::Request(Box::new(request.clone()));
        self.to_phone(id, why, now);
        Ok(reply)
    }

    /// The agent who has it wants it to be by telephone.
    pub(crate) fn by_phone_for(
        &mut self,
        agent: &AgentId,
        id: &RequestId,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        match self.own(agent, id)? {
            RequestState::Ended => Ok(Reply::Absorbed),
            _ => {
                self.to_phone(id, Switch::Chosen, now);
                Ok(Reply::Done)
            }
        }
    }

    /// From now on by telephone: the one way over, from wherever the request stands. It keeps its place and its agent; both browsers are
    /// hung up, and the customer's phone is dialled as at any turn. One that nobody is kept for is in line again.
    pub(crate) fn to_phone(&mut self, id: &RequestId, why: Switch, now: Millis) {
        let Some(request) = self.requests.get(id).filter(|request| request.is_by_voice()) else {
            return;
        };
        if request.state == RequestState::Ended {
            return;
        }
        let (dialled, talked_since) = (request.is_in_browser(), request.connected_at);
        let agent = request.agent.clone();
        if dialled && !mutant!(SwitchLeavesLegs) {
            self.hang_up_legs(id);
        }
        self.with_request(id, |request| request.switched = Some(why));
        if !dialled {
            return;
        }
        self.clear_timers(id);
        self.with_request(id, |request| {
            request.state = RequestState::Reserving;
            // The window was no phone that rang.
            request.rerouted += 1;
            (request.legs.customer, request.legs.agent) = (LegState::Idle, LegState::Idle);
            request.hearing = Hearing::Nothing;
            (request.answered_at, request.connected_at) = (None, None);
        });
        let claimed = self.agents.values().any(|agent| agent.ahead.as_ref() == Some(id));
        match agent {
            Some(agent) => {
                // What they have talked stays theirs; the call goes on, so there is nothing to write up yet.
                if let Some(since) = talked_since {
                    self.note_deed(&agent, Deed::Talked, id, since, now);
                }
                if mutant!(SwitchForgetsAgent) {
                    self.with_request(id, |request| request.agent = None);
                } else {
                    self.with_agent(&agent, |agent| agent.go(AgentState::Reserved, now));
                }
                self.dial_customer(id, now);
            }
            None if claimed => self.dial_customer(id, now),
            None => self.enter_line(id, now),
        }
    }

    /// The page of a browser's leg is closed, or loaded again: it has little time to be there again.
    pub(crate) fn leaving(&mut self, leg: &LegId, now: Millis) -> Reply {
        let browser = request_of(leg).is_some_and(|(id, _, _)| self.in_browser(&id));
        if !browser || !self.is_of_use(leg) {
            return Reply::Absorbed;
        }
        self.set_timer(TimerKey::Left(leg.clone()), now.plus_s(RETURN_S));
        Reply::Done
    }

    /// The page is there again.
    pub(crate) fn returned(&mut self, leg: &LegId) -> Reply {
        self.clear_timer(TimerKey::Left(leg.clone()));
        Reply::Done
    }

    /// It was closed: whoever had it open has hung up.
    pub(crate) fn left(&mut self, leg: &LegId, now: Millis) {
        if let (Some((id, party, _)), true) = (request_of(leg), self.is_of_use(leg)) {
            self.give_up_leg(&id, party, LegEnd::HungUp, now);
        }
    }
}
