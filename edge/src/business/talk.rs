//! The talk about a request: one socket for its customer, one for the agent who has it. What is written is kept first, and shown to
//! both sides then.

use super::Core;
use super::ear::{About, ELSEWHERE, Ear, GARBLED, NOT_YOURS, TOO_MUCH};
use super::pace::within_pace;
use crate::answer::{Answer, Stop, json, problem};
use crate::call::Call;
use crate::store::{business as store, talk as kept};
use crate::{clock, socket};
use acd::talk::{self as rules, Unsaid as Why, Voice};
use acd::{Refusal, Request};
use shared::limit::{MAX_MESSAGE_CHARS, MAX_SOCKETS, MAX_SOCKETS_TO_TALK, MAX_TALK_FRAMES_A_MINUTE};
use shared::problem::ProblemKind;
use shared::talk::{Author, Message, Say, Talk, TalkFrame, Unsaid};
use shared::{AgentId, Millis, RequestId};
use std::collections::BTreeSet;
use worker::{Result, WebSocket};

/// Bytes of a message from a client: every character as long as JSON can write it (two escapes of six), and the key.
const MAX_FRAME_BYTES: usize = 12 * MAX_MESSAGE_CHARS + 500;
/// Sockets of one side of a talk: a few tabs of a shop, and some of which nobody noticed yet that their line is dead.
const WINDOWS: usize = 8;

impl Core {
    /// `GET …/requests/{id}/talk`: everything that was said, and with a WebSocket what is said from then on. `session` is the tag of
    /// the session that it ends with.
    pub(super) fn talk(&self, call: &Call, id: &RequestId, voice: Voice, session: Option<&str>) -> Answer {
        let request = self
            .request(id)?
            .ok_or_else(|| Stop::from(Refusal::UnknownRequest))?;
        if !self.read(|acd| acd.may_read(&request, &voice))? {
            // Whether there is such a request is nobody else's business.
            return Err(Refusal::UnknownRequest.into());
        }
        let ear = Ear {
            about: About::Talk,
            request: id.clone(),
            voice,
        };
        if !call.is_upgrade()? {
            // Half a handshake asks for a socket, and is none.
            if call.header("upgrade")?.is_some() {
                return Err(problem(
                    ProblemKind::MethodNotAllowed,
                    "This is how no WebSocket is opened.",
                ));
            }
            return json(200, &self.whole(&request, &ear.voice)?);
        }
        let limit = match ear.voice {
            Voice::Customer => MAX_SOCKETS_TO_TALK,
            Voice::Agent(_) => MAX_SOCKETS,
        };
        // One that finds no room takes nothing from those that are there.
        socket::room(&self.state, limit)?;
        self.make_room(&ear);
        let (tags, since) = (ear.tags(), since(clock::now()));
        let own = [since.as_str()].into_iter().chain(session);
        let tags: Vec<&str> = tags.iter().map(String::as_str).chain(own).collect();
        let offered = socket::Offered::of(call)?;
        let answer = socket::accept(
            &self.state,
            limit,
            &tags,
            offered.taken(super::public::PROTOCOL),
            &self.whole(&request, &ear.voice)?,
        )?;
        self.show_talk(&request, None)?;
        Ok(answer)
    }

    /// Closes the oldest sockets of a side that opens one more than it may have.
    fn make_room(&self, ear: &Ear) {
        let own = self.ears(About::Talk, &ear.request, None).into_iter();
        let own = own.filter(|(_, other)| other.voice == ear.voice);
        let mut own: Vec<(i64, WebSocket)> = own
            .map(|(ws, _)| (opened_at(&self.state.get_tags(&ws)), ws))
            .collect();
        own.sort_by_key(|(at, _)| *at);
        let most = own.len().saturating_sub(WINDOWS - 1);
        for (_, ws) in own.iter().take(most) {
            socket::close(ws, ELSEWHERE, "opened elsewhere");
        }
    }

    /// A request, wherever it stands.
    pub(super) fn request(&self, id: &RequestId) -> Result<Option<Request>> {
        match self.read(|acd| acd.request(id).cloned())? {
            Some(request) => Ok(Some(request)),
            None => store::request(&self.db, id),
        }
    }

    fn whole(&self, request: &Request, voice: &Voice) -> Result<TalkFrame> {
        let messages = kept::all(&self.db, &request.id)?;
        Ok(TalkFrame {
            talk: Some(self.standing(request, voice, &self.ears(About::Talk, &request.id, None))?),
            messages: messages
                .into_iter()
                .map(|message| self.written(message))
                .collect::<Result<_>>()?,
            unsaid: None,
        })
    }

    fn written(&self, message: kept::Kept) -> Result<Message> {
        let name = match &message.agent {
            Some(agent) => self.public_name(agent)?,
            None => None,
        };
        Ok(Message {
            n: message.n,
            at: message.at,
            by: message.author,
            name,
            text: message.text,
            key: message.key,
        })
    }

    fn public_name(&self, agent: &AgentId) -> Result<Option<String>> {
        self.read(|acd| acd.config().agent(agent).map(|facts| facts.name.clone()))
    }

