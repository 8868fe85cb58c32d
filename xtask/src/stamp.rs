//! Knows what a result was made from, so that work is skipped while nothing of that has changed.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::fail::{Doing, Result};

/// The record of one result.
pub(crate) struct Stamp {
    path: PathBuf,
    salt: String,
    began: SystemTime,
}

impl Stamp {
    /// The record kept in the file `path`, of work that besides its inputs depends on `salt`: versions, options.
    pub(crate) fn new(path: PathBuf, salt: impl Into<String>) -> Self {
        Self {
            path,
            salt: salt.into(),
            began: SystemTime::now(),
        }
    }

    /// Whether there never was a result.
    pub(crate) fn first(&self) -> bool {
        !self.path.exists()
    }

    /// Whether all inputs are as they were when the result was made.
    pub(crate) fn fresh(&self) -> bool {
        let Ok(text) = fs::read_to_string(&self.path) else {
            return false;
        };
        let Some((digest, files)) = text.split_once('\n') else {
            return false;
        };
        let files: Vec<PathBuf> = files.lines().map(PathBuf::from).collect();
        self.digest(&files).is_some_and(|now| now == digest)
    }

    /// Keeps what the result was made from. Inputs that changed meanwhile leave no record: the work is done again.
    pub(crate) fn keep(&self, mut files: Vec<PathBuf>) -> Result<()> {
        files.sort();
        files.dedup();
        let touched = |file: &PathBuf| {
            fs::metadata(file)
                .and_then(|at| at.modified())
                .is_ok_and(|at| at > self.began)
        };
        if files.iter().any(touched) {
            return Ok(());
        }
        let Some(digest) = self.digest(&files) else {
            return Ok(());
        };
        let lines: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        fs::write(&self.path, format!("{digest}\n{}", lines.join("\n")))
            .doing(|| format!("can't write {}", self.path.display()))
    }

    fn digest(&self, files: &[PathBuf]) -> Option<String> {
        let mut hasher = DefaultHasher::new();
        hasher.write(self.salt.as_bytes());
        for file in files {
            hasher.write(file.as_os_str().as_encoded_bytes());
            hasher.write(&fs::read(file).ok()?);
        }
        Some(format!("{:016x}", hasher.finish()))
    }
}

/// Eight characters that change with the content.
pub(crate) fn short_hash(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:08x}", hasher.finish() >> 32)
}

/// All files under a folder, sorted; none when it is missing.
pub(crate) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_under(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The sources that cargo's dep-info file beside an artifact names.
pub(crate) fn sources_of(dep_info: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(dep_info).unwrap_or_default();
    let Some((_, sources)) = text.lines().next().and_then(|line| line.split_once(": ")) else {
        return Vec::new();
    };
    sources
        .replace("\\ ", "\0")
        .split_whitespace()
        .map(|word| PathBuf::from(word.replace('\0', " ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn is_fresh_until_an_input_or_the_salt_changes() {
        let folder = scratch("stamp");
        let input = folder.join("input");
        fs::write(&input, "one").unwrap();
        let later = || Stamp::new(folder.join("stamp"), "v1");
        assert!(!later().fresh());
        let stamp = Stamp {
            began: SystemTime::now() + std::time::Duration::from_secs(9),
            ..later()
        };
        stamp.keep(vec![input.clone()]).unwrap();
        assert!(later().fresh());
        assert!(!Stamp::new(folder.join("stamp"), "v2").fresh());
        fs::write(&input, "two").unwrap();
        assert!(!later().fresh());
        fs::remove_file(&input).unwrap();
        assert!(!later().fresh());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_input_touched_during_the_work_leaves_no_record() {
        let folder = scratch("touched");
        let stamp = Stamp {
            began: SystemTime::UNIX_EPOCH,
            ..Stamp::new(folder.join("stamp"), "")
        };
        let input = folder.join("input");
        fs::write(&input, "one").unwrap();
        stamp.keep(vec![input]).unwrap();
        assert!(!stamp.fresh());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn reads_the_sources_of_a_dep_info_file() {
        let folder = scratch("deps");
        let file = folder.join("edge.d");
        fs::write(&file, "/x/edge.wasm: /x/a\\ b/lib.rs /x/c.rs\n\n/x/c.rs:\n").unwrap();
        assert_eq!(
            sources_of(&file),
            [PathBuf::from("/x/a b/lib.rs"), PathBuf::from("/x/c.rs")]
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
