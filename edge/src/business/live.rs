//! Showing what changed to those who look. Frames are snapshots: one that is lost is made good by the next.

use super::Core;
use crate::socket;
use acd::Step;
use shared::call::RequestState;
use shared::presence::SiteFrame;
use shared::{AgentId, Millis, RequestId};
use std::collections::{BTreeMap, BTreeSet};
use worker::{Result, WebSocket};

impl Core {
    /// Shows a step to every open socket it concerns. A failure here loses a frame, never the step.
    pub(super) fn show(&self, step: &Step, now: Millis) {
        if let Err(error) = self.try_show(step, now) {
            worker::console_warn!("a change was not shown: {error}");
        }
    }

    fn try_show(&self, step: &Step, now: Millis) -> Result<()> {
        let people: Vec<WebSocket> = self
            .state
            .get_websockets()
            .into_iter()
            .filter(|ws| self.equipment_of(ws).is_none() && self.ear_of(ws).is_none())
            .collect();
        let changed: BTreeSet<&RequestId> = step
            .writes
            .iter()
            .filter_map(|write| Some(&write.request()?.id))
            .collect();
        self.show_talks(&changed)?;
        self.show_calls(&changed)?;
        if people.is_empty() {
            return Ok(());
        }
        let site = self.changed_presence(now)?;
        let mut desks: BTreeMap<AgentId, Vec<WebSocket>> = BTreeMap::new();
        for ws in people {
            let tags = self.state.get_tags(&ws);
            let tagged = |prefix: &str| tags.iter().find_map(|tag| tag.strip_prefix(prefix));
            if let Some(agent) = tagged("agent.").and_then(|id| AgentId::parse(id).ok()) {
                desks.entry(agent).or_default().push(ws);
                continue;
            }
            let request = match tagged("request.").and_then(|id| RequestId::parse(id).ok()) {
                Some(id) if changed.contains(&id) || self.is_queued(&id)? => self.request_view(&id)?,
                _ => None,
            };
            if site.is_some() || request.is_some() {
                socket::show(
                    &ws,
                    &SiteFrame {
                        site: site.clone(),
                        request,
                    },
                );
            }
        }
        if desks.is_empty() {
            return Ok(());
        }
        let lines = self.read(|acd| acd.lines(now))?;
        for (agent, sockets) in desks {
            if let Some(view) = self.desk_view_with(lines.clone(), &agent, now)? {
                sockets.iter().for_each(|ws| socket::show(ws, &view));
            }
        }
        Ok(())
    }

    /// Whoever waits moves when others do.
    pub(super) fn is_queued(&self, id: &RequestId) -> Result<bool> {
        self.read(|acd| {
            acd.request(id)
                .is_some_and(|request| request.state == RequestState::Queued)
        })
    }

    /// Presence, if it is not what was pushed last.
    fn changed_presence(&self, now: Millis) -> Result<Option<shared::presence::SiteView>> {
        // What is offered depends on the hour, so it is the present that is compared, without the instant it was looked at.
        let view = self.read(|acd| acd.site_view(now))?;
        let timeless = shared::presence::SiteView {
            at: Millis(0),
            ..view
        };
        let text = serde_json::to_string(&timeless)?;
        if *self.shown.borrow() == text {
            return Ok(None);
        }
        self.shown.replace(text);
        Ok(Some(shared::presence::SiteView { at: now, ..timeless }))
    }
}
