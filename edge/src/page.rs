//! Page views: presence, and where the page stands by the business's rules. Answered by the worker itself out of a snapshot
//! that it keeps for some seconds, so that however many look at a shop, its object hears of it once in that time.

use crate::answer::{Answer, Stop, finish, json, problem};
use crate::business::BINDING as BUSINESS;
use crate::cache::{Cache, Found};
use crate::clock;
use acd::page;
use serde::{Deserialize, Serialize};
use shared::SiteId;
use shared::limit::{MAX_FACT_CHARS, MAX_ID_CHARS, MAX_PRODUCT_TYPES, MAX_READS, MAX_URL_CHARS};
use shared::presence::SiteView;
use shared::problem::{Problem, ProblemKind};
use shared::rule::{PageFacts, PageView, Rule};
use std::cell::RefCell;
use std::rc::Rc;
use worker::{Env, Request, Url};

/// How long a snapshot serves.
const KEEP_S: i64 = 5;
/// How long it is believed that there is no business by a name.
const KEEP_NOTHING_S: i64 = 2;
/// Businesses kept at once: a snapshot may have some hundred kilobytes, and the worker has 128 MB.
const MOST: usize = 100;
/// Parameters of a page's address and facts; more is nonsense.
const MAX_PARAMETERS: usize = 3 * MAX_READS + MAX_PRODUCT_TYPES + 2;

/// Where an object tells its snapshot. Only a worker can ask there: what comes from outside is passed on under the path
/// that it came with, and none of those begins like this (`route::dispatch`).
pub(crate) const SNAPSHOT: [&str; 2] = ["inside", "snapshot"];

/// What page views need of a business.
#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) site: SiteView,
    pub(crate) rules: Vec<Rule>,
}

thread_local! {
    /// What this isolate knows; `None` is kept for names that are no business.
    static KNOWN: RefCell<Cache<Option<Rc<Snapshot>>>> = const { RefCell::new(Cache::new(MOST)) };
}

/// `GET /v1/sites/{site}`, for pages of every origin.
pub(crate) async fn view(request: &Request, env: &Env, site: &str) -> Answer {
    let mut status = None;
    let answer = async {
        let page = asked(&request.url()?)?;
        let site = SiteId::parse(site).map_err(|_| nobody())?;
        let (known, told) = snapshot(env, &site).await?;
        status = Some(told);
        let known = known.ok_or_else(nobody)?;
        let answer = json(
            200,
            &PageView {
                placement: page.as_ref().and_then(|page| page::place(&known.rules, page)),
                reads: page::reads(&known.rules),
                site: &known.site,
            },
        )?;
        let keep = format!("public, max-age={KEEP_S}");
        answer.headers().set("cache-control", &keep)?;
        Ok(answer)
    };
    let response = finish(answer.await)?;
    let headers = response.headers();
    headers.set("access-control-allow-origin", "*")?;
    if let Some(Told { age_s, status }) = status {
        headers.set("cache-status", &status)?;
        if let Some(age_s) = age_s {
            headers.set("age", &age_s.to_string())?;
        }
    }
    Ok(response)
}

fn nobody() -> Stop {
    problem(ProblemKind::NotFound, "There is no such business.")
}

/// What the answer says of the cache (RFC 9211).
struct Told {
    age_s: Option<i64>,
    status: String,
}

