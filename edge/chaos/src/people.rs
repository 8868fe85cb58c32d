//! Customers: they come, submit, submit again, take it back, change their number.

use crate::event::Event;
use crate::object::Stop;
use crate::world::World;
use acd::{Input, Refusal, Terms};
use shared::request::{CallRequest, Direct};
use shared::{Address, AgentId, CentreId, Millis, RequestId};

/// Times that a form is sent until its sender gives up.
const PATIENCE: u32 = 20;

/// Somebody who wants to be called.
#[derive(Debug)]
pub(crate) struct Customer {
    /// The idempotency key, minted with the form.
    pub(crate) key: u64,
    asked: CallRequest,
    terms: Terms,
    pub(crate) request: Option<RequestId>,
    tries: u32,
}

/// An agent's desk.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) id: AgentId,
    /// Its socket is open, and pings.
    pub(crate) plugged: bool,
}

impl World {
    pub(crate) fn arrive(&mut self) {
        if self.healed {
            return;
        }
        let next = self.now + self.chance.around(self.options.gap_ms);
        self.agenda.put(next, Event::Arrive);
        let together = if self.chance.happens(self.options.burst) {
            self.chance.between(2, 4)
        } else {
            1
        };
        for _ in 0..together {
            self.come();
        }
    }

    /// One customer comes, and sends the form; the impatient do so several times.
    fn come(&mut self) {
        let nth = self.customers.len();
        let Some((asked, terms)) = self.wish(nth) else {
            return;
        };
        self.customers.push(Customer {
            key: u64::try_from(nth).unwrap_or(0),
            asked,
            terms,
            request: None,
            tries: 0,
        });
        let times = if self.chance.happens(0.05) {
            self.chance.between(2, 20)
        } else {
            1
        };
        self.agenda.put(self.now, Event::Submit(nth));
        for _ in 1..times {
            let again = self.now + self.chance.between(0, 2_000);
            self.agenda.put(again, Event::Submit(nth));
        }
    }

    fn wish(&mut self, nth: usize) -> Option<(CallRequest, Terms)> {
        let last = self.customers.last().map(|last| last.asked.phone.clone());
        let phone = match last {
            // Somebody who asks once more, with another form.
            Some(phone) if self.chance.happens(0.03) => phone,
            _ if self.chance.happens(0.01) => Address::parse("+19005550123").ok()?,
            _ => Address::parse(&format!("+4477{nth:08}")).ok()?,
        };
        let business = &self.store.config.business;
        let skill = if self.chance.happens(0.8) {
            self.chance.one_of(&business.skills).map(|skill| skill.id.clone())
        } else {
            None
        };
        let expert = if self.chance.happens(0.1) {
            self.chance.one_of(&business.agents).map(|agent| agent.id.clone())
        } else {
            None
        };
        let to = match self.chance.below(60) {
            0 => CentreId::parse("harbour").ok().map(Direct::Centre),
            1 => expert.clone().map(Direct::Agent),
            _ => None,
        };
        let asked = CallRequest {
            phone,
            skill,
            expert,
            to,
            note: String::new(),
            slot: None,
            page: None,
            trail: vec![],
            zone: None,
            language: None,
            customer: None,
            voice: self.chance.happens(self.options.voice),
            consent: !self.chance.happens(0.01),
        };
        let terms = if self.chance.happens(0.02) {
            Terms::Business {
                agent: Address::parse("+442079460991").ok()?,
                at: None,
                announcement: None,
            }
        } else {
            Terms::Page
        };
        Some((asked, terms))
    }

