use super::*;
use shared::call::{EndReason, LegState, Legs, RequestState};
use shared::desk::{AgentView, Disposition, DispositionKind, PastCall};
use shared::problem::{Problem, ProblemKind};
use shared::{AgentId, SkillId};

fn site() -> SiteId {
    SiteId::parse("meridian").unwrap()
}

fn request(id: &str) -> RequestId {
    RequestId::parse(id).unwrap()
}

fn pop(id: &str, state: RequestState) -> ScreenPop {
    ScreenPop {
        id: request(id),
        state,
        reason: None,
        legs: Legs {
            customer: LegState::Ringing,
            agent: LegState::Idle,
        },
        phone: "+44 •••••••• 01".into(),
        skill_name: Some("Cruises".into()),
        note: "Balcony?".into(),
        page: None,
        trail: Vec::new(),
        zone: None,
        created_at: Millis(900),
        slot: None,
        connected_at: None,
        ended_at: None,
    }
}

fn view(at: i64, state: AgentState, call: Option<ScreenPop>) -> DeskView {
    let id = AgentId::parse("amara").unwrap();
    DeskView {
        at: Millis(at),
        business: "Meridian Travel".into(),
        me: AgentView {
            id,
            name: "Amara".into(),
            state,
            since: Millis(at),
            skills: vec![SkillId::parse("cruises").unwrap()],
        },
        phone: "+44 •••••••• 10".into(),
        call,
        lines: Vec::new(),
        colleagues: Vec::new(),
        scheduled: 0,
        recent: Vec::new(),
    }
}

fn past(id: &str, reason: EndReason) -> PastCall {
    PastCall {
        id: request(id),
        reason,
        phone: String::new(),
        skill_name: None,
        ended_at: Millis(0),
        talked_s: 0,
        disposition: None,
    }
}

fn refused(kind: ProblemKind) -> Failure {
    Failure::Refused(Problem::new(kind, "No."))
}

fn run(model: &mut Model, msgs: impl IntoIterator<Item = Msg>) -> Vec<Do> {
    msgs.into_iter().flat_map(|msg| update(model, msg)).collect()
}

fn frame(view: &DeskView) -> Msg {
    Msg::Wire(Wire::Frame(serde_json::to_string(view).unwrap()))
}

/// Somebody signed in and connected, in this state.
fn at_work(state: AgentState, call: Option<ScreenPop>) -> Model {
    let mut model = Model::default();
    run(
        &mut model,
        [
            Msg::Tick(Millis(1000)),
            Msg::Start(Some(site())),
            Msg::Read(Ok(view(1000, state, call))),
            Msg::Wire(Wire::Connecting),
            Msg::Wire(Wire::Live),
        ],
    );
    model
}

fn wrapping_up() -> Model {
    let mut call = pop("req_1", RequestState::Ended);
    (call.connected_at, call.ended_at) = (Some(Millis(900)), Some(Millis(990)));
    call.reason = Some(EndReason::Talked);
    at_work(AgentState::WrapUp, Some(call))
}

#[test]
fn without_a_session_the_sign_in_comes_up_with_the_demos_agents() {
    let mut model = Model::default();
    assert_eq!(update(&mut model, Msg::Start(Some(site()))), [Do::ReadDesk]);
    let todo = update(&mut model, Msg::Read(Err(refused(ProblemKind::Unauthorized))));
    assert_eq!(todo, [Do::Disconnect, Do::ReadAgents(site())]);
    assert_eq!(model.screen, Screen::Entry);
    assert_eq!(model.entry.notice, None, "nobody was signed out");
    update(&mut model, Msg::Agents(Err(refused(ProblemKind::NotFound))));
    assert_eq!(model.entry.agents, Agents::Typed);
}

#[test]
fn without_a_business_it_is_asked_for_first() {
    let mut model = Model::default();
    run(
        &mut model,
        [
            Msg::Start(None),
            Msg::Read(Err(refused(ProblemKind::Unauthorized))),
        ],
    );
    assert_eq!(model.screen, Screen::AskSite { problem: None });
    let todo = update(&mut model, Msg::Site(site()));
    assert_eq!(todo, [Do::RememberSite(site()), Do::ReadAgents(site())]);
    assert_eq!(model.screen, Screen::Entry);
}

#[test]
fn an_edge_that_is_down_is_tried_again() {
    let mut model = Model::default();
    run(
        &mut model,
        [
            Msg::Tick(Millis(0)),
            Msg::Start(None),
            Msg::Read(Err(Failure::Unreachable)),
        ],
    );
    assert!(matches!(model.screen, Screen::Down { .. }));
    assert_eq!(update(&mut model, Msg::Tick(Millis(4000))), []);
    assert_eq!(update(&mut model, Msg::Tick(Millis(5000))), [Do::ReadDesk]);
}

