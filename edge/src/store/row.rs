//! Rows of the Business object and what they mean.

use crate::store::sql::Bind;
use acd::{Agent, Prediction, Request};
use serde::{Deserialize, Serialize};
use shared::call::{EndReason, EndedBy, LegState, Legs, Origin, RequestState};
use shared::desk::{AgentState, Disposition};
use shared::request::CallRequest;
use shared::voice::Switch;
use shared::{AgentId, BreakId, EquipmentId, Language, Millis, PhoneNumber, RequestId, SkillId};
use worker::Result;

/// A row of `request`. Its typed fields refuse a row that no version of this program can have written.
#[derive(Debug, Deserialize)]
pub(crate) struct RequestRow {
    id: RequestId,
    version: i64,
    state: RequestState,
    reason: Option<EndReason>,
    created_at: Millis,
    queued_at: Millis,
    phone: PhoneNumber,
    skill: Option<SkillId>,
    expert: Option<AgentId>,
    note: String,
    slot: Option<Millis>,
    page: Option<String>,
    trail: String,
    zone: Option<String>,
    language: Option<Language>,
    consent: i64,
    agent: Option<AgentId>,
    agent_tries: u32,
    passed_over: String,
    customer_leg: LegState,
    agent_leg: LegState,
    answered_at: Option<Millis>,
    connected_at: Option<Millis>,
    ended_at: Option<Millis>,
    disposition: Option<String>,
    joined_at: Millis,
    attempt: u32,
    next_attempt_at: Option<Millis>,
    missed: Option<EndReason>,
    opened: u8,
    pressing: i64,
    predicted_low_ms: Option<i64>,
    predicted_ms: Option<i64>,
    predicted_high_ms: Option<i64>,
    announced: Option<String>,
    called_at: Option<Millis>,
    ended_by: Option<EndedBy>,
    origin: Origin,
    route: String,
    asked_for: Option<String>,
    announcement: Option<String>,
    via: Option<EquipmentId>,
    failed: String,
    rerouted: u32,
    hearing: String,
    handed: String,
    customer: Option<String>,
    voice: i64,
    switched: Option<Switch>,
}

/// The columns of [`RequestRow`], in the order of [`binds`].
pub(crate) const REQUEST_COLUMNS: &str = "id, version, state, reason, created_at, queued_at, phone, skill, expert, note, \
     slot, page, trail, zone, language, consent, agent, agent_tries, passed_over, customer_leg, agent_leg, answered_at, connected_at, \
     ended_at, disposition, joined_at, attempt, next_attempt_at, missed, opened, pressing, predicted_low_ms, predicted_ms, \
     predicted_high_ms, announced, called_at, ended_by, origin, route, asked_for, announcement, via, failed, rerouted, hearing, handed, \
     customer, voice, switched";

/// How many they are.
pub(crate) const REQUEST_WIDTH: usize = 49;

fn json<T: Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}

