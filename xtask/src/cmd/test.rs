//! `cargo xtask test`: format, lints, native tests, and journeys in a real browser.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::asterisk::{self, Installed};
use crate::build::{self, Mode};
use crate::cmd::chaos::Chaos;
use crate::cmd::sizes;
use crate::debian;
use crate::fail::{Doing, Fail, Result};
use crate::paths::{Paths, on_path};
use crate::progress::{Progress, Step};
use crate::share::{self, Watch};
use crate::{coturn, kamailio, run, schemathesis};

/// Seeds of the chaos.
const SEEDS: u64 = 1_000;

/// So many journeys may fail and be repeated: where more do, something is wrong.
const REPEATED: usize = 3;

/// Journeys that are begun together where time is short: as many as a slow machine plays in a few minutes.
const TOGETHER: usize = 12;

/// Phones play sound in real time: with less of the processors than this, in percent, what they hear says nothing.
const REAL_TIME: u64 = 75;
/// How often a fair moment is waited for, and for how long each time.
const LOOKS: usize = 5;
const PAUSE: Duration = Duration::from_secs(10);

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: &str = "chromedriver";
const BROWSER_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Checks the format, lints, and runs all tests, also in the browser.
#[derive(clap::Args)]
pub(crate) struct Test {
    /// Only these parts
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// Repeats the journeys that failed, each by itself, and names those that pass then: they are to be mended, but a machine that
    /// was busy elsewhere for a minute fails no run
    #[arg(long)]
    repeat: bool,
    /// Begins no journeys after so many minutes, and none with real telephones while others take the processors away; names those
    /// that were left out; where these are more than three quarters, the
    /// run has failed
    #[arg(long, value_name = "MINUTES")]
    within: Option<u64>,
    /// Only tests whose names contain this
    filter: Option<String>,
}

/// A part of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The format of the sources
    Fmt,
    /// The lints
    Clippy,
    /// Tests that need no server
    Unit,
    /// What shoppers load is no heavier than it may be
    Sizes,
    /// A business through faults and crashes, from a thousand seeds, and through a crash at each moment of thirty
    Chaos,
    /// Every answer is one that the OpenAPI document knows
    Contract,
    /// Tests with real telephones
    Telephones,
    /// Tests in the browser
    Browser,
}

const PARTS: [Part; 8] = [
    Part::Fmt,
    Part::Clippy,
    Part::Unit,
    Part::Sizes,
    Part::Chaos,
    Part::Contract,
    Part::Telephones,
    Part::Browser,
];

/// What the test runners said themselves.
#[derive(Debug, Default, PartialEq, Eq)]
struct Totals {
    passed: u64,
    failed: u64,
    /// The names of those that failed, of the runner that runs.
    names: Vec<String>,
    /// The names of those that passed when they were repeated.
    repeated: Vec<String>,
    /// How many journeys there were to be played in a given time.
    listed: usize,
    /// The names of those for which there was none.
    left_out: Vec<String>,
}

