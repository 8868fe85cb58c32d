//! The agent and the customer write to each other.

use super::*;
use shared::limit::MAX_MESSAGE_CHARS;
use shared::talk::{Author, Message, Say, Talk as Stands, TalkFrame, Unsaid};

/// A desk with a call that can be written about, and its talk's socket open.
fn writing() -> Model {
    let mut model = Model::default();
    let call = ScreenPop {
        chat: true,
        ..pop("req_1", RequestState::Connected)
    };
    let todo = update(
        &mut model,
        Msg::Read(Ok(view(1000, AgentState::Talking, Some(call)))),
    );
    assert!(todo.contains(&Do::TalkAbout(Some(request("req_1")))), "{todo:?}");
    model
}

fn hear(model: &mut Model, frame: &TalkFrame) -> Vec<Do> {
    let text = serde_json::to_string(frame).unwrap();
    talked(model, Talked::Wire(Wire::Frame(text)))
}

fn talked(model: &mut Model, what: Talked) -> Vec<Do> {
    update(model, Msg::Talk(what))
}

fn open(messages: Vec<Message>) -> TalkFrame {
    TalkFrame {
        talk: Some(Stands {
            open: true,
            ..Stands::default()
        }),
        messages,
        unsaid: None,
    }
}

fn message(n: u32, by: Author, key: &str) -> Message {
    Message {
        n,
        at: Millis(1),
        by,
        name: None,
        text: format!("Message {n}"),
        key: key.into(),
    }
}

fn one(message: Message) -> TalkFrame {
    TalkFrame {
        messages: vec![message],
        ..TalkFrame::default()
    }
}

fn say(key: &str, text: &str) -> Say {
    Say {
        key: key.into(),
        text: text.into(),
    }
}

fn write(model: &mut Model, key: &str, text: &str) -> Vec<Do> {
    talked(model, Talked::Text(text.into()));
    talked(model, Talked::Send(key.into()))
}

#[test]
fn what_the_customer_wrote_is_unread_until_the_agent_turns_to_it() {
    let mut model = writing();
    let before = hear(&mut model, &open(vec![message(1, Author::Customer, "a")]));
    assert_eq!(
        before,
        [],
        "written while they waited: the call itself was announced"
    );
    assert_eq!(model.talk.unread(), 1);
    let todo = hear(&mut model, &one(message(2, Author::Customer, "b")));
    assert!(
        matches!(todo.as_slice(), [Do::Alert { body, .. }] if body == "Message 2"),
        "{todo:?}"
    );
    assert_eq!(model.talk.unread(), 2);
    talked(&mut model, Talked::Attend(true));
    assert_eq!(model.talk.unread(), 0);
    let todo = hear(&mut model, &one(message(3, Author::Customer, "c")));
    assert_eq!(
        (todo, model.talk.unread()),
        (vec![], 0),
        "whoever is in it sees it"
    );
    hear(&mut model, &one(message(3, Author::Customer, "c")));
    assert_eq!(model.talk.messages.len(), 3, "heard twice is heard once");
}

#[test]
fn what_was_sent_is_sent_again_with_its_key_until_it_is_kept() {
    let mut model = writing();
    assert!(
        !write(&mut model, "k1", " Hello ").contains(&Do::Say(say("k1", "Hello"))),
        "not connected yet"
    );
    assert_eq!(model.talk.unsent.text, "");
    let todo = hear(&mut model, &open(vec![]));
    assert_eq!(todo, [Do::Say(say("k1", "Hello"))]);
    talked(&mut model, Talked::Wire(Wire::Lost { retry_ms: 1000 }));
    let todo = hear(&mut model, &open(vec![]));
    assert_eq!(todo, [Do::Say(say("k1", "Hello"))], "it was not kept");
    talked(&mut model, Talked::Wire(Wire::Lost { retry_ms: 1000 }));
    let todo = hear(&mut model, &open(vec![message(1, Author::Agent, "k1")]));
    assert_eq!(
        todo,
        [Do::KeepTalk(request("req_1"), Unsent::default())],
        "it was, and only the answer was lost"
    );
}

#[test]
fn what_was_not_sent_survives_a_reload() {
    let mut model = writing();
    let unsent = Unsent {
        text: "Half a".into(),
        waiting: vec![say("k1", "Hello")],
    };
    hear(&mut model, &open(vec![]));
    let todo = talked(&mut model, Talked::Kept(request("req_1"), unsent));
    assert_eq!(todo, [Do::Say(say("k1", "Hello"))]);
    assert_eq!(model.talk.unsent.text, "Half a");
}

#[test]
fn what_is_too_long_or_refused_stands_in_the_field() {
    let mut model = writing();
    hear(&mut model, &open(vec![]));
    let long = "x".repeat(MAX_MESSAGE_CHARS + 1);
    assert_eq!(write(&mut model, "k1", &long), []);
    assert_eq!(model.talk.unsent.text, long);
    assert!(model.talk.fault.is_some());
    talked(&mut model, Talked::Text("Short".into()));
    assert_eq!(model.talk.fault, None);
    talked(&mut model, Talked::Send("k2".into()));
    talked(&mut model, Talked::Text("next".into()));
    hear(
        &mut model,
        &TalkFrame {
            unsaid: Some(Unsaid {
                key: Some("k2".into()),
                problem: Problem::field("text", "too_fast", "Wait a moment."),
            }),
            ..TalkFrame::default()
        },
    );
    assert_eq!(model.talk.unsent.text, "Short\nnext");
    assert_eq!(model.talk.fault.as_deref(), Some("Wait a moment."));
    assert_eq!(model.talk.unsent.waiting, []);
}

#[test]
fn earlier_messages_are_asked_for_and_hidden_again() {
    let mut model = writing();
    let of = request("req_0");
    assert_eq!(
        talked(&mut model, Talked::Past(of.clone())),
        [Do::ReadTalk(of.clone())]
    );
    let frame = open(vec![message(1, Author::Customer, "a")]);
    talked(&mut model, Talked::PastRead(of.clone(), Ok(frame)));
    assert_eq!(model.past_talks[&of].as_ref().map(Vec::len), Ok(1));
    assert_eq!(talked(&mut model, Talked::Past(of.clone())), []);
    assert!(!model.past_talks.contains_key(&of));
}

#[test]
fn the_talk_ends_with_the_call_on_the_desk() {
    let mut model = writing();
    let todo = update(
        &mut model,
        Msg::Done(Action::Requeue, Ok(view(2000, AgentState::Available, None))),
    );
    assert!(todo.contains(&Do::TalkAbout(None)), "{todo:?}");
    assert_eq!(model.talk.messages, []);
}
