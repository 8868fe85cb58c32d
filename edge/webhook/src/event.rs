//! Which change is worth telling, and what is told of it. A change is a row as it was and as it is written.

use acd::policy::Note;
use acd::{Agent, Request};
use serde_json::{Map, Value, json};
use shared::business::Business;
use shared::call::EndReason;
use shared::policy::Held;
use shared::webhook::EventType;

/// What happened to a request, in order; `before` is absent for a new one.
pub fn of_request(before: Option<&Request>, after: &Request) -> Vec<EventType> {
    let mut events = Vec::new();
    match before {
        None => events.push(EventType::RequestCreated),
        Some(before) => {
            let wish = |it: &Request| (it.asked.slot, it.asked.skill.clone(), it.asked.expert.clone());
            if wish(before) != wish(after) {
                events.push(EventType::RequestMoved);
            }
        }
    }
    if before.is_none_or(|it| it.connected_at.is_none()) && after.connected_at.is_some() {
        events.push(EventType::CallStarted);
    }
    if before.is_none_or(|it| it.ended_at.is_none()) && after.ended_at.is_some() {
        events.push(match after.reason {
            Some(EndReason::CancelledByCustomer) if after.connected_at.is_none() => {
                EventType::RequestCancelled
            }
            Some(EndReason::Expired) => EventType::RequestExpired,
            _ => EventType::CallEnded,
        });
    }
    if before.is_none_or(|it| it.disposition.is_none()) && after.disposition.is_some() {
        events.push(EventType::CallWrittenUp);
    }
    events
}

/// What happened to an agent; without a row before, somebody who was offline.
pub fn of_agent(before: Option<&Agent>, after: &Agent) -> Option<EventType> {
    let same = before
        .is_some_and(|it| it.state == after.state && it.pause == after.pause && it.phone() == after.phone());
    (!same).then_some(EventType::AgentStatus)
}

/// What a change of the dial policy's books is worth telling, and what is told of it; whether it is news, who has the books knows. What
/// waits for a time of day, for its turn or for a number's own limit is in order.
pub fn of_policy(note: &Note) -> Option<(EventType, Value)> {
    match note {
        Note::Waiting(waiting) => match waiting.why {
            Held::Spend | Held::Rate | Held::Neighbours => {
                let told = json!({"why": waiting.why, "request": waiting.request, "until": waiting.until});
                Some((EventType::CallsHeld, told))
            }
            Held::Hours | Held::Busy | Held::Rings => None,
        },
        Note::Dearer(dearer) => {
            let told = json!({"equipment": dearer.via, "per_minute": dearer.per_minute});
            Some((EventType::EquipmentDearer, told))
        }
        Note::Asked(_)
        | Note::Dial(_)
        | Note::Undialled(_)
        | Note::Suppressed(_)
        | Note::Forgiven(_)
        | Note::Released(_)
        | Note::Forget { .. } => None,
    }
}

/// What is told of a request. Its customer's number is masked unless `whole`.
pub fn request(request: &Request, whole: bool) -> Value {
    let asked = &request.asked;
    let number = if whole {
        asked.phone.as_str().to_owned()
    } else {
        asked.phone.masked()
    };
    let page = asked
        .page
        .as_ref()
        .map(|page| json!({"url": page.url, "title": page.title}));
    let wait_s = request.called_at.map(|at| at.seconds_since(request.queued_at));
    let talk_s = request
        .connected_at
        .zip(request.ended_at)
        .map(|(from, to)| to.seconds_since(from));
    let all = [
        ("request", json!(request.id)),
        ("state", json!(request.state)),
        ("outcome", json!(request.reason)),
        ("ended_by", json!(request.ended_by)),
        ("origin", json!(request.origin)),
        ("customer", json!(number)),
        ("skill", json!(asked.skill)),
        ("expert", json!(asked.expert)),
        ("agent", json!(request.agent)),
        ("note", json!(asked.note)),
        ("page", json!(page)),
        ("slot", json!(asked.slot)),
        ("attempts", json!(request.attempt)),
        ("created_at", json!(request.created_at)),
        ("called_at", json!(request.called_at)),
        ("connected_at", json!(request.connected_at)),
        ("ended_at", json!(request.ended_at)),
        ("wait_s", json!(wait_s)),
        ("talk_s", json!(talk_s)),
        ("disposition", json!(request.disposition)),
    ];
    let told = all.into_iter().filter(|(_, value)| !value.is_null());
    told.map(|(name, value)| (name.to_owned(), value))
        .collect::<Map<_, _>>()
        .into()
}

/// What is told of an agent.
pub fn agent(agent: &Agent) -> Value {
    let mut told = json!({"agent": agent.id, "state": agent.state, "since": agent.since});
    let more = [
        ("pause", agent.pause.as_ref().map(|pause| json!(pause))),
        ("line", agent.phone().map(|line| json!(line))),
    ];
    if let Some(told) = told.as_object_mut() {
        let known = more
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        told.extend(known);
    }
    told
}

/// What is told of a document that was changed: the fields that did.
pub fn business(before: &Business, after: &Business) -> Value {
    let fields = |document: &Business| match serde_json::to_value(document) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let changed = after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(*value));
    json!({"changed": changed.map(|(name, _)| name).collect::<Vec<_>>()})
}
