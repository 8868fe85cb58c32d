//! Agents whose phones publish whether they can be rung.

use crate::world::{World, address, business, config, expert, publication, written_up};
use acd::{Acd, Command, Duty, HeardKind, Input, Refusal, Reply, Step};
use shared::call::{Party, RequestState};
use shared::desk::AgentState;
use shared::presence::Availability;
use shared::sip::{PhoneState, Publication, PublicationOp};
use shared::{AgentId, Millis};

/// Ana's and Cleo's phones publish; Ben's does not.
fn publishing() -> World {
    let mut business = business();
    business.agents[0].presence = Some(address("ana"));
    business.agents[2].presence = Some(address("cleo"));
    World::of(business)
}

impl World {
    fn tell(&mut self, told: Publication) -> Step {
        self.handle(Input::Published(told))
    }

    /// A phone publishes its state, for a minute, and the SIP server passes that on at once.
    fn phone(&mut self, agent: &str, state: PhoneState) -> &mut Self {
        let told = Publication {
            ts: self.now,
            ..publication(agent, state)
        };
        assert_eq!(self.tell(told).reply, Ok(Reply::Done));
        self
    }

    fn duty(&self, agent: &str) -> Duty {
        let rows = self.acd.rows();
        let found = rows.agents.iter().find(|row| row.id.as_str() == agent);
        found.unwrap().duty()
    }

    /// What shoppers see of cruises.
    fn cruises(&self) -> Availability {
        self.acd.site_view(self.now).skills[0].availability
    }
}

#[test]
fn whoever_is_on_the_phone_gets_the_next_call_after_it() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Open);
    assert_eq!(world.cruises(), Availability::Free);
    world.later(30).phone("ana", PhoneState::OnThePhone);
    assert_eq!(world.cruises(), Availability::Busy);
    assert_eq!(world.desk("ana").me.since, world.now);
    assert_eq!(world.desk("ana").me.line, Some(PhoneState::OnThePhone));
    let id = world.ask("cruises");
    assert_eq!(
        world.request(&id).state,
        RequestState::Queued,
        "she talks to somebody else"
    );
    world.later(20).phone("ana", PhoneState::Open);
    assert_eq!(world.request(&id).agent, expert("ana"));
}

#[test]
fn a_call_of_ours_is_no_other_call() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Open);
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    // Her phone rings for this very customer.
    world.phone("ana", PhoneState::OnThePhone);
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    world
        .agent(&id, 1, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    world.hang_up(&id).phone("ana", PhoneState::Open);
    world.command("ana", Command::Dispose(id, written_up())).unwrap();
    assert_eq!(world.duty("ana"), Duty::Free);
}

#[test]
fn a_phone_that_is_closed_reaches_nobody() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Closed);
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Available,
        "she is at her desk"
    );
    assert_eq!(world.cruises(), Availability::Away);
    let refused = world
        .try_ask(|asked| asked.expert = expert("ana"))
        .map(|request| request.state);
    assert_eq!(refused, Ok(RequestState::Queued), "she is waited for");
    world.phone("ana", PhoneState::Open);
    assert_eq!(world.agent_state("ana"), AgentState::Reserved);
}

#[test]
fn a_break_wins_over_an_open_phone() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Open);
    world.command("ana", Command::Presence(AgentState::Away)).unwrap();
    world.later(1).phone("ana", PhoneState::Open);
    assert_eq!(
        (world.duty("ana"), world.cruises()),
        (Duty::Off, Availability::Away)
    );
}

#[test]
fn a_phone_that_is_not_heard_of_any_more_is_closed_until_it_is() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Open);
    world.later(59);
    assert_eq!(world.duty("ana"), Duty::Free);
    let told = Publication {
        op: PublicationOp::Refresh,
        basic: None,
        ts: world.now,
        ..publication("ana", PhoneState::Open)
    };
    world.tell(told.clone());
    world.later(59);
    assert_eq!(world.duty("ana"), Duty::Free, "it was refreshed");
    world.later(1);
    assert_eq!(
        (world.duty("ana"), world.cruises()),
        (Duty::Off, Availability::Away)
    );
    assert_eq!(world.desk("ana").me.line, Some(PhoneState::Closed));
    world.tell(Publication {
        ts: world.now,
        ..told
    });
    assert_eq!(world.duty("ana"), Duty::Free, "the state of before holds on");
    let removed = Publication {
        op: PublicationOp::Remove,
        basic: None,
        expires: 0,
        ts: world.now,
        ..publication("ana", PhoneState::Open)
    };
    world.tell(removed);
    assert_eq!(world.duty("ana"), Duty::Off);
}

