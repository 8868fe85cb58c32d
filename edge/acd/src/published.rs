//! What agents' phones publish of themselves (SIP PUBLISH), and how it combines with what agents say at their desks.

use crate::engine::Acd;
use crate::refusal::Refusal;
use crate::step::Reply;
use crate::{Agent, TimerKey};
use serde::{Deserialize, Serialize};
use shared::desk::AgentState;
use shared::limit::MAX_CLOCK_AHEAD_S;
use shared::sip::{PhoneState, Publication, PublicationOp};
use shared::{AgentId, Millis, SipAddress};

/// What a phone published last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Whose state it is: an agent whose document names another address by now has published nothing.
    pub entity: SipAddress,
    /// The state that it published.
    pub state: PhoneState,
    /// When, by its server's clock.
    pub at: Millis,
    /// Until when it holds.
    pub until: Millis,
    /// It was taken back, or is older than it said it would be.
    pub lapsed: bool,
    /// Since when the phone is as it is.
    pub since: Millis,
}

impl Published {
    /// How the phone is.
    pub fn phone(&self) -> PhoneState {
        if self.lapsed {
            PhoneState::Closed
        } else {
            self.state
        }
    }

    /// What is known after a publication; `None` when it changes nothing: it is older than what is known, known itself, or lengthens
    /// what is not known.
    fn after(known: Option<&Self>, told: &Publication, now: Millis) -> Option<Self> {
        if known.is_some_and(|known| told.ts < known.at) {
            return None;
        }
        let state = match told.op {
            PublicationOp::Publish => told.state()?,
            PublicationOp::Refresh => known?.state,
            PublicationOp::Remove => known.map_or(PhoneState::Closed, |known| known.state),
        };
        // News may be late, and its clock a little ahead.
        let until = told.ts.min(now).plus_s(i64::from(told.expires));
        let mut next = Self {
            entity: told.entity.clone(),
            state,
            at: told.ts,
            until,
            lapsed: told.op == PublicationOp::Remove || until <= now,
            since: now,
        };
        if let Some(known) = known.filter(|known| known.phone() == next.phone()) {
            next.since = known.since;
        }
        (known != Some(&next)).then_some(next)
    }
}

/// Whether somebody is offered calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// No, and it is not known when.
    Off,
    /// At work, and in a call.
    Busy,
    /// Yes.
    Free,
}

/// How desk and phone combine:
///
/// * A phone that never published plays no part.
/// * A phone in a call is in a call whatever the desk says: nobody is offered another one.
/// * A phone that is closed, or has not been heard of for longer than it said, reaches nobody: its agent counts as not at work.
/// * Who is away or signed out at the desk takes no calls, however open the phone is.
/// * A call of ours is no other call: while we ring the agent or the two talk, the phone is in a call because of us, and what
///   becomes of it the carrier tells.
///
/// ```text
///                        never published   open    in a call   closed
/// signed out, away       off               off     off         off
/// available              free              free    busy        off
/// reserved, wrapping up  busy              busy    busy        off
/// ringing, talking       busy              busy    busy        busy
/// ```
pub const fn duty(desk: AgentState, phone: Option<PhoneState>) -> Duty {
    match (desk, phone) {
        (AgentState::Offline | AgentState::Away, _) => Duty::Off,
        (AgentState::Ringing | AgentState::Talking, _) => Duty::Busy,
        (_, Some(PhoneState::Closed)) => Duty::Off,
        (AgentState::Reserved | AgentState::WrapUp, _) => Duty::Busy,
        (AgentState::Available, Some(PhoneState::OnThePhone)) => Duty::Busy,
        (AgentState::Available, None | Some(PhoneState::Open)) => Duty::Free,
    }
}

impl Agent {
    /// How the agent's phone is, where it publishes that.
    pub fn phone(&self) -> Option<PhoneState> {
        self.published.as_ref().map(Published::phone)
    }

    /// Whether the agent is offered calls.
    pub fn duty(&self) -> Duty {
        duty(self.state, self.phone())
    }

    /// Since when nothing but the phone keeps calls away from the agent.
    pub(crate) fn kept_away_since(&self) -> Option<Millis> {
        let kept = self.state == AgentState::Available && !self.is_free();
        let published = self.published.as_ref().filter(|_| kept)?;
        Some(published.since.max(self.since))
    }

    /// True when the agent's phone could be rung for a call of ours.
    pub(crate) fn can_be_rung(&self) -> bool {
        duty(AgentState::Available, self.phone()) == Duty::Free
    }
}

