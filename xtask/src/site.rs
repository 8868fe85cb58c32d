//! Assembles the static site in `target/site`: the pages, and their files under names that change with the content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{Job, Mode};
use crate::fail::{Doing, Fail, Result};
use crate::origin;
use crate::pin;
use crate::run;
use crate::screen::{SCREENS, Screen};
use crate::stamp::{Stamp, files_under, short_hash};
use crate::tool::Npm;

/// The plain pages and what they need, in `www`.
const STATIC: [&str; 4] = ["index.html", "shop", "design", "problems"];

/// What merchants' pages load, and under which name. Each is there twice: under that name, and under one that changes with the
/// content. The loader comes last, since it names the others.
const CODE: [(&str, &str); 3] = [
    ("widget/frame.js", "frame.js"),
    ("widget/facts.js", "facts.js"),
    ("widget/loader.js", LOADER),
];
const LOADER: &str = "ringback.js";

/// Its folder on the site.
const CODE_FOLDER: &str = "v1";

/// What was pinned: files under names that changed with their content, which stay on the site when the content has changed.
pub(crate) const PINNED: &str = "widget/pinned";

/// The site while it is put together, in a folder beside the finished one.
struct Draft<'a> {
    folder: PathBuf,
    npm: &'a Npm,
    mode: Mode,
    origin: Option<&'a str>,
    /// From the plain path of a file, as `/panel/panel.js`, to the name that it has on the site.
    named: BTreeMap<String, String>,
}

/// Makes the site of what was built, unless it is up to date.
pub(crate) fn assemble(job: &Job<'_>, npm: &Npm) -> Result<()> {
    let site = job.paths.site();
    let inputs = inputs(job);
    // A file that is new counts as a change, so the list itself is part of the stamp.
    let salt = format!("{:?} {:?} {inputs:?}", job.mode, job.origin);
    let stamp = Stamp::new(job.paths.at("target/workshop/site.stamp"), salt);
    if stamp.fresh() && site.is_dir() {
        return Ok(());
    }
    let step = job.progress.step("Static site");
    let folder = job.paths.at("target/workshop/site");
    clear(&folder)?;
    let mut draft = Draft {
        folder,
        npm,
        mode: job.mode,
        origin: job.origin,
        named: BTreeMap::new(),
    };
    for name in STATIC {
        draft.copy(&job.paths.at("www").join(name), name)?;
    }
    for file in files_under(&job.paths.at("www/design")) {
        draft.add_hashed(&file, "design", &plain_name(&file))?;
    }
    for screen in &SCREENS {
        draft.add_screen(job, screen)?;
    }
    for file in files_under(&job.paths.at(PINNED)) {
        draft.copy(&file, &format!("{CODE_FOLDER}/{}", plain_name(&file)))?;
    }
    for (file, to) in CODE {
        draft.add_code(&job.paths.at(file), to)?;
    }
    clear(&site)?;
    fs::rename(&draft.folder, &site).doing(|| format!("can't put {} in place", site.display()))?;
    stamp.keep(inputs)?;
    step.done();
    Ok(())
}

fn inputs(job: &Job<'_>) -> Vec<PathBuf> {
    let mut inputs: Vec<PathBuf> = CODE.iter().map(|(file, _)| job.paths.at(file)).collect();
    inputs.extend(files_under(&job.paths.at(PINNED)));
    for name in STATIC {
        let path = job.paths.at("www").join(name);
        inputs.extend(if path.is_dir() {
            files_under(&path)
        } else {
            vec![path]
        });
    }
    for screen in &SCREENS {
        inputs.extend(files_under(&screen.sources(job)));
        inputs.extend(built(job, screen));
    }
    inputs
}

fn built(job: &Job<'_>, screen: &Screen) -> [PathBuf; 2] {
    let made = job.workshop(screen.name);
    [
        made.join(format!("{}.js", screen.name)),
        made.join(format!("{}_bg.wasm", screen.name)),
    ]
}

