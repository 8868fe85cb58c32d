//! Passkeys (Web Authentication, Level 3): what a browser says of one, checked by the steps of sections 7.1 and 7.2. Attestation is
//! not asked for and not looked at: which maker's authenticator somebody has, no business has to know.

mod data;

use crate::signature::{Bytes, Form, PublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data::{AuthenticatorData, attested, cose};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::member::Member;
use std::net::Ipv4Addr;

/// How long a challenge works: time to look for a telephone.
pub const CHALLENGE_S: i64 = 5 * 60;
/// Challenges that are kept at once; the oldest of whoever has the most give way. Whoever knocks gets one.
pub const MAX_CHALLENGES: i64 = 1000;
/// Passkeys of one member.
pub const MAX_KEYS: usize = 10;
/// Bytes of a passkey's id (section 4).
const MAX_ID: usize = 1023;

/// The deployment, as browsers bind passkeys to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party<'a> {
    /// Its origin.
    pub origin: &'a str,
    /// Its host: passkeys are for this name, and for nobody else.
    pub id: &'a str,
}

impl<'a> Party<'a> {
    /// The deployment at this origin; none where browsers have no passkeys: at bare addresses, and over `http:` elsewhere than on
    /// this machine.
    pub fn at(origin: &'a str) -> Option<Self> {
        let (scheme, host) = origin.split_once("://")?;
        let id = host.split_once(':').map_or(host, |(name, _)| name);
        let local = id == "localhost" || id.ends_with(".localhost");
        let named = !id.is_empty() && !id.starts_with('[') && id.parse::<Ipv4Addr>().is_err();
        (named && (scheme == "https" || local)).then_some(Self { origin, id })
    }
}

/// A passkey that was made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Registration {
    response: Attestation,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attestation {
    #[serde(rename = "clientDataJSON")]
    client_data: Bytes,
    attestation_object: Bytes,
}

/// A passkey that signs in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Assertion {
    /// Which one.
    pub id: String,
    response: Signed,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Signed {
    #[serde(rename = "clientDataJSON")]
    client_data: Bytes,
    authenticator_data: Bytes,
    signature: Bytes,
    user_handle: Option<Bytes>,
}

/// What is kept of a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its public key.
    pub key: PublicKey,
    /// How often it signed, by its own count; 0 for those that don't count.
    pub counter: u32,
    /// It may be copied between its owner's devices.
    pub synced: bool,
}

/// What stands against it. Whoever asks hears one answer whatever it is; the audit log says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The browser's words can't be read.
    Unreadable,
    /// They are about something else.
    Purpose,
    /// They answer another challenge, or one that is used up or over.
    Challenge,
    /// They were said on another site's page, or in a frame of one.
    Origin,
    /// The authenticator answered another site.
    Party,
    /// Nobody touched it.
    Absent,
    /// It did not make sure who touched it.
    Unverified,
    /// There is no such passkey here, or it is another's.
    Unknown,
    /// Its key is none that we know how to use.
    Key,
    /// The signature is not by its key.
    Signature,
    /// Its count went back: there may be a copy of it.
    Copied,
}

impl Fault {
    /// For the audit log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "passkey: unreadable",
            Self::Purpose => "passkey: another purpose",
            Self::Challenge => "passkey: challenge used or over",
            Self::Origin => "passkey: another origin",
            Self::Party => "passkey: another site",
            Self::Absent => "passkey: nobody there",
            Self::Unverified => "passkey: user not verified",
            Self::Unknown => "passkey: not known",
            Self::Key => "passkey: unknown kind of key",
            Self::Signature => "passkey: wrong signature",
            Self::Copied => "passkey: its count went back, it may be copied",
        }
    }
}

/// What a browser is asked when somebody makes a passkey (`PublicKeyCredentialCreationOptionsJSON`).
pub fn creation(
    party: &Party<'_>,
    business: &str,
    member: &Member,
    handle: &str,
    challenge: &str,
    have: &[String],
) -> Value {
    let known = have.iter().map(|id| json!({"type": "public-key", "id": id}));
    let key = |alg: i32| json!({"type": "public-key", "alg": alg});
    json!({
        "rp": {"id": party.id, "name": business},
        "user": {"id": handle, "name": member.email.as_str(), "displayName": member.name},
        "challenge": challenge,
        "pubKeyCredParams": [key(cose::EDDSA), key(cose::ES256), key(cose::RS256)],
        "timeout": CHALLENGE_S * 1000,
        "excludeCredentials": known.collect::<Vec<_>>(),
        "authenticatorSelection": {"residentKey": "required", "requireResidentKey": true, "userVerification": "required"},
        "attestation": "none",
    })
}

