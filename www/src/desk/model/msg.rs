//! What happens to the desk, and what is then to be done.

use super::{Act, Draft, Hand, Talked, Unsent, Voiced};
use crate::net::{Failure, Wire};
use shared::desk::{AgentState, CallAgain, DeskView, Disposition, Reassign, Revealed, SetPresence};
use shared::handover::{Decline, RefusalReason, Target, Transfer};
use shared::talk::Say;
use shared::{BreakId, DispositionId, Millis, RequestId, SiteId};

/// What an agent asks the edge to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Action {
    /// Another presence.
    Presence(AgentState),
    /// End the call.
    HangUp,
    /// The whole number.
    Reveal,
    /// Keep the wrap-up.
    Save,
    /// Hand the call on.
    Transfer,
    /// Give the call back.
    Requeue,
    /// Refuse the call.
    Refuse,
    /// Never call this number again.
    Never,
    /// Call a customer again.
    CallAgain,
    /// Take a request in line.
    Take,
    /// Give a request in line to somebody.
    Reassign,
    /// Take calls in this browser, or no longer.
    Ready,
    /// Leave.
    SignOut,
}

/// What happens.
#[derive(Debug, Clone)]
pub(in crate::desk) enum Msg {
    /// The page is there.
    Start(Option<SiteId>),
    /// The browser's clock.
    Tick(Millis),
    /// A business was named.
    Site(SiteId),
    /// Another business, please.
    OtherSite,
    /// Try again now.
    Again,
    /// Somebody came in by the door.
    Entered,
    /// What came of reading the desk.
    Read(Result<DeskView, Failure>),
    /// Something happened to the live socket.
    Wire(Wire),
    /// A presence was chosen.
    Want(AgentState),
    /// The other presence.
    Toggle,
    /// A break was chosen.
    Rest(BreakId),
    /// Hand the call on, refuse it, or never call again: opens or closes the form.
    Hand(Hand),
    /// Whom to hand it on to.
    HandTo(Target),
    /// Why it is refused.
    HandReason(RefusalReason),
    /// What was typed to it.
    HandText(String),
    /// Do it.
    HandGo,
    /// Give the call back.
    Requeue,
    /// Call the customer of this call again.
    CallAgain(RequestId),
    /// Show the floor, or the desk again.
    Floor(bool),
    /// Take a request in line.
    Take(RequestId),
    /// Give a request in line to somebody.
    Reassign(RequestId, Target),
    /// Show or hide the keys.
    Keys,
    /// Hide whatever is open beside the desk.
    Escape,
    /// End the call.
    HangUp,
    /// Show the whole number.
    Reveal,
    /// The whole number, or why not.
    Revealed(RequestId, Result<Revealed, Failure>),
    /// A draft kept from before a reload.
    Kept(RequestId, Draft),
    /// The disposition was chosen.
    Kind(DispositionId),
    /// The wrap-up's text was typed.
    Text(String),
    /// The order number was typed.
    Order(String),
    /// Keep the wrap-up.
    Save,
    /// What came of an action.
    Done(Action, Result<DeskView, Failure>),
    /// Something about what is written.
    Talk(Talked),
    /// Something about calls in this browser.
    Voice(Voiced),
    /// Leave.
    SignOut,
    /// What came of leaving.
    Left(Result<(), Failure>),
    /// A message was read.
    Dismiss,
}

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) enum Do {
    /// Keep the business for next time.
    RememberSite(SiteId),
    /// Ask for the desk.
    ReadDesk,
    /// Sign out.
    SignOut,
    /// Open the live socket.
    Connect,
    /// Close it.
    Disconnect,
    /// Do not wait for its pause to end.
    Hurry,
    /// Ask for another presence.
    Presence(SetPresence),
    /// Ask to hand the call on.
    Transfer(RequestId, Transfer),
    /// Ask to give the call back.
    Requeue(RequestId),
    /// Ask to refuse the call.
    Refuse(RequestId, Decline),
    /// Ask never to have this customer called again.
    Never(RequestId),
    /// Ask to take a request in line.
    Take(RequestId),
    /// Ask to give a request in line to somebody.
    Reassign(RequestId, Reassign),
    /// Ask to call a customer again.
    CallAgain(CallAgain),
    /// Ask to end the call.
    HangUp(RequestId),
    /// Ask for the whole number.
    Reveal(RequestId),
    /// Send the wrap-up.
    Save(RequestId, Disposition),
    /// Look for a draft of this request.
    Recall(RequestId),
    /// Keep this draft.
    Keep(RequestId, Draft),
    /// Forget the draft.
    Forget(RequestId),
    /// Open the talk about this request and look for what was not sent, or close the one that is open.
    TalkAbout(Option<RequestId>),
    /// Say this in it.
    Say(Say),
    /// Keep what is not sent yet.
    KeepTalk(RequestId, Unsent),
    /// Ask for what was written in an earlier call.
    ReadTalk(RequestId),
    /// Take part in this call in this browser, or leave the one that goes on.
    VoiceIn(Option<RequestId>),
    /// Do this with it.
    Voice(Act),
    /// Open the microphone to try it, or give it back.
    Microphone(bool),
    /// Ask to be given calls in this browser, or none.
    Ready(bool),
    /// Make the sound of a call once more.
    Ring,
    /// Tell the agent, wherever they look, that a call comes.
    Alert {
        /// In a line.
        title: String,
        /// In another.
        body: String,
    },
}
