//! What is offered: now, a wait, a time, nothing; and what follows from a refusal.

use super::*;
use shared::presence::Offer;

fn expert(site: &mut SiteView, offer: Offer, opens_at: Option<Millis>) {
    let ana = site.experts.first_mut().unwrap();
    ana.availability = match offer {
        Offer::Now => Availability::Free,
        Offer::Wait => Availability::Busy,
        Offer::Slot | Offer::Closed => Availability::Away,
    };
    (ana.offer, ana.opens_at) = (offer, opens_at);
}

fn skill_offers(site: &mut SiteView, id: &str, offer: Offer, opens_at: Option<Millis>) {
    let skill = site.skills.iter_mut().find(|skill| skill.id == id).unwrap();
    (skill.offer, skill.opens_at) = (offer, opens_at);
}

/// A panel on Ana's page with her chosen, and what the two can do.
fn with_ana(own: Offer, helpers: Offer) -> Panel {
    let mut panel = Panel::open();
    let mut site = meridian();
    expert(&mut site, own, None);
    skill_offers(&mut site, "cruises", helpers, None);
    panel.tell(Msg::Here(Here {
        expert: Some(ana()),
        ..Here::default()
    }));
    panel.tell(Msg::Site(Ok(site)));
    panel
}

#[test]
fn a_person_is_offered_with_the_colleagues_who_step_in() {
    for (own, helpers, offered) in [
        (Offer::Now, Offer::Now, Offer::Now),
        (Offer::Wait, Offer::Now, Offer::Wait),
        (Offer::Wait, Offer::Wait, Offer::Wait),
        (Offer::Slot, Offer::Now, Offer::Now),
        (Offer::Closed, Offer::Wait, Offer::Wait),
        (Offer::Slot, Offer::Closed, Offer::Slot),
        (Offer::Closed, Offer::Slot, Offer::Closed),
        (Offer::Now, Offer::Slot, Offer::Slot),
    ] {
        let panel = with_ana(own, helpers);
        assert_eq!(panel.model.offer(), Some(offered), "{own} with {helpers}");
    }
    let panel = with_ana(Offer::Wait, Offer::Wait);
    assert_eq!(
        panel.model.wait(),
        None,
        "how long depends on whether a colleague steps in"
    );
}

#[test]
fn times_are_asked_for_the_person_too() {
    let mut panel = with_ana(Offer::Now, Offer::Now);
    let whom = Whom {
        skill: Some(cruises()),
        expert: Some(ana()),
    };
    assert_eq!(panel.tell(Msg::When(When::Later)), [Do::GetSlots(whom)]);
}

#[test]
fn where_nothing_is_offered_nothing_is_asked_or_sent_and_all_is_kept() {
    let mut panel = Panel::open();
    panel.fill();
    let mut site = meridian();
    skill_offers(&mut site, "cruises", Offer::Closed, None);
    assert_eq!(panel.tell(Msg::Site(Ok(site))), []);
    assert!(panel.model.closed());
    assert_eq!(panel.tell(Msg::Send("key-1".into())), []);
    panel.tell(Msg::Site(Ok(meridian())));
    assert!(
        panel
            .tell(Msg::Send("key-1".into()))
            .iter()
            .any(|it| matches!(it, Do::Post { .. })),
        "what was typed is still there"
    );
}

#[test]
fn a_refusal_because_it_closed_leads_to_the_times() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Note("Two cabins?".into()));
    panel.tell(Msg::Send("key-1".into()));
    let refusal = Problem::field("skill", "closed", "We are closed.");
    let to_do = panel.tell(Msg::Posted(Err(Miss::Refused(refusal))));
    let whom = Whom {
        skill: Some(cruises()),
        expert: None,
    };
    for wanted in [Do::GetSite, Do::GetSlots(whom), Do::FocusField(Field::Slot)] {
        assert!(to_do.contains(&wanted), "{wanted:?} in {to_do:?}");
    }
    assert_eq!(panel.model.form.error(Field::Slot), Some(&say!("refused-closed")));
    assert_eq!(panel.model.form.error(Field::Who), None);
    assert_eq!(
        (panel.model.when(), panel.model.form.note.as_str()),
        (When::Later, "Two cabins?")
    );
}

#[test]
fn a_panel_that_is_looked_at_asks_when_something_opens() {
    let mut panel = Panel::open();
    let mut site = meridian();
    let (near, far) = (site.at.plus_s(60), site.at.plus_s(7200));
    skill_offers(&mut site, "hotels", Offer::Slot, Some(far));
    skill_offers(&mut site, "flights", Offer::Slot, Some(near));
    assert_eq!(
        panel.tell(Msg::Site(Ok(site.clone()))),
        [Do::After(60_000, Wake::Opening)]
    );
    assert_eq!(panel.tell(Msg::Consent(true)), [], "once is enough");
    assert_eq!(panel.tell(Msg::Woke(Wake::Opening)), [Do::GetSite]);
    skill_offers(&mut site, "flights", Offer::Now, None);
    site.at = near;
    assert_eq!(
        panel.tell(Msg::Site(Ok(site))),
        [Do::After(7_140_000, Wake::Opening)]
    );
}
