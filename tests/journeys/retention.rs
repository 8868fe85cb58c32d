//! What a business does not keep any longer is gone: nothing of it is left in the files of the database.

use serde_json::json;
use stage::{Clerk, Endpoint, Outcome, Stack, journeys, until};
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
        } else if path.to_string_lossy().contains(".sqlite") {
            into.push(path);
        }
    }
    Ok(())
}

/// Which of these texts stand anywhere in the objects' databases, byte by byte: rows, free pages, logs of changes.
fn found<'a>(stack: &Stack, texts: &[&'a str]) -> Outcome<Vec<&'a str>> {
    let mut all = Vec::new();
    files(&stack.folder().join("state"), &mut all)?;
    assert!(!all.is_empty(), "there are databases");
    let mut bytes = Vec::new();
    for path in all {
        // One that goes away meanwhile has nothing in it any more.
        bytes.extend(fs::read(path).unwrap_or_default());
    }
    let there = |text: &&&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
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
            if left.is_empty() { Ok(Some(())) } else { stage::broken(format!("left: {left:?}")) }
        }).await?;
    }
}
