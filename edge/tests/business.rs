//! What a business's database keeps of strangers, by its SQL as it is, in SQLite: however many come, members keep their place.

#![expect(
    clippy::expect_used,
    clippy::panic_in_result_fn,
    reason = "a test is told what went wrong by its panic"
)]

mod store {
    #[path = "../../src/store/crowd.rs"]
    pub(crate) mod crowd;
    #[path = "../../src/store/passkey.rs"]
    #[expect(dead_code, reason = "only challenges are asked for here")]
    pub(crate) mod passkey;
    #[path = "../../src/store/session.rs"]
    #[expect(dead_code, reason = "only links are asked for here")]
    pub(crate) mod session;
    #[path = "../../src/store/sign_on.rs"]
    #[expect(dead_code, reason = "only sign-ins under way are asked for here")]
    pub(crate) mod sign_on;
    pub(crate) mod sql;
}

use shared::Millis;
use shared::door::Place;
use shared::member::Email;
use std::fs;
use std::path::{Path, PathBuf};
use store::sql::Db;
use store::{passkey, session, sign_on};
use worker::Result;

/// The database of a business, by all migrations there are.
fn business() -> Db {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let read = |path: &Path| fs::read_to_string(path).expect("a migration");
    let files = fs::read_dir(folder.join("business")).expect("migrations");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let outbox = read(&folder.join("outbox.sql"));
    Db::of([outbox].into_iter().chain(files.iter().map(|file| read(file))))
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
