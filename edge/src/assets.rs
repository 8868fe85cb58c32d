//! Files: the shop, the desk, the phones, the panel, the loader. The worker adds what a plain file server doesn't know:
//! kinds, caching and who may frame what.

use crate::answer::{Answer, Stop, problem};
use crate::guard::FEATURES_TO_TALK;
use crate::{clock, page, route, secret};
use shared::policy::Challenge;
use shared::problem::ProblemKind;
use worker::{Env, Method, Request, Response, Url};

const SCRIPTS: &str = "'self' 'wasm-unsafe-eval'";
const TURNSTILE_POLICY: &str = "script-src 'self' 'wasm-unsafe-eval' https://challenges.cloudflare.com; \
     frame-src https://challenges.cloudflare.com;";
const PANEL_POLICY: &str = "default-src 'none'; connect-src 'self'; \
     img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors";
const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; media-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves a file.
pub(crate) async fn serve(request: Request, env: &Env) -> Answer {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(problem(ProblemKind::MethodNotAllowed, "Files can only be read."));
    }
    let path = request.path();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    // A path that can be spelled in another way would slip past the rules below.
    if path.contains(['%', '\\']) || path.contains("//") {
        return Err(problem(
            ProblemKind::NotFound,
            "There is nothing at this address.",
        ));
    }
    match segments.as_slice() {
        ["panel", site] if !site.contains('.') && !site.is_empty() => panel(env, site, &request.url()?).await,
        ["panel", site, "call"] if !site.contains('.') && !site.is_empty() => call(env, site).await,
        _ => file(env, &path).await,
    }
}

async fn file(env: &Env, path: &str) -> Answer {
    let last = path.rsplit('/').next().unwrap_or_default();
    let inner = if last.is_empty() {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    if !last.is_empty() && !last.contains('.') {
        let moved = Response::empty()?.with_status(308);
        moved.headers().set("location", &format!("{path}/"))?;
        return Ok(moved);
    }
    let response = read(env, &inner).await?;
    let headers = response.headers();
    headers.set("content-type", kind(&inner))?;
    headers.set(
        "cache-control",
        if is_hashed(&inner) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        },
    )?;
    headers.set("x-content-type-options", "nosniff")?;
    // The loader and what the panel needs are for pages of every origin; the shop stands for somebody else's site.
    headers.set("cross-origin-resource-policy", "cross-origin")?;
    if inner.starts_with("/v1/") {
        headers.set("access-control-allow-origin", "*")?;
        if !is_hashed(&inner) {
            headers.set("cache-control", "public, max-age=300")?;
        }
    }
    if is_hashed(&inner) && !matches!(kind(&inner), HTML | SVG) {
        return Ok(response);
    }
    headers.set("referrer-policy", "strict-origin-when-cross-origin")?;
    if inner.starts_with("/desk/") {
        headers.set("permissions-policy", FEATURES_TO_TALK)?;
    }
    if inner.starts_with("/shop/") {
        // As merchants' pages are that say nothing of it: the panel in them may open its window, and be given the microphone.
        headers.set(
            "permissions-policy",
            "camera=(), geolocation=(), payment=(), usb=()",
        )?;
        headers.set("cross-origin-opener-policy", "unsafe-none")?;
    } else {
        headers.set("content-security-policy", APP_POLICY)?;
    }
    Ok(response)
}

/// The panel's page for one business: its own pages may frame it and no others. With `warms` a page without content that has the
/// browser fetch the panel's files, for a customer who is about to open it. What a browser keeps for the merchant's page itself is of no
/// use to a frame of ours. With `locale={language}` it brings its form with it, to be seen before the program is there.
async fn panel(env: &Env, site: &str, address: &Url) -> Answer {
    let warms = address.query() == Some("warm");
    let Some(origins) = route::origins(env, site).await? else {
        return Err(problem(ProblemKind::NotFound, "There is no such business."));
    };
    let mut html = read(env, "/panel/index.html").await?.text().await?;
    let files = needs(&html);
    let origins = origins.join(" ");
    let (links, policy) = if warms {
        html.clear();
        let ahead = |file: &String| format!("</panel/{file}>; rel=prefetch");
        (
            files.iter().map(ahead).collect::<Vec<_>>().join(", "),
            format!("default-src 'self'; frame-ancestors 'self' {origins}"),
        )
    } else {
        let known = page::known(env, site).await?;
        let styles;
        (html, styles) = with_look(html, known.as_ref().and_then(|known| known.look.panel()));
        let locale = address.query_pairs().find(|(name, _)| name == "locale");
        let form = locale
            .zip(known.as_ref())
            .and_then(|((_, locale), known)| widget::form(known.site.clone(), &locale, clock::now()));
        html = with_form(html, form);
        // What the panel asks for first, while its program still loads; and its files, before the browser has read the page.
        let presence = format!("</v1/sites/{site}>; rel=preload; as=fetch; crossorigin");
        let links: Vec<String> = [presence].into_iter().chain(files.iter().map(at_once)).collect();
        (
            links.join(", "),
            match known.map(|known| known.challenge).unwrap_or_default() {
                Challenge::Turnstile => {
                    format!("style-src {styles}; {TURNSTILE_POLICY} {PANEL_POLICY} 'self' {origins}")
                }
                Challenge::None | Challenge::Work => {
                    format!("style-src {styles}; script-src {SCRIPTS}; {PANEL_POLICY} 'self' {origins}")
                }
            },
        )
    };
    let response = Response::ok(html)?;
    let headers = response.headers();
    headers.set("content-type", kind("index.html"))?;
    headers.set("cache-control", "no-cache")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("referrer-policy", "no-referrer")?;
    headers.set("permissions-policy", FEATURES_TO_TALK)?;
    // Opened by itself and not framed, it has to hear from the window that it opens for a call.
    headers.set("cross-origin-opener-policy", "same-origin-allow-popups")?;
    headers.set("link", &links)?;
    headers.set("content-security-policy", &policy)?;
    Ok(response)
}

