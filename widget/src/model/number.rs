//! The number: known, or as typed, and then which number was meant. A number without country code is read by the server, which
//! knows where the customer is and how numbers are written there.

use super::{Do, Field, Miss, Model, Notice};
use shared::PhoneNumber;
use shared::phone::{InvalidPhone, NumberView};

/// What is known of the number as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reading {
    /// Nothing.
    #[default]
    Unasked,
    /// The server was asked. When the customer has sent already: the key under which the request goes then.
    Asked(Option<String>),
    /// The number that was meant.
    Known(NumberView),
}

impl Model {
    /// The number that would be called. A text without country code is an error until it was read.
    pub fn number(&self) -> Result<PhoneNumber, InvalidPhone> {
        match (self.own_number(), &self.form.reading) {
            (Some(kept), _) if !self.form.another => Ok(kept.clone()),
            (_, Reading::Known(read)) => Ok(read.phone.clone()),
            _ => PhoneNumber::parse(&self.form.phone),
        }
    }

    /// The number typed, to be shown back.
    pub fn number_meant(&self) -> Option<&NumberView> {
        match &self.form.reading {
            Reading::Known(read) => Some(read),
            Reading::Unasked | Reading::Asked(_) => None,
        }
    }

    /// The customer is done with the field: what they typed is shown back, or what is wrong with it.
    pub(super) fn phone_left(&mut self, to_do: &mut Vec<Do>) {
        if self.form.reading == Reading::Unasked && !self.form.phone.trim().is_empty() {
            self.read_number(None, to_do);
        }
    }

    pub(super) fn read_number(&mut self, send: Option<String>, to_do: &mut Vec<Do>) {
        self.form.reading = Reading::Asked(send);
        to_do.push(Do::ReadNumber(self.form.phone.clone()));
    }

    pub(super) fn number_read(&mut self, text: &str, number: Result<NumberView, Miss>, to_do: &mut Vec<Do>) {
        let Reading::Asked(send) = &mut self.form.reading else {
            return;
        };
        if text != self.form.phone || self.attempt.as_ref().is_some_and(|attempt| attempt.running) {
            return; // Typed over meanwhile, or sent without it.
        }
        let send = send.take();
        self.form.reading = Reading::Unasked;
        match number {
            Ok(read) => {
                let known = read.known;
                self.form.reading = Reading::Known(read);
                match send {
                    Some(key) if known => self.send(key, to_do),
                    // One that no plan has is looked at before it is called.
                    Some(_) => to_do.push(Do::FocusField(Field::Phone)),
                    None => {}
                }
            }
            Err(Miss::Refused(problem)) => {
                self.notice = self.form.refuse(&problem).map(Notice::Said);
                if send.is_some() {
                    to_do.push(Do::FocusField(Field::Phone));
                }
            }
            Err(Miss::Unreachable) if send.is_some() => self.notice = Some(Notice::NotSent),
            Err(Miss::Unreachable) => {}
        }
    }
}
