//! Asking for a call: sending, refusals, lost answers, the number kept.

use super::*;

fn post(to_do: &[Do]) -> (&str, &CallRequest) {
    to_do
        .iter()
        .find_map(|it| {
            if let Do::Post { key, body } = it {
                Some((key.as_str(), &**body))
            } else {
                None
            }
        })
        .unwrap()
}

#[test]
fn a_customer_asks_for_a_call_now() {
    let mut panel = Panel::open();
    let here = Here {
        page: Some(page("https://shop.example/fjords#top")),
        ..Here::default()
    };
    panel.tell(Msg::Here(here));
    panel.fill();
    panel.tell(Msg::Note("  Two cabins?  ".into()));
    let to_do = panel.tell(Msg::Send("key-1".into()));
    let (key, body) = post(&to_do);
    assert_eq!(key, "key-1");
    assert_eq!(body.phone.as_str(), "+442079460001");
    assert_eq!(
        (body.skill.clone(), body.expert.clone(), body.slot),
        (Some(cruises()), None, None)
    );
    assert_eq!(
        (body.note.as_str(), body.consent, body.zone.as_deref()),
        ("Two cabins?", true, Some("Europe/Lisbon"))
    );
    assert_eq!(body.page.as_ref().unwrap().url, "https://shop.example/fjords");
    assert_eq!(panel.model.state_word(), "sending");

    let accepted = Accepted {
        request: view(1, RequestState::Queued),
        receipt: "secret".into(),
    };
    let to_do = panel.tell(Msg::Posted(Ok(accepted)));
    let number = PhoneNumber::parse("+442079460001").unwrap();
    for wanted in [
        Do::KeepTicket(ticket()),
        Do::KeepNumber(number),
        Do::Connect(Some(ticket())),
        Do::TellState(Some(RequestState::Queued), say!("live-queued")),
        Do::FocusHeading,
    ] {
        assert!(to_do.contains(&wanted), "{wanted:?} in {to_do:?}");
    }
    assert_eq!(
        (panel.model.screen(), panel.model.state_word()),
        (Screen::Live, "queued")
    );
}

#[test]
fn what_is_missing_is_said_beside_each_field_and_nothing_is_sent() {
    let mut panel = Panel::open();
    let to_do = panel.tell(Msg::Send("key-1".into()));
    assert_eq!(to_do, [Do::FocusField(Field::Who)]);
    for field in [Field::Who, Field::Phone, Field::Consent] {
        assert!(panel.model.form.error(field).is_some(), "{field:?}");
    }
    panel.tell(Msg::Phone("+".into()));
    assert!(
        panel.model.form.error(Field::Phone).is_none(),
        "typing takes the complaint away"
    );
    assert!(panel.model.form.error(Field::Consent).is_some());
}

#[test]
fn a_refusal_shows_beside_its_fields_and_loses_nothing() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Note("Two cabins?".into()));
    panel.tell(Msg::Send("key-1".into()));
    let mut problem = Problem::field("phone", "invalid", "This number is too short.");
    problem
        .errors
        .extend(Problem::field("page.url", "not_allowed", "Not your page.").errors);
    let to_do = panel.tell(Msg::Posted(Err(Miss::Refused(problem.clone()))));
    assert_eq!(
        panel.model.form.error(Field::Phone),
        Some(&Say::verbatim("This number is too short.".into()))
    );
    assert_eq!(
        panel.model.notice,
        Some(Notice::Said(Say::verbatim(problem.detail)))
    );
    assert_eq!(panel.model.form.note, "Two cabins?");
    assert_eq!(to_do, [Do::FocusField(Field::Phone)]);
    let to_do = panel.tell(Msg::Send("key-2".into()));
    assert_eq!(
        post(&to_do).0,
        "key-2",
        "a refused request never existed: the next one is another"
    );
}

#[test]
fn a_refusal_that_names_no_field_is_said_above_the_form() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Send("key-1".into()));
    let problem = Problem::new(shared::problem::ProblemKind::Overloaded, "Too many wait.");
    panel.tell(Msg::Posted(Err(Miss::Refused(problem))));
    assert_eq!(panel.model.notice, Some(Notice::Said(say!("refused-full"))));
    assert_eq!(panel.model.screen(), Screen::Form);
}

#[test]
fn a_double_click_sends_once() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Send("key-1".into()));
    assert_eq!(panel.tell(Msg::Send("key-2".into())), []);
    panel.tell(Msg::Note("typed too late".into()));
    assert_eq!(panel.model.form.note, "", "what is shown is what is sent");
}

