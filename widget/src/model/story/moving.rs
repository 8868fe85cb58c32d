//! The customer moves a request to another time.

use super::*;

fn time(at: i64) -> Time {
    Time {
        at: Millis(at),
        day: "Mon".into(),
        window: "15:30 – 15:45".into(),
    }
}

fn waiting() -> Panel {
    let mut panel = Panel::open();
    panel.accepted();
    panel
}

fn whom() -> Whom {
    Whom {
        skill: Some(cruises()),
        expert: None,
    }
}

#[test]
fn out_of_the_line_to_a_time_offered_for_what_was_asked() {
    let mut panel = waiting();
    // Another page is open by now, about something else.
    panel.tell(Msg::Here(Here {
        skill: SkillId::parse("hotels").ok(),
        ..Here::default()
    }));
    assert!(panel.tell(Msg::Move(true)).contains(&Do::GetSlots(whom())));
    panel.tell(Msg::Slots {
        whom: whom(),
        times: Ok(vec![time(10), time(20)]),
    });
    assert_eq!(
        panel.tell(Msg::MoveThere),
        [Do::FocusField(Field::Slot)],
        "which time?"
    );
    panel.tell(Msg::Slot(Millis(20)));
    assert_eq!(
        panel.tell(Msg::MoveThere),
        [Do::Patch(ticket(), Some(Millis(20)))]
    );
    assert_eq!(panel.tell(Msg::MoveThere), [], "once");
    let view = RequestView {
        slot: Some(Millis(20)),
        ..view(2, RequestState::Scheduled)
    };
    panel.tell(Msg::Moved(Ok(view)));
    let slot = panel.model.request.as_ref().and_then(|request| request.slot);
    assert_eq!((panel.model.moving, slot), (Moving::No, Some(Millis(20))));
    assert_eq!(panel.model.ticket, Some(ticket()), "the receipt stays");
}

#[test]
fn from_a_time_to_now() {
    let mut panel = waiting();
    panel.news(2, RequestState::Scheduled);
    panel.tell(Msg::Move(true));
    assert_eq!(panel.tell(Msg::MoveThere), [Do::Patch(ticket(), None)]);
}

#[test]
fn a_time_that_is_gone_is_said_beside_the_times_which_are_asked_for_again() {
    let mut panel = waiting();
    panel.tell(Msg::Move(true));
    panel.tell(Msg::Slots {
        whom: whom(),
        times: Ok(vec![time(10)]),
    });
    panel.tell(Msg::Slot(Millis(10)));
    panel.tell(Msg::MoveThere);
    let refusal = Problem::field("slot", "not_offered", "This time is taken.");
    let to_do = panel.tell(Msg::Moved(Err(Miss::Refused(refusal))));
    assert!(to_do.contains(&Do::GetSlots(whom())));
    assert_eq!(panel.model.form.error(Field::Slot), Some(&say!("refused-slot")));
    assert_eq!(panel.model.moving, Moving::Choosing);
}

#[test]
fn the_phone_rings_meanwhile() {
    let mut panel = waiting();
    panel.tell(Msg::Move(true));
    panel.news(2, RequestState::DialingCustomer);
    assert_eq!((panel.model.moving, panel.model.movable()), (Moving::No, false));
}
