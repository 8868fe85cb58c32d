//! A call in the browser: one socket for its customer, one for the agent who has it. Through them both are rung, told what connection to
//! make, and heard; what they have to tell each other about it is passed on and kept nowhere.

use super::Core;
use super::ear::{About, ELSEWHERE, Ear, GARBLED, NOT_YOURS, TOO_MUCH};
use super::pace::within_pace;
use super::pulse;
use crate::answer::{Answer, Stop, problem};
use crate::call::Call;
use crate::store::voice as kept;
use crate::{clock, send, socket};
use acd::talk::Voice;
use acd::{Heard, HeardKind, Input, LegEnd, Refusal, Request, leg_id, request_of};
use shared::call::{LegState, Party, RequestState};
use shared::limit::{MAX_PUBLIC_SOCKETS, MAX_SIGNAL_BYTES, MAX_SIGNALS_A_MINUTE, MAX_SOCKETS};
use shared::problem::{Problem, ProblemKind};
use shared::talk::Author;
use shared::voice::{Connect, IceServer, Signal, Switch, True, VoiceCall, VoiceFrame, VoiceSaid};
use shared::{LegId, RequestId};
use std::collections::BTreeSet;
use std::rc::Rc;
use telephony::browser::Wish;
use telephony::{HttpAnswer, HttpCall, turn};
use worker::{Result, WebSocket};

/// This side's leg is over.
const OVER: usize = 4000;

/// Seconds beyond the longest call for which a relay may be used.
const RELAY_MARGIN_S: u32 = 600;

const fn party(voice: &Voice) -> Party {
    match voice.author() {
        Author::Customer => Party::Customer,
        Author::Agent => Party::Agent,
    }
}

const fn leg_state(request: &Request, party: Party) -> LegState {
    match party {
        Party::Customer => request.legs.customer,
        Party::Agent => request.legs.agent,
    }
}

/// The present leg of a side, if it is a browser's and may still be up.
fn browser_leg(request: &Request, party: Party) -> Option<LegId> {
    let number = match party {
        Party::Customer => request.attempt,
        Party::Agent => request.agent_tries,
    };
    let up = !matches!(leg_state(request, party), LegState::Idle | LegState::Ended);
    leg_id(&request.id, party, number).filter(|_| up && request.is_in_browser())
}

/// True while it is the turn of this side, and it has not answered. A window may open after it was dialled; a desk is there, or is not
/// rung.
fn rings(request: &Request, party: Party) -> bool {
    let ringing = match leg_state(request, party) {
        LegState::Ringing => true,
        LegState::Dialing => party == Party::Customer,
        LegState::Idle | LegState::Answered | LegState::Bridged | LegState::Ended => false,
    };
    ringing && request.is_in_browser()
}

/// True from the moment that the two are to be connected.
fn is_joined(request: &Request) -> bool {
    let joined = |party| matches!(leg_state(request, party), LegState::Answered | LegState::Bridged);
    joined(Party::Customer) && joined(Party::Agent) && request.is_in_browser()
}

fn is_over(request: &Request) -> bool {
    request.state == RequestState::Ended || !request.is_by_voice()
}

fn has_it(request: &Request, voice: &Voice) -> bool {
    match voice {
        Voice::Customer => true,
        Voice::Agent(agent) => request.agent.as_ref() == Some(agent),
    }
}

fn refused(why: Problem) -> VoiceFrame {
    VoiceFrame {
        refused: Some(why),
        ..VoiceFrame::default()
    }
}