#[test]
fn a_lost_answer_is_repeated_under_the_same_key_and_another_content_under_another() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Send("key-1".into()));
    for _ in 0..3 {
        let to_do = panel.tell(Msg::Posted(Err(Miss::Unreachable)));
        assert!(
            to_do.iter().any(|it| matches!(it, Do::After(_, Wake::Resend))),
            "{to_do:?}"
        );
        assert_eq!(post(&panel.tell(Msg::Woke(Wake::Resend))).0, "key-1");
    }
    panel.tell(Msg::Posted(Err(Miss::Unreachable)));
    assert_eq!(
        (panel.model.notice.clone(), panel.model.state_word()),
        (Some(Notice::NotSent), "form")
    );
    assert_eq!(
        post(&panel.tell(Msg::Send("key-2".into()))).0,
        "key-1",
        "the same wish by hand"
    );
    for _ in 0..4 {
        panel.tell(Msg::Posted(Err(Miss::Unreachable)));
    }
    panel.tell(Msg::Note("another".into()));
    assert_eq!(post(&panel.tell(Msg::Send("key-3".into()))).0, "key-3");
}

#[test]
fn a_number_kept_is_used_and_can_be_replaced_or_forgotten() {
    let kept = PhoneNumber::parse("+442079460009").unwrap();
    let mut panel = Panel::started(Some(kept.clone()), None);
    panel.tell(Msg::Site(Ok(meridian())));
    panel.tell(Msg::Opened { focus: false });
    assert_eq!(panel.model.number(), Ok(kept.clone()));
    assert!(
        panel
            .tell(Msg::UseAnother)
            .contains(&Do::FocusField(Field::Phone))
    );
    assert!(panel.model.number().is_err());
    panel.tell(Msg::UseKept);
    assert_eq!(panel.model.number(), Ok(kept));
    assert!(panel.tell(Msg::ForgetNumber).contains(&Do::ForgetNumber));
    assert_eq!(
        (panel.model.kept.clone(), panel.model.number().is_err()),
        (None, true)
    );
}

#[test]
fn a_kept_number_that_is_refused_is_shown_for_correction() {
    let mut panel = Panel::started(PhoneNumber::parse("+442079460205").ok(), None);
    panel.tell(Msg::Site(Ok(meridian())));
    panel.tell(Msg::Pick(Who::Anyone));
    panel.tell(Msg::Consent(true));
    panel.tell(Msg::Send("key-1".into()));
    panel.tell(Msg::Posted(Err(Miss::Refused(Problem::field(
        "phone",
        "invalid",
        "Not in service.",
    )))));
    assert_eq!(
        (panel.model.form.another, panel.model.form.phone.as_str()),
        (true, "+442079460205")
    );
}

/// The page around the panel wants to be asked: nothing goes before it has answered.
#[test]
fn the_page_may_say_no_before_a_request_goes() {
    let mut panel = Panel::open();
    let asks = || Here {
        asks: true,
        ..Here::default()
    };
    panel.tell(Msg::Here(asks()));
    panel.fill();
    let to_do = panel.tell(Msg::Send("key-1".into()));
    assert!(to_do.iter().any(|it| matches!(it, Do::AskPage(_))), "{to_do:?}");
    assert!(!to_do.iter().any(|it| matches!(it, Do::Post { .. })), "{to_do:?}");
    let to_do = panel.tell(Msg::Leave(false));
    assert!(!to_do.iter().any(|it| matches!(it, Do::Post { .. })), "{to_do:?}");
    assert_eq!(panel.model.state_word(), "form");
    assert_eq!(panel.model.notice, Some(Notice::PageSaidNo));

    panel.tell(Msg::Send("key-2".into()));
    let to_do = panel.tell(Msg::Leave(true));
    assert_eq!(post(&to_do).0, "key-1", "the same request has the same key");
    let to_do = panel.tell(Msg::Leave(false));
    assert!(to_do.is_empty(), "too late: {to_do:?}");
    assert_eq!(panel.model.state_word(), "sending");
}

#[test]
fn a_page_that_is_stuck_holds_nobody_up() {
    let mut panel = Panel::open();
    panel.tell(Msg::Here(Here {
        asks: true,
        ..Here::default()
    }));
    panel.fill();
    panel.tell(Msg::Send("key-1".into()));
    let to_do = panel.tell(Msg::Woke(Wake::Leave));
    assert_eq!(post(&to_do).0, "key-1");
    assert!(panel.tell(Msg::Leave(true)).is_empty(), "it is sent once");
}
