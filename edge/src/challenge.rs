//! What a page has to show before its customer is called, so that a page's key alone calls nobody: that a device worked a while for it,
//! or what Cloudflare's Turnstile says of the visitor. One trait, whichever it is; each proof is good once.

mod turnstile;
mod work;

use crate::setting::Settings;
use serde_json::Value;
use shared::policy::Challenge as Kind;
use shared::{Millis, SiteId};
use worker::Result;

/// The header that a proof comes in.
pub(crate) const HEADER: &str = "challenge-answer";
/// Characters of a proof.
pub(crate) const MAX_PROOF_CHARS: usize = 4096;

/// What came of looking at a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is good; under this name it is told apart from every other.
    Good(String),
    /// It is not, or too old.
    Bad,
    /// Nobody can say: another kind of challenge is called for.
    Unknown,
}

/// A kind of challenge.
pub(crate) trait Challenge {
    /// What is to be solved, for the page's program: `kind` says how.
    fn offer(&self, now: Millis) -> Result<Value>;

    /// Looks at what came of it.
    async fn check(&self, proof: &str) -> Result<Verdict>;
}

/// The challenges of a business.
pub(crate) struct Challenges {
    turnstile: Option<turnstile::Turnstile>,
    work: work::Work,
}

impl Challenges {
    /// Of the kind that the business's policy names.
    pub(crate) fn of(settings: &Settings, site: &SiteId, kind: Kind) -> Result<Self> {
        let turnstile = match kind {
            Kind::Turnstile => turnstile::Turnstile::new(settings, site)?,
            Kind::None | Kind::Work => None,
        };
        Ok(Self {
            turnstile,
            work: work::Work::new(settings, site)?,
        })
    }

    /// What is to be solved.
    pub(crate) fn offer(&self, now: Millis) -> Result<Value> {
        match &self.turnstile {
            Some(turnstile) => turnstile.offer(now),
            None => self.work.offer(now),
        }
    }

    /// Looks at a proof of either kind; says which is to be asked for where it is not good.
    pub(crate) async fn check(&self, proof: &str, now: Millis) -> Result<std::result::Result<String, Value>> {
        let verdict = match &self.turnstile {
            _ if proof.len() > MAX_PROOF_CHARS || proof.is_empty() => Verdict::Bad,
            // Who was told to work because Turnstile was silent did so.
            Some(turnstile) if !work::Work::made(proof) => turnstile.check(proof).await?,
            _ => self.work.check(proof).await?,
        };
        match verdict {
            Verdict::Good(name) => Ok(Ok(name)),
            Verdict::Bad => self.offer(now).map(Err),
            Verdict::Unknown => self.work.offer(now).map(Err),
        }
    }
}
