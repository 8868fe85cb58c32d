//! A business whose database is of an earlier release goes on with this one, and so does the exchange of the virtual phones. (What rang in a
//! day, the third kind of object, has had one version only.)

use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stage::{Caller, Outcome, Phones, Stack, broken, journeys, until};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use telephony::secret::SecretText;

const SITE: &str = "released";
const NUMBER: &str = "+442079460001";
const NOTE: &str = "From an earlier release";

/// The migrations of a kind of object, as the worker has them: the n-th makes version n.
fn migrations(kind: &str) -> Outcome<Vec<String>> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../edge/src/store");
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(store.join(kind))? {
        files.push(entry?.path());
    }
    files.sort();
    let mut all = Vec::new();
    for (nth, file) in files.iter().enumerate() {
        let mut sql = fs::read_to_string(file)?;
        if nth == 0 {
            sql += &fs::read_to_string(store.join("outbox.sql"))?;
        }
        all.push(sql);
    }
    Ok(all)
}

/// Rows as the first release wrote them: a business, a call that was talked in and written up, and one that was promised.
const FIRST: &str = r#"
INSERT INTO business (one, site, document) VALUES (1, 'released', 'DOCUMENT');
INSERT INTO agent (id, state, since, idle_since, next, request) VALUES ('ana', 'offline', THEN, THEN, 'offline', NULL);
INSERT INTO request (id, version, state, reason, created_at, queued_at, phone, skill, note, trail, consent, agent, agent_tries,
  passed_over, customer_leg, agent_leg, answered_at, connected_at, ended_at, disposition)
VALUES ('req_talked', 7, 'ended', 'talked', THEN, THEN, '+442079460001', 'cruises', 'From an earlier release', '[]', 1, 'ana', 0,
  '[]', 'ended', 'ended', THEN, THEN, THEN, '{"kind":"purchase","text":"A cabin"}');
INSERT INTO request (id, version, state, created_at, queued_at, phone, skill, note, slot, trail, consent, agent_tries, passed_over,
  customer_leg, agent_leg)
VALUES ('req_promised', 1, 'scheduled', THEN, LATER, '+442079460003', 'cruises', '', LATER, '[]', 1, 0, '[]', 'idle', 'idle');
INSERT INTO transition (request, version, at, state, customer_leg, agent_leg) VALUES ('req_talked', 7, THEN, 'ended', 'ended', 'ended');
INSERT INTO timer (what, due) VALUES ('slot:req_promised', LATER);
INSERT INTO session (token_hash, agent, expires_at) VALUES ('0000', 'ana', LATER);
INSERT INTO heard (id, at) VALUES ('evt_1', THEN);
INSERT INTO idempotency (key, body_hash, answer, at) VALUES ('key', 'hash', '{}', THEN);
"#;

/// A secret as it was when there first were some.
const SECRET: &str = "INSERT INTO secret (id, hash, created_at) VALUES ('key_old', 'HASH', THEN)";

/// Whether this migration brings secrets.
fn brings_secrets(sql: &str) -> bool {
    sql.contains("CREATE TABLE secret (")
}

/// The document as the first release took it.
fn document() -> Value {
    json!({
        "name": "Released", "tel": "+442079460958", "origins": [], "zone": "Europe/London",
        "hours": [{"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00"}],
        "skills": [{"id": "cruises", "name": "Cruises"}],
        "agents": [{"id": "ana", "name": "Ana", "phone": "+442079460002", "skills": ["cruises"]}],
    })
}

/// The file of an object of this kind in which this finds something.
fn file(folder: &Path, kind: &str, query: &str) -> Outcome<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".sqlite") && name.contains(kind) {
                let base = Connection::open(&path)?;
                let found = base.query_row(query, [], |_| Ok(()));
                if found.is_ok() {
                    return Ok(path);
                }
            }
        }
    }
    broken(format!("there is no {kind} with {query}"))
}

/// An object's database without any of its tables; the runtime has tables of its own, which stay.
fn emptied(file: &Path) -> Outcome<Connection> {
    let base = Connection::open(file)?;
    let ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'";
    let ours: Vec<String> = base
        .prepare(ours)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in ours {
        base.execute_batch(&format!("DROP TABLE \"{table}\""))?;
    }
    base.execute_batch("CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT")?;
    Ok(base)
}

/// Brings a database to this version, with `planted` written as soon as there are tables.
fn migrate(base: &Connection, sql: &str, version: usize, planted: &str) -> Outcome {
    base.execute_batch(sql)?;
    base.execute("INSERT INTO schema_version (version) VALUES (?)", [version])?;
    if version == 1 {
        base.execute_batch(planted)?;
    }
    Ok(())
}

/// The database is of the newest version, and sound.
fn is_up_to_date(file: &Path, newest: usize) -> Outcome {
    let base = Connection::open(file)?;
    let version: usize = base.query_row("SELECT MAX(version) FROM schema_version", [], |row| row.get(0))?;
    let whole: String = base.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if (version, whole.as_str()) == (newest, "ok") {
        return Ok(());
    }
    broken(format!("version {version} of {newest}: {whole}"))
}

/// Makes it as it was at a version, with the first release's rows in it.
fn as_of(file: &Path, version: usize, migrations: &[String], secret: &SecretText) -> Outcome {
    let base = emptied(file)?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let then = (now - 24 * 3600 * 1000).to_string();
    let planted = FIRST
        .replace("DOCUMENT", &document().to_string())
        .replace("THEN", &then)
        .replace("LATER", &(now + 3600 * 1000).to_string());
    let hash: String = Sha256::digest(secret.as_str())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    for (nth, sql) in migrations.iter().take(version).enumerate() {
        migrate(&base, sql, nth + 1, &planted)?;
        if brings_secrets(sql) {
            base.execute_batch(&SECRET.replace("HASH", &hash).replace("THEN", &then))?;
        }
    }
    Ok(())
}

