//! What a business's database keeps of people, by its SQL as it is, in SQLite: however many strangers come, members keep their place, and
//! the audit log stays small enough to be read.

#![expect(
    clippy::expect_used,
    clippy::panic_in_result_fn,
    reason = "a test is told what went wrong by its panic"
)]

mod store {
    #[path = "../../src/store/audit.rs"]
    pub(crate) mod audit;
    #[path = "../../src/store/crowd.rs"]
    pub(crate) mod crowd;
    #[path = "../../src/store/passkey.rs"]
    #[expect(dead_code, reason = "only challenges are asked for here")]
    pub(crate) mod passkey;
    #[path = "../../src/store/privacy.rs"]
    #[expect(dead_code, reason = "nothing is exported here")]
    pub(crate) mod privacy;
    #[path = "../../src/store/retention.rs"]
    #[expect(dead_code, reason = "the object's clock is not asked here")]
    pub(crate) mod retention;
    #[path = "../../src/store/session.rs"]
    #[expect(dead_code, reason = "only links are asked for here")]
    pub(crate) mod session;
    #[path = "../../src/store/sign_on.rs"]
    #[expect(dead_code, reason = "only sign-ins under way are asked for here")]
    pub(crate) mod sign_on;
    pub(crate) mod sql;
}

use acd::policy::Digest;
use serde::Deserialize;
use serde_json::Value;
use shared::door::Place;
use shared::member::Email;
use shared::privacy::Person;
use shared::{Address, Millis};
use std::fs;
use std::path::{Path, PathBuf};
use store::sql::Db;
use store::{audit, passkey, privacy, session, sign_on};
use worker::Result;

/// The database of a business, by all migrations there are.
fn business() -> Db {
    business_since("9999", "")
}

/// The same, where these rows were there before the migration with this number.
fn business_since(number: &str, planted: &str) -> Db {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let read = |path: &Path| fs::read_to_string(path).expect("a migration");
    let files = fs::read_dir(folder.join("business")).expect("migrations");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let before = files.iter().filter(|file| {
        let name = file.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name < number)
    });
    let before = before.count();
    let mut all: Vec<String> = files.iter().map(|file| read(file)).collect();
    all.insert(before, planted.into());
    all.insert(0, read(&folder.join("outbox.sql")));
    Db::of(all)
}

#[test]
fn challenges_of_one_network_displace_no_others() -> Result<()> {
    let db = business();
    passkey::challenge(&db, "hers", None, Some("home"), Millis(0))?;
    passkey::challenge(&db, "of nowhere", None, None, Millis(1))?;
    passkey::challenge(&db, "new", Some("session"), Some("session"), Millis(2))?;
    for nth in 0..2500 {
        passkey::challenge(&db, &format!("f{nth}"), None, Some("flood"), Millis(3 + nth))?;
    }
    let now = Millis(3000);
    assert!(
        !passkey::take(&db, "f1502", None, now)?,
        "the flood's own are gone"
    );
    assert!(passkey::take(&db, "f1503", None, now)?);
    assert!(passkey::take(&db, "hers", None, now)?);
    assert!(passkey::take(&db, "of nowhere", None, now)?);
    assert!(passkey::take(&db, "new", Some("session"), now)?);
    Ok(())
}

#[test]
fn however_many_networks_flood_whoever_asks_once_is_last_to_go() -> Result<()> {
    let db = business();
    sign_on::begin(&db, "hers", &away(0), Some("home"))?;
    for nth in 0..3000 {
        let flood = format!("flood{}", nth % 400);
        sign_on::begin(&db, &format!("f{nth}"), &away(1 + nth), Some(&flood))?;
    }
    assert!(sign_on::take(&db, "hers", Millis(3001))?.is_some());
    assert!(sign_on::take(&db, "f2999", Millis(3001))?.is_some());
    assert!(sign_on::take(&db, "f0", Millis(3001))?.is_none());
    Ok(())
}

fn away(at: i64) -> sign_on::State {
    sign_on::State::new("https://login.example", Place::Desk, "browser".into(), Millis(at))
}