/// A business's snapshot, kept or fresh; `None` when there is no such business.
async fn snapshot(env: &Env, site: &SiteId) -> Result<(Option<Rc<Snapshot>>, Told), Stop> {
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
    let address = format!("http://business/{}", SNAPSHOT.join("/"));
    let mut answer = stub.fetch_with_str(&address).await?;
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

/// The page that the parameters describe; `None` when they name none. Parameters of other names mean nothing.
fn asked(url: &Url) -> Result<Option<PageFacts>, Stop> {
    let wrong = |field: &str, code: &str, message: &str| {
        Stop::from(Problem::new(ProblemKind::InvalidQuery, format!("{field}: {message}")).at(field, code))
    };
    let (mut page, mut query) = (PageFacts::default(), None);
    for (nth, (name, value)) in url.query_pairs().enumerate() {
        if nth >= MAX_PARAMETERS {
            return Err(wrong(&name, "too_many", "There are too many parameters."));
        }
        let most = match &*name {
            "url" | "query" => MAX_URL_CHARS,
            _ => MAX_FACT_CHARS,
        };
        let (kind, of) = name.split_once('.').unwrap_or((&name, ""));
        if !matches!(kind, "url" | "query" | "type" | "meta" | "data" | "cookie") {
            continue;
        }
        if value.chars().count() > most {
            return Err(wrong(
                &name,
                "too_long",
                &format!("This may have {most} characters at the most."),
            ));
        }
        let named = match (kind, of) {
            ("url", "") => {
                page.url = address(&value)
                    .ok_or_else(|| wrong("url", "invalid", "This must be the address of a page."))?;
                continue;
            }
            ("query", "") => {
                query = Some(value.into_owned());
                continue;
            }
            ("type", "") if page.product_type.len() < MAX_PRODUCT_TYPES => {
                page.product_type.push(value.into_owned());
                continue;
            }
            ("type", "") => {
                return Err(wrong(
                    "type",
                    "too_many",
                    &format!("There may be {MAX_PRODUCT_TYPES} at the most."),
                ));
            }
            ("meta", of) if !of.is_empty() => &mut page.meta,
            ("data", of) if !of.is_empty() => &mut page.data,
            ("cookie", of) if !of.is_empty() => &mut page.cookie,
            _ => return Err(wrong(&name, "invalid", "This needs a name, as in cookie.tier.")),
        };
        if of.chars().count() > MAX_ID_CHARS {
            return Err(wrong(&name, "too_long", "The name is too long."));
        }
        named.insert(of.to_owned(), value.into_owned());
    }
    if let Some(query) = query.filter(|_| !page.url.contains('?')) {
        page.url = format!("{}?{query}", page.url);
    }
    Ok(Some(page).filter(|page| !page.url.is_empty()))
}

/// The address of a page as a browser writes it, without its fragment.
pub(crate) fn address(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Option<PageFacts>, (String, u16)> {
        let url = Url::parse(&format!("https://edge.example/v1/sites/meridian?{query}")).unwrap();
        asked(&url).map_err(|stop| match stop {
            Stop::Refused(problem) => (problem.errors[0].field.clone(), problem.status),
            Stop::Failed(error) => (error.to_string(), 500),
        })
    }

    #[test]
    fn the_parameters_describe_a_page() {
        assert_eq!(read("").unwrap(), None);
        assert_eq!(read("type=Product&utm=1").unwrap(), None, "facts of no page");
        let page = "url=HTTPS://Shop.example/a%23b&query=x%3D1&type=Product&type=Cruise&meta.og:type=a&data.page=b&cookie.tier=gold";
        let page = read(page).unwrap().unwrap();
        assert_eq!(page.url, "https://shop.example/a?x=1");
        assert_eq!(page.product_type, ["Product", "Cruise"]);
        assert_eq!(page.meta["og:type"], "a");
        assert_eq!(page.data["page"], "b");
        assert_eq!(page.cookie["tier"], "gold");
    }

    #[test]
    fn what_is_too_much_or_nonsense_is_refused_by_its_name() {
        let long = "x".repeat(201);
        let many = |text: &str, times: usize| vec![text; times].join("&");
        for (query, field) in [
            ("url=nonsense".to_owned(), "url"),
            ("url=javascript:alert(1)".to_owned(), "url"),
            (format!("url=https://shop.example/{}", "x".repeat(2000)), "url"),
            (format!("cookie.tier={long}"), "cookie.tier"),
            (
                format!("meta.{}=a", "x".repeat(65)),
                &format!("meta.{}", "x".repeat(65)),
            ),
            ("cookie=gold".to_owned(), "cookie"),
            ("data.=gold".to_owned(), "data."),
            (many("type=a", 11), "type"),
            (many("utm=a", 73), "utm"),
        ] {
            assert_eq!(read(&query).unwrap_err(), (field.to_owned(), 400), "{query}");
        }
        assert!(read(&format!("utm={long}")).unwrap().is_none());
    }
}
