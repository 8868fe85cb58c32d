//! What is offered when: closed, closing, and times for later that are full.

use crate::MINE;
use serde_json::{Value, json};
use stage::{Outcome, Shopper, journeys, minute_of_week, until};

/// Hours on the day that is so many days from now, in UTC.
fn hours(days_ahead: u64, from: &str, to: &str) -> Outcome<Value> {
    let day = (minute_of_week()? / (24 * 60) + days_ahead) % 7 + 1;
    Ok(json!({"days": [day], "from": from, "to": to}))
}

/// The times that are to be seen.
async fn times(shopper: &Shopper) -> Outcome<Vec<String>> {
    let script = "return [...document.querySelectorAll('input[name=slot]')].map(it => it.value)";
    until("times", || async {
        let times: Vec<String> = shopper.script(script).await?;
        Ok((!times.is_empty()).then_some(times))
    })
    .await
}

async fn choose_time(shopper: &Shopper, at: &str) -> Outcome<String> {
    let input = format!("input[name='slot'][value='{at}']");
    shopper.click_label(&input).await?;
    shopper.text(&format!("label:has({input}:checked)")).await
}

journeys! {
    /// The business opens the day after tomorrow. Ana is signed in, but the button says when it opens, and the panel offers
    /// times only: the one chosen is confirmed as the quarter of an hour in which the phone rings.
    async fn closed_until_the_day_after_tomorrow(stage) {
        let open = hours(2, "12:00", "17:00")?;
        stage.stack.set_up(|business| {
            business["zone"] = json!("UTC");
            business["hours"] = json!([open]);
        })?;
        let ana = stage.agent("ana").await?;
        ana.see("#lines > li[data-skill='cruises'][data-offer='slot']").await?;
        ana.read("#lines", "closed").await?;
        let opens_at = stage.stack.site()?["anyone"]["opens_at"].clone();

        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        let script = format!("return new Date({opens_at}).toLocaleString([], {{ weekday: 'long' }})");
        let weekday: String = shopper.script(&script).await?;
        shopper.button_says(&format!("opens {weekday}")).await?;
        shopper.open_panel().await?;
        shopper.see("#when[data-offer='slot']").await?;
        shopper.read("#when-closed", &format!("We open {weekday} at")).await?;
        assert_eq!(shopper.count("input[name='when'][value='now']:disabled").await?, 1);
        let refused = stage.stack.ask(MINE, &json!({"skill": "cruises"})).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some("422 skill closed"));

        let first = times(&shopper).await?.first().cloned().unwrap_or_default();
        assert_eq!(first, opens_at.to_string(), "the first time is when it opens");
        let window = choose_time(&shopper, &first).await?;
        shopper.ask(MINE).await?;
        shopper.is("scheduled").await?;
        shopper.read("#slot-chosen", &window).await?;
        shopper.read("#more", "between").await?;
        ana.read("#scheduled", "1").await?;
    }

    /// It closes while somebody fills the form in: the refusal leads to the times, and nothing that was typed is lost.
    async fn it_closes_while_the_form_is_filled_in(stage) {
        let minute = minute_of_week()? % (24 * 60) + 60;
        let closes = if minute < 24 * 60 { format!("{:02}:{:02}", minute / 60, minute % 60) } else { "24:00".into() };
        let (today, then) = (hours(0, "00:00", &closes)?, hours(2, "00:00", "24:00")?);
        stage.stack.set_up(|business| {
            business["zone"] = json!("UTC");
            business["hours"] = json!([today, then]);
            // Nothing is due meanwhile, so nothing tells the panel.
            business["timing"] = json!({"silence_s": 86_400});
        })?;
        let (_ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.see("#when[data-offer='now']").await?;
        shopper.fill("#note", "keep this").await?;
        stage.stack.pass(2 * 3600)?;
        shopper.ask(MINE).await?;
        shopper.see("#when[data-offer='slot']").await?;
        shopper.read("#slot-error", "closed").await?;
        assert!(!phones.rings(MINE).await?);
        let first = times(&shopper).await?.first().cloned().unwrap_or_default();
        choose_time(&shopper, &first).await?;
        assert_eq!(shopper.see("#note").await?.value().await?.as_deref(), Some("keep this"));
        assert_eq!(shopper.see("#phone").await?.value().await?.as_deref(), Some(MINE));
        shopper.send().await?;
        shopper.is("scheduled").await?;
    }

    /// Nobody is ever there for hotels: no call, no time, only the telephone. What else there is can still be chosen.
    async fn nothing_is_offered_but_the_telephone(stage) {
        stage.stack.set_up(|business| business["skills"][2]["hours"] = json!([]))?;
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("hotels.html").await?;
        shopper.button_says("closed").await?;
        shopper.open_panel().await?;
        shopper.see("#when[data-offer='closed']").await?;
        shopper.see("#tel[href='tel:+442079460958']").await?;
        shopper.see_no("#send").await?;
        shopper.choose("skill:cruises").await?;
        shopper.see("#send").await?;
        shopper.see_no("#tel").await?;
    }

    /// A quarter of an hour has room for as many as can be called in it. A full one is not offered any more, and whoever had
    /// chosen it is told, with everything they typed.
    async fn a_full_time_is_no_longer_offered(stage) {
        let shopper = stage.shopper().await?;
        shopper.visit("flights.html").await?;
        shopper.open_panel().await?;
        let offered = times(&shopper).await?;
        let first = offered.first().cloned().unwrap_or_default();
        choose_time(&shopper, &first).await?;
        shopper.fill("#note", "keep this").await?;

        let booking = json!({"skill": "flights", "slot": first.parse::<i64>()?});
        // Ben is the only one for flights, and a call takes five minutes as long as nothing else is known.
        stage.stack.ask("+447700900011", &booking)?;
        stage.stack.ask("+447700900012", &booking)?;
        let refused = stage.stack.ask("+447700900013", &booking).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some("422 slot not_offered"));

        shopper.ask(MINE).await?;
        shopper.see("#slot-error").await?;
        until("the full time to go", || async {
            Ok((!times(&shopper).await?.contains(&first)).then_some(()))
        })
        .await?;
        assert_eq!(shopper.see("#note").await?.value().await?.as_deref(), Some("keep this"));
        let next = times(&shopper).await?.first().cloned().unwrap_or_default();
        assert_eq!(offered.get(1), Some(&next), "the others are still there");
        choose_time(&shopper, &next).await?;
        shopper.send().await?;
        shopper.is("scheduled").await?;
    }
}
