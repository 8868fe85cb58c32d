//! Whose socket it is, of those that are about one request: its talk, or its call in the browser.

use super::Core;
use crate::socket;
use acd::talk::Voice;
use shared::{AgentId, RequestId};
use worker::WebSocket;

/// Closes the socket of whoever speaks something else.
pub(super) const GARBLED: usize = 4400;
/// Closes that of whoever has the request no more.
pub(super) const NOT_YOURS: usize = 4403;
/// Closes one of a side that has opened another since.
pub(super) const ELSEWHERE: usize = 4409;
/// Closes one through which more was said within a minute than anybody has to say.
pub(super) const TOO_MUCH: usize = 4429;

/// What a socket is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// What customer and agent write to each other.
    Talk,
    /// Their call in the browser.
    Call,
}

impl About {
    const ALL: [Self; 2] = [Self::Talk, Self::Call];

    const fn word(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Call => "voice",
        }
    }

    /// The tag of all sockets about this of a request.
    pub(super) fn tag(self, request: &RequestId) -> String {
        format!("{}:{request}", self.word())
    }
}

/// Who is at a socket, and what about.
pub(super) struct Ear {
    pub(super) about: About,
    pub(super) request: RequestId,
    pub(super) voice: Voice,
}

impl Ear {
    /// The tags of such a socket.
    pub(super) fn tags(&self) -> [String; 2] {
        let word = self.about.word();
        let who = match &self.voice {
            Voice::Customer => format!("{word}.customer"),
            Voice::Agent(agent) => format!("{word}.agent.{agent}"),
        };
        [self.about.tag(&self.request), who]
    }

    fn read(tags: &[String], about: About) -> Option<Self> {
        let own = |sign: char| {
            let tags = tags.iter();
            tags.filter_map(move |tag| tag.strip_prefix(about.word())?.strip_prefix(sign))
        };
        Some(Self {
            about,
            request: own(':').find_map(|id| RequestId::parse(id).ok())?,
            voice: own('.').find_map(|who| match who.strip_prefix("agent.") {
                Some(agent) => AgentId::parse(agent).ok().map(Voice::Agent),
                None => (who == "customer").then_some(Voice::Customer),
            })?,
        })
    }
}

impl Core {
    /// Who is at this socket, where it is about one request.
    pub(super) fn ear_of(&self, ws: &WebSocket) -> Option<Ear> {
        let tags = self.state.get_tags(ws);
        About::ALL.into_iter().find_map(|about| Ear::read(&tags, about))
    }

    /// The open sockets about this of a request; `but` is one on its way out.
    pub(super) fn ears(
        &self,
        about: About,
        request: &RequestId,
        but: Option<&WebSocket>,
    ) -> Vec<(WebSocket, Ear)> {
        let sockets = self
            .state
            .get_websockets_with_tag(&about.tag(request))
            .into_iter();
        let others = sockets.filter(|ws| socket::is_open(ws) && but.is_none_or(|but| !socket::is(ws, but)));
        others
            .filter_map(|ws| self.ear_of(&ws).map(|ear| (ws, ear)))
            .collect()
    }
}
