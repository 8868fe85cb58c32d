//! The door to the desk.

use crate::desk::model::Msg;
use crate::desk::shell::desk;
use crate::door::Door;
use leptos::prelude::*;
use shared::door::Place;

#[component]
pub(super) fn Entry() -> impl IntoView {
    let desk = desk();
    let known = desk.part(|model| model.site.clone().map(|site| (site, model.entry.clone())));
    move || {
        known.get().map(|(site, entry)| {
            view! {
                <Door
                    site=site
                    to=Place::Desk
                    who=entry.who
                    notice=entry.notice
                    done=move || desk.send(Msg::Entered)
                    other_site=move || desk.send(Msg::OtherSite)
                />
            }
        })
    }
}
