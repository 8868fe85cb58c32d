//! The form: the page's wish, now or later, what is shared.

use super::*;

fn here(skill: Option<&str>, expert: Option<&str>) -> Msg {
    Msg::Here(Here {
        skill: skill.and_then(|id| SkillId::parse(id).ok()),
        expert: expert.and_then(|id| AgentId::parse(id).ok()),
        ..Here::default()
    })
}

fn time(at: i64, day: &str) -> Time {
    Time {
        at: Millis(at),
        day: day.into(),
        window: "15:30 – 15:45".into(),
    }
}

fn whom(skill: Option<SkillId>) -> Whom {
    Whom { skill, expert: None }
}

#[test]
fn nothing_is_chosen_unless_the_page_names_it() {
    let mut panel = Panel::open();
    assert_eq!(panel.model.form.who, None);
    panel.tell(here(Some("flights"), None));
    assert_eq!(
        panel.model.form.who,
        SkillId::parse("flights").ok().map(Who::Skill)
    );
    panel.tell(here(Some("no-such"), Some("nobody")));
    assert_eq!(
        panel.model.form.who, None,
        "what the business does not have is not chosen"
    );
    panel.tell(here(Some("cruises"), Some("ana")));
    assert_eq!(panel.model.form.who, Some(Who::Expert(ana())));
    assert_eq!(
        panel.model.skill_asked(),
        Some(cruises()),
        "a colleague with that skill may step in"
    );
}

#[test]
fn the_customers_own_choice_outlasts_the_page_but_not_another_button() {
    let mut panel = Panel::open();
    panel.tell(here(Some("cruises"), None));
    panel.tell(Msg::Pick(Who::Anyone));
    panel.tell(here(Some("cruises"), None));
    panel.tell(Msg::Site(Ok(meridian())));
    assert_eq!(panel.model.form.who, Some(Who::Anyone));
    panel.tell(here(Some("flights"), None));
    assert_eq!(
        panel.model.form.who,
        SkillId::parse("flights").ok().map(Who::Skill)
    );
}

#[test]
fn a_page_may_offer_some_skills_only() {
    let ids = |panel: &Panel| -> Vec<String> {
        panel
            .model
            .offered()
            .iter()
            .map(|skill| skill.id.clone())
            .collect()
    };
    let offering = |ids: &[&str]| {
        Msg::Here(Here {
            skills: ids.iter().filter_map(|id| SkillId::parse(id).ok()).collect(),
            ..Here::default()
        })
    };
    let mut panel = Panel::open();
    let all = ids(&panel);
    panel.tell(Msg::Pick(Who::Skill(cruises())));
    panel.tell(offering(&["flights", "no-such", "cruises"]));
    assert_eq!(ids(&panel), ["flights", "cruises"], "in the page's order");
    assert_eq!(panel.model.form.who, None, "another page, another choice");
    panel.tell(offering(&["flights"]));
    assert_eq!(
        panel.model.form.who,
        SkillId::parse("flights").ok().map(Who::Skill)
    );
    assert!(!panel.model.choice_offered());
    panel.tell(offering(&["no-such"]));
    assert_eq!(ids(&panel), all, "what the business does not have is no offer");
}

#[test]
fn an_answer_kept_on_the_way_does_not_undo_what_the_socket_said() {
    let mut panel = Panel::open();
    let (old, mut new) = (meridian(), meridian());
    new.at = old.at.plus_s(3);
    new.anyone.free = 7;
    panel.tell(Msg::Frame(Box::new(SiteFrame {
        site: Some(new),
        request: None,
    })));
    panel.tell(Msg::Site(Ok(old)));
    assert_eq!(panel.model.site.as_ref().map(|site| site.anyone.free), Some(7));
}

#[test]
fn a_business_with_one_skill_asks_no_needless_question() {
    let mut panel = Panel::started(None, None);
    let site = SiteView {
        skills: vec![skill("all", Availability::Free)],
        experts: vec![],
        ..meridian()
    };
    panel.tell(Msg::Site(Ok(site)));
    assert_eq!(
        (panel.model.choice_offered(), panel.model.form.who.clone()),
        (false, Some(Who::Anyone))
    );
}