    /// The form is sent, over a network of its own.
    pub(crate) fn submit(&mut self, nth: usize) {
        let Some(customer) = self.customers.get_mut(nth) else {
            return;
        };
        customer.tries += 1;
        let (tries, key) = (customer.tries, customer.key);
        let (lost, unheard) = (
            self.faulty() && self.chance.happens(self.options.request_lost),
            self.faulty() && self.chance.happens(self.options.answer_lost),
        );
        let answer = if lost { Err(Stop::Failed) } else { self.ask(nth) };
        self.log.note("submit", &[key, u64::from(answer.is_ok())]);
        match answer {
            Ok(id) if !unheard => self.accepted(nth, id),
            Ok(_) | Err(Stop::Failed) if tries < PATIENCE => {
                let again = self.now + self.chance.between(500, 5_000);
                self.agenda.put(again, Event::Submit(nth));
            }
            Err(Stop::Refused(why)) => {
                self.check_refused(nth, &why);
                // Another time, then.
                if matches!(why, Refusal::Closed) && self.chance.happens(0.2) || self.chance.happens(0.02) {
                    self.ask_for_later(nth);
                }
            }
            _ => {}
        }
    }

    fn ask(&mut self, nth: usize) -> Result<RequestId, Stop> {
        self.load();
        let Some(customer) = self.customers.get(nth) else {
            return Err(Stop::Failed);
        };
        let (key, asked, terms) = (customer.key, customer.asked.clone(), customer.terms.clone());
        if let Some(known) = self.store.answers.get(&key) {
            return Ok(known.clone());
        }
        let network = self.options.narrow.as_ref().map(|narrow| narrow.network(nth));
        let id = self.new_id().ok_or(Stop::Failed)?;
        let input = Input::Ask {
            id: id.clone(),
            asked: Box::new(asked),
            terms: Box::new(terms),
            network,
            proven: true,
        };
        self.turn(input, &mut |store, _, _| {
            store.answers.insert(key, id.clone());
        })?;
        Ok(id)
    }

    fn accepted(&mut self, nth: usize, id: RequestId) {
        self.acknowledge(nth, &id);
        let Some(customer) = self.customers.get_mut(nth) else {
            return;
        };
        if customer.request.is_some() {
            return;
        }
        customer.request = Some(id);
        if self.faulty() && self.chance.happens(self.options.cancel) {
            let later = self.now + self.chance.around(25_000.0);
            self.agenda.put(later, Event::Cancel(nth));
        }
    }

    /// The same wish at one of the next times that are offered, on a new form.
    fn ask_for_later(&mut self, nth: usize) {
        let now = self.wall();
        let Some(customer) = self.customers.get(nth) else {
            return;
        };
        let mut asked = customer.asked.clone();
        let acd = self.load();
        let slots = acd.slots(asked.skill.as_ref(), asked.expert.as_ref(), now);
        let few: Vec<Millis> = slots.into_iter().take(3).collect();
        let Some(slot) = self.chance.one_of(&few) else {
            return;
        };
        asked.slot = Some(*slot);
        let nth = self.customers.len();
        self.customers.push(Customer {
            key: u64::try_from(nth).unwrap_or(0),
            asked,
            terms: Terms::Page,
            request: None,
            tries: 0,
        });
        self.agenda.put(self.now + 500, Event::Submit(nth));
    }

    /// It is taken back.
    pub(crate) fn cancel(&mut self, nth: usize) {
        let Some(id) = self
            .customers
            .get(nth)
            .and_then(|customer| customer.request.clone())
        else {
            return;
        };
        if self.load().request(&id).is_none() {
            return;
        }
        self.log.note("cancel", &[u64::try_from(nth).unwrap_or(0)]);
        match self.turn(Input::Cancel(id.clone()), &mut |_, _, _| {}) {
            Ok(_) => {
                self.check_cancelled(&id);
                if self.chance.happens(0.2) {
                    // It was the wrong number.
                    self.come();
                }
            }
            Err(Stop::Failed) => self.agenda.put(self.now + 1_000, Event::Cancel(nth)),
            Err(Stop::Refused(_)) => {}
        }
    }

    /// What a customer had asked.
    pub(crate) fn form(&self, nth: usize) -> Option<(&CallRequest, &Terms)> {
        let customer = self.customers.get(nth)?;
        Some((&customer.asked, &customer.terms))
    }
}
