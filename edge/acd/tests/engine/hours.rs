//! When it is open: weekly hours, holidays, shifts, and the days on which the clocks change.

use crate::world::{World, business, expert};
use acd::{Config, ConfigError, HANDLING_S, offered};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use shared::business::Business;
use shared::hours::{Exception, Hours, Span};
use shared::{AgentId, Millis, SiteId, SkillId};

/// 2026-12-21, a Monday, 00:00 in London.
const MONDAY: Millis = Millis(1_797_811_200_000);
const DAY: i64 = 24 * 3600;

fn hours(days: &[u8], from: &str, to: &str) -> Hours {
    Hours {
        days: days.to_vec(),
        from: from.into(),
        to: to.into(),
    }
}

fn exception(date: &str, until: Option<&str>, open: &[(&str, &str)]) -> Exception {
    Exception {
        date: date.into(),
        until: until.map(Into::into),
        name: "A day of its own".into(),
        open: open
            .iter()
            .map(|(from, to)| Span {
                from: (*from).into(),
                to: (*to).into(),
            })
            .collect(),
    }
}

fn config(change: impl FnOnce(&mut Business)) -> Config {
    let mut business = business();
    change(&mut business);
    Config::new(SiteId::parse("m").unwrap(), business).unwrap()
}

fn faults(change: impl FnOnce(&mut Business)) -> Vec<String> {
    let mut business = business();
    change(&mut business);
    let faults = Config::new(SiteId::parse("m").unwrap(), business).unwrap_err();
    faults
        .into_iter()
        .map(|ConfigError { field, .. }| field)
        .collect()
}

fn at(day: i64, hour: i64, minute: i64) -> Millis {
    MONDAY.plus_s(day * DAY + hour * 3600 + minute * 60)
}

fn cruises() -> SkillId {
    SkillId::parse("cruises").unwrap()
}

#[test]
fn christmas_is_closed_and_the_long_thursday_is_long() {
    let config = config(|b| {
        b.exceptions = vec![
            exception("12-25", Some("12-26"), &[]),
            exception("2026-12-24", None, &[("09:00", "12:00"), ("13:00", "22:00")]),
        ];
    });
    let open = |at| config.open_at(None, at);
    assert!(open(at(2, 17, 59)) && !open(at(2, 18, 0)));
    assert!(open(at(3, 11, 59)) && !open(at(3, 12, 30)) && open(at(3, 21, 59)));
    assert!(!open(at(4, 12, 0)), "Friday the 25th");
    assert!(open(at(7, 9, 0)), "the Monday after");
    assert_eq!(config.closes_at(None, at(3, 9, 30)), Some(at(3, 12, 0)));
    assert_eq!(config.closes_at(None, at(4, 9, 30)), None, "it is not open");
    assert_eq!(config.opens_next(None, at(3, 22, 0)), Some(at(7, 9, 0)));
    assert_eq!(
        config.opens_next(None, at(3, 9, 30)),
        Some(at(3, 9, 30)),
        "it is open already"
    );
    assert!(!open(at(4 + 365, 12, 0)), "next year's, a Saturday, too");
}

#[test]
fn a_day_of_this_year_comes_before_the_day_of_every_year() {
    let config = config(|b| {
        b.exceptions = vec![
            exception("12-20", Some("01-02"), &[]),
            exception("2026-12-30", None, &[("10:00", "11:00")]),
        ];
    });
    assert_eq!(
        config.opens_next(None, MONDAY),
        Some(at(9, 10, 0)),
        "the holidays have one hour"
    );
    assert_eq!(
        config.opens_next(None, at(9, 11, 0)),
        Some(at(14, 9, 0)),
        "they go over New Year's Eve: Monday, January 4th"
    );
}

