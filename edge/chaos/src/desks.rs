//! Agents and their supervisor: they come and go, hand on, refuse, lose their network, and change the business's document while
//! calls are under way.

use crate::document;
use crate::event::Event;
use crate::object::Stop;
use crate::world::World;
use acd::{Acd, Command, Config, Input};
use shared::desk::{AgentState, Disposition};
use shared::handover::{Decline, RefusalReason, Target, Transfer};
use shared::policy::Policy;
use shared::{AgentId, DispositionId, RequestId};

impl World {
    /// An agent does something, or nothing.
    pub(crate) fn agent_acts(&mut self, nth: usize) {
        let Some(id) = self.desks.get(nth).map(|desk| desk.id.clone()) else {
            return;
        };
        let pause = if self.healed {
            60_000
        } else {
            self.chance.around(12_000.0).min(120_000) + 200
        };
        self.agenda.put(self.now + pause, Event::Agent(nth));
        let row = self.store.agents.get(&id);
        let (state, request) = row.map_or((AgentState::Offline, None), |row| {
            (row.state, row.request.clone())
        });
        let unruly = if self.healed { 0.0 } else { self.options.unruly };
        let dissent = self.chance.happens(unruly);
        match (state, request) {
            (AgentState::Offline, _) => {
                self.command(&id, Command::SignIn);
                self.command(&id, Command::Presence(AgentState::Available));
                if self.chance.happens(0.7) {
                    self.command(&id, Command::Voice(true));
                }
            }
            (AgentState::Away, _) if !dissent => self.command(&id, Command::Presence(AgentState::Available)),
            (AgentState::Available | AgentState::Away, _) if dissent => self.leaves(nth, &id),
            (AgentState::WrapUp, Some(request)) if !dissent => {
                if let Ok(kind) = DispositionId::parse("other") {
                    let written = Disposition {
                        kind,
                        text: String::new(),
                        order: None,
                    };
                    self.command(&id, Command::Dispose(request, written));
                }
            }
            (_, Some(request)) if dissent => self.dissents(nth, &id, request),
            // A click that says what is so already.
            _ if self.healed => self.command(&id, Command::SignIn),
            _ => {}
        }
    }

    fn command(&mut self, id: &AgentId, command: Command) {
        self.log.say(|| format!("{id} says {command:?}"));
        let input = Input::Agent(id.clone(), command);
        let said = self.turn(input.clone(), &mut |_, _, _| {});
        self.log.note("says", &[u64::from(said.is_ok())]);
        // Two tabs, or a second click.
        if said.is_ok() && self.faulty() && self.chance.happens(0.03) {
            drop(self.turn(input, &mut |_, _, _| {}));
        }
    }

    /// Without a call.
    fn leaves(&mut self, nth: usize, id: &AgentId) {
        match self.chance.below(9) {
            0 => self.command(id, Command::SignOut),
            8 => {
                let ready = self.chance.happens(0.7);
                self.command(id, Command::Voice(ready));
            }
            1 | 2 => self.command(id, Command::Presence(AgentState::Away)),
            3 => {
                for _ in 0..10 {
                    self.command(id, Command::Presence(AgentState::Away));
                    self.command(id, Command::Presence(AgentState::Available));
                }
            }
            4 => self.unplug(nth),
            5 => self.calls_again(id),
            _ => {
                let pause = self
                    .store
                    .config
                    .business
                    .breaks
                    .first()
                    .map(|pause| pause.id.clone());
                pause
                    .into_iter()
                    .for_each(|pause| self.command(id, Command::Rest(pause)));
            }
        }
    }

    /// With one.
    fn dissents(&mut self, nth: usize, id: &AgentId, request: RequestId) {
        let decline = |reason| Decline {
            reason,
            text: "no".into(),
        };
        match self.chance.below(10) {
            9 => self.command(id, Command::ByPhone(request)),
            0 => self.command(id, Command::Decline(request, decline(RefusalReason::NotMine))),
            1 => self.command(id, Command::Decline(request, decline(RefusalReason::Busy))),
            2 => self.command(id, Command::Requeue(request)),
            3 | 4 => {
                let to = self.someone();
                to.into_iter().for_each(|to| {
                    let wish = Transfer {
                        to,
                        note: String::new(),
                    };
                    self.command(id, Command::Transfer(request.clone(), wish));
                });
            }
            5 => self.command(id, Command::HangUp(request)),
            6 => self.unplug(nth),
            7 => self.command(id, Command::Presence(AgentState::Away)),
            _ => self.command(id, Command::SignOut),
        }
    }

    fn someone(&mut self) -> Option<Target> {
        let business = &self.store.config.business;
        if self.chance.happens(0.5) {
            let skill = self.chance.one_of(&business.skills)?;
            return Some(Target::Skill(skill.id.clone()));
        }
        let agent = self.chance.one_of(&business.agents)?;
        Some(Target::Agent(agent.id.clone()))
    }

    fn calls_again(&mut self, id: &AgentId) {
        let nth = self
            .chance
            .below(u64::try_from(self.store.recent.len()).unwrap_or(0));
        let earlier = self.store.recent.get(usize::try_from(nth).unwrap_or(0));
        let (Some(asked), Some(new)) = (earlier.map(|request| request.asked.clone()), self.new_id()) else {
            return;
        };
        self.command(id, Command::CallAgain(new, Box::new(asked)));
    }

