//! Runs other programs: silently while they succeed, with all they said when they fail.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::fail::{Doing, Fail, Result};

/// Runs a command to its end and keeps what it says for the case that it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<Output> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .doing(|| format!("can't run {}", shown(command)))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
    let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
    Err(Fail::new(format!(
        "{} failed ({}):\n\n{}",
        shown(command),
        output.status,
        said.join("\n\n")
    )))
}

/// The first line a command prints, if it runs and succeeds.
pub(crate) fn first_line(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Writes a shell script that can be run, unless it stands there already.
pub(crate) fn script(path: &Path, body: &str) -> Result<()> {
    let text = format!("#!/bin/sh\n{body}");
    if std::fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let write = || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, &text)?;
        make_executable(path)
    };
    write().doing(|| format!("can't write {}", path.display()))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A word as the shell would take it unchanged.
pub(crate) fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}
