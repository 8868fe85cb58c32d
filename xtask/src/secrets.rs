//! The secrets of a local server, made once and kept in its state folder.

use std::fs;
use std::path::Path;

use crate::fail::{Doing, Fail, Result};
use crate::site;

const KEPT_IN: &str = "secrets.env";
const NAMES: [&str; 6] = [
    "OPERATOR_SECRET",
    "SANDBOX_SECRET",
    "EVENT_SECRET",
    "RECEIPT_SECRET",
    "VAULT_SECRET",
    "SECRET_SEED",
];
const DEMO_CODE: &str = "DEMO_CODE";
/// Letters and digits that nobody mistakes for another.
const EASY: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Names and values, as the worker finds them in its environment.
#[derive(Debug, Clone)]
pub(crate) struct Secrets(Vec<(String, String)>);

impl Secrets {
    /// Reads the secrets from a state folder; makes those that are missing.
    pub(crate) fn open(state: &Path) -> Result<Self> {
        let path = state.join(KEPT_IN);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut secrets = Self(parse(&text));
        let before = secrets.0.len();
        for name in NAMES {
            secrets.need(name, || Ok(hex(&random::<32>()?)))?;
        }
        secrets.need(DEMO_CODE, || Ok(easy(&random::<6>()?)))?;
        if secrets.0.len() > before {
            let lines: String = secrets
                .0
                .iter()
                .map(|(name, value)| format!("{name}={value}\n"))
                .collect();
            site::write(&path, lines.as_bytes())?;
            keep_private(&path).doing(|| format!("can't protect {}", path.display()))?;
        }
        Ok(secrets)
    }

    /// What the operator's calls carry.
    pub(crate) fn operator(&self) -> &str {
        self.get("OPERATOR_SECRET")
    }

    /// What the demo's agents sign in with.
    pub(crate) fn demo_code(&self) -> &str {
        self.get(DEMO_CODE)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// One more, kept nowhere.
    pub(crate) fn fresh(&self) -> Result<String> {
        Ok(hex(&random::<16>()?))
    }

    fn get(&self, name: &str) -> &str {
        self.all()
            .find(|(have, _)| *have == name)
            .map_or("", |(_, value)| value)
    }

    fn need(&mut self, name: &str, make: impl FnOnce() -> Result<String>) -> Result<()> {
        if self.get(name).is_empty() {
            self.0.push((name.to_owned(), make()?));
        }
        Ok(())
    }
}

fn parse(text: &str) -> Vec<(String, String)> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Fail::new(format!("no random numbers: {error}")))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn easy(bytes: &[u8]) -> String {
    bytes
        .iter()
        .filter_map(|byte| EASY.get(usize::from(*byte) % EASY.len()))
        .map(|byte| char::from(*byte))
        .collect()
}

#[cfg(unix)]
fn keep_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn keep_private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_made_once() {
        let state = std::env::temp_dir().join(format!("xtask-secrets-{}", std::process::id()));
        let first = Secrets::open(&state).unwrap();
        let again = Secrets::open(&state).unwrap();
        assert_eq!(first.0, again.0);
        assert_eq!(first.operator().len(), 64);
        assert_eq!(first.demo_code().len(), 6);
        assert!(first.all().all(|(_, value)| !value.is_empty()));
        fs::remove_dir_all(state).unwrap();
    }
}
