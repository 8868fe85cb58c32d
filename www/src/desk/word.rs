//! Every sentence of the desk.

use crate::desk::model::{Action, Stage, Told};
use shared::DispositionId;
use shared::call::{EndReason, EndedBy, LegState, Legs, RequestState};
use shared::desk::{AgentState, AgentView, ScreenPop};
use shared::handover::{Handing, RefusalReason};
use shared::sip::PhoneState;
use shared::voice::Switch;
use shared::work::Outcome;

pub(super) const TITLE: &str = "Ringback desk";
pub(super) const ORDER_MISSING: &str = "This outcome needs the order number.";
pub(super) const KIND_MISSING: &str = "Choose what came of the call.";
pub(super) const WHOM_MISSING: &str = "Choose who is to take it.";
pub(super) const REASON_MISSING: &str = "Choose a reason.";
pub(super) const SUPERVISOR: &str = "A supervisor";
pub(super) const SESSION_OVER: &str = "Your session has ended. Please sign in again; what you typed is kept.";
pub(super) const NOT_SAVED_UNREACHABLE: &str =
    "Not saved: the server can't be reached. What you typed is kept here.";
pub(super) const GONE_ELSEWHERE: &str = "The call is no longer with you.";
pub(super) const GONE_MISSED: &str =
    "You were not connected. The customer holds the line while the next agent is called.";

pub(super) const GONE_NOT_REACHED: &str = "The customer was not reached. They are called again in a while.";
pub(super) const NOTHING_OFFERED: &str = "no call and no time offered";
pub(super) const SET_AWAY: &str =
    "This page was not connected for a while, so you were set away and no call could reach you.";

pub(super) const TALK_NEW: &str = "A message from the customer";
pub(super) const TALK_TOO_LONG: &str = "Please shorten this: 1,000 characters fit.";
pub(super) const TALK_HERE: &str = "The customer is reading along.";
pub(super) const TALK_AWAY: &str = "The customer isn't looking now. They read it when they come back.";
pub(super) const TALK_OVER: &str = "The call is over.";
pub(super) const TALK_OFFLINE: &str = "Not connected. What you write is kept here and sent later.";
pub(super) const TALK_CONNECTING: &str = "Connecting…";
pub(super) const FORMER: &str = "A colleague";

pub(super) const VOICE_MORE: &str = "Customers who choose it talk with you here, with your microphone or headset. Your phone stands in wherever that fails.";
pub(super) const ANSWER_HERE: &str = "The customer is on the line";
pub(super) const ANSWER_MORE: &str = "Press Answer: they are waiting, and you talk in this browser.";
const ANSWER_SOON: &str = "It rings here, in this browser: press Answer then.";

/// Why there is no microphone.
pub(super) fn trouble(why: &str) -> Option<&'static str> {
    match why {
        "" => None,
        "denied" => Some("This browser may not use the microphone. You can change that beside the address."),
        "busy" => Some("Another program is using the microphone."),
        _ => Some("No microphone was found."),
    }
}

/// How a call stands in this browser.
pub(super) const fn stage(told: &Told) -> &'static str {
    match told.stage {
        Stage::Opening => "Connecting to the server…",
        Stage::Waiting => "This call is in your browser.",
        Stage::Connecting => "Connecting you with the customer…",
        Stage::Talking if told.muted => "You are muted.",
        Stage::Talking => "You are talking in this browser.",
        Stage::Reconnecting if told.silent => {
            "Nothing is heard of the customer any more. You can go on by phone."
        }
        Stage::Reconnecting => "Reconnecting…",
        Stage::Phone => "The call goes to the phone…",
        Stage::Elsewhere => "The call is in another window of this desk.",
        Stage::Over => "The call is over.",
    }
}

/// Why a call is by telephone after all.
pub(super) const fn switched(why: Switch) -> &'static str {
    match why {
        Switch::Microphone => "By phone now: a browser had no microphone to use.",
        Switch::NoConnection => "By phone now: the browsers could not connect.",
        Switch::Lost => "By phone now: the browsers' connection was lost.",
        Switch::Chosen => "By phone now, as one of you chose.",
        Switch::Agent => "By phone now: this desk could not take the call in the browser.",
        Switch::Gone => "By phone now: the customer's window did not answer.",
    }
}