/// What a browser is asked when somebody signs in (`PublicKeyCredentialRequestOptionsJSON`): any passkey for this place.
pub fn request(party: &Party<'_>, challenge: &str) -> Value {
    json!({
        "rpId": party.id,
        "challenge": challenge,
        "timeout": CHALLENGE_S * 1000,
        "allowCredentials": [],
        "userVerification": "required",
    })
}

/// What the browser says that it was asked (section 5.8.1).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    purpose: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

fn read(client_data: &Bytes) -> Result<ClientData, Fault> {
    serde_json::from_slice(&client_data.0).map_err(|_| Fault::Unreadable)
}

impl Registration {
    /// The challenge that it claims to answer, to be looked for and used up before anything else.
    ///
    /// # Errors
    /// When it says none.
    pub fn challenge(&self) -> Result<String, Fault> {
        Ok(read(&self.response.client_data)?.challenge)
    }

    /// The new passkey's id, and what is to be kept of it.
    ///
    /// # Errors
    /// What stands against it.
    pub fn check(&self, party: &Party<'_>, challenge: &str) -> Result<(String, Kept), Fault> {
        said(
            &read(&self.response.client_data)?,
            "webauthn.create",
            party,
            challenge,
        )?;
        let bytes = attested(&self.response.attestation_object.0).ok_or(Fault::Unreadable)?;
        let data = AuthenticatorData::read(&bytes).ok_or(Fault::Unreadable)?;
        answered(&data, party)?;
        let made = data.made.ok_or(Fault::Unreadable)?;
        if made.id.is_empty() || made.id.len() > MAX_ID {
            return Err(Fault::Unreadable);
        }
        let key = cose::key(made.key).filter(PublicKey::is_sound);
        let kept = Kept {
            key: key.ok_or(Fault::Key)?,
            counter: data.counter,
            synced: data.may_be_copied,
        };
        Ok((URL_SAFE_NO_PAD.encode(made.id), kept))
    }
}

impl Assertion {
    /// The challenge that it claims to answer, to be looked for and used up before anything else.
    ///
    /// # Errors
    /// When it says none.
    pub fn challenge(&self) -> Result<String, Fault> {
        Ok(read(&self.response.client_data)?.challenge)
    }

    /// The passkey's count after this sign-in. `handle` is what its owner was called when it was made.
    ///
    /// # Errors
    /// What stands against it.
    pub fn check(&self, party: &Party<'_>, challenge: &str, handle: &str, kept: &Kept) -> Result<u32, Fault> {
        let response = &self.response;
        let whose = response.user_handle.clone().map(String::from);
        if whose.as_deref() != Some(handle) {
            return Err(Fault::Unknown);
        }
        said(&read(&response.client_data)?, "webauthn.get", party, challenge)?;
        let data = AuthenticatorData::read(&response.authenticator_data.0).ok_or(Fault::Unreadable)?;
        answered(&data, party)?;
        if data.may_be_copied != kept.synced {
            return Err(Fault::Key);
        }
        let mut message = response.authenticator_data.0.clone();
        message.extend(Sha256::digest(&response.client_data.0));
        if !kept.key.signed(&message, &response.signature.0, Form::Der) {
            return Err(Fault::Signature);
        }
        // Those that don't count always say 0.
        if (data.counter, kept.counter) != (0, 0) && data.counter <= kept.counter {
            return Err(Fault::Copied);
        }
        Ok(data.counter)
    }
}

/// Whether the browser was asked by us, on a page of ours, for this.
fn said(client: &ClientData, purpose: &str, party: &Party<'_>, challenge: &str) -> Result<(), Fault> {
    if client.purpose != purpose {
        return Err(Fault::Purpose);
    }
    if client.challenge != challenge {
        return Err(Fault::Challenge);
    }
    if client.origin != party.origin || client.cross_origin {
        return Err(Fault::Origin);
    }
    Ok(())
}

/// Whether the authenticator answered us, with somebody there whom it knows.
fn answered(data: &AuthenticatorData<'_>, party: &Party<'_>) -> Result<(), Fault> {
    if data.party != Sha256::digest(party.id.as_bytes()).as_slice() {
        return Err(Fault::Party);
    }
    if !data.present {
        return Err(Fault::Absent);
    }
    if !data.verified {
        return Err(Fault::Unverified);
    }
    // Copied already, and never to be copied: that can't be.
    if data.is_copied && !data.may_be_copied {
        return Err(Fault::Unreadable);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
