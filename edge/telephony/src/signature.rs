//! Signed messages as the Standard Webhooks specification says: `HMAC-SHA256(secret, "{id}.{timestamp}.{body}")`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use shared::Millis;
use std::fmt;

/// Seconds that a message may be old, or its sender's clock ahead.
const TOLERANCE_S: i64 = 300;

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// A header is missing or unreadable.
    Malformed,
    /// Signed too long ago, or in the future.
    Stale,
    /// No signature fits.
    Forged,
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "webhook-id, webhook-timestamp and webhook-signature are needed",
            Self::Stale => "the message was signed too long ago",
            Self::Forged => "no signature fits",
        })
    }
}

fn mac(secret: &[u8], id: &str, timestamp: i64, body: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body.as_bytes());
    Some(mac)
}

/// The headers that sign `body`.
pub fn sign(secret: &str, id: &str, now: Millis, body: &str) -> Vec<(&'static str, String)> {
    sign_with(&[secret.as_bytes()], id, now, body)
}

/// The headers that sign `body` with each of several secrets, as while one is replaced by the next.
pub fn sign_with<T: AsRef<[u8]>>(
    secrets: &[T],
    id: &str,
    now: Millis,
    body: &str,
) -> Vec<(&'static str, String)> {
    let timestamp = now.0.div_euclid(1000);
    let signatures = secrets.iter().filter_map(|secret| {
        let mac = mac(secret.as_ref(), id, timestamp, body)?;
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    });
    vec![
        ("webhook-id", id.into()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signatures.collect::<Vec<_>>().join(" ")),
    ]
}

/// Checks a signed message. Several signatures, parted by spaces, may stand in the header while a secret is rotated.
///
/// # Errors
/// Why it is not believed.
pub fn verify(
    secret: &str,
    id: &str,
    timestamp: &str,
    header: &str,
    now: Millis,
    body: &str,
) -> Result<(), Distrust> {
    let timestamp: i64 = timestamp.parse().map_err(|_| Distrust::Malformed)?;
    if id.is_empty() || header.is_empty() {
        return Err(Distrust::Malformed);
    }
    if now.0.div_euclid(1000).abs_diff(timestamp) > TOLERANCE_S.unsigned_abs() {
        return Err(Distrust::Stale);
    }
    let fits = |signature: &str| {
        let bytes = signature
            .strip_prefix("v1,")
            .and_then(|text| STANDARD.decode(text).ok());
        // `verify_slice` compares in constant time.
        bytes
            .zip(mac(secret.as_bytes(), id, timestamp, body))
            .is_some_and(|(bytes, mac)| mac.verify_slice(&bytes).is_ok())
    };
    if header.split(' ').any(fits) {
        Ok(())
    } else {
        Err(Distrust::Forged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_614_265_330_000);
    const BODY: &str = r#"{"test": 2432232314}"#;

    fn signed() -> Vec<String> {
        sign("secret", "msg_1", NOW, BODY)
            .into_iter()
            .map(|(_, value)| value)
            .collect()
    }

    /// The example of the Standard Webhooks specification, whose secret is the base64 of these bytes.
    #[test]
    fn the_published_vector() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let headers = sign_with(&[&secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, BODY);
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(headers[2], ("webhook-signature", signature.into()));
    }

    #[test]
    fn what_was_signed_is_believed_and_nothing_else() {
        let [id, timestamp, signature] = signed().try_into().unwrap();
        let check = |id: &str, timestamp: &str, signature: &str, now, body: &str| {
            verify("secret", id, timestamp, signature, now, body)
        };
        assert_eq!(check(&id, &timestamp, &signature, NOW, BODY), Ok(()));
        assert_eq!(
            check(&id, &timestamp, &format!("v1,AAAA {signature}"), NOW, BODY),
            Ok(())
        );
        assert_eq!(
            check("msg_2", &timestamp, &signature, NOW, BODY),
            Err(Distrust::Forged)
        );
        assert_eq!(
            check(&id, &timestamp, &signature, NOW, "{}"),
            Err(Distrust::Forged)
        );
        assert_eq!(
            check(&id, "1614265331", &signature, NOW, BODY),
            Err(Distrust::Forged)
        );
        assert_eq!(
            check(&id, &timestamp, &signature, NOW.plus_s(301), BODY),
            Err(Distrust::Stale)
        );
        assert_eq!(
            check(&id, "soon", &signature, NOW, BODY),
            Err(Distrust::Malformed)
        );
        assert_eq!(check(&id, &timestamp, "", NOW, BODY), Err(Distrust::Malformed));
    }
}