impl Acd {
    /// A SIP server took a publication.
    pub(crate) fn hear_phone(&mut self, told: &Publication, now: Millis) -> Result<Reply, Refusal> {
        if told.ts > now.plus_s(MAX_CLOCK_AHEAD_S) {
            return Err(Refusal::ClockAhead);
        }
        let id = self
            .config
            .publisher(&told.entity)
            .ok_or(Refusal::UnknownAddress)?;
        let Some(agent) = self.agents.get(&id) else {
            return Err(Refusal::UnknownAddress);
        };
        let Some(next) = Published::after(agent.published.as_ref(), told, now) else {
            return Ok(Reply::Absorbed);
        };
        let key = TimerKey::Published(id.clone());
        match next.lapsed {
            true => self.clear_timer(key),
            false => self.set_timer(key, next.until),
        }
        self.with_phone(&id, now, |agent| agent.published = Some(next));
        Ok(Reply::Done)
    }

    /// A phone was not heard of for longer than it said: no publication tells that.
    pub(crate) fn lapse(&mut self, id: &AgentId, now: Millis) {
        self.with_phone(id, now, |agent| {
            if let Some(published) = agent.published.as_mut() {
                if published.phone() != PhoneState::Closed {
                    published.since = now;
                }
                published.lapsed = true;
            }
        });
    }

    /// Changes what is known of an agent's phone. Whoever can be called again by it was in a call, or away, until now.
    fn with_phone(&mut self, id: &AgentId, now: Millis, change: impl FnOnce(&mut Agent)) {
        self.with_agent(id, |agent| {
            let before = agent.duty();
            change(agent);
            if before != Duty::Free && agent.duty() == Duty::Free {
                agent.idle_since = now;
            }
        });
    }

    /// True when the agent who was kept for this customer can't be rung any more, and somebody else may be.
    pub(crate) fn is_kept_in_vain(&self, request: &crate::Request) -> bool {
        let agent = request.agent.as_ref().and_then(|id| self.agents.get(id));
        request.route == crate::Route::Distributed && agent.is_some_and(|agent| !agent.can_be_rung())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phone() -> impl Strategy<Value = Option<PhoneState>> {
        prop::option::of(prop::sample::select(PhoneState::ALL))
    }

    proptest! {
        /// A phone only ever takes from what the desk offers, never adds to it.
        #[test]
        fn a_phone_makes_nobody_more_available(
            desk in prop::sample::select(AgentState::ALL),
            phone in phone(),
        ) {
            let (alone, both) = (duty(desk, None), duty(desk, phone));
            prop_assert!(alone != Duty::Off || both == Duty::Off, "away at the desk is away");
            prop_assert!(both != Duty::Free || alone == Duty::Free);
            prop_assert!(both != Duty::Free || matches!(phone, None | Some(PhoneState::Open)), "{phone:?}");
            prop_assert_eq!(duty(desk, Some(PhoneState::Open)), alone, "an open phone changes nothing");
        }

        /// Whatever the order in which publications arrive, the latest one counts, however often each is told.
        #[test]
        fn the_latest_publication_counts(
            told in prop::collection::vec((0..50i64, prop::sample::select(PublicationOp::ALL), any::<bool>(), 0..200u32), 1..20),
            order in prop::collection::vec(any::<prop::sample::Index>(), 1..60),
        ) {
            let entity = SipAddress::parse("sip:ana@pbx.example").unwrap();
            let mut all: Vec<Publication> = Vec::new();
            for (nth, (_, op, open, expires)) in (0..).zip(&told) {
                let basic = if *open { shared::sip::Basic::Open } else { shared::sip::Basic::Closed };
                all.push(Publication {
                    op: *op,
                    entity: entity.clone(),
                    basic: Some(basic),
                    activity: None,
                    note: None,
                    expires: *expires,
                    ts: Millis(1000 * nth),
                });
            }
            let now = Millis(60_000);
            let mut known: Option<Published> = None;
            let mut heard = Vec::new();
            for index in order {
                let one = index.get(&all);
                heard.push(one.ts);
                if let Some(next) = Published::after(known.as_ref(), one, now) {
                    let again = Published::after(Some(&next), one, now);
                    prop_assert_eq!(again, None, "told twice it changes nothing");
                    known = Some(next);
                }
            }
            if let Some(known) = known {
                let latest = heard.into_iter().max().unwrap();
                let at_least = all.iter().find(|one| one.ts == known.at).unwrap();
                prop_assert!(known.at <= latest);
                prop_assert_eq!(known.until, at_least.ts.min(now).plus_s(i64::from(at_least.expires)));
                prop_assert_eq!(known.lapsed, at_least.op == PublicationOp::Remove || known.until <= now);
            }
        }
    }
}
