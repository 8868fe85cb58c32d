//! Following the customer's own request: which news counts.

use super::{Do, Model, Moving, Notice};
use shared::RequestId;
use shared::call::RequestState;
use shared::request::RequestView;

/// What proves that a request is ours.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The request.
    pub id: RequestId,
    /// The secret that reads, moves and cancels it.
    pub receipt: String,
}

impl core::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.id.as_str())
    }
}

impl Model {
    /// Where the request can be followed and taken back from another device, as long as its time is yet to come. Whoever has the
    /// link can do that.
    pub fn link_elsewhere(&self) -> Option<String> {
        let open = self
            .request
            .as_ref()
            .is_some_and(|request| matches!(request.state, RequestState::Scheduled | RequestState::Queued));
        let (site, ticket) = (self.site.as_ref()?, self.ticket.as_ref().filter(|_| open)?);
        Some(format!(
            "/panel/{}#follow={}:{}",
            site.site, ticket.id, ticket.receipt
        ))
    }

    /// Takes news of a request. News of another request, older news and news after the end are dropped.
    pub(super) fn hear(&mut self, mut news: RequestView) {
        if self.ticket.as_ref().is_none_or(|ticket| ticket.id != news.id) {
            return;
        }
        let late = self.request.as_ref().is_some_and(|known| {
            // In line, place and wait change with the others' requests, too.
            let moved = known.version == news.version && known.state == RequestState::Queued;
            known.id == news.id
                && (known.state == RequestState::Ended
                    || news.version < known.version
                    || news.version == known.version && !(moved && news.state == RequestState::Queued))
        });
        if late {
            return;
        }
        if news.state == RequestState::Ended {
            self.cancelling = false;
            self.notice = None;
        }
        news.wait = self.honest_wait(&news);
        self.request = Some(news);
        if !self.movable() {
            self.moving = Moving::No;
        }
        self.heard_at = self.now;
    }

    /// The request is no longer there, or no longer interesting.
    pub(super) fn let_go(&mut self, to_do: &mut Vec<Do>) {
        self.request = None;
        self.moving = Moving::No;
        self.cancelling = false;
        self.notice = None;
        if self.ticket.take().is_some() {
            to_do.push(Do::ForgetTicket);
        }
    }

    /// The cancellation did not get through.
    pub(super) fn not_cancelled(&mut self) {
        self.cancelling = false;
        if self
            .request
            .as_ref()
            .is_some_and(|request| request.state != RequestState::Ended)
        {
            self.notice = Some(Notice::NotCancelled);
        }
    }
}
