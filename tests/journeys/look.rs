//! A business's own look: set in the console with a preview, seen by shoppers on button and panel.

use serde_json::json;
use stage::journeys;

const BUTTON: &str = "const at = document.querySelector('talk-to-rep[floating]');\
     const button = at.shadowRoot.querySelector('button');";

journeys! {
    /// A merchant tries a colour that is too faint, takes the one proposed, sees it, saves it; shoppers see it, too.
    async fn a_merchants_colour_corner_and_words_reach_button_and_panel(stage) {
        let merchant = stage.browser("merchant").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=look", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.code()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.fill("#f-look-accent", "#ff8800").await?;
        merchant.read("#contrast", "white text 2.4 to 1").await?;
        merchant.click("#save").await?;
        merchant.read("#f-look-accent-error", "white text on it would be too faint").await?;
        merchant.click("#take-colour").await?;
        let taken: String = merchant.script("return document.querySelector('#f-look-accent').value").await?;
        merchant.fill("#f-look-label", "Ask the crew").await?;
        merchant.fill("#f-look-name", "Meridian Crew").await?;
        merchant.fill("#f-look-inset-inline", "48").await?;
        merchant.fill("#f-look-inset-block", "900").await?;
        merchant.click("#f-look-corner option[value='start']").await?;
        let shown = "const scene = document.querySelector('.scene');\
             return [scene.dataset.corner, getComputedStyle(scene).getPropertyValue('--p-button'), scene.innerText.includes('Ask the crew')]";
        let preview: (String, String, bool) = merchant.script(shown).await?;
        assert_eq!(preview, ("start".into(), taken.clone(), true), "as it is edited");
        merchant.click("#save").await?;
        merchant.read("#f-look-inset-block-error", "0 to 200 pixels").await?;
        merchant.fill("#f-look-inset-block", "24").await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;
        assert_eq!(stage.stack.document()?["look"]["accent"], json!(taken));

        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        let there = format!(
            "{BUTTON} const box = button.getBoundingClientRect();\
             return [Math.round(box.left), getComputedStyle(button).backgroundColor, button.innerText.includes('Ask the crew')]"
        );
        let wanted = format!("rgb({})", rgb(&taken));
        stage::until("the button in its colour", async || {
            let (left, colour, words): (i64, String, bool) = shopper.script(&there).await?;
            Ok((left == 48 && colour == wanted && words).then_some(()))
        }).await?;
        shopper.open_panel().await?;
        let accent: String = shopper.script("return getComputedStyle(document.documentElement).getPropertyValue('--accent')").await?;
        assert_eq!(accent.trim(), taken);
        shopper.read("body", "Meridian Crew").await?;
    }
}

/// `#0a5c55` as browsers compute it.
fn rgb(text: &str) -> String {
    let byte = |at: usize| {
        text.get(at..at + 2)
            .and_then(|it| u8::from_str_radix(it, 16).ok())
            .unwrap_or_default()
    };
    format!("{}, {}, {}", byte(1), byte(3), byte(5))
}
