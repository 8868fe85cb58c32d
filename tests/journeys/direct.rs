//! Pages that ask for somebody past the distribution: one agent alone, or a service centre.

use serde_json::json;
use stage::{Clerk, Outcome, Stage, journeys, until};

async fn connected(stage: &Stage, asked: &stage::Asked) -> Outcome<serde_json::Value> {
    until("two people to talk", async || {
        stage.stack.reached(asked, "connected")
    })
    .await
}

journeys! {
    /// A service centre is called although no agent is there; its number is nowhere in what the page is told.
    async fn a_service_centre(stage) {
        stage.stack.set_up(|document| {
            document["centres"] = json!([{"id": "harbour", "name": "Harbour office", "phone": "+442079460002"}]);
        })?;
        let asked = stage.stack.ask("+442079460001", &json!({"to": {"centre": "harbour"}}))?;
        connected(stage, &asked).await?;
        assert!(!stage.stack.site()?.to_string().contains("79460002"));
        let unknown = stage.stack.ask("+442079460003", &json!({"to": {"centre": "moon"}}));
        assert_eq!(unknown.err().map(|error| error.to_string()).as_deref(), Some("422 to.centre not_offered"));
        // A number of the page's own choice is no centre.
        let number = stage.stack.ask("+442079460003", &json!({"to": {"number": "+442079460009"}}));
        assert!(number.is_err_and(|error| error.to_string().starts_with("422 to")));
    }

    /// One agent and nobody else, although a colleague with the skill is free.
    async fn one_agent_alone(stage) {
        stage.stack.set_up(|document| {
            document["agents"][0]["phone"] = json!("+442079460002");
            document["agents"][2]["phone"] = json!("+442079460003");
        })?;
        let _cleo = Clerk::at(&stage.stack, "cleo")?;
        let asked = stage.stack.ask("+442079460001", &json!({"to": {"agent": "ana"}}))?;
        assert_eq!(stage.stack.state_of(&asked)?, "queued");
        let _ana = Clerk::at(&stage.stack, "ana")?;
        assert_eq!(connected(stage, &asked).await?["agent_name"], "Ana Ferreira");
    }

    /// A page names a service centre: the button and the panel say so, there is nothing else to choose, and it is connected
    /// although nobody is at a desk.
    async fn a_page_asks_for_a_service_centre(stage) {
        stage.stack.set_up(|document| {
            document["centres"] = json!([{"id": "harbour", "name": "Harbour office", "phone": "+442079460002"}]);
        })?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        let names = "document.querySelector('talk-to-rep[floating]').setAttribute('to', 'centre:harbour'); return true";
        let _: bool = shopper.script(names).await?;
        shopper.button_says("Talk to Harbour office").await?;
        shopper.open_panel().await?;
        shopper.read("#heading", "Talk to Harbour office").await?;
        shopper.see_no("#who:not([hidden]), #when:not([hidden])").await?;
        shopper.read(".foot", "then Harbour office joins").await?;
        shopper.ask("+442079460001").await?;
        shopper.is("connected").await?;
    }
}