/// What the operator is told.
fn told(stack: &Stack, method: &str, path: &str, body: &Value) -> Outcome<Value> {
    let address = format!("{}/v1/businesses/{SITE}{path}", stack.origin());
    let bearer = format!("Bearer {}", stack.operator());
    let mut answer = if method == "POST" {
        ureq::post(address)
            .header("authorization", bearer)
            .send(body.to_string())?
    } else {
        ureq::get(address).header("authorization", bearer).call()?
    };
    Ok(answer.body_mut().read_json()?)
}

/// For each earlier release: what it had kept is there, and the business goes on where it was.
#[test]
fn every_earlier_release_goes_on() {
    let play = || -> Outcome {
        let migrations = migrations("business")?;
        let mut stack = Stack::start_on_time("released")?;
        stack.set_up_as(SITE, |kept| *kept = document())?;
        stack.kill()?;
        let query = format!("SELECT 1 FROM business WHERE site = '{SITE}'");
        let file = file(&stack.folder().join("state"), "usiness", &query)?;
        let secret = SecretText::without_checksum(&stack.deployed("SECRET_SEED")?, SITE, "key_old");
        for version in 1..=migrations.len() {
            as_of(&file, version, &migrations, &secret)?;
            stack.start_again()?;
            let business = told(&stack, "GET", "", &json!({}))?;
            assert_eq!(business["name"], "Released", "version {version}");
            let kept = told(&stack, "POST", "/customers/export", &json!({"phone": NUMBER}))?;
            let request = &kept["requests"][0];
            assert_eq!(
                (
                    &request["note"],
                    &request["reason"],
                    &request["disposition"]["kind"]
                ),
                (&json!(NOTE), &json!("talked"), &json!("purchase")),
                "version {version}"
            );
            assert_eq!(kept["steps"][0]["state"], "ended", "version {version}");
            let promised = told(
                &stack,
                "POST",
                "/customers/export",
                &json!({"phone": "+442079460003"}),
            )?;
            assert_eq!(promised["requests"][0]["state"], "scheduled", "version {version}");
            let report = told(&stack, "GET", "/report", &json!({}))?;
            assert_eq!(
                (&report["total"]["asked"], &report["total"]["talked"]),
                (&json!(2), &json!(1)),
                "version {version}"
            );
            // A secret of before there were checksums, scopes and ends signs as ever.
            if migrations.iter().take(version).any(|sql| brings_secrets(sql)) {
                let signed = stack.usage_of(SITE, &Caller::with(secret.as_str()))?;
                assert_eq!(signed.0, 200, "version {version}: {}", signed.1);
                let secrets = told(&stack, "GET", "/secrets", &json!({}))?;
                let everything = json!(["bridges", "customers", "usage"]);
                assert_eq!(
                    (&secrets[0]["scopes"], &secrets[0]["expires_at"]),
                    (&everything, &Value::Null),
                    "version {version}"
                );
            }
            // It is the engine's, too: the number is spoken for, and another one may ask.
            assert!(
                stack.ask_at(SITE, "+442079460003", &json!({})).is_err(),
                "version {version}"
            );
            let next = json!({"skill": "cruises"});
            let asked = stack.ask_at(SITE, "+442079460004", &next);
            assert!(asked.is_ok(), "version {version}: {:?}", asked.err());
            stack.kill()?;
            is_up_to_date(&file, migrations.len())?;
        }
        Ok(())
    };
    play().unwrap();
}

/// Makes the exchange as it was at a version, with the legs that it has.
fn exchange_as_of(file: &Path, version: usize, migrations: &[String]) -> Outcome {
    let legs: Vec<(String, String, i64, String)> = Connection::open(file)?
        .prepare("SELECT id, phase, since, leg FROM leg")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let base = emptied(file)?;
    for (nth, sql) in migrations.iter().take(version).enumerate() {
        migrate(&base, sql, nth + 1, "")?;
        if nth > 0 {
            continue;
        }
        for (id, phase, since, leg) in &legs {
            // The first release was told with the dial what to say.
            base.execute(
                "INSERT INTO leg (id, phase, since, leg) VALUES (?1, ?2, ?3, json_set(?4, '$.dialled.say', 'Hello'))",
                (id, phase, since, leg),
            )?;
        }
    }
    Ok(())
}

journeys! {
    /// A phone that rings while the server gets its next release goes on ringing, is answered, and the other one rings.
    async fn the_phones_of_every_earlier_release_go_on(stage) {
        let migrations = migrations("exchange")?;
        let (_, secret) = stage.stack.new_secret()?;
        let caller = Caller::with(&secret);
        let phones = stage.phones();
        for version in 1..=migrations.len() {
            let customer = format!("+4477009003{version}1");
            let body = json!({"business": "meridian", "customer": customer, "agent": Phones::BEN});
            let (status, answer) = stage.stack.initiate(&caller, &body)?;
            assert_eq!(status, 201, "{answer}");
            let asked = stage.stack.initiated(&answer)?;
            phones.is(&customer, "ringing").await?;
            stage.stack.kill()?;
            let query = "SELECT 1 FROM leg WHERE phase = 'open'";
            let file = file(&stage.stack.folder().join("state"), "xchange", query)?;
            exchange_as_of(&file, version, &migrations)?;
            stage.stack.start_again()?;
            phones.answer(&customer).await?;
            phones.answer(Phones::BEN).await?;
            until("them to talk", async || stage.stack.reached(&asked, "connected")).await?;
            phones.hang_up(&customer).await?;
            until("the call to end", async || stage.stack.reached(&asked, "ended")).await?;
            is_up_to_date(&file, migrations.len())?;
        }
    }
}
