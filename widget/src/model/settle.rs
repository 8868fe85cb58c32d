//! What follows from a state, whichever event led to it: what the page's button says, where the focus goes, whether a
//! socket is wanted and for whom, which times to ask for. Compared with what was already done, so that nothing is done twice.

use super::link::PING_MS;
use super::{Do, LinkState, Model, Moving, Screen, Slots, Ticket, Wake, When};
use crate::word::{self, Say};
use shared::call::RequestState;
use shared::{Language, Millis};

/// Browsers wait for 24 days at the most; nobody looks at a panel for one.
const LONGEST_MS: u32 = 24 * 3_600_000;

/// What was already done.
#[derive(Debug, Default)]
pub(super) struct Done {
    screen: Screen,
    told: Option<(Option<RequestState>, Say, Option<Language>)>,
    followed: Option<Ticket>,
    ping_for: LinkState,
    opening: Option<Millis>,
}

impl Model {
    pub(super) fn settle(&mut self, to_do: &mut Vec<Do>) {
        self.settle_page(to_do);
        self.settle_focus(to_do);
        self.settle_link(to_do);
        self.settle_slots(to_do);
        self.settle_opening(to_do);
        let counts = self.request.as_ref().is_some_and(|request| {
            request.state == RequestState::Connected || self.wait_left().is_some_and(|left| left.high_s > 0)
        });
        if counts && self.shown {
            to_do.push(Do::After(1_000, Wake::Second));
        }
    }

    /// Nobody tells when the hour comes at which something opens, so the panel asks then.
    fn settle_opening(&mut self, to_do: &mut Vec<Do>) {
        let next = self
            .next_opening()
            .filter(|_| self.shown && self.screen() == Screen::Form);
        let ms = next.and_then(|at| u32::try_from(at.0.saturating_sub(self.server_now().0)).ok());
        if next != self.done.opening
            && let Some(ms) = ms.filter(|ms| *ms < LONGEST_MS)
        {
            to_do.push(Do::After(ms, Wake::Opening));
        }
        self.done.opening = next;
    }

    fn settle_page(&mut self, to_do: &mut Vec<Do>) {
        let state = self.request.as_ref().map(|request| request.state);
        let badge = |request| word::badge(request, self.wait_left());
        let badge = self.request.as_ref().map_or(word::NOTHING.clone(), badge);
        // In another language it is told anew.
        let now = (state, badge, self.language.clone());
        if self.done.told.as_ref().is_none_or(|told| *told != now)
            && (self.done.told.is_some() || state.is_some())
        {
            to_do.push(Do::TellState(now.0, now.1.clone()));
            self.done.told = Some(now);
        }
    }

    fn settle_focus(&mut self, to_do: &mut Vec<Do>) {
        let screen = self.screen();
        if screen != self.done.screen {
            if self.shown && self.attended && !to_do.iter().any(|it| matches!(it, Do::FocusField(_))) {
                to_do.push(Do::FocusHeading);
            }
            self.done.screen = screen;
        }
    }

    /// A socket is wanted while the panel is seen or a request goes on, and it follows that request.
    fn settle_link(&mut self, to_do: &mut Vec<Do>) {
        let wanted = self.shown || self.ticket.is_some() && self.screen() != Screen::Ended;
        let live = matches!(self.link.state, LinkState::Connecting | LinkState::Open);
        if !wanted {
            if live {
                to_do.push(Do::Disconnect);
            }
            (self.link.state, self.link.misses) = (LinkState::Off, 0);
        } else if self.link.state == LinkState::Off || live && self.done.followed != self.ticket {
            to_do.push(Do::Connect(self.ticket.clone()));
            self.link.state = LinkState::Connecting;
            self.done.followed.clone_from(&self.ticket);
        }
        if self.link.state == LinkState::Open
            && (self.done.ping_for != LinkState::Open || to_do.contains(&Do::Ping))
        {
            to_do.push(Do::After(PING_MS, Wake::Ping));
        }
        self.done.ping_for = self.link.state;
    }

    fn settle_slots(&mut self, to_do: &mut Vec<Do>) {
        let asks = self.screen() == Screen::Form || self.moving == Moving::Choosing;
        if !asks || self.when() != When::Later || self.closed() || !self.shown {
            return;
        }
        let whom = self.whom();
        if self.slots.whom() != Some(&whom) {
            self.slots = Slots::Asked(whom.clone());
            to_do.push(Do::GetSlots(whom));
        }
    }
}
