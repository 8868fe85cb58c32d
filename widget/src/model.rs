//! Everything the panel knows, and what each event changes. No browser, no clock, no chance: all three come in as data.

mod answer;
mod customer;
pub mod follow;
pub mod form;
pub mod here;
pub mod link;
mod moving;
mod number;
pub mod offer;
mod settle;
mod update;

#[cfg(test)]
mod story;

pub use customer::Vouched;
pub use follow::Ticket;
pub use form::{Field, Form, Slots, Time, When, Who, Whom};
pub use here::Here;
pub use link::{Link, LinkState};
pub use moving::Moving;
pub use number::Reading;
pub use update::update;

use crate::word::Say;
use shared::call::RequestState;
use shared::customer::Customer;
use shared::phone::NumberView;
use shared::presence::{SiteFrame, SiteView};
use shared::problem::Problem;
use shared::request::{Accepted, CallRequest, RequestView};
use shared::{Language, Millis, PhoneNumber};

/// Everything the panel knows.
#[derive(Debug, Default)]
pub struct Model {
    /// The business and its presence, once heard.
    pub site: Option<SiteView>,
    /// Whether the server answers.
    pub reach: Reach,
    /// Whether the customer sees the panel.
    pub shown: bool,
    /// Whether the customer is at work in the panel, so that the focus belongs there. A panel that comes back by itself
    /// on the next page leaves it where it is.
    pub attended: bool,
    /// Whether a page carries the panel (then it can be closed).
    pub framed: bool,
    /// Whether the browser can carry a call.
    pub speaks: bool,
    /// What that page tells.
    pub here: Here,
    /// For whom the business's server vouches.
    pub vouched: Vouched,
    /// What the customer chose and typed.
    pub form: Form,
    /// The times offered for later.
    pub slots: Slots,
    /// The number kept on this device.
    pub kept: Option<PhoneNumber>,
    /// The request being sent.
    pub attempt: Option<Attempt>,
    /// What proves that the request is ours.
    pub ticket: Option<Ticket>,
    /// The request as last heard.
    pub request: Option<RequestView>,
    /// When that was, by this device's clock: its wait counts down from there.
    pub heard_at: Millis,
    /// A cancellation is on its way.
    pub cancelling: bool,
    /// Whether another time is being chosen for the request.
    pub moving: Moving,
    /// The live socket.
    pub link: Link,
    /// Something that belongs to no field.
    pub notice: Option<Notice>,
    /// The customer's time zone (IANA).
    pub zone: Option<String>,
    /// The language of the panel.
    pub language: Option<Language>,
    /// The language that page or browser name for the customer, whether or not we speak it.
    pub wished: Option<Language>,
    /// This device's clock at the last event.
    pub now: Millis,
    /// What the server's clock shows more than ours, in milliseconds.
    pub skew_ms: i64,
    /// How often asking for the business failed in a row.
    pub site_misses: u32,
    /// What follows from the above and was already done; see `settle`.
    done: settle::Done,
}

/// Whether the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Not known yet.
    #[default]
    Asking,
    /// It answered.
    Reached,
    /// It did not.
    Failed,
    /// It answered that there is no such business.
    Unknown,
}

/// Something to say above the form or the live state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The request could not be sent; nothing typed is lost.
    NotSent,
    /// The cancellation could not be sent; the request still stands.
    NotCancelled,
    /// The page does not let the request go.
    PageSaidNo,
    /// The server's reason.
    Said(Say),
}

/// A request on its way. Repeating it uses the same key and the same body, so that it counts once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The idempotency key.
    pub key: String,
    /// What is sent.
    pub body: CallRequest,
    /// How often it was sent; none while the page is asked.
    pub tries: u32,
    /// True while an answer or another try is awaited.
    pub running: bool,
}

/// What fills the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Screen {
    /// Nothing is known yet.
    #[default]
    Loading,
    /// The server can't be reached, and nothing is known.
    Unreachable,
    /// The form.
    Form,
    /// A request that goes on.
    Live,
    /// A request that is over.
    Ended,
}

