//! What authenticators write (section 6.1), byte by byte. Whatever is too short or says something else is nothing.

use ciborium::Value;

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const MAY_BE_COPIED: u8 = 1 << 3;
const IS_COPIED: u8 = 1 << 4;
const MADE: u8 = 1 << 6;

/// What an authenticator says of itself and of who is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AuthenticatorData<'a> {
    /// SHA-256 of the name of the site that it answers.
    pub(super) party: &'a [u8],
    pub(super) present: bool,
    pub(super) verified: bool,
    pub(super) may_be_copied: bool,
    pub(super) is_copied: bool,
    pub(super) counter: u32,
    /// The passkey that was just made.
    pub(super) made: Option<Made<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Made<'a> {
    pub(super) id: &'a [u8],
    /// Its public key as COSE; what an extension has to say may follow.
    pub(super) key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (party, rest) = bytes.split_at_checked(32)?;
        let (flags, rest) = rest.split_first()?;
        let (counter, rest) = rest.split_first_chunk::<4>()?;
        let has = |flag: u8| flags & flag != 0;
        let made = match has(MADE) {
            true => Some(Made::read(rest)?),
            false => None,
        };
        Some(Self {
            party,
            present: has(PRESENT),
            verified: has(VERIFIED),
            may_be_copied: has(MAY_BE_COPIED),
            is_copied: has(IS_COPIED),
            counter: u32::from_be_bytes(*counter),
            made,
        })
    }
}

impl<'a> Made<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        // Sixteen bytes name the maker's model.
        let (_, rest) = bytes.split_at_checked(16)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (id, key) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        Some(Self { id, key })
    }
}

/// The authenticator's data in what came of making a passkey.
pub(super) fn attested(object: &[u8]) -> Option<Vec<u8>> {
    let Value::Map(fields) = ciborium::from_reader(object).ok()? else {
        return None;
    };
    let data = fields
        .into_iter()
        .find(|(name, _)| name.as_text() == Some("authData"));
    data?.1.into_bytes().ok()
}

/// Keys as COSE writes them (RFC 9053, RFC 8230): maps with numbers for names.
pub(super) mod cose {
    use crate::signature::{Bytes, PublicKey};
    use ciborium::Value;

    pub(in crate::passkey) const ES256: i32 = -7;
    pub(in crate::passkey) const EDDSA: i32 = -8;
    pub(in crate::passkey) const RS256: i32 = -257;

    /// What every key says: its type, and the algorithm that it is for.
    const TYPE: i32 = 1;
    const ALGORITHM: i32 = 3;

    pub(in crate::passkey) fn key(bytes: &[u8]) -> Option<PublicKey> {
        let Value::Map(fields) = ciborium::from_reader(bytes).ok()? else {
            return None;
        };
        let field = |name: i32| {
            let found = fields.iter().find(|(key, _)| number(key) == Some(name));
            found.map(|(_, value)| value)
        };
        let bytes = |name: i32| field(name)?.as_bytes().cloned().map(Bytes);
        let is = |name: i32, wanted: i32| field(name).and_then(number) == Some(wanted);
        match field(ALGORITHM).and_then(number)? {
            ES256 if is(TYPE, 2) && is(-1, 1) => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                // Both of 32 bytes: no other split of the same point.
                let whole = x.0.len() == 32 && y.0.len() == 32;
                let point = Bytes([&[4], x.0.as_slice(), y.0.as_slice()].concat());
                whole.then_some(PublicKey::Es256 { point })
            }
            EDDSA if is(TYPE, 1) && is(-1, 6) => Some(PublicKey::EdDsa { x: bytes(-2)? }),
            RS256 if is(TYPE, 3) => Some(PublicKey::Rs256 {
                n: bytes(-1)?,
                e: bytes(-2)?,
            }),
            _ => None,
        }
    }

    fn number(value: &Value) -> Option<i32> {
        i32::try_from(i128::from(value.as_integer()?)).ok()
    }
}
