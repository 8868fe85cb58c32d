//! An Asterisk of one's own (version 22), over the WebSocket that it opens to us. Its REST interface answers on the same socket.
//!
//! Channel ids are our leg ids; a call's bridge is named after its request. How an announcement is said: a recording that the
//! document's `sounds` names, since Asterisk does not speak.

mod event;
mod frame;

pub use event::{Garbage, Signal, hear};
pub use frame::{Exchanged, Stage, Tag, answer, frame};

use crate::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told, general};
use acd::{Effect, Heard, HeardKind, LegEnd, Phrase, Words, request_of};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::equipment::Equipment;
use shared::{Address, LegId, PhoneNumber};

/// The codec of one Asterisk.
#[derive(Debug, Clone)]
pub struct Asterisk {
    /// The Stasis application.
    pub app: String,
    /// How a number is dialled, with `{number}` or `{digits}`; where it is.
    pub dial: Option<String>,
    /// How a SIP address is dialled, with `{address}`; where it is.
    pub dial_sip: Option<String>,
    /// Where recordings are, with `{phrase}`, and with `{language}` where there is one of each.
    pub sounds: String,
    /// The number shown to the called party.
    pub from: PhoneNumber,
    /// The name shown to the called party.
    pub caller: String,
}

impl Asterisk {
    /// Reads what the document says; `from` and `caller` are the business's.
    pub fn of(equipment: &Equipment, from: PhoneNumber, caller: String) -> Self {
        let or = |text: &Option<String>, usual: &str| text.clone().unwrap_or_else(|| usual.into());
        Self {
            app: or(&equipment.app, "ringback"),
            dial: equipment.dial.clone(),
            dial_sip: equipment.dial_sip.clone(),
            sounds: or(&equipment.sounds, "ringback/{phrase}"),
            from,
            caller,
        }
    }

    fn endpoint(&self, to: &Address) -> Option<String> {
        match to {
            Address::Number(number) => {
                let number = number.as_str();
                let dial = self.dial.as_ref()?.replace("{number}", number);
                Some(dial.replace("{digits}", number.trim_start_matches('+')))
            }
            Address::Sip(uri) => Some(self.dial_sip.as_ref()?.replace("{address}", uri.as_str())),
        }
    }

    /// The name is quoted there, and must not end its quotes.
    fn caller_id(&self) -> String {
        let name: String = self
            .caller
            .chars()
            .filter(|c| !c.is_control() && !"\"\\<>".contains(*c))
            .collect();
        format!("\"{name}\" <{}>", self.from.as_str())
    }

    fn media(&self, words: &Words) -> String {
        match &words.audio {
            Some(address) => format!("sound:{address}"),
            None => format!(
                "sound:{}",
                self.sounds
                    .replace("{phrase}", words.phrase.recording())
                    .replace("{language}", words.language.as_str())
            ),
        }
    }

    fn play(&self, leg: &LegId, words: &Words) -> HttpCall {
        // The playback's name says what follows when it is over.
        let path = format!("channels/{leg}/play/{leg}.{}", words.phrase.recording());
        call("POST", path, &json!({ "media": self.media(words) }))
    }

    /// What is asked of it as soon as it has connected: only those events that say something to us.
    pub fn filter(&self) -> HttpCall {
        let quiet = [
            "ChannelVarset",
            "ChannelConnectedLine",
            "ChannelCallerId",
            "ChannelDialplan",
            "ChannelToneDetected",
            "BridgeCreated",
            "BridgeDestroyed",
            "ChannelEnteredBridge",
            "PlaybackStarted",
            "Dial",
        ];
        let disallowed: Vec<Value> = quiet.iter().map(|kind| json!({ "type": kind })).collect();
        let body = json!({ "allowed": [], "disallowed": disallowed });
        call("PUT", format!("applications/{}/eventFilter", self.app), &body)
    }
}

fn call(method: &'static str, path: String, body: &Value) -> HttpCall {
    HttpCall {
        method,
        url: path,
        headers: Vec::new(),
        body: body.to_string(),
    }
}

