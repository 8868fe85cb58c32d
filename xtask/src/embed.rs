//! The npm package `@ringback/embed`: types, lists and tables out of the one description of what pages may say to the loader
//! (`widget/embed/interface.json`).

use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::run;
use crate::site::{clear, write};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// Where the package's sources are.
const SOURCES: &str = "widget/embed";
/// The documents whose tables come from the description.
const TABLES: &str = "widget/README.md";

/// What pages may say to the loader, and hear of it.
struct Interface(Value);

/// `cargo xtask embed`: the tables of the README as the description has them, and the package.
pub(crate) fn renew(paths: &Paths) -> Result<()> {
    let path = paths.at(TABLES);
    let readme = read(paths, TABLES)?;
    write(&path, Interface::read(paths)?.filled(&readme).as_bytes())?;
    pack(paths)
}

/// Packs `target/embed/ringback-embed-….tgz`, as it is published.
pub(crate) fn pack(paths: &Paths) -> Result<()> {
    let interface = Interface::read(paths)?;
    let (target, package) = (paths.at("target/embed"), paths.at("target/embed/package"));
    let source = |name: &str| read(paths, &format!("{SOURCES}/{name}"));
    let files = [
        ("index.js", source("index.js")?),
        ("interface.js", interface.lists()),
        ("index.d.ts", interface.typings(&source("types.d.ts")?)),
        ("README.md", plain(&interface.filled(&source("README.md")?))),
        ("LICENSE-MIT", read(paths, "LICENSE-MIT")?),
        ("LICENSE-APACHE", read(paths, "LICENSE-APACHE")?),
        ("package.json", format!("{:#}\n", manifest())),
    ];
    let same =
        |(name, text): &(&str, String)| fs::read_to_string(package.join(name)).is_ok_and(|it| it == *text);
    if files.iter().all(same) {
        return Ok(());
    }
    clear(&target)?;
    for (name, text) in &files {
        write(&package.join(name), text.as_bytes())?;
    }
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--pack-destination", ".."])
        .current_dir(&package);
    run::quietly(&mut npm).map(drop)
}

fn manifest() -> Value {
    json!({
        "name": "@ringback/embed",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Click-to-call and call-back on your pages",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "sideEffects": false,
        "exports": {".": {"types": "./index.d.ts", "default": "./index.js"}},
        "types": "./index.d.ts",
        "files": ["index.js", "interface.js", "index.d.ts", "LICENSE-*"]
    })
}

fn read(paths: &Paths, name: &str) -> Result<String> {
    fs::read_to_string(paths.at(name)).doing(|| format!("can't read {name}"))
}

fn word<'a>(item: &'a Value, name: &str) -> &'a str {
    item.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `customer-token` as a script's `dataset` has it: `customerToken`.
fn camel(name: &str) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let (head, tail) = part.split_at_checked(1).unwrap_or((part, ""));
        all + &head.to_uppercase() + tail
    })
}

impl Interface {
    fn read(paths: &Paths) -> Result<Self> {
        let name = format!("{SOURCES}/interface.json");
        let read = serde_json::from_str(&read(paths, &name)?);
        read.map(Self)
            .map_err(|error| Fail::new(format!("{name}: {error}")))
    }

    fn items(&self, of: &str) -> impl Iterator<Item = &Value> {
        self.0.get(of).and_then(Value::as_array).into_iter().flatten()
    }

    fn names(&self, of: &str) -> Vec<&str> {
        self.items(of).map(|item| word(item, "name")).collect()
    }

    fn attributes(&self) -> Vec<String> {
        self.items("attributes")
            .map(|item| camel(word(item, "name")))
            .collect()
    }

    /// What `index.js` needs to know.
    fn lists(&self) -> String {
        format!(
            "export const ATTRIBUTES = {};\nexport const COMMANDS = {};\nexport const EVENTS = {};\n",
            json!(self.attributes()),
            json!(self.names("commands")),
            json!(self.names("events")),
        )
    }