impl Core {
    /// `GET …/requests/{id}/voice`: the socket of one side of a call in the browser. `session` is the tag of the session that it ends
    /// with.
    pub(super) async fn voice(
        self: &Rc<Self>,
        call: &Call,
        id: &RequestId,
        voice: Voice,
        session: Option<&str>,
    ) -> Answer {
        if !call.is_upgrade()? {
            return Err(problem(ProblemKind::MethodNotAllowed, "This is a WebSocket."));
        }
        let unknown = || Stop::from(Refusal::UnknownRequest);
        let request = self.request(id)?.ok_or_else(unknown)?;
        // Whether there is such a request is nobody else's business.
        if !has_it(&request, &voice) || !request.asked.voice {
            return Err(unknown());
        }
        let side = party(&voice);
        let leg = browser_leg(&request, side);
        // Whoever has a call comes back to it, however many look on.
        let limit = match voice {
            Voice::Customer if leg.is_none() => MAX_PUBLIC_SOCKETS,
            Voice::Customer | Voice::Agent(_) => MAX_SOCKETS,
        };
        // Before anything is changed: one that finds no room takes nothing from the one that is there.
        socket::room(&self.state, limit)?;
        if let Some(leg) = leg {
            self.turn(Input::Returned(leg), |_| Ok(())).await?;
        }
        let request = self.request(id)?.ok_or_else(unknown)?;
        for (other, ear) in self.ears(About::Call, id, None) {
            if party(&ear.voice) == side {
                socket::close(&other, ELSEWHERE, "opened elsewhere");
            }
        }
        let ear = Ear {
            about: About::Call,
            request: id.clone(),
            voice,
        };
        let tags = ear.tags();
        let tags: Vec<&str> = tags.iter().map(String::as_str).chain(session).collect();
        let protocol = socket::Offered::of(call)?.taken(super::public::PROTOCOL);
        let first = VoiceFrame {
            ring: rings(&request, side).then_some(True),
            ..self.shown_call(&request)?
        };
        let answer = socket::accept(&self.state, limit, &tags, protocol, &first)?;
        if let (Some(True), Some(leg)) = (first.ring, browser_leg(&request, side)) {
            self.listen(Heard::now(leg, HeardKind::Ringing), None, |_, _| Ok(()))
                .await?;
        }
        if is_over(&request) {
            for (ws, _) in self.ears(About::Call, id, None) {
                socket::close(&ws, OVER, "this leg is over");
            }
        }
        Ok(answer)
    }

    /// How a call stands, and whether that is the end of it in the browser.
    fn shown_call(&self, request: &Request) -> Result<VoiceFrame> {
        let now = clock::now();
        let view = self.read(|acd| acd.request_view(request, now))?;
        Ok(VoiceFrame {
            call: Some(VoiceCall {
                state: view.state,
                name: view.agent_name,
                voice: view.voice,
                switched: view.switched,
                reason: view.reason,
                position: view.position,
                wait: view.wait,
            }),
            over: is_over(request).then_some(True),
            ..VoiceFrame::default()
        })
    }

    /// Shows how calls stand to their browsers: those of requests that have changed, and of those in line, who move when others do.
    pub(super) fn show_calls(
        &self,
        callers: &[(WebSocket, Ear)],
        changed: &BTreeSet<&RequestId>,
    ) -> Result<()> {
        for (ws, ear) in callers.iter().filter(|(ws, _)| socket::is_open(ws)) {
            if !changed.contains(&ear.request) && !self.is_queued(&ear.request)? {
                continue;
            }
            let Some(request) = self.request(&ear.request)? else {
                continue;
            };
            let mine = has_it(&request, &ear.voice);
            let mut frame = self.shown_call(&request)?;
            frame.over = frame.over.or((!mine).then_some(True));
            socket::show(ws, &frame);
            if !mine {
                socket::close(ws, NOT_YOURS, "somebody else has this call");
            } else if frame.over.is_some() {
                socket::close(ws, OVER, "this leg is over");
            }
        }
        Ok(())
    }

    /// A browser has said something about its call.
    pub(super) async fn heard_in_browser(
        self: &Rc<Self>,
        ws: &WebSocket,
        ear: &Ear,
        text: &str,
    ) -> Result<()> {
        if !self.load()? {
            return Ok(());
        }
        if !within_pace(ws, MAX_SIGNALS_A_MINUTE)? {
            let words = "That is too much within a minute.";
            socket::show(ws, &refused(Problem::new(ProblemKind::TooMany, words)));
            socket::close(ws, TOO_MUCH, "too much within a minute");
            return Ok(());
        }
        let said = Some(text).filter(|text| text.len() <= MAX_SIGNAL_BYTES);
        let said = said.and_then(|text| serde_json::from_str::<VoiceSaid>(text).ok());
        let told = |said: &VoiceSaid| !matches!(said, VoiceSaid::Failed(why) if !why.is_told());
        let Some(said) = said.filter(told) else {
            let words = "This must be one word of a call, as JSON.";
            socket::show(ws, &refused(Problem::new(ProblemKind::InvalidJson, words)));
            socket::close(ws, GARBLED, "this is nothing about a call");
            return Ok(());
        };
        let request = self.request(&ear.request)?;
        let Some(request) = request.filter(|request| has_it(request, &ear.voice)) else {
            socket::close(ws, NOT_YOURS, "somebody else has this call");
            return Ok(());
        };
        if is_over(&request) {
            // What was shown of its end may have been lost with an earlier socket.
            socket::show(ws, &self.shown_call(&request)?);
            socket::close(ws, OVER, "this leg is over");
            return Ok(());
        }
        let here = || {
            let others = self.ears(About::Call, &ear.request, Some(ws));
            others
                .iter()
                .any(|(_, other)| party(&other.voice) == party(&ear.voice))
        };
        // The page that comes after may be there before the last word of the one that goes is read.
        if matches!(said, VoiceSaid::Leaving(_)) && here() {
            return Ok(());
        }
        self.obey(&request, &ear.voice, said).await
    }

