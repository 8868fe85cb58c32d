//! Every request that we send to Twilio is one that its own published description takes; and what it answers and tells, in any
//! order and however often, ends in the same account.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can not go on should stop"
)]

use acd::{Effect, HeardKind, LegEnd, Phrase, Words, policy::Permit};
use serde_json::{Map, Value, json};
use shared::call::Party;
use shared::equipment::Equipment;
use shared::{Address, EquipmentId, LegId, Millis, PhoneNumber};
use telephony::twilio::Twilio;
use telephony::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

fn document() -> Value {
    serde_json::from_str(include_str!("twilio/calls.json")).unwrap()
}

/// A form or a query as the JSON that its schema describes.
fn typed(fields: &[(String, String)], schema: impl Fn(&str) -> Option<Value>) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, text) in fields {
        let schema = schema(name).unwrap_or_default();
        let value = match schema["type"].as_str() {
            Some("integer") => text
                .parse::<i64>()
                .map_or_else(|_| json!(text), |number| json!(number)),
            Some("boolean") => json!(text == "true"),
            _ => json!(text),
        };
        if schema["type"] == "array" {
            let list = object.entry(name.clone()).or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(value);
        } else {
            object.insert(name.clone(), value);
        }
    }
    object
}

/// What the description has against a request.
fn faults(call: &HttpCall) -> Vec<String> {
    let document = document();
    let url = call
        .url
        .strip_prefix("https://api.twilio.com")
        .unwrap_or(&call.url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let words: Vec<&str> = path.split('/').collect();
    let paths = document["paths"].as_object().unwrap();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == words.len()
            && parts
                .iter()
                .zip(&words)
                .all(|(part, word)| part.contains('{') || part == word)
    };
    let Some((template, item)) = paths.iter().find(|(template, _)| fits(template)) else {
        return vec![format!("no path {path}")];
    };
    let operation = &item[call.method.to_lowercase()];
    if operation.is_null() {
        return vec![format!("no {} {template}", call.method)];
    }
    let mut faults = Vec::new();
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let of = |place: &str, name: &str| {
        parameters
            .iter()
            .find(|known| known["in"] == place && known["name"] == name)
            .cloned()
    };
    for (part, word) in template
        .split('/')
        .zip(&words)
        .filter(|(part, _)| part.contains('{'))
    {
        let name = part.trim_end_matches(".json").trim_matches(['{', '}']);
        let schema = of("path", name).unwrap()["schema"].clone();
        let value = json!(word.trim_end_matches(".json"));
        faults.extend(
            jsonschema::validator_for(&schema)
                .unwrap()
                .iter_errors(&value)
                .map(|fault| fault.to_string()),
        );
    }
    let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    for (name, _) in query.iter().filter(|(name, _)| of("query", name).is_none()) {
        faults.push(format!("no parameter {name}"));
    }
    let body = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    if !body.is_null() {
        let mut schema = body.clone();
        schema["components"] = document["components"].clone();
        schema["additionalProperties"] = json!(false);
        let form: Vec<(String, String)> = form_urlencoded::parse(call.body.as_bytes())
            .into_owned()
            .collect();
        let form = Value::Object(typed(&form, |name| Some(body["properties"][name].clone())));
        faults.extend(
            jsonschema::validator_for(&schema)
                .unwrap()
                .iter_errors(&form)
                .map(|fault| fault.to_string()),
        );
        let said = call
            .headers
            .iter()
            .any(|(name, value)| *name == "content-type" && value == "application/x-www-form-urlencoded");
        if !said {
            faults.push("the form is not said to be one".into());
        }
    }
    if !call
        .headers
        .iter()
        .any(|(name, value)| *name == "authorization" && value.starts_with("Basic "))
    {
        faults.push("no credentials".into());
    }
    faults
}

fn twilio(change: impl FnOnce(&mut Equipment)) -> Twilio {
    let mut equipment = Equipment::sandbox(EquipmentId::parse("hosted").unwrap());
    equipment.account = Some("AC0123456789abcdef0123456789abcdef".into());
    change(&mut equipment);
    let hooks = "https://edge.example/v1/carriers/twilio/meridian/hosted".into();
    Twilio::of(
        &equipment,
        PhoneNumber::parse("+442079460958").unwrap(),
        "token".into(),
        hooks,
    )
}

fn known(reference: Option<&str>) -> Known {
    Known {
        leg: LegId::parse("req_1.c1").unwrap(),
        party: Party::Customer,
        to: Address::parse("+442079460001").unwrap(),
        reference: reference.map(Into::into),
        // 2026-11-20T10:00:00Z.
        ordered_at: Millis(1_795_168_800_000),
        others: vec![],
    }
}

