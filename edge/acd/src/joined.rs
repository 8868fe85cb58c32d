//! Who can be joined with whom. Both legs of a call are carried by the same equipment, and not all of it dials numbers and SIP
//! addresses alike: nobody is called for somebody whom they can't be connected with.

use crate::carriage::Fleet;
use crate::engine::Acd;
use crate::hours::Fault;
use crate::request::{Request, Route};
use shared::business::Business;
use shared::equipment::{Equipment, Kind};
use shared::{Address, AgentId, RequestId};

/// Whoever a document names must be in reach of some equipment. Of an Asterisk that names no way to dial at all, that is said already.
pub(crate) fn check(business: &Business, fleet: &Fleet, fault: Fault<'_>) {
    let lame =
        |unit: &Equipment| unit.kind == Kind::Asterisk && unit.dial.is_none() && unit.dial_sip.is_none();
    if fleet.iter().any(lame) {
        return;
    }
    let agents = business.agents.iter().map(|agent| &agent.phone).enumerate();
    let centres = business.centres.iter().map(|centre| &centre.phone).enumerate();
    let people = agents
        .map(|(at, phone)| ("agents", at, phone))
        .chain(centres.map(|(at, phone)| ("centres", at, phone)));
    for (list, at, phone) in people {
        if !fleet.iter().any(|unit| unit.dials(phone)) {
            let words = match phone {
                Address::Number(_) => "can't be dialled: no equipment dials numbers",
                Address::Sip(_) => {
                    "can't be dialled: no equipment dials SIP addresses, as an Asterisk with dial_sip does"
                }
            };
            fault(format!("{list}[{at}].phone"), words);
        }
    }
}

impl Acd {
    /// Whom the customer is to be connected with, as far as that is known.
    pub(crate) fn counterpart<'a>(&'a self, request: &'a Request) -> Option<&'a Address> {
        let wanted = || match &request.route {
            Route::Agent => request.asked.expert.as_ref(),
            Route::Distributed | Route::Number(_) => self.claims(&request.id),
        };
        match &request.route {
            Route::Number(to) => Some(to),
            Route::Distributed | Route::Agent => {
                let agent = request.agent.as_ref().or_else(wanted)?;
                self.config.agent(agent).map(|agent| &agent.phone)
            }
        }
    }

    /// The agent for whom this customer is dialled ahead.
    fn claims(&self, id: &RequestId) -> Option<&AgentId> {
        let mut agents = self.agents.values();
        let found = agents.find(|agent| agent.ahead.as_ref() == Some(id));
        found.map(|agent| &agent.id)
    }

    /// True when there is equipment for both parties, as far as it is known who they are.
    pub(crate) fn has_carrier(&self, request: &Request) -> bool {
        let (fleet, customer) = (&self.config.fleet, &request.asked.phone);
        let mut agents = self.config.business.agents.iter();
        match self.counterpart(request) {
            Some(other) => fleet.joins(customer, other, &[]),
            None if fleet.mixed => agents.any(|agent| fleet.joins(customer, &agent.phone, &[])),
            None => fleet.may_call(customer),
        }
    }

    /// True when this party can be joined with the customer: by what carries the customer's leg, or could.
    pub(crate) fn may_join(&self, request: &Request, other: &Address) -> bool {
        let via = request.via.as_ref().filter(|_| request.state.is_live());
        match via.and_then(|via| self.config.equipment(via)) {
            Some(equipment) => equipment.dials(other),
            None => self
                .config
                .fleet
                .joins(&request.asked.phone, other, &request.failed),
        }
    }

    /// True when this agent's phone can't be joined with the customer's.
    pub(crate) fn is_apart(&self, request: &Request, agent: &AgentId) -> bool {
        let agent = self.config.agent(agent).filter(|_| self.config.fleet.mixed);
        agent.is_some_and(|agent| !self.may_join(request, &agent.phone))
    }

    /// All such agents.
    pub(crate) fn all_apart<'a>(&'a self, request: &'a Request) -> impl Iterator<Item = &'a AgentId> {
        let agents = match self.config.fleet.mixed {
            true => self.config.business.agents.as_slice(),
            false => &[],
        };
        let ids = agents.iter().map(|agent| &agent.id);
        ids.filter(|agent| self.is_apart(request, agent))
    }
}
