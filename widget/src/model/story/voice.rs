//! A call in the browser is chosen, or can't be.

use super::*;

fn with_voice() -> Panel {
    let mut panel = Panel::open();
    panel.tell(Msg::Site(Ok(SiteView {
        voice: true,
        ..meridian()
    })));
    panel
}

fn sent(to_do: &[Do]) -> Option<bool> {
    to_do.iter().find_map(|it| match it {
        Do::Post { body, .. } => Some(body.voice),
        _ => None,
    })
}

#[test]
fn it_is_offered_where_an_agent_and_the_browser_can() {
    assert!(with_voice().model.voice_offered());
    assert!(!Panel::open().model.voice_offered(), "nobody takes such calls");
    let mut old = with_voice();
    old.model.speaks = false;
    assert!(!old.model.voice_offered(), "this browser can't");
}

#[test]
fn nobody_keeps_a_window_open_until_later() {
    let mut panel = with_voice();
    panel.tell(Msg::Voice(true));
    assert!(panel.model.voice());
    panel.tell(Msg::When(When::Later));
    assert!(!panel.model.voice());
}

#[test]
fn it_is_asked_for_only_by_whoever_chose_it() {
    let mut panel = with_voice();
    panel.fill();
    assert_eq!(sent(&panel.tell(Msg::Send("key-1".into()))), Some(false));
    let mut panel = with_voice();
    panel.fill();
    panel.tell(Msg::Voice(true));
    assert_eq!(sent(&panel.tell(Msg::Send("key-1".into()))), Some(true));
}

#[test]
fn a_call_in_the_browser_is_no_ringing_phone() {
    let talks = |state| RequestView {
        voice: true,
        ..view(1, state)
    };
    for state in [
        RequestState::Reserving,
        RequestState::DialingCustomer,
        RequestState::CustomerOnHold,
    ] {
        assert_eq!(crate::word::live_heading(&talks(state)), say!("badge-hold"));
        assert_eq!(
            crate::word::live_more(&talks(state), None, NOTHING.clone()),
            say!("more-agent")
        );
    }
}