    async fn obey(self: &Rc<Self>, request: &Request, voice: &Voice, said: VoiceSaid) -> Result<()> {
        let (id, side) = (&request.id, party(voice));
        let leg = browser_leg(request, side);
        match (said, leg) {
            (VoiceSaid::Answered(True), Some(leg)) if rings(request, side) => {
                self.listen(Heard::now(leg, HeardKind::Answered), None, |_, _| Ok(()))
                    .await
            }
            (VoiceSaid::Signal(signal), Some(_)) if is_joined(request) => self.pass_on(id, side, signal),
            (VoiceSaid::Connected(n), Some(_)) if is_joined(request) => {
                let both = kept::connected(&self.db, id, n, side)?;
                match browser_leg(request, Party::Agent).filter(|_| both) {
                    Some(agent) => {
                        let bridged = Heard::now(agent, HeardKind::Bridged);
                        self.listen(bridged, None, |_, _| Ok(())).await
                    }
                    None => Ok(()),
                }
            }
            (VoiceSaid::Renew(True), Some(_)) if is_joined(request) => self.connect(id).await,
            (VoiceSaid::Failed(why), _) => {
                // Which microphone is missing is nothing that the customer could do anything about.
                let why = match (side, why) {
                    (Party::Agent, Switch::Microphone) => Switch::Agent,
                    (_, why) => why,
                };
                self.by_phone(id, why).await
            }
            (VoiceSaid::HangUp(True), Some(leg)) => {
                let ended = Heard::now(leg, HeardKind::Ended(LegEnd::HungUp));
                self.listen(ended, None, |_, _| Ok(())).await
            }
            // Nobody has called yet: the customer takes it back.
            (VoiceSaid::HangUp(True), None) if side == Party::Customer => {
                self.turn(Input::Cancel(id.clone()), |_| Ok(())).await?;
                Ok(())
            }
            (VoiceSaid::Leaving(True), Some(leg)) => {
                self.turn(Input::Leaving(leg), |_| Ok(())).await?;
                Ok(())
            }
            // Too early, or too late.
            _ => Ok(()),
        }
    }

    /// From now on by telephone, also when it is over meanwhile.
    pub(super) async fn by_phone(self: &Rc<Self>, id: &RequestId, why: Switch) -> Result<()> {
        if self.read(|acd| acd.request(id).is_some())? {
            self.turn(Input::ByPhone(id.clone(), why), |_| Ok(())).await?;
        }
        Ok(())
    }

    /// What one browser tells the other, as far as it is about their present connection.
    fn pass_on(&self, id: &RequestId, from: Party, signal: Signal) -> Result<()> {
        if signal.n != kept::present(&self.db, id)? {
            return Ok(());
        }
        let frame = VoiceFrame {
            signal: Some(signal),
            ..VoiceFrame::default()
        };
        for (ws, ear) in self.ears(About::Call, id, None) {
            if party(&ear.voice) != from {
                socket::show(&ws, &frame);
            }
        }
        Ok(())
    }

    /// Has both browsers make a new connection. After too many there is none to be had.
    async fn connect(self: &Rc<Self>, id: &RequestId) -> Result<()> {
        let Some(n) = kept::renew(&self.db, id)? else {
            return self.by_phone(id, Switch::Lost).await;
        };
        let (ice, relay) = self.ice(id).await;
        // While a relay was asked for, a newer one may have taken its place.
        if kept::present(&self.db, id)? != n {
            return Ok(());
        }
        for (ws, ear) in self.ears(About::Call, id, None) {
            let frame = VoiceFrame {
                connect: Some(Connect {
                    n,
                    offer: party(&ear.voice) == Party::Customer,
                    ice: ice.clone(),
                    relay,
                }),
                ..VoiceFrame::default()
            };
            socket::show(&ws, &frame);
        }
        Ok(())
    }