/// The page of a call in the browser, in a window of its own: nobody frames it, and the panel that opened it may speak to it, wherever
/// that is framed.
async fn call(env: &Env, site: &str) -> Answer {
    if route::origins(env, site).await?.is_none() {
        return Err(problem(ProblemKind::NotFound, "There is no such business."));
    }
    let html = read(env, "/panel/call.html").await?.text().await?;
    let known = page::known(env, site).await?;
    let (html, styles) = with_look(html, known.and_then(|known| known.look.panel()));
    let response = Response::ok(html)?;
    let headers = response.headers();
    headers.set("content-type", kind("call.html"))?;
    headers.set("cache-control", "no-cache")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("referrer-policy", "no-referrer")?;
    headers.set("cross-origin-opener-policy", "unsafe-none")?;
    headers.set("permissions-policy", FEATURES_TO_TALK)?;
    headers.set(
        "content-security-policy",
        &format!(
            "style-src {styles}; script-src 'self'; require-trusted-types-for 'script'; {PANEL_POLICY} 'none'"
        ),
    )?;
    Ok(response)
}

/// The business's own colours stand in the page: a sheet of its own would cost every shopper a request. Gives what the policy has to
/// say of styles.
fn with_look(html: String, css: Option<String>) -> (String, String) {
    match css {
        Some(css) => (
            html.replacen("</head>", &format!("<style>{css}</style></head>"), 1),
            format!("'self' 'sha256-{}'", secret::policy_hash(&css)),
        ),
        None => (html, "'self'".to_owned()),
    }
}

/// Puts the form into the page as a template: whether it is what this customer should see, only the browser knows (`widget/early.js`).
fn with_form(html: String, form: Option<widget::Form>) -> String {
    let Some(widget::Form {
        language,
        direction,
        html: form,
    }) = form
    else {
        return html;
    };
    html.replacen(
        "<html lang=\"en\">",
        &format!("<html lang=\"{language}\" dir=\"{direction}\">"),
        1,
    )
    .replacen("<body>", &format!("<body><template>{form}</template>"), 1)
}

/// The files that the panel's page names: they are beside it.
fn needs(html: &str) -> Vec<String> {
    let names = html.split('"').filter(|text| is_hashed(text));
    names.map(str::to_owned).collect()
}

/// Has one fetched as the page will.
fn at_once(file: &String) -> String {
    let how = match file.rsplit('.').next() {
        Some("js") => "modulepreload",
        Some("css") => "preload; as=style",
        _ => "preload; as=fetch; crossorigin",
    };
    format!("</panel/{file}>; rel={how}")
}

/// The bare file. The address's host means nothing to the file service.
async fn read(env: &Env, path: &str) -> Answer {
    let request = Request::new(&format!("http://files{path}"), Method::Get)?;
    let found: Response = env.service("ASSETS")?.fetch_request(request).await?;
    if found.status_code() != 200 {
        return Err(Stop::from(shared::problem::Problem::new(
            ProblemKind::NotFound,
            "There is nothing at this address.",
        )));
    }
    // What comes from a fetch has headers that can't be changed.
    let (_, body) = found.into_parts();
    Ok(Response::from_body(body)?)
}

/// `name.0123abcd.ext`: the name changes with the content, so it may be kept for ever.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.rsplit('.');
    let hash = parts.nth(1).unwrap_or_default();
    parts.next().is_some() && hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit())
}

const HTML: &str = "text/html; charset=utf-8";
const SVG: &str = "image/svg+xml";

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => SVG,
        "json" => "application/json",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_a_page_needs_are_fetched_before_it_is_read() {
        let html = r#"<link rel="stylesheet" href="panel.0123abcd.css"><script type="module" src="start.89abcdef.js"></script>"#;
        assert_eq!(
            needs(html).iter().map(at_once).collect::<Vec<_>>(),
            [
                "</panel/panel.0123abcd.css>; rel=preload; as=style",
                "</panel/start.89abcdef.js>; rel=modulepreload"
            ]
        );
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("/panel/panel.0123abcd.js"));
        assert!(!is_hashed("/panel/panel.js"));
        assert!(!is_hashed("/01234567.js"));
    }
}
