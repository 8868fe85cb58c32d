//! Every sentence of the console that is not beside its field.

use super::model::{Hindrance, Section};
use crate::when;
use shared::Millis;
use shared::door::Way;
use shared::member::Role;
use shared::policy::Suppression;
use shared::privacy::Erased;
use shared::secret::{Scope, Scopes, ServerSecret};
use shared::webhook::{DeliveryState, EndpointView, EventType};

pub(super) const SESSION_OVER: &str = "Your session has ended. Please sign in again; what you typed is kept.";
pub(super) const NO_DOCUMENT: &str = "This is no document: it has to be a JSON object.";

/// A part's name.
pub(super) const fn section(section: Section) -> &'static str {
    match section {
        Section::Start => "Start",
        Section::Business => "Business & hours",
        Section::People => "People",
        Section::Pages => "Skills & pages",
        Section::Calls => "Calls & equipment",
        Section::Policy => "Who is called",
        Section::Look => "Look",
        Section::Privacy => "Privacy",
        Section::Webhooks => "Webhooks",
        Section::Reports => "Reports",
        Section::Access => "Access",
        Section::Developers => "Developers",
    }
}

/// Whoever came in with a code.
pub(super) const NO_MEMBER: &str = "with a code, as no member";
/// A session of before browsers were noted.
pub(super) const SOME_BROWSER: &str = "A browser";
/// Whoever may not change anything here.
pub(super) const ONLY_LOOK: &str = "You may look at this, and change nothing.";

/// A role's name.
pub(super) const fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Admin => "Admin",
        Role::Supervisor => "Supervisor",
        Role::Agent => "Agent",
        Role::Auditor => "Auditor",
    }
}

/// What a role may do, in short.
pub(super) const fn may(role: Role) -> &'static str {
    match role {
        Role::Owner => "everything; makes other owners",
        Role::Admin => "sets everything up, and all members but owners",
        Role::Supervisor => "sees the floor, moves requests in line, reads reports",
        Role::Agent => "takes calls at a desk",
        Role::Auditor => "reads everything with numbers masked, changes nothing",
    }
}

/// How somebody came in.
pub(super) const fn way(way: Way) -> &'static str {
    match way {
        Way::Operator => "with the operator's secret",
        Way::Demo => "with the demo's code",
        Way::Mail => "with a link",
        Way::Passkey => "with a passkey",
        Way::SignOn => "with the company's sign-in",
    }
}

/// A line of the audit log; verbs that this page does not know stand as they are.
pub(super) fn verb(verb: &str) -> String {
    let words = match verb {
        "signed.in" => "signed in",
        "signed.out" => "signed out",
        "signed.out.everywhere" => "signed out everywhere",
        "sign_in.refused" => "was not let in",
        "link.asked" => "asked for a link",
        "passkey.added" => "added a passkey",
        "passkey.removed" => "removed a passkey",
        "business.set_up" => "set the business up",
        "document.changed" => "changed",
        "credentials.kept" => "gave credentials",
        "credentials.forgotten" => "moved equipment, whose credentials were forgotten",
        "secret.made" => "made a secret",
        "secret.revoked" => "revoked a secret",
        "report.exported" => "took a report away",
        "usage.exported" => "took the usage away",
        "audit.exported" => "took the audit log away",
        "number.revealed" => "saw a number whole",
        "customer.exported" => "handed out what is kept of a customer",
        "customer.erased" => "erased a customer",
        "number.suppressed" => "put on the list of numbers never called",
        "number.allowed" => "took off the list of numbers never called",
        "request.taken_over" => "took a request over",
        "request.reassigned" => "moved a request",
        other => other,
    };
    words.into()
}

/// The text can't be read.
pub(super) fn no_json(why: &str) -> String {
    format!("This is no JSON: {why}.")
}

/// The document was refused whole.
pub(super) fn refused(faults: usize) -> String {
    match faults {
        1 => "Nothing was saved: one field is wrong.".into(),
        n => format!("Nothing was saved: {n} fields are wrong."),
    }
}

/// A wait, as coarsely as people say it.
pub(super) fn wait(seconds: Option<f64>) -> String {
    match seconds {
        None => "—".into(),
        Some(s) if s < 90.0 => format!("{s:.0} s"),
        Some(s) => format!("{:.1} min", s / 60.0),
    }
}

