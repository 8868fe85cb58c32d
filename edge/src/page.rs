//! Page views: presence, and where the page stands by the business's rules. Answered by the worker itself out of a snapshot
//! that it keeps for some seconds, so that however many look at a shop, its object hears of it once in that time.

mod query;
mod sighting;

pub(crate) use query::address;

use crate::answer::{Stop, finish, problem};
use crate::business::BINDING as BUSINESS;
use crate::cache::{Cache, Found};
use crate::forward::Routed;
use crate::setting::Settings;
use crate::{clock, guard};
use acd::page;
use serde::{Deserialize, Serialize};
use shared::look::Look;
use shared::policy::Challenge;
use shared::presence::SiteView;
use shared::problem::ProblemKind;
use shared::rule::{PageView, Rule};
use shared::{Country, SiteId};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use worker::{Env, Headers, Request, Result as Done, Url, web_sys};

/// How long a snapshot serves.
const KEEP_S: i64 = 5;
/// How long it is believed that there is no business by a name.
const KEEP_NOTHING_S: i64 = 2;
/// Businesses kept at once: a snapshot may have some hundred kilobytes, and the worker has 128 MB.
const MOST: usize = 100;

/// Where an object tells its snapshot. Only a worker can ask there: what comes from outside is passed on under the path
/// that it came with, and none of those begins like this (`route::dispatch`).
pub(crate) const SNAPSHOT: [&str; 2] = ["inside", "snapshot"];

/// What page views need of a business.
#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) site: SiteView,
    pub(crate) rules: Vec<Rule>,
    pub(crate) country: Option<Country>,
    pub(crate) look: Look,
    pub(crate) challenge: Challenge,
}

thread_local! {
    /// What this isolate knows; `None` is kept for names that are no business.
    static KNOWN: RefCell<Cache<Option<Rc<Snapshot>>>> = const { RefCell::new(Cache::new(MOST)) };
    /// What every view says beside what is in it.
    static HEAD: OnceCell<web_sys::Headers> = const { OnceCell::new() };
}

/// `GET /v1/sites/{site}`, for pages of every origin.
pub(crate) async fn view(request: &Request, env: &Env, site: &str) -> Result<Routed, Stop> {
    let mut told = None;
    match look(request, env, site, &mut told).await {
        Ok(view) => Ok(Routed::Passed(view)),
        Err(stop) => {
            let response = finish(Err(stop))?;
            let headers = response.headers();
            headers.set("access-control-allow-origin", "*")?;
            if let Some(told) = told {
                told.tell(headers)?;
            }
            Ok(Routed::Here(response))
        }
    }
}

/// Fills `told` in as soon as it is known, also where there is no view.
async fn look(
    request: &Request,
    env: &Env,
    site: &str,
    told: &mut Option<Told>,
) -> Result<web_sys::Response, Stop> {
    let page = query::asked(&request.url()?)?;
    let site = SiteId::parse(site).map_err(|_| nobody())?;
    if let Some(origin) = request.headers().get("origin")? {
        sighting::note(site.as_str(), &origin);
    }
    let (known, of_cache) = snapshot(env, &site).await?;
    let of_cache = told.insert(of_cache);
    let known = known.ok_or_else(nobody)?;
    let view = serde_json::to_string(&PageView {
        placement: page.as_ref().and_then(|page| page::place(&known.rules, page)),
        reads: page::reads(&known.rules),
        look: known.look.button(),
        site: &known.site,
    })?;
    let headers = head(env)?;
    of_cache.tell(&headers)?;
    let init = web_sys::ResponseInit::new();
    init.set_headers(&headers.0);
    let view = web_sys::Response::new_with_opt_str_and_init(Some(&view), &init);
    Ok(view.map_err(worker::Error::from)?)
}

/// A copy of what is the same for all views: each header that is set anew costs as much as the whole copy.
fn head(env: &Env) -> Done<Headers> {
    let copy = |head: &web_sys::Headers| {
        let copy = web_sys::Headers::new_with_headers(head);
        copy.map(Headers).map_err(worker::Error::from)
    };
    HEAD.with(|kept| match kept.get() {
        Some(head) => copy(head),
        None => {
            let head = Headers::new();
            head.set("content-type", "application/json")?;
            head.set("cache-control", &format!("public, max-age={KEEP_S}"))?;
            head.set("access-control-allow-origin", "*")?;
            guard::complete(&head, &Settings::new(env))?;
            copy(kept.get_or_init(|| head.0))
        }
    })
}

/// What the panel's pages need of a business; `None` when there is no such business.
pub(crate) async fn known(env: &Env, site: &str) -> Result<Option<Rc<Snapshot>>, Stop> {
    match SiteId::parse(site) {
        Ok(site) => Ok(snapshot(env, &site).await?.0),
        Err(_) => Ok(None),
    }
}

pub(crate) fn nobody() -> Stop {
    problem(ProblemKind::NotFound, "There is no such business.")
}

/// What the answer says of the cache (RFC 9211).
pub(crate) struct Told {
    age_s: Option<i64>,
    status: String,
}

impl Told {
    fn tell(&self, headers: &Headers) -> Done<()> {
        headers.set("cache-status", &self.status)?;
        self.age_s
            .map_or(Ok(()), |age_s| headers.set("age", &age_s.to_string()))
    }
}

/// A business's snapshot, kept or fresh; `None` when there is no such business.
pub(crate) async fn snapshot(env: &Env, site: &SiteId) -> Result<(Option<Rc<Snapshot>>, Told), Stop> {
    let now = clock::now();
    let found = KNOWN.with_borrow_mut(|known| known.find(site.as_str(), now));
    let why = match found {
        Found::Kept {
            value,
            age_ms,
            left_ms,
        } => {
            let told = Told {
                age_s: Some(age_ms / 1000),
                status: format!("ringback; hit; ttl={}", left_ms.div_euclid(1000)),
            };
            return Ok((value, told));
        }
        Found::Ask { stale: true } => "stale",
        Found::Ask { stale: false } => "uri-miss",
    };
    let stub = env.durable_object(BUSINESS)?.get_by_name(site.as_str())?;
    let mut address = Url::parse(&format!("http://business/{}", SNAPSHOT.join("/")))
        .map_err(|error| worker::Error::from(error.to_string()))?;
    for origin in sighting::take(site.as_str()) {
        address.query_pairs_mut().append_pair("seen", &origin);
    }
    let mut answer = stub.fetch_with_str(address.as_str()).await?;
    let (value, keep_s) = match answer.status_code() {
        200 => (Some(Rc::new(answer.json::<Snapshot>().await?)), KEEP_S),
        404 => (None, KEEP_NOTHING_S),
        status => return Err(worker::Error::from(format!("no snapshot of {site}: {status}")).into()),
    };
    KNOWN.with_borrow_mut(|known| known.keep(site.as_str(), value.clone(), now, keep_s * 1000));
    let told = Told {
        age_s: None,
        status: format!("ringback; fwd={why}; stored; ttl={keep_s}"),
    };
    Ok((value, told))
}
