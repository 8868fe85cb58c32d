//! The messages the panel sends, as JSON.

use shared::Millis;
use shared::request::{CallRequest, Direct, Page, PageVisit};

/// Writes [`NumberTyped`](shared::phone::NumberTyped).
pub fn number_typed(text: &str) -> String {
    let mut json = Object::new();
    json.text("phone", text);
    json.end()
}

/// Writes an [`Identity`](shared::customer::Identity) of which nothing is withheld.
pub fn token(token: &str) -> String {
    let mut json = Object::new();
    json.text("token", token);
    json.end()
}

/// Writes [`Reschedule`](shared::request::Reschedule).
pub fn reschedule(slot: Option<Millis>) -> String {
    let mut json = Object::new();
    if let Some(slot) = slot {
        json.raw("slot", &slot.0.to_string());
    }
    json.end()
}

/// Writes [`CallRequest`].
pub fn call_request(request: &CallRequest) -> String {
    let mut json = Object::new();
    json.text("phone", request.phone.as_str());
    if let Some(skill) = &request.skill {
        json.text("skill", skill.as_str());
    }
    if let Some(expert) = &request.expert {
        json.text("expert", expert.as_str());
    }
    json.text("note", &request.note);
    if let Some(slot) = request.slot {
        json.raw("slot", &slot.0.to_string());
    }
    if let Some(Page { url, title, context }) = &request.page {
        let mut page = Object::new();
        page.text("url", url);
        page.text("title", title);
        if !context.is_empty() {
            page.text("context", context);
        }
        json.raw("page", &page.end());
    }
    let trail: Vec<String> = request.trail.iter().map(visit).collect();
    json.raw("trail", &format!("[{}]", trail.join(",")));
    match &request.to {
        None => {}
        Some(Direct::Agent(agent)) => json.raw("to", &direct("agent", agent.as_str())),
        Some(Direct::Centre(centre)) => json.raw("to", &direct("centre", centre.as_str())),
    }
    if let Some(zone) = &request.zone {
        json.text("zone", zone);
    }
    if let Some(language) = &request.language {
        json.text("language", language.as_str());
    }
    if let Some(identity) = &request.customer {
        let mut signed = Object::new();
        signed.text("token", &identity.token);
        let withheld: Vec<String> = identity.withheld.iter().map(|name| quoted(name)).collect();
        signed.raw("withheld", &format!("[{}]", withheld.join(",")));
        json.raw("customer", &signed.end());
    }
    if request.voice {
        json.raw("voice", "true");
    }
    json.raw("consent", if request.consent { "true" } else { "false" });
    json.end()
}

fn direct(kind: &str, id: &str) -> String {
    let mut json = Object::new();
    json.text(kind, id);
    json.end()
}

fn visit(visit: &PageVisit) -> String {
    let mut json = Object::new();
    json.text("url", &visit.url);
    json.text("title", &visit.title);
    if let Some(at) = visit.at {
        json.raw("at", &at.0.to_string());
    }
    json.end()
}

/// A JSON object being written.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self("{".into())
    }

    fn raw(&mut self, name: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(name, &mut self.0);
        self.0.push(':');
        self.0.push_str(json);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.raw(name, &quoted(text));
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    quote(text, &mut json);
    json
}

pub(crate) fn quote(text: &str, json: &mut String) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\0'..='\x1f' => {
                let code = u32::from(c);
                json.push_str("\\u00");
                json.extend(
                    [code >> 4, code & 15]
                        .iter()
                        .filter_map(|digit| char::from_digit(*digit, 16)),
                );
            }
            _ => json.push(c),
        }
    }
    json.push('"');
}
