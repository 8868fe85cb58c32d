//! Numbers as people write them at home, read by the rules and plans of libphonenumber. These are in the worker alone: they are
//! several times the size of the panel.

use rlibphonenumber::{
    NotANumberError, NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber as Parsed,
    PhoneNumberFormat, Region, ValidationError,
};
use shared::limit::MAX_PHONE_CHARS;
use shared::phone::{InvalidPhone, NumberView};
use shared::{Country, PhoneNumber};

/// Reads a number as it is written in the country `here`, where the customer is, or else `home`, where the business is. The
/// first in whose plan it is counts, then the first in which it has the right length: a traveller types the number of home.
pub(crate) fn read(
    text: &str,
    here: Option<Country>,
    home: Option<Country>,
) -> Result<NumberView, InvalidPhone> {
    if text.trim().is_empty() {
        return Err(InvalidPhone::Missing);
    }
    if text.chars().count() > MAX_PHONE_CHARS {
        return Err(InvalidPhone::TooLong);
    }
    let text = text.trim();
    // A country that the plans don't know (some networks say XX) is none.
    let known = |region: &Region| PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some();
    let region = |country: Country| Region::from_code(country.as_str()).ok().filter(known);
    let mut regions: Vec<Option<Region>> = [here, home]
        .into_iter()
        .flatten()
        .filter_map(region)
        .map(Some)
        .collect();
    if regions.is_empty() {
        regions.push(None);
    }
    let tries: Vec<Result<Parsed, InvalidPhone>> =
        regions.into_iter().map(|region| parse(text, region)).collect();
    let best = tries.iter().find(|it| it.as_ref().is_ok_and(Parsed::is_valid));
    let best = best
        .or_else(|| tries.iter().find(|it| it.is_ok()))
        .or(tries.first());
    match best {
        Some(Ok(number)) => view(number),
        Some(Err(why)) => Err(*why),
        None => Err(InvalidPhone::Nowhere),
    }
}

/// A number of a length that its country has.
fn parse(text: &str, region: Option<Region>) -> Result<Parsed, InvalidPhone> {
    // Their `(0)` would be read as a digit, and letters as the keys that they stand on.
    let text = text.replace("(0)", "");
    if text.chars().any(char::is_alphabetic) {
        return Err(InvalidPhone::StrangeCharacter);
    }
    let mut number = Parsed::parse(&text, region).map_err(|why| match why {
        ParseError::InvalidCountryCode if region.is_none() && !text.starts_with('+') => {
            InvalidPhone::NoCountryCode
        }
        ParseError::InvalidCountryCode => InvalidPhone::Nowhere,
        ParseError::NotANumber(
            NotANumberError::NotMatchedValidNumberPattern | NotANumberError::FailedToExtractNumber(_),
        ) => {
            if text.chars().filter(char::is_ascii_digit).count() < 4 {
                InvalidPhone::TooShort
            } else {
                InvalidPhone::StrangeCharacter
            }
        }
        ParseError::NotANumber(_) => InvalidPhone::StrangeCharacter,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => InvalidPhone::TooShort,
        ParseError::TooLongNsn => InvalidPhone::TooLong,
    })?;
    // An extension can't be dialled before somebody answers.
    number.extension = None;
    // The zero before an area code stands there as if it were part of the number: the rest is missing.
    if number.italian_leading_zero() && !number.is_valid() {
        return Err(InvalidPhone::TooShort);
    }
    match number.is_possible_with_reason() {
        Ok(NumberLengthType::IsPossible) => Ok(number),
        // Without its area code nobody else can dial it.
        Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort) => {
            Err(InvalidPhone::TooShort)
        }
        Err(ValidationError::TooLong) => Err(InvalidPhone::TooLong),
        Err(ValidationError::InvalidCountryCode | ValidationError::InvalidLength) => {
            Err(InvalidPhone::Nowhere)
        }
    }
}

fn view(number: &Parsed) -> Result<NumberView, InvalidPhone> {
    let write = |format| number.format_as(format).into_owned();
    let phone = PhoneNumber::parse(&write(PhoneNumberFormat::E164))?;
    // Where the rest still begins like a way to dial, whoever reads it next takes that for one, and is at another number.
    if !acd::policy::is_as_written(&phone) {
        return Err(InvalidPhone::Nowhere);
    }
    Ok(NumberView {
        phone,
        international: write(PhoneNumberFormat::International),
        national: write(PhoneNumberFormat::National),
        country: number
            .get_region_code()
            .and_then(|region| Country::parse(&region.as_region_str()).ok()),
        known: PHONE_NUMBER_UTIL.is_valid_number(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, here: &str, home: &str) -> Result<(String, String, bool), InvalidPhone> {
        let country = |text: &str| Country::parse(text).ok();
        let view = read(text, country(here), country(home))?;
        Ok((view.phone.as_str().to_owned(), view.international, view.known))
    }

    fn said(text: &str, here: &str, home: &str) -> String {
        of(text, here, home)
            .map(|(_, shown, _)| shown)
            .unwrap_or_else(|why| why.code().to_owned())
    }

    #[test]
    fn a_number_is_read_as_it_is_written_where_the_customer_is() {
        assert_eq!(said("020 7946 0958", "GB", ""), "+44 20 7946 0958");
        assert_eq!(said("(201) 555-0123", "US", ""), "+1 201-555-0123");
        assert_eq!(said("030 901820", "DE", ""), "+49 30 901820");
        assert_eq!(said("06 12 34 56 78", "FR", "GB"), "+33 6 12 34 56 78");
        assert_eq!(said("03-1234-5678", "JP", "GB"), "+81 3-1234-5678");
        assert_eq!(said("+44 (0)20 7946 0958", "FR", ""), "+44 20 7946 0958");
        assert_eq!(said("0044 20 7946 0958", "DE", ""), "+44 20 7946 0958");
        // In Italy the zero is part of the number.
        assert_eq!(said("06 6982", "IT", ""), "+39 06 6982");
    }

    #[test]
    fn a_traveller_types_the_number_of_home() {
        assert_eq!(said("020 7946 0958", "FR", "GB"), "+44 20 7946 0958");
        assert_eq!(said("020 7946 0958", "", "GB"), "+44 20 7946 0958");
        assert_eq!(
            said("020 7946 0958", "XX", "GB"),
            "+44 20 7946 0958",
            "a network that says no country"
        );
    }

    #[test]
    fn without_a_country_the_international_form_is_asked_for() {
        assert_eq!(said("020 7946 0958", "", ""), "no_country_code");
        assert_eq!(said("+44 20 7946 0958", "", ""), "+44 20 7946 0958");
    }

    #[test]
    fn what_can_be_no_number_is_said_and_what_is_new_is_let_through() {
        assert_eq!(said("", "GB", ""), "missing");
        assert_eq!(said("12", "GB", ""), "too_short");
        assert_eq!(said("0", "GB", ""), "too_short");
        assert_eq!(said("020 7946", "GB", ""), "too_short");
        assert_eq!(said("020 7946 0958 1234", "GB", ""), "too_long");
        assert_eq!(said("call me", "GB", ""), "strange_character");
        assert_eq!(said("0800 FLOWERS", "GB", ""), "strange_character");
        assert_eq!(said("+999 1234567", "GB", ""), "nowhere");
        assert_eq!(
            said("+5509 (0 49901819", "", ""),
            "nowhere",
            "what is left would be read as another number"
        );
        assert_eq!(said(&"1".repeat(100), "GB", ""), "too_long");
        assert_eq!(
            of("07700 900123", "GB", ""),
            Ok(("+447700900123".into(), "+44 7700 900123".into(), false))
        );
    }
}
