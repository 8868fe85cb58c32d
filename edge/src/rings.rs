//! The Rings object: one per telephone number that was rung lately, whichever business rang it. Each business's own books hold its own
//! limits; this one holds them for all of a deployment together, so that nobody is rung all day through the pages of fifty. It has no
//! name of the number and none of the businesses, and is gone a day after the last call.

use crate::answer::{Answer, Stop, finish, json};
use crate::clock;
use crate::setting::Settings;
use crate::store::{rings as store, schema, sql::Db};
use acd::policy::{Digest, rang_until, rings_again};
use futures_util::future::{Either, select};
use serde::{Deserialize, Serialize};
use shared::{Address, LegId, Millis};
use std::pin::pin;
use std::time::Duration;
use worker::{Delay, DurableObject, Env, Error, Request, Response, Result, State, Url, durable_object};

/// The binding's name.
const BINDING: &str = "RINGS";
/// How long an answer may take: with what the carrier may take, less than a lease of the outbox.
const PATIENCE: Duration = Duration::from_secs(3);
/// What is told of another business's calls is not told to the minute.
const HOUR_MS: i64 = 3_600_000;

/// What is answered.
#[derive(Serialize, Deserialize)]
struct Answered {
    /// When to ask again; nothing where it may ring now, and does.
    until: Option<Millis>,
}

/// Leave for this leg to ring this number, which counts as rung with it; else until when nobody may. All businesses together may ring it
/// less than `limit` times in the day before. The same leg may ask as often as it likes.
pub(crate) async fn leave(
    settings: &Settings,
    address: &Address,
    leg: &LegId,
    limit: u32,
) -> Result<Option<Millis>> {
    let name = Digest::of_address(&settings.number_salt()?, address);
    let stub = settings.objects(BINDING)?.get_by_name(name.as_str())?;
    let address = format!("http://rings/{leg}/{limit}");
    let asked = pin!(async {
        let mut answer = stub.fetch_with_str(&address).await?;
        match answer.status_code() {
            200 => Ok(answer.json::<Answered>().await?.until),
            status => Err(Error::from(format!("no leave to ring: {status}"))),
        }
    });
    let late = pin!(Delay::from(PATIENCE));
    match select(asked, late).await {
        Either::Left((answer, _)) => answer,
        Either::Right(((), _)) => Err("no leave to ring: no answer in time".into()),
    }
}

/// One number.
#[durable_object]
pub struct Rings {
    db: Db,
    alarm: clock::Alarm,
    state: State,
}

impl std::panic::UnwindSafe for Rings {}
impl std::panic::RefUnwindSafe for Rings {}

impl std::fmt::Debug for Rings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rings")
    }
}

impl DurableObject for Rings {
    fn new(state: State, _env: Env) -> Self {
        Self {
            db: Db::new(state.storage()),
            alarm: clock::Alarm::of(&state),
            state,
        }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        finish(self.answer(&request.url()?).await)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarm.rang();
        schema::migrate(&self.db, schema::RINGS)?;
        let now = clock::now();
        store::forget(&self.db, now)?;
        match store::rang(&self.db)?.first() {
            Some(oldest) => self.alarm.arm(Some(rang_until(*oldest))).await?,
            None => self.state.storage().delete_all().await?,
        }
        Response::empty()
    }
}

impl Rings {
    async fn answer(&self, url: &Url) -> Answer {
        let (leg, limit) =
            asked(url).ok_or_else(|| Stop::Failed(format!("{url} asks for nothing").into()))?;
        schema::migrate(&self.db, schema::RINGS)?;
        let now = clock::now();
        let until = match store::had_leave(&self.db, &leg)? {
            true => None,
            false => rings_again(&store::rang(&self.db)?, limit, now).map(whole_hour),
        };
        if until.is_none() {
            store::keep(&self.db, &leg, now)?;
        }
        let oldest = store::rang(&self.db)?.first().copied();
        self.alarm.arm(oldest.map(rang_until)).await?;
        json(200, &Answered { until })
    }
}

/// The full hour that follows.
const fn whole_hour(at: Millis) -> Millis {
    Millis(
        at.0.saturating_sub(at.0.rem_euclid(HOUR_MS))
            .saturating_add(HOUR_MS),
    )
}

/// The leg, and how often all may ring.
fn asked(url: &Url) -> Option<(LegId, u32)> {
    let mut segments = url.path_segments()?;
    let (leg, limit) = (segments.next()?, segments.next()?);
    Some((LegId::parse(leg).ok()?, limit.parse().ok()?))
}
