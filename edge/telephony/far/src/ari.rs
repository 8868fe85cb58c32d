//! An Asterisk, as its REST interface and its events show it.

use crate::phone::{Act, after_answer, fails, plan};
use crate::{Diary, FarEnd, Tell, duration_ms};
use acd::LegEnd;
use serde_json::{Value, json};
use shared::{Address, LegId, Millis};
use std::collections::BTreeMap;
use telephony::{HttpAnswer, HttpCall};

/// How long a recording takes.
const SPEECH_MS: i64 = 3_500;

#[derive(Debug, Clone)]
struct Channel {
    to: Address,
    state: &'static str,
    plan: Vec<(Millis, Act)>,
    /// Recordings being played or waiting to be, with their ends.
    playing: Vec<(String, Millis)>,
    bridge: Option<String>,
    answered_at: Option<Millis>,
    ended_at: Option<Millis>,
}

/// The far end of an Asterisk.
#[derive(Debug, Default)]
pub struct Ari {
    channels: BTreeMap<LegId, Channel>,
    attempts: BTreeMap<Address, usize>,
    diary: Diary,
}

/// `2026-11-20T09:27:41.827+0000`.
fn stamp(at: Millis) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    format!("{}+0000", at.strftime("%Y-%m-%dT%H:%M:%S%.3f"))
}

fn status(code: u16) -> HttpAnswer {
    HttpAnswer::of(code, "{}")
}

impl Ari {
    fn tell(&mut self, leg: &LegId, now: Millis, kind: &str, more: Value) {
        let state = self.channels.get(leg).map_or("Down", |channel| channel.state);
        let mut event = json!({
            "type": kind, "timestamp": stamp(now), "application": "ringback",
            "channel": {"id": leg.as_str(), "name": "PJSIP/trunk-00000001", "state": state}
        });
        if let (Some(event), Value::Object(more)) = (event.as_object_mut(), more) {
            event.extend(more);
        }
        self.diary.tells.push(Tell {
            leg: leg.clone(),
            about: "frame",
            text: event.to_string(),
        });
    }

    fn live(&mut self, leg: &LegId) -> Option<&mut Channel> {
        self.channels
            .get_mut(leg)
            .filter(|channel| channel.ended_at.is_none())
    }

