//! The ids of the panel's messages, in the order in which they are loaded.

use std::path::Path;
use std::{env, fs, io};

const MESSAGES: &str = "../locales/en/panel.ftl";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={MESSAGES}");
    let text = fs::read_to_string(MESSAGES)?;
    // A message begins its line; what belongs to it is indented.
    let ids: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split(" =").next())
        .collect();
    let rules: String = ids
        .iter()
        .enumerate()
        .map(|(place, id)| format!("    ({id:?}) => {{ $crate::word::Say::ours({place}) }};\n"))
        .collect();
    let code = format!(
        "/// The ids of `locales/en/panel.ftl`, in their order.\npub const IDS: [&str; {}] = {ids:?};\n\
         macro_rules! say {{\n{rules}}}\n",
        ids.len()
    );
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("messages.rs"), code)
}
