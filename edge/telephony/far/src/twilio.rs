//! Twilio, as far as we speak with it: calls, markup that it asks for and obeys, conferences, callbacks.

use crate::phone::{Act, after_answer, fails, plan};
use crate::{Dialled, Diary, FarEnd, Tell, duration_ms};
use acd::LegEnd;
use serde_json::{Value, json};
use shared::{Address, LegId, Millis, PhoneNumber};
use std::collections::BTreeMap;
use telephony::{HttpAnswer, HttpCall};

/// How long a sentence takes.
const SPEECH_MS: i64 = 3_500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Phone(Act),
    /// The sentence is over: enters the room.
    Enter,
    /// The sentence is over: the call ends.
    End,
}

#[derive(Debug, Clone)]
struct Call {
    sid: String,
    leg: LegId,
    to: Address,
    from: String,
    status: &'static str,
    plan: Vec<(Millis, Next)>,
    room: Option<String>,
    /// It waits for a key.
    gathers: bool,
    made_at: Millis,
    answered_at: Option<Millis>,
    ended_at: Option<Millis>,
    sequence: u32,
    /// How often it was asked about after its end: it has no price at first.
    asked_after: u32,
}

/// The far end of Twilio.
#[derive(Debug, Default)]
pub struct TwilioEnd {
    calls: BTreeMap<LegId, Call>,
    made: u32,
    attempts: BTreeMap<Address, usize>,
    /// Calls of legs that were dialled once more.
    before: Vec<Call>,
    diary: Diary,
    /// What a begun minute costs, in ten-thousandths.
    per_minute: i64,
}

fn stamp(at: Millis) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let rest = text.split_once(from)?.1;
    Some(rest.split_once(to)?.0)
}

/// What markup has said, in whatever language.
fn said(markup: &str) -> Option<&str> {
    between(markup, "<Say", "</Say>")?
        .split_once('>')
        .map(|(_, words)| words)
}

impl Call {
    fn view(&self, per_minute: i64) -> Value {
        let ms = duration_ms(self.answered_at, self.ended_at);
        let price = ms.filter(|_| self.asked_after > 1).map(|ms| {
            let price = per_minute * (ms + 59_999).div_euclid(60_000);
            format!("-{}.{:04}0", price / 10_000, price % 10_000)
        });
        json!({
            "sid": self.sid, "status": self.status, "to": self.to.as_str(), "from": self.from, "date_created": stamp(self.made_at),
            "start_time": self.answered_at.map(stamp), "end_time": self.ended_at.map(stamp), "price": price, "price_unit": "USD"
        })
    }
}

impl TwilioEnd {
    /// Every call it took: a leg that was dialled twice is there twice.
    pub fn taken(&self) -> impl Iterator<Item = Dialled> {
        self.before.iter().chain(self.calls.values()).map(|call| Dialled {
            leg: call.leg.clone(),
            to: call.to.clone(),
            at: call.made_at,
            ended_at: call.ended_at,
        })
    }

    /// From now on a begun minute costs so much, in ten-thousandths, for each party.
    pub fn charge(&mut self, per_minute: u32) {
        self.per_minute = per_minute.into();
    }

    fn tell(&mut self, leg: &LegId, about: &'static str, now: Millis, more: &[(&str, &str)]) {
        let Some(call) = self.calls.get_mut(leg) else {
            return;
        };
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("CallSid", &call.sid)
            .append_pair("To", call.to.as_str())
            .append_pair("From", &call.from)
            .append_pair("Direction", "outbound-api")
            .append_pair("Timestamp", &stamp(now));
        if about == "status" {
            form.append_pair("CallStatus", call.status)
                .append_pair("SequenceNumber", &call.sequence.to_string());
            call.sequence += 1;
        }
        for (name, value) in more {
            form.append_pair(name, value);
        }
        self.diary.tells.push(Tell {
            leg: leg.clone(),
            about,
            text: form.finish(),
        });
    }

    fn live(&mut self, leg: &LegId) -> Option<&mut Call> {
        self.calls.get_mut(leg).filter(|call| call.ended_at.is_none())
    }

