use super::*;

#[test]
fn without_a_session_the_door_comes_up() {
    let mut model = Model::default();
    assert_eq!(update(&mut model, Msg::Start(Some(site()))), [Do::ReadDesk]);
    let todo = update(&mut model, Msg::Read(Err(refused(ProblemKind::Unauthorized))));
    assert_eq!(todo, [Do::Disconnect]);
    assert_eq!(model.screen, Screen::Entry);
    assert_eq!(model.entry.notice, None, "nobody was signed out");
    assert_eq!(
        update(&mut model, Msg::Entered),
        [Do::RememberSite(site()), Do::ReadDesk]
    );
    let todo = update(&mut model, Msg::Read(Ok(view(5, AgentState::Offline, None))));
    assert_eq!((todo, model.screen), (vec![Do::Connect], Screen::Desk));
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
    assert_eq!(todo, [Do::RememberSite(site())]);
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
fn whoever_has_no_desk_is_told_so_at_the_door() {
    let mut model = Model::default();
    run(
        &mut model,
        [
            Msg::Start(Some(site())),
            Msg::Read(Err(refused(ProblemKind::Forbidden))),
        ],
    );
    assert_eq!(
        (&model.screen, model.entry.notice.as_deref()),
        (&Screen::Entry, Some("No."))
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
        assert_eq!(todo, [Do::Disconnect]);
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
