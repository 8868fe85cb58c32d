//! Calls that this browser carries.

use super::*;
use shared::voice::Switch;

fn in_the_browser(state: RequestState, agent: LegState) -> ScreenPop {
    ScreenPop {
        voice: true,
        legs: Legs {
            customer: LegState::Answered,
            agent,
        },
        ..pop("req_1", state)
    }
}

fn see(model: &mut Model, at: i64, state: AgentState, call: Option<ScreenPop>) -> Vec<Do> {
    update(model, Msg::Read(Ok(view(at, state, call))))
}

fn do_voice(model: &mut Model, what: Voiced) -> Vec<Do> {
    update(model, Msg::Voice(what))
}

fn told(stage: Stage) -> Voiced {
    Voiced::Told(Told {
        stage,
        ..Told::default()
    })
}

fn open_microphone() -> Microphone {
    Microphone {
        devices: vec![Device {
            id: "1".into(),
            label: "Headset".into(),
        }],
        ..Microphone::default()
    }
}

#[test]
fn a_desk_takes_calls_once_the_microphone_is_there() {
    let mut model = Model::default();
    see(&mut model, 1000, AgentState::Available, None);
    assert_eq!(do_voice(&mut model, Voiced::Ready(true)), [Do::Microphone(true)]);
    assert_eq!(do_voice(&mut model, Voiced::Tried(Microphone::default())), []);
    assert_eq!(
        do_voice(&mut model, Voiced::Tried(open_microphone())),
        [Do::Ready(true)]
    );
    let louder = Microphone {
        level: 3,
        ..open_microphone()
    };
    assert_eq!(do_voice(&mut model, Voiced::Tried(louder)), [], "once");
}

#[test]
fn nobody_is_listened_to_for_long_without_having_asked_for_it() {
    let mut model = Model::default();
    update(&mut model, Msg::Tick(Millis(1000)));
    see(&mut model, 1000, AgentState::Available, None);
    do_voice(&mut model, Voiced::Ready(true));
    do_voice(&mut model, Voiced::Tried(open_microphone()));
    assert_eq!(update(&mut model, Msg::Tick(Millis(20_000))), []);
    assert_eq!(
        update(&mut model, Msg::Tick(Millis(21_000))),
        [Do::Microphone(false)]
    );
    do_voice(&mut model, Voiced::Try(true));
    assert_eq!(
        update(&mut model, Msg::Tick(Millis(90_000))),
        [],
        "whoever tries it out ends it"
    );
}

#[test]
fn a_desk_without_a_microphone_takes_none() {
    let mut model = Model::default();
    see(&mut model, 1000, AgentState::Available, None);
    do_voice(&mut model, Voiced::Ready(true));
    let denied = Microphone {
        trouble: "denied".into(),
        ..Microphone::default()
    };
    assert_eq!(do_voice(&mut model, Voiced::Tried(denied)), []);
    assert_eq!(do_voice(&mut model, Voiced::Tried(open_microphone())), []);
}

#[test]
fn it_rings_until_it_is_answered() {
    let mut model = Model::default();
    update(&mut model, Msg::Tick(Millis(1000)));
    see(&mut model, 1000, AgentState::Available, None);
    let coming = in_the_browser(RequestState::DialingCustomer, LegState::Idle);
    let todo = see(&mut model, 1100, AgentState::Reserved, Some(coming));
    assert!(todo.contains(&Do::VoiceIn(Some(request("req_1")))), "{todo:?}");
    do_voice(&mut model, told(Stage::Waiting));
    assert_eq!(do_voice(&mut model, Voiced::Answer), [], "nobody is there yet");
    let ringing = in_the_browser(RequestState::RingingAgent, LegState::Ringing);
    let todo = see(&mut model, 1200, AgentState::Ringing, Some(ringing.clone()));
    assert!(matches!(todo.as_slice(), [Do::Alert { .. }]), "{todo:?}");
    assert_eq!(update(&mut model, Msg::Tick(Millis(2000))), []);
    assert_eq!(update(&mut model, Msg::Tick(Millis(4000))), [Do::Ring]);
    assert_eq!(do_voice(&mut model, Voiced::Answer), [Do::Voice(Act::Answer)]);
    do_voice(&mut model, told(Stage::Connecting));
    assert_eq!(update(&mut model, Msg::Tick(Millis(9000))), []);
}

#[test]
fn a_call_that_goes_to_the_phone_leaves_the_browser() {
    let mut model = Model::default();
    let talking = in_the_browser(RequestState::Connected, LegState::Bridged);
    see(&mut model, 1000, AgentState::Talking, Some(talking));
    do_voice(&mut model, told(Stage::Talking));
    assert_eq!(do_voice(&mut model, Voiced::Mute), [Do::Voice(Act::Mute(true))]);
    let by_phone = ScreenPop {
        switched: Some(Switch::Lost),
        ..pop("req_1", RequestState::DialingCustomer)
    };
    let todo = see(&mut model, 2000, AgentState::Reserved, Some(by_phone));
    assert_eq!(todo, [Do::VoiceIn(None)]);
    assert_eq!(do_voice(&mut model, Voiced::Mute), []);
}

#[test]
fn what_the_browser_tells_is_read() {
    let text = r#"{"stage":"reconnecting","call":{"state":"connected"},"why":null,"silent":true,"muted":false,"muffled":false,
        "since":1,"offline":false,"microphone":{"trouble":"","device":"1","devices":[{"id":"1","label":""}],"level":2,"asking":false}}"#;
    let told: Told = serde_json::from_str(text).unwrap();
    assert_eq!(
        (told.stage, told.silent, told.microphone.level),
        (Stage::Reconnecting, true, 2)
    );
}