/// Messages that were not seen.
pub(super) fn unread(count: usize) -> String {
    format!("{count} new")
}

/// How many messages an earlier call has.
pub(super) fn messages(count: u32) -> String {
    match count {
        1 => "1 message".into(),
        _ => format!("{count} messages"),
    }
}

/// An agent's presence.
pub(super) const fn presence(state: AgentState) -> &'static str {
    match state {
        AgentState::Offline => "Offline",
        AgentState::Away => "Away",
        AgentState::Available => "Available",
        AgentState::Reserved => "Call coming",
        // By phone or in the browser: who looks at colleagues is not told which.
        AgentState::Ringing => "Ringing",
        AgentState::Talking => "Talking",
        AgentState::WrapUp => "Wrapping up",
    }
}

/// An agent's presence in the three shapes of the design system's dot.
pub(super) const fn dot(state: AgentState) -> &'static str {
    match state {
        AgentState::Available => "free",
        AgentState::Reserved | AgentState::Ringing | AgentState::Talking | AgentState::WrapUp => "busy",
        AgentState::Away | AgentState::Offline => "away",
    }
}

/// An agent's presence with the break, or with the phone where that alone keeps calls away.
pub(super) fn presence_for(who: &AgentView) -> String {
    match (who.state, who.line, &who.pause) {
        (AgentState::Available, Some(PhoneState::OnThePhone), _) => "On the phone".into(),
        (AgentState::Available, Some(PhoneState::Closed), _) => "Phone not reachable".into(),
        (state, _, Some(pause)) => format!("{} · {}", presence(state), pause.name),
        (state, _, None) => presence(state).into(),
    }
}

/// The agent's own presence, who sees what it is that rings.
pub(super) fn own_presence(who: &AgentView, call: Option<&ScreenPop>) -> String {
    match (who.state, call) {
        (AgentState::Ringing, Some(pop)) if pop.legs.agent == LegState::Answered => "Connecting".into(),
        (AgentState::Ringing, Some(pop)) if pop.voice => "Ringing in this browser".into(),
        (AgentState::Ringing, Some(_)) => "Phone ringing".into(),
        _ => presence_for(who),
    }
}

/// What an agent is told who is available, and whose phone keeps calls away.
pub(super) const fn kept_away(line: PhoneState) -> Option<(&'static str, &'static str)> {
    match line {
        PhoneState::Open => None,
        PhoneState::OnThePhone => Some((
            "You are on the phone",
            "The next call comes when you have hung up. Then:",
        )),
        PhoneState::Closed => Some((
            "Your phone is not reachable",
            "It says that it can't be rung, or was not heard of. No call reaches you until it is connected again. Then:",
        )),
    }
}

/// As [`dot`], with the phone.
pub(super) const fn dot_for(who: &AgentView) -> &'static str {
    match (who.state, who.line) {
        (AgentState::Available, Some(PhoneState::OnThePhone)) => "busy",
        (AgentState::Available, Some(PhoneState::Closed)) => "away",
        (state, _) => dot(state),
    }
}

/// Why a call is refused.
pub(super) const fn refusal(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::Busy => "I'm busy",
        RefusalReason::NotMine => "Not mine",
        RefusalReason::Other => "Something else",
    }
}

/// Where a refusal leads.
pub(super) const fn after_refusal(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::NotMine => "You stay available for other calls.",
        RefusalReason::Busy => "You are away until you go available again.",
        RefusalReason::Other => "Say it in a few words. You are away until you go available again.",
    }
}

/// How a call left a colleague.
pub(super) const fn handed(how: Handing) -> &'static str {
    match how {
        Handing::Transferred | Handing::Reassigned => "handed it on",
        Handing::Returned => "gave it back",
        Handing::Refused => "did not take it",
    }
}

