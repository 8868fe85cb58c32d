use super::*;
use shared::phones::Said;
use shared::problem::{Problem, ProblemKind};

fn site() -> SiteId {
    SiteId::parse("meridian").unwrap()
}

fn phone(leg: &str, number: &str, state: PhoneState, said: &[&str]) -> PhoneView {
    PhoneView {
        leg: leg.into(),
        number: number.into(),
        caller: "Meridian Travel".into(),
        state,
        since: Millis(0),
        said: said
            .iter()
            .map(|text| Said {
                at: Millis(0),
                text: (*text).into(),
                language: shared::Language::default(),
            })
            .collect(),
        talking_to: None,
        ended: None,
    }
}

fn ringing(leg: &str) -> PhoneView {
    phone(
        leg,
        &format!("+44770090000{}", leg.len()),
        PhoneState::Ringing,
        &[],
    )
}

fn view(at: i64, phones: Vec<PhoneView>) -> PhonesView {
    PhonesView {
        at: Millis(at),
        phones,
    }
}

fn frame(view: &PhonesView) -> Msg {
    Msg::Wire(Wire::Frame(serde_json::to_string(view).unwrap()))
}

fn open_page() -> Model {
    let mut model = Model::default();
    update(&mut model, Msg::Tick(Millis(10_000)));
    let todo = update(&mut model, Msg::Start(Some(site()), true));
    assert_eq!(todo, [Do::RememberSite(site()), Do::Connect(site())]);
    update(&mut model, Msg::Wire(Wire::Live));
    model
}

fn order(model: &Model) -> Vec<&str> {
    model.table.phones().map(|phone| phone.leg.as_str()).collect()
}

#[test]
fn only_new_words_are_spoken() {
    let mut model = open_page();
    let talk = |said: &[&str]| phone("a", "+1", PhoneState::InCall, said);
    assert_eq!(update(&mut model, frame(&view(1, vec![talk(&["before"])]))), []);
    assert_eq!(
        update(&mut model, frame(&view(2, vec![talk(&["before", "Hello."])]))),
        [Do::Speak("Hello.".into(), shared::Language::default())]
    );
    assert_eq!(
        update(&mut model, frame(&view(3, vec![talk(&["before", "Hello."])]))),
        []
    );
    // Whoever switches the voice off and on again does not hear what was said meanwhile.
    assert_eq!(
        update(&mut model, Msg::Aloud(false)),
        [Do::RememberAloud(false), Do::Hush]
    );
    assert_eq!(
        update(
            &mut model,
            frame(&view(4, vec![talk(&["before", "Hello.", "Wait."])]))
        ),
        []
    );
    update(&mut model, Msg::Aloud(true));
    assert_eq!(
        update(
            &mut model,
            frame(&view(5, vec![talk(&["before", "Hello.", "Wait."])]))
        ),
        []
    );
}

#[test]
fn the_newest_is_first_and_nothing_moves_under_the_finger() {
    let mut model = open_page();
    update(&mut model, frame(&view(1, vec![ringing("a")])));
    update(&mut model, frame(&view(2, vec![ringing("bb"), ringing("a")])));
    assert_eq!(order(&model), ["bb", "a"]);
    // The edge puts the latest change first; the table does not.
    update(&mut model, frame(&view(3, vec![ringing("a"), ringing("bb")])));
    assert_eq!(order(&model), ["bb", "a"]);

    update(&mut model, Msg::Touch);
    update(&mut model, frame(&view(4, vec![ringing("ccc"), ringing("a")])));
    assert_eq!(order(&model), ["bb", "a", "ccc"]);
    update(&mut model, Msg::Tick(Millis(13_000)));
    assert_eq!(order(&model), ["ccc", "a"]);
}

#[test]
fn a_phone_that_rings_again_is_one_phone() {
    let mut model = open_page();
    let over = phone("a", "+447700900001", PhoneState::Ended, &[]);
    let again = phone("b", "+447700900001", PhoneState::Ringing, &[]);
    update(&mut model, frame(&view(1, vec![over.clone()])));
    update(&mut model, frame(&view(2, vec![again.clone(), over])));
    assert_eq!(order(&model), ["b"]);
    // Two calls at the same time are two calls.
    let third = phone("c", "+447700900001", PhoneState::InCall, &[]);
    update(&mut model, frame(&view(3, vec![third, again])));
    assert_eq!(order(&model), ["c", "b"]);
    assert_eq!(model.ringing(), 1);
}

#[test]
fn a_button_works_once_and_says_when_it_does_not() {
    let mut model = open_page();
    update(&mut model, frame(&view(1, vec![ringing("a")])));
    let press = || Msg::Press("a".into(), Press::Answer);
    assert_eq!(
        update(&mut model, press()),
        [Do::Press(site(), "a".into(), Press::Answer)]
    );
    assert_eq!(update(&mut model, press()), []);
    let gone = Failure::Refused(Problem::new(ProblemKind::Conflict, "The caller has hung up."));
    update(&mut model, Msg::Pressed("a".into(), Err(gone)));
    assert_eq!(
        model.refusals.get("a").map(String::as_str),
        Some("The caller has hung up.")
    );
    update(&mut model, press());
    let now = view(2, vec![phone("a", "+1", PhoneState::InCall, &[])]);
    update(&mut model, Msg::Pressed("a".into(), Ok(now)));
    assert_eq!(
        (model.ringing(), model.refusals.len(), model.pressed.len()),
        (0, 0, 0)
    );
    assert_eq!(
        update(&mut model, frame(&view(1, vec![ringing("a")]))),
        [],
        "overtaken"
    );
    assert_eq!(model.ringing(), 0);
}

#[test]
fn a_business_that_is_not_there_is_said_and_can_be_changed() {
    let mut model = open_page();
    assert_eq!(
        update(&mut model, Msg::Wire(Wire::Lost { retry_ms: 1000 })),
        [Do::Read(site())]
    );
    let unknown = Failure::Refused(Problem::new(ProblemKind::NotFound, "No business of that name."));
    assert_eq!(
        update(&mut model, Msg::Read(Err(unknown))),
        [Do::Hush, Do::Disconnect]
    );
    assert_eq!(model.screen, Screen::Closed("No business of that name.".into()));
    assert_eq!(
        update(&mut model, Msg::Again),
        [Do::RememberSite(site()), Do::Connect(site())]
    );
    assert_eq!(update(&mut model, Msg::OtherSite), [Do::Hush, Do::Disconnect]);
    assert_eq!((&model.screen, &model.site), (&Screen::AskSite, &None));
}

#[test]
fn an_edge_that_is_away_for_a_moment_leaves_the_phones_on_the_table() {
    let mut model = open_page();
    update(&mut model, frame(&view(1, vec![ringing("a")])));
    update(&mut model, Msg::Wire(Wire::Lost { retry_ms: 1000 }));
    update(&mut model, Msg::Read(Err(Failure::Unreachable)));
    assert_eq!((order(&model), model.link.as_str()), (vec!["a"], "lost"));
    assert_eq!(update(&mut model, Msg::Again), [Do::Hurry]);
}
