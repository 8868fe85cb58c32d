//! What Asterisk tells, in the engine's words.

use super::bare;
use super::frame::{self, Exchanged};
use crate::HttpCall;
use acd::{Heard, HeardKind, LegEnd, Phrase};
use jiff::fmt::strtime;
use serde::Deserialize;
use shared::{LegId, Millis};
use std::fmt;

/// What one message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// It is ready: from now on it may be spoken to. It must not be before.
    Registered,
    /// An answer to a request of ours.
    Answer(Exchanged),
    /// News of a leg.
    Heard(Heard),
    /// Something of its own that has to be cleared away. Nothing is lost when it is not.
    Tidy(HttpCall),
    /// Nothing to us.
    Nothing,
}

/// A message that is none of Asterisk's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garbage(String);

impl fmt::Display for Garbage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a message of Asterisk's: {}", self.0)
    }
}

impl std::error::Error for Garbage {}

#[derive(Deserialize)]
struct Event {
    r#type: String,
    timestamp: Option<String>,
    channel: Option<Channel>,
    playback: Option<Playback>,
    bridge: Option<Bridge>,
    cause: Option<i64>,
    #[serde(default)]
    soft: bool,
    digit: Option<String>,
}

#[derive(Deserialize)]
struct Channel {
    id: String,
    #[serde(default)]
    state: String,
}

#[derive(Deserialize)]
struct Playback {
    id: String,
}

#[derive(Deserialize)]
struct Bridge {
    id: String,
    #[serde(default)]
    channels: Vec<String>,
}

/// Reads a message.
///
/// # Errors
/// [`Garbage`] when it is none.
pub fn hear(text: &str) -> Result<Signal, Garbage> {
    let event: Event = serde_json::from_str(text).map_err(|error| Garbage(error.to_string()))?;
    Ok(read(&event, text).unwrap_or(Signal::Nothing))
}

fn read(event: &Event, text: &str) -> Option<Signal> {
    let channel = || LegId::parse(&event.channel.as_ref()?.id).ok();
    let heard = |leg: LegId, kind| {
        Some(Signal::Heard(Heard {
            leg,
            kind,
            at: event.timestamp.as_deref().and_then(instant),
        }))
    };
    match event.r#type.as_str() {
        "ApplicationRegistered" => Some(Signal::Registered),
        "RESTResponse" => frame::answer(text).map(Signal::Answer),
        "StasisStart" => heard(channel()?, HeardKind::Answered),
        "ChannelStateChange" if event.channel.as_ref()?.state == "Ringing" => {
            heard(channel()?, HeardKind::Ringing)
        }
        "ChannelDtmfReceived" => heard(
            channel()?,
            HeardKind::Digit(event.digit.as_ref()?.chars().next()?),
        ),
        // A soft one is ours; and of whoever never answered, the end itself says how it came to that.
        "ChannelHangupRequest" if !event.soft && event.channel.as_ref()?.state == "Up" => {
            heard(channel()?, HeardKind::Ended(LegEnd::HungUp))
        }
        "ChannelDestroyed" => heard(channel()?, HeardKind::Ended(end_of(event.cause?))),
        "PlaybackFinished" => {
            let (leg, recording) = event.playback.as_ref()?.id.rsplit_once('.')?;
            let leg = LegId::parse(leg).ok()?;
            let last = [Phrase::Sorry, Phrase::Never];
            if last.iter().any(|phrase| recording == phrase.recording()) {
                return Some(Signal::Tidy(bare(
                    "DELETE",
                    format!("channels/{leg}?reason=normal"),
                )));
            }
            if recording == Phrase::Hold.recording() {
                return heard(leg, HeardKind::Announced);
            }
            None
        }
        // A bridge that both have left is of no use.
        "ChannelLeftBridge" => {
            let bridge = event
                .bridge
                .as_ref()
                .filter(|bridge| bridge.channels.is_empty())?;
            LegId::parse(&bridge.id).ok()?;
            Some(Signal::Tidy(bare("DELETE", format!("bridges/{}", bridge.id))))
        }
        _ => None,
    }
}

/// How a leg ended, by its cause (ITU-T Q.850, as Asterisk makes it out of SIP answers).
const fn end_of(cause: i64) -> LegEnd {
    match cause {
        17 => LegEnd::Busy,
        18..=20 => LegEnd::NoAnswer,
        21 => LegEnd::Declined,
        1..=3 | 22 | 28 => LegEnd::BadNumber,
        // Cleared as usual, or by us; where the party hung up we have been told so before.
        0 | 16 | 26 | 31 | 32 | 127 => LegEnd::Released,
        _ => LegEnd::Failed,
    }
}

