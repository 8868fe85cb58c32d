//! For whom the business's own server vouches, and what of that the customer lets the agent know.

use super::here::SIGNED;
use super::{Do, Miss, Model, Notice};
use crate::word;
use shared::PhoneNumber;
use shared::customer::{Customer, Identity, WHO};

/// The business's word of who the customer is.
#[derive(Debug, Default)]
pub struct Vouched {
    /// The token, as the page gives it.
    pub(super) token: Option<String>,
    /// What it says, once it is believed.
    pub known: Option<Customer>,
}

impl Model {
    /// Another token is another customer, or none.
    pub(super) fn follow_token(&mut self, to_do: &mut Vec<Do>) {
        if self.vouched.token != self.here.token {
            self.vouched = Vouched {
                token: self.here.token.clone(),
                known: None,
            };
            to_do.extend(self.here.token.clone().map(Do::ReadCustomer));
        }
    }

    pub(super) fn customer_read(&mut self, token: &str, customer: Result<Customer, Miss>) {
        if self.vouched.token.as_deref() != Some(token) {
            return;
        }
        match customer {
            Ok(customer) => self.vouched.known = Some(customer),
            Err(Miss::Refused(problem)) => self.notice = Some(Notice::Said(word::refused_whole(&problem))),
            // Without an answer the customer goes on unknown.
            Err(Miss::Unreachable) => {}
        }
    }

    /// The number that need not be typed: the business's word, else what this device kept.
    pub fn own_number(&self) -> Option<&PhoneNumber> {
        let signed = self.vouched.known.as_ref().and_then(|known| known.phone.as_ref());
        signed.or(self.kept.as_ref())
    }

    /// What the business says and the customer shares: [`WHO`] and the names of facts.
    pub fn shared_customer(&self) -> Option<Customer> {
        Some(self.vouched.known.clone()?.without(&self.withheld()))
    }

    fn withheld(&self) -> Vec<String> {
        let known = self.vouched.known.iter();
        let names = known.flat_map(|known| known.facts.iter().map(|fact| fact.name.as_str()));
        names
            .chain([WHO])
            .filter(|name| self.here.unshared.contains(&format!("{SIGNED}{name}")))
            .map(str::to_owned)
            .collect()
    }

    /// What goes with a request to this number; nothing where the customer keeps all of it.
    pub(super) fn identity(&self, phone: &PhoneNumber) -> Option<Identity> {
        let left = self.shared_customer()?;
        let says = left.id.is_some() || !left.facts.is_empty() || left.phone.as_ref() == Some(phone);
        Some(Identity {
            token: self.vouched.token.clone().filter(|_| says)?,
            withheld: self.withheld(),
        })
    }

    /// Whether the number is the business's word, so that this device need not keep it.
    pub(super) fn is_signed(&self, phone: &PhoneNumber) -> bool {
        self.vouched
            .known
            .as_ref()
            .is_some_and(|known| known.phone.as_ref() == Some(phone))
    }

    /// The number was called by the token, which does that once.
    pub(super) fn token_spent(&mut self) {
        if let Some(known) = &mut self.vouched.known {
            known.phone = None;
        }
    }

    /// The token is not believed any more: what it said is now said by the customer, who can change it.
    pub(super) fn unproven(&mut self) {
        let number = self.vouched.known.take().and_then(|known| known.phone);
        if let Some(number) = number.filter(|_| !self.form.another) {
            self.form.phone = number.as_str().to_owned();
            self.form.another = true;
        }
    }
}
