use super::*;

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