#[test]
fn a_call_for_later_needs_one_of_the_times_offered() {
    let mut panel = Panel::open();
    panel.fill();
    let to_do = panel.tell(Msg::When(When::Later));
    assert_eq!(to_do, [Do::GetSlots(whom(Some(cruises())))]);
    let times = vec![time(10, "Mon"), time(20, "Mon"), time(30, "Tue")];
    panel.tell(Msg::Slots {
        whom: whom(Some(cruises())),
        times: Ok(times),
    });
    assert_eq!(panel.model.slots.days(), ["Mon", "Tue"]);
    assert_eq!(panel.model.form.day.as_deref(), Some("Mon"));
    assert_eq!(
        panel.tell(Msg::Send("key-1".into())),
        [Do::FocusField(Field::Slot)]
    );
    panel.tell(Msg::Day("Tue".into()));
    panel.tell(Msg::Slot(Millis(30)));
    let to_do = panel.tell(Msg::Send("key-1".into()));
    assert!(
        matches!(&to_do[..], [Do::Post { body, .. }] if body.slot == Some(Millis(30))),
        "{to_do:?}"
    );

    let refusal = Problem::field("slot", "not_offered", "This time is taken.");
    let to_do = panel.tell(Msg::Posted(Err(Miss::Refused(refusal))));
    assert_eq!(panel.model.form.error(Field::Slot), Some(&say!("refused-slot")));
    assert!(
        to_do.contains(&Do::GetSlots(whom(Some(cruises())))),
        "the times are asked for again"
    );
}

#[test]
fn times_for_a_choice_that_changed_meanwhile_are_not_shown() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::When(When::Later));
    assert_eq!(panel.tell(Msg::Pick(Who::Anyone)), [Do::GetSlots(whom(None))]);
    panel.tell(Msg::Slots {
        whom: whom(Some(cruises())),
        times: Ok(vec![time(10, "Mon")]),
    });
    assert_eq!(panel.model.slots, Slots::Asked(whom(None)));
    panel.tell(Msg::Slots {
        whom: whom(None),
        times: Err(Miss::Unreachable),
    });
    assert!(panel.tell(Msg::Retry).contains(&Do::GetSlots(whom(None))));
}

#[test]
fn when_nobody_is_on_duty_only_later_is_possible() {
    let mut panel = Panel::open();
    let hotels = SkillId::parse("hotels").ok();
    let to_do = panel.tell(Msg::Pick(Who::Skill(hotels.clone().unwrap())));
    assert_eq!(
        (panel.model.now_possible(), panel.model.when()),
        (false, When::Later)
    );
    assert!(to_do.contains(&Do::GetSlots(whom(hotels))));
    panel.tell(Msg::Pick(Who::Skill(cruises())));
    assert_eq!(
        panel.model.when(),
        When::Now,
        "somebody else is there: now is what was chosen"
    );
}

#[test]
fn the_customer_shares_what_the_customer_wants() {
    let mut panel = Panel::open();
    let visit = |url: &str| shared::request::PageVisit {
        url: url.into(),
        title: String::new(),
        at: None,
    };
    let at = |url: &str| {
        Msg::Here(Here {
            page: Some(page(url)),
            trail: vec![visit("https://shop.example/a"), visit("https://shop.example/b")],
            ..Here::default()
        })
    };
    panel.tell(at("https://shop.example/now"));
    panel.tell(Msg::Unshare("https://shop.example/a".into()));
    panel.tell(Msg::Unshare("https://shop.example/now".into()));
    assert_eq!(panel.model.here.shared_page(), None);
    assert_eq!(panel.model.here.shared_trail(), [visit("https://shop.example/b")]);
    panel.tell(at("https://shop.example/next"));
    assert!(panel.model.here.shared_page().is_some());
    assert_eq!(
        panel.model.here.shared_trail().len(),
        1,
        "what was taken out stays out on the next page"
    );
    panel.tell(Msg::ShareAll);
    assert_eq!(panel.model.here.shared_trail().len(), 2);
}

