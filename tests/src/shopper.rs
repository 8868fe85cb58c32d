//! A shopper at the demo shop.

use crate::browser::press;
use crate::{Browser, Outcome, Stack, until};
use std::ops::Deref;
use thirtyfour::By;

/// A shopper with a browser. What is read and clicked is in the panel once that is open, else on the shop's page.
pub struct Shopper {
    browser: Browser,
    shop: String,
}

impl Deref for Shopper {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Shopper {
    pub(crate) fn new(browser: Browser, shop: String) -> Self {
        Self { browser, shop }
    }

    /// Another shopper, with a browser of their own.
    pub fn at(browser: Browser, stack: &Stack) -> Self {
        Self::new(browser, stack.shop())
    }

    /// Presses the button with these words.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press(&self, words: &str) -> Outcome {
        until(format!("the button “{words}”"), || async {
            for button in self.driver().find_all(By::Css("button")).await? {
                if button.is_displayed().await? && button.text().await?.trim() == words {
                    return Ok(Some(press(&button).await?));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Goes to a page of the shop, as one who follows a link.
    ///
    /// # Errors
    /// When the page does not load.
    pub async fn visit(&self, page: &str) -> Outcome {
        self.driver().enter_default_frame().await?;
        self.go(&format!("{}{page}", self.shop)).await
    }

    /// The words on the floating button.
    ///
    /// # Errors
    /// When it never says them.
    pub async fn button_says(&self, words: &str) -> Outcome {
        self.driver().enter_default_frame().await?;
        until(format!("“{words}” on the button"), || async {
            Ok(self.button_text().await?.contains(words).then_some(()))
        })
        .await
    }

    /// Waits until the floating button says these words no more.
    ///
    /// # Errors
    /// When it goes on saying them.
    pub async fn button_says_no(&self, words: &str) -> Outcome {
        self.driver().enter_default_frame().await?;
        until(format!("no “{words}” on the button"), || async {
            Ok((!self.button_text().await?.contains(words)).then_some(()))
        })
        .await
    }

    async fn button_text(&self) -> Outcome<String> {
        let host = self.driver().find(By::Css("talk-to-rep[floating]")).await?;
        let root = host.get_shadow_root().await?;
        let button = root.find(By::Css("[part=button]:not([hidden])")).await?;
        Ok(button.text().await?)
    }

    /// Taps the floating button and is in the panel then.
    ///
    /// # Errors
    /// When there is no button or no panel.
    pub async fn open_panel(&self) -> Outcome {
        self.tap_button().await?;
        self.enter_panel().await
    }

    /// Taps the floating button.
    ///
    /// # Errors
    /// When there is none.
    pub async fn tap_button(&self) -> Outcome {
        self.driver().enter_default_frame().await?;
        until("the button", || async {
            let host = self.driver().find(By::Css("talk-to-rep[floating]")).await?;
            let button = host
                .get_shadow_root()
                .await?
                .find(By::Css("button[part=button]"))
                .await?;
            Ok(Some(button.click().await?))
        })
        .await
    }

    /// Looks into the panel that is open already, whose program runs.
    ///
    /// # Errors
    /// When none is.
    pub async fn enter_panel(&self) -> Outcome {
        self.enter_frame().await?;
        self.see("main.panel[data-shown]:not([data-state='loading'])")
            .await
            .map(drop)
    }

    /// Looks into the frame that is open already, whatever is in it.
    ///
    /// # Errors
    /// When none is.
    pub async fn enter_frame(&self) -> Outcome {
        until("the panel", || async {
            self.driver().enter_default_frame().await?;
            for host in self.driver().find_all(By::Css("talk-to-rep")).await? {
                for frame in host.get_shadow_root().await?.find_all(By::Css("iframe")).await? {
                    if frame.is_displayed().await? {
                        frame.enter_frame().await?;
                        return Ok(Some(()));
                    }
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the panel shows the request in a state (or `form`).
    ///
    /// # Errors
    /// When it never does.
    pub async fn is(&self, state: &str) -> Outcome {
        self.see(&format!("main.panel[data-state='{state}']"))
            .await
            .map(drop)
    }

    /// Waits until the request has ended for a reason.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ended(&self, reason: &str) -> Outcome {
        self.see(&format!("main.panel[data-state='ended'][data-reason='{reason}']"))
            .await
            .map(drop)
    }

    /// Waits until the panel says that a call did not reach the customer, who is called again.
    ///
    /// # Errors
    /// When it does not.
    pub async fn missed(&self, why: &str, attempt: u32) -> Outcome {
        self.see(&format!(
            "main.panel[data-state='scheduled'][data-missed='{why}'][data-attempt='{attempt}'] #next-attempt"
        ))
        .await
        .map(drop)
    }

    /// Waits until the panel offers a choice something: `now`, `wait`, `slot` or `closed`.
    ///
    /// # Errors
    /// When it never does.
    pub async fn offered(&self, who: &str, offer: &str) -> Outcome {
        self.see(&format!(
            ".list-row[data-offer='{offer}']:has(input[name='who'][value='{who}'])"
        ))
        .await
        .map(drop)
    }

    /// Chooses a skill (`skill:flights`), an expert (`expert:ana`) or `anyone`.
    ///
    /// # Errors
    /// When it is not offered.
    pub async fn choose(&self, who: &str) -> Outcome {
        self.click_label(&format!("input[name='who'][value='{who}']"))
            .await
    }

    /// Clicks a choice; the round itself is hidden behind its label.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn click_label(&self, input: &str) -> Outcome {
        self.click(&format!("label:has({input})")).await
    }

    /// Gives a number, agrees and sends.
    ///
    /// # Errors
    /// When the form does not let them.
    pub async fn ask(&self, phone: &str) -> Outcome {
        self.fill("#phone", phone).await?;
        self.send().await
    }

    /// Runs a script in the page, outside of the panel.
    ///
    /// # Errors
    /// When it fails.
    pub async fn on_page<T: serde::de::DeserializeOwned>(&self, script: &str) -> Outcome<T> {
        self.driver().enter_default_frame().await?;
        self.script(script).await
    }

    /// Agrees and sends.
    ///
    /// # Errors
    /// When the form does not let them.
    pub async fn send(&self) -> Outcome {
        until("the consent to be given", || async {
            let given = self.driver().find(By::Css("#consent")).await?;
            if !given.is_selected().await? {
                press(&self.driver().find(By::Css("label:has(#consent)")).await?).await?;
            }
            Ok(given.is_selected().await?.then_some(()))
        })
        .await?;
        self.click("#send").await
    }
}
