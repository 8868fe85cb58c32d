//! Every sentence of the phones page.

use shared::phones::PhoneState;

/// What a phone does.
pub(super) const fn state(state: PhoneState) -> &'static str {
    match state {
        PhoneState::Ringing => "Incoming call",
        PhoneState::InCall => "On the line",
        PhoneState::Ended => "Call over",
    }
}

/// The tab's title.
pub(super) fn title(ringing: usize) -> String {
    match ringing {
        0 => "Phones · Ringback".into(),
        1 => "☎ 1 phone rings · Ringback".into(),
        count => format!("☎ {count} phones ring · Ringback"),
    }
}

/// Numbers that behave as scripted, by their last three digits.
pub(super) const SCRIPTED: &[(&str, &str)] = &[
    ("0ss", "answers after ss seconds and stays"),
    ("1ss", "answers after one second and hangs up ss seconds later"),
    ("200", "is busy"),
    ("201", "rings and is never answered"),
    ("202", "declines the call"),
    ("203", "a voicemail answers after one second"),
    (
        "204",
        "the carrier fails twice, then the phone answers after one second",
    ),
    ("205", "the carrier refuses the number"),
    (
        "206",
        "answers after one second; every event arrives three times, two seconds late",
    ),
    ("207", "answers after one second; events arrive in reverse order"),
    ("208", "is busy; answers after one second when it is called again"),
    ("others", "not in service"),
];