/// A share in percent.
pub(super) fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        "—".into()
    } else {
        format!("{:.0} %", f64::from(part) * 100.0 / f64::from(whole))
    }
}

/// What an event is.
pub(super) const fn event(event: EventType) -> &'static str {
    match event {
        EventType::RequestCreated => "Somebody asks for a call",
        EventType::RequestMoved => "A request gets another time, skill or person",
        EventType::RequestCancelled => "The customer takes it back",
        EventType::RequestExpired => "Nobody came in time",
        EventType::CallStarted => "Two begin to talk",
        EventType::CallEnded => "A call is over, with its outcome",
        EventType::CallWrittenUp => "An agent wrote down what came of it",
        EventType::AgentStatus => "Somebody's presence changes",
        EventType::CallsHeld => "Calls wait for a cap or a limit",
        EventType::EquipmentDearer => "A carrier bills more than its rates",
        EventType::BusinessChanged => "These settings change",
        EventType::Test => "A test",
    }
}

/// How an endpoint does, with the tone of it.
pub(super) fn endpoint(endpoint: &EndpointView) -> (&'static str, &'static str) {
    match endpoint {
        EndpointView { gone_at: Some(_), .. } => ("danger", "said that it is gone"),
        EndpointView {
            failing_since: Some(_),
            ..
        } => ("danger", "failing"),
        it if it.secrets.is_empty() => ("warn", "needs its secret, and is told nothing"),
        _ => ("ok", "ready"),
    }
}

/// What a secret may be used for.
pub(super) const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Bridges => "Have two numbers connected",
        Scope::Customers => "Vouch for customers on your pages",
        Scope::Usage => "Read the usage",
    }
}

/// What a secret is for, in short.
pub(super) fn scopes(scopes: &Scopes) -> String {
    if *scopes == Scopes::all() {
        return "for everything".into();
    }
    let names: Vec<&str> = scopes.iter().map(Scope::as_str).collect();
    format!("for {}", names.join(" and "))
}

/// Seconds before a secret's end from which on it is time for the next.
const SOON_S: i64 = 30 * DAY_S;
const DAY_S: i64 = 86_400;

/// When a secret ends, with the tone of it; nothing for one that does not.
pub(super) fn secret_end(secret: &ServerSecret, now: Millis) -> Option<(&'static str, String)> {
    let left_s = secret.expires_at?.0.saturating_sub(now.0) / 1000;
    // Whole days to the nearest: a second more or less makes no other day.
    let about = |s: i64| {
        when::span(if s < 2 * DAY_S {
            s
        } else {
            (s + DAY_S / 2) / DAY_S * DAY_S
        })
    };
    Some(match left_s {
        _ if secret.has_ended(now) => ("danger", format!("ended {} ago", about(-left_s))),
        soon if soon <= SOON_S => ("warn", format!("ends in {}", about(soon))),
        later => ("", format!("ends in {}", about(later))),
    })
}

/// Why no secret can be made.
pub(super) const fn no_secret(why: Hindrance) -> &'static str {
    match why {
        Hindrance::Full => "Two are live: revoke one, and there is room for the next.",
        Hindrance::Useless => "It has to be for something.",
    }
}

/// Where a message stands, with the tone of it.
pub(super) const fn delivery(state: DeliveryState) -> (&'static str, &'static str) {
    match state {
        DeliveryState::Waiting => ("warn", "waiting"),
        DeliveryState::Delivered => ("ok", "delivered"),
        DeliveryState::Failed => ("danger", "failed"),
        DeliveryState::Dropped => ("warn", "dropped"),
    }
}

/// What came of an attempt.
pub(super) fn attempt(status: Option<u16>, took_ms: u32) -> String {
    match status {
        Some(status) => format!("{status} after {took_ms} ms"),
        None => "no answer".into(),
    }
}

/// A month's name, by its two digits.
pub(super) fn month(digits: &str) -> &'static str {
    let names = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let nth = digits.parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
    nth.and_then(|nth| names.get(nth).copied()).unwrap_or_default()
}

/// Days of the week, as buttons say them.
pub(super) const DAYS: [(u8, &str); 7] = [
    (1, "Mon"),
    (2, "Tue"),
    (3, "Wed"),
    (4, "Thu"),
    (5, "Fri"),
    (6, "Sat"),
    (7, "Sun"),
];

