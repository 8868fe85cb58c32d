//! One customer: what is kept of them is taken away as a file, or erased.

use super::{Do, Model, Msg};
use crate::net::Failure;
use serde_json::{Value, json};
use shared::privacy::Erased;

/// Where what is wrong with whom it is about is said.
pub(in crate::console) const WHOM: &str = "customer.whom";
/// What has to be typed before anything is erased.
pub(in crate::console) const CONFIRMED: &str = "erase";

/// By what a customer is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::console) enum By {
    #[default]
    Phone,
    /// As the business's own tokens name them.
    Token,
}

/// What may happen to it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) enum Person {
    By(By),
    Typed(String),
    Confirmed(String),
    Export,
    Exported(Result<Value, Failure>),
    Erase,
    Erased(Result<Erased, Failure>),
}

/// What to ask the edge about them; the body says whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum AskPerson {
    Export(Value),
    Erase(Value),
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::console) struct Customer {
    pub(in crate::console) by: By,
    pub(in crate::console) typed: String,
    pub(in crate::console) confirmed: String,
    /// Something is asked and not answered yet.
    pub(in crate::console) busy: bool,
    /// How many requests the file has that was taken away last.
    pub(in crate::console) told: Option<usize>,
    pub(in crate::console) erased: Option<Erased>,
}

impl Customer {
    /// Whether somebody is named.
    pub(in crate::console) fn is_named(&self) -> bool {
        !self.typed.trim().is_empty() && !self.busy
    }

    /// Whether it was said twice that everything is to be erased.
    pub(in crate::console) fn may_erase(&self) -> bool {
        self.is_named() && self.confirmed.trim().eq_ignore_ascii_case(CONFIRMED)
    }

    fn body(&self) -> Value {
        let name = match self.by {
            By::Phone => "phone",
            By::Token => "customer",
        };
        json!({ name: self.typed.trim() })
    }
}

/// Takes in what happened.
pub(super) fn update(model: &mut Model, what: Person) -> Vec<Do> {
    let form = &mut model.customer;
    match what {
        Person::By(by) => {
            *form = Customer {
                by,
                ..Customer::default()
            };
            model.errors.remove(WHOM);
        }
        Person::Typed(text) => {
            // Another customer has to be confirmed anew.
            *form = Customer {
                by: form.by,
                typed: text,
                ..Customer::default()
            };
            model.errors.remove(WHOM);
        }
        Person::Confirmed(text) => form.confirmed = text,
        Person::Export if form.is_named() => {
            let body = form.body();
            return ask(model, AskPerson::Export(body));
        }
        Person::Erase if form.may_erase() => {
            let body = form.body();
            return ask(model, AskPerson::Erase(body));
        }
        Person::Export | Person::Erase => {}
        Person::Exported(Ok(kept)) => {
            let requests = kept.get("requests").and_then(Value::as_array);
            (form.busy, form.told) = (false, Some(requests.map_or(0, Vec::len)));
            let text = serde_json::to_string_pretty(&kept).unwrap_or_default();
            return vec![Do::Download("customer.json".into(), text)];
        }
        Person::Erased(Ok(erased)) => {
            *form = Customer {
                by: form.by,
                erased: Some(erased),
                ..Customer::default()
            };
        }
        Person::Exported(Err(failure)) | Person::Erased(Err(failure)) => {
            form.busy = false;
            if matches!(failure.status(), Some(409 | 422)) {
                model.errors.insert(WHOM.into(), failure.words().to_owned());
            } else {
                model.refuse(&failure);
            }
        }
    }
    Vec::new()
}

fn ask(model: &mut Model, what: AskPerson) -> Vec<Do> {
    model.errors.remove(WHOM);
    let Some(site) = model.site.clone() else {
        return Vec::new();
    };
    (model.customer.busy, model.customer.told, model.customer.erased) = (true, None, None);
    vec![Do::Person(site, what)]
}

impl From<Person> for Msg {
    fn from(what: Person) -> Self {
        Self::Person(what)
    }
}
