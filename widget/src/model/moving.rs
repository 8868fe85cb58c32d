//! The request moves to another time: chosen as the first one was, out of what is offered for it now.

use super::{Do, Field, Miss, Model, Notice, Slots, When};
use crate::word;
use shared::call::RequestState;
use shared::request::RequestView;

/// Whether another time is being chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moving {
    /// No.
    #[default]
    No,
    /// The customer chooses.
    Choosing,
    /// The choice is on its way.
    Sent,
}

impl Model {
    /// Whether the request can still be moved: no phone rings for it.
    pub fn movable(&self) -> bool {
        let state = self.request.as_ref().map(|request| request.state);
        matches!(state, Some(RequestState::Scheduled | RequestState::Queued))
    }

    pub(super) fn move_it(&mut self, open: bool) {
        self.moving = if open && self.movable() {
            Moving::Choosing
        } else {
            Moving::No
        };
        self.form.fixed(Field::Slot);
        (self.form.slot, self.slots, self.notice) = (None, Slots::Unasked, None);
        // Whoever is in line has a now already.
        let queued = self
            .request
            .as_ref()
            .is_some_and(|request| request.state == RequestState::Queued);
        self.form.when = if open && queued { When::Later } else { When::Now };
    }

    pub(super) fn move_there(&mut self, to_do: &mut Vec<Do>) {
        let slot = (self.when() == When::Later).then_some(self.form.slot);
        if slot == Some(None) {
            self.form.wrong(Field::Slot, word::CHOOSE_SLOT.clone());
            to_do.push(Do::FocusField(Field::Slot));
            return;
        }
        if let (Some(ticket), Moving::Choosing) = (&self.ticket, self.moving) {
            to_do.push(Do::Patch(ticket.clone(), slot.flatten()));
            (self.moving, self.notice) = (Moving::Sent, None);
        }
    }

    pub(super) fn moved(&mut self, answer: Result<RequestView, Miss>, to_do: &mut Vec<Do>) {
        match answer {
            Ok(view) => {
                self.move_it(false);
                self.hear(view);
                to_do.push(Do::FocusHeading);
            }
            Err(why) => {
                self.moving = if self.movable() {
                    Moving::Choosing
                } else {
                    Moving::No
                };
                self.slots = Slots::Unasked;
                self.notice = match why {
                    Miss::Refused(problem) => self.form.refuse(&problem).map(Notice::Said),
                    Miss::Unreachable => Some(Notice::NotSent),
                };
            }
        }
    }
}
