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
        println!("{name:<32} {raw:>10} {:>10}", brotli(&file)?);
    }
    Ok(())
}

fn brotli(file: &Path) -> Result<String> {
    run::first_line(Command::new("node").args(["-e", BROTLI]).arg(file))
        .ok_or_else(|| Fail::new("node does not run: install Node 20 or newer from https://nodejs.org"))
}
