//! What customer and agent write to each other about a request: who may, until when, how much and how fast.

use crate::engine::Acd;
use crate::{Request, Route};
use shared::call::RequestState;
use shared::limit::{MAX_IDEMPOTENCY_KEY_CHARS, MAX_MESSAGE_CHARS, MAX_MESSAGES, MAX_MESSAGES_A_MINUTE};
use shared::problem::{Problem, ProblemKind};
use shared::talk::{Author, Say};
use shared::{Address, AgentId};

/// Who writes or reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    /// Whoever has the request's receipt.
    Customer,
    /// An agent, who is signed in.
    Agent(AgentId),
}

impl Voice {
    /// Which side that is.
    pub const fn author(&self) -> Author {
        match self {
            Self::Customer => Author::Customer,
            Self::Agent(_) => Author::Agent,
        }
    }
}

/// What was said so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// Messages of the request.
    pub all: u32,
    /// Of these, the author's within the last minute.
    pub lately: u32,
}

/// Why a message is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaid {
    /// The business has no chat, or nobody has a desk for this request.
    Off,
    /// The call is over.
    Over,
    /// The agent does not have this request.
    NotYours,
    /// It says nothing.
    Empty,
    /// It is longer than a message may be.
    TooLong,
    /// Its key is none.
    BadKey,
    /// The key is another message's.
    KeyReused,
    /// The request has as many messages as it may have.
    Full,
    /// Its author has written too much in a minute.
    TooFast,
    /// It is nothing that can be said at all.
    Garbled,
}

impl Unsaid {
    /// The refusal as the public API says it.
    pub fn problem(self) -> Problem {
        use ProblemKind::{Conflict, InvalidJson, KeyReused, TooMany};
        match self {
            Self::Off => Problem::new(Conflict, "There is no chat about this call.").at("text", "off"),
            Self::Over => Problem::new(Conflict, "The call is over.").at("text", "over"),
            Self::NotYours => Problem::new(Conflict, "This call is not yours.").at("text", "not_yours"),
            Self::Empty => Problem::field("text", "missing", "Please write something."),
            Self::TooLong => {
                let words = format!("This may have {MAX_MESSAGE_CHARS} characters at the most.");
                Problem::field("text", "too_long", words)
            }
            Self::BadKey => Problem::field("key", "invalid", "This must be 1 to 100 visible characters."),
            Self::KeyReused => {
                Problem::new(KeyReused, "This key was used for another message.").at("key", "reused")
            }
            Self::Full => {
                let words = format!("There are {MAX_MESSAGES} messages about this call: no more fit.");
                Problem::new(Conflict, words).at("text", "full")
            }
            Self::TooFast => {
                let words = "That is too much within a minute. Please wait a moment.";
                Problem::new(TooMany, words).at("text", "too_fast")
            }
            Self::Garbled => Problem::new(InvalidJson, "This must be JSON: a key and a text."),
        }
    }
}

/// A text as it is kept: lines end alike, and nothing in it steers a terminal, a log or the direction of what stands around it.
pub fn clean(text: &str) -> String {
    let lines = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept = lines.chars().filter_map(|c| match c {
        '\n' => Some(c),
        '\t' => Some(' '),
        c if c.is_control() => None,
        // Embeddings, overrides and isolates, with their ends; the plain marks stay, which Arabic and Hebrew need.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c => Some(c),
    });
    kept.collect::<String>().trim().to_owned()
}

/// Whether a request has a talk: the business has chat, and an agent with a desk can read it.
pub const fn is_offered(chat: bool, request: &Request) -> bool {
    chat && !matches!(request.route, Route::Number(_))
}

/// Whether this voice may write about a request now.
///
/// # Errors
/// Why not.
pub fn may_write(chat: bool, request: &Request, by: &Voice) -> Result<(), Unsaid> {
    if !is_offered(chat, request) {
        return Err(Unsaid::Off);
    }
    if request.state == RequestState::Ended {
        return Err(Unsaid::Over);
    }
    match by {
        Voice::Agent(agent) if request.agent.as_ref() != Some(agent) => Err(Unsaid::NotYours),
        _ => Ok(()),
    }
}

/// Whether this voice may read what was written about a request. `at_desk` is the number of the customer whose call the agent has:
/// earlier calls with it are theirs to read.
pub fn may_read(request: &Request, by: &Voice, at_desk: Option<&Address>) -> bool {
    match by {
        Voice::Customer => true,
        Voice::Agent(agent) => {
            let earlier = request.state == RequestState::Ended && at_desk == Some(&request.asked.phone);
            request.agent.as_ref() == Some(agent) || earlier
        }
    }
}

/// The text to keep, if it may be said.
///
/// # Errors
/// Why not.
pub fn hear(say: &Say, said: Said) -> Result<String, Unsaid> {
    let key = say.key.as_bytes();
    if key.is_empty() || key.len() > MAX_IDEMPOTENCY_KEY_CHARS || !key.iter().all(u8::is_ascii_graphic) {
        return Err(Unsaid::BadKey);
    }
    let text = clean(&say.text);
    if text.is_empty() {
        return Err(Unsaid::Empty);
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(Unsaid::TooLong);
    }
    if said.all >= MAX_MESSAGES {
        return Err(Unsaid::Full);
    }
    if said.lately >= MAX_MESSAGES_A_MINUTE {
        return Err(Unsaid::TooFast);
    }
    Ok(text)
}

impl Acd {
    /// Whether this voice may write about a request.
    ///
    /// # Errors
    /// Why not.
    pub fn may_write(&self, request: &Request, by: &Voice) -> Result<(), Unsaid> {
        may_write(self.config().business.chat, request, by)
    }

    /// Whether this voice may read what was written about a request.
    pub fn may_read(&self, request: &Request, by: &Voice) -> bool {
        let at_desk = match by {
            Voice::Customer => None,
            Voice::Agent(agent) => self.on_desk(agent).map(|(_, phone)| phone),
        };
        may_read(request, by, at_desk)
    }
}
