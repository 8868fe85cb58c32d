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

/// What may be no larger than so many bytes of brotli: everybody who reads a merchant's page loads it.
const BUDGET: (&str, u64) = ("v1/ringback.js", 3000);

/// Builds a release and prints the sizes, compressed as servers do it.
pub(crate) fn run(paths: &Paths, progress: &Progress) -> Result<()> {
    build::build(paths, progress, Mode::Release, None)?;
    let site = paths.site();
    println!("\n{:<32} {:>10} {:>10}", "", "raw", "brotli");
    for file in ["v1", "panel", "console", "desk", "phones", "design"]
        .iter()
        .flat_map(|folder| files_under(&site.join(folder)))
    {
        let name = file.strip_prefix(&site).unwrap_or(&file).display().to_string();
        let raw = std::fs::metadata(&file)
            .map(|meta| meta.len())
            .unwrap_or_default();
        let small = brotli(&file)?;
        println!("{name:<32} {raw:>10} {small:>10}");
        if name == BUDGET.0 && small.parse().is_ok_and(|bytes: u64| bytes > BUDGET.1) {
            return Err(Fail::new(format!(
                "{name} is {small} bytes, and {} are its budget",
                BUDGET.1
            )));
        }
    }
    Ok(())
}

fn brotli(file: &Path) -> Result<String> {
    run::first_line(Command::new("node").args(["-e", BROTLI]).arg(file))
        .ok_or_else(|| Fail::new("node does not run: install Node 20 or newer from https://nodejs.org"))
}
