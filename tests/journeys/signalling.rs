//! Calls in the browser as programs hold them: what is said through their sockets, and every way over to the telephone.

#![expect(
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    reason = "a test that can not go on should stop"
)]

use serde_json::{Value, json};
use stage::{Asked, Clerk, Outcome, Stage, Voice, journeys, until};
use std::time::{Duration, Instant};

/// A customer whose telephone answers by itself.
const CUSTOMER: &str = "+442079460001";

/// Ana at her desk, which takes calls in the browser; her telephone answers by itself.
fn ana(stage: &Stage) -> Outcome<Clerk> {
    stage.stack.set_up(|document| {
        document["agents"][0]["phone"] = json!("+442079460002");
        document["agents"][2]["phone"] = json!("+442079460003");
    })?;
    let ana = Clerk::at(&stage.stack, "ana")?;
    ana.ready(true)?;
    Ok(ana)
}

fn asks(stage: &Stage) -> Outcome<Asked> {
    stage
        .stack
        .ask(CUSTOMER, &json!({"skill": "cruises", "voice": true}))
}

/// The customer's window has answered, and so has the desk: the two are told to connect.
fn answered(stage: &Stage, ana: &Clerk, asked: &Asked) -> Outcome<(Voice, Voice)> {
    let mut window = Voice::of_customer(&stage.stack, asked)?;
    window.hears("ring")?;
    let mut desk = Voice::of_agent(&stage.stack, ana, asked)?;
    window.say(&json!({"answered": true}))?;
    desk.answers()?;
    Ok((window, desk))
}

/// Both say that their connection is there.
fn connect(window: &mut Voice, desk: &mut Voice) -> Outcome<Value> {
    let (theirs, ours) = (window.hears("connect")?, desk.hears("connect")?);
    assert_eq!(theirs["n"], ours["n"]);
    window.say(&json!({"connected": theirs["n"]}))?;
    desk.say(&json!({"connected": ours["n"]}))?;
    window.is("connected")?;
    desk.is("connected")?;
    Ok(theirs["n"].clone())
}

/// The two talk by telephone, as the request says, and why.
async fn by_phone(stage: &Stage, asked: &Asked, why: &str) -> Outcome {
    let view = until(format!("the telephone, because of `{why}`"), async || {
        let view = stage.stack.reached(asked, "connected")?;
        Ok(view.filter(|view| view["switched"] == why))
    })
    .await?;
    assert_eq!(
        (&view["agent_name"], view.get("voice")),
        (&json!("Ana Ferreira"), None),
        "{view}"
    );
    Ok(())
}

/// Both windows are told that it goes on elsewhere.
fn are_over(sides: [&mut Voice; 2], why: &str) -> Outcome {
    for side in sides {
        loop {
            let call = side.hears("call")?;
            if call["voice"] == false {
                assert_eq!(call["switched"], why);
                break;
            }
        }
        assert_eq!(side.closes()?, 4000);
    }
    Ok(())
}

