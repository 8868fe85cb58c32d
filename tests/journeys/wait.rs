//! The wait that a shopper in line sees.

use crate::MINE;
use serde_json::{Value, json};
use stage::{Asked, Outcome, Shopper, Stack, journeys, until};

async fn reach(stack: &Stack, asked: &Asked, state: &str) -> Outcome {
    until(format!("a call to be {state}"), || async {
        Ok((stack.state_of(asked)? == state).then_some(()))
    })
    .await
}

/// What is left of the wait, in seconds: the low and the high end.
async fn left(shopper: &Shopper) -> Outcome<(i64, i64)> {
    let script = "const { low, high } = document.querySelector('#more').dataset; return [+low, +high]";
    shopper.see("#more[data-high]").await?;
    shopper.script(script).await
}

journeys! {
    /// Some calls have taught the engine what a call takes. A shopper in line sees a wait that counts down. When an agent
    /// leaves, it becomes longer, the panel says why, and so does the report to whoever runs the business.
    async fn it_counts_down_and_grows_only_with_a_reason(stage) {
        stage.stack.set_up(|business| {
            // Their phones answer at once, what they write takes no time, and clocks that jump send nobody away.
            business["agents"][0]["phone"] = json!("+442079460000");
            business["agents"][2]["phone"] = json!("+442079460001");
            business["timing"] = json!({"silence_s": 864_000, "wrap_up_s": 1});
        })?;
        // Somebody is connected to the exchange, so that it stays in memory: workerd falls over the alarm of an object that a
        // jump of the clock puts away at the same moment.
        let _phones = stage.phones();
        let (ana, cleo) = (stage.agent("ana").await?, stage.agent("cleo").await?);
        let stack = &stage.stack;
        let cruises = json!({"skill": "cruises"});
        for _ in 0..3 {
            let calls = [stack.ask("+442079460160", &cruises)?, stack.ask("+442079460161", &cruises)?];
            for call in &calls {
                reach(stack, call, "connected").await?;
            }
            stack.pass(200)?;
            for call in &calls {
                reach(stack, call, "ended").await?;
            }
            stack.pass(2)?;
            ana.is("available").await?;
            cleo.is("available").await?;
        }
        for number in ["+442079460002", "+442079460003"] {
            let call = stack.ask(number, &cruises)?;
            reach(stack, &call, "connected").await?;
        }

        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.ask(MINE).await?;
        shopper.is("queued").await?;
        let first = left(&shopper).await?;
        assert!(first.1 > first.0 && first.1 > 60, "{first:?}");
        let mut last = first;
        while last.1 > first.1 - 3 {
            let now = left(&shopper).await?;
            assert!(now <= last, "{now:?} after {last:?} without a reason");
            last = now;
        }
        assert_eq!(shopper.count("#wait-change:not([hidden])").await?, 0);

        cleo.click("#go-away").await?;
        cleo.see("#go-away[aria-pressed='true']").await?;
        cleo.click("#hangup").await?;
        stage.stack.pass(2)?;
        cleo.is("away").await?;
        shopper.see("#wait-change[data-change='fewer_agents']").await?;
        shopper.read("#wait-change", "fewer of us").await?;
        let longer = left(&shopper).await?;
        assert!(longer.1 > last.1, "{longer:?} after {last:?}");

        ana.click("#hangup").await?;
        stage.stack.pass(2)?;
        let request = ana.attribute("#call[data-state='dialing_customer']", "data-request").await?;
        let told = until("the report", || async {
            let report = stage.stack.forecast()?;
            let calls = report["calls"].as_array().cloned().unwrap_or_default();
            let call = calls.into_iter().find(|call| call["id"] == request.as_str());
            Ok(call.and_then(|call| call["told"].as_array().cloned()))
        })
        .await?;
        let changes: Vec<&Value> = told.iter().map(|row| &row["change"]).collect();
        assert!(changes.len() >= 2 && changes.contains(&&json!("fewer_agents")), "{told:?}");
        assert_eq!(changes.iter().filter(|change| change.is_null()).count(), 1, "only the first has no reason: {told:?}");
        assert!(told.first().is_some_and(|row| row["change"].is_null()), "{told:?}");
    }
}
