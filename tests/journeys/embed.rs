//! What a merchant's page does with the button: commands, events, many buttons, and an end of it.

use crate::MINE;
use stage::{Browser, Outcome, Pages, Stack, journeys, until};

/// As the README shows it: calls are kept until the loader is there.
const STUB: &str =
    "window.Ringback = window.Ringback || function () { (Ringback.q = Ringback.q || []).push(arguments) };";

/// A page whose head has the stub with these words after it, and the loader; and with this body.
fn page(stack: &Stack, script: &str, tag: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Cabin 7</title><script>{STUB}{script}</script>
         <script async src=\"{}/v1/ringback.js\" data-site=\"meridian\" {tag}></script></head><body>{body}</body></html>",
        stack.origin()
    )
}

fn serve(stack: &Stack, page: String) -> Outcome<Pages> {
    let pages = Pages::serve(vec![("/", page)], "")?;
    stack.admit(&[&pages.origin])?;
    Ok(pages)
}

/// How many buttons or links of ours are to be seen.
async fn buttons(browser: &Browser) -> Outcome<usize> {
    browser
        .script(
            "return [...document.querySelectorAll('talk-to-rep')].flatMap((it) =>
                [...it.shadowRoot.querySelectorAll('[part=button]')]).filter((it) => it.checkVisibility()).length",
        )
        .await
}

journeys! {
    /// The page says what it is about and opens the panel, both before the loader came. The shopper reads what is shared and
    /// sends it; the page stops the first try. Ana reads what the page said, and that it was the page.
    async fn a_page_opens_the_panel_and_says_what_it_is_about(stage) {
        let script = "
            window.heard = [];
            for (const it of ['ready', 'open', 'beforerequest', 'state', 'close']) document.addEventListener('ringback:' + it, (event) => {
                heard.push(it === 'state' ? `state ${event.detail.state}` : it);
                if (it === 'beforerequest') { window.asked = event.detail; if (!window.settled) event.preventDefault(); }
            });
            Ringback('context', { cabin: 7 });
            Ringback('open', { skill: 'cruises' });";
        let pages = serve(&stage.stack, page(&stage.stack, script, "data-launcher=none", "<h1>Cabin 7</h1>"))?;
        let ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.enter_panel().await?;
        shopper.see("input[value='skill:cruises']:checked + *, label:has(input[value='skill:cruises']:checked)").await?;
        shopper.click("#share summary").await?;
        shopper.read("#share", r#"{"cabin":7}"#).await?;

        shopper.ask(MINE).await?;
        shopper.read("#notice", "This page has something to settle").await?;
        let asked: serde_json::Value = shopper.on_page("settled = true; return asked").await?;
        assert_eq!(asked, serde_json::json!({"skill": "cruises", "expert": null, "to": null, "slot": null}));
        shopper.enter_panel().await?;
        shopper.click("#send").await?;
        ana.call_is("dialing_customer").await?;
        ana.read("#page-says", r#"{"cabin":7}"#).await?;

        shopper.on_page::<()>("Ringback('close')").await?;
        let heard: Vec<String> = until("the panel to close", || async {
            let heard: Vec<String> = shopper.on_page("return heard").await?;
            Ok(heard.iter().any(|it| it == "close").then_some(heard))
        })
        .await?;
        let first: Vec<&str> = heard.iter().take(4).map(String::as_str).collect();
        assert_eq!(first, ["ready", "open", "beforerequest", "beforerequest"], "{heard:?}");
        assert!(heard.iter().any(|it| it == "state dialing_customer"), "{heard:?}");
    }

    /// Several buttons, each about somebody else; each opens the one panel for whom it names.
    async fn many_buttons_on_one_page(stage) {
        let body = "<talk-to-rep id=a skill=flights></talk-to-rep> <talk-to-rep id=b skill=cruises context='A-1'></talk-to-rep>";
        let pages = serve(&stage.stack, page(&stage.stack, "", "", body))?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        until("three buttons", || async { Ok((buttons(&shopper).await? == 3).then_some(())) }).await?;
        for (id, skill) in [("a", "skill:flights"), ("b", "skill:cruises")] {
            shopper.on_page::<()>(&format!("{id}.shadowRoot.querySelector('button[part=button]').click()")).await?;
            shopper.enter_panel().await?;
            shopper.see(&format!("label:has(input[value='{skill}']:checked)")).await?;
        }
        shopper.click("#share summary").await?;
        shopper.read("#share", "A-1").await?;
        shopper.on_page::<()>("b.setAttribute('context', 'A-2')").await?;
        shopper.enter_panel().await?;
        shopper.read("#share", "A-2").await?;
    }

    /// Pasted twice, there is one button. Destroyed, there is none and nothing is kept; begun anew, there is one again.
    async fn it_begins_once_and_ends_whole(stage) {
        let tag = format!("<script src=\"{}/v1/ringback.js\" data-site=\"meridian\"></script>", stage.stack.origin());
        let pages = serve(&stage.stack, page(&stage.stack, "", "", &tag))?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        until("one button", || async { Ok((buttons(&shopper).await? == 1).then_some(())) }).await?;
        shopper.on_page::<()>("Ringback('init'); Ringback('hide')").await?;
        assert_eq!(buttons(&shopper).await?, 0);
        shopper.on_page::<()>("Ringback('show')").await?;
        shopper.open_panel().await?;
        shopper.on_page::<()>("Ringback('destroy')").await?;
        let left: (usize, usize) = shopper.on_page("return [document.querySelectorAll('talk-to-rep').length, sessionStorage.length]").await?;
        assert_eq!(left, (0, 0));

        shopper.on_page::<()>("Ringback('init')").await?;
        until("one button again", || async { Ok((buttons(&shopper).await? == 1).then_some(())) }).await?;
        shopper.open_panel().await?;
        shopper.is("form").await?;
    }

    /// frame.js can't be had: the button becomes the telephone instead of one that does nothing.
    async fn without_its_frame_the_button_is_a_telephone(stage) {
        let edge = stage.stack.origin();
        let page = format!(
            "<!doctype html><html lang=en><body><script src=\"{edge}/v1/ringback.js\" data-site=\"meridian\"></script></body></html>"
        );
        let (address, _) = stage.stack.pinned()?;
        let only = format!("script-src {edge}/v1/ringback.js {edge}{address}; frame-src {edge}");
        let pages = Pages::serve(vec![("/", page)], &only)?;
        stage.stack.admit(&[&pages.origin])?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.button_says("Talk to").await?;
        // The number is presence's to tell: a frame that is missed before is missed again at the tap.
        until("presence to be heard", async || {
            let href: String = shopper.on_page("return document.querySelector('talk-to-rep').shadowRoot.querySelector('a').href").await?;
            Ok(href.starts_with("tel:").then_some(()))
        }).await?;
        shopper.hover("talk-to-rep", "button[part=button]").await?;
        // Nor can the words: the label that the button came with has to do, and the number says what it is.
        shopper.button_says("+44").await?;
        let href: String = shopper.on_page("return document.querySelector('talk-to-rep').shadowRoot.querySelector('a[part=button]').href").await?;
        assert!(href.starts_with("tel:+44"), "{href}");
    }
}
