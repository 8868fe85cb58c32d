//! What each event changes. Whatever merely follows from the new state is done in one place, `settle`.

use super::link::back_off_ms;
use super::{
    Attempt, Do, Field, Here, LinkState, Miss, Model, Msg, Notice, Reach, Reading, Screen, Slots, Wake, When,
    Who,
};
use shared::{Language, Millis};

/// Longest milliseconds between tries while a call may ring at any moment.
const LIVE_BACK_OFF_MS: u32 = 8_000;

/// Milliseconds until the time zone is looked up: that is slow, and nothing of it is to be seen before the form is. A panel that heard
/// nothing by then is drawn as one that waits.
const ZONE_MS: u32 = 250;

/// Milliseconds that the page has to say whether a request may go. One that is stuck does not hold a customer up for longer.
const LEAVE_MS: u32 = 3_000;

/// Takes an event at an instant of this device's clock and says what is to be done.
pub fn update(model: &mut Model, now: Millis, msg: Msg) -> Vec<Do> {
    model.now = now;
    model.attended |= msg.by_hand();
    let mut to_do = Vec::new();
    model.take(msg, &mut to_do);
    model.settle(&mut to_do);
    to_do
}

impl Model {
    fn take(&mut self, msg: Msg, to_do: &mut Vec<Do>) {
        match msg {
            Msg::Start {
                kept,
                ticket,
                framed,
                speaks,
            } => {
                (self.kept, self.ticket, self.framed, self.speaks) = (kept, ticket, framed, speaks);
                self.shown = !framed;
                to_do.extend([Do::TellReady, Do::GetSite, Do::After(ZONE_MS, Wake::Zone)]);
                to_do.extend(self.ticket.clone().map(Do::GetRequest));
            }
            Msg::Zone(zone) => self.zone = zone,
            Msg::Site(answer) => self.site_answer(answer, to_do),
            Msg::Slots { whom, times } => self.slots_answer(whom, times),
            Msg::NumberRead { text, number } => self.number_read(&text, number, to_do),
            Msg::CustomerRead { token, customer } => self.customer_read(&token, customer),
            Msg::Posted(answer) => self.posted(answer, to_do),
            Msg::Request(answer) => self.request_answer(answer, to_do),
            Msg::Moved(answer) => self.moved(answer, to_do),
            Msg::Move(open) => self.move_it(open),
            Msg::MoveThere => self.move_there(to_do),
            Msg::Cancelled(Ok(view)) => self.hear(view),
            Msg::Cancelled(Err(Miss::Unreachable)) => self.not_cancelled(),
            Msg::Cancelled(Err(Miss::Refused(_))) => {
                self.cancelling = false;
                to_do.extend(self.ticket.clone().map(Do::GetRequest));
            }
            Msg::SocketOpened => (self.link.state, self.link.heard) = (LinkState::Open, true),
            Msg::SocketClosed => self.socket_lost(to_do),
            Msg::SocketPong => self.link.heard = true,
            Msg::Frame(frame) => {
                (self.link.heard, self.link.misses) = (true, 0);
                if let Some(site) = frame.site {
                    self.site_heard(site);
                }
                if let Some(request) = frame.request {
                    self.hear(request);
                }
            }
            Msg::Online => self.reconnect_now(),
            Msg::Woke(wake) => self.woke(wake, to_do),
            Msg::Here(here) => self.page_says(here, to_do),
            Msg::Language { shown, wished } => self.spoken(shown, wished),
            Msg::Opened { focus } => {
                // The times offered before may be long over.
                if !self.shown && self.when() == When::Later {
                    self.slots = Slots::Unasked;
                }
                // Who is at work in the panel already keeps their place.
                if focus && !self.attended {
                    to_do.push(Do::FocusHeading);
                }
                (self.shown, self.attended) = (true, focus);
            }
            Msg::Closed => (self.shown, self.attended) = (false, false),
            Msg::Leave(go) => self.leave(go, to_do),
            Msg::Close => {
                self.shown = !self.framed;
                to_do.push(Do::TellClose);
            }
            Msg::Send(key) => self.send(key, to_do),
            Msg::Cancel => {
                if let (Some(ticket), Screen::Live, false) = (&self.ticket, self.screen(), self.cancelling) {
                    to_do.push(Do::Delete(ticket.clone()));
                    (self.cancelling, self.notice) = (true, None);
                }
            }
            Msg::Again(when) => {
                if self.screen() == Screen::Ended {
                    self.again(when, to_do);
                }
            }
            Msg::Done => {
                if self.screen() == Screen::Ended {
                    self.again(When::Now, to_do);
                    self.form.note.clear();
                    self.shown = !self.framed;
                    to_do.push(Do::TellClose);
                }
            }
            Msg::Retry => {
                to_do.push(Do::GetSite);
                to_do.extend(self.ticket.clone().map(Do::GetRequest));
                self.reach = Reach::Asking;
                if matches!(self.slots, Slots::Failed(_)) {
                    self.slots = Slots::Unasked;
                }
                self.reconnect_now();
            }
            Msg::Pick(_)
            | Msg::Phone(_)
            | Msg::PhoneLeft
            | Msg::UseAnother
            | Msg::UseKept
            | Msg::ForgetNumber
            | Msg::Note(_)
            | Msg::When(_)
            | Msg::Day(_)
            | Msg::Slot(_)
            | Msg::Voice(_)
            | Msg::Consent(_)
            | Msg::Unshare(_)
            | Msg::ShareAll => self.fill_in(msg, to_do),
        }
    }

