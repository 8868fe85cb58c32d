//! Numbers as people write them at home, read for the panel and for whoever else asks.

mod plan;

use crate::answer::{Answer, Stop, finish, json};
use crate::call::Call;
use crate::page;
use plan::read;
use shared::phone::{InvalidPhone, NumberTyped};
use shared::problem::Problem;
use shared::{Country, SiteId};
use worker::{Env, Request};

/// `POST /v1/sites/{site}/number`. Nothing of it is kept.
pub(crate) async fn answer(request: Request, env: &Env, site: &str) -> Answer {
    let answer = async {
        let here = request.cf().and_then(worker::Cf::country);
        let here = here.and_then(|text| Country::parse(&text).ok());
        let site = SiteId::parse(site).map_err(|_| page::nobody())?;
        let (known, _) = page::snapshot(env, &site).await?;
        let home = known.ok_or_else(page::nobody)?.country;
        let typed: NumberTyped = Call::read(request).await?.decode()?;
        json(200, &read(&typed.phone, here, home).map_err(refusal)?)
    };
    let response = finish(answer.await)?;
    response.headers().set("access-control-allow-origin", "*")?;
    Ok(response)
}

fn refusal(why: InvalidPhone) -> Stop {
    Problem::field("phone", why.code(), why.to_string()).into()
}
