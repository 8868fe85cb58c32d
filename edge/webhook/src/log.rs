//! The log of an endpoint, for people: not all who look at it may see what the endpoint does.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::Address;
use shared::webhook::DeliveryView;

/// A body, read again.
#[derive(Serialize, Deserialize)]
struct Sent {
    r#type: String,
    timestamp: String,
    data: Map<String, Value>,
}

impl Sent {
    fn of(message: &DeliveryView) -> Option<Self> {
        serde_json::from_str(&message.body).ok()
    }

    /// The customer's number or SIP address, where it is whole.
    fn whole(&self) -> Option<Address> {
        Address::parse(self.data.get("customer")?.as_str()?).ok()
    }
}

/// The request whose customer's whole number this message shows.
pub fn reveals(message: &DeliveryView) -> Option<String> {
    let sent = Sent::of(message)?;
    sent.whole()?;
    sent.data.get("request")?.as_str().map(str::to_owned)
}

/// A message for those who may not see numbers: the number is masked, and what the customer wrote is left out. So is what the endpoint
/// answered to a message about a customer: it may repeat both.
#[must_use]
pub fn masked(message: DeliveryView) -> DeliveryView {
    let mut sent = Sent::of(&message);
    let about_somebody = sent.as_ref().is_none_or(|it| it.data.contains_key("customer"));
    if let Some(sent) = &mut sent {
        if let Some(address) = sent.whole() {
            sent.data.insert("customer".into(), address.masked().into());
        }
        sent.data.remove("note");
    }
    let mut attempts = message.attempts;
    for attempt in attempts
        .iter_mut()
        .filter(|it| about_somebody && it.status.is_some())
    {
        attempt.answer.clear();
    }
    DeliveryView {
        // Text and numbers always become JSON; what could not be read is not shown.
        body: sent
            .and_then(|it| serde_json::to_string(&it).ok())
            .unwrap_or_default(),
        attempts,
        ..message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::body;
    use serde_json::json;
    use shared::Millis;
    use shared::webhook::{AttemptView, DeliveryState, EventType};

    const NUMBER: &str = "+447700900123";

    /// A message that arrived, at an endpoint that repeats what it is told.
    fn arrived(event: EventType, data: &Value) -> DeliveryView {
        let body = body(event, Millis(1_000), data);
        DeliveryView {
            id: "msg_1".into(),
            event: event.as_str().into(),
            created_at: Millis(1_000),
            state: DeliveryState::Delivered,
            due: None,
            attempts: vec![AttemptView {
                at: Millis(2_000),
                status: Some(200),
                took_ms: 5,
                answer: format!("thanks for {body}"),
            }],
            body,
        }
    }

    fn about(customer: &str) -> DeliveryView {
        let data =
            json!({"request": "req_1", "customer": customer, "note": "Call me Zoë", "skill": "cruises"});
        arrived(EventType::RequestCreated, &data)
    }

    #[test]
    fn an_auditor_sees_that_somebody_was_told_of_and_not_who() {
        let seen = masked(about(NUMBER));
        assert_eq!(
            seen.body,
            r#"{"type":"request.created","timestamp":"1970-01-01T00:00:01Z","data":{"customer":"+44 •••••••• 23","request":"req_1","skill":"cruises"}}"#
        );
        let all = format!("{seen:?}");
        assert!(!all.contains("7700900") && !all.contains("Zoë"), "{all}");
        assert_eq!(seen.attempts[0].status, Some(200));
    }

    #[test]
    fn a_sip_address_is_masked_like_a_number() {
        let seen = masked(about("sip:zoe@pbx.example"));
        assert!(
            seen.body.contains("sip:z•••@pbx.example") && !seen.body.contains("zoe"),
            "{}",
            seen.body
        );
    }

    #[test]
    fn what_was_masked_stays_and_what_is_about_nobody_is_shown_as_it_was() {
        let once = masked(about(NUMBER));
        assert_eq!(masked(once.clone()).body, once.body);
        let agent = arrived(EventType::AgentStatus, &json!({"agent": "ana", "state": "away"}));
        assert_eq!(masked(agent.clone()), agent);
    }

    #[test]
    fn what_can_t_be_read_is_not_shown() {
        let odd = DeliveryView {
            body: format!("Call {NUMBER}"),
            ..about(NUMBER)
        };
        let seen = masked(odd);
        assert_eq!((seen.body.as_str(), seen.attempts[0].answer.as_str()), ("", ""));
    }

    #[test]
    fn a_whole_number_names_its_request() {
        assert_eq!(reveals(&about(NUMBER)).as_deref(), Some("req_1"));
        assert_eq!(reveals(&about("sip:zoe@pbx.example")).as_deref(), Some("req_1"));
        assert_eq!(reveals(&masked(about(NUMBER))), None);
        let agent = arrived(EventType::AgentStatus, &json!({"agent": "ana"}));
        assert_eq!(reveals(&agent), None);
    }
}
