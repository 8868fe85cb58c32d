//! What Twilio tells, in the engine's words.

use super::instant;
use acd::{Heard, HeardKind, LegEnd};
use shared::LegId;

/// What a request of Twilio's is about, as the end of its address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The leg has answered: what is it to hear?
    Voice,
    /// A key was pressed: what is it to hear now?
    Digits,
    /// The leg got further.
    Status,
    /// Somebody entered or left the room.
    Room,
}

impl About {
    /// Reads the word at the end of the address.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "voice" => Self::Voice,
            "digits" => Self::Digits,
            "status" => Self::Status,
            "room" => Self::Room,
            _ => return None,
        })
    }

    /// True when it waits for markup.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Voice | Self::Digits)
    }
}

/// What a request of Twilio's says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Callback {
    /// News, if there are any.
    pub heard: Option<Heard>,
    /// Its name of the leg.
    pub reference: Option<String>,
    /// This leg has entered the room: when the other one is there, the two are joined.
    pub entered: Option<LegId>,
    /// Seconds that it counts for the leg, at its end.
    pub seconds: Option<u32>,
}

/// Reads a callback for `leg`. Fields that are missing or strange are no news: there is no callback that is not accepted.
pub fn read(about: About, leg: &LegId, form: &str) -> Callback {
    let fields: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    let field = |name: &str| {
        let found = fields.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    let heard = |kind| Heard {
        leg: leg.clone(),
        kind,
        at: field("Timestamp").and_then(instant),
    };
    let reference = field("CallSid")
        .filter(|sid| sid.len() <= 64 && sid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map(str::to_owned);
    match about {
        About::Voice => Callback {
            heard: Some(heard(answered(field("AnsweredBy")))),
            reference,
            ..Callback::default()
        },
        About::Digits => Callback {
            heard: field("Digits")
                .and_then(|keys| keys.chars().next())
                .map(|key| heard(HeardKind::Digit(key))),
            reference,
            ..Callback::default()
        },
        About::Status => {
            let sip = field("SipResponseCode").and_then(|code| code.parse().ok());
            let kind = match field("CallStatus").unwrap_or_default() {
                "ringing" => Some(HeardKind::Ringing),
                "in-progress" => Some(answered(field("AnsweredBy"))),
                status => end_of(status, sip).map(HeardKind::Ended),
            };
            Callback {
                seconds: field("CallDuration").and_then(|text| text.parse().ok()),
                heard: kind.map(heard),
                reference,
                entered: None,
            }
        }
        // Its address names whoever made the room; the label names whoever entered.
        About::Room => {
            let label = field("ParticipantLabel").and_then(|label| LegId::parse(label).ok());
            let enters = field("StatusCallbackEvent") == Some("participant-join");
            Callback {
                entered: label.filter(|_| enters),
                ..Callback::default()
            }
        }
    }
}

fn answered(by: Option<&str>) -> HeardKind {
    match by {
        Some(by) if by.starts_with("machine") || by == "fax" => HeardKind::AnsweredByMachine,
        _ => HeardKind::Answered,
    }
}

/// How a leg ended, by its status and the SIP answer behind it. Twilio does not tell who hung up: where we did, the request is
/// over before.
pub(super) fn end_of(status: &str, sip: Option<u16>) -> Option<LegEnd> {
    Some(match (status, sip) {
        ("completed", _) => LegEnd::HungUp,
        ("busy", Some(603)) | ("failed", Some(603)) => LegEnd::Declined,
        ("busy", _) => LegEnd::Busy,
        ("no-answer", _) => LegEnd::NoAnswer,
        ("canceled", _) => LegEnd::Released,
        ("failed", Some(404 | 410 | 484 | 604)) => LegEnd::BadNumber,
        ("failed", _) => LegEnd::Failed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(form: &str) -> Option<HeardKind> {
        let leg = LegId::parse("req_1.c1").unwrap();
        read(About::Status, &leg, form).heard.map(|heard| heard.kind)
    }

    #[test]
    fn every_documented_status_is_understood() {
        for (form, kind) in [
            ("CallStatus=queued", None),
            ("CallStatus=initiated", None),
            ("CallStatus=ringing", Some(HeardKind::Ringing)),
            ("CallStatus=in-progress", Some(HeardKind::Answered)),
            (
                "CallStatus=in-progress&AnsweredBy=human",
                Some(HeardKind::Answered),
            ),
            (
                "CallStatus=in-progress&AnsweredBy=unknown",
                Some(HeardKind::Answered),
            ),
            (
                "CallStatus=in-progress&AnsweredBy=machine_start",
                Some(HeardKind::AnsweredByMachine),
            ),
            (
                "CallStatus=in-progress&AnsweredBy=machine_end_beep",
                Some(HeardKind::AnsweredByMachine),
            ),
            (
                "CallStatus=in-progress&AnsweredBy=machine_end_silence",
                Some(HeardKind::AnsweredByMachine),
            ),
            (
                "CallStatus=in-progress&AnsweredBy=machine_end_other",
                Some(HeardKind::AnsweredByMachine),
            ),
            (
                "CallStatus=in-progress&AnsweredBy=fax",
                Some(HeardKind::AnsweredByMachine),
            ),
            (
                "CallStatus=completed&CallDuration=12",
                Some(HeardKind::Ended(LegEnd::HungUp)),
            ),
            ("CallStatus=busy", Some(HeardKind::Ended(LegEnd::Busy))),
            (
                "CallStatus=busy&SipResponseCode=603",
                Some(HeardKind::Ended(LegEnd::Declined)),
            ),
            ("CallStatus=no-answer", Some(HeardKind::Ended(LegEnd::NoAnswer))),
            ("CallStatus=canceled", Some(HeardKind::Ended(LegEnd::Released))),
            ("CallStatus=failed", Some(HeardKind::Ended(LegEnd::Failed))),
            (
                "CallStatus=failed&SipResponseCode=404",
                Some(HeardKind::Ended(LegEnd::BadNumber)),
            ),
            ("CallStatus=something-new", None),
            ("", None),
            ("%%%=%%%&&&", None),
        ] {
            assert_eq!(status(form), kind, "{form}");
        }
    }

    #[test]
    fn its_own_clock_and_seconds_are_read() {
        let leg = LegId::parse("req_1.c1").unwrap();
        let form = "CallSid=CA0123456789abcdef0123456789abcdef&CallStatus=completed&CallDuration=61&Timestamp=Fri%2C%2020%20Nov%202026%2010%3A00%3A00%20%2B0000&SequenceNumber=3";
        let callback = read(About::Status, &leg, form);
        assert_eq!(
            callback.reference.as_deref(),
            Some("CA0123456789abcdef0123456789abcdef")
        );
        assert_eq!(callback.seconds, Some(61));
        assert_eq!(
            callback.heard.and_then(|heard| heard.at),
            Some(shared::Millis(1_795_168_800_000))
        );
        let signalwire = read(
            About::Status,
            &leg,
            "CallSid=b5d0c2f4-1111-4222-8333-444455556666&CallStatus=ringing",
        );
        assert!(signalwire.reference.is_some());
        let forged = read(
            About::Status,
            &leg,
            "CallSid=..%2F..%2FAccounts&CallStatus=ringing",
        );
        assert_eq!(forged.reference, None);
    }

    #[test]
    fn keys_and_rooms() {
        let leg = LegId::parse("req_1.c1").unwrap();
        let key = read(About::Digits, &leg, "Digits=1")
            .heard
            .map(|heard| heard.kind);
        assert_eq!(key, Some(HeardKind::Digit('1')));
        assert_eq!(read(About::Digits, &leg, "Digits=").heard, None);
        let room = |event: &str| {
            read(
                About::Room,
                &leg,
                &format!("StatusCallbackEvent={event}&ParticipantLabel=req_1.a2&ConferenceSid=CF1"),
            )
            .entered
        };
        assert_eq!(room("participant-join"), LegId::parse("req_1.a2").ok());
        for event in [
            "conference-start",
            "conference-end",
            "participant-leave",
            "participant-mute",
            "participant-hold",
            "participant-modify",
            "participant-speech-start",
            "announcement-end",
        ] {
            assert_eq!(room(event), None, "{event}");
        }
    }
}
