//! People at SIP addresses, where Voice over IP takes the place of the telephone.

use serde_json::json;
use stage::journeys;

const ANA: &str = "sip:ana@pbx.example";
const MIA: &str = "sip:mia@shop.example";

journeys! {
    /// The merchant writes Ana's SIP address in place of her number, wrongly at first, and a domain whose customers are called. A program
    /// of the merchant's asks for one of them: both phones ring at their addresses, and the desk shows as much of the customer's as of a number.
    async fn an_agent_and_a_customer_at_sip_addresses(stage) {
        let merchant = stage.browser("merchant").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=people", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.code()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.fill("#f-agents-0--phone", "sip:ana@pbx.example;transport=tcp").await?;
        merchant.click("#save").await?;
        merchant.see("#f-agents-0--phone[aria-invalid]").await?;
        merchant.fill("#f-agents-0--phone", ANA).await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=policy", stage.stack.origin())).await?;
        merchant.fill("#f-policy-sip-domains", "*.shop.example\nshop.example").await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;

        let ana = stage.agent("ana").await?;
        let phones = stage.phones();
        let refused = stage.stack.ask("sip:mia@elsewhere.example", &json!({"skill": "cruises"}));
        assert_eq!(refused.err().map(|why| why.to_string()).as_deref(), Some("422 phone not_allowed"));
        let asked = stage.stack.ask(MIA, &json!({"skill": "cruises"}))?;
        phones.answer(MIA).await?;
        phones.answer(ANA).await?;
        ana.is("talking").await?;
        ana.read("#customer-number", "sip:m•••@shop.example").await?;
        ana.click("#reveal").await?;
        ana.read("#customer-number", MIA).await?;
        phones.hang_up(MIA).await?;
        ana.is("wrap_up").await?;
        assert_eq!(stage.stack.reached(&asked, "ended")?.as_ref().map(|view| &view["reason"]), Some(&json!("talked")));

        // The same phone at another port is the same customer, whatever is asked about her.
        let again = stage.stack.ask("sip:Mia@shop.example:5080", &json!({"skill": "cruises"}))?;
        stage.stack.cancel(&again)?;
        let (_, kept) = stage.stack.operate_with("POST", "customers/export", &json!({"phone": MIA}).to_string())?;
        assert_eq!(kept["requests"].as_array().map(Vec::len), Some(2), "{kept}");
        let long = "sip:550e8400-e29b-41d4-a716-446655440000_at_the_desk@shop.example";
        stage.stack.cancel(&stage.stack.ask(long, &json!({"skill": "cruises"}))?)?;
        let (_, kept) = stage.stack.operate_with("POST", "customers/export", &json!({"phone": long}).to_string())?;
        assert_eq!(kept["requests"].as_array().map(Vec::len), Some(1), "{kept}");
    }
}
