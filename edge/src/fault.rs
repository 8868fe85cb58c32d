//! Every fault of a document, not only the first that its decoder meets: what is wrong is noted by its path, something that decodes
//! is put in its place, and decoding goes on.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serde_path_to_error::Segment;
use shared::problem::FieldError;

/// Faults that are looked for. Whoever has more made another mistake.
const MOST: usize = 50;
/// Words of an error that are tried as a stand-in: those it says it expects.
const WORDS: usize = 20;

type Error = serde_path_to_error::Error<serde_json::Error>;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Item(usize),
}

/// A fault, and where it is.
struct Fault {
    path: Vec<Step>,
    unknown: bool,
    error: FieldError,
}

/// A document that does not decode: what is wrong with it, and itself with stand-ins there, if that could be had.
pub(crate) struct Faulty<T> {
    pub(crate) faults: Vec<FieldError>,
    pub(crate) rest: Option<T>,
}

impl<T> Faulty<T> {
    /// Whether what is said of this field follows from something that is wrong already: it is that, or is in it, or is about a list
    /// that is not there.
    pub(crate) fn explains(&self, field: &str, message: &str) -> bool {
        let lists = ["skills", "agents", "cookies", "equipment"];
        self.faults.iter().any(|fault| {
            let inside = field.strip_prefix(fault.field.as_str());
            inside.is_some_and(|more| more.is_empty() || more.starts_with(['.', '[']))
                || (lists.contains(&fault.field.as_str()) && message.contains("among"))
        })
    }
}

/// What `error` says, as one fault of a field; `None` when it is not about the data.
pub(crate) fn explain(error: &Error) -> Option<FieldError> {
    Fault::of(error).map(|fault| fault.error)
}

/// Goes through a document that `T` could not be decoded from.
pub(crate) fn all<T: DeserializeOwned>(mut document: Value) -> Faulty<T> {
    let (mut faults, mut paths) = (Vec::new(), Vec::<Vec<Step>>::new());
    for _ in 0..MOST {
        let fault = match decode::<T>(&document) {
            Ok(rest) => {
                let rest = Some(rest);
                return Faulty { faults, rest };
            }
            Err(fault) => fault,
        };
        let Some(fault) = fault else { break };
        let mended = mend::<T>(&mut document, &fault);
        // What is wrong inside a stand-in is of our own making.
        if !paths.iter().any(|path| fault.path.starts_with(path)) {
            faults.push(fault.error);
            paths.push(fault.path);
        }
        if !mended {
            break;
        }
    }
    Faulty { faults, rest: None }
}

fn decode<T: DeserializeOwned>(document: &Value) -> Result<T, Option<Fault>> {
    serde_path_to_error::deserialize(document).map_err(|error| Fault::of(&error))
}

/// Puts something in the place of what is wrong, so that decoding gets beyond it. False when nothing does.
fn mend<T: DeserializeOwned>(document: &mut Value, fault: &Fault) -> bool {
    let Some((last, parents)) = fault.path.split_last() else {
        return false;
    };
    let parent = parents.iter().try_fold(&mut *document, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Item(nth) => value.get_mut(nth),
    });
    let Some(parent) = parent else { return false };
    if let (Step::Field(name), Some(fields)) = (last, parent.as_object_mut()) {
        fields.remove(name);
        if fault.unknown || beyond::<T>(document, fault) {
            return true;
        }
    }
    let words = fault
        .error
        .message
        .split([' ', ',', '`'])
        .filter(|word| !word.is_empty());
    let words = words.take(WORDS).map(Value::from);
    let usual = [
        json!("stand-in"),
        json!("+442079460958"),
        json!(1),
        json!(false),
        json!([]),
        json!("00:00"),
        json!("12-25"),
        json!({}),
    ];
    for stand_in in usual.into_iter().chain(words) {
        let place = fault
            .path
            .iter()
            .try_fold(&mut *document, |value, step| match step {
                Step::Field(name) => Some(value.as_object_mut()?.entry(name).or_insert(Value::Null)),
                Step::Item(nth) => value.get_mut(nth),
            });
        let Some(place) = place else { return false };
        *place = stand_in;
        if beyond::<T>(document, fault) {
            return true;
        }
    }
    false
}

/// Whether decoding gets beyond this fault now.
fn beyond<T: DeserializeOwned>(document: &Value, fault: &Fault) -> bool {
    match decode::<T>(document) {
        Ok(_) => true,
        Err(next) => next.is_some_and(|next| next.path != fault.path),
    }
}

impl Fault {
    fn of(error: &Error) -> Option<Self> {
        let inner = error.inner();
        if !inner.is_data() {
            return None;
        }
        let mut path = Vec::new();
        for segment in error.path() {
            path.push(match segment {
                Segment::Seq { index } => Step::Item(*index),
                Segment::Map { key } => Step::Field(key.clone()),
                Segment::Enum { variant } => Step::Field(variant.clone()),
                Segment::Unknown => break,
            });
        }
        let message = plain(&inner.to_string());
        let missing = message
            .split('`')
            .nth(1)
            .filter(|_| message.starts_with("missing field"));
        if let Some(missing) = missing {
            path.push(Step::Field(missing.to_owned()));
        }
        // The path of an unknown field ends with it.
        let unknown = message.starts_with("unknown field");
        let (code, words) = match (missing, unknown) {
            (Some(_), _) => ("missing", "This is needed.".to_owned()),
            (_, true) => ("unknown_field", "There is no such field.".to_owned()),
            _ => ("invalid", message.clone()),
        };
        let error = FieldError {
            field: written(&path),
            code: code.into(),
            message: words,
        };
        Some(Self { path, unknown, error })
    }
}

