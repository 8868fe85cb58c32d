//! One fault at each place of every story: each request, and each piece of news, fails once in every way.

use crate::business::business;
use crate::faults::sane;
use crate::network::{OnEvent, OnRequest};
use crate::world::World;
use crate::{ANSWERS, BUSY, DECLINES, KINDS, NEVER, PERSON};
use acd::Input;
use shared::call::{EndReason, RequestState};
use shared::equipment::Kind;
use shared::handover::{Target, Transfer};
use shared::{RequestId, SkillId};

/// What happens in fair weather.
struct Story {
    name: &'static str,
    customer: &'static str,
    agents: &'static [&'static str],
    press_one: bool,
    /// Seconds after which the customer takes the request back.
    cancelled_s: Option<i64>,
    /// Seconds after which the first agent, if they talk by then, hands the call on to anybody else.
    handed_s: Option<i64>,
    ends: EndReason,
}

const PLAIN: Story = Story {
    name: "the agent hangs up",
    customer: ANSWERS,
    agents: &["+442079460112"],
    press_one: false,
    cancelled_s: None,
    handed_s: None,
    ends: EndReason::Talked,
};

const STORIES: &[Story] = &[
    PLAIN,
    Story {
        name: "the customer hangs up",
        customer: "+442079460115",
        agents: &[ANSWERS],
        ..PLAIN
    },
    Story {
        name: "the customer is busy",
        customer: BUSY,
        ends: EndReason::CustomerBusy,
        ..PLAIN
    },
    Story {
        name: "the customer declines",
        customer: DECLINES,
        ends: EndReason::CustomerDeclined,
        ..PLAIN
    },
    Story {
        name: "the customer presses 1",
        customer: "+442079460301",
        press_one: true,
        ..PLAIN
    },
    Story {
        name: "nobody presses 1",
        press_one: true,
        ends: EndReason::CustomerNotConfirmed,
        ..PLAIN
    },
    Story {
        name: "the second agent takes it",
        agents: &[NEVER, "+442079460112"],
        ..PLAIN
    },
    Story {
        name: "no agent takes it",
        agents: &[DECLINES],
        ends: EndReason::AgentNoAnswer,
        ..PLAIN
    },
    Story {
        name: "the customer hangs up on hold",
        customer: "+442079460106",
        agents: &[NEVER],
        ends: EndReason::CustomerHungUpOnHold,
        ..PLAIN
    },
    Story {
        name: "taken back while the agent is called",
        agents: &[NEVER],
        cancelled_s: Some(8),
        ends: EndReason::CancelledByCustomer,
        ..PLAIN
    },
    Story {
        name: "handed on in the middle of the call",
        agents: &[ANSWERS, "+442079460112"],
        handed_s: Some(15),
        ..PLAIN
    },
    Story {
        name: "taken back while they talk",
        agents: &[PERSON],
        cancelled_s: Some(15),
        ..PLAIN
    },
];

impl Story {
    fn play(&self, kind: Kind, requests: Vec<OnRequest>, events: Vec<OnEvent>) -> (World, RequestId) {
        let mut business = business(self.agents);
        (business.press_one, business.retry.attempts) = (self.press_one, 1);
        let mut world = World::new(kind, None, business);
        let line = world.lines.values_mut().next().unwrap();
        (line.network.requests, line.network.events) = (requests, events);
        let id = world.ask(self.customer);
        if let Some(seconds) = self.handed_s {
            world.play(seconds, false);
            let skill = SkillId::parse("help").unwrap();
            let (to, note) = (Target::Skill(skill), String::new());
            world.hand_on("a1", &id, Transfer { to, note });
        }
        if let Some(seconds) = self.cancelled_s {
            world.play(seconds, false);
            world.handle(Input::Cancel(id.clone()));
        }
        world.play(1200, false);
        (world, id)
    }
}

fn at<T: Clone>(place: usize, usual: &T, fault: T) -> Vec<T> {
    let mut all = vec![usual.clone(); place];
    all.push(fault);
    all
}

/// Each leg is in the ledger with the seconds that the far end has in its own books, where it keeps some.
fn books(world: &World, context: &str) {
    for line in world.lines.values() {
        for account in world.ledger.values() {
            let (Some(billed), Some(record)) = (account.seconds(), line.far.record(&account.leg)) else {
                continue;
            };
            assert!(
                (billed * 1000 - record).abs() < 2000,
                "{context}: {account:?}, {record} ms"
            );
        }
    }
}

#[test]
fn every_story_ends_as_it_should() {
    for kind in KINDS {
        for story in STORIES {
            let (world, id) = story.play(kind, vec![], vec![]);
            let context = format!("{kind}: {}", story.name);
            sane(&world, &context);
            books(&world, &context);
            assert_eq!(world.kept[&id].reason, Some(story.ends), "{context}");
        }
    }
}

#[test]
fn one_request_fails() {
    let faults = [
        (OnRequest::Lost, false),
        (OnRequest::AnswerLost, false),
        (OnRequest::Garbage, false),
        (OnRequest::Unreachable, false),
        (OnRequest::Status(503, None), true),
        (OnRequest::Status(429, Some(1)), true),
        (OnRequest::Status(502, None), false),
    ];
    for kind in KINDS {
        for story in STORIES {
            let (fair, _) = story.play(kind, vec![], vec![]);
            let asked = fair.lines.values().next().unwrap().network.asked;
            for (fault, harmless) in faults {
                for place in 0..asked {
                    let (world, id) = story.play(kind, at(place, &OnRequest::Pass, fault), vec![]);
                    let context = format!("{kind}: {}, {fault:?} of request {place}", story.name);
                    sane(&world, &context);
                    books(&world, &context);
                    assert_eq!(world.kept[&id].state, RequestState::Ended, "{context}");
                    if harmless {
                        assert_eq!(world.kept[&id].reason, Some(story.ends), "{context}");
                    }
                }
            }
        }
    }
}

#[test]
fn one_piece_of_news_fails() {
    let faults = [
        (OnEvent::Lost, false),
        (OnEvent::Twice, true),
        (OnEvent::Late(900), false),
        (OnEvent::Late(45_000), false),
    ];
    for kind in KINDS {
        for story in STORIES {
            let (fair, _) = story.play(kind, vec![], vec![]);
            let told = fair.lines.values().next().unwrap().network.told;
            for (fault, harmless) in faults {
                for place in 0..told {
                    let (world, id) = story.play(kind, vec![], at(place, &OnEvent::Pass, fault));
                    let context = format!("{kind}: {}, {fault:?} of event {place}", story.name);
                    sane(&world, &context);
                    // An Asterisk has no books of calls that are over, and may be asked too late.
                    if kind != Kind::Asterisk || harmless {
                        books(&world, &context);
                    }
                    assert_eq!(world.kept[&id].state, RequestState::Ended, "{context}");
                    if harmless {
                        assert_eq!(world.kept[&id].reason, Some(story.ends), "{context}");
                    }
                }
            }
        }
    }
}
