//! What lies between us and a carrier, and what goes wrong there.

use shared::Millis;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnRequest {
    /// It arrives, and so does its answer.
    Pass,
    /// Nobody can be reached.
    Unreachable,
    /// It is lost on its way: nobody knows.
    Lost,
    /// It arrives; its answer is lost: nobody knows.
    AnswerLost,
    /// The carrier says something else than it should.
    Status(u16, Option<u32>),
    /// The carrier did it, and answers with garbage.
    Garbage,
}

/// What happens to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnEvent {
    Pass,
    Lost,
    Twice,
    Late(i64),
}

/// A network with a schedule of faults: request by request, event by event; what is beyond the schedule passes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) requests: Vec<OnRequest>,
    pub(crate) events: Vec<OnEvent>,
    /// Every request fails like this until then.
    pub(crate) down: Option<(OnRequest, Millis)>,
    /// Requests so far.
    pub(crate) asked: usize,
    /// Events so far.
    pub(crate) told: usize,
}

impl Network {
    pub(crate) fn request(&mut self, now: Millis) -> OnRequest {
        if let Some((how, until)) = self.down
            && now < until
        {
            return how;
        }
        self.asked += 1;
        self.requests
            .get(self.asked - 1)
            .copied()
            .unwrap_or(OnRequest::Pass)
    }

    pub(crate) fn event(&mut self) -> OnEvent {
        self.told += 1;
        self.events.get(self.told - 1).copied().unwrap_or(OnEvent::Pass)
    }
}
