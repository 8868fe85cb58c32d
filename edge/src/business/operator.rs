//! Setting a business up.

use super::Core;
use crate::answer::{Answer, json};
use crate::call::Call;
use crate::store::{business as store, schema};
use crate::{clock, route};
use acd::{Acd, Config, Input};
use shared::SiteId;
use shared::business::Business;
use shared::problem::{FieldError, Problem, ProblemKind};
use std::rc::Rc;

impl Core {
    /// `PUT /v1/businesses/{site}`: takes the whole document or nothing of it. Calls under way go on.
    pub(super) async fn set_up(self: &Rc<Self>, call: &Call, site: &str) -> Answer {
        route::require_bearer(call, &self.settings.operator_secret()?)?;
        let site = SiteId::parse(site)
            .map_err(|_| Problem::new(ProblemKind::NotFound, "There is no such business."))?;
        let business: Business = call.decode()?;
        let config = Config::new(site.clone(), business).map_err(|faults| {
            let error = |fault: acd::ConfigError| FieldError {
                field: fault.field,
                code: "invalid".into(),
                message: fault.message,
            };
            Problem::fields(faults.into_iter().map(error).collect())
        })?;
        schema::migrate(&self.db, schema::BUSINESS)?;
        store::keep_document(&self.db, &site, &config.business)?;
        let document = config.business.clone();
        self.acd
            .replace(Some(Acd::restore(config, store::load(&self.db)?, clock::now())));
        // What the new document makes possible happens now, and whoever looks sees it.
        let now = clock::now();
        let step = self.commit(now, Input::Tick, |_| Ok(()))?;
        self.show(&step, now);
        self.send_due();
        self.rearm().await?;
        json(200, &document)
    }
}