/// A limit of the dial policy, by its name in the document.
pub(super) fn limit(name: &str) -> &'static str {
    match name {
        "number_10min" => "Requests for one number, 10 minutes",
        "number_day" => "Requests for one number, a day",
        "number_week" => "Requests for one number, a week",
        "rings_day" => "Calls to one number, a day",
        "network_10min" => "Requests from one network, 10 minutes",
        "network_day" => "Requests from one network, a day",
        "network_numbers_hour" => "Numbers from one network, an hour",
        "pair_hour" => "One number from one network, an hour",
        "neighbours" => "Numbers next to each other, 10 minutes",
        "calls_hour" => "Customers called, an hour",
        "calls_day" => "Customers called, a day",
        "at_once" => "Calls at once",
        _ => "Another limit",
    }
}

/// A cap on costs, by its name in the document.
pub(super) fn cap(name: &str) -> &'static str {
    match name {
        "call" => "One call",
        "hour" => "All calls of an hour",
        "day" => "All calls of a day",
        _ => "Another cap",
    }
}

/// Ten-thousandths as people write them.
pub(super) fn per_minute(ten_thousandths: u32) -> String {
    format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000)
}

/// Hundredths as people write them.
pub(super) fn money(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

const BARRED: [(&str, &str); 20] = [
    ("number_costly", "a kind of number that is costly to call"),
    ("number_without_country", "a number of no country"),
    ("number_impossible", "a number that can't be one"),
    ("number_own", "a number of your own"),
    (
        "sip_domain_not_served",
        "a SIP address of a domain that is not among yours",
    ),
    ("sip_number", "a SIP address that is a telephone number"),
    ("number_suppressed", "a number that is never called"),
    ("number_price", "a number that costs more than a call may"),
    ("country_not_served", "a country that is not among yours"),
    ("limit_number", "too many requests for one number"),
    ("limit_network", "too many requests from one network"),
    ("limit_network_number", "one number too often from one network"),
    ("limit_network_numbers", "too many numbers from one network"),
    ("limit_neighbours", "too many numbers next to each other"),
    ("calling_hours", "too early or too late where the customer is"),
    ("spend_cap", "the cap on costs is reached"),
    ("call_rate", "as many customers were called as may be"),
    ("calls_at_once", "as many calls are under way as may be"),
    (
        "number_calls",
        "the customer was called as often as may be in a day",
    ),
    (
        "neighbouring_numbers",
        "too many numbers next to this one were asked for",
    ),
];

/// Whether the dial policy refuses with this word.
pub(super) fn is_barred(reason: &str) -> bool {
    BARRED.iter().any(|(known, _)| *known == reason)
}

/// Why the dial policy refuses, or holds back; a word that this page does not know stands as it is.
pub(super) fn barred(reason: &str) -> String {
    let words = BARRED.iter().find(|(known, _)| *known == reason);
    words.map_or(reason, |(_, words)| words).to_owned()
}

/// Why a number is never called.
pub(super) const fn suppression(reason: Suppression) -> &'static str {
    match reason {
        Suppression::PressedNine => "pressed 9",
        Suppression::AskedAgent => "told an agent",
        Suppression::Asked => "told you",
        Suppression::Erased => "had their data erased",
        Suppression::Imported => "from a list of yours",
    }
}

/// What came of asking for, or erasing, what is kept of a customer.
pub(super) fn of_customer(told: Option<usize>, erased: Option<Erased>) -> Option<String> {
    let many = |count: u32, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    match (told, erased) {
        (
            _,
            Some(Erased {
                requests: 0,
                calls: 0,
                deliveries: 0,
            }),
        )
        | (Some(0), None) => Some("Nothing is kept of this customer.".into()),
        (_, Some(gone)) => Some(format!(
            "Erased for good: {}, {}, {} to your servers.",
            many(gone.requests, "request"),
            many(gone.calls, "call"),
            many(gone.deliveries, "message")
        )),
        (Some(requests), None) => Some(format!(
            "Downloaded, with {}.",
            many(u32::try_from(requests).unwrap_or(u32::MAX), "request")
        )),
        (None, None) => None,
    }
}
