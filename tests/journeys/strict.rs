//! A merchant with a strict policy: the widget works with what widget/README.md lists, and nothing else.

use crate::MINE;
use stage::{Browser, Outcome, Pages, Phones, Shopper, journeys, until};

/// Notes what the page's policy forbade, from before the page's own scripts on.
const WATCH: &str = "window.forbidden = [];
    document.addEventListener('securitypolicyviolation', (it) => forbidden.push(`${it.violatedDirective} ${it.blockedURI}`));";

/// What is kept on this device for the page.
const KEPT: &str =
    "return (async () => [...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie,
    ...(await indexedDB.databases()).map((it) => it.name)].filter(Boolean))()";

async fn kept(browser: &Browser) -> Outcome<Vec<String>> {
    browser.script(KEPT).await
}

/// What the page asked the edge for: paths and parameters.
async fn asked(browser: &Browser, origin: &str) -> Outcome<Vec<String>> {
    let names: Vec<String> = browser
        .script("return performance.getEntriesByType('resource').map((it) => it.name)")
        .await?;
    Ok(names
        .iter()
        .filter_map(|name| name.strip_prefix(origin).map(Into::into))
        .collect())
}

journeys! {
    /// The page allows our origin three things, requires Trusted Types, and names the pinned loader with its integrity in its
    /// head. A shopper reads it, rests the pointer on the button, opens the panel, and is called.
    async fn a_strict_page_gets_its_call(stage) {
        let edge = stage.stack.origin();
        let (address, integrity) = stage.stack.pinned()?;
        let page = format!(
            "<!doctype html><html lang=en><head><title>Strict</title>
             <script async src=\"{edge}{address}\" integrity=\"{integrity}\" crossorigin=\"anonymous\" data-site=\"meridian\"></script>
             </head><body><h1>Cruises</h1></body></html>"
        );
        let policy = format!(
            "default-src 'none'; script-src {edge}; frame-src {edge}; connect-src {edge}; require-trusted-types-for 'script'"
        );
        let pages = Pages::serve(vec![("/strict", page)], &policy)?;
        stage.stack.admit(&[&pages.origin])?;
        let (ana, phones) = (stage.agent("ana").await?, stage.phones());
        let shopper = Shopper::at(stage.browser("strict").await?, &stage.stack);
        shopper.first_run(WATCH).await?;
        shopper.go(&pages.at("/strict?visitor=secret-1#secret-2")).await?;

        // Reading the page leaves nothing on this device, and tells the page's address and nothing of who reads it.
        shopper.button_says("free now").await?;
        assert_eq!(kept(&shopper).await?, Vec::<String>::new());
        let before = asked(&shopper, &edge).await?;
        assert!(before.iter().all(|path| path.starts_with("/v1/")), "{before:?}");
        assert!(!before.iter().any(|path| path.contains("/v1/frame.")), "{before:?}");
        assert!(!before.iter().any(|path| path.contains("secret")), "{before:?}");

        // The pointer on the button: now what frames the panel is loaded, and still nothing is kept.
        shopper.hover("talk-to-rep", "button[part=button]").await?;
        until("the frame's program", || async {
            let asked = asked(&shopper, &edge).await?;
            Ok(asked.iter().any(|path| path.starts_with("/v1/frame.")).then_some(()))
        })
        .await?;
        assert_eq!(kept(&shopper).await?, Vec::<String>::new());

        shopper.open_panel().await?;
        shopper.choose("skill:cruises").await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        ana.call_is("ringing_agent").await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        shopper.driver().enter_default_frame().await?;
        let forbidden: Vec<String> = shopper.script("return window.forbidden").await?;
        assert_eq!(forbidden, Vec::<String>::new());
    }

    /// Somebody put another script in the pinned one's place: the browser does not run it.
    async fn a_loader_with_another_integrity_does_not_run(stage) {
        let (address, _) = stage.stack.pinned()?;
        let page = format!(
            "<!doctype html><html lang=en><body><script src=\"{}{address}\" crossorigin=\"anonymous\" data-site=\"meridian\"
             integrity=\"sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb\"></script></body></html>",
            stage.stack.origin()
        );
        let pages = Pages::serve(vec![("/", page)], "")?;
        let browser = stage.browser("reader").await?;
        browser.go(&pages.at("/")).await?;
        assert_eq!(browser.count("talk-to-rep").await?, 0);
    }
}
