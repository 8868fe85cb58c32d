//! What the edge tells beside the document.

use super::secret::Making;
use super::{DAY_MS, Do, Model, Msg, Notice};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where a page would stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::console) struct Tried {
    pub(in crate::console) rule: Option<u32>,
    pub(in crate::console) name: Option<String>,
    pub(in crate::console) skill: Option<String>,
    pub(in crate::console) expert: Option<String>,
    #[serde(default)]
    pub(in crate::console) why: Vec<Why>,
}

/// Why one rule did, or did not, place it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::console) struct Why {
    pub(in crate::console) rule: u32,
    pub(in crate::console) name: Option<String>,
    pub(in crate::console) matched: bool,
    pub(in crate::console) failed: Option<String>,
}

/// The rest of what may happen.
pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Do> {
    let Some(site) = model.site.clone() else {
        return Vec::new();
    };
    match msg {
        Msg::Seen(Ok(seen)) => model.seen = Some(seen),
        Msg::Report(Ok(report)) => model.report = Some(Ok(report)),
        Msg::Report(Err(failure)) if failure.status() != Some(401) => {
            model.report = Some(Err(failure.words().to_owned()));
        }
        Msg::Days(days) => {
            model.days = days;
            model.report = None;
            let to = model.now.plus_ms(60_000);
            return vec![Do::ReadReport(site, to.plus_ms(-i64::from(days) * DAY_MS), to)];
        }
        Msg::Forecast(Ok(forecast)) => model.forecast = Some(forecast),
        Msg::Equipment(Ok(equipment)) => model.equipment = equipment,
        Msg::Credentials(id, secret) => return vec![Do::KeepCredentials(site, id, secret)],
        Msg::CredentialsKept(id, answer) => {
            let place = format!("secret.{id}");
            match answer {
                Ok(()) => {
                    model.errors.remove(&place);
                    model.say(Notice::Saved);
                    return vec![Do::ReadEquipment(site)];
                }
                Err(failure) => {
                    model.errors.insert(place, failure.words().to_owned());
                }
            }
        }
        Msg::Secrets(Ok(secrets)) => model.secrets = secrets,
        Msg::SecretFor(scope, on) => model.making.choose(scope, on),
        Msg::SecretEnds(days) => model.making.ends = days,
        Msg::MakeSecret => {
            let wish = model.making.wish().filter(|_| model.no_secret().is_none());
            return wish.map(|wish| Do::MakeSecret(site, wish)).into_iter().collect();
        }
        Msg::SecretMade(Ok(made)) => {
            model.made = Some(made);
            // What this one was for says nothing of the next.
            model.making = Making::default();
            return vec![Do::ReadSecrets(site)];
        }
        Msg::Revoke(id) => {
            model.made = model.made.take().filter(|made| made.id != id);
            return vec![Do::Revoke(site, id)];
        }
        Msg::Revoked(Ok(())) => return vec![Do::ReadSecrets(site)],
        Msg::Refusals(Ok(refusals)) => model.refusals = refusals,
        Msg::Try(url) => {
            model.try_url = url;
            model.tried = None;
            if model.try_url.trim().is_empty() {
                return Vec::new();
            }
            // The rules as they are edited, before anybody saves them.
            let mut run = json!({"url": model.try_url.trim()});
            for field in ["rules", "cookies"] {
                let value = model.at(field).clone();
                if let (Some(run), false) = (run.as_object_mut(), value.is_null()) {
                    run.insert(field.into(), value);
                }
            }
            return vec![Do::Try(site, run)];
        }
        Msg::Tried(answer) => model.tried = Some(answer.map_err(|failure| failure.words().to_owned())),
        Msg::Copy(text) => return vec![Do::Copy(text)],
        Msg::Copied => model.say(Notice::Copied),
        Msg::Seen(Err(failure))
        | Msg::Report(Err(failure))
        | Msg::Forecast(Err(failure))
        | Msg::Equipment(Err(failure))
        | Msg::Secrets(Err(failure))
        | Msg::SecretMade(Err(failure))
        | Msg::Revoked(Err(failure))
        | Msg::Refusals(Err(failure)) => model.refuse(&failure),
        _ => {}
    }
    Vec::new()
}

/// Whether a rule's condition can't be edited by the form and is only kept.
pub(in crate::console) fn more_conditions(when: &Value) -> Vec<String> {
    let fields = when.as_object().into_iter().flatten();
    let empty = |value: &Value| value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty);
    let more =
        fields.filter(|(name, value)| !["url", "product_type"].contains(&name.as_str()) && !empty(value));
    more.map(|(name, value)| format!("{name} {value}")).collect()
}
