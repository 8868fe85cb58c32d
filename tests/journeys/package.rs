//! `@ringback/embed` as merchants' programmers have it: packed, unpacked into their modules, bundled, typed.

use crate::MINE;
use stage::{Outcome, Pages, Phones, Shopper, Stack, broken, journeys, until};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn run(command: &mut Command) -> Outcome {
    let done = command.output()?;
    if done.status.success() {
        return Ok(());
    }
    let said = [done.stdout, done.stderr].concat();
    broken(format!("{command:?}: {}", String::from_utf8_lossy(&said)))
}

/// A merchant's project with the package installed.
fn project(at: &Path) -> Outcome {
    let module = at.join("node_modules/@ringback/embed");
    fs::create_dir_all(&module)?;
    let packed = fs::read_dir(root().join("target/embed"))?
        .flatten()
        .map(|entry| entry.path());
    let mut packed = packed.filter(|path| path.extension().is_some_and(|it| it == "tgz"));
    let Some(packed) = packed.next() else {
        return broken("nothing is packed: run `cargo xtask build`");
    };
    let mut tar = Command::new("tar");
    run(tar
        .args(["xzf"])
        .arg(packed)
        .args(["--strip-components=1", "-C"])
        .arg(module))
}

/// The script of a page, bundled.
fn bundle(stack: &Stack, script: &str) -> Outcome<String> {
    let at = stack.folder().join("project");
    project(&at)?;
    fs::write(at.join("app.js"), script)?;
    let mut esbuild = Command::new(root().join("node_modules/.bin/esbuild"));
    run(esbuild
        .current_dir(&at)
        .args(["app.js", "--bundle", "--format=esm", "--outfile=bundle.js"]))?;
    Ok(fs::read_to_string(at.join("bundle.js"))?)
}

/// Without a browser, as on a server: nothing happens, and nothing breaks.
#[test]
fn on_a_server_it_does_nothing() -> Outcome {
    let at = std::env::temp_dir().join(format!("ringback-server-{}", std::process::id()));
    project(&at)?;
    fs::write(
        at.join("server.mjs"),
        "import { load } from '@ringback/embed';
         const ringback = load({ edge: 'https://edge.example', site: 'meridian' });
         ringback.open({ skill: 'cruises' });
         ringback.on('state', () => {})();
         ringback.destroy();",
    )?;
    let ran = run(Command::new("node").current_dir(&at).arg("server.mjs"));
    fs::remove_dir_all(&at)?;
    ran
}

/// The sample is what a programmer writes; what must not compile does not.
#[test]
fn the_types_fit_and_refuse_what_is_wrong() -> Outcome {
    let at = std::env::temp_dir().join(format!("ringback-types-{}", std::process::id()));
    project(&at)?;
    for name in ["sample.tsx", "tsconfig.json"] {
        fs::copy(root().join("widget/embed").join(name), at.join(name))?;
    }
    let tsc = root().join("node_modules/typescript/bin/tsc");
    let ran = run(Command::new("node").arg(tsc).args(["-p", "."]).current_dir(&at));
    fs::remove_dir_all(&at)?;
    ran
}

async fn on_page<T: serde::de::DeserializeOwned>(shopper: &Shopper, script: &str) -> Outcome<T> {
    shopper.driver().enter_default_frame().await?;
    shopper.script(script).await
}

journeys! {
    /// A shop's bundle loads the button, however often it says so, on a page that requires Trusted Types. A shopper asks for a call
    /// by the shop's own button, the two talk, the page hears of it, and in the end all of it goes and comes back.
    async fn a_bundled_page_from_call_to_destroy(stage) {
        let edge = stage.stack.origin();
        let script = format!(
            "import {{ load }} from '@ringback/embed';
             const options = {{ edge: '{edge}', site: 'meridian', skill: 'cruises', launcher: 'none', context: 'cabin 7' }};
             const ringback = load(options);
             window.same = load(options) === ringback && document.scripts.length;
             window.heard = [];
             const stop = ringback.on('state', (event) => heard.push(event.detail.state));
             ringback.on('beforerequest', (event) => window.asked = event.detail.skill);
             window.shop = {{ load: () => load(options), ringback, stop }};
             document.querySelector('#help').onclick = () => ringback.request({{ note: 'From the bundle' }});"
        );
        let bundled = bundle(&stage.stack, &script)?;
        let page = "<!doctype html><html lang=en><head><title>Cabin 7</title></head><body><button id=help>Help</button>
            <script type=module src=/app.js></script></body></html>";
        let policy = format!(
            "default-src 'none'; script-src 'self' {edge}; frame-src {edge}; connect-src {edge};
             require-trusted-types-for 'script'; trusted-types ringback"
        );
        let pages = Pages::serve(vec![("/", page.into()), ("/app.js", bundled)], &policy.replace('\n', ""))?;
        stage.stack.admit(&[&pages.origin])?;
        let ana = stage.agent("ana").await?;
        let phones = stage.phones();
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        until("one script", || async { Ok((on_page::<u32>(&shopper, "return same").await? == 2).then_some(())) }).await?;
        shopper.click("#help").await?;
        shopper.enter_panel().await?;
        assert_eq!(shopper.see("#note").await?.value().await?.as_deref(), Some("From the bundle"));
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        ana.read("#page-says", "cabin 7").await?;
        let heard: Vec<Option<String>> = on_page(&shopper, "return heard").await?;
        assert_eq!(heard.last().and_then(Option::as_deref), Some("connected"), "{heard:?}");
        assert_eq!(on_page::<String>(&shopper, "return asked").await?, "cruises");

        let left: usize = on_page(&shopper, "shop.stop(); shop.ringback.destroy(); return document.querySelectorAll('talk-to-rep').length").await?;
        assert_eq!(left, 0);
        let again: usize = on_page(&shopper, "shop.load(); shop.load(); return document.querySelectorAll('talk-to-rep').length").await?;
        assert_eq!(again, 1);
        let after: Vec<Option<String>> = on_page(&shopper, "return heard").await?;
        assert_eq!(after, heard, "what was stopped hears nothing more");
    }
}
