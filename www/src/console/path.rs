//! Places in a document, as the edge names them in its errors: `agents[0].phone`, `agents[0].skills.cruises`.

use serde_json::{Map, Value};

enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split('.').flat_map(|part| {
        let (name, items) = part
            .split_once('[')
            .map_or((part, ""), |(name, rest)| (name, rest));
        let items = items
            .split('[')
            .filter_map(|item| item.trim_end_matches(']').parse().ok());
        let name = (!name.is_empty()).then_some(Step::Field(name));
        name.into_iter().chain(items.map(Step::Item))
    })
}

/// What stands there; nothing is null.
pub(super) fn at<'a>(document: &'a Value, path: &str) -> &'a Value {
    steps(path).fold(document, |value, step| {
        let found = match step {
            Step::Field(name) => value.get(name),
            Step::Item(nth) => value.get(nth),
        };
        found.unwrap_or(&Value::Null)
    })
}

/// The place, made where it is not there yet. Items are not made: nobody edits one that does not exist.
pub(super) fn place<'a>(document: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut value = document;
    for step in steps(path) {
        value = match step {
            Step::Item(nth) => value.get_mut(nth)?,
            Step::Field(name) => {
                if value.is_null() {
                    *value = Value::Object(Map::new());
                }
                value.as_object_mut()?.entry(name).or_insert(Value::Null)
            }
        };
    }
    Some(value)
}

/// Puts a value there; null takes the field away.
pub(super) fn put(document: &mut Value, path: &str, value: Value) {
    if !value.is_null() {
        if let Some(at) = place(document, path) {
            *at = value;
        }
        return;
    }
    let (parent, field) = path.rsplit_once('.').unwrap_or(("", path));
    let parent = if parent.is_empty() {
        Some(document)
    } else {
        place(document, parent)
    };
    if let Some(Value::Object(fields)) = parent {
        fields.remove(field);
    }
}

/// The list there, made where there is none.
pub(super) fn list<'a>(document: &'a mut Value, path: &str) -> Option<&'a mut Vec<Value>> {
    let at = place(document, path)?;
    if at.is_null() {
        *at = Value::Array(Vec::new());
    }
    at.as_array_mut()
}

/// Gives an item another id when its own is taken: `pbx-2`.
pub(super) fn rename(list: &[Value], item: &mut Value) {
    let Some(id) = item.get("id").and_then(Value::as_str).filter(|id| !id.is_empty()) else {
        return;
    };
    let taken = |id: &str| {
        list.iter()
            .any(|it| it.get("id").and_then(Value::as_str) == Some(id))
    };
    let further = (2..).map(|n| format!("{id}-{n}"));
    let free = std::iter::once(id.to_owned())
        .chain(further)
        .find(|id| !taken(id));
    if let Some(free) = free {
        put(item, "id", free.into());
    }
}

/// A place's name as the id of an element.
pub(super) fn id(path: &str) -> String {
    let dashed: String = path
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("f-{}", dashed.trim_end_matches('-'))
}

/// An id made of a name: `Hotels & stays` is `hotels-stays`.
pub(super) fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let joined: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    joined.join("-").chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_place_is_found_changed_and_emptied() {
        let mut document = json!({"name": "A", "agents": [{"id": "ana"}, {"id": "ben", "skills": {"x": 1}}]});
        assert_eq!(at(&document, "agents[1].skills.x"), &json!(1));
        assert_eq!(at(&document, "agents[7].skills"), &Value::Null);
        put(&mut document, "agents[0].phone", json!("+44"));
        put(&mut document, "timing.ring_agent_s", json!(5));
        put(&mut document, "agents[1].skills.x", Value::Null);
        put(&mut document, "name", Value::Null);
        list(&mut document, "origins")
            .unwrap()
            .push(json!("https://shop.example"));
        assert_eq!(
            document,
            json!({
                "agents": [{"id": "ana", "phone": "+44"}, {"id": "ben", "skills": {}}],
                "timing": {"ring_agent_s": 5}, "origins": ["https://shop.example"]
            })
        );
        put(&mut document, "agents[9].phone", json!("+44"));
        assert_eq!(at(&document, "agents").as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn an_id_that_is_taken_gets_a_number() {
        let list = [json!({"id": "pbx"}), json!({"id": "pbx-2"})];
        let named = |id: &str| {
            let mut item = json!({ "id": id });
            rename(&list, &mut item);
            item["id"].as_str().unwrap().to_owned()
        };
        assert_eq!([named("pbx"), named("other"), named("")], ["pbx-3", "other", ""]);
    }

    #[test]
    fn names_become_ids() {
        assert_eq!(id("agents[0].phone"), "f-agents-0--phone");
        assert_eq!(slug(" Hotels & stays "), "hotels-stays");
        assert_eq!(slug("日本"), "");
    }
}
