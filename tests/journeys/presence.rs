//! Who is there: what happens at a desk is seen in a widget at once, and a desk that is gone gets no calls.

use serde_json::json;
use stage::{Browser, Desk, Outcome, Phones, Shopper, journeys, until, within};
use std::time::Duration;

/// Notes for each choice in the panel since when its offer is what it is, by the browser's clock.
const WATCH: &str = "
  const seen = window.seen = {};
  const look = () => document.querySelectorAll('.list-row[data-offer]').forEach((row) => {
    const [who, offer] = [row.querySelector('input').value, row.dataset.offer];
    if (seen[who]?.[0] !== offer) seen[who] = [offer, Date.now()];
  });
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  return true;";

/// Clicks, and says when.
async fn click_at(browser: &Browser, css: &str) -> Outcome<i64> {
    browser.see(css).await?;
    let script = "const at = Date.now(); document.querySelector('CSS').click(); return at;";
    browser.script(&script.replace("CSS", css)).await
}

/// Milliseconds from a click at a desk until the panel offers a choice something.
async fn delay(desk: &Desk, button: &str, panel: &Shopper, who: &str, offer: &str) -> Outcome<i64> {
    let clicked = click_at(desk, button).await?;
    let script = format!("return window.seen['{who}'];");
    let seen = until(format!("{who} to be {offer}"), || async {
        let (now, since): (String, i64) = panel.script(&script).await?;
        Ok((now == offer).then_some(since))
    });
    Ok(seen.await? - clicked)
}

journeys! {
    /// Two agents with different skills; a widget is open, and nobody touches it. Whatever they switch shows in it within a
    /// second, in the right line.
    async fn a_switch_at_a_desk_is_seen_within_a_second(stage) {
        let (ana, ben) = (stage.agent("ana").await?, stage.agent("ben").await?);
        let shopper = stage.shopper().await?;
        shopper.visit("index.html").await?;
        shopper.open_panel().await?;
        shopper.offered("skill:cruises", "now").await?;
        shopper.offered("skill:flights", "now").await?;
        let _: bool = shopper.script(WATCH).await?;
        for (desk, button, who, offer) in [
            (&ben, "#go-away", "skill:flights", "slot"),
            (&ana, "#go-away", "skill:cruises", "slot"),
            (&ben, "#go-available", "skill:flights", "now"),
            (&ana, "#go-available", "skill:cruises", "now"),
        ] {
            let ms = delay(desk, button, &shopper, who, offer).await?;
            assert!((0..=1000).contains(&ms), "{who} was {offer} after {ms} ms");
        }
    }

    /// Ana's computer loses its power. Her desk had a quarter of a minute to come back; then she counts as away, the widget
    /// shows it, and no call goes to her phone until she is back.
    async fn a_desk_that_is_gone_gets_no_calls(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.offered("skill:cruises", "now").await?;
        stage.kill_browser("ana");
        drop(ana);
        // The server may notice a moment after the clock was moved for the first time. Five times is far from the time after
        // which a desk that is connected, but silent, counts as away.
        let mut gone = false;
        for _ in 0..5 {
            if gone {
                break;
            }
            stage.stack.pass(16)?;
            let look = within(Duration::from_secs(2), "cruises to have nobody", || async {
                let row = ".list-row[data-offer='slot']:has(input[value='skill:cruises'])";
                Ok((shopper.count(row).await? > 0).then_some(()))
            });
            gone = look.await.is_ok();
        }
        assert!(gone, "the widget still offers a call now");

        let asked = stage.stack.ask("+442079460001", &json!({"skill": "cruises"}))?;
        assert_eq!(stage.stack.state_of(&asked)?, "queued");
        assert!(!phones.rings(Phones::ANA).await?);

        let again = stage.browser("ana-again").await?;
        let ana = Desk::enter(again, &stage.stack, "ana").await?;
        ana.click("#go-available").await?;
        phones.is(Phones::ANA, "ringing").await?;
        ana.is("ringing").await?;
    }
}
