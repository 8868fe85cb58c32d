//! What carriers tell: news of legs, and what came of effects. Whatever is not about the present leg of an open request changes
//! nothing.

use crate::engine::Acd;
use crate::mutant;
use crate::step::{Effect, Heard, HeardKind, LegEnd, Order, Reply, Settled};
use crate::voice::is_browser;
use crate::{Request, request_of};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::{LegId, Millis, RequestId};

impl Acd {
    pub(crate) fn heard(&mut self, heard: &Heard, now: Millis) -> Reply {
        let Some((id, party, _)) = request_of(&heard.leg) else {
            return Reply::Absorbed;
        };
        self.keep_account(heard, now);
        // A leg that was never dialled, is not the present one, or belongs to a finished request has no news.
        if !self.is_of_use(&heard.leg) {
            return Reply::Absorbed;
        }
        match heard.kind {
            HeardKind::Ringing => self.leg_advances(&id, party, LegState::Ringing, now),
            HeardKind::Answered => self.leg_advances(&id, party, LegState::Answered, now),
            HeardKind::Bridged => self.bridged(&id, now),
            HeardKind::AnsweredByMachine => self.machine_answered(&id, party, now),
            HeardKind::Digit(key) => self.key_pressed(&id, party, key, now),
            HeardKind::Announced => self.announced(&id, party),
            HeardKind::Ended(how) => self.leg_ended(&id, party, how, now),
        }
        Reply::Done
    }

    pub(crate) fn settled(&mut self, order: &Order, outcome: Settled, now: Millis) {
        let id = &order.request;
        if let Effect::Hold { agent, .. } = &order.effect {
            // Whatever became of the request: the agent's leg is of no use any more.
            self.touched.effects.push(Order {
                effect: Effect::HangUp { leg: agent.clone() },
                ..order.clone()
            });
        }
        match (&order.effect, outcome) {
            // The carrier has ended it, or knows nothing of it: it costs no more.
            (Effect::HangUp { leg }, Settled::Done | Settled::Refused(_)) => {
                self.settle_cost(leg, None, now);
            }
            (Effect::Dial { leg, .. }, Settled::Refused(how)) if how != LegEnd::Lost => {
                self.settle_cost(leg, Some(how), now);
            }
            (Effect::Dial { leg, .. }, Settled::Withheld(_)) => self.undial(leg),
            _ => {}
        }
        let open = self
            .requests
            .get(id)
            .is_some_and(|request| request.state != RequestState::Ended);
        if !open {
            return;
        }
        match (&order.effect, outcome) {
            (Effect::Dial { leg, party, .. }, Settled::Done | Settled::Taken) => {
                self.placed(id, leg, *party, now);
            }
            (Effect::Dial { leg, party, .. }, Settled::Refused(how)) => {
                if how == LegEnd::Failed && !is_browser(&order.via) {
                    self.out_of_order(&order.via, now);
                }
                // It may ring all the same: nobody knows what a carrier did that never answered. A customer's leg that failed
                // was surely not dialled, and other equipment need not wait for its hang-up.
                let certain = how == LegEnd::Failed && *party == Party::Customer;
                if matches!(how, LegEnd::Failed | LegEnd::Lost)
                    && !certain
                    && self.is_present(id, *party, leg)
                {
                    self.effect(id, Effect::HangUp { leg: leg.clone() });
                }
                self.heard(&Heard::now(leg.clone(), HeardKind::Ended(how)), now);
            }
            (Effect::Dial { leg, party, .. }, Settled::Withheld(until)) => {
                if *party == Party::Customer && self.is_of_use(leg) {
                    self.withheld(id, until, now);
                }
            }
            (Effect::Bridge { agent, .. }, _) if !self.is_present(id, Party::Agent, agent) => {}
            (Effect::Bridge { .. }, Settled::Done) => self.bridged(id, now),
            (Effect::Bridge { .. }, Settled::Refused(_)) => self.bridge_failed(id, now),
            (
                Effect::Announce { leg, .. } | Effect::Hold { leg, .. },
                Settled::Done | Settled::Refused(_),
            ) if self.is_present(id, Party::Customer, leg) => {
                // Whoever says it by itself plays the music by itself; what can't be said can't be waited for.
                self.said(id);
            }
            (Effect::Bridge { .. } | Effect::Announce { .. } | Effect::Hold { .. }, _)
            | (Effect::Music { .. } | Effect::Farewell { .. } | Effect::HangUp { .. }, _) => {}
        }
    }

    /// True when this is the leg that counts now.
    fn is_present(&self, id: &RequestId, party: Party, leg: &LegId) -> bool {
        self.requests.get(id).is_some_and(|request| match party {
            Party::Customer => request.customer_leg().as_ref() == Some(leg),
            Party::Agent => request.agent_leg().as_ref() == Some(leg),
        })
    }

    /// True while this leg is one of the two that count in a request that is open.
    pub fn is_of_use(&self, leg: &LegId) -> bool {
        request_of(leg).is_some_and(|(id, party, number)| {
            self.requests.get(&id).is_some_and(|request| {
                let idle = Self::party_leg(request, party) == LegState::Idle;
                request.state != RequestState::Ended && request.has_leg(party, number) && !idle
            })
        })
    }

    /// True while there is still a reason to send this effect. What was decided before the customer cancelled, or before
    /// the next agent was tried, must not ring anybody any more.
    pub fn wants(&self, order: &Order) -> bool {
        if mutant!(SentUnwanted) {
            return true;
        }
        let open = || {
            self.requests
                .get(&order.request)
                .filter(|request| request.state != RequestState::Ended)
        };
        match &order.effect {
            // A hold has to free the agent's leg in any case.
            Effect::HangUp { .. } | Effect::Farewell { .. } | Effect::Hold { .. } => true,
            Effect::Dial { leg, party, .. } => open().is_some_and(|request| {
                let present =
                    request_of(leg).is_some_and(|(_, party, number)| request.has_leg(party, number));
                let state = Self::party_leg(request, *party);
                // A window that has opened by itself meanwhile is told all the same.
                let opened = is_browser(&order.via) && state == LegState::Ringing;
                present && (state == LegState::Dialing || opened)
            }),
            Effect::Announce { leg, .. } | Effect::Music { leg } => open().is_some_and(|request| {
                request.customer_leg().as_ref() == Some(leg) && request.legs.customer == LegState::Answered
            }),
            Effect::Bridge { agent, .. } => open().is_some_and(|request| {
                request.agent_leg().as_ref() == Some(agent) && request.state == RequestState::RingingAgent
            }),
        }
    }

    /// How a leg of this party that never got through ends, for the request.
    pub(crate) const fn reason_of(how: LegEnd) -> EndReason {
        match how {
            LegEnd::Busy => EndReason::CustomerBusy,
            LegEnd::NoAnswer | LegEnd::Released => EndReason::CustomerNoAnswer,
            LegEnd::Declined | LegEnd::HungUp => EndReason::CustomerDeclined,
            LegEnd::BadNumber => EndReason::InvalidNumber,
            LegEnd::Failed | LegEnd::Lost => EndReason::CarrierError,
        }
    }

    pub(crate) fn party_leg(request: &Request, party: Party) -> LegState {
        match party {
            Party::Customer => request.legs.customer,
            Party::Agent => request.legs.agent,
        }
    }
}
