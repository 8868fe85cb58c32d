//! What is said to the customer.

use serde::{Deserialize, Serialize};
use shared::bridge::Announcement;
use shared::business::Business;

/// What a sentence is for: equipment that can't speak has a recording of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phrase {
    /// Please hold.
    Hold,
    /// Press 1 to be connected.
    Confirm,
    /// Nobody could take the call.
    Sorry,
    /// You are never called again.
    Never,
}

impl Phrase {
    /// The name of its recording.
    pub const fn recording(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Confirm => "press-1",
            Self::Sorry => "sorry",
            Self::Never => "never",
        }
    }

    /// The phrase in this business's words.
    pub fn of(self, business: &Business) -> Words {
        let name = &business.name;
        let text = match self {
            Self::Hold => format!("Please hold while we connect you to a {name} representative."),
            Self::Confirm => {
                format!(
                    "This is {name} with the call you asked for. Press 1 to be connected, or 9 never to be called again."
                )
            }
            Self::Sorry => {
                format!(
                    "We are sorry: nobody at {name} could take your call just now. Please choose another time."
                )
            }
            Self::Never => format!("{name} will not call this number again. Goodbye."),
        };
        Words {
            phrase: self,
            text,
            audio: None,
        }
    }
}

/// A sentence in every form that some equipment can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What it is for.
    pub phrase: Phrase,
    /// The words, for equipment that speaks.
    pub text: String,
    /// The address of a recording of them, where the business gave one.
    pub audio: Option<String>,
}

/// What a leg is to hear at this moment, for equipment that asks when it has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hears {
    /// The question whether it is the customer.
    Question(Words),
    /// This, and then music.
    Hold(Words),
    /// The other party.
    Other,
}

impl Words {
    /// What the customer hears while holding, where the business gave an announcement of its own.
    pub(crate) fn hold(business: &Business, own: Option<&Announcement>) -> Self {
        let words = Phrase::Hold.of(business);
        match own {
            None => words,
            Some(own) => Self {
                text: own.text.clone().unwrap_or(words.text),
                audio: own.audio.clone(),
                ..words
            },
        }
    }
}
