//! The pages of calls in the browser: a customer's window and an agent's desk, scripted as phones are. What they tell over their sockets
//! travels as news of equipment does; what they are told is at hand in the object.

use crate::event::Event;
use crate::far::Act;
use crate::world::World;
use acd::{HeardKind, Input, LegEnd};
use shared::voice::Switch;
use telephony::HttpAnswer;

/// What a page says beside news of its leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Say {
    /// It has to be by telephone.
    Fail(Switch),
    /// It is closed, or loaded again.
    Leave,
    /// It is there again.
    Return,
}

impl World {
    /// True when somebody's page will answer: a window may open late or never, a desk is there or not.
    pub(crate) fn page_is_there(&mut self, customer: bool) -> bool {
        customer || self.healed || self.chance.happens(0.9)
    }

    /// What the page will do that is rung now.
    pub(crate) fn plan_page(&mut self, nth: usize, customer: bool) {
        let soon = self.chance.between(20, 400);
        let asked = self.chance.between(400, 6_000);
        let lot = if self.healed { 0.0 } else { self.chance.unit() };
        match lot {
            // Nobody is there, or nobody hears.
            lot if lot > 0.9 => {}
            lot if lot > 0.8 => {
                self.phone(nth, soon, Act::Ring);
                self.page(nth, asked, Say::Fail(Switch::Microphone));
            }
            lot if lot > 0.77 => self.phone(nth, asked, Act::End(LegEnd::HungUp)),
            _ => {
                self.phone(nth, soon, Act::Ring);
                let answers = if customer && lot < 0.6 { soon } else { asked };
                self.phone(nth, answers, Act::Answer);
            }
        }
    }

    /// Two pages are told to connect.
    pub(crate) fn plan_connection(&mut self, agent: usize, customer: usize) {
        let after = self.chance.between(100, 3_000);
        match if self.healed { 0 } else { self.chance.below(10) } {
            // Neither says anything more.
            9 => {}
            8 => self.page(customer, after, Say::Fail(Switch::NoConnection)),
            _ => {
                self.tell(agent, HeardKind::Bridged);
                let side = if self.chance.happens(0.5) { agent } else { customer };
                let later = after + self.chance.around(20_000.0);
                match if self.healed { 9 } else { self.chance.below(10) } {
                    0 | 1 => {
                        self.page(agent, later, Say::Fail(Switch::Lost));
                        self.page(customer, later + 40, Say::Fail(Switch::Lost));
                    }
                    2 => self.page(side, later, Say::Fail(Switch::Chosen)),
                    3 => self.page(side, later, Say::Leave),
                    _ => {}
                }
            }
        }
    }

    fn page(&mut self, nth: usize, after_ms: i64, say: Say) {
        self.agenda.put(self.now + after_ms, Event::Page(nth, say));
    }

    /// A page says something.
    pub(crate) fn page_says(&mut self, nth: usize, say: Say) {
        let Some(leg) = self.legs.get(nth).filter(|leg| leg.ended_at.is_none()) else {
            return;
        };
        let (id, request) = (leg.id.clone(), leg.request.clone());
        self.log.say(|| format!("page {id} {say:?}"));
        let input = match say {
            Say::Fail(_) if self.load().request(&request).is_none() => return,
            Say::Fail(why) => Input::ByPhone(request, why),
            Say::Leave => {
                if self.chance.happens(0.6) {
                    let soon = self.chance.between(300, 5_000);
                    self.page(nth, soon, Say::Return);
                } else {
                    // It was closed.
                    self.page_is_gone(nth);
                }
                Input::Leaving(id)
            }
            Say::Return => Input::Returned(id),
        };
        drop(self.turn(input, &mut |_, _, _| {}));
    }

    /// How a leg stands: what its request says, since nobody else is asked.
    pub(crate) fn look_at_page(&mut self, nth: usize) -> HttpAnswer {
        let id = self.legs.get(nth).map(|leg| leg.id.clone());
        let up = id.is_some_and(|id| self.load().is_of_use(&id));
        HttpAnswer::of(if up { 200 } else { 404 }, "")
    }
}