#[test]
fn a_leap_day_is_a_day() {
    let leap = config(|b| b.exceptions = vec![exception("02-29", None, &[("20:00", "21:00")])]);
    // 2028-02-29 is a Tuesday.
    let tuesday = Millis(1_835_395_200_000);
    assert!(leap.open_at(None, tuesday.plus_s(20 * 3600 + 60)));
    assert!(!leap.open_at(None, tuesday.plus_s(12 * 3600)));
    assert_eq!(
        faults(|b| b.exceptions = vec![exception("2027-02-29", None, &[])]),
        ["exceptions[0].date"]
    );
}

#[test]
fn a_night_is_written_as_two_and_midnight_is_no_change() {
    let config = config(|b| {
        b.hours = vec![hours(&[1], "20:00", "24:00"), hours(&[2], "00:00", "04:00")];
    });
    assert_eq!(config.closes_at(None, at(0, 21, 0)), Some(at(1, 4, 0)));
    assert_eq!(config.next_change(None, at(1, 4, 0)), Some(at(7, 20, 0)));
}

#[test]
fn who_never_opens_or_never_closes_has_no_change() {
    let never = config(|b| b.hours = vec![]);
    assert_eq!(never.opens_next(None, MONDAY), None);
    let always = config(|b| b.hours = vec![hours(&[1, 2, 3, 4, 5, 6, 7], "00:00", "24:00")]);
    assert_eq!(always.closes_at(None, MONDAY), None);
}

#[test]
fn a_skill_has_its_own_hours_and_its_own_holidays() {
    let config = config(|b| {
        b.exceptions = vec![exception("12-25", None, &[])];
        b.skills[0].hours = Some(vec![hours(&[5, 6, 7], "10:00", "20:00")]);
        b.skills[1].exceptions = vec![exception("12-25", None, &[("10:00", "14:00")])];
    });
    let (cruises, flights) = (cruises(), SkillId::parse("flights").unwrap());
    assert!(!config.open_at(Some(&cruises), at(0, 12, 0)), "a Monday");
    assert!(config.open_at(Some(&cruises), at(5, 19, 0)), "a Saturday");
    assert!(
        !config.open_at(Some(&cruises), at(4, 12, 0)),
        "the business's holiday"
    );
    assert!(
        config.open_at(Some(&flights), at(4, 12, 0)),
        "flights has its own Christmas"
    );
    assert!(!config.open_at(None, at(4, 12, 0)));
}

#[test]
fn agents_work_their_shifts_and_have_holidays_off() {
    let config = config(|b| {
        b.exceptions = vec![
            exception("12-23", None, &[("09:00", "12:00")]),
            exception("12-25", None, &[]),
        ];
        b.agents[0].schedule = Some(vec![hours(&[1, 3, 5], "11:00", "20:00")]);
    });
    let work = |agent: &str, at| config.at_work(&AgentId::parse(agent).unwrap(), at);
    assert!(!work("ana", at(0, 10, 0)) && work("ana", at(0, 11, 0)));
    assert!(!work("ana", at(0, 19, 0)), "it is closed by then");
    assert!(
        work("ana", at(2, 11, 30)) && !work("ana", at(2, 13, 0)),
        "the short day"
    );
    assert!(!work("ana", at(4, 12, 0)), "Christmas");
    assert!(
        work("ben", at(1, 10, 0)),
        "without a schedule: whenever it is open"
    );
    assert!(!work("zoe", at(1, 10, 0)));
}

/// Opening and closing through four days, in UTC.
fn changes(zone: &str, from: i64, span: (&str, &str)) -> Vec<i64> {
    let config = config(|b| {
        b.zone = zone.into();
        b.hours = vec![hours(&[1, 2, 3, 4, 5, 6, 7], span.0, span.1)];
    });
    let mut at = Millis(from);
    let end = at.plus_s(4 * DAY);
    let mut changes = Vec::new();
    while let Some(next) = config.next_change(None, at).filter(|next| *next < end) {
        changes.push(next.seconds_since(Millis(from)) / 60);
        at = next;
    }
    changes
}

