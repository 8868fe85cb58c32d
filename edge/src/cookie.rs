//! Session cookies: for scripts out of reach, sent by pages of ours only.

use crate::setting::Settings;
use worker::Result;

/// A session cookie's two names: over https with the prefix that binds it to this host, else (locally) without.
pub(crate) type Names = [&'static str; 2];

/// The name in effect: a cookie of the other kind is somebody else's.
pub(crate) fn name(settings: &Settings, names: Names) -> Result<&'static str> {
    let [secure, plain] = names;
    // A deployment that does not know its address must not set cookies for another.
    settings.public_origin()?;
    Ok(if settings.is_https() { secure } else { plain })
}

/// The header that sets it; `max_age_s` 0 removes it.
pub(crate) fn set(settings: &Settings, names: Names, value: &str, max_age_s: i64) -> Result<String> {
    header(settings, names, value, max_age_s, "Strict")
}

/// The same for a cookie that comes along when another site sends its browser here.
pub(crate) fn set_for_returning(
    settings: &Settings,
    names: Names,
    value: &str,
    max_age_s: i64,
) -> Result<String> {
    header(settings, names, value, max_age_s, "Lax")
}

fn header(settings: &Settings, names: Names, value: &str, max_age_s: i64, same_site: &str) -> Result<String> {
    let name = name(settings, names)?;
    let secure = if name.starts_with("__Host-") {
        "; Secure"
    } else {
        ""
    };
    Ok(format!(
        "{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite={same_site}{secure}"
    ))
}