#[test]
fn a_stranger_who_asks_for_a_members_links_takes_none_from_them() -> Result<()> {
    let db = business();
    let email = Email::parse("ana@meridian.example").expect("an address");
    let link = |network: &str| session::Link {
        email: email.clone(),
        place: Place::Desk,
        browser_hash: "browser".into(),
        network: Some(network.into()),
    };
    let mut sent = 0;
    for nth in 0..20 {
        let links = session::links_of(&db, &email, Some("stranger"), Millis(nth))?;
        if links.leave_room(true) {
            session::keep_link(&db, &format!("s{nth}"), &link("stranger"), Millis(nth))?;
            sent += 1;
        }
    }
    assert_eq!(sent, 3);
    let hers = session::links_of(&db, &email, Some("home"), Millis(20))?;
    assert_eq!((hers.here, hers.own, hers.all), (0, 3, 3));
    assert!(hers.leave_room(true));
    let unknown = session::links_of(&db, &email, None, Millis(20))?;
    assert_eq!(unknown.here, 0, "whoever nobody knows is somebody else");
    Ok(())
}

const HOUR_MS: i64 = 3600 * 1000;
/// Lines that a screen shows.
const SHOWN: i64 = 200;

/// A log of so many lines, a second apart.
fn log(lines: i64) -> Result<Db> {
    let db = business();
    for nth in 1..=lines {
        audit::add(
            &db,
            Millis(nth * 1000),
            "olga@shop.example",
            None,
            "document.changed",
            "hours",
        )?;
    }
    Ok(db)
}

/// Somebody with the database in their hands changes a line.
fn forge(db: &Db, seq: i64) -> Result<()> {
    db.run("UPDATE audit SET what = 'nothing' WHERE seq = ?", [seq.into()])
}

#[test]
fn whoever_knocks_all_day_adds_a_line_an_hour_for_each_way() -> Result<()> {
    let db = business();
    for minute in 0..24 * 60 {
        for what in ["link", "code"] {
            audit::add_rarely(&db, Millis(minute * 60_000), "somebody", "sign_in.refused", what)?;
        }
    }
    let day = Millis(24 * HOUR_MS);
    assert_eq!(audit::view(&db, SHOWN, day)?.lines, 48);
    audit::add_rest(&db, day)?;
    let view = audit::view(&db, SHOWN, day)?;
    assert_eq!((view.lines, view.broken_at), (50, None));
    assert_eq!(view.latest[0].what, "link: 59 times since the line before");
    audit::add_rest(&db, day.plus_s(86_400))?;
    assert_eq!(audit::view(&db, SHOWN, day)?.lines, 50, "nothing is told twice");
    Ok(())
}

#[test]
fn a_short_log_is_gone_through_whole_with_each_reading() -> Result<()> {
    let db = log(900)?;
    let view = audit::view(&db, SHOWN, Millis(9))?;
    assert_eq!(
        (view.lines, view.broken_at, view.whole_at),
        (900, None, Some(Millis(9)))
    );
    let shown: Vec<i64> = view.latest.iter().map(|line| line.seq).collect();
    assert_eq!(shown, (701..=900).rev().collect::<Vec<_>>());
    forge(&db, 3)?;
    assert_eq!(audit::view(&db, SHOWN, Millis(10))?.broken_at, Some(3));
    Ok(())
}

#[test]
fn a_long_log_is_gone_through_in_pieces_and_no_change_escapes() -> Result<()> {
    let db = log(3500)?;
    for _ in 0..3 {
        assert_eq!(
            audit::view(&db, SHOWN, Millis(1))?.whole_at,
            None,
            "not to its end yet"
        );
    }
    assert_eq!(audit::view(&db, SHOWN, Millis(2))?.whole_at, Some(Millis(2)));
    assert!(!audit::check(&db, Millis(3))?);
    forge(&db, 3)?;
    forge(&db, 3450)?;
    assert_eq!(
        audit::view(&db, SHOWN, Millis(4))?.broken_at,
        Some(3450),
        "what is shown is looked at"
    );
    while !audit::check(&db, Millis(5))? {}
    assert_eq!(
        audit::view(&db, SHOWN, Millis(6))?.broken_at,
        Some(3),
        "and all else by the next round"
    );
    Ok(())
}

