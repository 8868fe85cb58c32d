//! Proof of work: the ALTCHA protocol, version 2. A device tries keys until one begins as it should; to look at what it found is one try.

use super::{Challenge, Verdict};
use crate::secret;
use crate::setting::Settings;
use altcha::{CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use shared::{Millis, SiteId};
use worker::{Error, Result};

/// Rounds of a try, and what the key found begins with: 256 tries on average, which take a desktop a tenth of a second and a phone of
/// the middle half of one.
const ROUNDS: u32 = 1000;
const BEGINS: &str = "00";
/// Seconds for which it may be shown.
const GOOD_S: i64 = 300;

pub(super) struct Work {
    /// Makes what is offered ours, and this business's.
    secret: String,
}

impl Work {
    pub(super) fn new(settings: &Settings, site: &SiteId) -> Result<Self> {
        let secret = secret::mark(&settings.receipt_secret()?, &format!("challenge.{site}"))?;
        Ok(Self { secret })
    }

    /// Whether a proof says of itself that it is one of work.
    pub(super) fn made(proof: &str) -> bool {
        read(proof).is_some()
    }
}

impl Challenge for Work {
    fn offer(&self, now: Millis) -> Result<Value> {
        let options = CreateChallengeOptions {
            cost: ROUNDS,
            key_prefix: BEGINS.into(),
            expires_at: Some(now.plus_s(GOOD_S).0 / 1000),
            hmac_signature_secret: Some(self.secret.clone()),
            ..CreateChallengeOptions::default()
        };
        let challenge = create_challenge(options).map_err(|error| Error::from(error.to_string()))?;
        Ok(json!({"kind": "work", "work": challenge}))
    }

    async fn check(&self, proof: &str) -> Result<Verdict> {
        let Some(Payload { challenge, solution }) = read(proof) else {
            return Ok(Verdict::Bad);
        };
        // It fails only for what we did not make.
        let good = verify_solution(VerifySolutionOptions::new(
            &challenge,
            &solution,
            self.secret.as_str(),
        ))
        .is_ok_and(|result| result.verified);
        Ok(match good {
            true => Verdict::Good(format!("work {}", challenge.parameters.nonce)),
            false => Verdict::Bad,
        })
    }
}

fn read(proof: &str) -> Option<Payload> {
    serde_json::from_slice(&STANDARD.decode(proof).ok()?).ok()
}