    /// The customer chooses or types. While a request is on its way the form stands still: what is shown is what is sent.
    // Browsers compile a function when it is first called: the first drawing has no need of this one.
    #[inline(never)]
    fn fill_in(&mut self, msg: Msg, to_do: &mut Vec<Do>) {
        if self.sending() {
            return;
        }
        match msg {
            Msg::Pick(who) => {
                (self.form.who, self.form.who_touched) = (Some(who), true);
                self.form.fixed(Field::Who);
                self.form.fixed(Field::Slot);
            }
            Msg::Phone(text) => {
                (self.form.phone, self.form.reading) = (text, Reading::Unasked);
                self.form.fixed(Field::Phone);
            }
            Msg::PhoneLeft => self.phone_left(to_do),
            Msg::UseAnother => {
                self.form.another = true;
                self.form.fixed(Field::Phone);
                to_do.push(Do::FocusField(Field::Phone));
            }
            Msg::UseKept => {
                self.form.another = false;
                self.form.fixed(Field::Phone);
            }
            Msg::ForgetNumber => {
                self.kept = None;
                self.form.another = false;
                to_do.extend([Do::ForgetNumber, Do::FocusField(Field::Phone)]);
            }
            Msg::Note(text) => {
                self.form.note = text;
                self.form.fixed(Field::Note);
            }
            Msg::When(when) => {
                self.form.when = when;
                self.form.fixed(Field::Slot);
            }
            Msg::Day(day) if self.form.day.as_ref() == Some(&day) => {}
            Msg::Day(day) => (self.form.day, self.form.slot) = (Some(day), None),
            Msg::Slot(at) => {
                self.form.slot = Some(at);
                self.form.fixed(Field::Slot);
            }
            Msg::Voice(yes) => self.form.voice = yes,
            Msg::Consent(yes) => {
                self.form.consent = yes;
                self.form.fixed(Field::Consent);
            }
            Msg::Unshare(url) => self.here.unshared.push(url),
            Msg::ShareAll => self.here.unshared.clear(),
            _ => {}
        }
    }

    fn page_says(&mut self, here: Here, to_do: &mut Vec<Do>) {
        // Another button on the page, with another wish: that wish counts, and an earlier choice does not.
        let wish = |here: &Here| {
            (
                here.skill.clone(),
                here.skills.clone(),
                here.expert.clone(),
                here.to.clone(),
            )
        };
        if wish(&here) != wish(&self.here) {
            self.form.who_touched = false;
        }
        if here.locale != self.here.locale {
            to_do.push(Do::Speak(here.locale.clone()));
        }
        let unshared = core::mem::take(&mut self.here.unshared);
        let before = core::mem::replace(
            &mut self.here,
            Here {
                unshared,
                ..here.bounded()
            },
        );
        self.follow_page();
        self.follow_token(to_do);
        self.filled_in_by_page(&before, to_do);
        if self.here.forgets && !before.forgets {
            to_do.extend([Do::ForgetNumber, Do::ForgetTicket]);
        }
    }

    /// What a command of the page fills in, once: the customer may change it.
    fn filled_in_by_page(&mut self, before: &Here, to_do: &mut Vec<Do>) {
        if self.sending() {
            return;
        }
        if let Some(phone) = self
            .here
            .phone
            .clone()
            .filter(|_| self.here.phone != before.phone)
        {
            (self.form.phone, self.form.another) = (phone, true);
            self.form.reading = Reading::Unasked;
            self.phone_left(to_do);
        }
        if let Some(note) = self.here.note.clone().filter(|_| self.here.note != before.note) {
            self.form.note = note;
        }
    }

    /// Another language: what was written in the one before is written anew.
    fn spoken(&mut self, shown: Option<Language>, wished: Option<Language>) {
        self.wished = wished;
        if self.language.is_some() && self.language != shown {
            self.slots = Slots::Unasked;
        }
        self.language = shown;
    }

