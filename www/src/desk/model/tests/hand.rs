use super::*;
use shared::handover::{RefusalReason, Target, Transfer};

fn cleo() -> Target {
    Target::Agent(AgentId::parse("cleo").unwrap())
}

fn talking() -> Model {
    at_work(AgentState::Talking, Some(pop("req_1", RequestState::Connected)))
}

#[test]
fn a_call_is_handed_on_to_whom_was_chosen_and_its_going_is_no_news() {
    let mut model = talking();
    run(&mut model, [Msg::Hand(Hand::On), Msg::HandGo]);
    let error = model.hand.as_ref().and_then(|form| form.error.clone());
    assert_eq!(error.as_deref(), Some(word::WHOM_MISSING));
    let todo = run(
        &mut model,
        [
            Msg::HandTo(cleo()),
            Msg::HandText(" balcony ".into()),
            Msg::HandGo,
        ],
    );
    let wish = Transfer {
        to: cleo(),
        note: "balcony".into(),
    };
    assert_eq!(todo, [Do::Transfer(request("req_1"), wish)]);
    // The socket is faster than the answer.
    update(&mut model, frame(&view(2000, AgentState::Available, None)));
    assert_eq!(model.gone, None);
    update(
        &mut model,
        Msg::Done(Action::Transfer, Ok(view(2000, AgentState::Available, None))),
    );
    assert_eq!(model.handed(), Some(word::left(Action::Transfer)));
    assert_eq!(model.hand, None);
    update(&mut model, Msg::Tick(Millis(60_000)));
    assert_eq!(model.handed(), None);
}

#[test]
fn what_the_edge_refuses_is_said_in_the_form() {
    let mut model = talking();
    run(
        &mut model,
        [Msg::Hand(Hand::On), Msg::HandTo(cleo()), Msg::HandGo],
    );
    let away = Problem::field("to.agent", "away", "This colleague takes no calls now.");
    update(
        &mut model,
        Msg::Done(Action::Transfer, Err(Failure::Refused(away))),
    );
    let error = model.hand.as_ref().and_then(|form| form.error.as_deref());
    assert_eq!(error, Some("This colleague takes no calls now."));
    assert_eq!(model.refusal, None);
}

#[test]
fn refusing_needs_a_reason_and_another_one_words() {
    let mut model = talking();
    update(&mut model, Msg::Hand(Hand::Refuse));
    assert_eq!(model.hand, None, "who talks can't refuse");
    let mut model = at_work(
        AgentState::Ringing,
        Some(pop("req_1", RequestState::RingingAgent)),
    );
    let todo = run(
        &mut model,
        [
            Msg::Hand(Hand::Refuse),
            Msg::HandReason(RefusalReason::Other),
            Msg::HandGo,
        ],
    );
    assert_eq!(todo, []);
    assert!(model.hand.as_ref().is_some_and(|form| form.error.is_some()));
    let todo = run(&mut model, [Msg::HandText("headset".into()), Msg::HandGo]);
    assert!(matches!(todo.as_slice(), [Do::Refuse(_, wish)] if wish.text == "headset"));
}

#[test]
fn a_break_is_chosen_and_taken_back() {
    let mut model = at_work(AgentState::Away, None);
    let lunch = usual_breaks().remove(0);
    let todo = update(&mut model, Msg::Rest(lunch.id.clone()));
    assert!(matches!(todo.as_slice(), [Do::Presence(wish)] if wish.pause == Some(lunch.id.clone())));
    let mut away = view(2000, AgentState::Away, None);
    away.me.pause = Some(lunch.clone());
    update(
        &mut model,
        Msg::Done(Action::Presence(AgentState::Away), Ok(away)),
    );
    let todo = update(&mut model, Msg::Rest(lunch.id));
    assert!(matches!(todo.as_slice(), [Do::Presence(wish)] if wish.pause.is_none()));
}

#[test]
fn the_floor_gives_way_to_a_call() {
    let floor = shared::floor::Floor {
        queues: Vec::new(),
        requests: Vec::new(),
        more: 0,
    };
    let mut model = at_work(AgentState::Away, None);
    update(&mut model, Msg::Floor(true));
    assert!(!model.on_floor(), "for supervisors only");
    let mut seen = view(2000, AgentState::Away, None);
    seen.floor = Some(floor.clone());
    update(&mut model, frame(&seen));
    assert!(model.on_floor());
    let todo = update(&mut model, Msg::Take(request("req_9")));
    assert_eq!(todo, [Do::Take(request("req_9"))]);
    let mut taken = view(
        3000,
        AgentState::Reserved,
        Some(pop("req_9", RequestState::Reserving)),
    );
    taken.floor = Some(floor);
    update(&mut model, Msg::Done(Action::Take, Ok(taken)));
    assert!(!model.on_floor());
}

#[test]
fn never_again_is_asked_twice_and_noted_while_the_call_goes_on() {
    let mut model = talking();
    assert_eq!(update(&mut model, Msg::Hand(Hand::Never)), []);
    assert_eq!(update(&mut model, Msg::HandGo), [Do::Never(request("req_1"))]);
    let still = view(
        2000,
        AgentState::Talking,
        Some(pop("req_1", RequestState::Connected)),
    );
    update(&mut model, Msg::Done(Action::Never, Ok(still)));
    assert_eq!(
        (&model.hand, model.handed()),
        (&None, Some(word::left(Action::Never)))
    );
    assert!(model.call().is_some());

    let mut model = at_work(AgentState::WrapUp, Some(pop("req_1", RequestState::Ended)));
    update(&mut model, Msg::Hand(Hand::Never));
    assert!(model.hand.is_some(), "also after the call");
}
