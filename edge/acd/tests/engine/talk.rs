//! Customer and agent write to each other.

use crate::world::asked;
use acd::talk::{Said, Unsaid, Voice, clean, hear, may_read, may_write};
use acd::{Request, Route};
use proptest::prelude::*;
use shared::call::RequestState;
use shared::limit::{MAX_MESSAGE_CHARS, MAX_MESSAGES, MAX_MESSAGES_A_MINUTE};
use shared::talk::Say;
use shared::{Address, AgentId, Millis, RequestId};

fn agent(id: &str) -> AgentId {
    AgentId::parse(id).unwrap()
}

fn request(state: RequestState, of: Option<&str>) -> Request {
    let mut request = Request::new(RequestId::parse("req_1").unwrap(), asked(1), Millis(0));
    (request.state, request.agent) = (state, of.map(agent));
    request
}

fn say(text: &str) -> Say {
    Say {
        key: "k".into(),
        text: text.into(),
    }
}

#[test]
fn the_customer_writes_from_the_first_moment_to_the_end_of_the_call() {
    for state in RequestState::ALL {
        let may = may_write(true, &request(*state, None), &Voice::Customer);
        let expected = if *state == RequestState::Ended {
            Err(Unsaid::Over)
        } else {
            Ok(())
        };
        assert_eq!(may, expected, "{state:?}");
    }
}

#[test]
fn the_agent_who_has_it_writes_and_nobody_else() {
    let talking = request(RequestState::Connected, Some("ana"));
    assert_eq!(may_write(true, &talking, &Voice::Agent(agent("ana"))), Ok(()));
    assert_eq!(
        may_write(true, &talking, &Voice::Agent(agent("ben"))),
        Err(Unsaid::NotYours)
    );
    let waiting = request(RequestState::Queued, None);
    assert_eq!(
        may_write(true, &waiting, &Voice::Agent(agent("ana"))),
        Err(Unsaid::NotYours)
    );
}

#[test]
fn without_chat_or_without_a_desk_nobody_writes() {
    let talking = request(RequestState::Connected, Some("ana"));
    let mut centre = talking.clone();
    centre.route = Route::Number(Address::parse("+442079460001").unwrap());
    for (chat, request) in [(false, &talking), (true, &centre)] {
        for voice in [Voice::Customer, Voice::Agent(agent("ana"))] {
            assert_eq!(may_write(chat, request, &voice), Err(Unsaid::Off));
        }
    }
}

#[test]
fn whoever_has_the_customers_next_call_reads_what_was_written_in_the_last_one() {
    let (ana, ben) = (Voice::Agent(agent("ana")), Voice::Agent(agent("ben")));
    let over = request(RequestState::Ended, Some("ana"));
    let theirs = over.asked.phone.clone();
    let other = Address::parse("+442079460999").unwrap();
    assert!(may_read(&over, &ana, None), "it was hers");
    assert!(!may_read(&over, &ben, None));
    assert!(!may_read(&over, &ben, Some(&other)));
    assert!(may_read(&over, &ben, Some(&theirs)));
    let running = request(RequestState::Connected, Some("ana"));
    assert!(!may_read(&running, &ben, Some(&theirs)), "not while it is hers");
}

#[test]
fn what_is_said_is_bounded() {
    let said = |all, lately| Said { all, lately };
    assert_eq!(hear(&say(" \u{7}\n "), said(0, 0)), Err(Unsaid::Empty));
    let most = "é".repeat(MAX_MESSAGE_CHARS);
    assert_eq!(hear(&say(&format!("  {most}\r\n")), said(0, 0)), Ok(most.clone()));
    assert_eq!(hear(&say(&format!("{most}é")), said(0, 0)), Err(Unsaid::TooLong));
    assert_eq!(hear(&say("x"), said(MAX_MESSAGES, 0)), Err(Unsaid::Full));
    assert_eq!(
        hear(&say("x"), said(MAX_MESSAGES - 1, MAX_MESSAGES_A_MINUTE - 1)),
        Ok("x".into())
    );
    assert_eq!(
        hear(&say("x"), said(50, MAX_MESSAGES_A_MINUTE)),
        Err(Unsaid::TooFast)
    );
    for key in ["", "with space", "é", &"k".repeat(101)] {
        let say = Say {
            key: key.into(),
            text: "x".into(),
        };
        assert_eq!(hear(&say, said(0, 0)), Err(Unsaid::BadKey), "{key}");
    }
}

#[test]
fn lines_stay_and_what_steers_goes() {
    assert_eq!(clean(" a\tb\r\nc\u{2028}d\u{0}\u{1b}[31m "), "a b\nc\nd[31m");
    assert_eq!(clean("\u{202e}cba\u{202c}"), "cba");
    assert_eq!(clean("<b>مرحبا</b>\u{200f}!"), "<b>مرحبا</b>\u{200f}!");
}

proptest! {
    /// Whatever is sent: what is kept is within its bounds, has nothing in it that steers, and cleaning it again changes nothing, so
    /// that a resend is known for the same message.
    #[test]
    fn what_is_kept_is_bounded_and_plain(text in any::<String>(), all in 0..300_u32, lately in 0..30_u32) {
        if let Ok(kept) = hear(&say(&text), Said { all, lately }) {
            prop_assert!((1..=MAX_MESSAGE_CHARS).contains(&kept.chars().count()));
            prop_assert!(kept.chars().all(|c| c == '\n' || !c.is_control()));
            prop_assert!(all < MAX_MESSAGES && lately < MAX_MESSAGES_A_MINUTE);
            prop_assert_eq!(clean(&kept), kept);
        }
    }
}
