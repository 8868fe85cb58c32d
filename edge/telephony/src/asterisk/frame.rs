//! REST over the socket: a request is a frame with an id of ours, and so is its answer. The id says what the answer is for, so
//! that nothing has to be remembered in between.

use crate::{HttpAnswer, HttpCall};
use serde::Deserialize;
use serde_json::json;
use std::fmt;

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It asked about the leg.
    Ask,
    /// It was the last of those that carry the effect out.
    Last,
    /// It was one before: only the last one counts.
    Before,
}

/// Which outbox row a request belongs to, which attempt, and what it was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// The row.
    pub seq: i64,
    /// Attempts before this one.
    pub attempts: u32,
    /// What for.
    pub stage: Stage,
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = match self.stage {
            Stage::Ask => "ask",
            Stage::Last => "last",
            Stage::Before => "before",
        };
        write!(f, "{}|{}|{stage}", self.seq, self.attempts)
    }
}

impl Tag {
    /// Reads a request's id; `None` for one whose answer nobody waits for.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        Some(Self {
            seq: parts.next()?.parse().ok()?,
            attempts: parts.next()?.parse().ok()?,
            stage: match parts.next()? {
                "ask" => Stage::Ask,
                "last" => Stage::Last,
                "before" => Stage::Before,
                _ => return None,
            },
        })
    }
}

/// A request as it travels. Without a tag, nobody waits for its answer.
pub fn frame(call: &HttpCall, tag: Option<Tag>) -> String {
    let id = tag.map_or_else(|| "-".into(), |tag| tag.to_string());
    let mut frame = json!({
        "type": "RESTRequest",
        "request_id": id,
        "method": call.method,
        "uri": call.url,
    });
    if let (false, Some(frame)) = (call.body.is_empty(), frame.as_object_mut()) {
        frame.insert("content_type".into(), "application/json".into());
        frame.insert("message_body".into(), call.body.as_str().into());
    }
    frame.to_string()
}

/// An answer, and which request it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// The request; `None` when nobody waits for it.
    pub tag: Option<Tag>,
    /// What came back.
    pub answer: HttpAnswer,
}

/// Reads a `RESTResponse`.
pub fn answer(text: &str) -> Option<Exchanged> {
    #[derive(Deserialize)]
    struct Response {
        request_id: String,
        status_code: u16,
        #[serde(default)]
        message_body: String,
    }
    let response: Response = serde_json::from_str(text).ok()?;
    Some(Exchanged {
        tag: Tag::parse(&response.request_id),
        answer: HttpAnswer::of(response.status_code, response.message_body),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_finds_its_row() {
        let tag = Tag {
            seq: 17,
            attempts: 2,
            stage: Stage::Ask,
        };
        let call = HttpCall {
            method: "GET",
            url: "channels/x".into(),
            headers: vec![],
            body: String::new(),
        };
        assert_eq!(
            frame(&call, Some(tag)),
            r#"{"method":"GET","request_id":"17|2|ask","type":"RESTRequest","uri":"channels/x"}"#
        );
        let text = r#"{"type":"RESTResponse","request_id":"17|2|ask","status_code":404,"reason_phrase":"Not Found","message_body":"{}"}"#;
        let exchanged = answer(text).unwrap();
        assert_eq!((exchanged.tag, exchanged.answer.status), (Some(tag), Some(404)));
        assert_eq!(answer("{}"), None);
        assert_eq!(Tag::parse("-"), None);
    }
}
