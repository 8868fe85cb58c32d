//! The virtual phones, in the hands of whoever they belong to.

use crate::{Browser, Outcome, Stack};
use std::ops::Deref;

/// The virtual phones' page.
pub struct Phones(Browser);

impl Deref for Phones {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.0
    }
}

fn handset(number: &str, state: &str) -> String {
    format!(".handset[data-number='{number}'][data-state='{state}']")
}

impl Phones {
    /// Ana's.
    pub const ANA: &str = "+447700900101";
    /// Ben's.
    pub const BEN: &str = "+447700900102";
    /// Cleo's.
    pub const CLEO: &str = "+447700900103";

    pub(crate) async fn open(browser: Browser, stack: &Stack) -> Outcome<Self> {
        browser
            .go(&format!("{}/phones/?site=meridian", stack.origin()))
            .await?;
        browser.see("#phones-app[data-link='live']").await?;
        Ok(Self(browser))
    }

    /// Waits until a phone is in a state.
    ///
    /// # Errors
    /// When it never is.
    pub async fn is(&self, number: &str, state: &str) -> Outcome {
        self.see(&handset(number, state)).await.map(drop)
    }

    /// True when this phone rings now.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn rings(&self, number: &str) -> Outcome<bool> {
        Ok(self.count(&handset(number, "ringing")).await? > 0)
    }

    /// Waits for a ring and answers.
    ///
    /// # Errors
    /// When it never rings.
    pub async fn answer(&self, number: &str) -> Outcome {
        self.press(number, "ringing", "answer").await?;
        self.is(number, "in_call").await
    }

    /// Waits for a ring and declines.
    ///
    /// # Errors
    /// When it never rings.
    pub async fn decline(&self, number: &str) -> Outcome {
        self.press(number, "ringing", "decline").await?;
        self.is(number, "ended").await
    }

    /// Hangs up.
    ///
    /// # Errors
    /// When there is no call.
    pub async fn hang_up(&self, number: &str) -> Outcome {
        self.press(number, "in_call", "hangup").await?;
        self.is(number, "ended").await
    }

    /// Presses 9, which ends the call.
    ///
    /// # Errors
    /// When there is no call, or it goes on.
    pub async fn press_nine(&self, number: &str) -> Outcome {
        self.press(number, "in_call", "press/9").await?;
        self.is(number, "ended").await
    }

    async fn press(&self, number: &str, state: &str, button: &str) -> Outcome {
        self.click(&format!("{} [data-press='{button}']", handset(number, state)))
            .await
    }

    /// Waits until some words have been said into a phone.
    ///
    /// # Errors
    /// When they never are.
    pub async fn hears(&self, number: &str, words: &str) -> Outcome {
        self.read(
            &format!(".handset[data-number='{number}'] .bubble:last-of-type"),
            words,
        )
        .await
        .map(drop)
    }
}