#[test]
fn old_lines_are_erased_and_the_chain_goes_on() -> Result<()> {
    let db = log(3500)?;
    assert!(!audit::check(&db, Millis(1))?, "a round is under way");
    let mut times = 1;
    while audit::erase(&db, Millis(2_600_000), 500)? {
        times += 1;
    }
    assert_eq!(times, 6, "a batch at a time");
    audit::add(&db, Millis(4_000_000), "olga@shop.example", None, "signed.in", "")?;
    while !audit::check(&db, Millis(2))? {}
    let view = audit::view(&db, SHOWN, Millis(3))?;
    assert_eq!(
        (view.lines, view.broken_at, view.latest[0].seq),
        (902, None, 3501)
    );
    let mut first = None;
    audit::walk(&db, |kept| {
        first.get_or_insert(kept.line.seq);
    })?;
    assert_eq!(first, Some(2600));
    assert!(!audit::erase(&db, Millis(9_000_000), 5000)?);
    audit::add(&db, Millis(9_000_000), "olga@shop.example", None, "signed.in", "")?;
    let view = audit::view(&db, SHOWN, Millis(4))?;
    assert_eq!(
        (view.lines, view.broken_at, view.latest[0].seq),
        (1, None, 3502),
        "all were old"
    );
    Ok(())
}

#[test]
fn a_line_missing_after_what_was_erased_is_noticed() -> Result<()> {
    let db = log(900)?;
    audit::erase(&db, Millis(101_000), 500)?;
    db.run("DELETE FROM audit WHERE seq = 101", [])?;
    assert_eq!(audit::view(&db, SHOWN, Millis(1))?.broken_at, Some(102));
    Ok(())
}

/// Which of these texts stand anywhere in the database.
fn found<'a>(db: &Db, texts: &[&'a str]) -> Result<Vec<&'a str>> {
    #[derive(Deserialize)]
    struct Table {
        name: String,
    }
    let tables: Vec<Table> = db.rows("SELECT name FROM sqlite_master WHERE type = 'table'", [])?;
    let mut all = String::new();
    for table in tables {
        let rows: Vec<Value> = db.rows(&format!("SELECT * FROM \"{}\"", table.name), [])?;
        all.extend(rows.iter().map(Value::to_string));
    }
    Ok(texts
        .iter()
        .filter(|text| all.contains(**text))
        .copied()
        .collect())
}

#[test]
fn of_a_customer_who_is_erased_nothing_says_where_they_live_or_who_lives_next_to_them() -> Result<()> {
    let db = business();
    let salt = "salt";
    let ask = |id: &str, phone: &str| -> Result<(String, String, String)> {
        let address = Address::parse(phone).expect("a number");
        let number = Digest::of_address(salt, &address).as_str().to_owned();
        let neighbourhood = Digest::of_neighbourhood(salt, &address).as_str().to_owned();
        let network = format!("network of {id}");
        db.run(
            "INSERT INTO request (id, version, state, created_at, queued_at, phone, note, trail, consent, agent_tries, passed_over,
               customer_leg, agent_leg)
             VALUES (?, 1, 'ended', 0, 0, ?, '', '[]', 1, 0, '[]', 'ended', 'ended')",
            [id.into(), phone.into()],
        )?;
        db.run(
            "INSERT INTO asked (request, at, number, neighbourhood, network) VALUES (?, 0, ?, ?, ?)",
            [
                id.into(),
                number.as_str().into(),
                neighbourhood.as_str().into(),
                network.as_str().into(),
            ],
        )?;
        Ok((number, neighbourhood, network))
    };
    let phone = "+442079460001";
    let (number, neighbourhood, network) = ask("req_1", phone)?;
    let planted = [phone, "+442079460", &number, &neighbourhood, &network];
    assert_eq!(found(&db, &planted)?, planted, "the number itself begins so");
    let (_, elsewhere, _) = ask("req_2", "+441614960002")?;
    let person = Person {
        phone: Address::parse(phone).ok(),
        customer: None,
    };
    let theirs = privacy::of(&db, &person)?;
    assert_eq!(privacy::erase(&db, &theirs)?.requests, 1);
    assert_eq!(found(&db, &planted)?, [&number], "what the policy counts");
    assert_eq!(
        found(&db, &[&elsewhere])?,
        [&elsewhere],
        "somebody else's is there"
    );
    Ok(())
}

#[test]
fn an_earlier_release_is_counted_on_and_its_beginnings_of_numbers_are_gone() -> Result<()> {
    let planted = "INSERT INTO asked VALUES ('req_1', 7, 'of the number', '+442079460', 'of the network');
        INSERT INTO challenge VALUES ('hers', NULL, 7)";
    let db = business_since("0083", planted);
    assert_eq!(
        found(&db, &["req_1", "of the number", "+442079460", "of the network"])?,
        ["req_1", "of the number", "of the network"]
    );
    assert!(
        passkey::take(&db, "hers", None, Millis(8))?,
        "whoever signed in meanwhile is in"
    );
    Ok(())
}
