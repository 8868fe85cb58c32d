//! The company's sign-in: what it says of itself, where a browser is sent, and how a code is made a token.

use super::Fault;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use form_urlencoded::{Serializer, byte_serialize};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What it says of itself (OpenID Connect Discovery 1.0).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Provider {
    issuer: String,
    /// Where browsers are sent.
    pub authorization_endpoint: String,
    /// Where codes are taken.
    pub token_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
    /// Where it tells who somebody is, if it does not put that into tokens.
    pub userinfo_endpoint: Option<String>,
    #[serde(default = "basic")]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// What one is that does not say (Discovery, section 3).
fn basic() -> Vec<String> {
    vec!["client_secret_basic".into()]
}

/// A code that is exchanged for a token.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// What the provider calls us.
    pub client_id: &'a str,
    /// What only we and it know.
    pub secret: &'a str,
    /// Where it sends browsers back to.
    pub back: &'a str,
    /// The code.
    pub code: &'a str,
    /// What was shown as a hash when the browser was sent there.
    pub verifier: &'a str,
}

impl Provider {
    /// Where an issuer says what it is.
    pub fn address(issuer: &str) -> String {
        format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        )
    }

    /// Reads what it says.
    ///
    /// # Errors
    /// [`Fault::Provider`] when it can't be read, or is another's.
    pub fn read(issuer: &str, text: &str) -> Result<Self, Fault> {
        let provider: Self = serde_json::from_str(text).map_err(|_| Fault::Provider)?;
        (provider.issuer == issuer)
            .then_some(provider)
            .ok_or(Fault::Provider)
    }

    /// Every address that it names: those that we call, and the one that browsers are sent to.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let info = self.userinfo_endpoint.as_deref();
        let all = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        all.into_iter().map(String::as_str).chain(info)
    }

    /// Where a browser is sent.
    pub fn sign_in(&self, client_id: &str, back: &str, scope: Option<&str>, once: &Once<'_>) -> String {
        let scope = match scope {
            Some(more) => format!("openid email profile {more}"),
            None => "openid email profile".into(),
        };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(once.verifier.as_bytes()));
        let query = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", back)
            .append_pair("scope", &scope)
            .append_pair("state", once.state)
            .append_pair("nonce", once.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .finish();
        let joint = if self.authorization_endpoint.contains('?') {
            '&'
        } else {
            '?'
        };
        format!("{}{joint}{query}", self.authorization_endpoint)
    }

    /// How a code is exchanged: headers and body.
    pub fn exchange(&self, it: &Exchange<'_>) -> (Vec<(&'static str, String)>, String) {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", it.code)
            .append_pair("redirect_uri", it.back)
            .append_pair("code_verifier", it.verifier);
        let mut headers = vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("accept", "application/json".to_owned()),
        ];
        let methods = &self.token_endpoint_auth_methods_supported;
        if methods.iter().any(|method| method == "client_secret_basic") {
            // Encoded as in forms before it is encoded as a header (RFC 6749, section 2.3.1).
            let coded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", coded(it.client_id), coded(it.secret));
            headers.push(("authorization", format!("Basic {}", STANDARD.encode(pair))));
        } else {
            form.append_pair("client_id", it.client_id)
                .append_pair("client_secret", it.secret);
        }
        (headers, form.finish())
    }
}

/// What is good for one sign-in.
#[derive(Debug, Clone, Copy)]
pub struct Once<'a> {
    /// Comes back with the browser.
    pub state: &'a str,
    /// Comes back in the token.
    pub nonce: &'a str,
    /// Goes along with the code.
    pub verifier: &'a str,
}
