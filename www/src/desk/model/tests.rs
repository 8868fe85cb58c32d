mod entry;
mod hand;
mod talk;
mod voice;
mod wrap_up;

use super::*;
use shared::call::{EndReason, LegState, Legs, RequestState};
use shared::desk::{AgentView, PastCall};
use shared::problem::{Problem, ProblemKind};
use shared::work::{Today, usual_breaks, usual_outcomes};
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
        customer: None,
        phone_signed: false,
        note: "Balcony?".into(),
        page: None,
        trail: Vec::new(),
        zone: None,
        language: None,
        created_at: Millis(900),
        slot: None,
        connected_at: None,
        ended_at: None,
        ended_by: None,
        chat: false,
        voice: false,
        switched: None,
        handed: Vec::new(),
        history: Vec::new(),
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
            next: call.is_some().then_some(AgentState::Available),
            pause: None,
            next_pause: None,
            line: None,
            voice: false,
        },
        phone: "+44 •••••••• 10".into(),
        call,
        lines: Vec::new(),
        colleagues: Vec::new(),
        scheduled: 0,
        recent: Vec::new(),
        breaks: usual_breaks(),
        dispositions: usual_outcomes(),
        today: Today::default(),
        floor: None,
        voice: true,
    }
}

fn past(id: &str, reason: EndReason) -> PastCall {
    PastCall {
        id: request(id),
        reason,
        phone: String::new(),
        skill_name: None,
        agent_name: None,
        ended_at: Millis(0),
        ended_by: None,
        talked_s: 0,
        disposition: None,
        messages: 0,
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
    let dialing = RequestState::DialingCustomer;
    for (state, reason, words) in [
        (
            dialing,
            Some(EndReason::CustomerBusy),
            word::gone(EndReason::CustomerBusy),
        ),
        (dialing, None, word::GONE_NOT_REACHED),
        (RequestState::CustomerOnHold, None, word::GONE_ELSEWHERE),
    ] {
        let mut model = at_work(AgentState::Reserved, Some(pop("req_1", state)));
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
fn an_agent_set_away_while_the_desk_was_not_connected_is_told() {
    let away = view(3000, AgentState::Away, None);
    let mut model = at_work(AgentState::Available, None);
    update(&mut model, frame(&view(2000, AgentState::Available, None)));
    let lost = Msg::Wire(Wire::Lost { retry_ms: 1000 });
    run(&mut model, [lost, Msg::Wire(Wire::Live), frame(&away)]);
    assert!(model.set_away);
    update(&mut model, frame(&view(4000, AgentState::Away, None)));
    assert!(model.set_away, "until it is read");
    update(&mut model, frame(&view(5000, AgentState::Available, None)));
    assert!(!model.set_away, "or no longer true");

    // Whoever goes away by hand knows it.
    let mut model = at_work(AgentState::Available, None);
    update(&mut model, frame(&view(2000, AgentState::Available, None)));
    update(&mut model, frame(&away));
    assert!(!model.set_away);
}

#[test]
fn the_switch_asks_once_and_during_a_call_for_after_it() {
    let mut model = at_work(AgentState::Away, None);
    assert_eq!(
        update(&mut model, Msg::Toggle),
        [Do::Presence(SetPresence {
            pause: None,
            state: AgentState::Available
        })]
    );
    assert_eq!(update(&mut model, Msg::Toggle), []);
    let action = Action::Presence(AgentState::Available);
    update(&mut model, Msg::Done(action, Err(refused(ProblemKind::Conflict))));
    assert_eq!((model.pending, model.refusal.as_deref()), (None, Some("No.")));
    let mut model = at_work(AgentState::Talking, Some(pop("req_1", RequestState::Connected)));
    assert_eq!(
        update(&mut model, Msg::Want(AgentState::Available)),
        [],
        "that is what comes next anyway"
    );
    assert_eq!(
        update(&mut model, Msg::Toggle),
        [Do::Presence(SetPresence {
            pause: None,
            state: AgentState::Away
        })]
    );
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
