//! The door's state and everything that changes it. Pure: no clock, no browser.

use super::word;
use crate::net::Failure;
use shared::door::{AskLink, AskSignOn, CodeEntry, DoorView, Me, OpenLink, Place, SignOnView};
use shared::member::Email;
use shared::{AgentId, SiteId};
use std::collections::BTreeMap;

/// The ways in, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Ways {
    /// The edge is asked.
    #[default]
    Asked,
    Known(DoorView),
    /// It did not say; trying again may help.
    Failed(String),
}

/// How far somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Step {
    /// Choosing a way.
    #[default]
    Choose,
    /// A link is on its way to this address.
    Sent(String),
    /// A link was opened: one tap is left.
    Landed(String),
}

/// What the edge is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Busy {
    Link,
    Open,
    Code,
    Passkey,
    SignOn,
}

/// The whole door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Model {
    pub(super) site: SiteId,
    pub(super) to: Place,
    pub(super) ways: Ways,
    pub(super) step: Step,
    pub(super) email: String,
    pub(super) who: String,
    pub(super) code: String,
    /// What is wrong, by field: `email`, `agent`, `code`.
    pub(super) errors: BTreeMap<&'static str, String>,
    /// What is wrong with the attempt, or why the door is shut.
    pub(super) notice: Option<String>,
    pub(super) busy: Option<Busy>,
}

/// What happened.
#[derive(Debug, Clone)]
pub(super) enum Msg {
    Ways(Result<DoorView, Failure>),
    Again,
    Email(String),
    AskLink,
    LinkAsked(Result<(), Failure>),
    /// Another address after all.
    Back,
    OpenLink,
    Who(String),
    Code(String),
    Enter,
    Entered(Result<Me, Failure>),
    Passkey,
    /// The browser gave none; why.
    NoPasskey(&'static str),
    SignOn,
    SignOnAsked(Result<SignOnView, Failure>),
    /// Somebody comes back to this page.
    Returned,
    /// Whether they are in meanwhile.
    Looked(Result<Me, Failure>),
}

impl Msg {
    /// Whether it comes of something that was done, and not of a tap.
    fn is_answer(&self) -> bool {
        matches!(
            self,
            Self::LinkAsked(_)
                | Self::Looked(_)
                | Self::Entered(_)
                | Self::NoPasskey(_)
                | Self::SignOnAsked(_)
        )
    }
}

/// What to do in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Do {
    ReadWays(SiteId),
    AskLink(SiteId, AskLink),
    OpenLink(SiteId, OpenLink),
    Enter(SiteId, CodeEntry),
    /// Ask what is to be signed, have a passkey sign it, and enter with it.
    Passkey(SiteId),
    AskSignOn(SiteId, AskSignOn),
    /// Whether somebody is in.
    Look,
    /// Away to the company's own sign-in.
    Go(String),
    /// Somebody is in.
    Done,
}

impl Model {
    /// The door as somebody finds it, and what to do first.
    pub(super) fn open(
        site: SiteId,
        to: Place,
        who: String,
        notice: Option<String>,
        link: Option<String>,
    ) -> (Self, Vec<Do>) {
        let todo = vec![Do::ReadWays(site.clone())];
        let model = Self {
            site,
            to,
            ways: Ways::Asked,
            step: link.map_or(Step::Choose, Step::Landed),
            email: String::new(),
            who,
            code: String::new(),
            errors: BTreeMap::new(),
            notice,
            busy: None,
        };
        (model, todo)
    }

    /// The ways, once they are known.
    pub(super) fn view(&self) -> Option<&DoorView> {
        match &self.ways {
            Ways::Known(view) => Some(view),
            Ways::Asked | Ways::Failed(_) => None,
        }
    }

    /// Whether a code is taken here.
    pub(super) fn takes_code(&self) -> bool {
        let view = self.view();
        view.is_some_and(|view| view.demo || view.operator && self.to == Place::Console)
    }