    fn create(&mut self, form: &BTreeMap<String, String>, now: Millis) -> HttpAnswer {
        let field = |name: &str| form.get(name).cloned().unwrap_or_default();
        let leg = field("Url")
            .rsplit('/')
            .nth(1)
            .and_then(|leg| LegId::parse(leg).ok());
        let (Some(leg), Ok(to), Ok(ring_s)) = (
            leg,
            PhoneNumber::parse(&field("To")).map(Address::Number),
            field("Timeout").parse::<i64>(),
        ) else {
            return HttpAnswer::of(400, r#"{"code":21211,"status":400}"#);
        };
        let attempts = self.attempts.entry(to.clone()).or_default();
        *attempts += 1;
        if fails(&to, *attempts - 1) {
            return HttpAnswer::of(503, "");
        }
        let before = self.diary.dialled.entry(to.clone()).or_default();
        *before += 1;
        self.made += 1;
        // Names are unique beyond this one account.
        let name = leg.as_str().bytes().fold(u128::from(self.made), |name, byte| {
            name.wrapping_mul(257).wrapping_add(u128::from(byte))
        });
        let phone = plan(&to, now, ring_s, *before > 1);
        let call = Call {
            sid: format!("CA{name:032x}"),
            leg: leg.clone(),
            to,
            from: field("From"),
            status: "queued",
            plan: phone
                .into_iter()
                .map(|(at, act)| (at, Next::Phone(act)))
                .collect(),
            room: None,
            gathers: false,
            made_at: now,
            answered_at: None,
            ended_at: None,
            sequence: 0,
            asked_after: 0,
        };
        let view = call.view(self.per_minute);
        self.before.extend(self.calls.insert(leg.clone(), call));
        if let Some(call) = self.live(&leg) {
            call.status = "initiated";
        }
        self.tell(&leg, "status", now, &[]);
        HttpAnswer::of(201, view.to_string())
    }

    fn update(&mut self, sid: &str, form: &BTreeMap<String, String>, now: Millis) -> HttpAnswer {
        let per_minute = self.per_minute;
        let Some(call) = self.calls.values_mut().find(|call| call.sid == sid) else {
            return HttpAnswer::of(404, r#"{"code":20404,"status":404}"#);
        };
        if call.ended_at.is_some() {
            return HttpAnswer::of(400, r#"{"code":21220,"status":400}"#);
        }
        let (leg, view) = (call.leg.clone(), call.view(per_minute));
        if form.contains_key("Status") {
            let how = if call.answered_at.is_some() {
                "completed"
            } else {
                "canceled"
            };
            self.end(&leg, how, now);
        } else if let Some(markup) = form.get("Twiml") {
            let joins = markup.contains("<Conference");
            let room = call.room.take();
            let then = if joins { Next::Enter } else { Next::End };
            // What the person does, the person does anyway, unless it is over.
            call.plan
                .retain(|(_, next)| joins && matches!(next, Next::Phone(_)));
            call.plan.push((now.plus_ms(SPEECH_MS), then));
            call.plan.sort_by_key(|(at, _)| *at);
            let words = said(markup).unwrap_or_default().to_owned();
            self.diary.said.entry(leg).or_default().push(words);
            self.leave(room, now);
        }
        HttpAnswer::of(200, view.to_string())
    }

    fn end(&mut self, leg: &LegId, status: &'static str, now: Millis) {
        let Some(call) = self.live(leg) else { return };
        (call.status, call.ended_at) = (status, Some(now));
        call.plan.clear();
        let room = call.room.take();
        let seconds = call
            .answered_at
            .map_or(0, |answered| (now.0 - answered.0 + 999) / 1000)
            .to_string();
        self.tell(leg, "status", now, &[("CallDuration", &seconds)]);
        self.leave(room, now);
    }

    /// Whoever leaves the room ends it for the other.
    fn leave(&mut self, room: Option<String>, now: Millis) {
        if let Some(room) = room {
            let others: Vec<LegId> = self.members(&room).cloned().collect();
            for other in others {
                self.end(&other, "completed", now);
            }
        }
    }

    fn members<'a>(&'a self, room: &'a str) -> impl Iterator<Item = &'a LegId> {
        let inside = |call: &Call| call.ended_at.is_none() && call.room.as_deref() == Some(room);
        self.calls
            .iter()
            .filter(move |(_, call)| inside(call))
            .map(|(leg, _)| leg)
    }

    fn act(&mut self, leg: &LegId, act: Next, now: Millis) {
        let Some(call) = self.live(leg) else { return };
        match act {
            Next::Phone(Act::Ring) => {
                call.status = "ringing";
                self.tell(leg, "status", now, &[]);
            }
            Next::Phone(Act::Answer) => {
                (call.status, call.answered_at) = ("in-progress", Some(now));
                call.plan = after_answer(&call.to, now)
                    .into_iter()
                    .map(|(at, act)| (at, Next::Phone(act)))
                    .collect();
                self.tell(leg, "voice", now, &[]);
                self.tell(leg, "status", now, &[]);
            }
            Next::Phone(Act::Press(key)) if call.gathers => {
                self.tell(leg, "digits", now, &[("Digits", &key.to_string())]);
            }
            Next::Phone(Act::Press(_)) => {}
            Next::Phone(Act::End(how)) => {
                let status = match how {
                    LegEnd::Busy | LegEnd::Declined => "busy",
                    LegEnd::NoAnswer => "no-answer",
                    LegEnd::BadNumber | LegEnd::Failed | LegEnd::Lost => "failed",
                    LegEnd::HungUp | LegEnd::Released => "completed",
                };
                let code = match how {
                    LegEnd::Declined => "603",
                    LegEnd::BadNumber => "404",
                    _ => "0",
                };
                self.finish_with(leg, status, code, now);
            }
            Next::Enter => {
                let room = leg
                    .as_str()
                    .rsplit_once('.')
                    .map(|(request, _)| request.to_owned());
                call.room = room;
                let label = leg.to_string();
                self.tell(
                    leg,
                    "room",
                    now,
                    &[
                        ("StatusCallbackEvent", "participant-join"),
                        ("ParticipantLabel", &label),
                    ],
                );
            }
            Next::End => self.end(leg, "completed", now),
        }
    }

    fn finish_with(&mut self, leg: &LegId, status: &'static str, code: &str, now: Millis) {
        if code == "0" {
            return self.end(leg, status, now);
        }
        if let Some(call) = self.live(leg) {
            (call.status, call.ended_at) = (status, Some(now));
            call.plan.clear();
        }
        self.tell(
            leg,
            "status",
            now,
            &[("CallDuration", "0"), ("SipResponseCode", code)],
        );
    }
}

impl FarEnd for TwilioEnd {
    fn carry(&mut self, now: Millis, call: &HttpCall) -> HttpAnswer {
        let form: BTreeMap<String, String> = form_urlencoded::parse(call.body.as_bytes())
            .into_owned()
            .collect();
        let (path, query) = call.url.split_once('?').unwrap_or((&call.url, ""));
        let last = path.rsplit('/').next().unwrap_or_default();
        match (call.method, last) {
            ("POST", "Calls.json") => self.create(&form, now),
            ("POST", sid) => self.update(sid.trim_end_matches(".json"), &form, now),
            (_, "Calls.json") => {
                let to = form_urlencoded::parse(query.as_bytes())
                    .find(|(name, _)| name == "To")
                    .map(|(_, to)| to.into_owned());
                let mut calls: Vec<&Call> = self
                    .calls
                    .values()
                    .filter(|call| Some(call.to.as_str()) == to.as_deref())
                    .collect();
                calls.sort_by_key(|call| std::cmp::Reverse(call.made_at));
                let calls: Vec<Value> = calls.into_iter().map(|call| call.view(self.per_minute)).collect();
                HttpAnswer::of(200, json!({ "calls": calls }).to_string())
            }
            (_, sid) => {
                let sid = sid.trim_end_matches(".json");
                let Some(call) = self.calls.values_mut().find(|call| call.sid == sid) else {
                    return HttpAnswer::of(404, "{}");
                };
                call.asked_after += u32::from(call.ended_at.is_some());
                HttpAnswer::of(200, call.view(self.per_minute).to_string())
            }
        }
    }

    fn pass(&mut self, now: Millis) {
        let legs: Vec<LegId> = self.calls.keys().cloned().collect();
        for leg in legs {
            while let Some(next) = self.live(&leg).and_then(|call| {
                let next = call
                    .plan
                    .first()
                    .filter(|(at, _)| *at <= now)
                    .map(|(_, next)| *next)?;
                call.plan.remove(0);
                Some(next)
            }) {
                self.act(&leg, next, now);
            }
        }
    }

    fn wake_at(&self) -> Option<Millis> {
        let live = self.calls.values().filter(|call| call.ended_at.is_none());
        live.filter_map(|call| call.plan.first().map(|(at, _)| *at)).min()
    }

    /// Obeys markup.
    fn answer(&mut self, now: Millis, leg: &LegId, text: &str) {
        let Some(call) = self.live(leg) else { return };
        call.gathers = text.contains("<Gather");
        let (joins, says) = (text.contains("<Conference"), said(text));
        let pause = if says.is_some() { SPEECH_MS } else { 0 };
        let next = match (joins, call.gathers) {
            (true, _) => Some((now.plus_ms(pause), Next::Enter)),
            (false, true) => between(text, "timeout=\"", "\"")
                .and_then(|s| s.parse().ok())
                .map(|s: i64| (now.plus_ms(pause).plus_s(s), Next::End)),
            (false, false) => Some((now, Next::End)),
        };
        // What the person does, the person does anyway; what an earlier answer said does not count any more.
        call.plan.retain(|(_, next)| matches!(next, Next::Phone(_)));
        call.plan.extend(next);
        call.plan.sort_by_key(|(at, _)| *at);
        if let Some(words) = says.map(str::to_owned) {
            self.diary.said.entry(leg.clone()).or_default().push(words);
        }
        self.pass(now);
    }

    fn diary(&mut self) -> &mut Diary {
        &mut self.diary
    }

    fn noted(&self) -> &Diary {
        &self.diary
    }

    fn alive(&self) -> Vec<LegId> {
        let live = self.calls.iter().filter(|(_, call)| call.ended_at.is_none());
        live.map(|(leg, _)| leg.clone()).collect()
    }

    fn hears(&self, leg: &LegId) -> Option<LegId> {
        let room = self.calls.get(leg)?.room.as_deref()?;
        self.members(room).find(|other| *other != leg).cloned()
    }

    fn record(&self, leg: &LegId) -> Option<i64> {
        let call = self.calls.get(leg)?;
        duration_ms(call.answered_at, call.ended_at)
    }
}
