//! Every sentence of the door that is not beside its field.

use shared::door::{Place, Turned};

pub(super) const EMAIL_MISSING: &str = "Enter your e-mail address.";
pub(super) const EMAIL_WRONG: &str = "This is no e-mail address.";
pub(super) const WHO_MISSING: &str = "Choose who you are.";
pub(super) const CODE_MISSING: &str = "Enter the code.";

/// Why somebody comes back from the company's sign-in and is not in.
pub(super) const fn turned(why: Option<Turned>) -> &'static str {
    match why {
        Some(Turned::Provider) => {
            "Your company's sign-in does not answer as it should. Try again later, or ask whoever looks after it."
        }
        Some(Turned::Late) => "That took too long, or began in another browser. Please try again.",
        Some(Turned::Declined) => "Your company's sign-in did not let you through.",
        Some(Turned::Refused) | None => {
            "Your company's sign-in does not open this door. Ask an admin of the business to let you in."
        }
    }
}

/// What the page is called.
pub(super) const fn title(to: Place) -> &'static str {
    match to {
        Place::Desk => "Agent desk",
        Place::Console => "Console",
    }
}
