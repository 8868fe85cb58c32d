//! The business's server vouches for the customer, who decides what of that the agent learns.

use super::*;
use shared::customer::{Customer, Fact, WHO};
use shared::problem::ProblemKind;

fn ada() -> Customer {
    Customer {
        id: Some("4711".into()),
        name: Some("Ada".into()),
        phone: PhoneNumber::parse("+442079460007").ok(),
        facts: vec![Fact {
            name: "Tier".into(),
            value: "gold".into(),
        }],
    }
}

fn page_with(token: &str) -> Msg {
    Msg::Here(Here {
        token: Some(token.into()),
        ..Here::default()
    })
}

fn known() -> Panel {
    let mut panel = Panel::open();
    assert_eq!(panel.tell(page_with("a.b.c")), [Do::ReadCustomer("a.b.c".into())]);
    assert_eq!(panel.tell(page_with("a.b.c")), [], "asked once");
    panel.tell(Msg::CustomerRead {
        token: "a.b.c".into(),
        customer: Ok(ada()),
    });
    panel.tell(Msg::Pick(Who::Skill(cruises())));
    panel.tell(Msg::Consent(true));
    panel
}

fn sent(panel: &mut Panel) -> CallRequest {
    let to_do = panel.tell(Msg::Send("key-1".into()));
    let sent = to_do.into_iter().find_map(|it| match it {
        Do::Post { body, .. } => Some(*body),
        _ => None,
    });
    sent.unwrap()
}

#[test]
fn a_known_customer_types_nothing_and_this_device_keeps_nothing() {
    let mut panel = known();
    let body = sent(&mut panel);
    assert_eq!(body.phone.as_str(), "+442079460007");
    assert_eq!(body.customer.unwrap().withheld, Vec::<String>::new());
    let accepted = Accepted {
        request: view(1, RequestState::Queued),
        receipt: "secret".into(),
    };
    let to_do = panel.tell(Msg::Posted(Ok(accepted)));
    assert!(!to_do.iter().any(|it| matches!(it, Do::KeepNumber(_))));
}

#[test]
fn the_customer_takes_lines_out_and_with_all_of_them_the_token() {
    let mut panel = known();
    panel.tell(Msg::Unshare("signed:Tier".into()));
    assert_eq!(sent(&mut panel).customer.unwrap().withheld, ["Tier"]);

    let mut panel = known();
    panel.tell(Msg::UseAnother);
    panel.tell(Msg::Phone("+44 20 7946 0001".into()));
    panel.tell(Msg::Unshare("signed:Tier".into()));
    panel.tell(Msg::Unshare(format!("signed:{WHO}")));
    assert_eq!(sent(&mut panel).customer, None);
}

/// Also where the business signed it with a secret that is for something else: that is not the customer's matter.
#[test]
fn a_token_that_is_refused_leaves_the_request_to_the_customers_own_word() {
    for (kind, code) in [
        (ProblemKind::InvalidField, "expired"),
        (ProblemKind::Forbidden, "not_allowed"),
    ] {
        let mut panel = known();
        assert!(sent(&mut panel).customer.is_some());
        let words = Problem::new(kind, "Too old.").at("customer", code);
        panel.tell(Msg::Posted(Err(Miss::Refused(words))));
        assert_eq!(
            panel.model.notice,
            Some(Notice::Said(Say::verbatim("Too old.".into())))
        );
        let body = sent(&mut panel);
        assert_eq!((body.phone.as_str(), body.customer), ("+442079460007", None));
    }
}

#[test]
fn a_page_fills_in_a_number_and_a_note_once() {
    let mut panel = Panel::open();
    let filled = Msg::Here(Here {
        phone: Some("020 7946 0001".into()),
        note: Some("Cabin 7".into()),
        ..Here::default()
    });
    assert_eq!(
        panel.tell(filled.clone()),
        [Do::ReadNumber("020 7946 0001".into())]
    );
    panel.tell(Msg::Note("Cabin 8".into()));
    panel.tell(filled);
    assert_eq!(panel.model.form.note, "Cabin 8");
}

#[test]
fn where_the_page_forbids_it_nothing_is_kept() {
    let mut panel = Panel::open();
    let forbids = Msg::Here(Here {
        forgets: true,
        ..Here::default()
    });
    assert_eq!(panel.tell(forbids), [Do::ForgetNumber, Do::ForgetTicket]);
    let to_do = panel.accepted();
    let keeps = |it: &Do| matches!(it, Do::KeepNumber(_) | Do::KeepTicket(_));
    assert!(!to_do.iter().any(keeps), "{to_do:?}");
}
