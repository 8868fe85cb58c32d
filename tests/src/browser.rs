//! What a person does with a browser: looks, clicks, types. Everything waits for the thing to be there.

use crate::{Outcome, PATIENCE, broken, until};
use serde_json::{Value, json};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use thirtyfour::{By, WebDriver, WebElement, WindowHandle};
use tungstenite::{Message, WebSocket};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// As style sheets say it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    driver: WebDriver,
    owner: String,
    profile: PathBuf,
}

/// Has the browser as a whole do something: what came of it.
fn order(tools: &mut WebSocket<TcpStream>, command: &str, what: Value) -> Outcome<Value> {
    let order = json!({"id": 1, "method": command, "params": what});
    tools.send(Message::text(order.to_string()))?;
    loop {
        let Message::Text(text) = tools.read()? else {
            continue;
        };
        let mut told: Value = serde_json::from_str(&text)?;
        if told.get("id") == Some(&json!(1)) {
            return match told.get_mut("result") {
                Some(result) => Ok(result.take()),
                None => broken(text),
            };
        }
    }
}

impl Browser {
    pub(crate) fn new(driver: WebDriver, owner: &str, profile: PathBuf) -> Self {
        Self {
            driver,
            owner: owner.into(),
            profile,
        }
    }

    /// The driver underneath, for what has no word here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// When the page does not load.
    pub async fn go(&self, address: &str) -> Outcome {
        Ok(self.driver.goto(address).await?)
    }

    async fn shown(&self, css: &str) -> Outcome<Option<WebElement>> {
        for element in self.driver.find_all(By::Css(css)).await? {
            if element.is_displayed().await? {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// Waits until something is to be seen.
    ///
    /// # Errors
    /// When it never is.
    pub async fn see(&self, css: &str) -> Outcome<WebElement> {
        until(format!("{css} at the {}'s", self.owner), || self.shown(css)).await
    }

    /// Waits until something is gone.
    ///
    /// # Errors
    /// When it never is.
    pub async fn see_no(&self, css: &str) -> Outcome {
        until(format!("{css} to go at the {}'s", self.owner), || async {
            Ok(self.shown(css).await?.is_none().then_some(()))
        })
        .await
    }

    /// Clicks something once it can be clicked.
    ///
    /// # Errors
    /// When it never can.
    pub async fn click(&self, css: &str) -> Outcome {
        until(format!("{css} to click at the {}'s", self.owner), || async {
            match self.shown(css).await? {
                Some(element) if element.is_enabled().await? => Ok(Some(press(&element).await?)),
                _ => Ok(None),
            }
        })
        .await
    }

    /// Types into a field, in place of what it held.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn fill(&self, css: &str, text: &str) -> Outcome {
        // Keys get lost when the page takes the focus back from its frame, which goes on showing the field as focused. A person
        // sees that, leaves the field, comes back and types again.
        until(format!("“{text}” in {css} at the {}'s", self.owner), || async {
            let field = self.see(css).await?;
            field.clear().await?;
            field.send_keys(text).await?;
            if field.value().await?.as_deref() == Some(text) {
                return Ok(Some(()));
            }
            let _: () = self
                .script("document.activeElement.blur(); window.focus(); return null")
                .await?;
            Ok(None)
        })
        .await
    }

    /// Waits until an element's text holds some words.
    ///
    /// # Errors
    /// When it never does; says what it reads instead.
    pub async fn read(&self, css: &str, words: &str) -> Outcome<String> {
        let seen = std::cell::RefCell::new(String::new());
        let found = until(format!("“{words}” in {css} at the {}'s", self.owner), || async {
            let text = match self.shown(css).await? {
                Some(element) => element.text().await?,
                None => String::new(),
            };
            *seen.borrow_mut() = text.clone();
            Ok(text.contains(words).then_some(text))
        })
        .await;
        found.map_err(|error| format!("{error}; it reads “{}”", seen.borrow()).into())
    }

    /// An element's text now.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn text(&self, css: &str) -> Outcome<String> {
        Ok(self.see(css).await?.text().await?)
    }

    /// What a script answers.
    ///
    /// # Errors
    /// When it fails.
    pub async fn script<T: serde::de::DeserializeOwned>(&self, script: &str) -> Outcome<T> {
        let answer = self.driver.execute(script, vec![]).await?;
        Ok(serde_json::from_value(answer.json().clone())?)
    }

    /// Has every page run this before its own scripts, whatever the page's policy.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn first_run(&self, script: &str) -> Outcome {
        let what = serde_json::json!({"source": script});
        self.tell("Page.addScriptToEvaluateOnNewDocument", what).await
    }

