//! The line to the server: when a socket is wanted, and what happens when it or the server is lost.

use super::*;

#[test]
fn a_hidden_panel_without_a_request_holds_no_socket() {
    let mut panel = Panel::started(None, None);
    assert_eq!(panel.tell(Msg::Site(Ok(meridian()))), []);
    assert!(
        panel
            .tell(Msg::Opened { focus: true })
            .contains(&Do::Connect(None))
    );
    panel.tell(Msg::SocketOpened);
    assert_eq!(panel.tell(Msg::Close), [Do::TellClose, Do::Disconnect]);
    assert!(
        panel
            .tell(Msg::Opened { focus: true })
            .contains(&Do::Connect(None))
    );
}

#[test]
fn a_hidden_panel_with_a_request_keeps_it() {
    let mut panel = Panel::open();
    panel.accepted();
    panel.tell(Msg::SocketOpened);
    assert_eq!(panel.tell(Msg::Close), [Do::TellClose]);
    assert_eq!(panel.tell(Msg::Closed), []);
}

#[test]
fn a_lost_socket_is_tried_again_ever_more_patiently_and_asking_goes_on_meanwhile() {
    let mut panel = Panel::open();
    panel.accepted();
    panel.tell(Msg::SocketOpened);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let to_do = panel.tell(Msg::SocketClosed);
        assert!(to_do.contains(&Do::GetRequest(ticket())));
        waits.extend(to_do.iter().filter_map(|it| {
            if let Do::After(ms, Wake::Reconnect) = it {
                Some(*ms)
            } else {
                None
            }
        }));
        assert!(panel.model.link.lost());
        assert!(
            panel
                .tell(Msg::Woke(Wake::Reconnect))
                .contains(&Do::Connect(Some(ticket())))
        );
    }
    assert_eq!(
        waits,
        [1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000],
        "a call may ring at any moment"
    );
    panel.tell(Msg::Request(Ok(view(3, RequestState::DialingCustomer))));
    assert_eq!(
        panel.model.state_word(),
        "dialing_customer",
        "asking works without the socket"
    );
    panel.tell(Msg::SocketOpened);
    panel.news(4, RequestState::CustomerOnHold);
    assert!(!panel.model.link.lost());
}

#[test]
fn a_network_that_comes_back_is_used_at_once() {
    let mut panel = Panel::open();
    panel.tell(Msg::SocketClosed);
    assert!(panel.tell(Msg::Online).contains(&Do::Connect(None)));
    assert_eq!(panel.tell(Msg::Online), [], "one socket is enough");
}

#[test]
fn a_silent_socket_is_found_out() {
    let mut panel = Panel::open();
    assert!(
        panel
            .tell(Msg::SocketOpened)
            .iter()
            .any(|it| matches!(it, Do::After(_, Wake::Ping)))
    );
    assert!(panel.tell(Msg::Woke(Wake::Ping)).contains(&Do::Ping));
    panel.tell(Msg::SocketPong);
    assert!(panel.tell(Msg::Woke(Wake::Ping)).contains(&Do::Ping));
    let to_do = panel.tell(Msg::Woke(Wake::Ping));
    assert!(to_do.contains(&Do::Disconnect), "{to_do:?}");
    assert_eq!(panel.model.link.state, LinkState::Lost);
}

#[test]
fn a_server_that_cannot_be_reached_leaves_the_telephone() {
    let mut panel = Panel::started(None, None);
    panel.tell(Msg::Here(Here {
        tel: Some("+442079460000".into()),
        ..Here::default()
    }));
    let to_do = panel.tell(Msg::Site(Err(Miss::Unreachable)));
    assert!(to_do.contains(&Do::After(1_000, Wake::Site)), "{to_do:?}");
    assert_eq!(
        (panel.model.screen(), panel.model.tel()),
        (Screen::Unreachable, Some("+442079460000"))
    );
    assert!(panel.tell(Msg::Woke(Wake::Site)).contains(&Do::GetSite));
    panel.tell(Msg::Site(Ok(meridian())));
    assert_eq!(panel.model.screen(), Screen::Form);
    panel.tell(Msg::Site(Err(Miss::Unreachable)));
    assert_eq!(
        panel.model.screen(),
        Screen::Form,
        "a form once shown is not taken away"
    );
}
