//! How a request goes from one agent to another: handed on, given back, refused; what came of it is on record.

use crate::call::words;
use crate::limit::MAX_NOTE_CHARS;
use crate::problem::FieldError;
use crate::{AgentId, Millis, SkillId};

words! {
    /// Why an agent does not take a call.
    RefusalReason {
        /// Something else has to be done first: the agent is away for it.
        Busy = "busy",
        /// It is not this agent's business; the agent stays available.
        NotMine = "not_mine",
        /// Something else, in the agent's words; the agent is away.
        Other = "other",
    }
}

words! {
    /// How a request left an agent.
    Handing {
        /// To a skill or an agent of their choice.
        Transferred = "transferred",
        /// Back to where it came from.
        Returned = "returned",
        /// Not taken, before anybody talked.
        Refused = "refused",
        /// Given to somebody else by a supervisor.
        Reassigned = "reassigned",
    }
}

/// Who is to have a request next.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Target {
    /// Anybody with this skill.
    Skill(SkillId),
    /// This agent; for as long as an expert is waited for nobody else, then anybody with the skill.
    Agent(AgentId),
}

/// `POST /v1/desk/calls/{request}/transfer`: hands the request on. A customer who is on the line holds meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Transfer {
    /// To whom.
    pub to: Target,
    /// What the next agent should know.
    #[cfg_attr(feature = "serde", serde(default))]
    pub note: String,
}

/// `POST /v1/desk/calls/{request}/refuse`: the agent does not take it; the next one is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decline {
    /// Why.
    pub reason: RefusalReason,
    /// In the agent's words; needed for [`RefusalReason::Other`].
    #[cfg_attr(feature = "serde", serde(default))]
    pub text: String,
}

fn too_long(field: &str, text: &str) -> Option<FieldError> {
    (text.chars().count() > MAX_NOTE_CHARS).then(|| FieldError {
        field: field.into(),
        code: "too_long".into(),
        message: format!("This may have {MAX_NOTE_CHARS} characters at the most."),
    })
}

impl Transfer {
    /// Everything that is out of bounds.
    pub fn faults(&self) -> Vec<FieldError> {
        too_long("note", &self.note).into_iter().collect()
    }
}

impl Decline {
    /// Everything that is missing or out of bounds.
    pub fn faults(&self) -> Vec<FieldError> {
        let missing = self.reason == RefusalReason::Other && self.text.trim().is_empty();
        let missing = missing.then(|| FieldError {
            field: "text".into(),
            code: "missing".into(),
            message: "Say why in a few words.".into(),
        });
        missing.into_iter().chain(too_long("text", &self.text)).collect()
    }
}

/// One time that a request left an agent, on record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Handover {
    /// When.
    pub at: Millis,
    /// Whom it left: absent when nobody had it, or when it was a supervisor who moved it.
    pub from: Option<AgentId>,
    /// How.
    pub how: Handing,
    /// To whom, where somebody was chosen.
    pub to: Option<Target>,
    /// Why it was refused.
    pub reason: Option<RefusalReason>,
    /// What the agent said to it.
    pub text: String,
    /// Seconds that this agent and the customer had talked.
    pub talked_s: i64,
    /// The skill it had until then.
    pub skill: Option<SkillId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_reason_needs_words_and_words_have_an_end() {
        let decline = |reason, text: &str| {
            let text = text.into();
            Decline { reason, text }.faults().len()
        };
        assert_eq!(decline(RefusalReason::Busy, ""), 0);
        assert_eq!(decline(RefusalReason::Other, "  "), 1);
        assert_eq!(decline(RefusalReason::Other, "my headset broke"), 0);
        assert_eq!(
            decline(RefusalReason::NotMine, &"x".repeat(MAX_NOTE_CHARS + 1)),
            1
        );
    }
}