journeys! {
    /// From the offer to the end: rung, answered, connected, what each says passed on, hung up.
    async fn two_browsers_are_brought_together(stage) {
        assert_eq!(stage.stack.site()?.get("voice"), None, "nobody is there");
        let ana = ana(stage)?;
        let first = asks(stage)?;
        assert_eq!(stage.stack.view_of(&first)?["voice"], true);
        let asked = stage.stack.ask("+442079460004", &json!({"skill": "cruises", "voice": true}))?;
        until("the phone of whoever opens no window", async || {
            Ok((ana.state()? == "talking").then_some(()))
        }).await?;
        ana.hang_up()?;
        let mut window = Voice::of_customer(&stage.stack, &asked)?;
        assert_eq!(window.hears("call")?["position"], 1);
        ana.write_up()?;
        window.hears("ring")?;
        let mut desk = Voice::of_agent(&stage.stack, &ana, &asked)?;
        window.say(&json!({"answered": true}))?;
        assert_eq!(window.is("ringing_agent")?["name"], "Ana Ferreira");
        desk.answers()?;
        let (theirs, ours) = (window.hears("connect")?, desk.hears("connect")?);
        assert_eq!((&theirs["offer"], &ours["offer"], &theirs["relay"]), (&json!(true), &json!(false), &json!(false)));
        assert_eq!((&theirs["n"], &ours["n"]), (&json!(1), &json!(1)));
        let offer = json!({"n": 1, "sdp": {"type": "offer", "sdp": "v=0\r\n"}});
        window.say(&json!({"signal": {"n": 7, "ice": null}}))?;
        window.say(&json!({"signal": offer}))?;
        assert_eq!(desk.hears("signal")?, offer, "what is about another connection is passed on to nobody");
        for signal in [
            json!({"n": 1, "sdp": {"type": "answer", "sdp": "v=0\r\n"}}),
            json!({"n": 1, "ice": {"candidate": "candidate:1 1 udp 1 192.0.2.1 5 typ host", "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "x"}}),
            json!({"n": 1, "ice": null}),
            json!({"n": 1, "restart": true}),
        ] {
            desk.say(&json!({"signal": signal}))?;
            assert_eq!(window.hears("signal")?, signal);
        }
        window.say(&json!({"connected": 1}))?;
        desk.say(&json!({"connected": 1}))?;
        window.is("connected")?;
        let view = stage.stack.view_of(&asked)?;
        assert_eq!((&view["state"], &view["voice"]), (&json!("connected"), &json!(true)));
        assert_eq!(ana.view()?["call"]["voice"], true);
        desk.say(&json!({"hang_up": true}))?;
        assert_eq!(window.is("ended")?["reason"], "talked");
        assert_eq!((window.closes()?, desk.closes()?), (4000, 4000));
        assert_eq!(stage.stack.view_of(&asked)?["ended_by"], "agent");
        assert_eq!(ana.state()?, "wrap_up");
    }

    /// It is offered while a desk is ready for it, and nowhere where the business does not want it.
    async fn offered_while_a_desk_is_ready(stage) {
        let ana = ana(stage)?;
        let offered = async |wanted: bool| {
            until("what is offered", async || {
                let offered = stage.stack.site()?.get("voice") == Some(&json!(true));
                Ok((offered == wanted).then_some(()))
            }).await
        };
        offered(true).await?;
        ana.ready(false)?;
        offered(false).await?;
        ana.ready(true)?;
        offered(true).await?;
        stage.stack.set_up(|document| {
            document["voice"] = json!(false);
            document["agents"][0]["phone"] = json!("+442079460002");
        })?;
        offered(false).await?;
        let asked = asks(stage)?;
        let view = until("two people to talk", async || stage.stack.reached(&asked, "connected")).await?;
        assert_eq!((view.get("voice"), view.get("switched")), (None, None), "it never was to be");
        assert!(Voice::of_customer(&stage.stack, &asked).is_err());
    }

    /// Whoever opens no window is called, and so is whoever gets an agent without a browser.
    async fn no_window_and_no_desk(stage) {
        let ana = ana(stage)?;
        let asked = asks(stage)?;
        by_phone(stage, &asked, "gone").await?;
        ana.hang_up()?;
        ana.write_up()?;
        ana.ready(false)?;
        let asked = asks(stage)?;
        by_phone(stage, &asked, "agent").await?;
    }

    /// What browsers say they can't is done by telephone, at once and by the same agent; so it is when one of them wants it.
    async fn what_fails_goes_on_by_telephone(stage) {
        let ana = ana(stage)?;
        for why in ["microphone", "no_connection", "chosen"] {
            let asked = asks(stage)?;
            let (mut window, mut desk) = answered(stage, &ana, &asked)?;
            window.say(&json!({"failed": why}))?;
            are_over([&mut window, &mut desk], why)?;
            by_phone(stage, &asked, why).await?;
            ana.hang_up()?;
            ana.write_up()?;
        }
        let asked = asks(stage)?;
        let (mut window, mut desk) = answered(stage, &ana, &asked)?;
        connect(&mut window, &mut desk)?;
        desk.say(&json!({"failed": "lost"}))?;
        are_over([&mut window, &mut desk], "lost")?;
        by_phone(stage, &asked, "lost").await?;
        ana.hang_up()?;
        ana.write_up()?;
        let asked = asks(stage)?;
        let (mut window, mut desk) = answered(stage, &ana, &asked)?;
        connect(&mut window, &mut desk)?;
        assert_eq!(stage.stack.call_by_phone(&asked)?["switched"], "chosen");
        are_over([&mut window, &mut desk], "chosen")?;
        stage.stack.call_by_phone(&asked)?;
        by_phone(stage, &asked, "chosen").await?;
    }

    /// Two browsers that say nothing of a connection don't keep the customer waiting.
    async fn never_connected(stage) {
        let ana = ana(stage)?;
        let asked = asks(stage)?;
        let (mut window, mut desk) = answered(stage, &ana, &asked)?;
        window.hears("connect")?;
        let began = Instant::now();
        desk.say(&json!({"connected": 1}))?;
        are_over([&mut window, &mut desk], "no_connection")?;
        assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
        by_phone(stage, &asked, "no_connection").await?;
    }

    /// A page that is loaded anew goes on with a new connection; one that is closed has hung up.
    async fn left_and_back(stage) {
        let ana = ana(stage)?;
        let asked = asks(stage)?;
        let (mut window, mut desk) = answered(stage, &ana, &asked)?;
        connect(&mut window, &mut desk)?;
        window.say(&json!({"leaving": true}))?;
        drop(window);
        let mut window = Voice::of_customer(&stage.stack, &asked)?;
        assert_eq!(window.hears("call")?["state"], "connected");
        window.say(&json!({"renew": true}))?;
        let (theirs, ours) = (window.hears("connect")?, desk.hears("connect")?);
        assert_eq!((&theirs["n"], &ours["n"]), (&json!(2), &json!(2)));
        window.say(&json!({"signal": {"n": 1, "ice": null}}))?;
        window.say(&json!({"signal": {"n": 2, "ice": null}}))?;
        assert_eq!(desk.hears("signal")?["n"], 2, "the earlier connection is nobody's any more");
        stage.stack.later(10).await?;
        assert_eq!(stage.stack.state_of(&asked)?, "connected", "it was back in time");
        window.say(&json!({"leaving": true}))?;
        drop(window);
        assert_eq!(desk.is("ended")?["reason"], "talked");
        assert_eq!(stage.stack.view_of(&asked)?["ended_by"], "customer");
    }

    /// One socket a side, of those whose call it is, and no more than there is to say.
    async fn strangers_and_nonsense(stage) {
        let other = stage.stack.ask("+442079460004", &json!({"skill": "flights", "voice": true}))?;
        stage.stack.cancel(&other)?;
        let ana = ana(stage)?;
        let cleo = Clerk::at(&stage.stack, "cleo")?;
        cleo.ready(true)?;
        let asked = asks(stage)?;
        let mut first = Voice::of_customer(&stage.stack, &asked)?;
        first.hears("ring")?;
        assert!(Voice::of_customer_with(&stage.stack, &asked, &other).is_err(), "somebody else's receipt");
        let agent = stage.stack.view_of(&asked)?["agent_name"].clone();
        let (mine, not_mine) = if agent == "Ana Ferreira" { (&ana, &cleo) } else { (&cleo, &ana) };
        assert!(Voice::of_agent(&stage.stack, not_mine, &asked).is_err(), "somebody else's call");
        let mut desk = Voice::of_agent(&stage.stack, mine, &asked)?;
        let mut window = Voice::of_customer(&stage.stack, &asked)?;
        assert_eq!(first.closes()?, 4409, "opened elsewhere");
        window.answers()?;
        desk.answers()?;
        connect(&mut window, &mut desk)?;
        for nonsense in ["what is this?", "{}", r#"{"failed": "gone"}"#, &"x".repeat(20_000)] {
            let mut stranger = Voice::of_customer(&stage.stack, &asked)?;
            stranger.send(nonsense)?;
            assert_eq!(stranger.hears("refused")?["status"], 400, "{nonsense:.30}");
            assert_eq!(stranger.closes()?, 4400);
        }
        let mut window = Voice::of_customer(&stage.stack, &asked)?;
        for _ in 0..121 {
            window.say(&json!({"connected": 99}))?;
        }
        assert_eq!(window.hears("refused")?["status"], 429);
        assert_eq!(window.closes()?, 4429);
        assert_eq!(stage.stack.state_of(&asked)?, "connected", "none of it ends the call");
        mine.hand_on(&json!({"agent": if agent == "Ana Ferreira" { "cleo" } else { "ana" }}))?;
        assert_eq!(desk.hears("over")?, true);
        assert_eq!(desk.closes()?, 4403, "it is somebody else's now");
    }

    /// Ten customers and ten agents at once, each pair on its own line: what one says reaches the other of its pair and nobody else,
    /// and no telephone is called.
    async fn ten_calls_at_once(stage) {
        const MANY: usize = 10;
        stage.stack.set_up(|document| {
            let agent = |nth| json!({"id": format!("a{nth}"), "name": format!("Agent {nth}"), "phone": format!("+4420794600{nth:02}"), "skills": ["cruises"]});
            document["agents"] = (0..MANY).map(agent).collect();
            document["rules"] = json!([]);
        })?;
        let mut clerks = Vec::new();
        for nth in 0..MANY {
            let clerk = Clerk::at(&stage.stack, &format!("a{nth}"))?;
            clerk.ready(true)?;
            clerks.push((format!("Agent {nth}"), clerk));
        }
        let mut lines = Vec::new();
        for nth in 0..MANY {
            let asked = stage.stack.ask(&format!("+4420794603{nth:02}"), &json!({"skill": "cruises", "voice": true}))?;
            let mut window = Voice::of_customer(&stage.stack, &asked)?;
            window.hears("ring")?;
            let name = stage.stack.view_of(&asked)?["agent_name"].clone();
            let (_, clerk) = clerks.iter().find(|(known, _)| name == *known).ok_or("nobody of ours")?;
            let mut desk = Voice::of_agent(&stage.stack, clerk, &asked)?;
            window.say(&json!({"answered": true}))?;
            desk.answers()?;
            let n = connect(&mut window, &mut desk)?;
            lines.push((window, desk, asked, name, n));
        }
        let names: std::collections::BTreeSet<String> = lines.iter().map(|it| it.3.to_string()).collect();
        assert_eq!(names.len(), MANY, "each has an agent of their own: {names:?}");
        for (nth, (window, _, _, _, n)) in lines.iter_mut().enumerate() {
            window.say(&json!({"signal": {"n": n, "sdp": {"type": "offer", "sdp": format!("v=0\r\ns={nth}\r\n")}}}))?;
        }
        for (nth, (_, desk, asked, name, _)) in lines.iter_mut().enumerate() {
            assert_eq!(desk.hears("signal")?["sdp"]["sdp"], format!("v=0\r\ns={nth}\r\n"));
            let view = stage.stack.view_of(asked)?;
            assert_eq!((&view["state"], &view["agent_name"], &view["voice"]), (&json!("connected"), &*name, &json!(true)));
        }
    }
}
