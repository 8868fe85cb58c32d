//! `cargo xtask bench widget`: what the button and the panel cost a merchant's page on a slow phone, beside the least that paints a
//! button and the smallest app in Leptos. A phone of the middle: slow 4G, a processor four times slower than this one, and one process
//! for the page and its frames.

use bench::Report;
use serde::Deserialize;
use serde_json::{Value, json};
use stage::{Browser, Clerk, Driver, ONE_PROCESS, Outcome, Stack, figure, median, tell, until};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

/// Samples of which the median counts; one before them warms up whatever is kept between them.
const ROUNDS: usize = 5;
/// 1.6 Mbit/s down and 750 kbit/s up, of which a tenth is lost to headers; 150 ms until an answer begins.
const SLOW_4G: (f64, f64, f64) = (180_000.0, 84_375.0, 150.0);
const SLOWER: f64 = 4.0;

/// Milliseconds that a finger rests on what it taps: short ones.
const TOUCH_MS: u32 = 80;

/// In each document before its own scripts: notes when the button and, within the frame, the app are to be seen, and long tasks.
const WATCH: &str = "
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = (find, then) => {
    const look = () => find() ? requestAnimationFrame(() => then(now())) : requestAnimationFrame(look);
    look();
  };
  if (top !== self) {
    seen(() => document.querySelector('main.panel[data-state=form] #send, #count'), (at) => top.postMessage({ usable: at }, '*'));
    return;
  }
  const it = self.weighed = { tasks: [], theirs: [] };
  self.button = () => document.querySelector('talk-to-rep')?.shadowRoot.querySelector('button[part=button]') || document.querySelector('#bare');
  seen(() => self.button()?.offsetHeight, (at) => it.button = at - performance.timeOrigin);
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) (name === 'self' ? it.tasks : it.theirs).push(duration);
  }).observe({ type: 'longtask', buffered: true });
  addEventListener('message', ({ data }) => { if (data.usable) it.usable = data.usable - it.tapped; });
  // A finger lands, and is lifted: then it is a click, and the time begins.
  self.tap = () => {
    for (const it of ['pointerenter', 'pointerdown']) self.button().dispatchEvent(new PointerEvent(it, { pointerType: 'touch' }));
    setTimeout(() => { it.tapped = now(); self.button().click(); }, TOUCH);
  };
})()";

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let told = runtime
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(measure()));
    tell(told)
}

/// The pages' server, and what it says of the files.
struct Server {
    child: Child,
    told: Told,
}

#[derive(Deserialize)]
struct Told {
    port: u16,
    loader: f64,
    bare: f64,
    panel: f64,
    counter: f64,
}

impl Server {
    fn start(stack: &Stack) -> Outcome<Self> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = tests.join("../target");
        let control: PathBuf = target.join("workshop/release/control");
        let mut child = Command::new("node")
            .arg(tests.join("weigh.mjs"))
            .arg(stack.origin())
            .args([target.join("site"), control])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        Ok(Self {
            child,
            told: serde_json::from_str(&line)?,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its standard input closes.
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

/// One visit, in milliseconds.
#[derive(Default)]
struct Samples {
    button: Vec<f64>,
    usable: Vec<f64>,
    task: Vec<f64>,
    framed_task: Vec<f64>,
}

#[derive(Deserialize)]
struct Weighed {
    button: f64,
    usable: f64,
    tasks: Vec<f64>,
    theirs: Vec<f64>,
}

async fn measure() -> Outcome<Report> {
    let stack = Stack::start_on_time("bench-widget")?;
    let server = Server::start(&stack)?;
    let port = server.told.port;
    let (page, edge) = (
        format!("http://localhost:{port}"),
        format!("http://127.0.0.1:{port}"),
    );
    stack.admit(&[&page, &edge])?;
    let _ana = Clerk::at(&stack, "ana")?;
    let driver = Driver::start(stack.folder())?;
    let (mut ours, mut control) = (Samples::default(), Samples::default());
    for round in 0..=ROUNDS {
        for (name, samples) in [("ours", &mut ours), ("control", &mut control)] {
            let visitor = driver.open(&format!("{name}-{round}"), &ONE_PROCESS).await?;
            let visit = visit(&visitor, &format!("{page}/merchant/{name}")).await;
            visitor.close().await;
            let weighed = visit?;
            if round > 0 {
                samples.button.push(weighed.button);
                samples.usable.push(weighed.usable);
                samples.task.push(longest(&weighed.tasks));
                samples.framed_task.push(longest(&weighed.theirs));
            }
        }
    }
    let (bare, counter) = ("bare loader", "smallest Leptos app");
    let told = &server.told;
    Ok(Report {
        bench: "widget",
        figures: vec![
            figure("loader_brotli", "bytes", told.loader, Some((bare, told.bare))),
            figure("panel_brotli", "bytes", told.panel, Some((counter, told.counter))),
            figure(
                "button_ms",
                "ms",
                median(ours.button),
                Some((bare, median(control.button))),
            ),
            figure(
                "panel_ms",
                "ms",
                median(ours.usable),
                Some((counter, median(control.usable))),
            ),
            figure(
                "long_task_ms",
                "ms",
                median(ours.task),
                Some((bare, median(control.task))),
            ),
            figure(
                "panel_long_task_ms",
                "ms",
                median(ours.framed_task),
                Some((counter, median(control.framed_task))),
            ),
        ],
    })
}

/// A shopper with nothing in the cache reads the page, and taps once it has come to rest.
async fn visit(visitor: &Browser, address: &str) -> Outcome<Weighed> {
    let (down, up, latency) = SLOW_4G;
    let network =
        json!({"offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up});
    visitor
        .first_run(&WATCH.replace("TOUCH", &TOUCH_MS.to_string()))
        .await?;
    visitor.tell("Network.enable", json!({})).await?;
    visitor.tell("Network.emulateNetworkConditions", network).await?;
    visitor
        .tell("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER}))
        .await?;
    visitor.go(address).await?;
    until("the button", || async {
        Ok(visitor
            .script::<bool>("return !!weighed.button")
            .await?
            .then_some(()))
    })
    .await?;
    // Presence comes after the button; who taps meanwhile does not wait for it.
    tokio::time::sleep(Duration::from_secs(2)).await;
    visitor.script::<Value>("tap()").await?;
    let weighed = until("the panel", || async {
        visitor
            .script::<Option<Weighed>>("return weighed.usable ? weighed : null")
            .await
    })
    .await?;
    Ok(weighed)
}

/// The longest of tasks over 50 ms; shorter ones are none.
fn longest(tasks: &[f64]) -> f64 {
    tasks.iter().copied().fold(0.0, f64::max)
}