    /// `index.d.ts`: `head` are the types that the description names.
    fn typings(&self, head: &str) -> String {
        let comment = |words: &str| format!("  /** {} */\n", plain(words));
        let members = |of: &str, member: &dyn Fn(&Value) -> Option<String>| -> String {
            self.items(of).filter_map(member).collect()
        };
        let options = members("attributes", &|item| {
            let mark = if item.get("required").is_some() { "" } else { "?" };
            let name = camel(word(item, "name"));
            Some(format!(
                "{}  {name}{mark}: {};\n",
                comment(word(item, "means")),
                word(item, "type")
            ))
        });
        let element = members("attributes", &|item| {
            item.get("element")?;
            let (name, kind) = (word(item, "name"), word(item, "type"));
            Some(format!(
                "{}  {}?: {kind};\n",
                comment(word(item, "means")),
                json!(name)
            ))
        });
        let commands = members("commands", &|item| {
            let (name, takes) = (word(item, "name"), word(item, "takes"));
            Some(format!(
                "{}  {name}({takes}): void;\n",
                comment(word(item, "does"))
            ))
        });
        let events = members("events", &|item| {
            let (name, detail) = (word(item, "name"), word(item, "detail"));
            Some(format!("{}  {name}: {detail};\n", comment(word(item, "when"))))
        });
        let on_document = members("events", &|item| {
            let name = word(item, "name");
            Some(format!(
                "    \"ringback:{name}\": CustomEvent<Events[\"{name}\"]>;\n"
            ))
        });
        format!(
            "{head}
/** What the script tag says. */
export interface Attributes {{
{options}}}

export interface Options extends Attributes {{
  /** Where your Ringback is: its origin. */
  edge: string;
  /** The loader's path, where a version is pinned. */
  path?: string;
  /** With it what is loaded is exactly what was pinned. */
  integrity?: string;
  /** Your page's nonce. */
  nonce?: string;
}}

/** What `<talk-to-rep>` takes. */
export interface TalkToRepAttributes {{
{element}}}

/** What each event's `detail` is. */
export interface Events {{
{events}}}

export interface Ringback {{
{commands}  /** Hears of an event until what is given back is called. */
  on<Name extends keyof Events>(event: Name, listener: (event: CustomEvent<Events[Name]>) => void): () => void;
}}

/** Puts the button into the page, once; begins anew after `destroy`. On a server it does nothing. */
export function load(options: Options): Ringback;

declare global {{
  interface HTMLElementTagNameMap {{
    \"talk-to-rep\": HTMLElement;
  }}
  interface DocumentEventMap {{
{on_document}  }}
}}
"
        )
    }

