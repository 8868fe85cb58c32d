//! Answers: JSON, or a problem. The one place where an error becomes a status.

use acd::Refusal;
use serde::Serialize;
use shared::problem::{MEDIA_TYPE, Problem, ProblemKind};
use worker::{Response, Result};

/// Why a request is not answered as asked: it is refused, or we failed.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Refused, with what to tell.
    Refused(Box<Problem>),
    /// Our fault; the cause is for the log only.
    Failed(worker::Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        refusal.problem().into()
    }
}

impl From<worker::Error> for Stop {
    fn from(error: worker::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What a handler gives.
pub(crate) type Answer = std::result::Result<Response, Stop>;

/// A kind of problem with a sentence.
pub(crate) fn problem(kind: ProblemKind, detail: &str) -> Stop {
    Problem::new(kind, detail).into()
}

/// Turns what a handler gave into a response.
pub(crate) fn finish(answer: Answer) -> Result<Response> {
    match answer {
        Ok(response) => Ok(response),
        Err(Stop::Refused(problem)) => respond(&problem, problem.status),
        Err(Stop::Failed(error)) => failure(&error),
    }
}

/// Our fault: logged here, once, and answered without the cause.
pub(crate) fn failure(error: &worker::Error) -> Result<Response> {
    worker::console_error!("failed: {error}");
    let problem = Problem::new(
        ProblemKind::Internal,
        "Something went wrong on our side. Please try again.",
    );
    respond(&problem, problem.status)
}

/// Refused until what comes with it is solved.
pub(crate) fn challenged(problem: &Problem, challenge: &serde_json::Value) -> Answer {
    #[derive(Serialize)]
    struct Challenged<'a> {
        #[serde(flatten)]
        problem: &'a Problem,
        challenge: &'a serde_json::Value,
    }
    Ok(respond(&Challenged { problem, challenge }, problem.status)?)
}

fn respond<T: Serialize>(problem: &T, status: u16) -> Result<Response> {
    let response = Response::from_json(problem)?.with_status(status);
    response.headers().set("content-type", MEDIA_TYPE)?;
    response.headers().set("cache-control", "no-store")?;
    match status {
        429 => response.headers().set("retry-after", "60")?,
        503 => response.headers().set("retry-after", "10")?,
        _ => {}
    }
    response.headers().set("x-content-type-options", "nosniff")?;
    Ok(response)
}

/// A JSON answer that nobody keeps.
pub(crate) fn json<T: Serialize>(status: u16, value: &T) -> Answer {
    let response = Response::from_json(value)?.with_status(status);
    response.headers().set("cache-control", "no-store")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    Ok(response)
}

/// Nothing to say.
pub(crate) fn empty() -> Answer {
    Ok(Response::empty()?.with_status(204))
}
