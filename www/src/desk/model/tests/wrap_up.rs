use super::*;
use shared::DispositionId;
use shared::desk::Disposition;

fn kind(id: &str) -> DispositionId {
    DispositionId::parse(id).unwrap()
}

#[test]
fn a_wrap_up_needs_its_kind_and_keeps_what_was_typed_until_it_is_kept() {
    let mut model = wrapping_up();
    let todo = run(
        &mut model,
        [
            Msg::Text("Wants balcony".into()),
            Msg::Order(" A-17 ".into()),
            Msg::Save,
        ],
    );
    assert!(matches!(todo.as_slice(), [Do::Keep(..), Do::Keep(..)]));
    assert_eq!(
        model.errors.get("kind").map(String::as_str),
        Some(word::KIND_MISSING)
    );

    let todo = run(&mut model, [Msg::Kind(kind("purchase")), Msg::Save]);
    let sent = Disposition {
        kind: kind("purchase"),
        text: "Wants balcony".into(),
        order: Some("A-17".into()),
    };
    assert_eq!(todo.last(), Some(&Do::Save(request("req_1"), sent)));

    update(&mut model, Msg::Done(Action::Save, Err(Failure::Unreachable)));
    assert_eq!(model.draft.text, "Wants balcony");
    assert_eq!(
        model.errors.get("").map(String::as_str),
        Some(word::NOT_SAVED_UNREACHABLE)
    );

    run(&mut model, [Msg::Save]);
    let wrong = Failure::Refused(Problem::field("order", "invalid", "Unknown order."));
    update(&mut model, Msg::Done(Action::Save, Err(wrong)));
    assert_eq!(
        model.errors.get("order").map(String::as_str),
        Some("Unknown order.")
    );

    run(&mut model, [Msg::Save]);
    let todo = update(
        &mut model,
        Msg::Done(Action::Save, Ok(view(2000, AgentState::Available, None))),
    );
    assert_eq!(todo, [Do::Forget(request("req_1"))]);
    assert!(model.saved() && model.gone.is_none() && model.draft == Draft::default());
}

#[test]
fn the_next_call_may_come_before_the_answer_to_the_wrap_up() {
    let mut model = wrapping_up();
    run(&mut model, [Msg::Kind(kind("other")), Msg::Save]);
    let next = view(
        2000,
        AgentState::Reserved,
        Some(pop("req_2", RequestState::Reserving)),
    );
    run(&mut model, [frame(&next), Msg::Text("new".into())]);
    let todo = update(
        &mut model,
        Msg::Done(Action::Save, Ok(view(1900, AgentState::Available, None))),
    );
    assert_eq!(todo, [Do::Forget(request("req_1"))]);
    assert_eq!(
        (model.draft.text.as_str(), model.me()),
        ("new", AgentState::Reserved)
    );
}

#[test]
fn a_draft_comes_back_after_a_reload_but_never_over_new_words() {
    let kept = Draft {
        kind: None,
        text: "before".into(),
        order: String::new(),
    };
    let mut model = wrapping_up();
    update(&mut model, Msg::Kept(request("req_1"), kept.clone()));
    assert_eq!(model.draft, kept);
    let mut model = wrapping_up();
    run(
        &mut model,
        [
            Msg::Text("after".into()),
            Msg::Kept(request("req_1"), kept.clone()),
        ],
    );
    assert_eq!(model.draft.text, "after");
    let mut model = wrapping_up();
    update(&mut model, Msg::Kept(request("req_9"), kept));
    assert_eq!(model.draft, Draft::default());
}

#[test]
fn limits_are_said_in_numbers() {
    let long = Draft {
        kind: Some(kind("other")),
        text: "ä".repeat(2001),
        order: "1".repeat(70),
    };
    let errors = long.check(&usual_outcomes()).unwrap_err();
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["order", "text"]);
    assert!(
        errors
            .values()
            .all(|words| words.contains("64") || words.contains("2000"))
    );
}

#[test]
fn an_outcome_that_needs_an_order_is_not_saved_without() {
    let mut model = wrapping_up();
    if let Some(outcome) = model.view.as_mut().and_then(|view| view.dispositions.first_mut()) {
        outcome.needs_order = true;
    }
    assert_eq!(
        run(&mut model, [Msg::Kind(kind("purchase")), Msg::Save]).len(),
        1,
        "kept, not sent"
    );
    assert_eq!(
        model.errors.get("order").map(String::as_str),
        Some(word::ORDER_MISSING)
    );
    let todo = run(&mut model, [Msg::Order("M-1".into()), Msg::Save]);
    assert!(matches!(todo.last(), Some(Do::Save(..))));
}

#[test]
fn a_customer_is_called_again_by_an_agent_without_a_call() {
    let mut model = at_work(AgentState::Away, None);
    let todo = update(&mut model, Msg::CallAgain(request("req_1")));
    assert!(matches!(todo.as_slice(), [Do::CallAgain(wish)] if wish.of == request("req_1")));
    let mut model = wrapping_up();
    assert_eq!(update(&mut model, Msg::CallAgain(request("req_0"))), []);
}
