//! `cargo xtask sizes`: how many bytes travel to the visitor.

use std::path::Path;
use std::process::Command;

use crate::build::{self, Mode};
use crate::fail::{Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::stamp::files_under;

const BROTLI: &str = "const z=require('zlib'),b=require('fs').readFileSync(process.argv[1]);\
    const q={params:{[z.constants.BROTLI_PARAM_QUALITY]:11}};console.log(z.brotliCompressSync(b,q).length)";

/// What may be no larger than so many bytes of brotli: everybody who reads a merchant's page loads the first, and whoever wants to
/// be called the second, with the messages of one language.
const LOADER: (&str, u64) = ("v1/ringback.js", 3_000);
const PANEL: (&str, u64) = ("panel/", 75_000);
const MESSAGES: &str = "panel/words.";
/// What whoever sends a request, or has one, loads besides: what solves a challenge, and the talk.
const TALK: ([&str; 2], u64) = (["panel/challenge.", "panel/talk."], 5_000);
/// What whoever talks in the browser loads besides, with the messages of one language. The window has its page and the panel's style
/// once more: what the browser keeps for a frame on the merchant's page is of no use to it.
const VOICE: ([&str; 4], u64) = (["panel/apart.", "panel/call.", VOICE_MESSAGES, STYLE], 12_000);
const VOICE_MESSAGES: &str = "panel/voice.";
const STYLE: &str = "panel/panel.";

/// A file of the site.
struct Weight {
    name: String,
    raw: u64,
    brotli: u64,
}

/// Builds a release and prints the sizes, compressed as servers do it.
pub(crate) fn run(paths: &Paths, progress: &Progress) -> Result<()> {
    build::build(paths, progress, Mode::Release, None)?;
    let weights = weigh(
        &paths.site(),
        &["v1", "panel", "console", "desk", "phones", "design"],
    )?;
    println!("\n{:<32} {:>10} {:>10}", "", "raw", "brotli");
    for Weight { name, raw, brotli } in &weights {
        println!("{name:<32} {raw:>10} {brotli:>10}");
    }
    println!(
        "{:<43} {:>10}",
        "panel, with its longest language",
        panel(&weights)
    );
    println!("{:<43} {:>10}", "a call in the browser", voice(&weights));
    within_budget(&weights)
}

/// Builds what shoppers load as a release, and weighs it.
pub(crate) fn budget(paths: &Paths, progress: &Progress) -> Result<()> {
    let folder = build::for_shoppers(paths, progress)?;
    within_budget(&weigh(&folder, &["v1", "panel"])?)
}

fn weigh(site: &Path, folders: &[&str]) -> Result<Vec<Weight>> {
    let files = folders.iter().flat_map(|folder| files_under(&site.join(folder)));
    files
        .map(|file| {
            Ok(Weight {
                name: file.strip_prefix(site).unwrap_or(&file).display().to_string(),
                raw: std::fs::metadata(&file)
                    .map(|meta| meta.len())
                    .unwrap_or_default(),
                brotli: brotli(&file)?,
            })
        })
        .collect()
}

/// What is loaded for a request.
fn talk(weights: &[Weight]) -> u64 {
    let ours = weights.iter().filter(|it| is_of(&it.name, &TALK.0));
    ours.map(|it| it.brotli).sum()
}

fn is_of(name: &str, files: &[&str]) -> bool {
    files.iter().any(|it| name.starts_with(it))
}

/// All that the panel is to somebody whose language is the longest, until they have asked for a call.
fn panel(weights: &[Weight]) -> u64 {
    let later = TALK.0.into_iter().chain(VOICE.0).filter(|it| *it != STYLE);
    let later: Vec<&str> = later.collect();
    with_longest(weights, MESSAGES, |name| {
        name.starts_with(PANEL.0) && !is_of(name, &later)
    })
}

/// All that a call in the browser is besides.
fn voice(weights: &[Weight]) -> u64 {
    with_longest(weights, VOICE_MESSAGES, |name| is_of(name, &VOICE.0))
}

/// The sum of some files, of whose messages one language is loaded: the longest.
fn with_longest(weights: &[Weight], messages: &str, is_one: impl Fn(&str) -> bool) -> u64 {
    let ours = weights.iter().filter(|it| is_one(&it.name));
    let (languages, rest): (Vec<_>, Vec<_>) = ours.partition(|it| it.name.starts_with(messages));
    let longest = languages.iter().map(|it| it.brotli).max().unwrap_or_default();
    longest + rest.iter().map(|it| it.brotli).sum::<u64>()
}

fn within_budget(weights: &[Weight]) -> Result<()> {
    let loader = weights.iter().find(|it| it.name == LOADER.0);
    let loader = loader.map_or(u64::MAX, |it| it.brotli);
    for (what, bytes, budget) in [
        (LOADER.0, loader, LOADER.1),
        ("the panel", panel(weights), PANEL.1),
        ("what a request loads", talk(weights), TALK.1),
        ("a call in the browser", voice(weights), VOICE.1),
    ] {
        if bytes > budget {
            return Err(Fail::new(format!(
                "{what} is {bytes} bytes of brotli, and {budget} are its budget: `cargo xtask sizes` shows where they are"
            )));
        }
    }
    Ok(())
}

fn brotli(file: &Path) -> Result<u64> {
    let told = run::first_line(Command::new("node").args(["-e", BROTLI]).arg(file));
    told.and_then(|bytes| bytes.parse().ok())
        .ok_or_else(|| Fail::new("node does not run: install Node 20 or newer from https://nodejs.org"))
}
