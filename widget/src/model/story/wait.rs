//! The wait in line, and being called again after a call that did not reach the customer.

use super::*;
use shared::request::WaitChange;

fn queued(version: i64, low_s: u32, high_s: u32) -> RequestView {
    RequestView {
        wait: Some(WaitRange { low_s, high_s }),
        position: Some(2),
        ..view(version, RequestState::Queued)
    }
}

fn hear(panel: &mut Panel, request: RequestView) -> Vec<Do> {
    panel.tell(Msg::Frame(Box::new(SiteFrame {
        site: None,
        request: Some(request),
    })))
}

fn left(panel: &Panel) -> Option<(u32, u32)> {
    panel.model.wait_left().map(|left| (left.low_s, left.high_s))
}

#[test]
fn the_wait_counts_down_between_the_frames_and_ends_at_nothing() {
    let mut panel = Panel::open();
    panel.accepted();
    let second = Do::After(1_000, Wake::Second);
    assert!(hear(&mut panel, queued(2, 1, 3)).contains(&second));
    for expected in [(0, 2), (0, 1)] {
        assert_eq!(panel.tell(Msg::Woke(Wake::Second)), std::slice::from_ref(&second));
        assert_eq!(left(&panel), Some(expected));
    }
    let to_do = panel.tell(Msg::Woke(Wake::Second));
    assert_eq!(left(&panel), Some((0, 0)));
    assert!(!to_do.contains(&second), "there is nothing left to count");
}

#[test]
fn the_wait_grows_only_with_a_reason() {
    let mut panel = Panel::open();
    panel.accepted();
    hear(&mut panel, queued(2, 60, 120));
    panel.tell(Msg::Woke(Wake::Second));
    hear(&mut panel, queued(2, 60, 120));
    assert_eq!(left(&panel), Some((58, 118)), "a frame that was slow on its way");
    let longer = RequestView {
        wait_change: Some(WaitChange::FewerAgents),
        ..queued(3, 100, 300)
    };
    hear(&mut panel, longer.clone());
    assert_eq!(left(&panel), Some((100, 300)));
    hear(&mut panel, longer);
    assert_eq!(left(&panel), Some((99, 299)));
    hear(&mut panel, queued(4, 10, 20));
    assert_eq!(left(&panel), Some((10, 20)));
    hear(
        &mut panel,
        RequestView {
            wait: None,
            ..queued(5, 0, 0)
        },
    );
    assert_eq!(left(&panel), None, "no longer known is said");
}

#[test]
fn whoever_waits_moves_when_others_do() {
    let mut panel = Panel::open();
    panel.accepted();
    hear(&mut panel, queued(2, 60, 120));
    hear(
        &mut panel,
        RequestView {
            position: Some(1),
            ..queued(2, 60, 120)
        },
    );
    let request = panel.model.request.as_ref().unwrap();
    assert_eq!(request.position, Some(1), "the same version in another place");
}

#[test]
fn a_customer_who_was_not_reached_is_told_and_called_again() {
    let mut panel = Panel::open();
    panel.accepted();
    let again = RequestView {
        attempt: 1,
        missed: Some(EndReason::CustomerBusy),
        next_attempt_at: Some(Millis(9_000_000)),
        ..view(5, RequestState::Scheduled)
    };
    let to_do = hear(&mut panel, again.clone());
    assert!(
        to_do.contains(&Do::TellState(Some(RequestState::Scheduled), say!("badge-again"))),
        "{to_do:?}"
    );
    assert_eq!(
        (panel.model.screen(), panel.model.state_word()),
        (Screen::Live, "scheduled")
    );
    assert_eq!(crate::word::live_heading(&again), say!("ended-busy"));
    let time = crate::word::when(None, "14:32");
    assert_eq!(
        crate::word::live_more(&again, None, time.clone()),
        say!("more-again")
            .words("time", time)
            .text("phone", "+44\u{a0}•••\u{a0}01")
            .number("attempt", 2)
            .number("attempts", 3)
    );
    assert_eq!(panel.tell(Msg::Cancel), [Do::Delete(ticket())]);
}