    /// Gives the browser's developer tools a command.
    ///
    /// # Errors
    /// When they do not take it.
    pub async fn tell(&self, command: &str, what: serde_json::Value) -> Outcome {
        self.driver.cdp().send_raw(command, what).await?;
        Ok(())
    }

    /// Opens a window with cookies and storage of its own, as another person's, and turns to it.
    ///
    /// # Errors
    /// When the browser opens none.
    pub async fn open_apart(&self) -> Outcome<WindowHandle> {
        // Only the browser as a whole has jars to give, and ChromeDriver speaks to its pages.
        let told = std::fs::read_to_string(self.profile.join("DevToolsActivePort"))?;
        let (port, path) = told.trim().split_once('\n').ok_or("the browser has no tools")?;
        let stream = TcpStream::connect(("127.0.0.1", port.parse()?))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (mut tools, _) = tungstenite::client(format!("ws://127.0.0.1:{port}{path}"), stream)?;
        let jar = order(&mut tools, "Target.createBrowserContext", json!({}))?;
        let what = json!({"url": "about:blank", "browserContextId": jar.get("browserContextId"), "newWindow": true, "width": 500, "height": 400});
        let target = order(&mut tools, "Target.createTarget", what)?;
        let id = target
            .get("targetId")
            .and_then(Value::as_str)
            .ok_or("no target")?;
        let window = until("a window apart", || async {
            let windows = self.driver.windows().await?;
            Ok(windows
                .into_iter()
                .find(|window| window.to_string().ends_with(id)))
        })
        .await?;
        self.driver.switch_to_window(window.clone()).await?;
        Ok(window)
    }

    /// Gives the browser an authenticator that knows its owner: passkeys are made and used without a question.
    ///
    /// # Errors
    /// When the browser has none to give.
    pub async fn plug_in_authenticator(&self) -> Outcome {
        self.tell("WebAuthn.enable", json!({})).await?;
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true
        });
        self.tell("WebAuthn.addVirtualAuthenticator", json!({ "options": options }))
            .await
    }

    /// Rests the pointer on an element in the shadow of another, without a click.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn hover(&self, host: &str, css: &str) -> Outcome {
        let host = self.driver.find(By::Css(host)).await?;
        let element = host.get_shadow_root().await?.find(By::Css(css)).await?;
        Ok(self
            .driver
            .action_chain()
            .move_to_element_center(&element)
            .perform()
            .await?)
    }

    /// An attribute of an element now.
    ///
    /// # Errors
    /// When the element is not there, or has none of that name.
    pub async fn attribute(&self, css: &str, name: &str) -> Outcome<String> {
        let value = self.see(css).await?.attr(name).await?;
        Ok(value.ok_or_else(|| format!("{css} has no {name}"))?)
    }

    /// How many elements there are now.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn count(&self, css: &str) -> Outcome<usize> {
        Ok(self.driver.find_all(By::Css(css)).await?.len())
    }

    /// Makes the page as wide and high as a screen of that size shows it, in its light or dark form.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn look_like(&self, width: u32, height: u32, scheme: Scheme) -> Outcome {
        let tools = self.driver.cdp();
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        tools.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme.word()}]});
        tools.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// What axe finds against WCAG 2.2 AA on the page, or in the frame that is looked into: rule and element, each.
    ///
    /// # Errors
    /// When it can't be run.
    pub async fn barriers(&self) -> Outcome<Vec<String>> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../node_modules/axe-core/axe.min.js");
        let program = std::fs::read_to_string(program)?;
        let run = "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false})
            .then((found) => found.violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target} ${node.failureSummary}`)))";
        self.script(&format!("{program};{run}")).await
    }

    /// Takes a picture of what is to be seen.
    ///
    /// # Errors
    /// When it can't be kept.
    pub async fn picture(&self, path: &Path) -> Outcome {
        Ok(self.driver.screenshot(path).await?)
    }

    /// Keeps a picture of the screen in `target/journeys`, for people to look at.
    pub async fn keep_picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/journeys");
        let path = folder.join(format!("{name}-{}.png", self.owner));
        let kept = std::fs::create_dir_all(&folder).is_ok() && self.driver.screenshot(&path).await.is_ok();
        if kept {
            eprintln!("{}'s screen: {}", self.owner, path.display());
        }
    }

    /// Closes it.
    pub async fn close(self) {
        drop(self.driver.quit().await);
    }
}

/// Scrolls to it, as a person would before clicking, and clicks.
pub(crate) async fn press(element: &WebElement) -> Outcome {
    let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
    element.handle().execute(script, vec![element.to_json()?]).await?;
    Ok(element.click().await?)
}