fn optional_json<T: for<'de> Deserialize<'de>>(text: Option<String>) -> Result<Option<T>> {
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

impl RequestRow {
    pub(crate) fn read(self) -> Result<Request> {
        let disposition: Option<Disposition> = optional_json(self.disposition)?;
        Ok(Request {
            id: self.id,
            version: self.version,
            state: self.state,
            reason: self.reason,
            created_at: self.created_at,
            queued_at: self.queued_at,
            agent: self.agent,
            agent_tries: self.agent_tries,
            passed_over: serde_json::from_str(&self.passed_over)?,
            legs: Legs {
                customer: self.customer_leg,
                agent: self.agent_leg,
            },
            answered_at: self.answered_at,
            connected_at: self.connected_at,
            ended_at: self.ended_at,
            disposition,
            joined_at: self.joined_at,
            attempt: self.attempt,
            next_attempt_at: self.next_attempt_at,
            missed: self.missed,
            opened: self.opened,
            pressing: self.pressing != 0,
            predicted: predicted(self.predicted_low_ms, self.predicted_ms, self.predicted_high_ms),
            announced: optional_json(self.announced)?,
            called_at: self.called_at,
            ended_by: self.ended_by,
            origin: self.origin,
            route: serde_json::from_str(&self.route)?,
            announcement: optional_json(self.announcement)?,
            via: self.via,
            failed: serde_json::from_str(&self.failed)?,
            rerouted: self.rerouted,
            hearing: serde_json::from_str(&self.hearing)?,
            handed: serde_json::from_str(&self.handed)?,
            customer: optional_json(self.customer)?,
            switched: self.switched,
            asked: CallRequest {
                phone: self.phone,
                skill: self.skill,
                expert: self.expert,
                to: optional_json(self.asked_for)?,
                note: self.note,
                slot: self.slot,
                page: optional_json(self.page)?,
                trail: serde_json::from_str(&self.trail)?,
                zone: self.zone,
                language: self.language,
                consent: self.consent != 0,
                customer: None,
                voice: self.voice != 0,
            },
        })
    }
}

/// A wait as it was announced.
pub(crate) fn predicted(
    low_ms: Option<i64>,
    mean_ms: Option<i64>,
    high_ms: Option<i64>,
) -> Option<Prediction> {
    Some(Prediction {
        low_ms: low_ms?,
        mean_ms: mean_ms?,
        high_ms: high_ms?,
    })
}

fn text(id: Option<&str>) -> Bind {
    id.into()
}

/// The values of a request, in the order of [`REQUEST_COLUMNS`].
pub(crate) fn binds(request: &Request) -> Result<[Bind; REQUEST_WIDTH]> {
    let asked = &request.asked;
    Ok([
        request.id.as_str().into(),
        request.version.into(),
        request.state.as_str().into(),
        text(request.reason.map(EndReason::as_str)),
        request.created_at.into(),
        request.queued_at.into(),
        asked.phone.as_str().into(),
        text(asked.skill.as_ref().map(SkillId::as_str)),
        text(asked.expert.as_ref().map(AgentId::as_str)),
        asked.note.as_str().into(),
        asked.slot.into(),
        asked.page.as_ref().map(json).transpose()?.into(),
        json(&asked.trail)?.into(),
        text(asked.zone.as_deref()),
        text(asked.language.as_ref().map(Language::as_str)),
        i64::from(asked.consent).into(),
        text(request.agent.as_ref().map(AgentId::as_str)),
        i64::from(request.agent_tries).into(),
        json(&request.passed_over)?.into(),
        request.legs.customer.as_str().into(),
        request.legs.agent.as_str().into(),
        request.answered_at.into(),
        request.connected_at.into(),
        request.ended_at.into(),
        request.disposition.as_ref().map(json).transpose()?.into(),
        request.joined_at.into(),
        i64::from(request.attempt).into(),
        request.next_attempt_at.into(),
        text(request.missed.map(EndReason::as_str)),
        i64::from(request.opened).into(),
        i64::from(request.pressing).into(),
        request.predicted.map(|wait| wait.low_ms).into(),
        request.predicted.map(|wait| wait.mean_ms).into(),
        request.predicted.map(|wait| wait.high_ms).into(),
        request.announced.as_ref().map(json).transpose()?.into(),
        request.called_at.into(),
        text(request.ended_by.map(EndedBy::as_str)),
        request.origin.as_str().into(),
        json(&request.route)?.into(),
        asked.to.as_ref().map(json).transpose()?.into(),
        request.announcement.as_ref().map(json).transpose()?.into(),
        text(request.via.as_ref().map(EquipmentId::as_str)),
        json(&request.failed)?.into(),
        i64::from(request.rerouted).into(),
        json(&request.hearing)?.into(),
        json(&request.handed)?.into(),
        request.customer.as_ref().map(json).transpose()?.into(),
        i64::from(asked.voice).into(),
        text(request.switched.map(Switch::as_str)),
    ])
}

/// A row of `agent`.
#[derive(Debug, Deserialize)]
pub(crate) struct AgentRow {
    id: AgentId,
    state: AgentState,
    since: Millis,
    idle_since: Millis,
    next: AgentState,
    request: Option<RequestId>,
    kept_since: Millis,
    ahead: Option<RequestId>,
    pause: Option<BreakId>,
    next_pause: Option<BreakId>,
    published: Option<String>,
    voice: i64,
}

/// The columns of [`AgentRow`].
pub(crate) const AGENT_COLUMNS: &str =
    "id, state, since, idle_since, next, request, kept_since, ahead, pause, next_pause, published, voice";

/// The values of an agent, in the order of [`AGENT_COLUMNS`].
pub(crate) fn agent_binds(agent: &Agent) -> Result<[Bind; 12]> {
    Ok([
        agent.id.as_str().into(),
        agent.state.as_str().into(),
        agent.since.into(),
        agent.idle_since.into(),
        agent.next.as_str().into(),
        text(agent.request.as_ref().map(RequestId::as_str)),
        agent.kept_since.into(),
        text(agent.ahead.as_ref().map(RequestId::as_str)),
        text(agent.pause.as_ref().map(BreakId::as_str)),
        text(agent.next_pause.as_ref().map(BreakId::as_str)),
        agent.published.as_ref().map(json).transpose()?.into(),
        i64::from(agent.voice).into(),
    ])
}

impl AgentRow {
    /// The agent.
    pub(crate) fn read(self) -> Result<Agent> {
        let published = self.published.as_deref().map(serde_json::from_str);
        Ok(Agent {
            id: self.id,
            state: self.state,
            since: self.since,
            idle_since: self.idle_since,
            next: self.next,
            request: self.request,
            kept_since: self.kept_since,
            ahead: self.ahead,
            pause: self.pause,
            next_pause: self.next_pause,
            published: published.transpose()?,
            voice: self.voice != 0,
        })
    }
}