fn dial(party: Party, ring_s: u32) -> Effect {
    Effect::Dial {
        leg: known(None).leg,
        party,
        to: serde_json::from_value::<Permit>(serde_json::json!(known(None).to)).unwrap(),
        ring_s,
        longest_s: Some(7_200),
    }
}

fn words(text: &str) -> Words {
    Words {
        phrase: Phrase::Sorry,
        text: text.into(),
        audio: None,
        language: shared::Language::default(),
    }
}

#[test]
fn every_request_is_one_that_twilio_describes() {
    let leg = known(None).leg;
    let other = LegId::parse("req_1.a1").unwrap();
    let effects = [
        dial(Party::Customer, 30),
        dial(Party::Agent, 9999),
        dial(Party::Agent, 0),
        Effect::Announce {
            leg: leg.clone(),
            words: words("Hold"),
        },
        Effect::Music { leg: leg.clone() },
        Effect::Farewell {
            leg: leg.clone(),
            words: words("We are sorry & <goodbye>."),
        },
        Effect::Bridge {
            customer: leg.clone(),
            agent: other,
        },
        Effect::HangUp { leg },
    ];
    let mut seen = 0;
    for detect in [false, true] {
        let twilio = twilio(|equipment| equipment.detect_machines = detect);
        for effect in &effects {
            for call in twilio.request(effect, &known(Some(SID))) {
                assert_eq!(faults(&call), [""; 0], "{effect:?}: {call:?}");
                seen += 1;
            }
        }
        for reference in [None, Some(SID)] {
            assert_eq!(faults(&twilio.ask(&known(reference))), [""; 0]);
            seen += 1;
        }
    }
    assert_eq!(seen, 2 * (5 + 2), "nothing was left out");
}

#[test]
fn a_wrong_request_would_be_found() {
    let [good] = twilio(|_| {})
        .request(&dial(Party::Customer, 30), &known(None))
        .try_into()
        .unwrap();
    for (from, to) in [
        ("Timeout=30", "Timeout=soon"),
        ("StatusCallbackMethod=POST", "StatusCallbackMethod=PUT"),
        ("To=", "Too="),
        ("From=%2B442079460958&", ""),
    ] {
        let bad = HttpCall {
            body: good.body.replacen(from, to, 1),
            ..good.clone()
        };
        assert_ne!(bad.body, good.body, "{from}");
        assert!(!faults(&bad).is_empty(), "{from} as {to:?} went unnoticed");
    }
    let elsewhere = HttpCall {
        url: good.url.replace("Calls.json", "Call.json"),
        ..good.clone()
    };
    assert!(!faults(&elsewhere).is_empty());
    let stranger = HttpCall {
        url: good.url.replace("AC0123", "XX0123"),
        ..good
    };
    assert!(!faults(&stranger).is_empty());
}

/// SignalWire differs in its address and in the shape of its ids.
#[test]
fn signalwire_goes_through_the_same_code() {
    let twilio = twilio(|equipment| {
        equipment.base = Some("https://space.signalwire.com/api/laml/".into());
        equipment.account = Some("b5d0c2f4-1111-4222-8333-444455556666".into());
    });
    let [call] = twilio
        .request(&dial(Party::Customer, 30), &known(None))
        .try_into()
        .unwrap();
    assert_eq!(
        call.url,
        "https://space.signalwire.com/api/laml/2010-04-01/Accounts/b5d0c2f4-1111-4222-8333-444455556666/Calls.json"
    );
    let created = HttpAnswer::of(
        201,
        r#"{"sid":"c0ffee00-1111-4222-8333-444455556666","status":"queued"}"#,
    );
    assert_eq!(
        twilio.reference(&created).as_deref(),
        Some("c0ffee00-1111-4222-8333-444455556666")
    );
}