#[test]
fn the_wall_clock_counts_when_the_clocks_change() {
    // Minutes since Friday 12:00 UTC. London goes forward on Sunday 2026-03-29 at 01:00 UTC: nine o'clock is an hour earlier.
    let spring = 1_774_612_800_000;
    assert_eq!(
        changes("Europe/London", spring, ("09:00", "17:00")),
        [300, 1260, 1740, 2640, 3120, 4080, 4560, 5520],
    );
    // Back on Sunday 2026-10-25 at 01:00 UTC.
    let autumn = 1_792_756_800_000;
    assert_eq!(
        changes("Europe/London", autumn, ("09:00", "17:00")),
        [240, 1200, 1680, 2700, 3180, 4140, 4620, 5580],
    );
    // Half past one does not exist in spring: what begins then begins at two, and is half an hour shorter.
    let nights = changes("Europe/London", spring, ("01:30", "03:00"));
    assert_eq!(nights, [810, 900, 2220, 2280, 3630, 3720, 5070, 5160]);
    // It exists twice in autumn: open, closed when the hands go back to one, open again.
    let nights = changes("Europe/London", autumn, ("01:30", "03:00"));
    assert_eq!(nights, [750, 840, 2190, 2220, 2250, 2340, 3690, 3780, 5130, 5220]);
}

#[test]
fn zones_off_the_full_hour_and_changes_of_half_an_hour() {
    // Kolkata is 5:30 ahead and never changes: 09:00 is 03:30 UTC.
    let friday = 1_774_612_800_000;
    assert_eq!(
        changes("Asia/Kolkata", friday, ("09:00", "17:00"))[..3],
        [930, 1410, 2370]
    );
    // Lord Howe is 11:00 ahead until Sunday 2026-04-05 02:00 (Saturday 15:00 UTC), then 10:30.
    let before = 1_775_217_600_000;
    assert_eq!(
        changes("Australia/Lord_Howe", before, ("09:00", "17:00"))[..4],
        [600, 1080, 2070, 2550],
    );
    // The half hour from half past one is there twice.
    assert_eq!(
        changes("Australia/Lord_Howe", before, ("01:30", "01:45"))[2..6],
        [1590, 1605, 1620, 1635],
    );
    // Slots stay on the quarters of the wall clock.
    let config = config(|b| {
        b.zone = "Australia/Lord_Howe".into();
        b.hours = vec![hours(&[1, 2, 3, 4, 5, 6, 7], "09:00", "09:30")];
    });
    let slots = offered(&config, Millis(before), None, None, &[], HANDLING_S);
    let minutes: Vec<i64> = slots
        .iter()
        .map(|at| at.seconds_since(Millis(before)) / 60)
        .collect();
    assert_eq!(minutes, [600, 615, 2070, 2085]);
}

#[test]
fn a_fault_in_the_hours_names_its_place() {
    let found = faults(|b| {
        b.hours[0].from = "9:00".into();
        b.exceptions = vec![
            exception("12-25", None, &[]),
            exception("2026-12-24", Some("12-25"), &[]),
            exception("25.12.", None, &[]),
            exception("2026-12-24", Some("2026-12-23"), &[]),
            exception("12-31", None, &[("10:00", "24:01")]),
        ];
        b.exceptions[0].name = "x".repeat(81);
        b.agents[2].schedule = Some(vec![hours(&[1, 8], "09:00", "17:00")]);
        b.skills[0].hours = Some(vec![
            hours(&[1], "09:00", "17:00"),
            hours(&[1], "22:00", "02:00"),
            hours(&[0], "+9:00", "24:00"),
        ]);
        b.skills[1].exceptions = vec![exception("13-01", Some("soon"), &[])];
    });
    assert_eq!(
        found,
        [
            "hours[0].from",
            "exceptions[0].name",
            "exceptions[1].until",
            "exceptions[2].date",
            "exceptions[3].until",
            "exceptions[4].open[0].to",
            "agents[2].schedule[0].days[1]",
            "skills[0].hours[1].to",
            "skills[0].hours[2].from",
            "skills[0].hours[2].days[0]",
            "skills[1].exceptions[0].date",
        ]
    );
}

