//! The business's equipment, for whoever looks after it: credentials go in, its state comes out.

use super::Core;
use super::by::By;
use super::line::{connects, place};
use crate::answer::{Answer, Stop, empty, json};
use crate::call::Call;
use crate::store::equipment as store;
use crate::{clock, route, vault};
use shared::EquipmentId;
use shared::equipment::{Credentials, EquipmentView};
use shared::problem::{Problem, ProblemKind};
use worker::Method;

/// Characters of a secret: enough for any token, too few to fill a disk.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 16..=200;

impl Core {
    pub(super) fn equipment(&self, call: &Call, rest: &[&str], by: &By) -> Answer {
        match (&call.method, rest) {
            (Method::Get, []) => self.show_equipment(),
            (Method::Put, [id, "secret"]) => self.keep_secret(call, id, by),
            (_, [] | [_, "secret"]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    fn keep_secret(&self, call: &Call, id: &str, by: &By) -> Answer {
        let unknown = || Stop::from(Problem::new(ProblemKind::NotFound, "There is no such equipment."));
        let id = EquipmentId::parse(id).map_err(|_| unknown())?;
        let site = self.read(|acd| {
            let config = acd.config();
            config.equipment(&id).is_some().then(|| config.site.clone())
        })?;
        let site = site.ok_or_else(unknown)?;
        let given: Credentials = call.decode()?;
        let plain = given.secret.chars().all(|c| c.is_ascii_graphic());
        if !plain || !SECRET_CHARS.contains(&given.secret.len()) {
            let message = "This must be 16 to 200 visible characters.";
            return Err(Problem::field("secret", "invalid", message).into());
        }
        let sealed = vault::seal(&self.settings.vault_secret()?, &place(&site, &id), &given.secret)?;
        self.db.transaction(|| {
            store::keep_sealed(&self.db, &id, &sealed)?;
            by.note(&self.db, clock::now(), "credentials.kept", id.as_str())
        })?;
        self.show_out(&id);
        empty()
    }

    /// Whoever came in with credentials that are none any more has to show new ones.
    pub(super) fn show_out(&self, id: &EquipmentId) {
        for ws in self.state.get_websockets_with_tag(&super::line::tag(id)) {
            crate::socket::close(&ws, 4401, "the credentials have changed");
        }
    }

    fn show_equipment(&self) -> Answer {
        let fleet: Vec<_> = self.read(|acd| {
            let fleet = acd.config().fleet();
            let out = fleet.map(|equipment| (equipment.clone(), acd.out_of_order_until(&equipment.id)));
            out.collect()
        })?;
        let views: worker::Result<Vec<EquipmentView>> = fleet
            .into_iter()
            .map(|(equipment, out_of_order_until)| {
                let kept = store::kept(&self.db, &equipment.id)?;
                Ok(EquipmentView {
                    connected: connects(&equipment).then(|| self.socket_of(&equipment.id).is_some()),
                    id: equipment.id,
                    kind: equipment.kind,
                    has_secret: kept.sealed.is_some(),
                    out_of_order_until,
                    fault: kept.fault,
                    fault_at: kept.fault_at,
                })
            })
            .collect();
        json(200, &views?)
    }
}