fn bare(method: &'static str, path: String) -> HttpCall {
    HttpCall {
        method,
        url: path,
        headers: Vec::new(),
        body: String::new(),
    }
}

/// Ends what is said to a leg, if it still is.
fn silence(leg: &LegId, phrase: Phrase) -> HttpCall {
    bare("DELETE", format!("playbacks/{leg}.{}", phrase.recording()))
}

/// The name of the bridge that joins the legs of one request.
fn bridge_of(leg: &LegId) -> String {
    request_of(leg).map_or_else(|| format!("{leg}.b"), |(request, ..)| format!("{request}.b"))
}

impl Carrier for Asterisk {
    fn request(&self, effect: &Effect, _known: &Known) -> Vec<HttpCall> {
        match effect {
            Effect::Dial {
                leg,
                to,
                ring_s,
                longest_s,
                ..
            } => {
                let Some(endpoint) = self.endpoint(to.address()) else {
                    return Vec::new();
                };
                let mut body = json!({
                    "endpoint": endpoint,
                    "app": self.app,
                    "callerId": self.caller_id(),
                    "timeout": ring_s,
                });
                if let (Some(longest_s), Some(body)) = (longest_s, body.as_object_mut()) {
                    // It counts from the channel's beginning, and needs Asterisk's `func_timeout`.
                    let until = longest_s.saturating_add(*ring_s).to_string();
                    body.insert("variables".into(), json!({ "TIMEOUT(absolute)": until }));
                }
                vec![call("POST", format!("channels/{leg}"), &body)]
            }
            // Whoever has pressed 1 need not hear the rest of the question.
            Effect::Announce { leg, words } if words.phrase == Phrase::Hold => {
                vec![silence(leg, Phrase::Confirm), self.play(leg, words)]
            }
            Effect::Announce { leg, words } => vec![self.play(leg, words)],
            Effect::Music { leg } => vec![bare("POST", format!("channels/{leg}/moh"))],
            // Nor whoever has pressed 9 of that, or of the announcement.
            Effect::Farewell { leg, words } if words.phrase == Phrase::Never => vec![
                silence(leg, Phrase::Confirm),
                silence(leg, Phrase::Hold),
                self.play(leg, words),
            ],
            Effect::Farewell { leg, words } => vec![
                bare("DELETE", format!("channels/{leg}/moh")),
                self.play(leg, words),
            ],
            // The customer leaves the bridge before the agent's leg ends.
            Effect::Hold { leg, words, .. } => vec![
                call(
                    "POST",
                    format!("bridges/{}/removeChannel", bridge_of(leg)),
                    &json!({ "channel": leg.as_str() }),
                ),
                self.play(leg, words),
            ],
            Effect::Bridge { customer, agent } => {
                let bridge = bridge_of(agent);
                vec![
                    // Audio passes through its core: handed from leg to leg natively, one side was heard late.
                    call(
                        "POST",
                        format!("bridges/{bridge}"),
                        &json!({ "type": "mixing,proxy_media" }),
                    ),
                    bare("DELETE", format!("channels/{customer}/moh")),
                    call(
                        "POST",
                        format!("bridges/{bridge}/addChannel"),
                        &json!({ "channel": [customer, agent] }),
                    ),
                ]
            }
            Effect::HangUp { leg } => vec![bare("DELETE", format!("channels/{leg}?reason=normal"))],
        }
    }

    fn settle(&self, effect: &Effect, answer: &HttpAnswer) -> Outcome {
        match (effect, answer.status) {
            // It could not make the channel: no such endpoint, or no contact for it.
            (Effect::Dial { .. }, Some(500)) => Outcome::Refused(LegEnd::Failed),
            // A channel of that name exists; or, on a connection that had such an answer before, any other failure.
            (Effect::Dial { .. }, Some(409)) => Outcome::Unknown,
            (Effect::Dial { .. } | Effect::Announce { .. } | Effect::Hold { .. }, Some(200..=299)) => {
                Outcome::Taken
            }
            (_, Some(200..=299)) => Outcome::Done,
            // The bridge got lost: it could not be made, or was cleared away just then.
            (Effect::Bridge { .. }, Some(404)) => Outcome::Retry(None),
            // The leg is gone already: its end is on its way to us.
            (
                Effect::HangUp { .. } | Effect::Farewell { .. } | Effect::Music { .. },
                Some(404 | 409 | 412),
            ) => Outcome::Done,
            _ => general(answer).unwrap_or(Outcome::Refused(LegEnd::Failed)),
        }
    }