#[test]
fn late_news_and_news_from_the_future_change_nothing() {
    let mut world = publishing();
    world
        .available("ana")
        .later(30)
        .phone("ana", PhoneState::OnThePhone);
    let late = Publication {
        ts: world.now.plus_s(-10),
        ..publication("ana", PhoneState::Open)
    };
    let step = world.tell(late);
    assert_eq!((step.reply, step.writes), (Ok(Reply::Absorbed), vec![]));
    let again = Publication {
        ts: world.now,
        ..publication("ana", PhoneState::OnThePhone)
    };
    let step = world.tell(again);
    assert_eq!((step.reply, step.writes), (Ok(Reply::Absorbed), vec![]));
    let ahead = Publication {
        ts: world.now.plus_s(61),
        ..publication("ana", PhoneState::Open)
    };
    assert_eq!(world.tell(ahead).reply, Err(Refusal::ClockAhead));
    let nobody = publication("ben", PhoneState::Open);
    assert_eq!(world.tell(nobody).reply, Err(Refusal::UnknownAddress));
    assert_eq!(world.duty("ana"), Duty::Busy);
}

/// Somebody rings her while her customer's phone is still being dialled: the customer goes to the next one, and she has missed nothing.
#[test]
fn a_customer_who_answers_meets_nobody_who_is_on_the_phone() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Open);
    world.later(1).available("cleo");
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).agent, expert("ana"));
    world.phone("ana", PhoneState::OnThePhone);
    world.customer(&id, HeardKind::Answered);
    assert_eq!(
        world.dialled(Party::Agent),
        ["+447700900103"],
        "Cleo's phone, and not Ana's"
    );
    assert_eq!(world.agent_state("ana"), AgentState::Available);
    assert_eq!(world.duty("ana"), Duty::Busy);
}

#[test]
fn whoever_was_on_the_phone_has_been_idle_since_then() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::OnThePhone);
    world
        .later(10)
        .available("cleo")
        .later(10)
        .phone("ana", PhoneState::Open);
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).agent, expert("cleo"), "the longest idle");
}

/// With another address in the document, what the old one published plays no part.
#[test]
fn another_address_has_published_nothing() {
    let mut world = publishing();
    world.available("ana").phone("ana", PhoneState::Closed);
    let rows = world.acd.rows();
    let same = Acd::restore(world.acd.config().clone(), rows.clone(), world.now);
    assert_eq!(same.rows(), rows);
    let other = Acd::restore(config(business()), rows, world.now);
    let ana = AgentId::parse("ana").unwrap();
    let found = other.rows().agents.into_iter().find(|agent| agent.id == ana);
    assert_eq!(
        found.map(|agent| (agent.duty(), agent.phone())),
        Some((Duty::Free, None))
    );
}

#[test]
fn an_address_is_one_agents() {
    let mut twice = business();
    twice.agents[0].presence = Some(address("ana"));
    twice.agents[1].presence = Some(address("ana"));
    let faults = acd::Config::new(shared::SiteId::parse("meridian").unwrap(), twice).unwrap_err();
    assert_eq!(faults[0].field, "agents[1].presence");
}

/// A server whose clock is a little ahead does not make its publications last longer.
#[test]
fn a_clock_that_is_ahead_lengthens_nothing() {
    let mut world = publishing();
    world.available("ana");
    let told = Publication {
        ts: world.now.plus_s(30),
        ..publication("ana", PhoneState::Open)
    };
    world.tell(told);
    assert_eq!(world.duty("ana"), Duty::Free);
    world.later(60);
    assert_eq!(world.duty("ana"), Duty::Off);
    assert_eq!(world.now, Millis(1_795_176_060_000));
}
