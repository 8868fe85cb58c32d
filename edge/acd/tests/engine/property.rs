//! Whatever happens in whatever order, the rules hold.

use crate::world::{NOON, World, address, asked, business, publication, written_up};
use acd::policy::{Bill, committed};
use acd::{
    Acd, Command, Effect, Heard, HeardKind, Input, LegEnd, Order, SLOT_S, Settled, Write, is_browser, leg_id,
};
use proptest::prelude::*;
use shared::call::{Party, RequestState};
use shared::desk::AgentState;
use shared::equipment::{Equipment, Kind, Rate};
use shared::handover::{Decline, RefusalReason, Target, Transfer};
use shared::level::Levels;
use shared::policy::Limits;
use shared::sip::{PhoneState, Publication, PublicationOp};
use shared::voice::Switch;
use shared::{AgentId, BreakId, EquipmentId, Millis, RequestId, SkillId};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Act {
    Ask {
        number: u32,
        skill: Option<&'static str>,
        expert: Option<&'static str>,
        /// Quarters of an hour after noon.
        slot: Option<i64>,
    },
    Alive(&'static str),
    /// Whose phone, how it is, for how many seconds, how long ago.
    Published(&'static str, PublicationOp, PhoneState, u32, i64),
    Unplugged(&'static str),
    Cancel(u32),
    ByPhone(u32, Switch),
    Left(u32, Party, bool),
    Move(u32, Option<i64>),
    Agent(&'static str, u8, u32),
    Heard {
        request: u32,
        party: Party,
        number: u32,
        kind: HeardKind,
    },
    Settle {
        nth: usize,
        done: bool,
    },
    /// Whose leg, and what its carrier bills for it.
    Billed(u32, Party, u64),
    Later(i64),
}

fn agent() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("ana"), Just("ben"), Just("cleo")]
}

fn kind() -> impl Strategy<Value = HeardKind> {
    prop_oneof![
        2 => Just(HeardKind::Ringing),
        6 => Just(HeardKind::Answered),
        3 => Just(HeardKind::Bridged),
        1 => Just(HeardKind::AnsweredByMachine),
        1 => Just(HeardKind::Ended(LegEnd::Busy)),
        1 => Just(HeardKind::Ended(LegEnd::NoAnswer)),
        2 => Just(HeardKind::Ended(LegEnd::HungUp)),
        1 => Just(HeardKind::Ended(LegEnd::Failed)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let skill = prop_oneof![Just(None), Just(Some("cruises")), Just(Some("flights"))];
    prop_oneof![
        4 => (0..12u32, skill, proptest::option::weighted(0.2, agent()), proptest::option::weighted(0.2, 0..9i64))
            .prop_map(|(number, skill, expert, slot)| Act::Ask { number, skill, expert, slot }),
        1 => agent().prop_map(Act::Alive),
        2 => (
            prop_oneof![Just("ana"), Just("cleo")],
            prop::sample::select(PublicationOp::ALL),
            prop::sample::select(PhoneState::ALL),
            prop_oneof![Just(15u32), Just(90)],
            0..30i64,
        )
            .prop_map(|(agent, op, state, expires, ago)| Act::Published(agent, op, state, expires, ago)),
        1 => agent().prop_map(Act::Unplugged),
        1 => (1..20u32).prop_map(Act::Cancel),
        2 => (1..20u32, prop::sample::select(Switch::ALL)).prop_map(|(number, why)| Act::ByPhone(number, why)),
        1 => (1..20u32, prop_oneof![Just(Party::Customer), Just(Party::Agent)], any::<bool>())
            .prop_map(|(number, party, back)| Act::Left(number, party, back)),
        2 => (1..20u32, proptest::option::of(0..40i64)).prop_map(|(number, slot)| Act::Move(number, slot)),
        8 => (agent(), 0..19u8, 1..20u32).prop_map(|(agent, what, request)| Act::Agent(agent, what, request)),
        12 => (1..20u32, prop_oneof![Just(Party::Customer), Just(Party::Agent)], 1..3u32, kind())
            .prop_map(|(request, party, number, kind)| Act::Heard { request, party, number, kind }),
        3 => (0..8usize, any::<bool>()).prop_map(|(nth, done)| Act::Settle { nth, done }),
        1 => (1..20u32, prop_oneof![Just(Party::Customer), Just(Party::Agent)], 0..900u64)
            .prop_map(|(number, party, price)| Act::Billed(number, party, price)),
        3 => prop_oneof![Just(1i64), Just(20), Just(61), Just(400)].prop_map(Act::Later),
    ]
}

const CALLS_HOUR: u32 = 8;
const AT_ONCE: u32 = 2;
/// In hundredths.
const SPENT_HOUR: u32 = 1500;

/// Levels that open late, a priority, retries, a last resort; where it is mixed, agents whom not all equipment reaches.
fn rich(mixed: bool) -> shared::business::Business {
    let mut business = business();
    let skill = |id| SkillId::parse(id).unwrap();
    business.agents[2].skills = Levels::new([(skill("cruises"), 2), (skill("flights"), 1)]);
    business.agents[0].supervisor = true;
    // Ben's phone publishes nothing.
    business.agents[0].presence = Some(address("ana"));
    business.agents[2].presence = Some(address("cleo"));
    business.skills[1].priority = 3;
    business.routing.relax_s = vec![20];
    business.routing.anyone_s = Some(400);
    business.retry.attempts = 3;
    business.retry.spacing_s = vec![20, 61];
    let other = |id, prefixes| Equipment {
        prefixes,
        ..Equipment::sandbox(EquipmentId::parse(id).unwrap())
    };
    business.equipment = vec![other("one", vec![]), other("two", vec!["+44".into()])];
    if mixed {
        // The first dials everything, the second numbers alone; each has customers that the other has not.
        let pbx = &mut business.equipment[0];
        (pbx.kind, pbx.prefixes) = (Kind::Asterisk, vec!["+4477009000".into()]);
        (pbx.dial, pbx.dial_sip) = (Some("PJSIP/{number}".into()), Some("PJSIP/out/{address}".into()));
        (pbx.preference, business.equipment[1].kind) = (2, Kind::Twilio);
        business.equipment[1].account = Some("AC0".into());
        business.agents[1].phone = shared::Address::parse("sip:ben@pbx.example").unwrap();
    }
    // So narrow that the policy refuses and puts off.
    business.policy.limits = Limits {
        number_10min: 3,
        rings_day: 5,
        neighbours: 9,
        calls_hour: CALLS_HOUR,
        at_once: AT_ONCE,
        ..Limits::NONE
    };
    business.policy.spend.hour = SPENT_HOUR;
    business.equipment[1].rates = vec![Rate {
        prefix: "+".into(),
        per_minute: 200,
    }];
    business
}

fn hand_to(to: Target) -> Transfer {
    Transfer {
        to,
        note: String::new(),
    }
}

fn request_id(n: u32) -> RequestId {
    RequestId::parse(&format!("req_{n}")).unwrap()
}

fn input(act: &Act, now: Millis, asks: &mut u32, effects: &[Order]) -> Input {
    match act {
        Act::Ask {
            number,
            skill,
            expert,
            slot,
        } => {
            *asks += 1;
            let mut asked = asked(*number);
            asked.skill = skill.map(|id| SkillId::parse(id).unwrap());
            asked.expert = expert.map(|id| AgentId::parse(id).unwrap());
            asked.voice = number % 2 == 0;
            asked.slot = slot.map(|quarters| NOON.plus_s(quarters * SLOT_S));
            Input::Ask {
                id: request_id(*asks),
                asked: Box::new(asked),
                terms: Box::default(),
                network: None,
                proven: true,
            }
        }
        Act::Cancel(n) => Input::Cancel(request_id(*n)),
        Act::ByPhone(n, why) => Input::ByPhone(request_id(*n), *why),
        Act::Left(n, party, back) => {
            let leg = leg_id(&request_id(*n), *party, 1).unwrap();
            if *back {
                Input::Returned(leg)
            } else {
                Input::Leaving(leg)
            }
        }
        Act::Move(n, slot) => Input::Reschedule(request_id(*n), slot.map(|nth| NOON.plus_s(nth * SLOT_S))),
        Act::Agent(agent, what, n) => {
            let disposition = written_up();
            let command = match what {
                0 => Command::SignIn,
                1 => Command::SignOut,
                2 => Command::Presence(AgentState::Away),
                3 => Command::HangUp(request_id(*n)),
                4 => Command::Dispose(request_id(*n), disposition),
                5 => Command::Rest(BreakId::parse("lunch").unwrap()),
                11 => {
                    *asks += 1;
                    Command::CallAgain(request_id(*asks), Box::new(asked(*n % 12)))
                }
                12 => Command::Take(request_id(*n)),
                13 => Command::Reassign(request_id(*n), Target::Agent(AgentId::parse("ben").unwrap())),
                14 => Command::Reassign(request_id(*n), Target::Skill(SkillId::parse("cruises").unwrap())),
                6 => Command::Requeue(request_id(*n)),
                7 => Command::Decline(
                    request_id(*n),
                    Decline {
                        reason: RefusalReason::Busy,
                        text: String::new(),
                    },
                ),
                8 => Command::Decline(
                    request_id(*n),
                    Decline {
                        reason: RefusalReason::NotMine,
                        text: String::new(),
                    },
                ),
                9 => Command::Transfer(
                    request_id(*n),
                    hand_to(Target::Skill(SkillId::parse("flights").unwrap())),
                ),
                10 => Command::Transfer(
                    request_id(*n),
                    hand_to(Target::Agent(AgentId::parse("cleo").unwrap())),
                ),
                15 => Command::ByPhone(request_id(*n)),
                16 | 17 => Command::Voice(*what == 16),
                _ => Command::Presence(AgentState::Available),
            };
            Input::Agent(AgentId::parse(agent).unwrap(), command)
        }
        Act::Heard {
            request,
            party,
            number,
            kind,
        } => Input::Heard(Heard::now(
            leg_id(&request_id(*request), *party, *number).unwrap(),
            *kind,
        )),
        Act::Settle { nth, done } => match effects.iter().rev().nth(*nth) {
            Some(order) => Input::Settled {
                order: Box::new(order.clone()),
                outcome: if *done {
                    Settled::Done
                } else {
                    Settled::Refused(LegEnd::Failed)
                },
            },
            None => Input::Tick,
        },
        Act::Billed(n, party, price) => Input::Billed(Box::new(Bill {
            leg: leg_id(&request_id(*n), *party, 1).unwrap(),
            via: EquipmentId::parse("two").unwrap(),
            to: shared::Address::parse("+447700900001").unwrap(),
            seconds: 30,
            price: *price,
        })),
        Act::Alive(agent) => Input::Alive(vec![(AgentId::parse(agent).unwrap(), now)]),
        Act::Unplugged(agent) => Input::Unplugged(AgentId::parse(agent).unwrap()),
        Act::Published(agent, op, state, expires, ago) => Input::Published(Publication {
            op: *op,
            expires: *expires,
            ts: now.plus_s(-ago),
            ..publication(agent, *state)
        }),
        Act::Later(_) => Input::Tick,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// After every step the invariants hold (no double booking, no idle agent beside somebody they could help, a deadline
    /// on everything); the engine restored from its rows is the same engine and gives the same step; nobody is dialled
    /// twice under one leg; a leg that was dialled ends with its request; with time everything ends.
    #[test]
    fn the_rules_hold_whatever_happens(acts in prop::collection::vec(act(), 1..120), mixed in any::<bool>()) {
        let mut world = World::of(rich(mixed));
        world.mute = false;
        let mut shown: BTreeMap<RequestId, (u32, Millis)> = BTreeMap::new();
        let (mut asks, mut effects) = (0, Vec::new());
        let mut dialled = BTreeSet::new();
        let mut called: Vec<Millis> = Vec::new();
        for act in &acts {
            if let Act::Later(seconds) = act {
                world.now = world.now.plus_s(*seconds);
            }
            let input = input(act, world.now, &mut asks, &effects);
            let before = world.acd.rows().agents;
            let mut twin = Acd::restore(world.acd.config().clone(), world.acd.rows(), world.now);
            let step = world.handle(input.clone());
            prop_assert_eq!(&twin.handle(world.now, input), &step, "the restored engine differs");
            prop_assert!(step.reply.is_ok() || step.writes.is_empty() && step.effects.is_empty());
            for order in &step.effects {
                if let Effect::Dial { leg, to, .. } = &order.effect {
                    prop_assert!(dialled.insert(leg.clone()), "{} dialled twice", leg);
                    let via = world.acd.config().equipment(&order.via);
                    prop_assert!(via.is_some_and(|via| via.dials(to.address())), "{:?} by {}", to, order.via);
                }
                if let (Effect::Dial { party: Party::Customer, .. }, false) = (&order.effect, is_browser(&order.via)) {
                    called.retain(|at| *at > world.now.plus_s(-3600));
                    called.push(world.now);
                    prop_assert!(called.len() <= CALLS_HOUR as usize, "more calls than an hour may have");
                    let (hour, _) = committed(world.acd.rows().policy.dials.iter(), world.now);
                    prop_assert!(hour <= u64::from(SPENT_HOUR) * 100, "{hour} set aside and spent in an hour");
                }
            }
            let live = world.acd.rows().requests.iter().filter(|request| request.state.is_live()).count();
            prop_assert!(live <= AT_ONCE as usize, "more calls at once than may be");
            // A customer is dialled for an agent who is kept, or for one about to be free and for nobody else.
            let rows = world.acd.rows();
            for Order { request: id, effect, .. } in &step.effects {
                let request = rows.requests.iter().find(|request| request.id == *id);
                if let (Effect::Dial { party: Party::Customer, .. }, Some(request)) = (effect, request) {
                    let claims = rows.agents.iter().filter(|agent| agent.ahead.as_ref() == Some(id)).count();
                    prop_assert_eq!(claims, usize::from(request.agent.is_none()));
                }
            }
            // Whoever gets a call without having asked for it has a phone that can be rung.
            if !matches!(act, Act::Agent(..)) {
                let had = |id: &AgentId| before.iter().any(|agent| agent.id == *id && agent.request.is_some());
                for agent in rows.agents.iter().filter(|agent| agent.request.is_some() && !had(&agent.id)) {
                    prop_assert!(matches!(agent.phone(), None | Some(PhoneState::Open)), "{:?}", agent);
                }
            }
            // A wait that was told counts down, and rises only with a reason that is kept.
            for request in rows.requests.iter().filter(|request| request.state == RequestState::Queued) {
                let Some(wait) = world.acd.request_view(request, world.now).wait else { continue };
                if let Some((high_s, at)) = shown.insert(request.id.clone(), (wait.high_s, world.now)) {
                    let left = i64::from(high_s) - world.now.seconds_since(at);
                    let why = step.writes.iter().any(|write| {
                        matches!(write, Write::Told(id, told) if *id == request.id && told.change.is_some())
                    });
                    prop_assert!(i64::from(wait.high_s) <= left.max(0) + 1 || why, "{} s after {} s", wait.high_s, left);
                }
            }
            shown.retain(|id, _| rows.requests.iter().any(|request| request.id == *id && request.state == RequestState::Queued));
            effects.extend(step.effects);
        }
        // Everybody goes home; the deadlines alone must end what is left.
        for _ in 0..8 {
            world.now = world.now.plus_s(5 * 3600);
            world.handle(Input::Tick);
        }
        let left = world.acd.rows().requests;
        prop_assert!(left.is_empty(), "{:?}", left);
    }

    #[test]
    fn with_agents_free_the_line_is_served_in_order(gaps in prop::collection::vec(1..100i64, 2..12)) {
        let mut world = World::new();
        let ids: Vec<RequestId> = gaps.iter().map(|gap| { world.later(*gap); world.ask("cruises") }).collect();
        world.available("ana");
        for id in ids {
            prop_assert_eq!(world.request(&id).state, RequestState::Reserving);
            world.customer(&id, HeardKind::Ended(LegEnd::NoAnswer));
        }
    }
}
