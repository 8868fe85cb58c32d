//! The shared types out of a parsed JSON value. A value that does not fit as a whole is `None`: half a view is no view.

use super::Tree;
use shared::call::{EndReason, EndedBy, LegState, Legs, RequestState};
use shared::customer::{Customer, Fact};
use shared::phone::NumberView;
use shared::presence::{
    Availability, CentreView, ExpertView, Offer, SiteFrame, SiteView, SkillView, SlotsView, WaitRange,
};
use shared::problem::{FieldError, Problem};
use shared::request::{Accepted, RequestView, WaitChange};
use shared::voice::Switch;
use shared::{AgentId, CentreId, Country, Millis, PhoneNumber, RequestId, SiteId, SkillId};

/// Reads [`SiteView`].
pub fn site(tree: &impl Tree) -> Option<SiteView> {
    Some(SiteView {
        site: SiteId::parse(&tree.field("site").text()?).ok()?,
        name: tree.field("name").text()?,
        tel: tree.field("tel").text()?,
        at: instant(&tree.field("at"))?,
        anyone: skill(&tree.field("anyone"))?,
        skills: list(&tree.field("skills"), skill)?,
        experts: list(&tree.field("experts"), expert)?,
        centres: list(&tree.field("centres"), centre)?,
        consent: tree.field("consent").text()?,
        voice: tree.field("voice").truth().unwrap_or_default(),
    })
}

/// Reads [`SlotsView`].
pub fn slots(tree: &impl Tree) -> Option<SlotsView> {
    Some(SlotsView {
        zone: tree.field("zone").text()?,
        slots: list(&tree.field("slots"), instant)?,
    })
}

/// Reads [`Customer`].
pub fn customer(tree: &impl Tree) -> Option<Customer> {
    Some(Customer {
        id: maybe(&tree.field("id"), Tree::text)?,
        name: maybe(&tree.field("name"), Tree::text)?,
        phone: maybe(&tree.field("phone"), |it| PhoneNumber::parse(&it.text()?).ok())?,
        facts: list(&tree.field("facts"), fact)?,
    })
}

fn fact(tree: &impl Tree) -> Option<Fact> {
    Some(Fact {
        name: tree.field("name").text()?,
        value: tree.field("value").text()?,
    })
}

/// Reads [`NumberView`].
pub fn number(tree: &impl Tree) -> Option<NumberView> {
    Some(NumberView {
        phone: PhoneNumber::parse(&tree.field("phone").text()?).ok()?,
        international: tree.field("international").text()?,
        national: tree.field("national").text()?,
        country: maybe(&tree.field("country"), |it| Country::parse(&it.text()?).ok())?,
        known: tree.field("known").truth()?,
    })
}

/// Reads [`Accepted`].
pub fn accepted(tree: &impl Tree) -> Option<Accepted> {
    Some(Accepted {
        request: request(&tree.field("request"))?,
        receipt: tree.field("receipt").text()?,
    })
}

/// Reads [`SiteFrame`].
pub fn frame(tree: &impl Tree) -> Option<SiteFrame> {
    Some(SiteFrame {
        site: maybe(&tree.field("site"), site)?,
        request: maybe(&tree.field("request"), request)?,
    })
}

/// Reads [`RequestView`].
pub fn request(tree: &impl Tree) -> Option<RequestView> {
    let legs = tree.field("legs");
    Some(RequestView {
        id: RequestId::parse(&tree.field("id").text()?).ok()?,
        version: whole(&tree.field("version"))?,
        state: RequestState::parse(&tree.field("state").text()?)?,
        reason: maybe(&tree.field("reason"), |it| EndReason::parse(&it.text()?))?,
        legs: Legs {
            customer: leg(&legs.field("customer"))?,
            agent: leg(&legs.field("agent"))?,
        },
        phone: tree.field("phone").text()?,
        skill: maybe(&tree.field("skill"), skill_id)?,
        expert: maybe(&tree.field("expert"), |it| AgentId::parse(&it.text()?).ok())?,
        skill_name: maybe(&tree.field("skill_name"), Tree::text)?,
        agent_name: maybe(&tree.field("agent_name"), Tree::text)?,
        position: maybe(&tree.field("position"), count)?,
        wait: maybe(&tree.field("wait"), wait)?,
        wait_change: maybe(&tree.field("wait_change"), |it| WaitChange::parse(&it.text()?))?,
        attempt: count(&tree.field("attempt"))?,
        attempts: count(&tree.field("attempts"))?,
        next_attempt_at: maybe(&tree.field("next_attempt_at"), instant)?,
        missed: maybe(&tree.field("missed"), |it| EndReason::parse(&it.text()?))?,
        slot: maybe(&tree.field("slot"), instant)?,
        created_at: instant(&tree.field("created_at"))?,
        connected_at: maybe(&tree.field("connected_at"), instant)?,
        ended_at: maybe(&tree.field("ended_at"), instant)?,
        ended_by: maybe(&tree.field("ended_by"), |it| EndedBy::parse(&it.text()?))?,
        chat: tree.field("chat").truth().unwrap_or_default(),
        voice: tree.field("voice").truth().unwrap_or_default(),
        switched: maybe(&tree.field("switched"), |it| Switch::parse(&it.text()?))?,
    })
}

