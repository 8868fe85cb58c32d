//! Every sentence of the console that is not beside its field.

use super::model::Section;

pub(super) const CODE_NEEDED: &str = "Enter the code.";
pub(super) const NO_DOCUMENT: &str = "This is no document: it has to be a JSON object.";

/// A part's name.
pub(super) const fn section(section: Section) -> &'static str {
    match section {
        Section::Start => "Start",
        Section::Business => "Business & hours",
        Section::People => "People",
        Section::Pages => "Skills & pages",
        Section::Calls => "Calls & equipment",
        Section::Reports => "Reports",
        Section::Developers => "Developers",
    }
}

/// The text can't be read.
pub(super) fn no_json(why: &str) -> String {
    format!("This is no JSON: {why}.")
}

/// The document was refused whole.
pub(super) fn refused(faults: usize) -> String {
    match faults {
        1 => "Nothing was saved: one field is wrong.".into(),
        n => format!("Nothing was saved: {n} fields are wrong."),
    }
}

/// A wait, as coarsely as people say it.
pub(super) fn wait(seconds: Option<f64>) -> String {
    match seconds {
        None => "—".into(),
        Some(s) if s < 90.0 => format!("{s:.0} s"),
        Some(s) => format!("{:.1} min", s / 60.0),
    }
}

/// A share in percent.
pub(super) fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        "—".into()
    } else {
        format!("{:.0} %", f64::from(part) * 100.0 / f64::from(whole))
    }
}

/// Days of the week, as buttons say them.
pub(super) const DAYS: [(u8, &str); 7] = [
    (1, "Mon"),
    (2, "Tue"),
    (3, "Wed"),
    (4, "Thu"),
    (5, "Fri"),
    (6, "Sat"),
    (7, "Sun"),
];
