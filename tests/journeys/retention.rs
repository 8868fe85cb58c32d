//! What a business does not keep any longer is gone: nothing of it is left in any table of its database.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use stage::{Asked, Clerk, Endpoint, Outcome, Stack, Stage, Talk, broken, journeys, until};
use std::fs;
use std::path::{Path, PathBuf};

const NUMBER: &str = "+442079460001";
/// What it shares with its neighbours.
const BEGINS: &str = "+442079460";
const NOTE: &str = "A planted note about a cabin";
const TITLE: &str = "A planted title of a page";
const WORDS: &str = "Thinks about it";
const MESSAGE: &str = "A planted message to the agent";
const DAY: u64 = 24 * 3600;

fn files(folder: &Path, into: &mut Vec<PathBuf>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// Every value of every table of the business's database.
fn values(stack: &Stack) -> Outcome<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    files(&stack.folder().join("state"), &mut all)?;
    // The server has it open: a copy is looked at, with what is not written back yet.
    let copy = stack.folder().join("copy");
    drop(fs::remove_dir_all(&copy));
    fs::create_dir_all(&copy)?;
    let mut values = Vec::new();
    for path in &all {
        let text = path.to_string_lossy();
        if !text.ends_with(".sqlite") || !text.contains("usiness") {
            continue;
        }
        let here = copy.join("it.sqlite");
        fs::copy(path, &here)?;
        let log = PathBuf::from(format!("{text}-wal"));
        if log.exists() {
            fs::copy(log, copy.join("it.sqlite-wal"))?;
        }
        let base = Connection::open(&here)?;
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let tables: Vec<String> = base
            .prepare(tables)?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for table in tables {
            let mut rows = base.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns = rows.column_count();
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column)? {
                        values.push(bytes.to_vec());
                    }
                }
            }
        }
    }
    match values.iter().any(|value| value == b"meridian") {
        true => Ok(values),
        false => broken("this is not the business's database"),
    }
}

/// Which of these texts stand anywhere in it.
fn found<'a>(stack: &Stack, texts: &[&'a str]) -> Outcome<Vec<&'a str>> {
    let values = values(stack)?;
    let there = |text: &&&str| {
        let mut all = values.iter();
        all.any(|value| value.windows(text.len()).any(|window| window == text.as_bytes()))
    };
    Ok(texts.iter().filter(there).copied().collect())
}

/// Whether the number's beginning stands anywhere by itself: others' numbers begin so, too.
fn begins_stands_alone(stack: &Stack) -> Outcome<bool> {
    Ok(values(stack)?.iter().any(|value| value == BEGINS.as_bytes()))
}

/// Somebody whose number, note and page can be found again is called, and it is written up.
async fn talked(stage: &Stage, endpoint: &Endpoint) -> Outcome<Asked> {
    let ana = Clerk::at(&stage.stack, "ana")?;
    let page = json!({"url": format!("{}cruises.html", stage.stack.shop()), "title": TITLE});
    let asked = stage.stack.ask(
        NUMBER,
        &json!({"skill": "cruises", "note": NOTE, "page": page, "language": "de-AT"}),
    )?;
    until("two people to talk", async || {
        stage.stack.reached(&asked, "connected")
    })
    .await?;
    let mut talk = Talk::open(&stage.stack, &asked)?;
    talk.say("k1", MESSAGE)?;
    assert_eq!(talk.hears("messages")?.pointer("/0/text"), Some(&json!(MESSAGE)));
    ana.hang_up()?;
    ana.write_up()?;
    endpoint.hears(1).await?;
    Ok(asked)
}