    fn ask(&self, known: &Known) -> HttpCall {
        bare("GET", format!("channels/{}", known.leg))
    }

    fn told(&self, known: &Known, answer: &HttpAnswer) -> Told {
        #[derive(Deserialize)]
        struct Channel {
            state: String,
        }
        if answer.status == Some(404) {
            return Told::Absent;
        }
        let channel = (answer.status == Some(200)).then(|| serde_json::from_str::<Channel>(&answer.body));
        let Some(Ok(channel)) = channel else {
            return Told::Unclear;
        };
        let kinds: &[HeardKind] = match channel.state.as_str() {
            "Up" => &[HeardKind::Ringing, HeardKind::Answered],
            "Ring" | "Ringing" => &[HeardKind::Ringing],
            _ => &[],
        };
        // It doesn't say since when: not before it was ordered. To be asked means that news got lost, so now is surely too late.
        let heard = kinds.iter().map(|kind| Heard {
            leg: known.leg.clone(),
            kind: *kind,
            at: Some(known.ordered_at),
        });
        Told::Leg {
            price: None,
            reference: None,
            news: heard.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::policy::Permit;
    use shared::call::Party;
    use shared::{EquipmentId, Millis};

    fn asterisk() -> Asterisk {
        let mut equipment = Equipment::sandbox(EquipmentId::parse("pbx").unwrap());
        equipment.dial = Some("PJSIP/{number}@trunk".into());
        let from = PhoneNumber::parse("+442079460958").unwrap();
        Asterisk::of(&equipment, from, "Merid\"ian <Travel>".into())
    }

    fn leg(text: &str) -> LegId {
        LegId::parse(text).unwrap()
    }

    fn known() -> Known {
        Known {
            leg: leg("req_1.c1"),
            party: Party::Customer,
            to: Address::parse("+442079460001").unwrap(),
            reference: None,
            ordered_at: Millis(0),
            others: vec![],
        }
    }

    fn dial_to(address: &str) -> Effect {
        Effect::Dial {
            leg: leg("req_1.c1"),
            party: Party::Customer,
            to: serde_json::from_value::<Permit>(serde_json::json!(address)).unwrap(),
            ring_s: 30,
            longest_s: Some(7_200),
        }
    }

    fn dial() -> Effect {
        dial_to(known().to.as_str())
    }

    #[test]
    fn a_dial_names_its_channel_and_shows_the_business() {
        let [call] = asterisk().request(&dial(), &known()).try_into().unwrap();
        assert_eq!((call.method, call.url.as_str()), ("POST", "channels/req_1.c1"));
        assert_eq!(
            call.body,
            r#"{"app":"ringback","callerId":"\"Meridian Travel\" <+442079460958>","endpoint":"PJSIP/+442079460001@trunk","timeout":30,"variables":{"TIMEOUT(absolute)":"7230"}}"#
        );
    }

    #[test]
    fn a_sip_address_is_dialled_as_the_document_says_and_not_at_all_where_it_does_not() {
        let mut asterisk = asterisk();
        let to = dial_to("sip:ana@pbx.example:5080");
        assert_eq!(asterisk.request(&to, &known()), []);
        asterisk.dial_sip = Some("PJSIP/out/{address}".into());
        let [call] = asterisk.request(&to, &known()).try_into().unwrap();
        assert!(
            call.body
                .contains(r#""endpoint":"PJSIP/out/sip:ana@pbx.example:5080""#),
            "{}",
            call.body
        );
        asterisk.dial = None;
        assert_eq!(asterisk.request(&dial(), &known()), []);
    }

    #[test]
    fn both_are_joined_in_a_bridge_of_the_request() {
        let effect = Effect::Bridge {
            customer: leg("req_1.c2"),
            agent: leg("req_1.a3"),
        };
        let calls = asterisk().request(&effect, &known());
        let urls: Vec<_> = calls.iter().map(|call| call.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "bridges/req_1.b",
                "channels/req_1.c2/moh",
                "bridges/req_1.b/addChannel"
            ]
        );
        assert_eq!(calls[2].body, r#"{"channel":["req_1.c2","req_1.a3"]}"#);
    }

    #[test]
    fn a_recording_is_played_under_the_legs_name() {
        let words = Words {
            phrase: Phrase::Confirm,
            text: String::new(),
            audio: None,
            language: shared::Language::default(),
        };
        let announce = |words: Words| {
            let effect = Effect::Announce {
                leg: leg("req_1.c1"),
                words,
            };
            let [call] = asterisk().request(&effect, &known()).try_into().unwrap();
            (call.url, call.body)
        };
        let hold = Effect::Announce {
            leg: leg("req_1.c1"),
            words: Words {
                phrase: Phrase::Hold,
                ..words.clone()
            },
        };
        let urls: Vec<_> = asterisk()
            .request(&hold, &known())
            .into_iter()
            .map(|call| call.url)
            .collect();
        assert_eq!(
            urls,
            [
                "playbacks/req_1.c1.press-1",
                "channels/req_1.c1/play/req_1.c1.hold"
            ]
        );
        let never = Effect::Farewell {
            leg: leg("req_1.c1"),
            words: Words {
                phrase: Phrase::Never,
                ..words.clone()
            },
        };
        let calls = asterisk().request(&never, &known());
        let urls: Vec<_> = calls.iter().map(|call| call.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "playbacks/req_1.c1.press-1",
                "playbacks/req_1.c1.hold",
                "channels/req_1.c1/play/req_1.c1.never"
            ],
            "whoever pressed 9 hears at once that it is done"
        );
        let (url, body) = announce(words.clone());
        assert_eq!(url, "channels/req_1.c1/play/req_1.c1.press-1");
        assert_eq!(body, r#"{"media":"sound:ringback/press-1"}"#);
        let own = Words {
            audio: Some("https://cdn.example/hello.wav".into()),
            ..words
        };
        assert_eq!(
            announce(own).1,
            r#"{"media":"sound:https://cdn.example/hello.wav"}"#
        );
    }

    #[test]
    fn answers_mean_what_was_found_out_about_them() {
        let dial_of = |answer| asterisk().settle(&dial(), &answer);
        assert_eq!(dial_of(HttpAnswer::of(200, "{}")), Outcome::Taken);
        assert_eq!(dial_of(HttpAnswer::of(409, "{}")), Outcome::Unknown);
        assert_eq!(
            dial_of(HttpAnswer::of(500, "{}")),
            Outcome::Refused(LegEnd::Failed)
        );
        assert_eq!(
            dial_of(HttpAnswer::of(503, "Asterisk not booted")),
            Outcome::Retry(None)
        );
        assert_eq!(dial_of(HttpAnswer::none(false)), Outcome::Retry(None));
        assert_eq!(dial_of(HttpAnswer::none(true)), Outcome::Unknown);
        let bridge = Effect::Bridge {
            customer: leg("req_1.c1"),
            agent: leg("req_1.a1"),
        };
        let join = |status| asterisk().settle(&bridge, &HttpAnswer::of(status, "{}"));
        assert_eq!(join(404), Outcome::Retry(None), "no such bridge");
        assert_eq!(join(400), Outcome::Refused(LegEnd::Failed), "no such channel");
        let told = |answer| asterisk().told(&known(), &answer);
        assert_eq!(told(HttpAnswer::of(404, "{}")), Told::Absent);
        assert_eq!(told(HttpAnswer::of(200, "<html>")), Told::Unclear);
        let Told::Leg { news, .. } = told(HttpAnswer::of(200, r#"{"state":"Up"}"#)) else {
            panic!("it is there")
        };
        let since = known().ordered_at;
        assert_eq!(
            news.iter().map(|heard| heard.at).collect::<Vec<_>>(),
            [Some(since); 2]
        );
    }
}