/// A path as errors name it: `agents[0].phone`.
fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Field(name) if text.is_empty() => text.push_str(name),
            Step::Field(name) => text.extend([".", name]),
            Step::Item(nth) => text.push_str(&format!("[{nth}]")),
        }
    }
    if text.is_empty() { ".".into() } else { text }
}

/// The words of serde without its "at line 1 column 17".
fn plain(message: &str) -> String {
    let end = message.find(" at line ").unwrap_or(message.len());
    message.get(..end).unwrap_or(message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::business::Business;

    fn acme() -> Value {
        json!({
            "name": "Acme", "tel": "+442079460958", "origins": ["https://acme.example"], "zone": "Europe/London",
            "hours": [{"days": [1], "from": "09:00", "to": "17:00"}],
            "skills": [{"id": "sales", "name": "Sales"}, {"id": "help", "name": "Help"}],
            "agents": [
                {"id": "ana", "name": "Ana", "phone": "+447700900101", "skills": ["sales"]},
                {"id": "ben", "name": "Ben", "phone": "+447700900102", "skills": {"help": 1}}
            ],
            "equipment": [{"id": "pbx", "kind": "asterisk", "dial": "PJSIP/{number}@trunk"}],
            "webhooks": [{"id": "crm", "url": "https://acme.example/hooks", "events": ["call.ended"]}]
        })
    }

    fn fields(document: Value) -> Vec<String> {
        let mut fields: Vec<String> = all::<Business>(document)
            .faults
            .into_iter()
            .map(|it| it.field)
            .collect();
        fields.sort();
        fields
    }

    #[test]
    fn a_document_without_a_fault_is_decoded() {
        let whole = all::<Business>(acme());
        assert_eq!(
            (whole.faults, whole.rest.map(|it| it.name)),
            (vec![], Some("Acme".into()))
        );
    }

    #[test]
    fn every_fault_is_named_by_its_own_path() {
        let mut document = acme();
        document["tel"] = json!("12");
        document["colour"] = json!("red");
        document["zone"] = json!(7);
        document["skills"][1]["priority"] = json!("high");
        document["agents"][0]["phone"] = json!("nope");
        document["agents"][0]["id"] = json!("Not An Id");
        document["agents"][1].as_object_mut().unwrap().remove("name");
        document["agents"][1]["nickname"] = json!("B");
        document["timing"] = json!({"hold_s": -5});
        document["equipment"][0]["kind"] = json!("pigeon");
        document["webhooks"][0]["events"] = json!(["call.ended", "call.dropped"]);
        let expected = [
            "agents[0].id",
            "agents[0].phone",
            "agents[1].name",
            "agents[1].nickname",
            "colour",
            "equipment[0].kind",
            "skills[1].priority",
            "tel",
            "timing.hold_s",
            "webhooks[0].events[1]",
            "zone",
        ];
        assert_eq!(fields(document.clone()), expected);
        assert!(
            all::<Business>(document).rest.is_some(),
            "what the rest lacks can be checked, too"
        );
    }

    #[test]
    fn whole_parts_of_another_kind_are_one_fault_each() {
        let mut document = acme();
        document["agents"][0] = json!("Ana");
        document["hours"] = json!("always");
        document["skills"] = json!({});
        assert_eq!(fields(document), ["agents[0]", "hours", "skills"]);
        assert_eq!(fields(json!({}))[..3], ["agents", "hours", "name"]);
    }

    #[test]
    fn what_follows_from_a_fault_is_not_said_again() {
        let mut document = acme();
        document["skills"] = json!(1);
        let faulty = all::<Business>(document);
        assert!(faulty.explains("skills", "must be 1 to 64 skills"));
        assert!(faulty.explains("agents[0].skills.sales", "is not among the skills"));
        assert!(!faulty.explains("zone", "must be a time zone"));
    }

    /// Whatever is put wherever into a document: it is refused or taken, and nothing that is right is blamed.
    #[test]
    fn no_replacement_anywhere_blames_anything_else() {
        let wrong = [
            json!(null),
            json!("?"),
            json!(-1),
            json!([[]]),
            json!({"?": 1}),
            json!(1.5),
        ];
        let places = [
            "/name",
            "/tel",
            "/origins",
            "/origins/0",
            "/zone",
            "/hours/0/days",
            "/hours/0/from",
            "/skills/0",
            "/skills/1/id",
            "/agents/1/skills",
            "/agents/0/phone",
            "/equipment/0/dial",
            "/webhooks/0/url",
            "/webhooks/0/events/0",
        ];
        for place in places {
            for value in &wrong {
                let mut document = acme();
                *document.pointer_mut(place).unwrap() = value.clone();
                for field in fields(document) {
                    let pointer = format!("/{}", field.replace(['.', '['], "/").replace(']', ""));
                    assert!(pointer.starts_with(place), "{place} = {value} blames {field}");
                }
            }
        }
    }
}