    /// Its network is gone. Whether anybody is told is another matter.
    fn unplug(&mut self, nth: usize) {
        let again = self.now + self.chance.around(60_000.0);
        let Some(desk) = self.desks.get_mut(nth).filter(|desk| desk.plugged) else {
            return;
        };
        desk.plugged = false;
        let id = desk.id.clone();
        self.agenda.put(again, Event::Plug(nth));
        let known = self.load().config().agent(&id).is_some();
        if known && self.chance.happens(0.7) {
            drop(self.turn(Input::Unplugged(id), &mut |_, _, _| {}));
        }
    }

    /// It is there again.
    pub(crate) fn plug(&mut self, nth: usize) {
        let now = self.wall();
        let Some(desk) = self.desks.get_mut(nth) else {
            return;
        };
        desk.plugged = true;
        let alive = Input::Alive(vec![(desk.id.clone(), now)]);
        drop(self.turn(alive, &mut |_, _, _| {}));
    }

    /// The supervisor moves a request, or edits the document.
    pub(crate) fn supervise(&mut self) {
        if self.healed {
            return;
        }
        let again = self.now + self.chance.around(self.options.edit_ms);
        self.agenda.put(again, Event::Supervise);
        let Some(by) = self.desks.first().map(|desk| desk.id.clone()) else {
            return;
        };
        let waiting: Vec<RequestId> = self.store.requests.keys().take(8).cloned().collect();
        match self.chance.below(4) {
            0 => {
                if let (Some(id), Some(to)) = (self.chance.one_of(&waiting).cloned(), self.someone()) {
                    self.command(&by, Command::Reassign(id, to));
                }
            }
            1 => {
                if let Some(id) = self.chance.one_of(&waiting).cloned() {
                    self.command(&by, Command::Take(id));
                }
            }
            _ => self.edit(),
        }
    }

    fn edit(&mut self) {
        let mut business = self.store.config.business.clone();
        match self.chance.below(6) {
            0 => business.press_one = !business.press_one,
            1 => {
                let nth = self
                    .chance
                    .below(u64::try_from(business.skills.len()).unwrap_or(0));
                if let Some(skill) = business.skills.get_mut(usize::try_from(nth).unwrap_or(0)) {
                    skill.priority = u8::try_from(self.chance.between(4, 6)).unwrap_or(5);
                }
            }
            2 if business.agents.len() > 2 => drop(business.agents.pop()),
            3 => {
                // Somebody who left comes back.
                let known = &business.agents;
                let gone = self
                    .desks
                    .iter()
                    .zip(0_u8..)
                    .find(|(desk, _)| !known.iter().any(|agent| agent.id == desk.id));
                let agent = known.first().cloned();
                if let (Some((desk, nth)), Some(mut agent)) = (gone, agent) {
                    agent.id = desk.id.clone();
                    agent.supervisor = false;
                    if let Some(phone) = document::phone_of(nth) {
                        agent.phone = phone;
                    }
                    business.agents.push(agent);
                }
            }
            4 if business.skills.len() > 1 => {
                // A skill is given up, with customers waiting for it.
                let gone = business.skills.pop();
                for agent in &mut business.agents {
                    let left = agent.skills.iter().map(|(id, level)| (id.clone(), level));
                    let left = left.filter(|(id, _)| gone.as_ref().is_none_or(|gone| gone.id != *id));
                    agent.skills = shared::level::Levels::new(left.collect::<Vec<_>>());
                }
            }
            _ => {
                let nth = self
                    .chance
                    .below(u64::try_from(business.agents.len()).unwrap_or(0));
                let known = business.skills.clone();
                if let Some(agent) = business.agents.get_mut(usize::try_from(nth).unwrap_or(0)) {
                    agent.skills = document::skills(&known, &mut self.chance);
                }
            }
        }
        let site = self.store.config.site.clone();
        if let Ok(config) = Config::new(site, business) {
            let set = self.set_up(config);
            self.log.note("document", &[u64::from(set.is_ok())]);
        }
    }

    /// The business raises what its calls may cost, and how many there may be: else whoever waits for leave would wait for days.
    pub(crate) fn relent(&mut self) {
        if self.options.narrow.take().is_none() {
            return;
        }
        let mut business = self.store.config.business.clone();
        business.policy = Policy::unbounded(vec![]);
        let site = self.store.config.site.clone();
        let set = Config::new(site, business).map(|config| self.set_up(config));
        self.log.note("relented", &[u64::from(matches!(set, Ok(Ok(()))))]);
    }

    /// Takes the whole document or nothing of it, as `edge/src/business/operator.rs` does.
    fn set_up(&mut self, config: Config) -> Result<(), Stop> {
        let mut rows = self.store.rows();
        let Ok(gone) = config.dismissed(&rows.agents) else {
            return Ok(());
        };
        self.load();
        let now = self.wall();
        rows.agents.retain(|agent| !gone.contains(&agent.id));
        let mut acd = Acd::restore(config.clone(), rows, now);
        if config.business.policy != self.store.config.business.policy {
            acd.ask_leave_again(now);
        }
        self.acd = Some(acd);
        self.check.edited = true;
        let step = self.commit(now, Input::Tick, &mut |store, _, _| {
            gone.iter().for_each(|agent| drop(store.agents.remove(agent)));
            store.config = config.clone();
        });
        self.check.edited = false;
        step?;
        self.send_due();
        self.rearm();
        Ok(())
    }
}
