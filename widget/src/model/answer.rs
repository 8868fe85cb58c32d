//! What the server's answers change.

use super::form::{CLOSED, Field, Slots, Time, When, Whom};
use super::link::back_off_ms;
use super::{Do, Miss, Model, Notice, Reach, Ticket, Wake};
use shared::presence::SiteView;
use shared::problem::Problem;
use shared::request::{Accepted, RequestView};

/// Tries of one sending before the customer is told.
const TRIES: u32 = 4;
/// Whoever comes back after so many seconds need not read how the call ended.
const OLD_NEWS_S: i64 = 30 * 60;

impl Model {
    pub(super) fn site_heard(&mut self, site: SiteView) {
        self.reach = Reach::Reached;
        self.site_misses = 0;
        self.skew_ms = site.at.0.saturating_sub(self.now.0);
        self.site = Some(site);
        self.follow_page();
    }

    pub(super) fn site_answer(&mut self, answer: Result<SiteView, Miss>, to_do: &mut Vec<Do>) {
        match answer {
            // The answer may have been kept on the way for some seconds, and the socket have said something newer.
            Ok(site) if self.site.as_ref().is_some_and(|known| known.at > site.at) => {
                (self.reach, self.site_misses) = (Reach::Reached, 0);
            }
            Ok(site) => self.site_heard(site),
            Err(Miss::Refused(problem)) if problem.status == 404 => self.reach = Reach::Unknown,
            Err(_) => {
                self.reach = Reach::Failed;
                self.site_misses = self.site_misses.saturating_add(1);
                to_do.push(Do::After(back_off_ms(self.site_misses), Wake::Site));
            }
        }
    }

    pub(super) fn slots_answer(&mut self, whom: Whom, times: Result<Vec<Time>, Miss>) {
        if self.slots.whom() != Some(&whom) {
            return; // The customer has chosen somebody else meanwhile.
        }
        self.slots = match times {
            Ok(times) => Slots::Known(whom, times),
            Err(_) => Slots::Failed(whom),
        };
        let days = self.slots.days();
        if self.form.day.as_ref().is_none_or(|day| !days.contains(day)) {
            // In another language its day is written otherwise.
            let chosen = self
                .slots
                .times()
                .iter()
                .find(|time| Some(time.at) == self.form.slot);
            let chosen = chosen.map(|time| time.day.clone());
            self.form.day = chosen.or_else(|| days.into_iter().next());
        }
        let offered = |slot| self.slots.times().iter().any(|time| time.at == slot);
        self.form.slot = self.form.slot.filter(|slot| offered(*slot));
    }

    pub(super) fn posted(&mut self, answer: Result<Accepted, Miss>, to_do: &mut Vec<Do>) {
        let Some(attempt) = &mut self.attempt else { return };
        match answer {
            Ok(accepted) => {
                let number = attempt.body.phone.number().cloned();
                self.attempt = None;
                self.accepted(accepted, to_do);
                // Nothing else is asked for here.
                let Some(number) = number else { return };
                if self.is_signed(&number) {
                    self.token_spent();
                } else if !self.here.forgets {
                    to_do.push(Do::KeepNumber(number.clone()));
                }
                (self.kept, self.form.another) = (Some(number), false);
            }
            Err(Miss::Unreachable) if attempt.tries < TRIES => {
                to_do.push(Do::After(back_off_ms(attempt.tries), Wake::Resend));
                attempt.tries += 1;
            }
            Err(Miss::Unreachable) => {
                attempt.running = false;
                self.notice = Some(Notice::NotSent);
            }
            Err(Miss::Refused(problem)) => {
                self.attempt = None;
                self.refused(&problem, to_do);
            }
        }
    }

    fn accepted(&mut self, accepted: Accepted, to_do: &mut Vec<Do>) {
        let ticket = Ticket {
            id: accepted.request.id.clone(),
            receipt: accepted.receipt,
        };
        if !self.here.forgets {
            to_do.push(Do::KeepTicket(ticket.clone()));
        }
        self.ticket = Some(ticket);
        (self.form.consent, self.form.slot) = (false, None);
        self.request = None;
        self.hear(accepted.request);
    }

    fn refused(&mut self, problem: &Problem, to_do: &mut Vec<Do>) {
        self.notice = self.form.refuse(problem).map(Notice::Said);
        if problem.errors.iter().any(|error| error.field == "customer") {
            self.unproven();
        }
        if self.form.error(Field::Phone).is_some() && self.own_number().is_some() {
            // The kept number is the wrong one: show it, to be corrected.
            if !self.form.another {
                self.form.phone = self
                    .own_number()
                    .map(|kept| kept.as_str().to_owned())
                    .unwrap_or_default();
            }
            self.form.another = true;
        }
        if self.form.error(Field::Slot).is_some() {
            self.slots = Slots::Unasked;
        }
        if problem.errors.iter().any(|error| error.code == CLOSED) {
            // It closed while the form was filled in: on to what is offered now.
            self.form.when = When::Later;
            to_do.push(Do::GetSite);
        }
        to_do.extend(self.form.errors.first().map(|(field, _)| Do::FocusField(*field)));
    }

    pub(super) fn request_answer(&mut self, answer: Result<RequestView, Miss>, to_do: &mut Vec<Do>) {
        match answer {
            Ok(view) => {
                self.reach = Reach::Reached;
                let old = view
                    .ended_at
                    .is_some_and(|at| self.server_now().seconds_since(at) > OLD_NEWS_S);
                if old && self.request.is_none() {
                    self.let_go(to_do);
                } else {
                    self.hear(view);
                }
            }
            Err(Miss::Refused(problem)) if matches!(problem.status, 401 | 404) => self.let_go(to_do),
            Err(_) if self.request.is_none() => {
                self.reach = Reach::Failed;
                self.site_misses = self.site_misses.saturating_add(1);
                to_do.push(Do::After(back_off_ms(self.site_misses), Wake::Site));
            }
            Err(_) => {} // The socket's own tries ask again.
        }
    }
}
