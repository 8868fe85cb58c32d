//! Desks that are heard of, and desks that fell silent: a silent one takes no calls.

use crate::engine::Acd;
use crate::{Agent, TimerKey};
use shared::desk::AgentState;
use shared::{AgentId, BreakId, Millis};

/// How long a desk whose last connection closed may take to come back: a page that is loaded again.
const RETURN_S: i64 = 15;

/// The break that silence implies.
const SILENT: &str = "silent";

impl Acd {
    /// Desks that will count as silent by `now` unless they are heard of: ask their connections, and say
    /// [`crate::Input::Alive`] for those that were.
    pub fn doubted(&self, now: Millis) -> Vec<AgentId> {
        let due = |key: &TimerKey| self.timers.get(key).is_some_and(|due| *due <= now);
        let agents = self.agents.keys();
        agents
            .filter(|id| due(&TimerKey::Silent((*id).clone())))
            .cloned()
            .collect()
    }

    /// The desk was heard of at that instant.
    pub(crate) fn alive(&mut self, id: &AgentId, heard: Millis) {
        let watched = self.agents.get(id).is_some_and(Agent::at_work);
        if watched {
            let due = heard.plus_s(i64::from(self.config.business.timing.silence_s));
            self.set_timer(TimerKey::Silent(id.clone()), due);
        } else {
            self.clear_timer(TimerKey::Silent(id.clone()));
        }
    }

    /// The desk's last connection closed: it has little time to come back.
    pub(crate) fn unplugged(&mut self, id: &AgentId, now: Millis) {
        let key = TimerKey::Silent(id.clone());
        let due = now.plus_s(RETURN_S);
        if self.timers.get(&key).is_some_and(|silent| *silent > due) {
            self.set_timer(key, due);
        }
    }

    /// The desk fell silent: away, as soon as the call allows.
    pub(crate) fn silent(&mut self, id: &AgentId, now: Millis) {
        let Some(agent) = self.agents.get(id).filter(|agent| agent.at_work()) else {
            return;
        };
        if agent.request.is_some() {
            self.with_agent(id, |agent| {
                agent.voice = false;
                if agent.next != AgentState::Away {
                    (agent.next, agent.next_pause) = (AgentState::Away, BreakId::parse(SILENT).ok());
                }
            });
        } else {
            self.with_agent(id, |agent| {
                agent.voice = false;
                agent.send_away(SILENT, now);
            });
        }
    }
}