/// Why an answer did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// No answer, or none that could be read.
    Unreachable,
    /// The server said no.
    Refused(Problem),
}

/// Everything that can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// The program runs. What this device kept comes with it.
    Start {
        /// The number kept.
        kept: Option<PhoneNumber>,
        /// The request kept.
        ticket: Option<Ticket>,
        /// Whether a page carries the panel.
        framed: bool,
        /// Whether the browser can carry a call.
        speaks: bool,
    },
    /// The time zone, looked up.
    Zone(Option<String>),
    /// The panel's language, loaded; and the one that was wished for.
    Language {
        /// The panel's.
        shown: Option<Language>,
        /// The one wished for.
        wished: Option<Language>,
    },
    /// The business's presence, asked for.
    Site(Result<SiteView, Miss>),
    /// The times offered, asked for.
    Slots {
        /// For whom.
        whom: Whom,
        /// The times.
        times: Result<Vec<Time>, Miss>,
    },
    /// The number that was meant, asked for.
    NumberRead {
        /// What was typed.
        text: String,
        /// The number.
        number: Result<NumberView, Miss>,
    },
    /// Who the customer is by the business's word, asked for.
    CustomerRead {
        /// The token.
        token: String,
        /// What it says.
        customer: Result<Customer, Miss>,
    },
    /// The answer to the request sent.
    Posted(Result<Accepted, Miss>),
    /// The request as it stands, asked for.
    Request(Result<RequestView, Miss>),
    /// The answer to the cancellation.
    Cancelled(Result<RequestView, Miss>),
    /// The answer to the move to another time.
    Moved(Result<RequestView, Miss>),
    /// The live socket opened.
    SocketOpened,
    /// The live socket closed, or never opened.
    SocketClosed,
    /// The live socket answered a ping.
    SocketPong,
    /// The live socket brought news.
    Frame(Box<SiteFrame>),
    /// The device has a network again.
    Online,
    /// A time asked for has come.
    Woke(Wake),
    /// The page says where the customer is.
    Here(Here),
    /// The panel became visible.
    Opened {
        /// Whether the focus comes with it.
        focus: bool,
    },
    /// The panel was hidden.
    Closed,
    /// The page says whether the request may go.
    Leave(bool),
    /// The customer chooses who.
    Pick(Who),
    /// The customer types the number.
    Phone(String),
    /// The customer is done with the number.
    PhoneLeft,
    /// The customer wants another number than the one kept.
    UseAnother,
    /// The customer wants the number kept after all.
    UseKept,
    /// The customer wants the number forgotten.
    ForgetNumber,
    /// The customer types the note.
    Note(String),
    /// Now or later.
    When(When),
    /// The customer looks at the times of a day.
    Day(String),
    /// The customer chooses a time.
    Slot(Millis),
    /// The customer wants to talk in the browser, or no longer.
    Voice(bool),
    /// The customer agrees, or no longer.
    Consent(bool),
    /// The customer does not want to share this address.
    Unshare(String),
    /// The customer shares all again.
    ShareAll,
    /// The customer sends. A fresh key comes along, for the case that one is needed.
    Send(String),
    /// The customer cancels.
    Cancel,
    /// The customer wants another time, or no longer.
    Move(bool),
    /// The customer has chosen the other time.
    MoveThere,
    /// The customer tries again with what was typed.
    Again(When),
    /// The customer has read how it ended.
    Done,
    /// The customer wants to ask the server again.
    Retry,
    /// The customer hides the panel.
    Close,
}

impl Msg {
    /// Whether the customer did it in the panel.
    pub(crate) const fn by_hand(&self) -> bool {
        !matches!(
            self,
            Self::Start { .. }
                | Self::Zone(_)
                | Self::Language { .. }
                | Self::Site(_)
                | Self::Slots { .. }
                | Self::NumberRead { .. }
                | Self::CustomerRead { .. }
                | Self::Posted(_)
                | Self::Request(_)
                | Self::Cancelled(_)
                | Self::Moved(_)
                | Self::SocketOpened
                | Self::SocketClosed
                | Self::SocketPong
                | Self::Frame(_)
                | Self::Online
                | Self::Woke(_)
                | Self::Here(_)
                | Self::Opened { .. }
                | Self::Closed
                | Self::Leave(_)
        )
    }
}

