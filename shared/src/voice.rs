//! A call in the browser: what travels through the sockets of `…/requests/{id}/voice`, and why a call went over to the telephone.

use crate::call::{EndReason, RequestState, words};
use crate::presence::WaitRange;
use crate::problem::Problem;

words! {
    /// Why a call that was to be carried by the browser is one by telephone now.
    Switch {
        /// The customer's browser has no microphone, or may not use it.
        Microphone = "microphone",
        /// The two browsers never got a connection.
        NoConnection = "no_connection",
        /// The connection was lost during the call.
        Lost = "lost",
        /// The customer or the agent chose the telephone.
        Chosen = "chosen",
        /// The agent who has the call can't talk in the browser.
        Agent = "agent",
        /// The customer's window did not answer.
        Gone = "gone",
    }
}

impl Switch {
    /// What a browser may say of itself. The rest only the server knows.
    pub const fn is_told(self) -> bool {
        matches!(
            self,
            Self::Microphone | Self::NoConnection | Self::Lost | Self::Chosen
        )
    }
}

/// `true`, and nothing else: a word without more to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct True;

#[cfg(feature = "serde")]
impl serde::Serialize for True {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for True {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match <bool as serde::Deserialize>::deserialize(deserializer)? {
            true => Ok(Self),
            false => Err(serde::de::Error::custom("must be true")),
        }
    }
}

/// `PUT /v1/desk/voice`: whether this desk can take calls in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetVoice {
    /// The browser has a microphone that it may use.
    pub ready: bool,
}

/// What the server says to a browser. Each member is news of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct VoiceFrame {
    /// How the call stands: at once, and when it changes.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub call: Option<VoiceCall>,
    /// It is the turn of whoever reads this.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub ring: Option<True>,
    /// A connection to make, in place of any before it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub connect: Option<Connect>,
    /// What the other side says about the present connection.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub signal: Option<Signal>,
    /// This leg is over: the call has ended, or goes on by telephone.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub over: Option<True>,
    /// What was sent was not understood, or was too much.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub refused: Option<Problem>,
}

/// A call as both of its browsers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct VoiceCall {
    /// Where it stands.
    pub state: RequestState,
    /// The public name of the agent who has it.
    pub name: Option<String>,
    /// Whether it is still to be, or is, carried by the browser.
    pub voice: bool,
    /// Why it is not.
    pub switched: Option<Switch>,
    /// How it ended, once it has.
    pub reason: Option<EndReason>,
    /// Place in line, from 1, while queued.
    pub position: Option<u32>,
    /// The wait still expected, while queued; absent means unknown.
    pub wait: Option<WaitRange>,
}

/// A connection between the two browsers that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Connect {
    /// Its number: the connections of a call are counted from 1.
    pub n: u32,
    /// Whether whoever reads this makes the offer.
    pub offer: bool,
    /// Servers that help to find a way (`RTCIceServer`).
    pub ice: Vec<IceServer>,
    /// Whether only a relay's addresses may be used, so that neither side learns the other's.
    pub relay: bool,
}

/// `RTCIceServer`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct IceServer {
    /// Its addresses: `stun:…`, `turn:…`, `turns:…`.
    pub urls: Vec<String>,
    /// For relays.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub username: Option<String>,
    /// For relays.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub credential: Option<String>,
}

/// What one browser has to tell the other about a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Signal {
    /// Which connection.
    pub n: u32,
    /// What.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub what: Signalled,
}

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Signalled {
    /// `RTCSessionDescription`.
    Sdp(Description),
    /// `RTCIceCandidate`; `None` when there are no more.
    Ice(Option<Candidate>),
    /// Whoever does not make offers asks for a new one, with `iceRestart`.
    Restart(True),
}

/// `RTCSessionDescriptionInit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Description {
    /// Offer or answer.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: DescriptionKind,
    /// The description.
    pub sdp: String,
}

words! {
    /// The kinds of session descriptions.
    DescriptionKind {
        /// Made first.
        Offer = "offer",
        /// Made of an offer.
        Answer = "answer",
    }
}

/// `RTCIceCandidateInit`, as browsers write it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields)
)]
pub struct Candidate {
    /// The candidate's attribute.
    pub candidate: String,
    /// The media section it belongs to, by name.
    #[cfg_attr(feature = "serde", serde(default))]
    pub sdp_mid: Option<String>,
    /// The same by number.
    #[cfg_attr(feature = "serde", serde(default))]
    pub sdp_m_line_index: Option<u16>,
    /// The user fragment of its generation.
    #[cfg_attr(feature = "serde", serde(default))]
    pub username_fragment: Option<String>,
}

/// What a browser says to the server: one word at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum VoiceSaid {
    /// The customer's window answers `ring`, the agent has pressed Answer; the microphone is there.
    Answered(True),
    /// For the other side.
    Signal(Signal),
    /// The connection of this number is there.
    Connected(u32),
    /// This browser has no connection, and needs another one.
    Renew(True),
    /// It can't be done, or not any more: by telephone, at once.
    Failed(Switch),
    /// This side hangs up.
    HangUp(True),
    /// The page is closed or loaded again: nobody can tell which.
    Leaving(True),
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_form() {
        let read = |text: &str| serde_json::from_str::<VoiceSaid>(text).ok();
        assert_eq!(read(r#"{"answered": true}"#), Some(VoiceSaid::Answered(True)));
        assert_eq!(read(r#"{"answered": false}"#), None);
        assert_eq!(read(r#"{"connected": 3}"#), Some(VoiceSaid::Connected(3)));
        assert_eq!(
            read(r#"{"failed": "lost"}"#),
            Some(VoiceSaid::Failed(Switch::Lost))
        );
        assert_eq!(read(r#"{"failed": "on fire"}"#), None);
        assert_eq!(read(r#"{"answered": true, "renew": true}"#), None);
        assert_eq!(read("{}"), None);
    }

    #[test]
    fn what_browsers_tell_each_other_reads_back() {
        for text in [
            r#"{"n":3,"sdp":{"type":"offer","sdp":"v=0\r\n"}}"#,
            r#"{"n":3,"ice":{"candidate":"candidate:1 1 udp 1 192.0.2.1 5 typ host","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"x"}}"#,
            r#"{"n":3,"ice":null}"#,
            r#"{"n":3,"restart":true}"#,
        ] {
            let signal: Signal = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&signal).unwrap(), text);
        }
        for garbled in [
            r#"{"n":3}"#,
            r#"{"n":-1,"ice":null}"#,
            r#"{"n":3,"sdp":{"type":"rollback","sdp":""}}"#,
            r#"{"sdp":{"type":"offer","sdp":""}}"#,
        ] {
            assert!(serde_json::from_str::<Signal>(garbled).is_err(), "{garbled}");
        }
    }
}
