//! An agent at the desk.

use crate::{Browser, Outcome, Stack};
use std::ops::Deref;

/// An agent's desk in a browser.
pub struct Desk(Browser);

impl Deref for Desk {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Desk {
    /// Signs in and goes available.
    ///
    /// # Errors
    /// When the desk does not let them in.
    pub async fn sign_in(browser: Browser, stack: &Stack, id: &str) -> Outcome<Self> {
        let desk = Self::enter(browser, stack, id).await?;
        desk.go_available().await?;
        Ok(desk)
    }

    /// Signs in, and is away.
    ///
    /// # Errors
    /// When the desk does not let them in.
    pub async fn enter(browser: Browser, stack: &Stack, id: &str) -> Outcome<Self> {
        let desk = Self(browser);
        desk.go(&format!("{}/desk/?site=meridian", stack.origin()))
            .await?;
        desk.click(&format!("label:has(#agent-{id})")).await?;
        desk.fill("#code", &stack.code()).await?;
        desk.click("#sign-in-go").await?;
        desk.see("#desk[data-me='away'][data-link='live']").await?;
        Ok(desk)
    }

    /// Takes calls from now on; where somebody waits, one comes at once.
    ///
    /// # Errors
    /// When the desk does not say so.
    pub async fn go_available(&self) -> Outcome {
        self.click("#go-available").await?;
        self.see("#desk:not([data-me='away'])").await.map(drop)
    }

    /// Takes calls in this browser from now on.
    ///
    /// # Errors
    /// When the desk does not say so.
    pub async fn talk_here(&self) -> Outcome {
        self.click("label:has(#voice-ready)").await?;
        self.see("#voice[data-ready]").await.map(drop)
    }

    /// Answers a call in this browser.
    ///
    /// # Errors
    /// When none comes.
    pub async fn answer(&self) -> Outcome {
        self.click("#answer").await
    }

    /// Waits until the desk shows the agent in a state.
    ///
    /// # Errors
    /// When it never does.
    pub async fn is(&self, state: &str) -> Outcome {
        self.see(&format!("#desk[data-me='{state}']")).await.map(drop)
    }

    /// Waits until the screen pop shows the call in a state.
    ///
    /// # Errors
    /// When it never does.
    pub async fn call_is(&self, state: &str) -> Outcome {
        self.see(&format!("#call[data-state='{state}']")).await.map(drop)
    }

    /// Writes down what came of the call.
    ///
    /// # Errors
    /// When the desk does not take it.
    pub async fn wrap_up(&self, kind: &str, text: &str, order: Option<&str>) -> Outcome {
        self.write_up(kind, text, order).await?;
        self.is("available").await
    }

    /// Writes down what came of the call, and does not look where that leads.
    ///
    /// # Errors
    /// When the desk does not take it.
    pub async fn write_up(&self, kind: &str, text: &str, order: Option<&str>) -> Outcome {
        self.click(&format!("label:has(#disposition-{kind})")).await?;
        self.fill("#disposition-text", text).await?;
        if let Some(order) = order {
            self.fill("#disposition-order", order).await?;
        }
        self.click("#save").await
    }
}