/// Reads [`Problem`].
pub fn problem(tree: &impl Tree) -> Option<Problem> {
    Some(Problem {
        kind: tree.field("type").text()?,
        title: tree.field("title").text()?,
        status: u16::try_from(whole(&tree.field("status"))?).ok()?,
        detail: tree.field("detail").text()?,
        errors: maybe(&tree.field("errors"), |it| list(it, field_error))?.unwrap_or_default(),
    })
}

fn field_error(tree: &impl Tree) -> Option<FieldError> {
    Some(FieldError {
        field: tree.field("field").text()?,
        code: tree.field("code").text()?,
        message: tree.field("message").text()?,
    })
}

fn skill(tree: &impl Tree) -> Option<SkillView> {
    Some(SkillView {
        id: tree.field("id").text()?,
        name: tree.field("name").text()?,
        availability: availability(&tree.field("availability"))?,
        offer: offer(&tree.field("offer"))?,
        opens_at: maybe(&tree.field("opens_at"), instant)?,
        free: count(&tree.field("free"))?,
        waiting: count(&tree.field("waiting"))?,
        wait: maybe(&tree.field("wait"), wait)?,
    })
}

fn expert(tree: &impl Tree) -> Option<ExpertView> {
    Some(ExpertView {
        id: AgentId::parse(&tree.field("id").text()?).ok()?,
        name: tree.field("name").text()?,
        skills: list(&tree.field("skills"), skill_id)?,
        availability: availability(&tree.field("availability"))?,
        wait: maybe(&tree.field("wait"), wait)?,
        offer: offer(&tree.field("offer"))?,
        opens_at: maybe(&tree.field("opens_at"), instant)?,
    })
}

fn centre(tree: &impl Tree) -> Option<CentreView> {
    Some(CentreView {
        id: CentreId::parse(&tree.field("id").text()?).ok()?,
        name: tree.field("name").text()?,
        availability: availability(&tree.field("availability"))?,
        offer: offer(&tree.field("offer"))?,
        opens_at: maybe(&tree.field("opens_at"), instant)?,
    })
}

fn wait(tree: &impl Tree) -> Option<WaitRange> {
    Some(WaitRange {
        low_s: count(&tree.field("low_s"))?,
        high_s: count(&tree.field("high_s"))?,
    })
}

fn availability(tree: &impl Tree) -> Option<Availability> {
    Availability::parse(&tree.text()?)
}

fn offer(tree: &impl Tree) -> Option<Offer> {
    Offer::parse(&tree.text()?)
}

fn leg(tree: &impl Tree) -> Option<LegState> {
    LegState::parse(&tree.text()?)
}

fn skill_id(tree: &impl Tree) -> Option<SkillId> {
    SkillId::parse(&tree.text()?).ok()
}

fn instant(tree: &impl Tree) -> Option<Millis> {
    whole(tree).map(Millis)
}

fn count(tree: &impl Tree) -> Option<u32> {
    u32::try_from(whole(tree)?).ok()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers below 2^53 get to the cast"
)]
fn whole(tree: &impl Tree) -> Option<i64> {
    let number = tree.number()?;
    (number.trunc() == number && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

fn list<T: Tree, U>(tree: &T, read: impl Fn(&T) -> Option<U>) -> Option<Vec<U>> {
    tree.items()?.iter().map(read).collect()
}

/// `Some(None)` for an absent value, `None` for one that does not fit.
fn maybe<T: Tree, U>(tree: &T, read: impl Fn(&T) -> Option<U>) -> Option<Option<U>> {
    if tree.is_nothing() {
        Some(None)
    } else {
        read(tree).map(Some)
    }
}