journeys! {
    /// A customer asks for what is kept of them, and then for nothing to be kept: both by their number alone.
    async fn a_customer_is_told_everything_and_forgotten(stage) {
        let planted = [NUMBER, NOTE, TITLE, WORDS, MESSAGE];
        let endpoint = Endpoint::start()?;
        stage.stack.set_up(|document| {
            document["agents"][0]["phone"] = json!("+442079460002");
            document["webhooks"] = json!([{"id": "crm", "url": endpoint.url, "events": ["call.ended"], "whole_numbers": true}]);
        })?;
        stage.stack.operate("POST", "webhooks/crm/secrets")?;
        let customer = |what: &str, whom: Value| stage.stack.operate_with("POST", &format!("customers/{what}"), &whom.to_string());
        let number = || json!({"phone": NUMBER});
        talked(stage, &endpoint).await?;
        let somebody_else = stage.stack.ask("+442079460203", &json!({"skill": "flights"}))?;
        assert_eq!(found(&stage.stack, &planted)?, planted);
        assert!(!begins_stands_alone(&stage.stack)?, "not even while they are a customer");
        let (status, told) = customer("export", number())?;
        assert_eq!(status, 200, "{told}");
        assert_eq!((&told["requests"][0]["note"], &told["requests"][0]["page"]["title"]), (&json!(NOTE), &json!(TITLE)));
        assert_eq!(told["calls"][0]["phone"], NUMBER);
        assert_eq!(told["consents"][0]["language"], "de", "in the words that the panel shows to them");
        assert_eq!(told["requests"][0]["disposition"]["text"], WORDS);
        assert_eq!(told["handled"][0]["deed"], "talked");
        assert_eq!((&told["messages"][0]["text"], &told["messages"][0]["by"]), (&json!(MESSAGE), &json!("customer")));
        assert_eq!(told["deliveries"][0]["body"]["data"]["customer"], NUMBER);
        assert_eq!(told["requests"].as_array().map(Vec::len), Some(1), "nobody else's");

        let waits = stage.stack.ask(NUMBER, &json!({"skill": "flights"}))?;
        let (status, told) = customer("erase", number())?;
        assert_eq!((status, &told["errors"][0]["code"]), (409, &json!("open")));
        stage.stack.cancel(&waits)?;
        let (status, told) = customer("erase", number())?;
        assert_eq!((status, &told["requests"], &told["calls"], &told["deliveries"]), (200, &json!(2), &json!(1), &json!(1)));
        until("nothing to be left", async || {
            let left = found(&stage.stack, &planted)?;
            if left.is_empty() { Ok(Some(())) } else { broken(format!("left: {left:?}")) }
        }).await?;
        assert!(!begins_stands_alone(&stage.stack)?);
        assert_eq!(customer("export", number())?.1["requests"], json!([]));
        assert!(stage.stack.view_of(&somebody_else).is_ok(), "somebody else's is there");
        assert_eq!(customer("export", json!({}))?.0, 422);
        assert_eq!(customer("export", json!({"phone": NUMBER, "customer": "c-17"}))?.0, 422);
    }

    /// A merchant whom a customer asks does both in the console: what is kept comes as a file, and goes only when that is typed. Whoever
    /// may only look does neither.
    async fn a_merchant_answers_a_customer(stage) {
        let waits = stage.stack.ask(NUMBER, &json!({"skill": "cruises", "note": NOTE}))?;
        let merchant = stage.browser("merchant").await?;
        let files = stage.stack.folder().join("downloads");
        merchant.tell("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": files})).await?;
        merchant.go(&format!("{}/console/?site=meridian&section=privacy", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.operator()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.see("#export-customer[disabled]").await?;
        merchant.fill("#f-customer-whom", "12").await?;
        merchant.click("#export-customer").await?;
        merchant.see("#f-customer-whom[aria-invalid='true']").await?;
        merchant.fill("#f-customer-whom", NUMBER).await?;
        merchant.click("#export-customer").await?;
        merchant.read("#customer-said", "with 1 request").await?;
        let told = until("the file", async || {
            Ok(fs::read_to_string(files.join("customer.json")).ok().filter(|text| text.ends_with('}')))
        }).await?;
        let told: Value = serde_json::from_str(&told)?;
        assert_eq!((&told["requests"][0]["note"], &told["requests"][0]["phone"]), (&json!(NOTE), &json!(NUMBER)));

        merchant.see("#erase-customer[disabled]").await?;
        merchant.fill("#erase-confirm", "erase").await?;
        merchant.click("#erase-customer").await?;
        merchant.read("#f-customer-whom-error", "is not over").await?;
        stage.stack.cancel(&waits)?;
        merchant.click("#erase-customer").await?;
        merchant.read("#customer-said", "Erased for good: 1 request").await?;
        merchant.see("#erase-customer[disabled]").await?;
        assert!(found(&stage.stack, &[NOTE])?.is_empty());
    }

    /// A call with everything that is written down about it is erased when its days are over, and not before.
    async fn what_is_too_old_leaves_no_trace(stage) {
        let planted = [NUMBER, NOTE, TITLE, WORDS, MESSAGE];
        let endpoint = Endpoint::start()?;
        stage.stack.set_up(|document| {
            document["agents"][0]["phone"] = json!("+442079460002");
            document["webhooks"] = json!([{"id": "crm", "url": endpoint.url, "events": ["call.ended"], "whole_numbers": true}]);
            document["retention"] = json!({"requests_days": 30, "usage_days": 60, "webhooks_days": 7});
        })?;
        stage.stack.operate("POST", "webhooks/crm/secrets")?;
        let asked = talked(stage, &endpoint).await?;
        assert_eq!(found(&stage.stack, &planted)?, planted);
        assert!(!begins_stands_alone(&stage.stack)?);
        stage.stack.pass(8 * DAY)?;
        until("the log to be empty", async || {
            let (_, log) = stage.stack.operate("GET", "webhooks/crm/deliveries")?;
            Ok(log.as_array().is_some_and(Vec::is_empty).then_some(()))
        }).await?;
        assert!(stage.stack.view_of(&asked).is_ok(), "the request is kept for thirty days");
        stage.stack.pass(30 * DAY)?;
        until("the request to be erased", async || Ok(stage.stack.view_of(&asked).is_err().then_some(()))).await?;
        stage.stack.pass(30 * DAY)?;
        until("nothing to be left", async || {
            let left = found(&stage.stack, &planted)?;
            if left.is_empty() { Ok(Some(())) } else { broken(format!("left: {left:?}")) }
        }).await?;
    }
}
