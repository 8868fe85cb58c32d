//! Following the request: news, the page's button, cancelling, the end, coming back.

use super::*;

#[test]
fn old_and_foreign_news_are_ignored_and_the_end_stays_the_end() {
    let mut panel = Panel::open();
    panel.accepted();
    panel.news(5, RequestState::RingingAgent);
    panel.news(4, RequestState::DialingCustomer);
    panel.news(5, RequestState::CustomerOnHold);
    assert_eq!(panel.model.state_word(), "ringing_agent");
    let other = RequestView {
        id: RequestId::parse("req_other").unwrap(),
        ..view(9, RequestState::Connected)
    };
    panel.tell(Msg::Frame(Box::new(SiteFrame {
        site: None,
        request: Some(other),
    })));
    assert_eq!(panel.model.state_word(), "ringing_agent");
    panel.ended(EndReason::Talked);
    panel.news(200, RequestState::Connected);
    assert_eq!(panel.model.state_word(), "ended");
}

#[test]
fn the_pages_button_hears_of_every_change_once() {
    let mut panel = Panel::open();
    panel.accepted();
    let to_do = panel.news(2, RequestState::Reserving);
    assert_eq!(
        to_do,
        [Do::TellState(
            Some(RequestState::Reserving),
            say!("live-reserving")
        )]
    );
    assert_eq!(panel.news(3, RequestState::Reserving), []);
}

#[test]
fn a_running_call_counts_its_seconds_while_it_is_seen() {
    let mut panel = Panel::open();
    panel.accepted();
    let second = Do::After(1_000, Wake::Second);
    assert!(panel.news(2, RequestState::Connected).contains(&second));
    assert_eq!(panel.tell(Msg::Woke(Wake::Second)), [second]);
    panel.tell(Msg::Close);
    assert_eq!(panel.tell(Msg::Woke(Wake::Second)), []);
}

#[test]
fn a_request_can_be_cancelled_until_it_is_over() {
    let mut panel = Panel::open();
    panel.accepted();
    assert_eq!(panel.tell(Msg::Cancel), [Do::Delete(ticket())]);
    assert_eq!(panel.tell(Msg::Cancel), [], "once is enough");
    panel.tell(Msg::Cancelled(Err(Miss::Unreachable)));
    assert_eq!(panel.model.notice, Some(Notice::NotCancelled));
    panel.tell(Msg::Cancel);
    let over = RequestView {
        reason: Some(EndReason::CancelledByCustomer),
        ..view(3, RequestState::Ended)
    };
    panel.tell(Msg::Cancelled(Ok(over)));
    assert_eq!(
        (panel.model.screen(), panel.model.cancelling),
        (Screen::Ended, false)
    );
    assert_eq!(panel.tell(Msg::Cancel), []);
}

#[test]
fn trying_again_keeps_what_was_typed_and_done_puts_it_aside() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Note("Two cabins?".into()));
    panel.accepted();
    panel.ended(EndReason::CustomerBusy);
    let to_do = panel.tell(Msg::Again(When::Later));
    assert!(
        to_do.contains(&Do::ForgetTicket) && to_do.contains(&Do::FocusHeading),
        "{to_do:?}"
    );
    assert!(to_do.contains(&Do::TellState(None, NOTHING.clone())));
    assert_eq!(
        (panel.model.screen(), panel.model.when()),
        (Screen::Form, When::Later)
    );
    assert_eq!(panel.model.form.note, "Two cabins?");
    assert_eq!(panel.model.form.who, Some(Who::Skill(cruises())));

    panel.tell(Msg::When(When::Now));
    panel.accepted();
    panel.ended(EndReason::Talked);
    assert!(panel.tell(Msg::Done).contains(&Do::TellClose));
    assert_eq!((panel.model.form.note.as_str(), panel.model.shown), ("", false));
}

#[test]
fn a_number_that_cannot_be_called_is_asked_for_again() {
    let mut panel = Panel::open();
    panel.accepted();
    panel.ended(EndReason::InvalidNumber);
    panel.tell(Msg::Again(When::Now));
    assert!(panel.model.form.another);
}

#[test]
fn a_page_later_the_request_is_still_there() {
    let mut panel = Panel::started(None, Some(ticket()));
    panel.tell(Msg::Site(Ok(meridian())));
    assert_eq!(panel.model.screen(), Screen::Loading, "the form would be wrong");
    let to_do = panel.tell(Msg::Request(Ok(view(4, RequestState::RingingAgent))));
    assert_eq!(
        to_do,
        [Do::TellState(
            Some(RequestState::RingingAgent),
            say!("live-agent-unnamed")
        )]
    );
    assert_eq!(panel.model.screen(), Screen::Live);
}

#[test]
fn a_panel_that_comes_back_by_itself_leaves_the_focus_alone() {
    let mut panel = Panel::started(None, Some(ticket()));
    panel.tell(Msg::Site(Ok(meridian())));
    let to_do = panel.tell(Msg::Opened { focus: false });
    assert!(!to_do.contains(&Do::FocusHeading));
    let to_do = panel.tell(Msg::Request(Ok(view(4, RequestState::Queued))));
    assert!(!to_do.contains(&Do::FocusHeading));
    panel.tell(Msg::Cancel);
    let over = RequestView {
        reason: Some(EndReason::CancelledByCustomer),
        ..view(5, RequestState::Ended)
    };
    let to_do = panel.tell(Msg::Cancelled(Ok(over)));
    assert!(to_do.contains(&Do::FocusHeading), "the customer is at work here");
}

#[test]
fn a_request_that_is_gone_or_long_over_gives_way_to_the_form() {
    let mut panel = Panel::started(None, Some(ticket()));
    panel.tell(Msg::Site(Ok(meridian())));
    let gone = Problem::new(shared::problem::ProblemKind::NotFound, "Gone.");
    assert!(
        panel
            .tell(Msg::Request(Err(Miss::Refused(gone))))
            .contains(&Do::ForgetTicket)
    );
    assert_eq!(panel.model.screen(), Screen::Form);

    let mut panel = Panel::started(None, Some(ticket()));
    panel.tell(Msg::Site(Ok(meridian())));
    let old = RequestView {
        ended_at: Some(Millis(1)),
        ..view(4, RequestState::Ended)
    };
    panel.tell(Msg::Request(Ok(old)));
    assert_eq!(panel.model.screen(), Screen::Form);
}
