//! Every sentence of the door that is not beside its field.

use shared::door::Place;

pub(super) const EMAIL_MISSING: &str = "Enter your e-mail address.";
pub(super) const EMAIL_WRONG: &str = "This is no e-mail address.";
pub(super) const WHO_MISSING: &str = "Choose who you are.";
pub(super) const CODE_MISSING: &str = "Enter the code.";

/// What the page is called.
pub(super) const fn title(to: Place) -> &'static str {
    match to {
        Place::Desk => "Agent desk",
        Place::Console => "Console",
    }
}
