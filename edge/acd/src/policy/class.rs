//! What kind of number it is, by the plans of libphonenumber, and which kinds nobody is to be called at.

use super::Prohibition;
use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber as Parsed, PhoneNumberFormat, PhoneNumberType, Region,
};
use shared::{Country, PhoneNumber};

/// The country of a number that may be dialled as far as its kind goes.
///
/// # Errors
/// For a number that can't be one, that costs more than a call, or that belongs to no country: satellites are plain mobile phones to
/// the plans, so the kind alone would let them through. A number that is not in its country's plan yet is let through: plans
/// grow, and the ranges kept for fiction are in none.
pub(crate) fn class(number: &PhoneNumber) -> Result<Country, Prohibition> {
    kind(&parsed(number)?)
}

/// The same of a number that is counted, listed or charged for by its digits: one that would reach the same phone by others (`+44 020 …` for
/// `+44 20 …`) is none here.
///
/// # Errors
/// As [`class`].
pub(crate) fn class_as_written(number: &PhoneNumber) -> Result<Country, Prohibition> {
    let parsed = parsed(number)?;
    if !is_spelled(&parsed, number) {
        return Err(Prohibition::NoNumber);
    }
    kind(&parsed)
}

/// Whether nothing but its digits leads to this phone, as far as anybody knows.
pub fn is_as_written(number: &PhoneNumber) -> bool {
    parsed(number).is_ok_and(|parsed| is_spelled(&parsed, number))
}

fn is_spelled(parsed: &Parsed, number: &PhoneNumber) -> bool {
    parsed.format_as(PhoneNumberFormat::E164) == number.as_str()
}

fn parsed(number: &PhoneNumber) -> Result<Parsed, Prohibition> {
    Parsed::parse(number.as_str(), None::<Region>).map_err(|_| Prohibition::NoNumber)
}

fn kind(parsed: &Parsed) -> Result<Country, Prohibition> {
    if parsed.is_possible_with_reason() != Ok(NumberLengthType::IsPossible) {
        return Err(Prohibition::NoNumber);
    }
    match parsed.get_type() {
        PhoneNumberType::PremiumRate
        | PhoneNumberType::SharedCost
        | PhoneNumberType::UAN
        | PhoneNumberType::PersonalNumber
        | PhoneNumberType::Pager
        | PhoneNumberType::VoiceMail => return Err(Prohibition::Costly),
        _ => {}
    }
    region(parsed).ok_or(Prohibition::NoCountry)
}

/// The country of a number of whatever kind.
pub(crate) fn country_of(number: &PhoneNumber) -> Option<Country> {
    region(&Parsed::parse(number.as_str(), None::<Region>).ok()?)
}

fn region(number: &Parsed) -> Option<Country> {
    let main = || PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code);
    let region = number.get_region_code().or_else(main)?;
    // 001, the world, is no country.
    Country::parse(&region.as_region_str()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<String, Prohibition> {
        class(&PhoneNumber::parse(text).unwrap()).map(|country| country.as_str().to_owned())
    }

    #[test]
    fn one_phone_has_one_number() {
        let written = |text| class_as_written(&PhoneNumber::parse(text).unwrap());
        assert!(written("+442079460001").is_ok());
        assert_eq!(
            written("+4402079460001"),
            Err(Prohibition::NoNumber),
            "a trunk zero"
        );
        assert_eq!(written("+4407400123456"), Err(Prohibition::NoNumber));
        assert!(
            written("+3906698123").is_ok(),
            "where the zero is part of the number"
        );
        assert!(class(&PhoneNumber::parse("+4402079460001").unwrap()).is_ok());
    }

    #[test]
    fn numbers_by_their_plans() {
        assert_eq!(of("+442079460958").as_deref(), Ok("GB"));
        assert_eq!(of("+12125550123").as_deref(), Ok("US"));
        assert_eq!(of("+381604427123").as_deref(), Ok("RS"));
        assert_eq!(of("+38349123456").as_deref(), Ok("XK"));
        assert_eq!(of("+3906698123").as_deref(), Ok("VA"), "one code, two countries");
        // The code +1 is that of 25 countries.
        assert_eq!(of("+18765550123").as_deref(), Ok("JM"));
        assert_eq!(of("+18095550123").as_deref(), Ok("DO"));
    }

    #[test]
    fn numbers_that_earn_on_being_called_are_refused() {
        for costly in [
            "+447012345678",
            "+448712345678",
            "+449098790000",
            "+19005550199",
            "+33899123456",
            // Twilio's magic number is a personal number.
            "+15005550006",
        ] {
            assert_eq!(of(costly), Err(Prohibition::Costly), "{costly}");
        }
    }

    #[test]
    fn numbers_of_no_country_are_refused_although_they_look_mobile() {
        for world in [
            "+881612345678",
            "+870773111632",
            "+882161234567",
            "+883510012345",
            "+979123456789",
        ] {
            assert!(
                matches!(of(world), Err(Prohibition::NoCountry | Prohibition::Costly)),
                "{world}"
            );
        }
    }

    #[test]
    fn short_and_emergency_numbers_are_none_that_could_be_dialled() {
        for short in ["112", "999", "911", "+44112", "+1911", "+44999"] {
            assert!(PhoneNumber::parse(short).is_err(), "{short}");
        }
        for short in ["+44116000", "+4911000000000000"] {
            let class = PhoneNumber::parse(short).map(|number| class(&number));
            assert!(!matches!(class, Ok(Ok(_))), "{short}");
        }
    }

    #[test]
    fn the_ranges_kept_for_fiction_may_be_dialled() {
        // They are in no plan, or not in full.
        for fiction in ["+442079460001", "+447700900123", "+447700900001"] {
            assert_eq!(of(fiction).as_deref(), Ok("GB"), "{fiction}");
        }
    }
}