impl Test {
    /// Runs all parts, also after one has failed, so that one run shows everything.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        let began = Instant::now();
        let end = self
            .within
            .map(|minutes| began + Duration::from_secs(minutes.saturating_mul(60)));
        let mut totals = Totals::default();
        let mut failures = Vec::new();
        for part in PARTS
            .into_iter()
            .filter(|part| self.only.is_empty() || self.only.contains(part))
        {
            progress.say(&format!("\n== {}", part.title()));
            if let Err(fail) = self.part(part, paths, progress, end, &mut totals) {
                progress.say(&format!("{fail}"));
                failures.push(part.title());
            }
        }
        if totals.left_out.len() > totals.listed / 4 * 3 {
            failures.push("most journeys, for which there was no time");
        }
        progress.say("");
        if !failures.is_empty() {
            progress.say(&format!("Not in order: {}", failures.join(", ")));
        }
        for name in &totals.repeated {
            progress.say(&format!("Failed, and passed when it was repeated: {name}"));
        }
        for name in &totals.left_out {
            progress.say(&format!("Left out: {name}"));
        }
        println!("{} passed, {} failed", totals.passed, totals.failed);
        if failures.is_empty() {
            Ok(())
        } else {
            Err(Fail::told())
        }
    }

    fn part(
        &self,
        part: Part,
        paths: &Paths,
        progress: &Progress,
        end: Option<Instant>,
        totals: &mut Totals,
    ) -> Result<()> {
        match part {
            Part::Fmt => silently(paths, progress.step("cargo fmt"), &["fmt", "--all", "--check"]),
            Part::Clippy => {
                let words = [
                    "clippy",
                    "--quiet",
                    "--workspace",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ];
                silently(paths, progress.step("cargo clippy"), &words)?;
                // With all together the panel is as the edge has it; this is the program.
                let words = [
                    "clippy",
                    "--quiet",
                    "--package",
                    "widget",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ];
                silently(paths, progress.step("cargo clippy, the panel"), &words)
            }
            Part::Unit => {
                let words = ["--workspace", "--exclude", "tests", "--all-features"];
                self.cargo_test(paths, progress, &words, totals)
            }
            Part::Sizes => sizes::budget(paths, progress),
            Part::Chaos => {
                for chaos in [Chaos::of(SEEDS), Chaos::at_each()] {
                    if !chaos.status(paths, progress)?.success() {
                        return Err(Fail::new("`cargo xtask chaos` found something"));
                    }
                }
                Ok(())
            }
            Part::Contract => {
                schemathesis::ensure(paths, progress)?;
                build::build(paths, progress, Mode::Quick, None)?;
                run::quietly(&mut cargo(paths, &["build", "--quiet", "-p", "clock"]))?;
                self.cargo_test(paths, progress, &["-p", "tests", "--test", "contract"], totals)
            }
            Part::Browser => {
                browser(progress)?;
                // Without it the journeys that need a relay say what is missing.
                if let Installed::No(why) = coturn::ensure(paths, progress)? {
                    progress.say(&why);
                }
                build::build(paths, progress, Mode::Quick, None)?;
                run::quietly(&mut cargo(paths, &["build", "--quiet", "-p", "clock"]))?;
                self.journeys(paths, progress, "journeys", end, totals)
            }
            Part::Telephones => {
                if let Installed::No(why) = asterisk::ensure(paths, progress)? {
                    progress.say(&format!("Left out: {why}"));
                    return Ok(());
                }
                if let Installed::No(why) = kamailio::ensure(paths, progress)? {
                    progress.say(&format!("Left out: {why}"));
                    return Ok(());
                }
                build::build(paths, progress, Mode::Quick, None)?;
                let libraries = ["build", "--quiet", "-p", "clock", "-p", "loopback"];
                run::quietly(&mut cargo(paths, &libraries))?;
                self.journeys(paths, progress, "telephones", end, totals)
            }
        }
    }

    /// Tests that play in real time with real programs.
    fn journeys(
        &self,
        paths: &Paths,
        progress: &Progress,
        name: &str,
        end: Option<Instant>,
        totals: &mut Totals,
    ) -> Result<()> {
        let words = ["-p", "tests", "--test", name];
        totals.names.clear();
        let before = totals.failed;
        let first = match end {
            None => self.cargo_test(paths, progress, &words, totals),
            Some(end) => self.until(end, paths, progress, &words, totals),
        };
        let failed = std::mem::take(&mut totals.names);
        // A runner that fell over, or whose words were not understood, is not forgiven.
        let all_known = u64::try_from(failed.len()).is_ok_and(|count| count == totals.failed - before);
        if first.is_ok() || !self.repeat || failed.is_empty() || failed.len() > REPEATED || !all_known {
            return first;
        }
        for name in failed {
            if end.is_some() {
                is_fair(progress);
            }
            progress.say(&format!("Once more, by itself: {name}"));
            let (watch, so_far) = (Watch::begin(), (totals.names.len(), totals.failed));
            let mut alone = cargo(paths, &["test"]);
            if !finished(alone.args(words).args(["--", "--exact", &name]), totals)? {
                let real_time = end.is_some() && words.contains(&"telephones");
                if !(real_time && totals.excuse(so_far, &watch, progress)) {
                    return first;
                }
                totals.failed = totals.failed.saturating_sub(1);
                continue;
            }
            totals.failed = totals.failed.saturating_sub(1);
            totals.repeated.push(name);
        }
        Ok(())
    }

    /// Runs tests in groups until time is over.
    fn until(
        &self,
        end: Instant,
        paths: &Paths,
        progress: &Progress,
        words: &[&str],
        totals: &mut Totals,
    ) -> Result<()> {
        compile(paths, progress, words)?;
        let mut list = cargo(paths, &["test", "--quiet"]);
        list.args(words)
            .args(&self.filter)
            .args(["--", "--list", "--format", "terse"]);
        let list = run::quietly(&mut list)?.stdout;
        let list = String::from_utf8_lossy(&list);
        let names: Vec<&str> = list
            .lines()
            .filter_map(|line| line.strip_suffix(": test"))
            .collect();
        let mut groups: Vec<&[&str]> = names.chunks(TOGETHER).collect();
        // Every run begins elsewhere, so that it is not always the same ones that are left out.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let first = usize::try_from(now.as_secs()).unwrap_or_default() % groups.len().max(1);
        groups.rotate_left(first);
        let mut all_passed = true;
        totals.listed += names.len();
        for group in groups {
            let in_time = Instant::now() < end;
            if in_time && (!words.contains(&"telephones") || is_fair(progress)) {
                let (watch, so_far) = (Watch::begin(), (totals.names.len(), totals.failed));
                let mut run = runner(paths, words);
                let passed = finished(run.args(["--", "--exact"]).args(group), totals)?;
                all_passed &=
                    passed || words.contains(&"telephones") && totals.excuse(so_far, &watch, progress);
            } else {
                totals.left_out.extend(group.iter().map(ToString::to_string));
            }
        }
        if all_passed { Ok(()) } else { Err(unlucky(words)) }
    }

    fn cargo_test(
        &self,
        paths: &Paths,
        progress: &Progress,
        words: &[&str],
        totals: &mut Totals,
    ) -> Result<()> {
        compile(paths, progress, words)?;
        if finished(runner(paths, words).args(&self.filter), totals)? {
            Ok(())
        } else {
            Err(unlucky(words))
        }
    }
}

