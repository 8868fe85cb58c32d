//! Which desks are there: their sockets' pings are answered by the runtime without waking the object, so it asks when in doubt.

use super::Core;
use crate::answer::Stop;
use crate::socket;
use acd::{Acd, Input};
use shared::{AgentId, Millis};
use std::rc::Rc;
use worker::{Result, WebSocket};

impl Core {
    /// Desks that would count as silent, but were heard of since.
    pub(super) fn heard_of(&self, now: Millis) -> Result<Vec<(AgentId, Millis)>> {
        let doubted = self.read(|acd| acd.doubted(now))?;
        let heard = doubted.into_iter().filter_map(|agent| {
            let sockets = self.state.get_websockets_with_tag(&tag(&agent));
            let last = sockets.iter().filter_map(|ws| self.pings.last_of(ws)).max();
            last.map(|at| (agent, at))
        });
        Ok(heard.collect())
    }

    /// A desk has connected.
    pub(super) async fn plugged(
        self: &Rc<Self>,
        agent: &AgentId,
        now: Millis,
    ) -> std::result::Result<(), Stop> {
        let alive = Input::Alive(vec![(agent.clone(), now)]);
        self.turn(alive, |_| Ok(())).await.map(drop)
    }

    /// A socket has closed; when it was the desk's last one, the desk has little time to come back.
    pub(super) async fn unplugged(self: &Rc<Self>, ws: &WebSocket) -> Result<()> {
        let tags = self.state.get_tags(ws);
        let agent = tags
            .iter()
            .find_map(|tag| AgentId::parse(tag.strip_prefix("agent.")?).ok());
        let Some(agent) = agent.filter(|_| self.load().unwrap_or(false)) else {
            return Ok(());
        };
        let others = self.state.get_websockets_with_tag(&tag(&agent));
        let alone = others.iter().all(|other| socket::is(other, ws));
        if alone && self.read(|acd: &Acd| acd.config().agent(&agent).is_some())? {
            match self.turn(Input::Unplugged(agent), |_| Ok(())).await {
                Ok(_) | Err(Stop::Refused(_)) => {}
                Err(Stop::Failed(error)) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The tag of a desk's sockets.
pub(super) fn tag(agent: &AgentId) -> String {
    format!("agent.{agent}")
}