#[test]
fn the_sign_in_says_what_is_wrong_beside_the_field() {
    let mut model = Model {
        site: Some(site()),
        screen: Screen::Entry,
        ..Model::default()
    };
    assert_eq!(update(&mut model, Msg::Enter), []);
    assert_eq!(model.entry.errors.keys().collect::<Vec<_>>(), ["agent", "code"]);
    let todo = run(
        &mut model,
        [Msg::Who(" Amara ".into()), Msg::Code("0000".into()), Msg::Enter],
    );
    assert!(matches!(todo.as_slice(), [Do::SignIn(form)] if form.agent.as_str() == "amara"));
    assert_eq!(update(&mut model, Msg::Enter), [], "a second tap is a slip");
    update(&mut model, Msg::Entered(Err(refused(ProblemKind::Unauthorized))));
    assert_eq!(model.entry.errors.get("code").map(String::as_str), Some("No."));
    assert_eq!(model.entry.code, "0000", "what was typed stays");
    update(&mut model, Msg::Enter);
    let todo = update(&mut model, Msg::Entered(Ok(view(5, AgentState::Away, None))));
    assert_eq!(todo, [Do::RememberSite(site()), Do::Connect]);
    assert_eq!((model.screen, model.entry.code), (Screen::Desk, String::new()));
}

#[test]
fn a_screen_pop_is_announced_once_and_not_after_a_reload() {
    let mut model = at_work(AgentState::Available, None);
    let come = view(
        2000,
        AgentState::Reserved,
        Some(pop("req_1", RequestState::Reserving)),
    );
    let todo = update(&mut model, frame(&come));
    assert!(
        matches!(todo.as_slice(), [Do::Recall(_), Do::Alert { title, body }]
        if title == "A call is coming: Cruises" && body == "Balcony?")
    );
    assert_eq!(update(&mut model, frame(&come)), []);

    let mut model = Model::default();
    let todo = update(&mut model, Msg::Read(Ok(come)));
    assert_eq!(todo, [Do::Connect, Do::Recall(request("req_1"))]);
}

#[test]
fn an_overtaken_view_is_ignored_but_a_new_connection_counts() {
    let mut model = at_work(AgentState::Available, None);
    run(
        &mut model,
        [
            frame(&view(3000, AgentState::Away, None)),
            frame(&view(2000, AgentState::Available, None)),
        ],
    );
    assert_eq!(model.me(), AgentState::Away);
    // The edge came back with a clock that is behind.
    run(
        &mut model,
        [
            Msg::Wire(Wire::Live),
            frame(&view(500, AgentState::Available, None)),
        ],
    );
    assert_eq!(model.me(), AgentState::Available);
    assert_eq!(model.edge_now(), Millis(500));
}

#[test]
fn a_call_that_ends_early_says_why_for_a_while() {
    for (reason, words) in [
        (Some(EndReason::CustomerBusy), word::gone(EndReason::CustomerBusy)),
        (None, word::GONE_ELSEWHERE),
    ] {
        let mut model = at_work(
            AgentState::Reserved,
            Some(pop("req_1", RequestState::DialingCustomer)),
        );
        let mut over = view(2000, AgentState::Available, None);
        over.recent = reason.map(|reason| past("req_1", reason)).into_iter().collect();
        update(&mut model, frame(&over));
        assert_eq!(model.gone.as_ref().map(|gone| gone.words), Some(words));
        update(&mut model, Msg::Tick(Millis(1000 + 1000 * GONE_FOR_S)));
        assert_eq!(model.gone, None);
    }
}

#[test]
fn a_phone_not_picked_up_is_said() {
    let mut call = pop("req_1", RequestState::RingingAgent);
    call.legs = Legs {
        customer: LegState::Answered,
        agent: LegState::Ringing,
    };
    let mut model = at_work(AgentState::Ringing, Some(call));
    update(&mut model, frame(&view(2000, AgentState::Away, None)));
    assert_eq!(model.gone.map(|gone| gone.words), Some(word::GONE_MISSED));
}

