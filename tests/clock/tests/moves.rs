//! Another program, started with the clock preloaded, sees the time that the file says.
#![cfg(target_os = "linux")]

use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

const HOUR: i64 = 3600;

/// The library. A test's own build leaves it out, because nothing links to it.
fn library() -> io::Result<PathBuf> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "clock"])
        .status()?;
    let here = std::env::current_exe()?;
    let library = here.ancestors().nth(2).map(|profile| profile.join("libclock.so"));
    library
        .filter(|_| built.success())
        .ok_or_else(|| io::Error::other("the clock does not build"))
}

fn seconds_seen_with(offset_seconds: i64) -> io::Result<i64> {
    let offset = std::env::temp_dir().join(format!("clock-{}-{offset_seconds}", std::process::id()));
    std::fs::write(&offset, (offset_seconds * 1_000_000_000).to_le_bytes())?;
    let mut date = Command::new("date");
    let date = date
        .arg("+%s")
        .env("LD_PRELOAD", library()?)
        .env("RINGBACK_CLOCK", &offset)
        .output()?;
    std::fs::remove_file(offset)?;
    String::from_utf8_lossy(&date.stdout)
        .trim()
        .parse()
        .map_err(io::Error::other)
}

#[test]
fn the_time_is_ahead_by_the_offset() {
    for offset in [0, 30 * 24 * HOUR, -HOUR] {
        let seen = seconds_seen_with(offset).unwrap();
        let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
        let late = now + offset - seen;
        assert!(
            (0..=5).contains(&late),
            "off by {late} s with an offset of {offset} s"
        );
    }
}
