//! The loader under an address that never changes its content, for pages that want its hash in their script tag.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::build::{self, Mode};
use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::site::{self, PINNED};
use crate::stamp::files_under;

/// What a script tag's `integrity` says of this content.
fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// `/v1/versions.json`: where the loader is for ever, and its integrity.
pub(crate) fn listed(address: &str, content: &[u8]) -> String {
    let loader = serde_json::json!({"address": address, "integrity": integrity(content)});
    format!("{:#}\n", serde_json::json!({"loader": loader}))
}

/// The same as a script tag's attributes, after a build.
pub(crate) fn tag(paths: &Paths) -> Result<String> {
    let path = paths.site().join("v1/versions.json");
    let text = std::fs::read_to_string(&path).doing(|| format!("can't read {}", path.display()))?;
    let listed: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| Fail::new(format!("{}: {error}", path.display())))?;
    let word = |at| {
        listed
            .pointer(at)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
    };
    let (address, integrity) = (word("/loader/address"), word("/loader/integrity"));
    Ok(format!(
        "src=\"{address}\" integrity=\"{integrity}\" crossorigin=\"anonymous\""
    ))
}

/// `cargo xtask pin`: from now on every build serves what pages load in this version, too.
pub(crate) fn pin(paths: &Paths, progress: &Progress) -> Result<()> {
    build::build(paths, progress, Mode::Release, None)?;
    for file in files_under(&paths.site().join("v1")) {
        let name = file.file_name().unwrap_or_default();
        // Names with a hash have two dots, and a language one more.
        if name.to_string_lossy().split('.').count() > 2 {
            site::place(&file, &paths.at(PINNED).join(name))?;
        }
    }
    println!("{}", tag(paths)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integrity_is_what_browsers_compute() {
        // `printf '' | openssl dgst -sha384 -binary | base64`
        let listed = listed("/v1/ringback.0123abcd.js", b"");
        assert!(
            listed.contains("sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"),
            "{listed}"
        );
    }
}
