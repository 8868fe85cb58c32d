//! Messages of the business's own server: which of its live secrets signed one, and whether that one may.

use crate::identity::Secret;
use shared::Millis;
use shared::secret::Scope;
use telephony::signature::{Distrust, verify};

/// A message as it came.
pub(crate) struct Message<'a> {
    /// `webhook-id`.
    pub(crate) id: &'a str,
    /// `webhook-timestamp`.
    pub(crate) timestamp: &'a str,
    /// `webhook-signature`.
    pub(crate) signature: &'a str,
    pub(crate) body: &'a str,
}

/// Why a message is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is not believed.
    Distrusted(Distrust),
    /// It is; what it asks for its secret is not for.
    NotAllowed,
}

/// Who signed it. While secrets are changed a message may have two signatures: it may what either secret may.
pub(crate) fn signer<'a>(
    live: &'a [Secret],
    message: &Message<'_>,
    scope: Scope,
    now: Millis,
) -> Result<&'a Secret, Refusal> {
    let mut worst = Refusal::Distrusted(Distrust::Forged);
    for secret in live {
        let Message {
            id,
            timestamp,
            signature,
            body,
        } = message;
        match verify(&secret.text, id, timestamp, signature, now, body) {
            Ok(()) if secret.scopes.allow(scope) => return Ok(secret),
            Ok(()) => worst = Refusal::NotAllowed,
            Err(why) if worst != Refusal::NotAllowed => worst = Refusal::Distrusted(why),
            Err(_) => {}
        }
    }
    Err(worst)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::secret::Scopes;
    use telephony::signature::sign_with;

    const NOW: Millis = Millis(1_795_000_000_000);

    fn live() -> [Secret; 2] {
        let secret = |id: &str, scopes: &[Scope]| Secret {
            id: id.into(),
            text: format!("secret of {id}"),
            scopes: Scopes::of(scopes).unwrap(),
        };
        [
            secret("key_1", &[Scope::Usage]),
            secret("key_2", &[Scope::Bridges, Scope::Usage]),
        ]
    }

    /// Whose message it is, signed by these secrets, for this.
    fn asked(by: &[&str], scope: Scope, at: Millis) -> Result<String, Refusal> {
        let secrets: Vec<String> = by.iter().map(|id| format!("secret of {id}")).collect();
        let headers = sign_with(&secrets, "msg_1", at, "{}");
        let message = Message {
            id: &headers[0].1,
            timestamp: &headers[1].1,
            signature: &headers[2].1,
            body: "{}",
        };
        signer(&live(), &message, scope, NOW).map(|secret| secret.id.clone())
    }

    #[test]
    fn a_secret_may_what_it_was_made_for() {
        assert_eq!(asked(&["key_2"], Scope::Bridges, NOW), Ok("key_2".into()));
        assert_eq!(asked(&["key_2"], Scope::Usage, NOW), Ok("key_2".into()));
        assert_eq!(asked(&["key_1"], Scope::Usage, NOW), Ok("key_1".into()));
        assert_eq!(asked(&["key_1"], Scope::Bridges, NOW), Err(Refusal::NotAllowed));
    }

    #[test]
    fn of_two_signatures_the_one_that_may_counts() {
        for both in [["key_1", "key_2"], ["key_2", "key_1"]] {
            assert_eq!(asked(&both, Scope::Bridges, NOW), Ok("key_2".into()));
            assert_eq!(asked(&both, Scope::Customers, NOW), Err(Refusal::NotAllowed));
        }
    }

    /// What a secret may is told to whoever has it, and to nobody else.
    #[test]
    fn strangers_learn_nothing() {
        for (by, at, why) in [
            (&["key_9"][..], NOW, Distrust::Forged),
            (&[], NOW, Distrust::Malformed),
            (&["key_1"], NOW.plus_s(-301), Distrust::Stale),
        ] {
            assert_eq!(
                asked(by, Scope::Bridges, at),
                Err(Refusal::Distrusted(why)),
                "{by:?}"
            );
        }
    }
}