    /// Sends. The same content again, after an answer that never came, goes under the same key.
    pub(super) fn send(&mut self, fresh_key: String, to_do: &mut Vec<Do>) {
        if self.sending() || self.screen() != Screen::Form || self.closed() {
            return;
        }
        self.notice = None;
        let Some(body) = self.fill() else {
            if self.form.errors.is_empty() {
                self.read_number(Some(fresh_key), to_do);
            }
            to_do.extend(self.form.errors.first().map(|(field, _)| Do::FocusField(*field)));
            return;
        };
        let key = match self.attempt.take() {
            Some(before) if before.body == body => before.key,
            _ => fresh_key,
        };
        let asks = self.here.asks;
        if asks {
            to_do.push(Do::AskPage(Box::new(body.clone())));
            to_do.push(Do::After(LEAVE_MS, Wake::Leave));
        }
        self.attempt = Some(Attempt {
            key,
            body,
            tries: 0,
            running: true,
        });
        if !asks {
            self.leave(true, to_do);
        }
    }

    /// The page says whether the request that waits for its word may go. The key is kept: a request that was sent before, without
    /// an answer, is the same one when it is sent again.
    fn leave(&mut self, go: bool, to_do: &mut Vec<Do>) {
        let asked = |attempt: &&mut Attempt| attempt.running && attempt.tries == 0;
        let Some(attempt) = self.attempt.as_mut().filter(asked) else {
            return;
        };
        if go {
            attempt.tries = 1;
            to_do.push(Do::Post {
                key: attempt.key.clone(),
                body: Box::new(attempt.body.clone()),
            });
        } else {
            attempt.running = false;
            self.notice = Some(Notice::PageSaidNo);
        }
    }

    fn socket_lost(&mut self, to_do: &mut Vec<Do>) {
        if self.link.state == LinkState::Off {
            return;
        }
        self.link.misses = self.link.misses.saturating_add(1);
        self.link.state = LinkState::Lost;
        let wait = back_off_ms(self.link.misses);
        let wait = if self.ticket.is_some() {
            wait.min(LIVE_BACK_OFF_MS)
        } else {
            wait
        };
        to_do.push(Do::After(wait, Wake::Reconnect));
        // Some networks carry no sockets at all: then asking has to do.
        to_do.extend(self.ticket.clone().map(Do::GetRequest));
        if self.ticket.is_none() {
            to_do.push(Do::GetSite);
        }
    }

    fn reconnect_now(&mut self) {
        if self.link.state == LinkState::Lost {
            self.link.state = LinkState::Off; // `settle` connects what is wanted.
        }
    }

    // Browsers compile a function when it is first called: the first drawing has no need of this one.
    #[inline(never)]
    fn woke(&mut self, wake: Wake, to_do: &mut Vec<Do>) {
        match wake {
            Wake::Second => {} // The clock was set; `settle` asks for the next second.
            Wake::Opening => to_do.push(Do::GetSite),
            Wake::Reconnect => self.reconnect_now(),
            Wake::Ping if self.link.state != LinkState::Open => {}
            Wake::Ping if self.link.heard => {
                self.link.heard = false;
                to_do.push(Do::Ping);
            }
            Wake::Ping => {
                to_do.push(Do::Disconnect);
                self.socket_lost(to_do);
            }
            Wake::Site if self.reach == Reach::Failed => {
                to_do.push(Do::GetSite);
                to_do.extend(
                    self.ticket
                        .clone()
                        .filter(|_| self.request.is_none())
                        .map(Do::GetRequest),
                );
            }
            Wake::Site => {}
            Wake::Leave => self.leave(true, to_do),
            Wake::Zone => to_do.push(Do::FindZone),
            Wake::Resend => {
                if let Some(attempt) = self.attempt.as_ref().filter(|attempt| attempt.running) {
                    to_do.push(Do::Post {
                        key: attempt.key.clone(),
                        body: Box::new(attempt.body.clone()),
                    });
                }
            }
        }
    }

    /// Back to the form with all that was typed, or what the request still tells of it.
    fn again(&mut self, when: When, to_do: &mut Vec<Do>) {
        if let (None, Some(skill)) = (
            &self.form.who,
            self.request.as_ref().and_then(|request| request.skill.clone()),
        ) {
            self.form.who = self.skill(skill.as_str()).is_some().then_some(Who::Skill(skill));
        }
        if self.request.as_ref().is_some_and(|request| {
            matches!(
                request.reason,
                Some(shared::call::EndReason::InvalidNumber | shared::call::EndReason::BlockedNumber)
            )
        }) {
            self.form.another = true;
        }
        self.let_go(to_do);
        self.form.when = when;
        self.slots = Slots::Unasked;
        self.form.errors.clear();
    }
}