    /// The servers that help, and whether only relays may be used. One that can't be had is gone without: there is the telephone.
    async fn ice(&self, id: &RequestId) -> (Vec<IceServer>, bool) {
        let longest_s = self.read(|acd| {
            let timing = acd.config().business.timing;
            timing
                .talk_s
                .saturating_add(timing.hold_s)
                .saturating_add(RELAY_MARGIN_S)
        });
        let longest_s = longest_s.unwrap_or(RELAY_MARGIN_S);
        let relay_only = self.settings.is_relay_only();
        let rtc = match self.settings.rtc() {
            Ok(rtc) => rtc,
            Err(error) => {
                worker::console_error!("calls in the browser: {error}");
                return (Vec::new(), relay_only);
            }
        };
        let mut ice: Vec<IceServer> = turn::stun(&rtc.stun).into_iter().collect();
        if let Some((urls, secret)) = &rtc.turn {
            let expires = clock::now().plus_s(i64::from(longest_s));
            ice.extend(turn::shared_secret(urls, secret, id.as_str(), expires));
        }
        if let Some((key, token)) = &rtc.cloudflare {
            let answer = send::send(&turn::ask_cloudflare(key, token, longest_s)).await;
            let told = turn::told_by_cloudflare(&answer);
            if told.is_empty() {
                worker::console_warn!("Cloudflare gave no relay: {:?}", answer.status);
            }
            ice.extend(told);
        }
        (ice, relay_only)
    }

    /// Carries out what the browser's codec wishes, and answers in HTTP's words.
    pub(super) async fn wish_of_browser(self: &Rc<Self>, call: &HttpCall) -> HttpAnswer {
        let status = match Wish::read(call) {
            None => Ok(400),
            Some(Wish::Ring(leg)) => self.ring_in_browser(&leg).await,
            Some(Wish::Connect { customer, .. }) => match request_of(&customer) {
                Some((id, _, _)) => self.connect(&id).await.map(|()| 202),
                None => Ok(404),
            },
            Some(Wish::Over(leg)) => {
                // The page sees it in how the request stands; the ledger hears it here.
                let ended = Heard::now(leg, HeardKind::Ended(LegEnd::Released));
                self.listen(ended, None, |_, _| Ok(())).await.map(|()| 200)
            }
            Some(Wish::Look(leg)) => self.is_up(&leg).map(|up| if up { 200 } else { 404 }),
        };
        match status {
            Ok(status) => HttpAnswer::of(status, ""),
            Err(error) => {
                worker::console_error!("a browser could not be told: {error}");
                HttpAnswer::of(500, "")
            }
        }
    }

    /// It is the turn of this leg's browser. A customer's window may still be opening; of an agent's desk that is not there nothing is to be
    /// waited for: 404.
    async fn ring_in_browser(self: &Rc<Self>, leg: &LegId) -> Result<u16> {
        let Some((id, side, _)) = request_of(leg) else {
            return Ok(404);
        };
        let request = self.request(&id)?;
        let Some(request) = request else { return Ok(404) };
        let ears = self.ears(About::Call, &id, None);
        let ears: Vec<&WebSocket> = ears
            .iter()
            .filter(|(_, ear)| party(&ear.voice) == side && has_it(&request, &ear.voice))
            .map(|(ws, _)| ws)
            .collect();
        if side == Party::Agent && leg_state(&request, side) < LegState::Answered {
            // What was said of the connection to an agent before is nothing about the one to come.
            kept::unsay(&self.db, &id)?;
        }
        // A desk opens the call's socket when it sees that it rings.
        let desk = match (side, &request.agent) {
            (Party::Agent, Some(agent)) => {
                let desks = self.state.get_websockets_with_tag(&pulse::tag(agent));
                desks.iter().any(socket::is_open)
            }
            _ => false,
        };
        if ears.is_empty() && !desk {
            return Ok(if side == Party::Customer { 202 } else { 404 });
        }
        let ring = VoiceFrame {
            ring: Some(True),
            ..VoiceFrame::default()
        };
        ears.into_iter().for_each(|ws| socket::show(ws, &ring));
        self.listen(Heard::now(leg.clone(), HeardKind::Ringing), None, |_, _| Ok(()))
            .await?;
        Ok(202)
    }

    /// Whether a leg rings or is up: what its request says, since a browser that was cut off may well be talking.
    fn is_up(&self, leg: &LegId) -> Result<bool> {
        let Some((id, side, _)) = request_of(leg) else {
            return Ok(false);
        };
        let request = self.read(|acd| acd.request(&id).cloned())?;
        Ok(request.is_some_and(|request| {
            browser_leg(&request, side).as_ref() == Some(leg) && leg_state(&request, side) > LegState::Dialing
        }))
    }
}
