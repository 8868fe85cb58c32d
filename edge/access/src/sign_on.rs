//! A company's own sign-in by OpenID Connect: the code flow with PKCE, a state and a nonce. Here is what is sent and what is believed;
//! the shell fetches.

mod provider;
mod token;

pub use provider::{Exchange, Once, Provider};
pub use token::{Claims, Expected, Keys, UserInfo, verify};

use shared::member::{Email, Member, Role};
use shared::problem::FieldError;
use shared::sign_on::{MAX_CLIENT_ID_CHARS, MAX_GROUP_CHARS, MAX_GROUPS, MAX_SCOPE_CHARS, SignOn};

/// How long somebody may take at the company's sign-in.
pub const STATE_S: i64 = 10 * 60;
/// Sign-ins under way that are kept at once; the oldest of whoever has the most give way. Whoever knocks begins one.
pub const MAX_STATES: i64 = 1000;
/// How long what a provider says of itself is believed without asking again.
pub const PROVIDER_S: i64 = 3600;

/// Why somebody was not let in. People hear little of it; the audit log says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The company's sign-in did not answer, or not in its own language.
    Provider,
    /// It did not begin here, in this browser, or too long ago.
    State,
    /// They turned round at the company's sign-in.
    Declined,
    /// It did not take the code.
    Code,
    /// No token, or one that can't be read.
    Token,
    /// An algorithm that is not taken.
    Algorithm,
    /// No key of the company's signed it.
    Key,
    /// The signature is wrong, or it is of somebody else or for somebody else.
    Signature,
    /// It is not for now.
    Time,
    /// It is of another sign-in.
    Nonce,
    /// The company does not vouch for an e-mail address.
    Email,
    /// They are no member.
    Stranger,
}

impl Fault {
    /// For the audit log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "single sign-on: the provider did not answer",
            Self::State => "single sign-on: not begun in this browser, or over",
            Self::Declined => "single sign-on: declined at the provider",
            Self::Code => "single sign-on: the code was not taken",
            Self::Token => "single sign-on: no token",
            Self::Algorithm => "single sign-on: algorithm not taken",
            Self::Key => "single sign-on: unknown key",
            Self::Signature => "single sign-on: wrong signature, issuer or audience",
            Self::Time => "single sign-on: token not for now",
            Self::Nonce => "single sign-on: token of another sign-in",
            Self::Email => "single sign-on: no verified e-mail address",
            Self::Stranger => "single sign-on: no member",
        }
    }
}

/// What is wrong with the document's single sign-on, but for where its addresses may be.
pub fn faults(sign_on: &SignOn) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |field: String, message: &str| {
        faults.push(FieldError {
            field,
            code: "invalid".into(),
            message: message.into(),
        });
    };
    let visible = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if !visible(&sign_on.client_id, MAX_CLIENT_ID_CHARS) {
        fault(
            "sign_on.client_id".into(),
            "must be what the provider calls this client",
        );
    }
    let scopes =
        |text: &str| text.len() <= MAX_SCOPE_CHARS && text.split(' ').all(|it| visible(it, MAX_SCOPE_CHARS));
    if sign_on.scope.as_deref().is_some_and(|text| !scopes(text)) {
        fault(
            "sign_on.scope".into(),
            "must be words with one space between them",
        );
    }
    if sign_on.issuer.contains(['?', '#']) {
        fault("sign_on.issuer".into(), "must have no ? and no # in it");
    }
    if sign_on.groups.len() > MAX_GROUPS {
        fault("sign_on.groups".into(), "are too many");
    }
    for (at, map) in sign_on.groups.iter().enumerate() {
        let named = !map.group.trim().is_empty() && map.group.chars().count() <= MAX_GROUP_CHARS;
        if !named {
            fault(
                format!("sign_on.groups[{at}].group"),
                "must be a group's name as the provider tells it",
            );
        }
        if map.role == Role::Owner {
            fault(
                format!("sign_on.groups[{at}].role"),
                "owners are made by an owner, not by a group",
            );
        }
    }
    faults
}

/// Who came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// A member.
    Member(Email),
    /// Nobody yet; their groups make them this.
    New(Member),
}

/// Whom the company vouches for: a member by the address, or whom its groups make one. What members may do, the document says alone.
///
/// # Errors
/// [`Fault::Email`] without an address that the company has verified, [`Fault::Stranger`] when it is nobody's here.
pub fn person(claims: &Claims, members: &[Member], sign_on: &SignOn) -> Result<Person, Fault> {
    let address = claims.email.as_deref().filter(|_| claims.email_verified);
    let email = address
        .and_then(|text| Email::parse(text).ok())
        .ok_or(Fault::Email)?;
    if members.iter().any(|member| member.email == email) {
        return Ok(Person::Member(email));
    }
    let given = |role: &Role| {
        let mapped =
            |map: &shared::sign_on::GroupRole| map.role == *role && claims.groups.contains(&map.group);
        *role != Role::Owner && sign_on.groups.iter().any(mapped)
    };
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(given).collect();
    if roles.is_empty() {
        return Err(Fault::Stranger);
    }
    let mut member = Member {
        name: claims.name.clone().unwrap_or_default().trim().to_owned(),
        email,
        roles,
        agent: None,
    };
    if !member.is_named() {
        member.name = member
            .email
            .as_str()
            .split('@')
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    Ok(Person::New(member))
}

#[cfg(test)]
mod tests;
