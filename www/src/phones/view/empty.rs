//! Nothing rings: how to make something ring, and the numbers that need nobody.

use crate::phones::word;
use leptos::prelude::*;

/// Nothing rings.
#[component]
pub(super) fn Empty() -> impl IntoView {
    view! {
        <section id="empty" class="empty stack">
            <span class="idle-phone" aria-hidden="true"></span>
            <h2>"No phone rings"</h2>
            <p>
                "Ask for a call in the shop with any number, such as "
                <strong class="num nowrap">"+44 7700 900001"</strong> ", and it rings here."
            </p>
            <p class="small">"The agents' phones ring here too: answer the customer's first, then the agent's."</p>
        </section>
    }
}

/// The numbers that behave as scripted.
#[component]
pub(super) fn Scripted() -> impl IntoView {
    let rows = word::SCRIPTED
        .iter()
        .map(|(digits, what)| {
            view! {
                <tr>
                    <th scope="row" class="num">
                        <bdi class="nowrap">
                            {if *digits == "others" {
                                "others".to_owned()
                            } else {
                                format!("+44 20 7946 0{digits}")
                            }}
                        </bdi>
                    </th>
                    <td>{*what}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details id="scripted" class="card" open>
            <summary><h2>"Numbers that answer by themselves"</h2></summary>
            <p class="muted small">
                "These do not ring here. Their last three digits say what happens; ss are seconds."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Scripted numbers">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Number"</th>
                            <th scope="col">"What happens"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