    /// Whether the demo's agents are offered.
    pub(super) fn offers_agents(&self) -> bool {
        let view = self.view();
        self.to == Place::Desk && view.is_some_and(|view| view.demo)
    }

    /// Whether there is no way in at all.
    pub(super) fn is_shut(&self) -> bool {
        let view = self.view();
        view.is_some_and(|view| !view.mail && !view.passkey && !view.sign_on && !self.takes_code())
    }
}

/// Takes in what happened and says what to do about it.
pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Do> {
    match msg {
        Msg::Ways(Ok(view)) => {
            // A name from elsewhere must not stay chosen invisibly.
            if !view.agents.iter().any(|agent| agent.id.as_str() == model.who) {
                model.who.clear();
            }
            model.ways = Ways::Known(view);
        }
        Msg::Ways(Err(failure)) => model.ways = Ways::Failed(failure.words().into()),
        Msg::Again => {
            model.ways = Ways::Asked;
            return vec![Do::ReadWays(model.site.clone())];
        }
        Msg::Email(text) => {
            model.errors.remove("email");
            model.email = text;
        }
        Msg::Who(agent) => {
            model.errors.remove("agent");
            model.who = agent;
        }
        Msg::Code(code) => {
            model.errors.remove("code");
            model.code = code;
        }
        Msg::Back => (model.step, model.notice) = (Step::Choose, None),
        _ if model.busy.is_some() && !msg.is_answer() => {}
        Msg::AskLink => return ask_link(model),
        Msg::OpenLink => {
            let Step::Landed(token) = model.step.clone() else {
                return Vec::new();
            };
            (model.busy, model.notice) = (Some(Busy::Open), None);
            return vec![Do::OpenLink(model.site.clone(), OpenLink { token })];
        }
        Msg::Enter => return enter(model),
        Msg::Passkey => {
            (model.busy, model.notice) = (Some(Busy::Passkey), None);
            return vec![Do::Passkey(model.site.clone())];
        }
        Msg::NoPasskey(words) => (model.busy, model.notice) = (None, Some(words.into())),
        Msg::SignOn => {
            (model.busy, model.notice) = (Some(Busy::SignOn), None);
            return vec![Do::AskSignOn(model.site.clone(), AskSignOn { to: model.to })];
        }
        // The link may have been opened in another tab of this browser: then it is this door's, too.
        Msg::Returned if matches!(model.step, Step::Sent(_)) => return vec![Do::Look],
        Msg::Looked(Ok(_)) if matches!(model.step, Step::Sent(_)) => return vec![Do::Done],
        Msg::Returned | Msg::Looked(_) => {}
        // It stays busy: the page is on its way out.
        Msg::SignOnAsked(Ok(view)) => return vec![Do::Go(view.location)],
        Msg::SignOnAsked(Err(failure)) => {
            model.busy = None;
            refused(model, failure);
        }
        Msg::LinkAsked(answer) => {
            model.busy = None;
            match answer {
                Ok(()) => model.step = Step::Sent(model.email.trim().to_owned()),
                Err(failure) => refused(model, failure),
            }
        }
        Msg::Entered(answer) => {
            let busy = model.busy.take();
            match answer {
                Ok(_) => {
                    model.code.clear();
                    return vec![Do::Done];
                }
                Err(failure) => {
                    // A link that does not work is no way any more; without an answer it may still be.
                    if busy == Some(Busy::Open) && failure.status().is_some() {
                        model.step = Step::Choose;
                    }
                    refused(model, failure);
                }
            }
        }
    }
    Vec::new()
}

fn ask_link(model: &mut Model) -> Vec<Do> {
    let email = model.email.trim().to_owned();
    let wrong = match Email::parse(&email) {
        _ if email.is_empty() => Some(word::EMAIL_MISSING),
        Err(_) => Some(word::EMAIL_WRONG),
        Ok(_) => None,
    };
    if let Some(words) = wrong {
        model.errors.insert("email", words.into());
        return Vec::new();
    }
    (model.busy, model.notice) = (Some(Busy::Link), None);
    vec![Do::AskLink(model.site.clone(), AskLink { email, to: model.to })]
}

