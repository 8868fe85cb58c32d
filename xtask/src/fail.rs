//! One kind of error: a text for the person at the terminal that says what went wrong and what to do.

use std::fmt;

/// A failure, told in words.
#[derive(Debug)]
pub(crate) struct Fail(String);

/// What most functions here answer.
pub(crate) type Result<T> = std::result::Result<T, Fail>;

impl Fail {
    /// A failure with this text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A failure that has been told already.
    pub(crate) fn told() -> Self {
        Self(String::new())
    }

    /// Whether there is nothing left to say.
    pub(crate) fn is_told(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when another error came.
pub(crate) trait Doing<T> {
    /// Puts `what` before the error's own text.
    fn doing(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Doing<T> for std::result::Result<T, E> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Fail(format!("{}: {error}", what())))
    }
}
