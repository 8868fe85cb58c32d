//! What the agent and the customer write to each other: of the call on the desk live, of earlier ones when asked for.

use super::{Do, Model, Screen};
use crate::desk::word;
use crate::net::{Failure, Link, Wire};
use serde::{Deserialize, Serialize};
use shared::RequestId;
use shared::limit::MAX_MESSAGE_CHARS;
use shared::talk::{Author, Message, Say, Talk as Stands, TalkFrame, Unsaid};
use std::collections::BTreeMap;

/// The talk of the call on the desk.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::desk) struct Talk {
    /// Whose it is.
    pub(in crate::desk) of: Option<RequestId>,
    /// Its connection.
    pub(in crate::desk) link: Link,
    /// How it stands, while it is connected.
    pub(in crate::desk) stands: Option<Stands>,
    /// What is kept, in its order.
    pub(in crate::desk) messages: Vec<Message>,
    /// What is not kept yet.
    pub(in crate::desk) unsent: Unsent,
    /// Why the last one was not kept.
    pub(in crate::desk) fault: Option<String>,
    /// The number of the last message that the agent has seen.
    seen: u32,
    /// The agent is in it.
    attended: bool,
}

/// What the edge does not have yet. It survives a reload.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(in crate::desk) struct Unsent {
    /// As typed so far.
    pub(in crate::desk) text: String,
    /// On its way: sent again after a break, under the same keys.
    pub(in crate::desk) waiting: Vec<Say>,
}

/// What happens to it.
#[derive(Debug, Clone)]
pub(in crate::desk) enum Talked {
    /// Something happened to its socket.
    Wire(Wire),
    /// What was kept from before a reload.
    Kept(RequestId, Unsent),
    /// A text was typed.
    Text(String),
    /// Send it, under this new key.
    Send(String),
    /// The agent has turned to it, or away.
    Attend(bool),
    /// Show what was written in an earlier call, or hide it again.
    Past(RequestId),
    /// What was written in an earlier call.
    PastRead(RequestId, Result<TalkFrame, Failure>),
}

/// What was written in earlier calls, as far as it was asked for: the messages, or why not.
pub(in crate::desk) type Past = BTreeMap<RequestId, Result<Vec<Message>, String>>;

impl Talk {
    /// Messages that the agent has not seen.
    pub(in crate::desk) fn unread(&self) -> usize {
        let new = |message: &&Message| message.by == Author::Customer && message.n > self.seen;
        self.messages.iter().filter(new).count()
    }

    /// Whether the agent may write.
    pub(in crate::desk) fn open(&self) -> bool {
        self.stands.as_ref().is_none_or(|stands| stands.open)
    }

    fn last(&self) -> u32 {
        self.messages.last().map_or(0, |message| message.n)
    }

    fn keep(&self) -> Vec<Do> {
        let of = self.of.clone();
        of.map(|of| Do::KeepTalk(of, self.unsent.clone()))
            .into_iter()
            .collect()
    }

    fn say_again(&self) -> Vec<Do> {
        self.unsent.waiting.iter().cloned().map(Do::Say).collect()
    }
}

/// The talk goes with the call on the desk.
pub(super) fn follow(model: &mut Model) -> Vec<Do> {
    let call = model.call().filter(|_| model.screen == Screen::Desk);
    let wanted = call.filter(|pop| pop.chat).map(|pop| pop.id.clone());
    if wanted == model.talk.of {
        return Vec::new();
    }
    model.talk = Talk {
        of: wanted.clone(),
        link: Link::Connecting,
        ..Talk::default()
    };
    model.past_talks.clear();
    vec![Do::TalkAbout(wanted)]
}

pub(super) fn talked(model: &mut Model, what: Talked) -> Vec<Do> {
    let (now, talk) = (model.now, &mut model.talk);
    match what {
        Talked::Wire(wire) => {
            talk.link = talk.link.after(&wire, now);
            match wire {
                Wire::Frame(text) => match serde_json::from_str::<TalkFrame>(&text) {
                    Ok(frame) => heard(talk, frame),
                    // Newer than this page; the next one may be readable.
                    Err(_) => Vec::new(),
                },
                Wire::Live => Vec::new(),
                Wire::Connecting | Wire::Lost { .. } | Wire::Closed(_) => {
                    talk.stands = None;
                    Vec::new()
                }
            }
        }
        Talked::Kept(of, unsent) => {
            if talk.of.as_ref() == Some(&of) && talk.unsent == Unsent::default() {
                talk.unsent = unsent;
                if talk.stands.is_some() {
                    return talk.say_again();
                }
            }
            Vec::new()
        }
        Talked::Text(text) => {
            talk.unsent.text = text;
            if fits(&talk.unsent.text) {
                talk.fault = None;
            }
            talk.keep()
        }
        Talked::Send(key) => send(talk, key),
        Talked::Attend(attended) => {
            talk.attended = attended;
            talk.seen = talk.seen.max(talk.last());
            Vec::new()
        }
        Talked::Past(of) => {
            if model.past_talks.remove(&of).is_some() {
                return Vec::new();
            }
            vec![Do::ReadTalk(of)]
        }
        Talked::PastRead(of, answer) => {
            let read = answer.map(|frame| frame.messages);
            model
                .past_talks
                .insert(of, read.map_err(|why| why.words().to_owned()));
            Vec::new()
        }
    }
}

fn fits(text: &str) -> bool {
    text.trim().chars().count() <= MAX_MESSAGE_CHARS
}

fn send(talk: &mut Talk, key: String) -> Vec<Do> {
    let text = talk.unsent.text.trim().to_owned();
    if text.is_empty() || !talk.open() {
        return Vec::new();
    }
    if !fits(&text) {
        talk.fault = Some(word::TALK_TOO_LONG.into());
        return Vec::new();
    }
    let say = Say { key, text };
    talk.unsent.text.clear();
    talk.unsent.waiting.push(say.clone());
    talk.fault = None;
    talk.seen = talk.seen.max(talk.last());
    let mut todo = talk.keep();
    if talk.stands.is_some() {
        todo.push(Do::Say(say));
    }
    todo
}

fn heard(talk: &mut Talk, frame: TalkFrame) -> Vec<Do> {
    let mut todo = Vec::new();
    let first = frame.talk.is_some() && talk.stands.is_none();
    let new: Vec<Message> = frame
        .messages
        .into_iter()
        .filter(|message| message.n > talk.last())
        .collect();
    let before = talk.unsent.clone();
    for message in &new {
        if message.by == Author::Agent {
            talk.unsent.waiting.retain(|say| say.key != message.key);
        } else if talk.attended {
            talk.seen = message.n;
        } else if !first {
            todo.push(Do::Alert {
                title: word::TALK_NEW.into(),
                body: message.text.clone(),
            });
        }
    }
    talk.messages.extend(new);
    talk.stands = frame.talk.or(talk.stands.take());
    if let Some(unsaid) = frame.unsaid {
        back(talk, &unsaid);
    }
    if talk.unsent != before {
        todo.extend(talk.keep());
    }
    if first {
        todo.extend(talk.say_again());
    }
    todo
}

/// What was not kept stands in the field again.
fn back(talk: &mut Talk, unsaid: &Unsaid) {
    let is = |say: &Say| unsaid.key.as_ref() == Some(&say.key);
    let Some(place) = talk.unsent.waiting.iter().position(is) else {
        return;
    };
    let say = talk.unsent.waiting.remove(place);
    let typed = std::mem::take(&mut talk.unsent.text);
    talk.unsent.text = [say.text, typed]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    talk.fault = Some(Failure::Refused(unsaid.problem.clone()).beside().to_owned());
}