fn enter(model: &mut Model) -> Vec<Do> {
    model.notice = None;
    let code = model.code.trim().to_owned();
    let agent = model.offers_agents().then(|| AgentId::parse(&model.who).ok());
    if agent == Some(None) {
        model.errors.insert("agent", word::WHO_MISSING.into());
    }
    if code.is_empty() {
        model.errors.insert("code", word::CODE_MISSING.into());
    }
    if !model.errors.is_empty() {
        return Vec::new();
    }
    model.busy = Some(Busy::Code);
    let entry = CodeEntry {
        code,
        agent: agent.flatten(),
    };
    vec![Do::Enter(model.site.clone(), entry)]
}

/// What the edge finds wrong stands beside its field, and above the whole if it has none here.
fn refused(model: &mut Model, failure: Failure) {
    let Failure::Refused(problem) = failure else {
        model.notice = Some(failure.words().into());
        return;
    };
    let mut elsewhere = problem.errors.is_empty();
    for error in problem.errors {
        match ["email", "agent", "code"]
            .into_iter()
            .find(|field| *field == error.field)
        {
            Some(field) => {
                model.errors.insert(field, error.message);
            }
            None => elsewhere = true,
        }
    }
    if elsewhere {
        model.notice = Some(problem.detail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::door::DemoAgent;
    use shared::problem::{Problem, ProblemKind};

    fn site() -> SiteId {
        SiteId::parse("meridian").unwrap()
    }

    fn door(to: Place, view: DoorView) -> Model {
        let (mut model, todo) = Model::open(site(), to, "amara".into(), None, None);
        assert_eq!(todo, [Do::ReadWays(site())]);
        update(&mut model, Msg::Ways(Ok(view)));
        model
    }

    fn demo() -> DoorView {
        let agent = DemoAgent {
            id: AgentId::parse("amara").unwrap(),
            name: "Amara".into(),
        };
        DoorView {
            business: Some("Meridian".into()),
            demo: true,
            agents: vec![agent],
            ..DoorView::default()
        }
    }

    fn me() -> Me {
        Me {
            name: "Amara".into(),
            email: None,
            roles: Vec::new(),
            rights: Vec::new(),
            agent: None,
            sessions: Vec::new(),
            passkeys: None,
        }
    }

    fn refusal(field: &str) -> Failure {
        let problem = Problem::new(ProblemKind::Unauthorized, "No.");
        Failure::Refused(if field.is_empty() {
            problem
        } else {
            problem.at(field, "invalid")
        })
    }

    #[test]
    fn the_demo_asks_who_at_the_desk_and_only_for_the_code_at_the_console() {
        let mut desk = door(Place::Desk, demo());
        desk.who.clear();
        assert_eq!(update(&mut desk, Msg::Enter), []);
        assert_eq!(desk.errors.keys().collect::<Vec<_>>(), [&"agent", &"code"]);
        update(&mut desk, Msg::Who("amara".into()));
        update(&mut desk, Msg::Code(" 0000 ".into()));
        let todo = update(&mut desk, Msg::Enter);
        assert!(
            matches!(todo.as_slice(), [Do::Enter(_, entry)] if entry.agent.is_some() && entry.code == "0000")
        );
        assert_eq!(update(&mut desk, Msg::Enter), [], "a second tap is a slip");
        update(&mut desk, Msg::Entered(Err(refusal("code"))));
        assert_eq!(desk.errors.get("code").map(String::as_str), Some("No."));
        assert_eq!(desk.code, " 0000 ", "what was typed stays");
        update(&mut desk, Msg::Code("1111".into()));
        update(&mut desk, Msg::Enter);
        assert_eq!(update(&mut desk, Msg::Entered(Ok(me()))), [Do::Done]);
        let mut console = door(Place::Console, demo());
        update(&mut console, Msg::Code("0000".into()));
        let todo = update(&mut console, Msg::Enter);
        assert!(matches!(todo.as_slice(), [Do::Enter(_, entry)] if entry.agent.is_none()));
    }

    #[test]
    fn a_link_is_asked_for_sent_and_opened_with_a_tap() {
        let mail = || DoorView {
            business: Some("Meridian".into()),
            mail: true,
            ..DoorView::default()
        };
        let mut model = door(Place::Desk, mail());
        assert!(!model.takes_code() && !model.is_shut());
        update(&mut model, Msg::AskLink);
        assert_eq!(
            model.errors.get("email").map(String::as_str),
            Some(word::EMAIL_MISSING)
        );
        update(&mut model, Msg::Email(" ana@shop.example ".into()));
        let asked = AskLink {
            email: "ana@shop.example".into(),
            to: Place::Desk,
        };
        assert_eq!(update(&mut model, Msg::AskLink), [Do::AskLink(site(), asked)]);
        update(&mut model, Msg::LinkAsked(Ok(())));
        assert_eq!(model.step, Step::Sent("ana@shop.example".into()));
        update(&mut model, Msg::Back);
        assert_eq!(model.step, Step::Choose);
        let (mut landed, _) = Model::open(site(), Place::Desk, String::new(), None, Some("key_1.x".into()));
        update(&mut landed, Msg::Ways(Ok(mail())));
        let token = OpenLink {
            token: "key_1.x".into(),
        };
        assert_eq!(update(&mut landed, Msg::OpenLink), [Do::OpenLink(site(), token)]);
        update(&mut landed, Msg::Entered(Err(Failure::Unreachable)));
        assert_eq!(
            landed.step,
            Step::Landed("key_1.x".into()),
            "it may not have arrived"
        );
        update(&mut landed, Msg::OpenLink);
        update(&mut landed, Msg::Entered(Err(refusal(""))));
        assert_eq!(
            (landed.step, landed.notice.as_deref()),
            (Step::Choose, Some("No."))
        );
    }

    #[test]
    fn a_passkey_opens_with_one_tap_and_the_company_s_sign_in_with_another() {
        let ways = || DoorView {
            business: Some("Meridian".into()),
            passkey: true,
            sign_on: true,
            ..DoorView::default()
        };
        let mut model = door(Place::Desk, ways());
        assert!(!model.is_shut());
        assert_eq!(update(&mut model, Msg::Passkey), [Do::Passkey(site())]);
        assert_eq!(update(&mut model, Msg::SignOn), [], "one thing at a time");
        update(&mut model, Msg::NoPasskey("None was chosen."));
        assert_eq!(model.notice.as_deref(), Some("None was chosen."));
        update(&mut model, Msg::Passkey);
        update(&mut model, Msg::Entered(Err(refusal(""))));
        assert_eq!(model.notice.as_deref(), Some("No."));
        let wish = AskSignOn { to: Place::Desk };
        assert_eq!(update(&mut model, Msg::SignOn), [Do::AskSignOn(site(), wish)]);
        let view = SignOnView {
            location: "https://login.shop.example/auth".into(),
        };
        let away = Do::Go("https://login.shop.example/auth".into());
        assert_eq!(update(&mut model, Msg::SignOnAsked(Ok(view))), [away]);
    }

    #[test]
    fn a_business_without_a_way_in_says_so() {
        let known = DoorView {
            business: Some("Meridian".into()),
            operator: true,
            ..DoorView::default()
        };
        assert!(door(Place::Desk, known.clone()).is_shut());
        assert!(door(Place::Console, known).takes_code());
    }

    #[test]
    fn a_door_that_does_not_answer_is_tried_again() {
        let mut model = door(Place::Desk, demo());
        update(&mut model, Msg::Ways(Err(Failure::Unreachable)));
        assert!(matches!(model.ways, Ways::Failed(_)));
        assert_eq!(update(&mut model, Msg::Again), [Do::ReadWays(site())]);
    }
}
