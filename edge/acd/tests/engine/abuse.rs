//! Attackers, in money: whatever they do, the loss stays below the cap. `cargo test -p acd --test engine abuse -- --nocapture` prints
//! the table.

use crate::world::{NOON, World, asked, business};
use acd::policy::{Bill, rings_again};
use acd::{Command, Effect, HeardKind, Input, LegEnd, Settled, Terms};
use shared::call::{Party, RequestState};
use shared::equipment::{Equipment, Rate};
use shared::policy::{Limits, Policy};
use shared::{Address, AgentId, EquipmentId, Millis, RequestId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;

/// Ten-thousandths.
const DAY_CAP: u64 = 5000 * 100;

/// Seconds after a call at which its bill comes.
const BILL_S: i64 = 90;

/// A business on real lines: 0.10 a minute to anybody, and what costly numbers cost who calls them.
struct Victim {
    world: World,
    asks: u32,
    accepted: u32,
    refused: BTreeMap<&'static str, u32>,
    /// Calls that are up: since when, and who is called.
    up: BTreeMap<RequestId, Millis>,
    dialled: Vec<(Millis, String)>,
    /// What the carrier will ask for.
    bill: u64,
    talk_s: i64,
    peak: u64,
    seen: usize,
    /// How many times its rates the carrier bills.
    lies: u64,
    /// Bills on their way: when they come, and what they say.
    bills: Vec<(Millis, Bill)>,
    /// When the first one came.
    billed: Option<Millis>,
    /// When all businesses rang the number that they are to ring, where they share that.
    rang: Option<Rc<RefCell<Vec<Millis>>>>,
}

impl Victim {
    fn new(change: impl FnOnce(&mut Policy)) -> Self {
        let mut business = business();
        business.policy = Policy::default();
        change(&mut business.policy);
        business.hours[0].days = vec![1, 2, 3, 4, 5, 6, 7];
        business.hours[0].from = "00:00".into();
        business.hours[0].to = "24:00".into();
        let mut line = Equipment::sandbox(EquipmentId::parse("line").unwrap());
        line.rates = vec![Rate {
            prefix: "+".into(),
            per_minute: 1000,
        }];
        business.equipment = vec![line];
        let mut world = World::of(business);
        for agent in ["ana", "cleo"] {
            world.available(agent);
        }
        Self {
            world,
            asks: 0,
            accepted: 0,
            refused: BTreeMap::new(),
            up: BTreeMap::new(),
            dialled: vec![],
            bill: 0,
            talk_s: i64::MAX,
            peak: 0,
            seen: 0,
            lies: 1,
            bills: vec![],
            billed: None,
            rang: None,
        }
    }

    fn ask(&mut self, phone: &str, network: u32, terms: Terms) {
        self.ask_with(phone, network, terms, true);
    }

    fn ask_with(&mut self, phone: &str, network: u32, terms: Terms, proven: bool) {
        self.asks += 1;
        let mut wish = asked(0);
        wish.phone = Address::parse(phone).unwrap();
        // A server is no customer's network.
        let person = !matches!(terms, Terms::Business { .. });
        let step = self.world.handle(Input::Ask {
            id: RequestId::parse(&format!("req_{}", self.asks)).unwrap(),
            asked: Box::new(wish),
            terms: Box::new(terms),
            network: person.then(|| IpAddr::V4(Ipv4Addr::from_bits(network))),
            proven,
        });
        match step.reply {
            Ok(_) => self.accepted += 1,
            Err(why) => *self.refused.entry(why.counted().unwrap_or("other")).or_default() += 1,
        }
        self.follow();
    }

    /// The attacker answers whatever rings, at once, and stays; agents answer and hold out, which costs the business most.
    fn follow(&mut self) {
        while let Some(effect) = self.world.effects.get(self.seen).cloned() {
            self.seen += 1;
            let now = self.world.now;
            let of = |leg: &shared::LegId| acd::request_of(leg).unwrap();
            match effect {
                Effect::Dial { leg, party, to, .. } => {
                    let (id, _, nth) = of(&leg);
                    if party == Party::Customer
                        && let Some(until) = self.withheld()
                    {
                        let dial = self.world.effects[self.seen - 1].clone();
                        self.world.settle(&dial, Settled::Withheld(until));
                        continue;
                    }
                    if party == Party::Customer {
                        self.dialled.push((now, to.address().as_str().to_owned()));
                        self.up.insert(id.clone(), now);
                    }
                    self.world.hear(&id, party, nth, HeardKind::Answered);
                    if party == Party::Agent {
                        self.world.hear(&id, party, nth, HeardKind::Bridged);
                    }
                }
                Effect::HangUp { leg } | Effect::Farewell { leg, .. } => {
                    let (id, party, nth) = of(&leg);
                    if party == Party::Customer {
                        self.over(&id);
                        self.world
                            .hear(&id, party, nth, HeardKind::Ended(LegEnd::Released));
                    }
                }
                _ => {}
            }
        }
        let view = self.world.acd.policy_view(self.world.now);
        self.peak = self.peak.max(view.committed.1);
        // What a carrier bills for what is under way when its first bill comes, nobody can keep from it.
        let hour_cap = if self.lies == 1 { 2000 * 100 } else { DAY_CAP };
        assert!(
            view.committed.0 <= hour_cap && view.committed.1 <= DAY_CAP,
            "{:?}",
            view.committed
        );
    }

    /// What a Rings object says: all businesses together ring as often as one may.
    fn withheld(&self) -> Option<Millis> {
        let mut rang = self.rang.as_ref()?.borrow_mut();
        let again = rings_again(&rang, Limits::default().rings_day, self.world.now);
        if again.is_none() {
            rang.push(self.world.now);
        }
        again
    }

    fn over(&mut self, id: &RequestId) {
        if let Some(since) = self.up.remove(id) {
            let minutes = u64::try_from(self.world.now.0 - since.0)
                .unwrap()
                .div_ceil(60_000);
            self.bill += 2 * 1000 * self.lies * minutes;
            for party in [Party::Customer, Party::Agent] {
                let bill = Bill {
                    leg: acd::leg_id(id, party, 1).unwrap(),
                    via: EquipmentId::parse("line").unwrap(),
                    to: Address::parse("+447700900101").unwrap(),
                    seconds: self.world.now.seconds_since(since),
                    price: 1000 * self.lies * minutes,
                };
                self.bills.push((self.world.now.plus_s(BILL_S), bill));
            }
        }
    }

    /// Bills come a while after their calls.
    fn bills_come(&mut self) {
        let now = self.world.now;
        let due = self.bills.partition_point(|(at, _)| *at <= now);
        for (_, bill) in self.bills.drain(..due) {
            self.billed.get_or_insert(now);
            self.world.handle(Input::Billed(Box::new(bill)));
        }
    }

    fn pass(&mut self, seconds: i64) {
        let step = seconds.clamp(1, 60);
        for _ in 0..seconds / step {
            self.world.later(step);
            let tired = |(id, since): (&RequestId, &Millis)| {
                (self.world.now.seconds_since(*since) >= self.talk_s).then(|| id.clone())
            };
            for id in self.up.iter().filter_map(tired).collect::<Vec<_>>() {
                self.over(&id);
                self.world.customer(&id, HeardKind::Ended(LegEnd::HungUp));
            }
            self.bills_come();
            self.agents_return();
            self.follow();
        }
    }

    /// Agents write nothing up and take the next call.
    fn agents_return(&mut self) {
        for agent in ["ana", "cleo"] {
            let busy = self.world.desk(agent).call.map(|call| call.id);
            if let Some(id) = busy {
                let _late = self
                    .world
                    .command(agent, Command::Dispose(id, crate::world::written_up()));
            }
        }
    }

    fn row(&self, name: &str) -> String {
        let money = |n: u64| format!("{:.2}", n as f64 / 10_000.0);
        format!(
            "| {name} | {} | {} | {} | {} | {} |",
            self.asks,
            self.accepted,
            self.dialled.len(),
            money(self.bill),
            money(self.peak)
        )
    }
}

fn server() -> Terms {
    Terms::Business {
        agent: Address::parse("+447700900555").unwrap(),
        at: None,
        announcement: None,
    }
}

/// A limit set so wide that only money is left to stop anybody.
fn only_money(policy: &mut Policy) {
    policy.limits = Limits::NONE;
}

#[test]
fn abuse_costs_no_more_than_the_cap() {
    let mut table = vec![
        "| attack | requests | accepted | calls | loss | most set aside and spent |".to_owned(),
        "| --- | --- | --- | --- | --- | --- |".to_owned(),
    ];

    // A botnet asks for personal numbers, which pay whoever has them.
    let mut a1 = Victim::new(|_| {});
    for nth in 0..10_000 {
        a1.ask(&format!("+4470{:08}", 12_000_000 + nth), nth, Terms::Page);
    }
    assert_eq!((a1.dialled.len(), a1.bill), (0, 0));
    table.push(a1.row("A1 10 000 networks, personal numbers"));

    // Mobile numbers of one block, each from another network.
    let mut a2 = Victim::new(|policy| {
        let neighbours = policy.limits.neighbours;
        policy.limits = Limits {
            neighbours,
            ..Limits::NONE
        };
    });
    a2.talk_s = 30;
    for nth in 0..60 {
        a2.ask(&format!("+447400123{nth:03}"), nth, Terms::Page);
        a2.pass(15);
    }
    assert!(a2.dialled.len() <= 5, "{}", a2.dialled.len());
    assert_eq!(a2.refused.get("limit_neighbours"), Some(&55));
    table.push(a2.row("A2 one block, a network each"));

    // One victim is to be rung all day.
    let mut a3 = Victim::new(|_| {});
    a3.talk_s = 15;
    for nth in 0..200 {
        a3.ask("+447400123456", nth, Terms::Page);
        a3.pass(300);
    }
    assert!(a3.dialled.len() <= 3, "{}", a3.dialled.len());
    table.push(a3.row("A3 one victim, 200 networks"));

    // The same one through the pages of fifty businesses.
    let rang = Rc::new(RefCell::new(Vec::new()));
    let mut all = Victim::new(|_| {});
    for shop in 0..50 {
        let mut one = Victim::new(|_| {});
        (one.talk_s, one.rang) = (15, Some(Rc::clone(&rang)));
        one.world.now = NOON.plus_s(shop * 600);
        for nth in 0..4 {
            one.ask("+447400123456", nth, Terms::Page);
            one.pass(120);
        }
        all.asks += one.asks;
        all.accepted += one.accepted;
        all.dialled.extend(one.dialled);
        all.bill += one.bill;
        all.peak = all.peak.max(one.peak);
    }
    assert_eq!(all.dialled.len(), 6, "as often as one business may");
    table.push(all.row("A3 one victim, 50 businesses"));

    // One network with the page's key, no browser.
    let mut a4 = Victim::new(|_| {});
    a4.talk_s = 15;
    for nth in 0..500 {
        let phone = format!("+44740{:07}", nth * 7919 % 9_000_000);
        a4.ask_with(&phone, 1, Terms::Page, false);
        a4.pass(15);
    }
    assert_eq!((a4.accepted, a4.dialled.len()), (0, 0));
    assert_eq!(a4.refused.get("unproven"), Some(&500));
    table.push(a4.row("A4 the page's key, nothing shown"));

    // The same, with a machine that works for every request.
    let mut a5 = Victim::new(|_| {});
    a5.talk_s = 15;
    for nth in 0..500 {
        a5.ask(&format!("+44740{:07}", nth * 7919 % 9_000_000), 1, Terms::Page);
        a5.pass(15);
    }
    assert!(a5.accepted <= 10, "{}", a5.accepted);
    table.push(a5.row("A5 the page's key from one network, every challenge solved"));

    // The order system hands on whatever stands in the phone field.
    let mut a6 = Victim::new(|_| {});
    for nth in 0..1000 {
        let phone = match nth % 4 {
            0 => format!("+449098{nth:06}"),
            1 => format!("+44871{nth:07}"),
            2 => format!("+8816{nth:08}"),
            _ => format!("+1900{:07}", 5_550_000 + nth),
        };
        a6.ask(&phone, 1, server());
    }
    assert_eq!((a6.accepted, a6.bill), (0, 0));
    table.push(a6.row("A6 orders with costly numbers"));

    // An agent's account calls one expensive customer after the other, on the phone of an accomplice.
    let mut a7 = Victim::new(only_money);
    a7.talk_s = 600;
    for nth in 0..500 {
        a7.asks += 1;
        let mut wish = asked(0);
        wish.phone = Address::parse(&format!("+44740{:07}", nth * 7919 % 9_000_000)).unwrap();
        let id = RequestId::parse(&format!("req_{}", a7.asks)).unwrap();
        let again = Command::CallAgain(id, Box::new(wish));
        let agent = AgentId::parse("ana").unwrap();
        a7.accepted += u32::from(a7.world.handle(Input::Agent(agent, again)).reply.is_ok());
        a7.follow();
        a7.pass(30);
    }
    assert!(a7.bill <= DAY_CAP, "{}", a7.bill);
    table.push(a7.row("A7 an agent's account"));

    // Requests of the business's server at three in the morning.
    let mut a8 = Victim::new(|_| {});
    a8.world.now = Millis(NOON.0 - 9 * 3600 * 1000);
    for nth in 0..50 {
        a8.ask(&format!("+44740{:07}", nth * 7919 % 9_000_000), 1, server());
    }
    assert_eq!((a8.accepted, a8.dialled.len()), (50, 0));
    let waits = a8.world.acd.rows().requests;
    assert!(
        waits
            .iter()
            .all(|request| request.state == RequestState::Scheduled)
    );
    assert_eq!(waits.len(), usize::try_from(a8.accepted).unwrap());
    table.push(a8.row("A8 three in the morning"));

    // A carrier bills ten times what its rates say; customers are as many as there is time for.
    let mut a9 = Victim::new(only_money);
    (a9.talk_s, a9.lies) = (30, 10);
    for nth in 0..60 {
        a9.ask(&format!("+44740{:07}", nth * 7919 % 9_000_000), nth, Terms::Page);
        a9.pass(15);
    }
    a9.pass(23 * 3600);
    let first = a9.billed.unwrap();
    let dials = a9.world.acd.rows().policy.dials;
    let after: Vec<_> = dials.iter().filter(|dial| dial.at > first).collect();
    assert!(
        after.iter().all(|dial| dial.per_minute == 2 * 1000 * 10),
        "{after:?}"
    );
    assert!(
        a9.bill <= DAY_CAP && a9.bill <= a9.peak,
        "{} {}",
        a9.bill,
        a9.peak
    );
    table.push(a9.row("A9 a carrier that bills ten times its rates"));

    // Forty calls at once that nobody ends.
    let mut a10 = Victim::new(only_money);
    for nth in 0..40 {
        a10.ask(&format!("+44740{:07}", nth * 7919 % 9_000_000), nth, server());
    }
    a10.pass(24 * 3600 - 60);
    assert!(a10.bill <= DAY_CAP, "{}", a10.bill);
    assert!(
        a10.up
            .values()
            .all(|since| a10.world.now.seconds_since(*since) <= 25 * 60)
    );
    table.push(a10.row("A10 forty endless calls"));

    println!("\n{}", table.join("\n"));
}
