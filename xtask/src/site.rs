//! Assembles the static site in `target/site`: the pages, and their files under names that change with the content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{Job, Mode};
use crate::fail::{Doing, Fail, Result};
use crate::origin;
use crate::paths::Paths;
use crate::pin;
use crate::run;
use crate::screen::{PANEL, SCREENS, Screen};
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

/// What makes the languages of `locales/` into files, and the JavaScript that speaks them.
const LOCALES: &str = "widget/locales.mjs";
const SPOKEN: [&str; 17] = [
    "widget/locale.js",
    "widget/pattern.mjs",
    "widget/speech.js",
    "widget/words.js",
    FIRST,
    "widget/early.js",
    BEGIN,
    PROVE,
    SOLVER,
    PART,
    "widget/line.js",
    TALK,
    "widget/microphone.js",
    VOICE,
    "widget/call.js",
    APART,
    "widget/say.js",
];

/// What the panel asks for while its program still loads.
const FIRST: &str = "widget/first.js";

/// To the browser: most of what is in here is called as soon as the program is there, so it's compiled while the program comes.
const ALL_AT_ONCE: &str = "//# allFunctionsCalledOnLoad\n";

/// What answers the edge's challenges, and what solves one.
const PROVE: &str = "widget/prove.js";

/// What the panel shows until its program is there.
const BEGIN: &str = "widget/begin.js";
const SOLVER: &str = "widget/challenge.js";

/// What leads to the parts of the panel that are loaded where they are wanted; the talk about a request, and the call in a window of
/// its own, with its style.
const PART: &str = "widget/part.js";
const TALK: &str = "widget/talk.js";
const APART: &str = "widget/apart.js";
const CALL_STYLE: &str = "widget/panel/call.css";

/// A call in the browser, which the desk has, too.
const VOICE: &str = "widget/voice.js";

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
    /// The languages: what [`LOCALES`] made, and what follows from it.
    locales: PathBuf,
    /// From the plain path of a file, as `/panel/start.js`, to the name that it has on the site.
    named: BTreeMap<String, String>,
}

/// Makes the site of what was built, unless it is up to date.
pub(crate) fn assemble(job: &Job<'_>, npm: &Npm) -> Result<()> {
    let site = job.paths.site();
    let inputs = inputs(job);
    // A file that is new counts as a change, so the list itself is part of the stamp.
    let salt = format!(
        "{:?} {:?} {inputs:?} {}",
        job.mode,
        job.origin,
        short_hash(&contract())
    );
    let stamp = Stamp::new(job.paths.at("target/workshop/site.stamp"), salt);
    if stamp.fresh() && site.is_dir() {
        return Ok(());
    }
    let step = job.progress.step("Static site");
    let folder = put_together(job, npm, "target/workshop/site", &SCREENS)?;
    clear(&site)?;
    fs::rename(&folder, &site).doing(|| format!("can't put {} in place", site.display()))?;
    stamp.keep(inputs)?;
    step.done();
    Ok(())
}

/// What shoppers load, without the screens of those who work: a folder to be weighed.
pub(crate) fn for_shoppers(job: &Job<'_>, npm: &Npm) -> Result<PathBuf> {
    put_together(job, npm, "target/workshop/shoppers", &[PANEL])
}

fn put_together(job: &Job<'_>, npm: &Npm, folder: &str, screens: &[Screen]) -> Result<PathBuf> {
    let folder = job.paths.at(folder);
    clear(&folder)?;
    let mut draft = Draft {
        folder,
        npm,
        mode: job.mode,
        origin: job.origin,
        locales: job.paths.at("target/workshop/locales"),
        named: BTreeMap::new(),
    };
    for name in STATIC {
        draft.copy(&job.paths.at("www").join(name), name)?;
    }
    for file in files_under(&job.paths.at("www/design")) {
        draft.add_hashed(&file, "design", &plain_name(&file))?;
    }
    draft.add_languages(job.paths)?;
    for screen in screens {
        draft.add_screen(job, screen)?;
    }
    for file in files_under(&job.paths.at(PINNED)) {
        draft.copy(&file, &format!("{CODE_FOLDER}/{}", plain_name(&file)))?;
    }
    for (file, to) in CODE {
        draft.add_code(&job.paths.at(file), to)?;
    }
    draft.write(&format!("{CODE_FOLDER}/openapi.json"), &contract())?;
    Ok(draft.folder)
}

/// The OpenAPI document of the HTTP interface.
fn contract() -> Vec<u8> {
    format!("{:#}\n", contract::document::document()).into_bytes()
}