    /// How a talk stands for this voice; `ears` are all who are in it.
    fn standing(&self, request: &Request, voice: &Voice, ears: &[(WebSocket, Ear)]) -> Result<Talk> {
        let here = |author| ears.iter().any(|(_, ear)| ear.voice.author() == author);
        Ok(Talk {
            open: self.read(|acd| acd.may_write(request, voice))?.is_ok(),
            customer_here: here(Author::Customer),
            agent_here: ears.iter().any(
                |(_, ear)| matches!(&ear.voice, Voice::Agent(agent) if request.agent.as_ref() == Some(agent)),
            ),
            agent_name: match &request.agent {
                Some(agent) => self.public_name(agent)?,
                None => None,
            },
        })
    }

    /// A client has sent something through a talk's socket.
    pub(super) fn said_by(&self, ws: &WebSocket, ear: &Ear, text: &str) -> Result<()> {
        if !self.load()? {
            return Ok(());
        }
        if !within_pace(ws, MAX_TALK_FRAMES_A_MINUTE)? {
            socket::show(ws, &unsaid(None, Why::TooFast));
            socket::close(ws, TOO_MUCH, "too much within a minute");
            return Ok(());
        }
        let Some(say) = Some(text)
            .filter(|text| text.len() <= MAX_FRAME_BYTES)
            .and_then(|text| serde_json::from_str::<Say>(text).ok())
        else {
            // Programs that speak something else are not talked with: whoever is in earnest opens it again.
            socket::show(ws, &unsaid(None, Why::Garbled));
            socket::close(ws, GARBLED, "this is not a message");
            return Ok(());
        };
        let Some(request) = self.request(&ear.request)? else {
            socket::close(ws, NOT_YOURS, "there is no such request");
            return Ok(());
        };
        match self.keep_message(&request, &ear.voice, &say)? {
            Ok((message, new)) => {
                let frame = TalkFrame {
                    messages: vec![message],
                    ..TalkFrame::default()
                };
                if !new {
                    // The others have it; whoever says it again has not heard that it was kept.
                    socket::show(ws, &frame);
                    return Ok(());
                }
                for (other, _) in self.ears(About::Talk, &request.id, None) {
                    socket::show(&other, &frame);
                }
            }
            Err(why) => socket::show(ws, &unsaid(Some(say.key), why)),
        }
        Ok(())
    }

    /// Keeps a message, unless it may not be said; true with one that is new. One that was kept before is the same message again.
    fn keep_message(
        &self,
        request: &Request,
        voice: &Voice,
        say: &Say,
    ) -> Result<std::result::Result<(Message, bool), Why>> {
        let now = clock::now();
        if let Some(before) = kept::by_key(&self.db, &request.id, voice, &say.key)? {
            let same = before.text == rules::clean(&say.text);
            return Ok(if same {
                Ok((self.written(before)?, false))
            } else {
                Err(Why::KeyReused)
            });
        }
        let said = kept::said(&self.db, &request.id, voice, now)?;
        let heard = match self.read(|acd| acd.may_write(request, voice))? {
            Ok(()) => rules::hear(say, said),
            Err(why) => Err(why),
        };
        let text = match heard {
            Ok(text) => text,
            Err(why) => return Ok(Err(why)),
        };
        match kept::keep(&self.db, &request.id, voice, &say.key, &text, now)? {
            Some(message) => Ok(Ok((self.written(message)?, true))),
            None => Err("a message was not kept".into()),
        }
    }

    /// Shows how a talk stands to everybody in it. Whoever has the request no more hears no more.
    fn show_talk(&self, request: &Request, gone: Option<&WebSocket>) -> Result<()> {
        let ears = self.ears(About::Talk, &request.id, gone);
        for (ws, ear) in &ears {
            if self.read(|acd| acd.may_read(request, &ear.voice))? {
                let frame = TalkFrame {
                    talk: Some(self.standing(request, &ear.voice, &ears)?),
                    ..TalkFrame::default()
                };
                socket::show(ws, &frame);
            } else {
                socket::close(ws, NOT_YOURS, "somebody else has this call");
            }
        }
        Ok(())
    }

    /// Requests have changed: so have their talks.
    pub(super) fn show_talks(&self, changed: &BTreeSet<&RequestId>) -> Result<()> {
        for id in changed {
            if self
                .state
                .get_websockets_with_tag(&About::Talk.tag(id))
                .is_empty()
            {
                continue;
            }
            if let Some(request) = self.request(id)? {
                self.show_talk(&request, None)?;
            }
        }
        Ok(())
    }

    /// Somebody has left a talk.
    pub(super) fn left_talk(&self, ws: &WebSocket) -> Result<()> {
        let ear = self.ear_of(ws).filter(|ear| ear.about == About::Talk);
        let Some(ear) = ear else { return Ok(()) };
        if !self.load()? {
            return Ok(());
        }
        match self.request(&ear.request)? {
            Some(request) => self.show_talk(&request, Some(ws)),
            None => Ok(()),
        }
    }
}

/// The tag of a socket that was opened at this time.
fn since(now: Millis) -> String {
    format!("since.{}", now.0)
}

fn opened_at(tags: &[String]) -> i64 {
    let at = tags
        .iter()
        .find_map(|tag| tag.strip_prefix("since.")?.parse().ok());
    at.unwrap_or_default()
}

fn unsaid(key: Option<String>, why: Why) -> TalkFrame {
    TalkFrame {
        unsaid: Some(Unsaid {
            key,
            problem: why.problem(),
        }),
        ..TalkFrame::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_knows_when_it_was_opened() {
        assert_eq!(opened_at(&["talk.customer".into(), since(Millis(5))]), 5);
    }
}
