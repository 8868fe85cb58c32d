//! Who may be called. Every dial passes here: only this module makes a [`Permit`], and a dial can't be said without one.

use crate::mutant;
use serde::{Deserialize, Serialize};
use shared::PhoneNumber;

/// The leave to dial one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permit(PhoneNumber);

impl Permit {
    /// The number that may be dialled.
    pub fn number(&self) -> &PhoneNumber {
        &self.0
    }
}

/// Why a number may not be dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prohibition {
    /// A call there costs the business more than a call.
    Premium,
    /// Satellite and other networks that belong to no country.
    NoCountry,
}

impl Prohibition {
    /// The prohibition in words for the person who typed the number.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Premium => "We can't call premium-rate numbers.",
            Self::NoCountry => "We can't call this kind of number.",
        }
    }
}

/// Prefixes where the called party earns on the call: ITU-T E.164 service codes and the national premium ranges of the
/// countries that abuse reports name most. The complete number plan comes with a number library.
const PREMIUM: &[&str] = &[
    "+979", "+1900", "+1976", "+449", "+4470", "+49900", "+33899", "+3489", "+39899",
];
/// ITU-T E.164 assigned codes that are no country's: shared cost, satellite, international networks.
const NO_COUNTRY: &[&str] = &["+808", "+870", "+878", "+881", "+882", "+883", "+888"];

/// Asks for leave to dial `number`.
///
/// # Errors
/// The [`Prohibition`] that stands against it.
pub fn permit(number: &PhoneNumber) -> Result<Permit, Prohibition> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| number.as_str().starts_with(prefix));
    match () {
        () if mutant!(PermitForAll) => Ok(Permit(number.clone())),
        () if starts(PREMIUM) => Err(Prohibition::Premium),
        () if starts(NO_COUNTRY) => Err(Prohibition::NoCountry),
        () => Ok(Permit(number.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_numbers_may_be_dialled_and_costly_ones_not() {
        let of = |text| permit(&PhoneNumber::parse(text).unwrap());
        assert!(of("+442079460001").is_ok());
        assert!(of("+447700900001").is_ok());
        assert_eq!(of("+449098790000"), Err(Prohibition::Premium));
        assert_eq!(of("+19005550100"), Err(Prohibition::Premium));
        assert_eq!(of("+881612345678"), Err(Prohibition::NoCountry));
    }
}
