//! The agent desk, the merchant's console and the virtual phones page.
//!
//! Each is a pure core and a thin shell: `model` decides (`update(&mut Model, Msg) -> Vec<Do>`, tested natively),
//! `shell` does what it says in the browser, `view` draws, `word` holds every sentence.
//!
//! | module | idea |
//! | --- | --- |
//! | [`console`] | the merchant's console |
//! | [`desk`] | an agent's desk |
//! | [`phones`] | the sandbox's telephones, to be answered by hand |
//! | `door` | the way in, the same for desk and console |
//! | `net` | the edge: fetch, the one error format, a socket that comes back |
//! | `passkey` | passkeys, as the browser has them |
//! | `site` | which business this page is about |
//! | `when`, `number` | times and telephone numbers for eyes |
//! | `browser` | clock, address, storage |

#![expect(
    unreachable_pub,
    reason = "Leptos's component macro makes its props types public"
)]

mod browser;
pub mod console;
pub mod desk;
mod door;
mod language;
mod net;
mod number;
mod passkey;
pub mod phones;
mod site;
mod when;