/// Waits until others leave the processors to us; false where they don't.
fn is_fair(progress: &Progress) -> bool {
    for _ in 0..LOOKS {
        let share = share::in_percent();
        if share >= REAL_TIME {
            return true;
        }
        progress.say(&format!(
            "Only {share} % of the processors are given to this machine: waiting"
        ));
        thread::sleep(PAUSE);
    }
    false
}

fn compile(paths: &Paths, progress: &Progress, words: &[&str]) -> Result<()> {
    let step = progress.step("Compiling the tests");
    run::quietly(cargo(paths, &["test", "--quiet", "--no-run"]).args(words))?;
    step.done();
    Ok(())
}

fn runner(paths: &Paths, words: &[&str]) -> Command {
    let mut run = cargo(paths, &["test", "--no-fail-fast"]);
    if words.contains(&"telephones") {
        // Phones mostly ring: more of them at once than there are cores.
        run.env("RUST_TEST_THREADS", "4");
    }
    run.args(words);
    run
}

fn unlucky(words: &[&str]) -> Fail {
    Fail::new(format!("`cargo test {}` failed", words.join(" ")))
}

/// Runs tests to their end, passes on what they say, and tells whether all passed.
fn finished(run: &mut Command, totals: &mut Totals) -> Result<bool> {
    let mut child = run
        .stdout(Stdio::piped())
        .spawn()
        .doing(|| "can't run cargo".to_owned())?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines().map_while(std::result::Result::ok) {
            println!("{line}");
            totals.add(&line);
        }
    }
    let status = child.wait().doing(|| "cargo test got lost".to_owned())?;
    Ok(status.success())
}

fn cargo(paths: &Paths, words: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(words).current_dir(paths.root());
    cargo
}

impl Part {
    fn title(self) -> &'static str {
        match self {
            Self::Fmt => "format",
            Self::Clippy => "lints",
            Self::Unit => "native tests",
            Self::Sizes => "sizes",
            Self::Chaos => "chaos",
            Self::Contract => "the contract",
            Self::Browser => "browser tests",
            Self::Telephones => "tests with real telephones",
        }
    }
}

impl Totals {
    /// Takes back what failed since there were so many names and failures, where the machine was not given the time in which it was played:
    /// that judges nothing, and is named among what was left out. False where it was, or not all that failed is known by its name.
    fn excuse(&mut self, (names, failed): (usize, u64), watch: &Watch, progress: &Progress) -> bool {
        let share = watch.in_percent();
        let here = u64::try_from(self.names.len().saturating_sub(names)).unwrap_or_default();
        if share >= REAL_TIME || here == 0 || here != self.failed.saturating_sub(failed) {
            return false;
        }
        progress.say(&format!(
            "Only {share} % of what was wanted of the processors was given meanwhile: not judged"
        ));
        self.left_out.extend(self.names.drain(names..));
        self.failed = failed;
        true
    }

    /// Adds what a line says, if it is a runner's own summary or names a test that failed.
    fn add(&mut self, line: &str) {
        let failed = line
            .strip_prefix("test ")
            .and_then(|line| line.strip_suffix(" ... FAILED"));
        self.names.extend(failed.map(str::to_owned));
        let Some((_, summary)) = line.split_once("test result:") else {
            return;
        };
        let count = |what: &str| {
            let before = summary.split(what).next()?;
            before.split_whitespace().next_back()?.parse::<u64>().ok()
        };
        self.passed += count(" passed").unwrap_or_default();
        self.failed += count(" failed").unwrap_or_default();
    }
}

fn silently(paths: &Paths, step: Step, words: &[&str]) -> Result<()> {
    run::quietly(&mut cargo(paths, words))?;
    step.done();
    Ok(())
}

/// Chromium and what drives it.
pub(crate) fn browser(progress: &Progress) -> Result<()> {
    if BROWSERS.iter().any(|name| on_path(name).is_some()) && on_path(DRIVER).is_some() {
        return Ok(());
    }
    if !debian::may_install() {
        return Err(Fail::new(format!(
            "The browser tests need Chromium and ChromeDriver. On Debian:\n\n    {}",
            debian::command(&BROWSER_PACKAGES)
        )));
    }
    let step = progress.long_step("Chromium from Debian's packages", "about a minute");
    debian::install(&BROWSER_PACKAGES)?;
    step.done();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_what_the_runners_say() {
        let mut totals = Totals::default();
        totals.add(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        totals.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        totals.add("test door::who_knocks ... ok");
        totals.add("test call::nobody_answers ... FAILED");
        totals.add("running 5 tests");
        assert_eq!(
            totals,
            Totals {
                passed: 15,
                failed: 2,
                names: vec!["call::nobody_answers".to_owned()],
                ..Totals::default()
            }
        );
    }
}
