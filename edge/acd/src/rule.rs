//! Who gets whom. A pure choice over what is there; every tie is broken by a written rule.
//!
//! Which request: customers who already hold come first, then place in line, then id.
//! Which agent: the page's expert while the patience lasts, else the longest idle, then id.

use crate::engine::Acd;
use crate::{Agent, Request, TimerKey};
use shared::call::RequestState;
use shared::desk::AgentState;
use shared::{AgentId, Millis, RequestId};

/// The next pair to bring together, if there is one.
pub(crate) fn next_match(acd: &Acd, now: Millis) -> Option<(RequestId, AgentId)> {
    if !acd
        .agents
        .values()
        .any(|agent| agent.state == AgentState::Available)
    {
        return None;
    }
    let mut waiting: Vec<&Request> = acd
        .requests
        .values()
        .filter(|request| is_waiting(request))
        .collect();
    waiting.sort_by_key(|request| {
        (
            request.state != RequestState::CustomerOnHold,
            request.queued_at,
            &request.id,
        )
    });
    waiting
        .into_iter()
        .find_map(|request| Some((request.id.clone(), best_agent(acd, request, now)?)))
}

/// True when the request needs an agent now.
pub(crate) fn is_waiting(request: &Request) -> bool {
    matches!(request.state, RequestState::Queued | RequestState::CustomerOnHold)
}

/// The agent who should take it now, if anybody may.
pub(crate) fn best_agent(acd: &Acd, request: &Request, now: Millis) -> Option<AgentId> {
    acd.agents
        .values()
        .filter(|agent| may_take(acd, request, agent, now))
        .min_by_key(|agent| {
            (
                request.asked.expert.as_ref() != Some(&agent.id),
                agent.idle_since,
                &agent.id,
            )
        })
        .map(|agent| agent.id.clone())
}

fn may_take(acd: &Acd, request: &Request, agent: &Agent, now: Millis) -> bool {
    agent.state == AgentState::Available
        && !request.passed_over.contains(&agent.id)
        && acd.has_skill(request, &agent.id)
        && !waits_for_other(acd, request, &agent.id, now)
}

/// While the page's expert is at work and the patience lasts, nobody else gets the request. The timer is the patience.
fn waits_for_other(acd: &Acd, request: &Request, agent: &AgentId, now: Millis) -> bool {
    let Some(expert) = request.asked.expert.as_ref().filter(|expert| *expert != agent) else {
        return false;
    };
    request.state == RequestState::Queued
        && acd
            .timers
            .get(&TimerKey::Expert(request.id.clone()))
            .is_some_and(|due| now < *due)
        && acd.agents.get(expert).is_some_and(Agent::on_duty)
}

/// Customers who hold although nobody who could take the call is at work any more.
pub(crate) fn hopeless(acd: &Acd) -> Vec<RequestId> {
    let could_take = |request: &Request, agent: &Agent| {
        agent.on_duty() && !request.passed_over.contains(&agent.id) && acd.has_skill(request, &agent.id)
    };
    acd.requests
        .values()
        .filter(|request| request.state == RequestState::CustomerOnHold)
        .filter(|request| !acd.agents.values().any(|agent| could_take(request, agent)))
        .map(|request| request.id.clone())
        .collect()
}