#[test]
fn a_note_may_be_typed_beyond_the_limit_but_not_sent() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Note("ä".repeat(501)));
    assert_eq!(
        panel.tell(Msg::Send("key-1".into())),
        [Do::FocusField(Field::Note)]
    );
    panel.tell(Msg::Note("ä".repeat(500)));
    assert!(
        panel
            .tell(Msg::Send("key-1".into()))
            .iter()
            .any(|it| matches!(it, Do::Post { .. }))
    );
}

fn asked_for(to: &str) -> Msg {
    Msg::Here(Here {
        skill: Some(cruises()),
        to: Direct::parse(to),
        ..Here::default()
    })
}

#[test]
fn whom_the_page_asks_for_directly_is_the_only_choice() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(asked_for("centre:harbour"));
    assert!(!panel.model.choice_offered());
    assert!(panel.model.only_now(), "a place's phone rings now");
    assert_eq!(panel.model.aim().map(|aim| aim.name), Some("Harbour office"));
    let body = panel.model.fill().unwrap();
    assert_eq!(
        (body.to, body.skill, body.expert),
        (Direct::parse("centre:harbour"), None, None)
    );
    panel.tell(asked_for("agent:ana"));
    assert!(!panel.model.only_now());
    let body = panel.model.fill().unwrap();
    assert_eq!(
        (body.to, body.skill, body.expert),
        (Some(Direct::Agent(ana())), None, None)
    );
    let to_do = panel.tell(Msg::When(When::Later));
    assert_eq!(
        to_do,
        [Do::GetSlots(Whom {
            skill: None,
            expert: Some(ana())
        })]
    );
}

#[test]
fn who_is_not_there_can_not_be_asked_for_directly() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(asked_for("centre:nowhere"));
    assert_eq!(panel.model.form.who, Some(Who::Skill(cruises())));
    assert_eq!(panel.model.fill().unwrap().to, None);
    let mut site = meridian();
    site.centres[0].offer = shared::presence::Offer::Closed;
    site.centres[0].opens_at = Some(Millis(9_000_000));
    site.at = Millis(6_000_000);
    panel.tell(asked_for("centre:harbour"));
    panel.tell(Msg::Site(Ok(site)));
    assert!(panel.model.closed());
    assert_eq!(panel.model.opens_at(), Some(Millis(9_000_000)));
}

#[test]
fn another_language_of_the_page_is_spoken_and_loses_nothing() {
    let mut panel = Panel::open();
    panel.fill();
    let tag = |tag| Language::parse(tag).ok();
    let here = |locale| Here {
        locale: tag(locale),
        ..Here::default()
    };
    assert!(
        panel
            .tell(Msg::Here(here("de-AT")))
            .contains(&Do::Speak(tag("de-AT")))
    );
    assert!(
        !panel
            .tell(Msg::Here(here("de-AT")))
            .iter()
            .any(|it| matches!(it, Do::Speak(_)))
    );
    panel.tell(Msg::Language {
        shown: tag("de-AT"),
        wished: tag("de-AT"),
    });
    assert_eq!(panel.model.language, tag("de-AT"));
    let to_do = panel.tell(Msg::Send("key-1".into()));
    assert!(
        matches!(&to_do[..], [Do::Post { body, .. }] if body.language == tag("de-AT")),
        "{to_do:?}"
    );
}

/// A language that we don't speak is told all the same: somebody of the business may.
#[test]
fn the_language_wished_for_goes_with_the_request() {
    let mut panel = Panel::open();
    panel.fill();
    panel.tell(Msg::Language {
        shown: Language::parse("en").ok(),
        wished: Language::parse("nl").ok(),
    });
    let to_do = panel.tell(Msg::Send("key-1".into()));
    assert!(
        matches!(&to_do[..], [Do::Post { body, .. }] if body.language == Language::parse("nl").ok()),
        "{to_do:?}"
    );
}