/// A time asked for. Asking again for the same one moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// A second passed in a call, or in line.
    Second,
    /// What was closed opens.
    Opening,
    /// Connect again.
    Reconnect,
    /// See whether the socket lives.
    Ping,
    /// Ask for the business again.
    Site,
    /// Send the request again.
    Resend,
    /// Look the time zone up.
    Zone,
    /// Send the request although the page did not answer.
    Leave,
}

/// Everything the browser is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    /// Ask for the business's presence.
    GetSite,
    /// Ask for the times offered.
    GetSlots(Whom),
    /// Ask what a token says.
    ReadCustomer(String),
    /// Ask which number was meant.
    ReadNumber(String),
    /// Send a request.
    Post {
        /// The idempotency key.
        key: String,
        /// The request.
        body: Box<CallRequest>,
    },
    /// Ask for the request as it stands.
    GetRequest(Ticket),
    /// Cancel the request.
    Delete(Ticket),
    /// Move the request to a time; `None` is as soon as possible.
    Patch(Ticket, Option<Millis>),
    /// Open the live socket in place of any other.
    Connect(Option<Ticket>),
    /// Close the live socket.
    Disconnect,
    /// See whether the live socket lives.
    Ping,
    /// Come back after so many milliseconds.
    After(u32, Wake),
    /// Keep the number on this device.
    KeepNumber(PhoneNumber),
    /// Remove the number from this device.
    ForgetNumber,
    /// Keep the request on this device.
    KeepTicket(Ticket),
    /// Remove the request from this device.
    ForgetTicket,
    /// Tell the page that the panel runs.
    TellReady,
    /// Look the time zone up.
    FindZone,
    /// Speak the language that is nearest to the page's.
    Speak(Option<Language>),
    /// Ask the page whether this may be sent.
    AskPage(Box<CallRequest>),
    /// Ask the page to hide the panel.
    TellClose,
    /// Tell the page how the request stands: a short text for its button.
    TellState(Option<RequestState>, Say),
    /// Put the focus on the heading.
    FocusHeading,
    /// Put the focus on a field.
    FocusField(Field),
}

impl Model {
    /// What fills the panel.
    pub fn screen(&self) -> Screen {
        match (&self.request, &self.site, self.reach) {
            (Some(request), _, _) if request.state == RequestState::Ended => Screen::Ended,
            (Some(_), _, _) => Screen::Live,
            (None, _, Reach::Failed) if self.ticket.is_some() => Screen::Unreachable,
            (None, Some(_), _) if self.ticket.is_none() => Screen::Form,
            (None, None, Reach::Failed | Reach::Unknown) => Screen::Unreachable,
            _ => Screen::Loading,
        }
    }

    /// True while the request is on its way.
    pub fn sending(&self) -> bool {
        self.attempt.as_ref().is_some_and(|attempt| attempt.running)
    }

    /// The one word that `data-state` shows.
    pub fn state_word(&self) -> &'static str {
        match (self.screen(), &self.request) {
            (Screen::Form, _) if self.sending() => "sending",
            (Screen::Form, _) => "form",
            (Screen::Unreachable, _) => "unreachable",
            (_, Some(request)) => request.state.as_str(),
            _ => "loading",
        }
    }

    /// The server's time now, as well as we know it.
    pub fn server_now(&self) -> Millis {
        self.now.plus_ms(self.skew_ms)
    }

    /// The business's own number: what the server said, else what the page knows.
    pub fn tel(&self) -> Option<&str> {
        self.site
            .as_ref()
            .map(|site| site.tel.as_str())
            .or(self.here.tel.as_deref())
            .filter(|tel| !tel.is_empty())
    }
}
