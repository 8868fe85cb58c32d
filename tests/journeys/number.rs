//! Numbers as people write them at home.

use serde_json::{Value, json};
use stage::{Outcome, Stack, journeys};

/// What the server reads in a number typed in a country; the number, or why it is none.
fn read(stack: &Stack, typed: &str, country: Option<&str>) -> Outcome<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut call = agent.post(format!("{}/v1/sites/meridian/number", stack.origin()));
    if let Some(country) = country {
        call = call.header("cf-blob", json!({"country": country}).to_string());
    }
    let told: Value = call
        .send(json!({"phone": typed}).to_string())?
        .body_mut()
        .read_json()?;
    let said = told.get("international").or(told.pointer("/errors/0/code"));
    Ok(said.and_then(Value::as_str).unwrap_or_default().to_owned())
}

journeys! {
    /// The customer types the number as at home, reads it back in full before anything rings, and that is what is called.
    async fn a_number_as_at_home_is_shown_back_and_called(stage) {
        let (ana, _phones, shopper) = stage.at_the_cruises().await?;
        shopper.fill("#phone", "020 7946").await?;
        shopper.click("#note").await?;
        shopper.read("#phone-error", "too short").await?;
        shopper.fill("#phone", "07700 900001").await?;
        shopper.click("#note").await?;
        shopper.read("#phone-meant", "We'll call +44 7700 900001").await?;
        shopper.send().await?;
        ana.call_is("dialing_customer").await?;
        ana.click("#reveal").await?;
        ana.read("#customer-number[data-shown]", "+44 7700 900001").await?;
    }

    /// Where the customer is decides how a number is read; else where the business is; else the country code is asked for.
    async fn a_number_is_read_as_it_is_written_where_the_customer_is(stage) {
        let stack = &stage.stack;
        assert_eq!(read(stack, "06 12 34 56 78", Some("FR"))?, "+33 6 12 34 56 78");
        assert_eq!(read(stack, "020 7946 0003", Some("FR"))?, "+44 20 7946 0003");
        assert_eq!(read(stack, "020 7946 0003", None)?, "+44 20 7946 0003");
        stack.set_up(|document| {
            document.as_object_mut().map(|document| document.remove("country"));
        })?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        stage::until("the change", || async {
            Ok((read(&stage.stack, "020 7946 0003", None)? == "no_country_code").then_some(()))
        })
        .await?;
        let _ana = stage.agent("ana").await?;
        shopper.open_panel().await?;
        shopper.ask("020 7946 0003").await?;
        shopper.read("#phone-error", "country code").await?;
    }
}
