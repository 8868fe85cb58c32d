//! `X-Twilio-Signature`: base64 of HMAC-SHA1 with the account's token over the exact address and the form's fields.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::collections::BTreeSet;

fn mac(token: &str, address: &str, form: &str) -> Option<Hmac<Sha1>> {
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).ok()?;
    mac.update(address.as_bytes());
    // Sorted by name; of a field that is repeated, each value once.
    let fields: BTreeSet<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    Some(mac)
}

/// The signature of a request to `address` with this form; empty for a token that can't be a key.
pub fn sign(token: &str, address: &str, form: &str) -> String {
    mac(token, address, form)
        .map(|mac| STANDARD.encode(mac.finalize().into_bytes()))
        .unwrap_or_default()
}

/// True when the signature fits, in constant time. Twilio signs some addresses with their port and some without, so both
/// are tried.
pub fn fits(token: &str, address: &str, form: &str, signature: &str) -> bool {
    let Ok(bytes) = STANDARD.decode(signature) else {
        return false;
    };
    let candidates = [
        Some(address.to_owned()),
        with_port(address),
        without_port(address),
    ];
    let mut known = candidates.into_iter().flatten();
    known.any(|address| mac(token, &address, form).is_some_and(|mac| mac.verify_slice(&bytes).is_ok()))
}

/// The scheme, the host with its port, and the rest of an address.
fn parts(address: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    Some((scheme, host, path))
}

fn with_port(address: &str) -> Option<String> {
    let (scheme, host, path) = parts(address)?;
    let port = if scheme == "https" { 443 } else { 80 };
    (!host.contains(':')).then(|| format!("{scheme}://{host}:{port}{path}"))
}

fn without_port(address: &str) -> Option<String> {
    let (scheme, host, path) = parts(address)?;
    let (host, _) = host.split_once(':')?;
    Some(format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const FORM: &str =
        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";

    /// The example of Twilio's documentation.
    #[test]
    fn the_published_vector() {
        assert_eq!(sign("12345", ADDRESS, FORM), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        let other = FORM.replace("14158675309", "14158675310");
        assert_eq!(sign("12345", ADDRESS, &other), "GvWf1cFY/Q7PnoempGyD5oXAezc=");
    }

    #[test]
    fn what_was_signed_fits_and_nothing_else() {
        let signature = sign("12345", ADDRESS, FORM);
        assert!(fits("12345", ADDRESS, FORM, &signature));
        assert!(
            fits("12345", &ADDRESS.replace(".com", ".com:443"), FORM, &signature),
            "without the port"
        );
        let ported = sign("12345", &ADDRESS.replace(".com", ".com:443"), FORM);
        assert!(fits("12345", ADDRESS, FORM, &ported), "with the port");
        let shuffled = "To=%2B18005551212&CallSid=CA1234567890ABCDE&From=%2B14158675309&Digits=1234&Caller=%2B14158675309";
        assert!(
            fits("12345", ADDRESS, shuffled, &signature),
            "the order of fields is none of its business"
        );
        for (token, address, form, signature) in [
            ("12346", ADDRESS, FORM, signature.as_str()),
            (
                "12345",
                "https://mycompany.com/myapp.php?foo=1&bar=3",
                FORM,
                &signature,
            ),
            ("12345", ADDRESS, "CallSid=CA1", &signature),
            ("12345", ADDRESS, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B9="),
            ("12345", ADDRESS, FORM, ""),
            ("12345", ADDRESS, FORM, "no base64 %"),
        ] {
            assert!(
                !fits(token, address, form, signature),
                "{token} {address} {form} {signature}"
            );
        }
    }
}
