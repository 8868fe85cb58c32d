//! What the equipment is told, and what phones do.

use super::Law;
use crate::options::Kind;
use crate::store::Leased;
use crate::world::World;
use acd::{Route, request_of};
use shared::call::{Party, RequestState};
use shared::{Address, LegId, RequestId};

impl World {
    /// Something is sent: its row is committed, and ours.
    pub(crate) fn check_attempt(&mut self, row: &Leased) {
        let kept = self.store.outbox.get(&row.seq);
        let ours = kept.is_some_and(|kept| kept.slip.leased_until == row.slip.leased_until);
        if !ours {
            self.break_law(Law::Effects, || format!("sent without a lease: {:?}", row.task));
        }
    }

    /// A dial arrives.
    pub(crate) fn check_dial(
        &mut self,
        via: usize,
        seq: u64,
        request: &RequestId,
        leg: &LegId,
        party: Party,
        to: &Address,
    ) {
        if self.check.dialled.insert(leg.clone(), ()).is_some() {
            // Equipment that forgets what has ended, and tells it to nobody while it is cut off, can't say that it has called: the
            // one way in which a phone may ring twice under one leg. It is counted.
            let earlier = self.by_leg.get(&(via, leg.to_string()));
            let earlier = earlier.and_then(|nth| self.legs.get(*nth));
            if self.kind(via) != Kind::Plugged || earlier.is_none_or(|leg| !leg.forgotten) {
                return self.break_law(Law::Twice, || format!("{leg} was dialled twice"));
            }
            self.tally.forgotten += 1;
        }
        if !self.store.outbox.contains_key(&seq) {
            return self.break_law(Law::Effects, || format!("{leg} was dialled without a cause"));
        }
        if party == Party::Customer && !self.has_leave_of_all(via, leg) {
            return self.break_law(Law::Leave, || {
                format!("{leg} rings, and nobody asked what all had rung")
            });
        }
        if !self.store.ledger.contains_key(leg) {
            return self.break_law(Law::Money, || format!("{leg} has no account"));
        }
        let number = request_of(leg).map_or(0, |(.., number)| number);
        let open = self
            .store
            .requests
            .get(request)
            .filter(|request| request.state != RequestState::Ended);
        let wanted = open.is_some_and(|request| match party {
            Party::Customer => request.attempt == number,
            Party::Agent => request.agent_tries == number,
        });
        if !wanted {
            return self.break_law(Law::Leave, || {
                format!("{leg} was dialled although nobody wants it any more")
            });
        }
        let right = open.is_some_and(|request| match (party, &request.route) {
            (Party::Customer, _) => request.asked.phone == *to,
            (Party::Agent, Route::Number(number)) => number == to,
            (Party::Agent, _) => self
                .store
                .config
                .business
                .agents
                .iter()
                .any(|agent| agent.phone == *to),
        });
        if !right {
            self.break_law(Law::Leave, || format!("{leg} was dialled at a wrong number"));
        }
    }

    /// A phone rings: no other one rings for the same customer.
    pub(crate) fn check_ring(&mut self, nth: usize) {
        let Some(leg) = self.legs.get(nth).filter(|leg| leg.party == Party::Customer) else {
            return;
        };
        let others = self.alive.iter().filter_map(|other| self.legs.get(*other));
        let mut same = others.filter(|other| {
            other.request == leg.request
                && other.party == Party::Customer
                && other.id != leg.id
                && other.is_heard()
        });
        if let Some(other) = same.next() {
            let (one, other) = (leg.id.clone(), other.id.clone());
            self.break_law(Law::Twice, || format!("{one} rings while {other} is up"));
        }
    }

    /// Two are joined: a customer and the agent of the same request.
    pub(crate) fn check_join(&mut self, agent: usize, customer: usize) {
        let (Some(agent), Some(customer)) = (self.legs.get(agent), self.legs.get(customer)) else {
            return;
        };
        let parties = (agent.party, customer.party) == (Party::Agent, Party::Customer);
        if agent.request != customer.request || !parties {
            let (one, other) = (agent.id.clone(), customer.id.clone());
            self.break_law(Law::Twice, || format!("{one} was joined with {other}"));
        }
    }
}