#[test]
fn lists_of_hours_have_an_end() {
    let found = faults(|b| {
        b.hours = vec![hours(&[1], "09:00", "10:00"); 51];
        b.exceptions = vec![exception("12-25", None, &[]); 201];
        b.skills[0].exceptions = vec![exception("12-25", None, &[("09:00", "10:00"); 11])];
    });
    assert_eq!(found, ["hours", "exceptions", "skills[0].exceptions[0].open"]);
}

#[test]
fn a_call_now_is_refused_while_closed_and_the_line_of_the_day_is_served() {
    let mut world = World::new();
    world.available("ana");
    let talking = world.ask("cruises");
    let waiting = world.ask("cruises");
    world.connect(&talking);
    world.later(6 * 3600);
    let refused = world.try_ask(|asked| asked.skill = Some(cruises())).unwrap_err();
    assert_eq!(refused, acd::Refusal::Closed);
    let problem = refused.problem();
    assert_eq!((problem.status, problem.errors[0].code.as_str()), (422, "closed"));
    assert!(
        world.try_ask(|asked| asked.expert = expert("ana")).is_err(),
        "the expert is closed, too"
    );
    assert_eq!(world.acd.request(&waiting).map(|r| r.queued_at), None, "expired");
}

fn clock_time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

proptest! {
    /// Against the calendar read minute by minute: what is open, and that nothing changes before the next change.
    #[test]
    fn the_next_change_is_the_next_one(
        zone in prop_oneof![
            Just("Europe/London"), Just("Asia/Kolkata"), Just("Australia/Lord_Howe"),
            Just("America/St_Johns"), Just("Africa/Casablanca"), Just("UTC"),
        ],
        begin in 1_760_000_000i64..1_860_000_000,
        spans in prop::collection::vec((1..8u8, 0..288u16, 1..200u16), 0..5),
        holiday in 1..28u8,
    ) {
        let spans: Vec<(u8, u16, u16)> = spans
            .into_iter()
            .map(|(day, from, long)| (day, from * 5, (from * 5 + long * 5).min(1440)))
            .collect();
        let config = config(|b| {
            b.zone = zone.into();
            b.hours = spans
                .iter()
                .map(|(day, from, to)| hours(&[*day], &clock_time(*from), &clock_time(*to)))
                .collect();
            b.exceptions = (1..=12)
                .map(|month| exception(&format!("{month:02}-{holiday:02}"), None, &[("10:00", "11:00")]))
                .collect();
        });
        let tz = TimeZone::get(zone).unwrap();
        let open = |at: Millis| {
            let local = Timestamp::from_millisecond(at.0).unwrap().to_zoned(tz.clone());
            let minute = u16::try_from(local.hour()).unwrap() * 60 + u16::try_from(local.minute()).unwrap();
            if local.day() == i8::try_from(holiday).unwrap() {
                return (600..660).contains(&minute);
            }
            let weekday = u8::try_from(local.weekday().to_monday_one_offset()).unwrap();
            spans.iter().any(|(day, from, to)| *day == weekday && (*from..*to).contains(&minute))
        };
        let begin = Millis(begin * 1000);
        let now = open(begin);
        prop_assert_eq!(config.open_at(None, begin), now);
        let next = config.next_change(None, begin).unwrap();
        prop_assert_eq!(open(next), !now);
        prop_assert_eq!(open(next.plus_ms(-1)), now);
        let mut at = begin;
        while at < next {
            prop_assert_eq!(open(at), now, "{} before {}", at, next);
            at = at.plus_s(300);
        }
    }
}