impl Draft<'_> {
    fn add_screen(&mut self, job: &Job<'_>, screen: &Screen) -> Result<()> {
        let (name, sources) = (screen.name, screen.sources(job));
        for file in built(job, screen) {
            self.add_hashed(&file, name, &plain_name(&file))?;
        }
        let start = format!(
            "import init from \"./{}\";\nawait init({{ module_or_path: new URL(\"./{}\", import.meta.url) }});\n",
            self.name_of(&format!("/{name}/{name}.js"))?,
            self.name_of(&format!("/{name}/{name}_bg.wasm"))?,
        );
        self.write_hashed(start.as_bytes(), name, "start.js")?;
        for file in files_under(&sources) {
            let inside = file.strip_prefix(&sources).unwrap_or(&file);
            if inside.extension().is_none_or(|extension| extension != "html") {
                self.add_hashed(&file, name, &inside.to_string_lossy())?;
            }
        }
        let page = sources.join("index.html");
        let text = fs::read_to_string(&page).doing(|| format!("can't read {}", page.display()))?;
        self.write(
            &format!("{name}/index.html"),
            rename_in(&text, name, &self.named).as_bytes(),
        )
    }

    fn add_hashed(&mut self, file: &Path, folder: &str, plain: &str) -> Result<()> {
        let mut content = fs::read(file).doing(|| format!("can't read {}", file.display()))?;
        if self.mode == Mode::Release && plain.ends_with(".css") {
            content = run::quietly(Command::new(self.npm.esbuild()).arg("--minify").arg(file))?.stdout;
        }
        self.write_hashed(&content, folder, plain)
    }

    fn write_hashed(&mut self, content: &[u8], folder: &str, plain: &str) -> Result<()> {
        let (stem, extension) = plain.rsplit_once('.').unwrap_or((plain, "bin"));
        let name = format!("{stem}.{}.{extension}", short_hash(content));
        self.write(&format!("{folder}/{name}"), content)?;
        self.named.insert(format!("/{folder}/{plain}"), name);
        Ok(())
    }

    fn name_of(&self, plain: &str) -> Result<&str> {
        self.named
            .get(plain)
            .map(String::as_str)
            .ok_or_else(|| Fail::new(format!("the site has no {plain}")))
    }

    /// JavaScript of ours. The loader's two addresses and its integrity are listed for merchants.
    fn add_code(&mut self, file: &Path, plain: &str) -> Result<()> {
        let content = code(file, self.npm, self.mode)?;
        let text = rename_in(&String::from_utf8_lossy(&content), CODE_FOLDER, &self.named);
        self.write(&format!("{CODE_FOLDER}/{plain}"), text.as_bytes())?;
        self.write_hashed(text.as_bytes(), CODE_FOLDER, plain)?;
        if plain == LOADER {
            let name = self.name_of(&format!("/{CODE_FOLDER}/{plain}"))?;
            let listed = pin::listed(&format!("/{CODE_FOLDER}/{name}"), text.as_bytes());
            self.write(&format!("{CODE_FOLDER}/versions.json"), listed.as_bytes())?;
        }
        Ok(())
    }

    fn copy(&self, from: &Path, to: &str) -> Result<()> {
        if !from.is_dir() {
            let mut content = fs::read(from).doing(|| format!("can't read {}", from.display()))?;
            if let Some(at) = self.origin.filter(|_| to.ends_with(".html")) {
                content = origin::moved(&String::from_utf8_lossy(&content), at, at).into_bytes();
            }
            return self.write(to, &content);
        }
        for file in files_under(from) {
            let inside = file.strip_prefix(from).unwrap_or(&file);
            self.copy(&file, &format!("{to}/{}", inside.display()))?;
        }
        Ok(())
    }

    fn write(&self, to: &str, content: &[u8]) -> Result<()> {
        write(&self.folder.join(to), content)
    }
}