    fn originate(&mut self, leg: LegId, body: &Value, now: Millis) -> HttpAnswer {
        if self.live(&leg).is_some() {
            return status(409);
        }
        // `PJSIP/{number}@trunk`, or an endpoint and a whole URI: `PJSIP/out/sip:ana@pbx.example`.
        let endpoint = body["endpoint"].as_str().unwrap_or_default();
        let resource = endpoint.strip_prefix("PJSIP/").unwrap_or_default();
        let dialled = match resource.split_once('/') {
            Some((_, uri)) => Some(uri),
            None => resource.split('@').next(),
        };
        let address = dialled.and_then(|text| Address::parse(text).ok());
        let (Some(to), Some(ring_s)) = (address, body["timeout"].as_i64()) else {
            return status(400);
        };
        let attempts = self.attempts.entry(to.clone()).or_default();
        *attempts += 1;
        if fails(&to, *attempts - 1) {
            return status(503);
        }
        let before = self.diary.dialled.entry(to.clone()).or_default();
        *before += 1;
        let channel = Channel {
            plan: plan(&to, now, ring_s, *before > 1),
            to,
            state: "Down",
            playing: vec![],
            bridge: None,
            answered_at: None,
            ended_at: None,
        };
        self.channels.insert(leg, channel);
        HttpAnswer::of(200, r#"{"state":"Down"}"#)
    }

    fn act(&mut self, leg: &LegId, act: Act, now: Millis) {
        let Some(channel) = self.live(leg) else { return };
        match act {
            Act::Ring => {
                channel.state = "Ringing";
                self.tell(leg, now, "ChannelStateChange", json!({}));
            }
            Act::Answer => {
                channel.state = "Up";
                channel.answered_at = Some(now);
                channel.plan = after_answer(&channel.to, now);
                self.tell(leg, now, "ChannelStateChange", json!({}));
                self.tell(leg, now, "StasisStart", json!({"args": []}));
            }
            Act::Press(key) => self.tell(
                leg,
                now,
                "ChannelDtmfReceived",
                json!({"digit": key, "duration_ms": 100}),
            ),
            Act::End(how) => {
                let cause = match how {
                    LegEnd::Busy => 17,
                    LegEnd::NoAnswer => 19,
                    LegEnd::Declined => 21,
                    LegEnd::BadNumber => 1,
                    LegEnd::HungUp | LegEnd::Released => 16,
                    LegEnd::Failed | LegEnd::Lost => 38,
                };
                self.tell(leg, now, "ChannelHangupRequest", json!({ "cause": cause }));
                self.destroy(leg, cause, now);
            }
        }
    }

    fn destroy(&mut self, leg: &LegId, cause: i64, now: Millis) {
        let Some(channel) = self.live(leg) else { return };
        channel.ended_at = Some(now);
        channel.plan.clear();
        let (playing, bridge) = (std::mem::take(&mut channel.playing), channel.bridge.take());
        for (id, _) in playing {
            let playback = json!({"id": id, "target_uri": format!("channel:{leg}"), "state": "failed"});
            self.tell(leg, now, "PlaybackFinished", json!({ "playback": playback }));
        }
        if let Some(bridge) = bridge {
            let left: Vec<String> = self.members(&bridge).map(ToString::to_string).collect();
            let bridge = json!({"id": bridge, "channels": left});
            self.tell(leg, now, "ChannelLeftBridge", json!({ "bridge": bridge }));
        }
        self.tell(leg, now, "StasisEnd", json!({}));
        self.tell(
            leg,
            now,
            "ChannelDestroyed",
            json!({"cause": cause, "cause_txt": ""}),
        );
    }

    fn members<'a>(&'a self, bridge: &'a str) -> impl Iterator<Item = &'a LegId> {
        let inside =
            |channel: &Channel| channel.ended_at.is_none() && channel.bridge.as_deref() == Some(bridge);
        self.channels
            .iter()
            .filter(move |(_, channel)| inside(channel))
            .map(|(id, _)| id)
    }

    fn channel_request(
        &mut self,
        method: &str,
        leg: LegId,
        rest: &[&str],
        body: &Value,
        now: Millis,
    ) -> HttpAnswer {
        match (method, rest) {
            ("POST", []) => return self.originate(leg, body, now),
            ("GET", []) => {
                let state = self.live(&leg).map(|channel| channel.state);
                return state.map_or_else(
                    || status(404),
                    |state| HttpAnswer::of(200, json!({"id": leg.as_str(), "state": state}).to_string()),
                );
            }
            _ => {}
        }
        let Some(channel) = self.live(&leg) else {
            return status(404);
        };
        match (method, rest) {
            ("DELETE", []) => {
                self.tell(
                    &leg,
                    now,
                    "ChannelHangupRequest",
                    json!({"cause": 32, "soft": true}),
                );
                self.destroy(&leg, 16, now);
                status(204)
            }
            _ if channel.state != "Up" => status(409),
            ("POST", ["play", id]) => {
                let begins = channel.playing.last().map_or(now, |(_, ends)| *ends);
                channel
                    .playing
                    .push(((*id).to_owned(), begins.plus_ms(SPEECH_MS)));
                let media = body["media"].as_str().unwrap_or_default().to_owned();
                self.diary.said.entry(leg).or_default().push(media);
                status(201)
            }
            ("POST" | "DELETE", ["moh"]) => status(204),
            _ => status(404),
        }
    }

    fn bridge_request(
        &mut self,
        method: &str,
        bridge: &str,
        rest: &[&str],
        body: &Value,
        now: Millis,
    ) -> HttpAnswer {
        match (method, rest) {
            ("POST", []) => status(200),
            ("DELETE", []) => status(204),
            ("POST", ["addChannel"]) => {
                let ids = body["channel"].as_array().cloned().unwrap_or_default();
                let legs: Vec<LegId> = ids
                    .iter()
                    .filter_map(|id| LegId::parse(id.as_str()?).ok())
                    .collect();
                let up = |leg: &LegId| {
                    self.channels
                        .get(leg)
                        .is_some_and(|channel| channel.state == "Up" && channel.ended_at.is_none())
                };
                if legs.len() != 2 || !legs.iter().all(up) {
                    return status(400);
                }
                for leg in &legs {
                    if let Some(channel) = self.live(leg) {
                        channel.bridge = Some(bridge.to_owned());
                    }
                }
                status(204)
            }
            ("POST", ["removeChannel"]) => {
                let leg = body["channel"].as_str().and_then(|id| LegId::parse(id).ok());
                let Some(leg) = leg.filter(|leg| self.members(bridge).any(|inside| inside == leg)) else {
                    return status(422);
                };
                if let Some(channel) = self.live(&leg) {
                    channel.bridge = None;
                }
                let left: Vec<String> = self.members(bridge).map(ToString::to_string).collect();
                let bridge = json!({"id": bridge, "channels": left});
                self.tell(&leg, now, "ChannelLeftBridge", json!({ "bridge": bridge }));
                status(204)
            }
            _ => status(404),
        }
    }
}

impl FarEnd for Ari {
    fn carry(&mut self, now: Millis, call: &HttpCall) -> HttpAnswer {
        let path = call.url.split('?').next().unwrap_or_default();
        let words: Vec<&str> = path.split('/').collect();
        let body: Value = serde_json::from_str(&call.body).unwrap_or_default();
        match words.as_slice() {
            ["channels", id, rest @ ..] => match LegId::parse(id) {
                Ok(leg) => self.channel_request(call.method, leg, rest, &body, now),
                Err(_) => status(404),
            },
            ["bridges", id, rest @ ..] => self.bridge_request(call.method, id, rest, &body, now),
            ["applications", ..] => status(200),
            _ => status(404),
        }
    }

