//! What must always be true.

use crate::engine::Acd;
use crate::request::Route;
use shared::call::RequestState;
use shared::desk::AgentState;

impl Acd {
    /// Checks the invariants in the state between two inputs.
    ///
    /// # Errors
    /// A sentence that names what is broken.
    pub fn check(&self) -> Result<(), String> {
        self.check_agents()?;
        self.check_requests()?;
        if let Some((ticket, agent)) = self.router.missed_match() {
            let pair = self.pair(ticket, agent);
            return Err(format!("{pair:?}: waits although available"));
        }
        match self.hopeless().first() {
            Some(request) => Err(format!("{request} holds for nobody")),
            None => Ok(()),
        }
    }

    fn check_agents(&self) -> Result<(), String> {
        for agent in self.agents.values() {
            let state = agent.request.as_ref().map(|id| self.requests.get(id));
            let fits = match (agent.state, state) {
                (AgentState::Offline | AgentState::Away | AgentState::Available, None) => true,
                (AgentState::Reserved, Some(Some(request))) => {
                    matches!(
                        request.state,
                        RequestState::Reserving | RequestState::DialingCustomer
                    )
                }
                (AgentState::Ringing, Some(Some(request))) => request.state == RequestState::RingingAgent,
                (AgentState::Talking, Some(Some(request))) => request.state == RequestState::Connected,
                (AgentState::WrapUp, Some(Some(request))) => request.state == RequestState::Ended,
                _ => false,
            };
            let mutual = state
                .flatten()
                .is_none_or(|request| request.agent.as_ref() == Some(&agent.id));
            if !fits || !mutual {
                return Err(format!(
                    "agent {} is {} with {:?}",
                    agent.id, agent.state, agent.request
                ));
            }
        }
        Ok(())
    }

    fn check_requests(&self) -> Result<(), String> {
        for request in self.requests.values() {
            let agent = request.agent.as_ref().and_then(|id| self.agents.get(id));
            let held = agent.is_some_and(|agent| agent.request.as_ref() == Some(&request.id));
            let has_deadline = self
                .timers
                .keys()
                .any(|key| key.to_string().ends_with(&format!(":{}", request.id)));
            // A call to a number has nobody of ours.
            let held = held || matches!(request.route, Route::Number(_)) && request.agent.is_none();
            let fits = match request.state {
                RequestState::Scheduled | RequestState::Queued | RequestState::CustomerOnHold => {
                    request.agent.is_none() && has_deadline
                }
                // Dialled ahead, it has no agent yet.
                RequestState::Reserving | RequestState::DialingCustomer => {
                    (held || request.agent.is_none()) && has_deadline
                }
                RequestState::RingingAgent => held && has_deadline,
                RequestState::Connected => held && has_deadline,
                RequestState::Ended => held,
            };
            if request.switched.is_some() && request.is_in_browser() {
                return Err(format!(
                    "request {} went over to the telephone, and is in the browser",
                    request.id
                ));
            }
            if !fits {
                return Err(format!(
                    "request {} is {} with {:?}",
                    request.id, request.state, request.agent
                ));
            }
        }
        Ok(())
    }
}
