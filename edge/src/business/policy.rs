//! Who may be called, for whoever runs the business: the policy as it stands, and the numbers that are never called again.

use super::Core;
use super::by::By;
use crate::answer::{Answer, empty, json, problem};
use crate::call::Call;
use crate::store::policy as kept;
use crate::{clock, route};
use acd::policy::{self, Digest};
use acd::{Input, Reply};
use shared::Address;
use shared::policy::{Costs, Dearer, PolicyView, Quarantined, Suppress, Suppression, SuppressionView, Waits};
use shared::problem::{Problem, ProblemKind};
use std::rc::Rc;
use worker::Method;

/// Ten-thousandths in a hundredth.
const PER_HUNDREDTH: u64 = 100;

impl Core {
    /// `GET …/businesses/{site}/policy`.
    pub(super) fn policy(&self) -> Answer {
        let view = self.read(|acd| acd.policy_view(clock::now()))?;
        let dearer = view.dearer.into_iter();
        let mut quarantined = Vec::new();
        for closed in &view.quarantined {
            let until = closed.until;
            quarantined.extend(kept::begins(&self.db, closed)?.map(|begins| Quarantined { begins, until }));
        }
        quarantined.sort_by(|one, other| one.begins.cmp(&other.begins));
        let waiting = view.waiting.into_iter();
        json(
            200,
            &PolicyView {
                limits: view.limits,
                spend: Costs {
                    caps: view.caps,
                    hour: view.committed.0.div_ceil(PER_HUNDREDTH),
                    day: view.committed.1.div_ceil(PER_HUNDREDTH),
                },
                dearer: dearer
                    .map(|dearer| Dearer {
                        until: dearer.ends_at(),
                        equipment: dearer.via,
                        per_minute: dearer.per_minute,
                    })
                    .collect(),
                quarantined,
                waiting: waiting
                    .map(|waiting| Waits {
                        request: waiting.request,
                        why: waiting.why,
                        since: waiting.since,
                        until: waiting.until,
                    })
                    .collect(),
            },
        )
    }

    /// `…/businesses/{site}/suppressions`.
    pub(super) async fn suppressions(self: &Rc<Self>, call: &Call, rest: &[&str], by: &By) -> Answer {
        match (&call.method, rest) {
            (Method::Get, []) => {
                let view = self.read(|acd| acd.policy_view(clock::now()))?;
                let mut list: Vec<SuppressionView> = view
                    .suppressed
                    .into_iter()
                    .map(|row| SuppressionView {
                        id: row.number.as_str().to_owned(),
                        number: row.masked,
                        reason: row.reason,
                        at: row.at,
                    })
                    .collect();
                list.sort_by_key(|row| std::cmp::Reverse(row.at));
                json(200, &list)
            }
            (Method::Post, []) => {
                let wish: Suppress = call.decode()?;
                if wish.reason == Suppression::PressedNine {
                    let detail = "Only the customer can press a key.";
                    return Err(Problem::field("reason", "invalid", detail).into());
                }
                if let Address::Number(number) = &wish.phone
                    && !policy::is_as_written(number)
                {
                    let detail = "Without a zero after the country's code: another number is called.";
                    return Err(Problem::field("phone", "invalid", detail).into());
                }
                let what = format!("{} {}", wish.phone.masked(), wish.reason);
                self.turn(Input::Never(wish.phone, wish.reason), |turn| {
                    by.note(turn.db, turn.now, "number.suppressed", &what)
                })
                .await?;
                empty()
            }
            (Method::Delete, [id]) => {
                let nothing = || problem(ProblemKind::NotFound, "There is no such number.");
                let number = Digest::parse(id).ok_or_else(nothing)?;
                let forgiven = self.turn(Input::Forgive(number), |turn| match turn.step.reply {
                    Ok(Reply::Absorbed) => Ok(()),
                    _ => by.note(turn.db, turn.now, "number.allowed", id),
                });
                match forgiven.await? {
                    Reply::Absorbed => Err(nothing()),
                    Reply::Done | Reply::Request(_) => empty(),
                }
            }
            (_, [] | [_]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }
}
