//! How the page is connected to the edge, and the badge that says so.

use super::Wire;
use crate::when;
use leptos::prelude::*;
use shared::Millis;

/// The connection as the page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Link {
    /// Not wanted now.
    #[default]
    Off,
    /// On its way.
    Connecting,
    /// Changes arrive.
    Live,
    /// Gone; tried again at that instant of the browser's clock.
    Lost {
        /// When.
        retry_at: Millis,
    },
}

impl Link {
    /// The connection after something happened to the socket.
    pub(crate) fn after(self, wire: &Wire, now: Millis) -> Self {
        match wire {
            // A second attempt is still "lost" to the eye: flickering between the two says nothing.
            Wire::Connecting => match self {
                Self::Lost { .. } => Self::Lost { retry_at: now },
                _ => Self::Connecting,
            },
            Wire::Live | Wire::Frame(_) => Self::Live,
            Wire::Lost { retry_ms } => Self::Lost {
                retry_at: now.plus_ms(i64::from(*retry_ms)),
            },
            Wire::Closed(_) => Self::Off,
        }
    }

    /// The word for stylesheets and tests.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Lost { .. } => "lost",
        }
    }

    /// The state in a word or two.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Off => "Not connected",
            Self::Connecting => "Connecting…",
            Self::Live => "Live",
            Self::Lost { .. } => "Reconnecting…",
        }
    }

    /// When a lost connection is tried again; empty otherwise.
    pub(crate) fn countdown(self, now: Millis) -> String {
        match self {
            Self::Lost { retry_at } if retry_at > now => {
                format!(
                    "Next try in {}",
                    when::span(retry_at.plus_ms(999).seconds_since(now))
                )
            }
            Self::Lost { .. } => "Trying…".into(),
            _ => String::new(),
        }
    }
}

/// The connection in a badge.
#[component]
pub(crate) fn LinkBadge(#[prop(into)] link: Signal<Link>) -> impl IntoView {
    let tone = move || match link.get() {
        Link::Live => "ok",
        Link::Lost { .. } => "danger",
        Link::Off | Link::Connecting => "warn",
    };
    view! {
        <span id="link" class="badge" data-tone=tone data-link=move || link.get().as_str()>
            {move || link.get().words()}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_link_stays_lost_until_something_arrives() {
        let now = Millis(10_000);
        let lost = Link::Live.after(&Wire::Lost { retry_ms: 4000 }, now);
        assert_eq!(lost.countdown(now), "Next try in 4 s");
        let trying = lost.after(&Wire::Connecting, now);
        assert_eq!(
            (trying.as_str(), trying.countdown(now)),
            ("lost", "Trying…".into())
        );
        assert_eq!(trying.after(&Wire::Live, now), Link::Live);
        assert_eq!(Link::Off.after(&Wire::Connecting, now), Link::Connecting);
        assert_eq!(Link::Live.after(&Wire::Closed(4401), now), Link::Off);
    }
}
