//! What a business does not keep any longer is gone: nothing of it is left in any table of its database.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::json;
use stage::{Clerk, Endpoint, Outcome, Stack, broken, journeys, until};
use std::fs;
use std::path::{Path, PathBuf};

const NUMBER: &str = "+442079460001";
const NOTE: &str = "A planted note about a cabin";
const TITLE: &str = "A planted title of a page";
const WORDS: &str = "Thinks about it";
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

journeys! {
    /// A call with everything that is written down about it is erased when its days are over, and not before.
    async fn what_is_too_old_leaves_no_trace(stage) {
        let planted = [NUMBER, NOTE, TITLE, WORDS];
        let endpoint = Endpoint::start()?;
        stage.stack.set_up(|document| {
            document["agents"][0]["phone"] = json!("+442079460002");
            document["webhooks"] = json!([{"id": "crm", "url": endpoint.url, "events": ["call.ended"], "whole_numbers": true}]);
            document["retention"] = json!({"requests_days": 30, "usage_days": 60, "webhooks_days": 7});
        })?;
        stage.stack.operate("POST", "webhooks/crm/secrets")?;
        let ana = Clerk::at(&stage.stack, "ana")?;
        let page = json!({"url": format!("{}cruises.html", stage.stack.shop()), "title": TITLE});
        let asked = stage.stack.ask(NUMBER, &json!({"skill": "cruises", "note": NOTE, "page": page}))?;
        until("two people to talk", async || stage.stack.reached(&asked, "connected")).await?;
        ana.hang_up()?;
        ana.write_up()?;
        endpoint.hears(1).await?;
        assert_eq!(found(&stage.stack, &planted)?, planted);
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
