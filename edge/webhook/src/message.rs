//! A message as it is sent: `{"type", "timestamp", "data"}`, signed as the Standard Webhooks specification says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use shared::Millis;
use shared::webhook::EventType;
use telephony::{HttpCall, signature};

/// What secrets begin with.
const PREFIX: &str = "whsec_";

/// A secret made of random bytes, as both sides write it.
pub fn secret(bytes: &[u8; 32]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// What a message says, as JSON.
pub fn body(event: EventType, at: Millis, data: &Value) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        r#type: EventType,
        timestamp: String,
        data: &'a Value,
    }
    let said = Body {
        r#type: event,
        timestamp: jiff::Timestamp::from_millisecond(at.0)
            .map_or_else(|_| String::new(), |at| at.to_string()),
        data,
    };
    // Text and numbers always become JSON.
    serde_json::to_string(&said).unwrap_or_default()
}

/// The request that tells an endpoint; `None` without a secret that can be read.
pub fn call(url: &str, secrets: &[String], id: &str, now: Millis, body: &str) -> Option<HttpCall> {
    let keys = secrets
        .iter()
        .filter_map(|secret| STANDARD.decode(secret.strip_prefix(PREFIX)?).ok());
    let keys: Vec<Vec<u8>> = keys.collect();
    if keys.is_empty() {
        return None;
    }
    let mut headers = signature::sign_with(&keys, id, now, body);
    headers.push(("content-type", "application/json".into()));
    headers.push(("user-agent", "Ringback-Webhooks/1.0".into()));
    Some(HttpCall {
        method: "POST",
        url: url.into(),
        headers,
        body: body.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const NOW: Millis = Millis(1_614_265_330_000);

    fn signed(secrets: &[&str], body: &str) -> Option<String> {
        let secrets: Vec<String> = secrets.iter().map(|it| (*it).to_owned()).collect();
        let call = call(
            "https://shop.example/",
            &secrets,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            NOW,
            body,
        )?;
        let signature = call
            .headers
            .into_iter()
            .find(|(name, _)| *name == "webhook-signature");
        signature.map(|(_, value)| value)
    }

    /// The example of the Standard Webhooks specification.
    #[test]
    fn the_published_vector() {
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        let body = r#"{"test": 2432232314}"#;
        assert_eq!(signed(&[SECRET], body).as_deref(), Some(expected));
        let next = secret(&[7; 32]);
        let both = signed(&[SECRET, &next], body).unwrap();
        assert!(
            both.starts_with(&format!("{expected} v1,")),
            "both sign while one is replaced"
        );
    }

    #[test]
    fn nothing_is_sent_unsigned() {
        assert_eq!(signed(&[], "{}"), None);
        assert_eq!(signed(&["MfKQ", "whsec_not base64"], "{}"), None);
    }

    #[test]
    fn a_body_says_what_happened_and_when() {
        let said = body(
            EventType::CallEnded,
            Millis(1_700_000_000_123),
            &json!({"request": "req_1"}),
        );
        assert_eq!(
            said,
            r#"{"type":"call.ended","timestamp":"2023-11-14T22:13:20.123Z","data":{"request":"req_1"}}"#
        );
    }
}