#[test]
fn the_switch_asks_once_and_not_during_a_call() {
    let mut model = at_work(AgentState::Away, None);
    assert_eq!(
        update(&mut model, Msg::Toggle),
        [Do::Presence(SetPresence {
            state: AgentState::Available
        })]
    );
    assert_eq!(update(&mut model, Msg::Toggle), []);
    let action = Action::Presence(AgentState::Available);
    update(&mut model, Msg::Done(action, Err(refused(ProblemKind::Conflict))));
    assert_eq!((model.pending, model.refusal.as_deref()), (None, Some("No.")));
    let mut model = at_work(AgentState::Talking, Some(pop("req_1", RequestState::Connected)));
    assert_eq!(update(&mut model, Msg::Toggle), []);
}

#[test]
fn the_number_shown_belongs_to_its_call() {
    let mut model = at_work(AgentState::Reserved, Some(pop("req_1", RequestState::Reserving)));
    assert_eq!(update(&mut model, Msg::Reveal), [Do::Reveal(request("req_1"))]);
    let number = Ok(Revealed {
        phone: "+447700900001".into(),
    });
    update(&mut model, Msg::Revealed(request("req_0"), number.clone()));
    assert_eq!(model.revealed, None);
    update(&mut model, Msg::Revealed(request("req_1"), number));
    assert!(model.revealed.is_some());
    update(
        &mut model,
        frame(&view(
            2000,
            AgentState::Reserved,
            Some(pop("req_2", RequestState::Reserving)),
        )),
    );
    assert_eq!(model.revealed, None);
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

    let todo = run(&mut model, [Msg::Kind(DispositionKind::Purchase), Msg::Save]);
    let sent = Disposition {
        kind: DispositionKind::Purchase,
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
    run(&mut model, [Msg::Kind(DispositionKind::Other), Msg::Save]);
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
        kind: Some(DispositionKind::Other),
        text: "ä".repeat(2001),
        order: "1".repeat(70),
    };
    let errors = long.check().unwrap_err();
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["order", "text"]);
    assert!(
        errors
            .values()
            .all(|words| words.contains("64") || words.contains("2000"))
    );
}

#[test]
fn a_session_that_ends_leads_to_the_sign_in_with_the_same_name() {
    for over in [
        Msg::Wire(Wire::Closed(4401)),
        Msg::Read(Err(refused(ProblemKind::Unauthorized))),
    ] {
        let mut model = at_work(AgentState::Available, None);
        let todo = update(&mut model, over);
        assert_eq!(todo, [Do::Disconnect, Do::ReadAgents(site())]);
        assert_eq!(model.entry.notice.as_deref(), Some(word::SESSION_OVER));
        assert_eq!(model.entry.who, "amara");
        assert_eq!(
            update(&mut model, Msg::Wire(Wire::Live)),
            [],
            "the old socket's last words"
        );
        assert_eq!(model.link, Link::Off);
    }
}

#[test]
fn a_lost_socket_asks_whether_the_session_still_holds() {
    let mut model = at_work(AgentState::Available, None);
    assert_eq!(
        update(&mut model, Msg::Wire(Wire::Lost { retry_ms: 1000 })),
        [Do::ReadDesk]
    );
    assert_eq!(model.link.as_str(), "lost");
    update(&mut model, Msg::Read(Err(Failure::Unreachable)));
    assert_eq!(model.screen, Screen::Desk, "the desk stays, with what was typed");
    assert_eq!(update(&mut model, Msg::Again), [Do::Hurry]);
}

#[test]
fn the_socket_may_close_before_the_answer_to_leaving() {
    let mut model = at_work(AgentState::Away, None);
    run(&mut model, [Msg::SignOut, Msg::Wire(Wire::Closed(4401))]);
    assert_eq!(
        (&model.screen, &model.entry.notice),
        (&Screen::Entry, &None),
        "nobody was thrown out"
    );
    assert_eq!(update(&mut model, Msg::Left(Ok(()))), []);
}

#[test]
fn leaving_without_a_session_is_leaving() {
    let mut model = at_work(AgentState::Away, None);
    assert_eq!(update(&mut model, Msg::SignOut), [Do::SignOut]);
    update(&mut model, Msg::Left(Err(Failure::Unreachable)));
    assert_eq!(model.screen, Screen::Desk);
    update(&mut model, Msg::SignOut);
    update(&mut model, Msg::Left(Err(refused(ProblemKind::Unauthorized))));
    assert_eq!((model.screen, model.entry.notice), (Screen::Entry, None));
}

#[test]
fn unreadable_frames_change_nothing() {
    let mut model = at_work(AgentState::Available, None);
    let before = model.clone();
    assert_eq!(
        run(
            &mut model,
            ["{}", "nonsense", ""].map(|text| Msg::Wire(Wire::Frame(text.into())))
        ),
        []
    );
    assert_eq!(model, before);
}
