//! The stage on which journeys are played: the real local stack, real browsers, a clock that can be moved, and the people.
//! Nothing here reaches inside the product.

mod api;
mod bare;
mod bare_edge;
mod browser;
mod cable;
mod challenge;
mod clerk;
mod contract;
mod desk;
mod door;
mod driver;
mod endpoint;
mod exchange;
mod hosted;
mod kills;
pub mod load;
mod mail;
mod pages;
mod phones;
mod provider;
mod shopper;
mod sound;
mod stack;
mod talk;
mod told;
mod turn;
mod uas;
mod voice;
mod watch;

pub use api::{Asked, minute_of_week, now_ms, post_json, post_json_from, post_text};
pub use bare::Bare;
pub use bare_edge::BareEdge;
pub use browser::{Browser, Scheme};
pub use cable::Cable;
pub use challenge::worked;
pub use clerk::Clerk;
pub use contract::{Kept, keep_the_contract};
pub use desk::Desk;
pub use door::{Caller, signed_token};
pub use driver::Driver;
pub use endpoint::{Endpoint, Manners, Received};
pub use exchange::{Exchange, as_sip_server, kamailio, parts, pbx, pbx_and_sip, wait_for};
pub use hosted::{ACCOUNT, Hosted, Mood, TOKEN, post_form};
pub use kills::{Found, kill_again_and_again};
pub use load::Run as Load;
pub use mail::{Mailbox, Visitor, cookie_of};
pub use pages::{Page, Pages};
pub use phones::Phones;
pub use provider::Provider;
pub use shopper::Shopper;
pub use sound::{MICROPHONE, Sound, TO_TALK, TO_TALK_IN_MANY};
pub use stack::Stack;
pub use talk::Talk;
pub use told::{Findings, as_json, figure, median, number, tell, tell_findings};
pub use turn::Turn;
pub use uas::{Reached, Uas};
pub use voice::Voice;
pub use watch::Watch;

use std::error::Error;
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// What a journey gives: nothing, or what went wrong.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// How long a person waits for something before the journey is called broken. The machines are shared and slow at times.
pub const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(40);

/// For a browser whose frames share the page's process, as on most phones: what slows the page down, or is run before it, does so in
/// its frames, too.
pub const ONE_PROCESS: [&str; 2] = [
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process",
];

/// Something went wrong, in words.
pub fn broken<T>(what: impl Display) -> Outcome<T> {
    Err(what.to_string().into())
}

/// Looks again and again until `look` finds something. An error while looking counts as not found yet: the page may be
/// in the middle of a change.
///
/// # Errors
/// When patience runs out; says what was waited for, and the last error.
pub async fn until<T, F>(what: impl Display, look: impl FnMut() -> F) -> Outcome<T>
where
    F: Future<Output = Outcome<Option<T>>>,
{
    within(PATIENCE, what, look).await
}

/// As [`until`], with a patience of its own.
///
/// # Errors
/// As [`until`].
pub async fn within<T, F>(patience: Duration, what: impl Display, mut look: impl FnMut() -> F) -> Outcome<T>
where
    F: Future<Output = Outcome<Option<T>>>,
{
    let began = Instant::now();
    let mut last = String::new();
    while began.elapsed() < patience {
        match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => last.clear(),
            Err(error) => last = first_line(&*error),
        }
        tokio::time::sleep(POLL).await;
    }
    broken(format!("waited in vain for {what}{last}"))
}

fn first_line(error: &dyn Error) -> String {
    format!(
        " (last: {})",
        error.to_string().lines().next().unwrap_or_default()
    )
}

/// A stack and its browsers.
pub struct Stage {
    /// The server.
    pub stack: Stack,
    driver: Driver,
    browsers: Vec<Browser>,
}

impl Stage {
    /// One with a stack of its own, for what is no test.
    ///
    /// # Errors
    /// When something does not come up.
    pub fn open(name: &str) -> Outcome<Self> {
        let stack = Stack::start(name)?;
        let driver = Driver::start(stack.folder())?;
        Ok(Self {
            stack,
            driver,
            browsers: Vec::new(),
        })
    }

    /// Everybody goes.
    pub async fn close(mut self) {
        for browser in self.browsers.drain(..) {
            browser.close().await;
        }
    }

    /// A new browser with nothing in it, as somebody's own.
    ///
    /// # Errors
    /// When it can't be started.
    pub async fn browser(&mut self, owner: &str) -> Outcome<Browser> {
        self.browser_with(owner, &[]).await
    }

    /// The same with these flags more.
    ///
    /// # Errors
    /// As there.
    pub async fn browser_with(&mut self, owner: &str, flags: &[&str]) -> Outcome<Browser> {
        let browser = self.driver.open(owner, flags).await?;
        self.browsers.push(browser.clone());
        Ok(browser)
    }

    /// A shopper at the demo shop.
    ///
    /// # Errors
    /// When the browser can't be started.
    pub async fn shopper(&mut self) -> Outcome<Shopper> {
        Ok(Shopper::at(self.browser("shopper").await?, &self.stack))
    }

    /// An agent, signed in and available.
    ///
    /// # Errors
    /// When the desk does not let them in.
    pub async fn agent(&mut self, id: &str) -> Outcome<Desk> {
        let browser = self.browser(id).await?;
        Desk::sign_in(browser, &self.stack, id).await
    }

    /// Ana at her desk and available, the phones, and a shopper on the cruises' page with the panel open.
    ///
    /// # Errors
    /// When one of them does not come up.
    pub async fn at_the_cruises(&mut self) -> Outcome<(Desk, Phones, Shopper)> {
        let (ana, phones, shopper) = (self.agent("ana").await?, self.phones(), self.shopper().await?);
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        Ok((ana, phones, shopper))
    }

    /// Somebody's browser is gone from one moment to the next, as when a computer loses its power.
    pub fn kill_browser(&self, owner: &str) {
        stack::end_processes_of(&self.stack.folder().join(format!("profile-{owner}")));
    }

    /// The virtual phones, for who needs no page to look at: a browser is most of what a journey costs.
    pub fn phones(&self) -> Phones {
        Phones::of(&self.stack)
    }

    /// The virtual phones' page.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn phones_page(&mut self) -> Outcome<Phones> {
        let browser = self.browser("phones").await?;
        Phones::open(browser, &self.stack).await
    }
}

type Play<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// Plays a journey on a stage of its own. When it breaks, every browser's picture and the server's last words are kept.
///
/// # Panics
/// When the journey breaks: that is how a test fails.
#[expect(clippy::panic, reason = "a broken journey is a failed test")]
pub fn journey(name: &str, play: impl for<'a> FnOnce(&'a mut Stage) -> Play<'a>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let told: Outcome = runtime.map_err(Into::into).and_then(|runtime| {
        runtime.block_on(async {
            let mut stage = Stage::open(name)?;
            let outcome = play(&mut stage).await;
            if outcome.is_err() {
                for browser in &stage.browsers {
                    browser.keep_picture(name).await;
                }
                eprintln!("the server's log ends with:\n{}", stage.stack.log_tail());
            }
            stage.close().await;
            outcome
        })
    });
    if let Err(error) = told {
        panic!("{name}: {error}");
    }
}

/// Declares journeys: each is a test.
#[macro_export]
macro_rules! journeys {
    ($($(#[$doc:meta])* async fn $name:ident($stage:ident) $body:block)+) => {
        $($(#[$doc])* #[test] fn $name() {
            $crate::journey(stringify!($name), |$stage: &mut $crate::Stage| Box::pin(async move { $body; Ok(()) }));
        })+
    };
}