    fn pass(&mut self, now: Millis) {
        let legs: Vec<LegId> = self.channels.keys().cloned().collect();
        for leg in legs {
            while let Some(act) = self.live(&leg).and_then(|channel| due(&mut channel.plan, now)) {
                self.act(&leg, act, now);
            }
            while let Some(id) = self
                .live(&leg)
                .and_then(|channel| finished(&mut channel.playing, now))
            {
                let playback = json!({"id": id, "target_uri": format!("channel:{leg}"), "state": "done"});
                self.tell(&leg, now, "PlaybackFinished", json!({ "playback": playback }));
            }
        }
    }

    fn wake_at(&self) -> Option<Millis> {
        let live = self
            .channels
            .values()
            .filter(|channel| channel.ended_at.is_none());
        live.flat_map(|channel| {
            channel
                .plan
                .first()
                .map(|(at, _)| *at)
                .into_iter()
                .chain(channel.playing.first().map(|(_, at)| *at))
        })
        .min()
    }

    fn diary(&mut self) -> &mut Diary {
        &mut self.diary
    }

    fn noted(&self) -> &Diary {
        &self.diary
    }

    fn alive(&self) -> Vec<LegId> {
        let live = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.ended_at.is_none());
        live.map(|(id, _)| id.clone()).collect()
    }

    fn hears(&self, leg: &LegId) -> Option<LegId> {
        let bridge = self.channels.get(leg)?.bridge.as_deref()?;
        self.members(bridge).find(|other| *other != leg).cloned()
    }

    fn record(&self, leg: &LegId) -> Option<i64> {
        let channel = self.channels.get(leg)?;
        duration_ms(channel.answered_at, channel.ended_at)
    }
}

fn due(plan: &mut Vec<(Millis, Act)>, now: Millis) -> Option<Act> {
    let first = plan.first().filter(|(at, _)| *at <= now).map(|(_, act)| *act)?;
    plan.remove(0);
    Some(first)
}

fn finished(playing: &mut Vec<(String, Millis)>, now: Millis) -> Option<String> {
    playing.first().filter(|(_, ends)| *ends <= now)?;
    Some(playing.remove(0).0)
}
