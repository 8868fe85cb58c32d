//! The demo business.

use std::fs;
use std::time::Duration;

use crate::fail::{Doing, Fail, Result};
use crate::instance::Instance;
use crate::paths::Paths;
use crate::site;

/// The demo's site id.
pub(crate) const SITE: &str = "meridian";

/// The demo business, as its document describes it.
pub(crate) struct Demo {
    document: String,
}

impl Demo {
    /// Reads the document.
    pub(crate) fn read(paths: &Paths) -> Result<Self> {
        let path = paths.at(format!("www/demo/{SITE}.json"));
        Ok(Self {
            document: fs::read_to_string(&path).doing(|| format!("can't read {}", path.display()))?,
        })
    }

    /// Its document, with the addresses of the sources.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// The names of its agents.
    pub(crate) fn agents(&self) -> Vec<String> {
        let document: serde_json::Value = serde_json::from_str(&self.document).unwrap_or_default();
        let agents = document
            .get("agents")
            .and_then(serde_json::Value::as_array)
            .cloned()
            .unwrap_or_default();
        agents
            .iter()
            .filter_map(|agent| Some(agent.get("name")?.as_str()?.to_owned()))
            .collect()
    }

    /// Sets the business up on a server that has not got this very document yet.
    pub(crate) fn seed(&self, instance: &Instance) -> Result<()> {
        let (document, kept) = (
            instance.localized(&self.document),
            instance.state.join("seeded.json"),
        );
        if fs::read_to_string(&kept).is_ok_and(|seeded| seeded == document) {
            return Ok(());
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)));
        let agent: ureq::Agent = config.build().into();
        let mut answer = agent
            .put(format!("{}/v1/businesses/{SITE}", instance.origin()))
            .header("Authorization", format!("Bearer {}", instance.secrets.operator()))
            .header("Content-Type", "application/json")
            .send(&document)
            .doing(|| "the server did not take the demo business".to_owned())?;
        if !answer.status().is_success() {
            let text = answer.body_mut().read_to_string().unwrap_or_default();
            return Err(Fail::new(format!(
                "the server refused the demo business ({}): {text}",
                answer.status()
            )));
        }
        site::write(&kept, document.as_bytes())
    }
}