/// What was done with a call that has left the desk on purpose.
pub(super) const fn left(action: Action) -> &'static str {
    match action {
        Action::Transfer => "Handed on. The customer stays on the line until somebody is there.",
        Action::Requeue => "Given back. The next one takes it.",
        Action::Refuse => "Refused. The next one is tried.",
        Action::Never => "Noted. Nobody is called at this number any more.",
        Action::Presence(_)
        | Action::CallAgain
        | Action::Take
        | Action::Reassign
        | Action::HangUp
        | Action::Reveal
        | Action::Save
        | Action::Ready
        | Action::SignOut => "Done.",
    }
}

/// A leg, in one or two words.
pub(super) const fn leg(state: LegState) -> &'static str {
    match state {
        LegState::Idle => "not dialled yet",
        LegState::Dialing => "dialling…",
        LegState::Ringing => "ringing…",
        LegState::Answered => "answered",
        LegState::Bridged => "talking",
        LegState::Ended => "ended",
    }
}

/// Where the call stands, and what the agent does now.
pub(super) fn headline(pop: &ScreenPop) -> (&'static str, &'static str) {
    let Legs { customer, agent } = pop.legs;
    if pop.voice {
        match pop.state {
            RequestState::DialingCustomer => {
                return (
                    "A call in this browser is coming",
                    "The customer's window answers by itself.",
                );
            }
            RequestState::CustomerOnHold => return (ANSWER_HERE, "It rings here in a moment."),
            RequestState::RingingAgent if agent != LegState::Answered => return (ANSWER_HERE, ANSWER_MORE),
            _ => {}
        }
    }
    match pop.state {
        RequestState::Scheduled | RequestState::Queued | RequestState::Reserving => (
            "A call is coming",
            "We dial the customer first. Read on while that happens.",
        ),
        RequestState::DialingCustomer if customer == LegState::Ringing => (
            "The customer's phone is ringing",
            "Your phone rings as soon as they answer.",
        ),
        RequestState::DialingCustomer => ("Calling the customer", "Your phone rings as soon as they answer."),
        RequestState::CustomerOnHold => (
            "The customer is on the line",
            "Your phone will ring in a moment: pick it up.",
        ),
        RequestState::RingingAgent => match agent {
            LegState::Answered => ("You picked up", "You are being put through."),
            LegState::Ringing => (
                "Your phone is ringing",
                "Pick it up: the customer is waiting on the line.",
            ),
            _ => ("The customer is on the line", "Your phone will ring: pick it up."),
        },
        RequestState::Connected => (
            "You are talking",
            "Note what matters while you talk. It is kept as you type.",
        ),
        RequestState::Ended => match pop.reason {
            Some(EndReason::Talked) | None => (ended_by(pop.ended_by), "Write down what came of it."),
            Some(reason) => ("The call has ended", gone(reason)),
        },
    }
}

/// Who ended the call.
pub(super) const fn ended_by(who: Option<EndedBy>) -> &'static str {
    match who {
        Some(EndedBy::Customer) => "The customer hung up",
        Some(EndedBy::Agent) => "You hung up",
        Some(EndedBy::Carrier) => "The line was lost",
        Some(EndedBy::Business) | None => "The call has ended",
    }
}

/// How a call ended that nobody talked in.
pub(super) const fn gone(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Talked => "You talked.",
        EndReason::CancelledByCustomer => "The customer took the request back.",
        EndReason::CancelledByBusiness => "The call was ended before you talked.",
        EndReason::CustomerBusy => "The customer's line was busy.",
        EndReason::CustomerNoAnswer => "The customer did not answer.",
        EndReason::CustomerDeclined => "The customer declined the call.",
        EndReason::CustomerForbade => "The customer pressed 9: this number is never called again.",
        EndReason::CustomerVoicemail => "A voicemail answered, not the customer.",
        EndReason::CustomerNotConfirmed => "Nobody pressed 1: most likely a machine answered.",
        EndReason::CustomerHungUpOnHold => "The customer hung up while holding.",
        EndReason::NoAgent | EndReason::AgentNoAnswer => "The call could not be put through to you.",
        EndReason::ClosedHours => "The request had waited until after closing time.",
        EndReason::Expired => "The request had waited too long.",
        EndReason::InvalidNumber => "The customer's number can't be called.",
        EndReason::BlockedNumber => "This number may not be called.",
        EndReason::CarrierError => "The telephone network failed. Nobody did anything wrong.",
    }
}