/// `2026-11-20T09:27:41.827+0000`.
fn instant(text: &str) -> Option<Millis> {
    let at = strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text)
        .ok()?
        .to_timestamp()
        .ok()?;
    Some(Millis(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Signal {
        hear(text).unwrap()
    }

    fn news(kind: HeardKind, at: Option<i64>) -> Signal {
        Signal::Heard(Heard {
            leg: LegId::parse("req_1.c1").unwrap(),
            kind,
            at: at.map(Millis),
        })
    }

    #[test]
    fn a_call_from_ringing_to_its_end() {
        let at = Some(1_795_166_861_827);
        let channel_in = |state: &str, kind: &str, more: &str| {
            of(&format!(
                r#"{{"type":"{kind}","timestamp":"2026-11-20T09:27:41.827+0000"{more},"channel":{{"id":"req_1.c1","state":"{state}"}},"application":"ringback"}}"#
            ))
        };
        let channel = |kind: &str, more: &str| channel_in("Ringing", kind, more);
        assert_eq!(channel("ChannelStateChange", ""), news(HeardKind::Ringing, at));
        assert_eq!(
            channel("StasisStart", r#","args":[]"#),
            news(HeardKind::Answered, at)
        );
        assert_eq!(
            channel("ChannelDtmfReceived", r#","digit":"1""#),
            news(HeardKind::Digit('1'), at)
        );
        assert_eq!(
            channel_in("Up", "ChannelHangupRequest", ""),
            news(HeardKind::Ended(LegEnd::HungUp), at)
        );
        assert_eq!(
            channel_in("Up", "ChannelHangupRequest", r#","cause":16"#),
            news(HeardKind::Ended(LegEnd::HungUp), at)
        );
        assert_eq!(
            channel_in("Up", "ChannelHangupRequest", r#","cause":32,"soft":true"#),
            Signal::Nothing
        );
        assert_eq!(
            channel("ChannelHangupRequest", r#","cause":17"#),
            Signal::Nothing,
            "the busy one has not hung up"
        );
        assert_eq!(
            channel("ChannelDestroyed", r#","cause":17"#),
            news(HeardKind::Ended(LegEnd::Busy), at)
        );
        assert_eq!(
            channel("ChannelDestroyed", r#","cause":38"#),
            news(HeardKind::Ended(LegEnd::Failed), at)
        );
        assert_eq!(channel("StasisEnd", ""), Signal::Nothing);
    }

    #[test]
    fn announcements_end_and_bridges_are_cleared_away() {
        let finished = |name: &str| {
            of(&format!(
                r#"{{"type":"PlaybackFinished","playback":{{"id":"req_1.c1.{name}"}}}}"#
            ))
        };
        assert_eq!(finished("hold"), news(HeardKind::Announced, None));
        assert_eq!(finished("press-1"), Signal::Nothing);
        for last in ["sorry", "never"] {
            assert!(
                matches!(finished(last), Signal::Tidy(call) if call.url == "channels/req_1.c1?reason=normal")
            );
        }
        let left = |channels: &str| {
            of(&format!(
                r#"{{"type":"ChannelLeftBridge","bridge":{{"id":"req_1.b","channels":[{channels}]}},"channel":{{"id":"req_1.c1"}}}}"#
            ))
        };
        assert_eq!(left(r#""req_1.a1""#), Signal::Nothing);
        assert!(matches!(left(""), Signal::Tidy(call) if call.url == "bridges/req_1.b"));
    }

    #[test]
    fn what_is_none_of_ours_is_nothing_and_garbage_is_told_apart() {
        assert_eq!(
            of(r#"{"type":"StasisStart","channel":{"id":"1700000000.12"}}"#).clone(),
            Signal::Heard(Heard::now(
                LegId::parse("1700000000.12").unwrap(),
                HeardKind::Answered
            ))
        );
        assert_eq!(
            of(r#"{"type":"StasisStart","channel":{"id":"PJSIP/x"}}"#),
            Signal::Nothing
        );
        assert_eq!(of(r#"{"type":"SomethingNew"}"#), Signal::Nothing);
        assert_eq!(
            of(r#"{"type":"ApplicationRegistered","application":"ringback"}"#),
            Signal::Registered
        );
        for garbage in ["", "hello", "[]", r#"{"type":5}"#] {
            assert!(hear(garbage).is_err(), "{garbage}");
        }
    }
}
