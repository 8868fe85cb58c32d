//! The virtual phones, in the hands of whoever they belong to: by the interface that their page uses, or by the page itself.

use crate::api::{client, get, word};
use crate::{Browser, Outcome, Stack, broken, until};
use serde_json::Value;

/// The virtual phones.
pub struct Phones {
    /// Where the server lets them be used.
    address: String,
    origin: String,
    page: Option<Browser>,
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

    pub(crate) fn of(stack: &Stack) -> Self {
        let origin = stack.origin();
        Self {
            address: format!("{origin}/sandbox/v1/meridian/phones"),
            origin,
            page: None,
        }
    }

    pub(crate) async fn open(browser: Browser, stack: &Stack) -> Outcome<Self> {
        let phones = Self::of(stack);
        browser
            .go(&format!("{}/phones/?site=meridian", phones.origin))
            .await?;
        browser.see("#phones-app[data-link='live']").await?;
        Ok(Self {
            page: Some(browser),
            ..phones
        })
    }

    /// Their page.
    ///
    /// # Errors
    /// When they are not used by it.
    pub fn page(&self) -> Outcome<&Browser> {
        Ok(self
            .page
            .as_ref()
            .ok_or("these phones are used without their page")?)
    }

    /// All that this number has rung for in the last minute, the newest first.
    fn all(&self, number: &str) -> Outcome<Vec<Value>> {
        let view = get(&self.address, None)?;
        let Some(phones) = view.get("phones").and_then(Value::as_array) else {
            return broken(view);
        };
        Ok(phones
            .iter()
            .filter(|phone| word(phone, "/number") == Some(number))
            .cloned()
            .collect())
    }

    fn in_state(&self, number: &str, state: &str) -> Outcome<Option<Value>> {
        let all = self.all(number)?;
        Ok(all.into_iter().find(|phone| word(phone, "/state") == Some(state)))
    }

    /// How many times it rang in the last minute.
    ///
    /// # Errors
    /// When it is not told.
    pub async fn times(&self, number: &str) -> Outcome<usize> {
        match &self.page {
            Some(page) => page.count(&format!(".handset[data-number='{number}']")).await,
            None => Ok(self.all(number)?.len()),
        }
    }

    /// Waits until a phone is in a state.
    ///
    /// # Errors
    /// When it never is.
    pub async fn is(&self, number: &str, state: &str) -> Outcome {
        if let Some(page) = &self.page {
            return page.see(&handset(number, state)).await.map(drop);
        }
        let seen = || async { Ok(self.in_state(number, state)?.map(drop)) };
        until(format!("the phone {number} to be {state}"), seen).await
    }

    /// True when this phone rings now.
    ///
    /// # Errors
    /// When it is not told.
    pub async fn rings(&self, number: &str) -> Outcome<bool> {
        match &self.page {
            Some(page) => Ok(page.count(&handset(number, "ringing")).await? > 0),
            None => Ok(self.in_state(number, "ringing")?.is_some()),
        }
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
        if let Some(page) = &self.page {
            let button = format!("{} [data-press='{button}']", handset(number, state));
            return page.click(&button).await;
        }
        let found = || async { self.in_state(number, state) };
        let phone = until(format!("the phone {number} to be {state}"), found).await?;
        let leg = word(&phone, "/leg").ok_or("a phone without a leg")?;
        let address = format!("{}/{leg}/{button}", self.address);
        let mut answer = client()
            .post(address)
            .header("origin", &self.origin)
            .send_empty()?;
        match answer.status().as_u16() {
            200 => Ok(()),
            _ => broken(answer.body_mut().read_to_string()?),
        }
    }

    /// Waits until some words have been said into a phone, as the last ones.
    ///
    /// # Errors
    /// When they never are.
    pub async fn hears(&self, number: &str, words: &str) -> Outcome {
        if let Some(page) = &self.page {
            let last = format!(".handset[data-number='{number}'] .bubble:last-of-type");
            return page.read(&last, words).await.map(drop);
        }
        let heard = || async {
            let said = |phone: &Value| {
                let last = phone.get("said")?.as_array()?.last()?;
                Some(word(last, "/text")?.contains(words))
            };
            Ok(self
                .all(number)?
                .iter()
                .any(|phone| said(phone) == Some(true))
                .then_some(()))
        };
        until(format!("“{words}” in the phone {number}"), heard).await
    }

    /// Waits until a phone is connected with a number that ends so.
    ///
    /// # Errors
    /// When it never is.
    pub async fn talks_to(&self, number: &str, other: &str) -> Outcome {
        if let Some(page) = &self.page {
            let shown = format!(".handset[data-number='{number}'] .other");
            return page.read(&shown, other).await.map(drop);
        }
        let joined = || async {
            let all = self.all(number)?;
            Ok(all
                .iter()
                .any(|phone| word(phone, "/talking_to").is_some_and(|it| it.ends_with(other)))
                .then_some(()))
        };
        until(format!("the phone {number} to talk to {other}"), joined).await
    }
}