/// How a past call ended, in a word or two.
pub(super) const fn past(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Talked => "Talked",
        EndReason::CancelledByCustomer => "Taken back",
        EndReason::CancelledByBusiness => "Ended by us",
        EndReason::CustomerBusy => "Busy",
        EndReason::CustomerNoAnswer => "No answer",
        EndReason::CustomerDeclined => "Declined",
        EndReason::CustomerForbade => "Never again",
        EndReason::CustomerVoicemail => "Voicemail",
        EndReason::CustomerNotConfirmed => "Nobody pressed 1",
        EndReason::CustomerHungUpOnHold => "Hung up on hold",
        EndReason::NoAgent | EndReason::AgentNoAnswer => "Not put through",
        EndReason::ClosedHours => "Closed",
        EndReason::Expired => "Expired",
        EndReason::InvalidNumber => "Invalid number",
        EndReason::BlockedNumber => "Blocked number",
        EndReason::CarrierError => "Network failure",
    }
}

/// What came of a call, in the business's word for it.
pub(super) fn kind(kind: &DispositionId, outcomes: &[Outcome]) -> String {
    let known = outcomes.iter().find(|outcome| outcome.id == *kind);
    known.map_or_else(|| kind.to_string(), |outcome| outcome.name.clone())
}

/// The tone of a disposition's badge, for those that every business knows.
pub(super) fn kind_tone(kind: &DispositionId) -> Option<&'static str> {
    match kind.as_str() {
        "purchase" => Some("ok"),
        "complaint" => Some("warn"),
        _ => None,
    }
}

/// The keys and what they do.
pub(super) const KEYS: [(&str, &str); 8] = [
    ("A", "Available or away, during a call for after it"),
    ("T", "Hand the call on"),
    ("R", "Refuse the call, before you talk"),
    ("P", "Pick up a call in this browser"),
    ("M", "Mute the microphone of a call in this browser, or no longer"),
    ("F", "The floor and back, for supervisors"),
    ("Esc", "Close what is open"),
    ("?", "These keys"),
];

/// A notification's two lines.
pub(super) fn alert(pop: &ScreenPop) -> (String, String) {
    let title = match &pop.skill_name {
        Some(skill) => format!("A call is coming: {skill}"),
        None => "A call is coming".into(),
    };
    let body = match (pop.note.trim(), &pop.page) {
        ("", Some(page)) if !page.title.is_empty() => page.title.clone(),
        ("", _) if pop.voice => ANSWER_SOON.into(),
        ("", _) => "Your phone will ring: pick it up.".into(),
        (note, _) => note.into(),
    };
    (title, body)
}

/// The page's title.
pub(super) fn title(me: Option<AgentState>, call: Option<&ScreenPop>, connected: bool) -> String {
    match (me, call) {
        (None, _) => TITLE.into(),
        (Some(_), _) if !connected => format!("Not connected · {TITLE}"),
        (Some(AgentState::WrapUp), _) => format!("Wrapping up · {TITLE}"),
        (Some(_), Some(pop)) => format!("☎ {} · {TITLE}", headline(pop).0),
        (Some(state), None) => format!("{} · {TITLE}", presence(state)),
    }
}

pub(super) fn not_saved(why: &str) -> String {
    format!("Not saved: {why}")
}

/// A line's length.
pub(super) fn waiting(count: u32) -> String {
    format!("{count} waiting")
}

/// A line that is not open.
pub(super) fn opens(when: &str) -> String {
    format!("closed · opens {when}")
}

/// How many could take the next one.
pub(super) fn free(count: u32) -> String {
    if count == 0 {
        "nobody free".into()
    } else {
        format!("{count} free")
    }
}
