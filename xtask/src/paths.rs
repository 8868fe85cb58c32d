//! Where things lie in this clone.

use std::path::{Path, PathBuf};

/// The clone's folders.
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    root: PathBuf,
}

impl Paths {
    /// The clone that this program was compiled in.
    pub(crate) fn here() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: xtask.parent().unwrap_or(xtask).to_path_buf(),
        }
    }

    /// A path inside the clone.
    pub(crate) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// The top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Programs and toolchains that belong to this clone alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.at(".tools")
    }

    /// Everything that is compiled to WebAssembly: another compiler may be at work than for native code, so it has its
    /// own target folder.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.at("target/wasm")
    }

    /// The finished worker.
    pub(crate) fn edge(&self) -> PathBuf {
        self.at("target/edge")
    }

    /// The finished static files.
    pub(crate) fn site(&self) -> PathBuf {
        self.at("target/site")
    }
}

/// The program `name` on the `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}
