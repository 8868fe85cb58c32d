//! Challenges, solved as any program would: with the protocol's own library.

use crate::{Outcome, broken};
use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Works for what an answer with 428 asks for, and gives what proves it.
///
/// # Errors
/// When it asks for something else.
pub fn worked(told: &Value) -> Outcome<String> {
    let work = told.pointer("/challenge/work").cloned().unwrap_or_default();
    let challenge: Challenge = serde_json::from_value(work)?;
    let Some(solution) = solve_challenge(SolveChallengeOptions::new(&challenge))? else {
        return broken("no solution in time");
    };
    Ok(STANDARD.encode(serde_json::to_string(&Payload { challenge, solution })?))
}
