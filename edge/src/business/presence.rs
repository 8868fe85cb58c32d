//! From a SIP server: what phones publish of themselves.

use super::Core;
use super::desk::refuse_faults;
use crate::answer::{Answer, Stop, empty};
use crate::call::Call;
use crate::store::equipment as store;
use crate::{clock, route};
use acd::Input;
use shared::equipment::Kind;
use shared::sip::Publication;
use std::rc::Rc;
use worker::Method;

impl Core {
    /// `POST /v1/presence/{site}/{equipment}`: believed of a SIP server that shows its credentials. Told again it changes nothing,
    /// and neither does what is older than what is known, so that a server may repeat what it does not know the answer to.
    pub(super) async fn presence(self: &Rc<Self>, call: &Call, via: &str) -> Answer {
        if call.method != Method::Post {
            return route::no_route(call, true);
        }
        let via = self.recognise(call, via, |equipment| equipment.kind == Kind::Presence)?;
        let told: Publication = call.decode()?;
        refuse_faults(told.faults())?;
        let entity = told.entity.clone();
        let heard = self.turn(Input::Published(told), |_| Ok(())).await;
        match heard {
            Ok(_) => empty(),
            Err(Stop::Refused(why)) => {
                // Whoever set the server up does not read its log every day.
                let fault = format!("what {entity} published was refused: {}", why.detail);
                store::keep_fault(&self.db, &via, &fault, clock::now())?;
                Err(Stop::Refused(why))
            }
            Err(stop) => Err(stop),
        }
    }
}
