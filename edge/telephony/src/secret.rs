//! The secrets of a business's server: `rbs_`, 43 digits that nobody guesses, and six by which a mistyped one shows without
//! anybody being asked.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// What every secret begins with.
pub const PREFIX: &str = "rbs_";
/// Digits of 256 bits, in base62 and in base64 alike.
const RANDOM_DIGITS: usize = 43;
/// Digits of a CRC-32.
const CHECK_DIGITS: usize = 6;
/// In the order of ASCII, as GitHub's tokens have it.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The text of a secret. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

/// Why a text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It was never meant to be one.
    Foreign,
    /// It begins like one; a character is wrong, missing or too much.
    Mistyped,
}

impl SecretText {
    /// The secret of this name, derived from the deployment's seed, so that it is kept nowhere.
    pub fn derived(seed: &str, site: &str, id: &str) -> Self {
        let random = base62(mac(seed, site, id), RANDOM_DIGITS);
        Self(format!("{PREFIX}{random}{}", checksum(&random)))
    }

    /// The same as it was before secrets had a checksum; those that were handed out so go on.
    pub fn without_checksum(seed: &str, site: &str, id: &str) -> Self {
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(mac(seed, site, id))))
    }

    /// Reads a secret. Those of before there was a checksum are known by their length, and can't be told from mistyped ones.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let rest = text.strip_prefix(PREFIX).ok_or(Flaw::Foreign)?;
        let fits = match rest.split_at_checked(RANDOM_DIGITS) {
            Some((random, "")) => random
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')),
            Some((random, check)) => {
                random.bytes().all(|byte| byte.is_ascii_alphanumeric()) && check == checksum(random)
            }
            None => false,
        };
        fits.then(|| Self(text.into())).ok_or(Flaw::Mistyped)
    }

    /// The text of it, which is the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What to tell somebody who sent this where a secret does not belong; nothing when it is none.
    pub fn sent(text: &str) -> Option<&'static str> {
        match Self::parse(text) {
            Ok(_) => Some(
                "This is a secret itself. A secret signs and is never sent: revoke this one, and sign with another.",
            ),
            Err(Flaw::Mistyped) => {
                Some("This looks like a secret, and is mistyped. A secret signs and is never sent.")
            }
            Err(Flaw::Foreign) => None,
        }
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText")
    }
}

fn mac(seed: &str, site: &str, id: &str) -> [u8; 32] {
    let mac = Hmac::<Sha256>::new_from_slice(seed.as_bytes()).map(|mut mac| {
        mac.update(format!("secret.{site}.{id}").as_bytes());
        mac.finalize().into_bytes().into()
    });
    // A key of any length is one.
    mac.unwrap_or_default()
}

fn checksum(random: &str) -> String {
    base62(crc32fast::hash(random.as_bytes()).to_be_bytes(), CHECK_DIGITS)
}

/// A number, given by its bytes from the highest on, with this many digits.
fn base62<const N: usize>(mut number: [u8; N], digits: usize) -> String {
    let mut written: Vec<char> = Vec::with_capacity(digits);
    for _ in 0..digits {
        let mut rest = 0_usize;
        for byte in &mut number {
            let value = rest * 256 + usize::from(*byte);
            *byte = u8::try_from(value / DIGITS.len()).unwrap_or_default();
            rest = value % DIGITS.len();
        }
        written.extend(DIGITS.get(rest).map(|digit| char::from(*digit)));
    }
    written.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_as_everybody_writes_them_in_base62() {
        assert_eq!(base62([0; 4], 6), "000000");
        assert_eq!(base62(61_u32.to_be_bytes(), 6), "00000z");
        assert_eq!(base62(62_u32.to_be_bytes(), 6), "000010");
        assert_eq!(base62(u32::MAX.to_be_bytes(), 6), "4gfFC3");
        // All of 256 bits have room in as many digits.
        assert_eq!(base62([u8::MAX; 32], RANDOM_DIGITS), MOST);
    }

    const MOST: &str = "yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp1";

    /// `zlib.crc32` of another language, in base62.
    #[test]
    fn the_checksum_is_the_crc_32_that_everybody_has() {
        assert_eq!(crc32fast::hash(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum("123456789"), "3jZRME");
        assert_eq!(checksum(""), "000000");
    }

    /// Whoever changes one of these makes every secret unknown that was handed out.
    #[test]
    fn what_was_derived_once_is_derived_again() {
        let with = SecretText::derived("seed", "meridian", "key_1");
        assert_eq!(
            with.as_str(),
            "rbs_kX0aI2pQ9CgrIDIxG8uBJw8aX9Np6yiBseWMlmPmjwU2ef10B"
        );
        let without = SecretText::without_checksum("seed", "meridian", "key_1");
        assert_eq!(
            without.as_str(),
            "rbs_xDsh0kdntHvd8WcrOnQ6r6MWOnIdaeBkpR42v4khFK4"
        );
        for secret in [with, without] {
            assert_eq!(SecretText::parse(secret.as_str()), Ok(secret));
        }
    }

    #[test]
    fn each_one_has_its_own() {
        let one = SecretText::derived("seed", "meridian", "key_1");
        for other in [
            SecretText::derived("seed", "meridian", "key_2"),
            SecretText::derived("seed", "other", "key_1"),
            SecretText::derived("weed", "meridian", "key_1"),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn what_is_cut_short_or_of_others_is_told_apart() {
        let text = SecretText::derived("seed", "meridian", "key_1")
            .as_str()
            .to_owned();
        let (short, long) = (&text[..text.len() - 1], format!("{text}x"));
        for mistyped in [short, &long, "rbs_", "rbs_of-somebody-else", &text[..40]] {
            assert_eq!(SecretText::parse(mistyped), Err(Flaw::Mistyped), "{mistyped}");
        }
        for foreign in [
            "",
            "whsec_AAAA",
            text.trim_start_matches("rbs_"),
            &format!(" {text}"),
        ] {
            assert_eq!(SecretText::parse(foreign), Err(Flaw::Foreign), "{foreign}");
        }
        assert!(SecretText::sent(&text).is_some_and(|words| words.contains("revoke")));
        assert!(SecretText::sent(short).is_some_and(|words| words.contains("mistyped")));
        assert_eq!(SecretText::sent("v1,AAAA"), None);
        assert_eq!(format!("{:?}", SecretText::parse(&text)), "Ok(SecretText)");
    }

    proptest! {
        /// One wrong character is always found, and so are two that changed places.
        #[test]
        fn a_slip_of_the_finger_is_found(id in "key_[0-9a-f]{12}", at in 4_usize..52, wrong in "[0-9A-Za-z]") {
            let text = SecretText::derived("seed", "meridian", &id).as_str().to_owned();
            let mut slipped = text.clone();
            slipped.replace_range(at..=at, &wrong);
            let mut swapped: Vec<char> = text.chars().collect();
            swapped.swap(at, at + 1);
            for other in [slipped, swapped.into_iter().collect()] {
                prop_assert_eq!(SecretText::parse(&other).is_ok(), other == text);
            }
        }

        #[test]
        fn nothing_that_strangers_write_breaks_it(text in "(rbs_)?.{0,60}") {
            prop_assert_eq!(SecretText::parse(&text).is_ok(), SecretText::sent(&text).is_some_and(|words| words.contains("itself")));
        }
    }
}
