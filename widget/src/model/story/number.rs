//! A number as people write it at home is shown back before it is called.

use super::*;
use shared::Country;
use shared::phone::NumberView;

const TYPED: &str = "020 7946 0001";

fn london(known: bool) -> NumberView {
    NumberView {
        phone: PhoneNumber::parse("+442079460001").unwrap(),
        international: "+44 20 7946 0001".into(),
        national: TYPED.into(),
        country: Country::parse("GB").ok(),
        known,
    }
}

fn read(number: Result<NumberView, Miss>) -> Msg {
    Msg::NumberRead {
        text: TYPED.into(),
        number,
    }
}

fn typing() -> Panel {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Phone(TYPED.into()));
    panel
}

fn sent(to_do: &[Do]) -> Option<&str> {
    to_do.iter().find_map(|it| match it {
        Do::Post { body, .. } => Some(body.phone.as_str()),
        _ => None,
    })
}

#[test]
fn it_is_read_once_when_the_customer_is_done_with_it_and_shown_back() {
    let mut panel = typing();
    assert_eq!(panel.tell(Msg::PhoneLeft), [Do::ReadNumber(TYPED.into())]);
    assert_eq!(panel.tell(Msg::PhoneLeft), []);
    panel.tell(read(Ok(london(true))));
    let meant = panel.model.number_meant().map(|read| read.international.as_str());
    assert_eq!(meant, Some("+44 20 7946 0001"));
    assert_eq!(
        sent(&panel.tell(Msg::Send("key-1".into()))),
        Some("+442079460001")
    );
}

#[test]
fn sent_before_it_was_read_it_goes_as_soon_as_it_is() {
    let mut panel = typing();
    assert_eq!(
        panel.tell(Msg::Send("key-1".into())),
        [Do::ReadNumber(TYPED.into())]
    );
    assert_eq!(sent(&panel.tell(read(Ok(london(true))))), Some("+442079460001"));
}

#[test]
fn a_number_of_no_plan_is_looked_at_first() {
    let mut panel = typing();
    panel.tell(Msg::Send("key-1".into()));
    let to_do = panel.tell(read(Ok(london(false))));
    assert_eq!(
        (sent(&to_do), to_do.contains(&Do::FocusField(Field::Phone))),
        (None, true)
    );
    assert_eq!(
        sent(&panel.tell(Msg::Send("key-2".into()))),
        Some("+442079460001")
    );
}

#[test]
fn what_can_be_no_number_is_said_and_what_was_typed_over_is_not_waited_for() {
    let mut panel = typing();
    panel.tell(Msg::PhoneLeft);
    let refusal = Problem::field("phone", "too_short", "This number is too short.");
    panel.tell(read(Err(Miss::Refused(refusal))));
    assert_eq!(panel.model.form.error(Field::Phone), Some(&say!("phone-short")));

    panel.tell(Msg::Send("key-1".into()));
    panel.tell(Msg::Phone("020 7946 0002".into()));
    assert_eq!(sent(&panel.tell(read(Ok(london(true))))), None);
    assert_eq!(panel.model.number_meant(), None);
}

#[test]
fn without_an_answer_nothing_is_lost_and_a_whole_number_needs_none() {
    let mut panel = typing();
    panel.tell(Msg::Send("key-1".into()));
    panel.tell(read(Err(Miss::Unreachable)));
    assert_eq!(panel.model.notice, Some(Notice::NotSent));
    panel.tell(Msg::Phone("0044 20 7946 0001".into()));
    panel.tell(Msg::PhoneLeft);
    assert_eq!(
        sent(&panel.tell(Msg::Send("key-2".into()))),
        Some("+442079460001")
    );
}