fn inputs(job: &Job<'_>) -> Vec<PathBuf> {
    let mut inputs: Vec<PathBuf> = CODE.iter().map(|(file, _)| job.paths.at(file)).collect();
    inputs.extend(files_under(&job.paths.at(PINNED)));
    inputs.extend(files_under(&job.paths.at("locales")));
    inputs.extend([LOCALES].iter().chain(&SPOKEN).map(|file| job.paths.at(file)));
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
        let [_, module] = built(job, screen);
        self.add_hashed(&module, name, &plain_name(&module))?;
        if name == PANEL.name {
            let solver = self.code(&job.paths.at(SOLVER), &[])?;
            self.write_hashed(&solver, name, "challenge.js")?;
            let talk = self.code(
                &job.paths.at(TALK),
                &[("places", &self.locales.join("talk.json"))],
            )?;
            self.write_hashed(&talk, name, "talk.js")?;
            self.add_hashed(&job.paths.at(CALL_STYLE), name, "call.css")?;
            let apart = self.code(&job.paths.at(APART), &[("voices", &self.voices()?)])?;
            self.write_hashed(&apart, name, "apart.js")?;
        }
        let start = self.start(job, screen)?;
        self.write_hashed(&start, name, "start.js")?;
        for file in files_under(&sources) {
            let inside = file.strip_prefix(&sources).unwrap_or(&file);
            if inside.extension().is_none_or(|extension| extension != "html") {
                self.add_hashed(&file, name, &inside.to_string_lossy())?;
            }
        }
        for page in files_under(&sources) {
            if page.extension().is_some_and(|extension| extension == "html") {
                let text = fs::read_to_string(&page).doing(|| format!("can't read {}", page.display()))?;
                self.write(
                    &format!("{name}/{}", plain_name(&page)),
                    rename_in(&text, name, &self.named).as_bytes(),
                )?;
            }
        }
        Ok(())
    }

    /// Where a call in the browser finds its words and its style.
    fn voices(&self) -> Result<PathBuf> {
        let sheet = format!("/panel/{}", self.name_of("/panel/call.css")?);
        let files = self.locales.join("voices.json");
        let text = fs::read_to_string(&files).doing(|| format!("can't read {}", files.display()))?;
        let list = self.locales.join("voice-parts.json");
        write(
            &list,
            format!("{{\"files\":{text},\"sheet\":\"{sheet}\"}}").as_bytes(),
        )?;
        Ok(list)
    }

    /// What starts a screen, in one piece: the JavaScript around its program, and where it has words of its own, these before it runs;
    /// both come at the same time.
    fn start(&self, job: &Job<'_>, screen: &Screen) -> Result<Vec<u8>> {
        let [program, module] = built(job, screen);
        let module = self.name_of(&format!("/{}/{}", screen.name, plain_name(&module)))?;
        let source = job.workshop(screen.name).join("start.js");
        let named = |name| self.name_of(name);
        let started = match screen.name {
            "panel" => {
                let parts = [
                    ("ringback-talk", named("/panel/talk.js")?),
                    ("ringback-voice", named("/panel/apart.js")?),
                ];
                panel_started(job, &program, module, named("/panel/challenge.js")?, &parts)
            }
            "desk" => {
                let voice = import("* as voice from ", &job.paths.at(VOICE));
                format!("{voice}globalThis.voice = voice;\n{}", started(&program, module))
            }
            _ => started(&program, module),
        };
        write(&source, started.as_bytes())?;
        let code = self.code(&source, &[("files", &self.locales.join("files.json"))])?;
        Ok([ALL_AT_ONCE.as_bytes(), &code].concat())
    }

    /// What is said, language by language: the panel's messages and what speaks them, and for the button's words a module each, all
    /// under one version that the loader knows.
    fn add_languages(&mut self, paths: &Paths) -> Result<()> {
        let made = self.locales.clone();
        clear(&made)?;
        run::quietly(Command::new("node").arg(paths.at(LOCALES)).arg(&made))?;
        let (mut files, mut voices, mut modules) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for file in files_under(&made) {
            let name = plain_name(&file);
            if let Some(language) = within(&name, "panel.", ".json") {
                files.insert(
                    language.to_owned(),
                    self.add_words(&file, &format!("words.{language}.json"))?,
                );
            } else if let Some(language) = within(&name, "voice.", ".json") {
                voices.insert(language.to_owned(), self.add_words(&file, &name)?);
            } else if let Some(language) = within(&name, "button.", ".json") {
                let say = self.code(&paths.at("widget/say.js"), &[("words", &file)])?;
                modules.push((language.to_owned(), say));
            }
        }
        let all: Vec<u8> = modules.iter().flat_map(|(_, say)| say.clone()).collect();
        let version = short_hash(&all);
        for (language, say) in &modules {
            self.write(&format!("{CODE_FOLDER}/say.{language}.{version}.js"), say)?;
        }
        let labels = made.join("labels.json");
        let text = fs::read_to_string(&labels).doing(|| format!("can't read {}", labels.display()))?;
        let text = format!("{{\"labels\":{text},\"version\":\"{version}\"}}");
        write(&labels, text.as_bytes())?;
        for (name, files) in [("files.json", files), ("voices.json", voices)] {
            write(&made.join(name), serde_json::json!(files).to_string().as_bytes())?;
        }
        Ok(())
    }

    /// One language's messages; gives their address.
    fn add_words(&mut self, file: &Path, plain: &str) -> Result<String> {
        self.add_hashed(file, "panel", plain)?;
        Ok(format!("/panel/{}", self.name_of(&format!("/panel/{plain}"))?))
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
        let content = self.code(file, &[("labels", &self.locales.join("labels.json"))])?;
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

    fn code(&self, file: &Path, imports: &[(&str, &PathBuf)]) -> Result<Vec<u8>> {
        bundle(file, self.npm, self.mode, imports)
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

/// JavaScript in one piece, small in a release. What it imports by a plain name is the file beside that name. A loader is a script,
/// all else are modules.
fn bundle(file: &Path, npm: &Npm, mode: Mode, imports: &[(&str, &PathBuf)]) -> Result<Vec<u8>> {
    let script = plain_name(file).ends_with("loader.js");
    let mut esbuild = Command::new(npm.esbuild());
    // The oldest browsers with style sheets that scripts make: what a strict page needs anyway.
    esbuild.args([
        "--bundle",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    esbuild.arg(if script { "--format=iife" } else { "--format=esm" });
    for (name, file) in imports {
        esbuild.arg(format!("--alias:{name}={}", file.display()));
    }
    if mode == Mode::Release {
        esbuild.arg("--minify");
    }
    Ok(run::quietly(esbuild.arg(file))?.stdout)
}

/// A module that starts a program. `module` is the WebAssembly's address beside it.
fn started(program: &Path, module: &str) -> String {
    let program = import("init from ", program);
    format!("{program}await init({{ module_or_path: {} }});\n", beside(module))
}

/// The same for the panel's, which has words of its own, and asks for the first things while it loads.
fn panel_started(
    job: &Job<'_>,
    program: &Path,
    module: &str,
    solver: &str,
    parts: &[(&str, &str)],
) -> String {
    let imports = [
        import("", &job.paths.at(FIRST)),
        import("init from ", program),
        import("{ prove } from ", &job.paths.at(PROVE)),
        import("{ part } from ", &job.paths.at(PART)),
        import("{ begin } from ", &job.paths.at(BEGIN)),
    ];
    let parts: String = parts
        .iter()
        .map(|(name, module)| format!("part(\"{name}\", {});\n", beside(module)))
        .collect();
    format!(
        "{}const module = WebAssembly.compileStreaming(fetch({}));\nprove({});\n{parts}\
         await begin(async (words) => init({{ module_or_path: await module.finally(words) }}));\n",
        imports.concat(),
        beside(module),
        beside(solver),
    )
}

fn import(what: &str, path: &Path) -> String {
    let path = serde_json::Value::from(path.display().to_string());
    format!("import {what}{path};\n")
}

/// The address of a file beside the module that asks.
fn beside(file: &str) -> String {
    format!("new URL(\"./{file}\", import.meta.url)")
}

/// What stands between the two.
fn within<'a>(name: &'a str, before: &str, after: &str) -> Option<&'a str> {
    name.strip_prefix(before)?.strip_suffix(after)
}

/// Puts the controls of `cargo xtask bench widget` into a folder: a page that starts the counter as our pages start our programs.
pub(crate) fn control(job: &Job<'_>, npm: &Npm) -> Result<()> {
    let (made, folder) = (job.workshop("counter"), job.workshop("control"));
    place(&made.join("counter_bg.wasm"), &folder.join("counter_bg.wasm"))?;
    let source = made.join("start.js");
    write(
        &source,
        started(&made.join("counter.js"), "counter_bg.wasm").as_bytes(),
    )?;
    write(&folder.join("start.js"), &bundle(&source, npm, job.mode, &[])?)?;
    let page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Counter</title>\
        <link rel=\"preload\" href=\"counter_bg.wasm\" as=\"fetch\" crossorigin>\
        <script type=\"module\" src=\"start.js\"></script></head><body></body></html>";
    write(&folder.join("index.html"), page.as_bytes())?;
    let loader = bundle(&job.paths.at("tests/bare-loader.js"), npm, job.mode, &[])?;
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
