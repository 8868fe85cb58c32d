//! Names between a program in WebAssembly and the JavaScript around it. `wasm-bindgen` writes them out, with a hash behind each that
//! nothing compresses, and once on either side; nobody else reads them, so for visitors they become letters.

use std::collections::{BTreeMap, BTreeSet};

use crate::fail::{Fail, Result};

/// What it calls the only module.
const MODULE: &str = "\"a\"";

/// JavaScript that says what the program's new names are. `listed` is what `wasm-opt --minify-imports-and-exports-and-modules` prints:
/// `imports`, each a module, a name and the name now, and `exports`.
pub(crate) fn renamed(js: &str, listed: &str) -> Result<String> {
    let listed: BTreeMap<String, Vec<Vec<String>>> = serde_json::from_str(listed)
        .map_err(|error| Fail::new(format!("wasm-opt lists no names: {error}")))?;
    let (mut imports, mut exports, mut modules) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    for row in listed.values().flatten() {
        match row.as_slice() {
            [module, name, now] => {
                imports.insert(name.as_str(), now.as_str());
                modules.insert(format!("\"{module}\""));
            }
            [name, now] => {
                exports.insert(name.as_str(), now.as_str());
            }
            _ => return Err(Fail::new("wasm-opt lists names in another way")),
        }
    }
    let (mut text, mut missing, mut rest) = (String::with_capacity(js.len()), imports.clone(), js);
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|c| is_of_name(c) != is_of_name(first))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let now = if text.ends_with("wasm.") {
            exports.get(word)
        } else {
            missing.remove(word);
            imports.get(word)
        };
        text.push_str(now.unwrap_or(&word));
        rest = after;
    }
    match (missing.first_key_value(), modules.len()) {
        (Some((name, _)), _) => Err(Fail::new(format!("the JavaScript has no {name}"))),
        (None, 0 | 1) => Ok(modules
            .iter()
            .fold(text, |text, module| text.replace(module.as_str(), MODULE))),
        (None, _) => Err(Fail::new("the program imports from several modules")),
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str =
        r#"{"imports": [["./x_bg.js", "__wbg_now_1f", "b"]], "exports": [["memory", "c"], ["run", "d"]]}"#;

    #[test]
    fn both_sides_say_the_same() {
        let js = r#"const i = { __wbg_now_1f: () => now() }; const all = {"./x_bg.js": i}; wasm.run(wasm.memory, memory, run);"#;
        let now = r#"const i = { b: () => now() }; const all = {"a": i}; wasm.d(wasm.c, memory, run);"#;
        assert_eq!(renamed(js, LISTED).unwrap(), now);
    }

    #[test]
    fn a_name_that_is_not_there_is_said() {
        assert!(
            renamed("wasm.run()", LISTED)
                .unwrap_err()
                .to_string()
                .contains("__wbg_now_1f")
        );
    }
}
