//! Checks of single numbers, each telling the field and what it may be.

use std::fmt::Display;

use crate::scenario::Wrong;
use crate::time::MAX_SECONDS;

/// A number of seconds, or per second, above 0.
pub(crate) fn positive(value: f64, field: &str) -> Result<(), Wrong> {
    if value > 0.0 && value <= MAX_SECONDS {
        Ok(())
    } else if value > 0.0 {
        Err(Wrong::new(field, format!("must be at most {MAX_SECONDS:e}")))
    } else {
        Err(Wrong::new(field, "must be greater than 0"))
    }
}

/// A number of seconds, which may be none.
pub(crate) fn not_negative(value: f64, field: &str) -> Result<(), Wrong> {
    if (0.0..=MAX_SECONDS).contains(&value) {
        Ok(())
    } else {
        Err(Wrong::new(field, format!("must be from 0 to {MAX_SECONDS:e}")))
    }
}

/// A number between two others, themselves included.
pub(crate) fn within<T: PartialOrd + Copy + Display>(
    value: T,
    low: T,
    high: T,
    field: &str,
) -> Result<(), Wrong> {
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        Err(Wrong::new(
            field,
            format!("must be from {low} to {high}, not {value}"),
        ))
    }
}