/// The description's own example of a call, and what a fault looks like.
#[test]
fn answers_are_understood() {
    let document = document();
    let post = &document["paths"]["/2010-04-01/Accounts/{AccountSid}/Calls.json"]["post"];
    let examples = post["responses"]["201"]["content"]["application/json"]["examples"]
        .as_object()
        .unwrap();
    for example in examples.values() {
        let answer = HttpAnswer::of(201, example["value"].to_string());
        assert_eq!(
            twilio(|_| {}).settle(&dial(Party::Customer, 30), &answer),
            Outcome::Done
        );
        assert_eq!(
            twilio(|_| {}).reference(&answer).as_deref(),
            example["value"]["sid"].as_str()
        );
    }
    let settle =
        |status, body: &str| twilio(|_| {}).settle(&dial(Party::Customer, 30), &HttpAnswer::of(status, body));
    assert_eq!(
        settle(400, r#"{"code":21211,"message":"no number","status":400}"#),
        Outcome::Refused(LegEnd::BadNumber)
    );
    assert_eq!(
        settle(400, r#"{"code":21215,"message":"not this country","status":400}"#),
        Outcome::Refused(LegEnd::Failed)
    );
    assert_eq!(settle(401, r#"{"code":20003}"#), Outcome::Refused(LegEnd::Failed));
    assert_eq!(
        settle(201, "<html>surprise</html>"),
        Outcome::Unknown,
        "it may have dialled"
    );
    assert_eq!(settle(503, ""), Outcome::Retry(None));
    let slow = HttpAnswer {
        retry_after_s: Some(7),
        ..HttpAnswer::of(429, "")
    };
    assert_eq!(
        twilio(|_| {}).settle(&dial(Party::Customer, 30), &slow),
        Outcome::Retry(Some(7))
    );
    let hang_up = Effect::HangUp { leg: known(None).leg };
    assert_eq!(
        twilio(|_| {}).settle(&hang_up, &HttpAnswer::of(400, r#"{"code":21220}"#)),
        Outcome::Done
    );
}

/// After an answer that never came, the leg is looked for: the one call to this number that is not another leg.
#[test]
fn a_call_is_found_again_without_its_name() {
    let list = |calls: Value| HttpAnswer::of(200, json!({"calls": calls}).to_string());
    let call = |sid: &str, made: &str, status: &str| json!({"sid": sid, "to": "+442079460001", "status": status, "date_created": made});
    let made = "Fri, 20 Nov 2026 10:00:02 +0000";
    let old = "Fri, 20 Nov 2026 09:00:00 +0000";
    let told = |answer: &HttpAnswer| {
        let known = Known {
            others: vec!["CAother".into()],
            ..known(None)
        };
        twilio(|_| {}).told(&known, answer)
    };
    assert_eq!(told(&list(json!([]))), Told::Absent);
    assert_eq!(
        told(&list(json!([
            call("CAother", made, "ringing"),
            call("CAold", old, "completed")
        ]))),
        Told::Absent
    );
    let Told::Leg { reference, news, .. } = told(&list(json!([
        call("CAother", made, "busy"),
        call(SID, made, "ringing")
    ]))) else {
        panic!("it is there")
    };
    assert_eq!(reference.as_deref(), Some(SID));
    assert_eq!(
        news.iter().map(|heard| heard.kind).collect::<Vec<_>>(),
        [HeardKind::Ringing]
    );
    for garbage in [
        HttpAnswer::of(200, "[]"),
        HttpAnswer::of(500, ""),
        HttpAnswer::none(true),
    ] {
        assert_eq!(told(&garbage), Told::Unclear);
    }
    let by_name = |answer: &HttpAnswer| twilio(|_| {}).told(&known(Some(SID)), answer);
    assert_eq!(by_name(&HttpAnswer::of(404, "{}")), Told::Absent);
    let over = json!({"sid": SID, "status": "completed", "start_time": made, "end_time": "Fri, 20 Nov 2026 10:01:02 +0000"});
    let Told::Leg { news, .. } = by_name(&HttpAnswer::of(200, over.to_string())) else {
        panic!("it is there")
    };
    assert_eq!(news[1].at.unwrap().seconds_since(news[0].at.unwrap()), 60);
}

/// What a call did cost is there some time after its end, with a minus and more places than we count.
#[test]
fn a_call_says_what_it_did_cost() {
    for (price, expected) in [
        (Value::Null, None),
        (json!("-0.01300"), Some(130)),
        (json!("-0.13"), Some(1_300)),
        (json!("-2"), Some(20_000)),
        (json!("-0.00751"), Some(76)),
        (json!("0"), Some(0)),
        (json!(""), None),
        (json!("-"), None),
        (json!("1e9"), None),
        (json!("99999999999999999999"), Some(1_000_000_000_000)),
        (json!("-900719925475"), Some(1_000_000_000_000)),
        // As SignalWire writes it.
        (json!(-0.005), Some(50)),
        (json!(0.003), Some(30)),
        (json!(-0.00751), Some(76)),
        (json!(1e300), Some(1_000_000_000_000)),
        (json!({"amount": "1"}), None),
        (json!(true), None),
    ] {
        let call = json!({"sid": SID, "status": "completed", "price": price, "price_unit": "USD"});
        let told = twilio(|_| {}).told(&known(Some(SID)), &HttpAnswer::of(200, call.to_string()));
        let Told::Leg { price: told, .. } = told else {
            panic!("it is there")
        };
        assert_eq!(told, expected, "{price}");
        // An earlier call to the same customer, whatever it did cost, does not hide that there is none of now.
        let old = json!({"calls": [
            {"sid": "CA0", "status": "completed", "to": known(None).to.as_str(), "date_created": "Mon, 02 Nov 2020 10:00:00 +0000", "price": price}
        ]});
        let told = twilio(|_| {}).told(&known(None), &HttpAnswer::of(200, old.to_string()));
        assert_eq!(told, Told::Absent, "{price}");
    }
}
