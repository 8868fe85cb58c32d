//! Servers that help two browsers to find a way to each other, and what opens relays: short-lived credentials, made here or fetched.

use crate::{HttpAnswer, HttpCall};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha1::Sha1;
use shared::Millis;
use shared::voice::IceServer;

/// Servers without credentials: they tell a browser how the outside sees it.
pub fn stun(urls: &[String]) -> Option<IceServer> {
    (!urls.is_empty()).then(|| IceServer {
        urls: urls.to_vec(),
        username: None,
        credential: None,
    })
}

/// Relays that share a secret with us (coturn's `use-auth-secret`): anybody with these credentials may use them until `expires`.
pub fn shared_secret(urls: &[String], secret: &str, name: &str, expires: Millis) -> Option<IceServer> {
    let username = format!("{}:{name}", expires.0.div_euclid(1000));
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(username.as_bytes());
    let credential = STANDARD.encode(mac.finalize().into_bytes());
    (!urls.is_empty()).then(|| IceServer {
        urls: urls.to_vec(),
        username: Some(username),
        credential: Some(credential),
    })
}

/// Asks Cloudflare for relays, to be used for so many seconds.
pub fn ask_cloudflare(key: &str, token: &str, ttl_s: u32) -> HttpCall {
    HttpCall {
        method: "POST",
        url: format!("https://rtc.live.cloudflare.com/v1/turn/keys/{key}/credentials/generate-ice-servers"),
        headers: vec![
            ("authorization", format!("Bearer {token}")),
            ("content-type", "application/json".into()),
        ],
        body: format!("{{\"ttl\":{ttl_s}}}"),
    }
}

/// What Cloudflare answers; nothing when it is something else.
pub fn told_by_cloudflare(answer: &HttpAnswer) -> Vec<IceServer> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        ice_servers: Vec<IceServer>,
    }
    let told = answer.status.is_some_and(|status| (200..300).contains(&status));
    let body = serde_json::from_str::<Body>(&answer.body).ok().filter(|_| told);
    let mut servers = body.map(|body| body.ice_servers).unwrap_or_default();
    for server in &mut servers {
        // Browsers don't open this port, and wait in vain for it.
        server
            .urls
            .retain(|url| !matches!(url.split('?').next(), Some(place) if place.ends_with(":53")));
    }
    servers.retain(|server| !server.urls.is_empty());
    servers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_those_that_coturn_makes_itself() {
        let urls = ["turn:relay.example:3478".to_owned()];
        let server = shared_secret(&urls, "north", "req_1", Millis(1_795_000_000_999)).unwrap();
        assert_eq!(server.username.as_deref(), Some("1795000000:req_1"));
        // printf '1795000000:req_1' | openssl dgst -sha1 -hmac north -binary | base64
        assert_eq!(server.credential.as_deref(), Some("gHRJ4tDAKDLYg6wP3/G76AtQ0H8="));
        assert_eq!(shared_secret(&[], "north", "req_1", Millis(0)), None);
    }

    #[test]
    fn cloudflare_is_asked_once_and_believed_when_it_answers_well() {
        let call = ask_cloudflare("key", "token", 8000);
        assert_eq!(call.body, r#"{"ttl":8000}"#);
        assert!(call.url.ends_with("/keys/key/credentials/generate-ice-servers"));
        let body = r#"{"iceServers":[
            {"urls":["stun:stun.cloudflare.com:3478","stun:stun.cloudflare.com:53","turn:turn.cloudflare.com:53?transport=udp","turns:turn.cloudflare.com:5349?transport=tcp"]},
            {"urls":["turn:turn.cloudflare.com:3478?transport=udp"],"username":"u","credential":"c"}]}"#;
        let servers = told_by_cloudflare(&HttpAnswer::of(201, body));
        assert_eq!(servers.len(), 2);
        assert_eq!(
            servers[0].urls,
            [
                "stun:stun.cloudflare.com:3478",
                "turns:turn.cloudflare.com:5349?transport=tcp"
            ]
        );
        assert_eq!(servers[1].credential.as_deref(), Some("c"));
        for answer in [
            HttpAnswer::of(403, body),
            HttpAnswer::of(200, "?"),
            HttpAnswer::none(true),
        ] {
            assert_eq!(told_by_cloudflare(&answer), []);
        }
    }
}