    /// A document with the tables between its marks.
    fn filled(&self, text: &str) -> String {
        let attributes = self.items("attributes").map(|item| {
            let both = if item.get("element").is_some() {
                ", also on the element"
            } else {
                ""
            };
            let name = word(item, "name");
            format!("| `data-{name}`{both} | {} |\n", word(item, "means"))
        });
        let options = self.items("attributes").map(|item| {
            let name = camel(word(item, "name"));
            format!("| `{name}` | {} |\n", word(item, "means"))
        });
        let commands = self.items("commands").map(|item| {
            let shown = item.get("shown").and_then(Value::as_str);
            let shown = shown.map(|shown| format!(", {shown}")).unwrap_or_default();
            format!(
                "| `Ringback(\"{}\"{shown})` | {} |\n",
                word(item, "name"),
                word(item, "does")
            )
        });
        let events = self
            .items("events")
            .map(|item| format!("| `ringback:{}` | {} |\n", word(item, "name"), word(item, "when")));
        let tables: [(&str, &str, String); 4] = [
            ("attributes", "attribute of the tag", attributes.collect()),
            ("options", "option", options.collect()),
            ("commands", "command", commands.collect()),
            ("events", "event", events.collect()),
        ];
        tables.iter().fold(text.to_owned(), |text, (name, title, rows)| {
            let (mark, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
            let Some((before, after)) = text.split_once(&mark) else {
                return text;
            };
            let after = after.split_once(&end).map_or(after, |(_, after)| after);
            format!("{before}{mark}| {title} | means |\n| --- | --- |\n{rows}{end}{after}")
        })
    }
}

/// Words without links, for a comment.
fn plain(words: &str) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('[') {
        let linked = after
            .split_once("](")
            .and_then(|(shown, tail)| Some((shown, tail.split_once(')')?.1)));
        let Some((shown, tail)) = linked else { break };
        text.extend([before, shown]);
        rest = tail;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn set<T: Into<String>>(names: impl IntoIterator<Item = T>) -> BTreeSet<String> {
        names.into_iter().map(Into::into).collect()
    }

    fn code() -> String {
        let paths = Paths::here();
        read(&paths, "widget/loader.js").unwrap() + &read(&paths, "widget/frame.js").unwrap()
    }

    fn quoted(text: &str) -> impl Iterator<Item = &str> {
        text.split('"').skip(1).step_by(2)
    }

    /// What stands after each `mark`, up to `end`.
    fn after<'a>(text: &'a str, mark: &'a str, end: &'a [char]) -> impl Iterator<Item = &'a str> {
        text.split(mark)
            .skip(1)
            .filter_map(move |tail| tail.split(end).next())
    }

    #[test]
    fn every_command_is_described_and_every_described_one_is_there() {
        let code = code();
        let body = after(&code, "const commands = {\n", &[])
            .next()
            .unwrap()
            .split("\n  };")
            .next()
            .unwrap();
        let own = |line: &str| {
            line.starts_with("    ") && line.as_bytes().get(4).is_some_and(u8::is_ascii_lowercase)
        };
        let name = |line: &str| -> String {
            line.trim_start()
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect()
        };
        let known = set(body.lines().filter(|line| own(line)).map(name));
        assert_eq!(
            known,
            set(Interface::read(&Paths::here()).unwrap().names("commands"))
        );
    }

    #[test]
    fn every_event_is_described_and_every_described_one_is_told() {
        let code = code();
        let known = set(after(&code, "emit(", &[',', ')']).flat_map(quoted));
        assert_eq!(
            known,
            set(Interface::read(&Paths::here()).unwrap().names("events"))
        );
    }

    #[test]
    fn every_attribute_is_described_and_every_described_one_is_read() {
        let code = code();
        let interface = Interface::read(&Paths::here()).unwrap();
        let ends: &[char] = &[' ', ')', ',', ';', '}', '\n', '.', '?'];
        let mut known = set(["data.", "data?."].iter().flat_map(|mark| {
            let mine = code.split(mark).zip(code.split(mark).skip(1));
            let mine = mine.filter(|(before, _)| !before.ends_with(|c: char| c.is_ascii_alphanumeric()));
            mine.filter_map(|(_, tail)| tail.split(ends).next())
                .collect::<Vec<_>>()
        }));
        // Whom the tag names is read in one go.
        assert!(code.contains("named(data)") && code.contains("const named = ({ skill, expert, to })"));
        known.extend(set(["skill", "expert", "to"]));
        assert_eq!(known, set(interface.attributes()));

        let observed = after(&code, "observedAttributes() { return [", &[']']).flat_map(quoted);
        let asked = after(&code, "getAttribute(\"", &['"']);
        let described = interface
            .items("attributes")
            .filter(|item| item.get("element").is_some());
        assert_eq!(
            set(observed.chain(asked)),
            set(described.map(|item| word(item, "name")))
        );
    }

    #[test]
    fn the_readme_has_the_tables_of_the_description() {
        let paths = Paths::here();
        let readme = read(&paths, TABLES).unwrap();
        assert!(
            readme.contains("<!-- attributes -->")
                && readme.contains("<!-- commands -->")
                && readme.contains("<!-- events -->")
        );
        let filled = Interface::read(&paths).unwrap().filled(&readme);
        assert!(filled == readme, "run `cargo xtask embed`");
    }

    #[test]
    fn names_and_words_are_turned_as_javascript_wants_them() {
        assert_eq!(
            (camel("customer-token"), camel("site")),
            ("customerToken".into(), "site".into())
        );
        assert_eq!(plain("is [signed](../a.md#b): so"), "is signed: so");
        assert_eq!(plain("a [ b"), "a [ b");
    }
}
