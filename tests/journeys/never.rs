//! Customers who want no calls any more.

use crate::MINE;
use serde_json::json;
use stage::{Phones, journeys};

journeys! {
    /// Whoever presses 9 hears that it is done, and no agent's phone rings for it. Nobody can ask for a call to this number again, until
    /// the business takes it off its list.
    async fn pressed_9_and_not_called_again(stage) {
        stage.stack.set_up(|document| document["press_one"] = json!(true))?;
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.hears(MINE, "or 9 never to be called again").await?;
        phones.press_nine(MINE).await?;
        phones.hears(MINE, "will not call this number again").await?;
        shopper.ended("customer_declined").await?;
        ana.is("available").await?;
        assert!(!phones.rings(Phones::ANA).await?);

        shopper.press("Ask for another call").await?;
        shopper.send().await?;
        shopper.read("#phone-error", "can't call this number").await?;
        let (_, refused) = stage.stack.operate("GET", "refusals")?;
        assert!(refused.to_string().contains("number_suppressed"), "{refused}");
        let (_, never) = stage.stack.operate("GET", "suppressions")?;
        assert_eq!((&never[0]["reason"], &never[0]["number"]), (&json!("pressed_9"), &json!("+44 •••••••• 01")), "{never}");

        let id = never[0]["id"].as_str().unwrap_or_default();
        assert_eq!(stage.stack.operate("DELETE", &format!("suppressions/{id}"))?.0, 204);
        shopper.send().await?;
        phones.is(MINE, "ringing").await?;
    }
}
