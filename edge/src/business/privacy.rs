//! What a customer may ask the business for, and the business us.

use super::Core;
use super::by::By;
use crate::answer::{Answer, json};
use crate::call::Call;
use crate::clock;
use crate::route;
use crate::store::privacy as store;
use shared::privacy::Person;
use shared::problem::{Problem, ProblemKind};
use worker::Method;

impl Core {
    /// `POST …/businesses/{site}/customers/export` and `…/customers/erase`.
    pub(super) fn customers(&self, call: &Call, rest: &[&str], by: &By) -> Answer {
        let (Method::Post, ["export" | "erase"]) = (&call.method, rest) else {
            return route::no_route(call, matches!(rest, ["export" | "erase"]));
        };
        let person = call.decode::<Person>()?;
        let (field, who) = match (&person.phone, &person.customer) {
            (Some(phone), None) => ("phone", phone.masked()),
            // Not whole: what is erased should not stand in the log for ever.
            (None, Some(id)) => ("customer", format!("{}…", id.chars().take(2).collect::<String>())),
            _ => {
                let detail = "Name one of the two: a phone number, or a customer as your tokens do.";
                return Err(Problem::field("phone", "invalid", detail).into());
            }
        };
        let now = clock::now();
        let theirs = store::of(&self.db, &person)?;
        if *rest == ["export"] {
            by.note(&self.db, now, "customer.exported", &who)?;
            return json(200, &store::export(&self.db, &theirs)?);
        }
        if theirs.open {
            let detail = "A request of theirs is not over, or not written up yet: cancel or end it first.";
            let open = Problem::new(ProblemKind::Conflict, detail).at(field, "open");
            return Err(open.into());
        }
        let erased = self.db.transaction(|| {
            by.note(&self.db, now, "customer.erased", &who)?;
            store::erase(&self.db, &theirs)
        })?;
        // The engine has what the policy remembered.
        self.acd.replace(None);
        self.load()?;
        json(200, &erased)
    }
}
