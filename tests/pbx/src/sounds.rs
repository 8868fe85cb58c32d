//! Words as recordings, by espeak-ng.

use crate::audio;
use std::io::{self, Error};
use std::path::Path;
use std::process::Command;

/// Silence before the first word: the audio of a fresh call needs a moment.
const LEAD: usize = audio::RATE as usize / 4;

/// Has `text` spoken into a recording as telephones use them.
pub(crate) fn spoken(text: &str, path: &Path) -> io::Result<()> {
    let raw = path.with_extension("raw.wav");
    let status = Command::new("espeak-ng")
        .args(["-v", "en-gb", "-s", "150", "-w"])
        .arg(&raw)
        .arg(text)
        .status()?;
    if !status.success() {
        return Err(Error::other("espeak-ng could not speak"));
    }
    let mut samples = vec![0; LEAD];
    samples.extend(audio::read(&raw)?);
    std::fs::remove_file(raw)?;
    audio::write(path, &samples)
}