/// JavaScript: as it stands, or small.
fn code(file: &Path, npm: &Npm, mode: Mode) -> Result<Vec<u8>> {
    match mode {
        Mode::Quick => fs::read(file).doing(|| format!("can't read {}", file.display())),
        Mode::Release => {
            let mut esbuild = Command::new(npm.esbuild());
            // The oldest browsers with style sheets that scripts make: what a strict page needs anyway.
            Ok(run::quietly(esbuild.args(["--minify", "--target=es2022"]).arg(file))?.stdout)
        }
    }
}

/// Puts the controls of `cargo xtask bench widget` into a folder: a page that starts the counter as our pages start our programs.
pub(crate) fn control(job: &Job<'_>, npm: &Npm) -> Result<()> {
    let (made, folder) = (job.workshop("counter"), job.workshop("control"));
    for file in ["counter.js", "counter_bg.wasm"] {
        place(&made.join(file), &folder.join(file))?;
    }
    let start = "import init from \"./counter.js\";\nawait init({ module_or_path: new URL(\"./counter_bg.wasm\", import.meta.url) });\n";
    write(&folder.join("start.js"), start.as_bytes())?;
    let page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Counter</title>\
        <link rel=\"modulepreload\" href=\"counter.js\"><link rel=\"preload\" href=\"counter_bg.wasm\" as=\"fetch\" crossorigin>\
        <script type=\"module\" src=\"start.js\"></script></head><body></body></html>";
    write(&folder.join("index.html"), page.as_bytes())?;
    let loader = code(&job.paths.at("tests/bare-loader.js"), npm, job.mode)?;
    write(&folder.join("bare-loader.js"), &loader)
}

/// Rewrites the quoted names of a screen's page: relative ones are of its own folder, others from the top.
fn rename_in(page: &str, folder: &str, named: &BTreeMap<String, String>) -> String {
    let mut text = page.to_owned();
    for (plain, name) in named {
        let (_, own) = plain.rsplit_once('/').unwrap_or(("", plain));
        let renamed = format!("{}{name}", plain.strip_suffix(own).unwrap_or_default());
        text = text.replace(&format!("\"{plain}\""), &format!("\"{renamed}\""));
        let prefix = format!("/{folder}/");
        if let (Some(plain), Some(renamed)) = (plain.strip_prefix(&prefix), renamed.strip_prefix(&prefix)) {
            text = text.replace(&format!("\"{plain}\""), &format!("\"{renamed}\""));
            text = text.replace(&format!("\"./{plain}\""), &format!("\"{renamed}\""));
        }
    }
    text
}

fn plain_name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Copies a file unless the same stands there.
pub(crate) fn place(from: &Path, to: &Path) -> Result<()> {
    let content = fs::read(from).doing(|| format!("can't read {}", from.display()))?;
    if fs::read(to).is_ok_and(|present| present == content) {
        return Ok(());
    }
    write(to, &content)
}

/// Writes a file, and its folder where that is missing.
pub(crate) fn write(to: &Path, content: &[u8]) -> Result<()> {
    let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(to, content))
        .doing(|| format!("can't write {}", to.display()))
}

/// Removes a folder, if it is there.
pub(crate) fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Fail::new(format!("can't remove {}: {error}", folder.display())))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_the_names_that_change_with_the_content() {
        let named = BTreeMap::from([
            ("/panel/panel.css".to_owned(), "panel.0a.css".to_owned()),
            ("/panel/start.js".to_owned(), "start.0b.js".to_owned()),
            ("/design/base.css".to_owned(), "base.0c.css".to_owned()),
            ("/desk/desk.css".to_owned(), "desk.0d.css".to_owned()),
        ]);
        let page = r#"<link href="/design/base.css"><link href="panel.css"><script src="./start.js"></script><a href="desk.css">"#;
        let expected = r#"<link href="/design/base.0c.css"><link href="panel.0a.css"><script src="start.0b.js"></script><a href="desk.css">"#;
        assert_eq!(rename_in(page, "panel", &named), expected);
    }
}
