//! The table of routes.

/// A route: a method at an address. A segment in braces stands for any text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The method, in capitals.
    pub method: &'static str,
    /// The address, as OpenAPI writes it: `/v1/sites/{site}`.
    pub path: &'static str,
}

const fn route(method: &'static str, path: &'static str) -> Route {
    Route { method, path }
}

/// Every route of the worker, but for its files.
pub const ROUTES: &[Route] = &[
    route("GET", "/v1/sites/{site}"),
    route("GET", "/v1/sites/{site}/slots"),
    route("GET", "/v1/sites/{site}/origins"),
    route("POST", "/v1/sites/{site}/number"),
    route("POST", "/v1/sites/{site}/customer"),
    route("POST", "/v1/sites/{site}/requests"),
    route("GET", "/v1/sites/{site}/requests/{request}"),
    route("PATCH", "/v1/sites/{site}/requests/{request}"),
    route("DELETE", "/v1/sites/{site}/requests/{request}"),
    route("GET", "/v1/sites/{site}/requests/{request}/talk"),
    route("GET", "/v1/sites/{site}/requests/{request}/voice"),
    route("DELETE", "/v1/sites/{site}/requests/{request}/voice"),
    route("GET", "/v1/sites/{site}/live"),
    route("GET", "/v1/door/{site}"),
    route("POST", "/v1/door/{site}/code"),
    route("POST", "/v1/door/{site}/link"),
    route("POST", "/v1/door/{site}/link/open"),
    route("POST", "/v1/door/{site}/passkey"),
    route("POST", "/v1/door/{site}/passkey/open"),
    route("POST", "/v1/door/{site}/sign_on"),
    route("GET", "/v1/door/{site}/sign_on/back"),
    route("POST", "/v1/session/passkeys/options"),
    route("POST", "/v1/session/passkeys"),
    route("DELETE", "/v1/session/passkeys/{passkey}"),
    route("GET", "/v1/session"),
    route("DELETE", "/v1/session"),
    route("DELETE", "/v1/session/all"),
    route("GET", "/v1/desk"),
    route("GET", "/v1/desk/live"),
    route("PUT", "/v1/desk/presence"),
    route("PUT", "/v1/desk/voice"),
    route("POST", "/v1/desk/calls"),
    route("POST", "/v1/desk/calls/{request}/transfer"),
    route("POST", "/v1/desk/calls/{request}/requeue"),
    route("POST", "/v1/desk/calls/{request}/refuse"),
    route("POST", "/v1/desk/calls/{request}/hangup"),
    route("POST", "/v1/desk/calls/{request}/never"),
    route("POST", "/v1/desk/calls/{request}/disposition"),
    route("POST", "/v1/desk/calls/{request}/reveal"),
    route("POST", "/v1/desk/requests/{request}/reassign"),
    route("POST", "/v1/desk/requests/{request}/take"),
    route("GET", "/v1/desk/requests/{request}/talk"),
    route("GET", "/v1/desk/requests/{request}/voice"),
    route("DELETE", "/v1/desk/requests/{request}/voice"),
    route("GET", "/v1/businesses/{site}"),
    route("PUT", "/v1/businesses/{site}"),
    route("POST", "/v1/businesses/{site}/placement"),
    route("GET", "/v1/businesses/{site}/forecast"),
    route("GET", "/v1/businesses/{site}/report"),
    route("GET", "/v1/businesses/{site}/seen"),
    route("GET", "/v1/businesses/{site}/audit"),
    route("GET", "/v1/businesses/{site}/usage"),
    route("GET", "/v1/businesses/{site}/equipment"),
    route("PUT", "/v1/businesses/{site}/equipment/{equipment}/secret"),
    route("GET", "/v1/businesses/{site}/sign_on"),
    route("PUT", "/v1/businesses/{site}/sign_on/secret"),
    route("GET", "/v1/businesses/{site}/secrets"),
    route("POST", "/v1/businesses/{site}/secrets"),
    route("DELETE", "/v1/businesses/{site}/secrets/{secret}"),
    route("GET", "/v1/businesses/{site}/refusals"),
    route("GET", "/v1/businesses/{site}/webhooks"),
    route("POST", "/v1/businesses/{site}/webhooks/{webhook}/secrets"),
    route(
        "DELETE",
        "/v1/businesses/{site}/webhooks/{webhook}/secrets/{secret}",
    ),
    route("GET", "/v1/businesses/{site}/webhooks/{webhook}/deliveries"),
    route(
        "POST",
        "/v1/businesses/{site}/webhooks/{webhook}/deliveries/{message}/again",
    ),
    route("POST", "/v1/businesses/{site}/webhooks/{webhook}/test"),
    route("GET", "/v1/businesses/{site}/policy"),
    route("GET", "/v1/businesses/{site}/suppressions"),
    route("POST", "/v1/businesses/{site}/suppressions"),
    route("DELETE", "/v1/businesses/{site}/suppressions/{suppression}"),
    route("POST", "/v1/businesses/{site}/customers/export"),
    route("POST", "/v1/businesses/{site}/customers/erase"),
    route("POST", "/v1/bridges"),
    route("POST", "/v1/presence/{site}/{equipment}"),
    route("GET", "/v1/carriers/asterisk/{site}/{equipment}"),
    route("POST", "/v1/carriers/twilio/{site}/{equipment}/{leg}/{about}"),
    route("POST", "/v1/carriers/sandbox/{site}/events"),
    route("POST", "/sandbox/v1/{site}/calls"),
    route("GET", "/sandbox/v1/{site}/calls/{leg}"),
    route("POST", "/sandbox/v1/{site}/calls/{leg}/say"),
    route("POST", "/sandbox/v1/{site}/calls/{leg}/hangup"),
    route("POST", "/sandbox/v1/{site}/bridges"),
    route("GET", "/sandbox/v1/{site}/phones"),
    route("GET", "/sandbox/v1/{site}/phones/live"),
    route("POST", "/sandbox/v1/{site}/phones/{leg}/answer"),
    route("POST", "/sandbox/v1/{site}/phones/{leg}/decline"),
    route("POST", "/sandbox/v1/{site}/phones/{leg}/hangup"),
    route("POST", "/sandbox/v1/{site}/phones/{leg}/press/{key}"),
];

impl Route {
    /// Whether it is for equipment and its networks. These speak the languages of their carriers (Twilio's, Asterisk's, our sandbox's),
    /// which `telephony` has the codecs and conformance tests of; the document leaves all of them out.
    pub fn is_for_carriers(&self) -> bool {
        self.path.starts_with("/v1/carriers/") || self.path.starts_with("/sandbox/")
    }

    fn is_at(&self, segments: &[&str]) -> bool {
        let mut path = self.path.split('/').skip(1);
        let fit = segments.iter().all(|segment| {
            path.next()
                .is_some_and(|wanted| wanted.starts_with('{') || wanted == *segment)
        });
        fit && path.next().is_none()
    }
}

/// What there is at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This route.
    Route(&'static Route),
    /// Routes of these methods, and none of the one asked for.
    Others(Vec<&'static str>),
    /// Nothing.
    Nothing,
}

/// Looks a route up. The segments are those of the path behind its first slash.
pub fn find(method: &str, segments: &[&str]) -> Found {
    let here = || ROUTES.iter().filter(|route| route.is_at(segments));
    if let Some(route) = here().find(|route| route.method == method) {
        return Found::Route(route);
    }
    let others: Vec<_> = here().map(|route| route.method).collect();
    if others.is_empty() {
        Found::Nothing
    } else {
        Found::Others(others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(method: &str, path: &str) -> Found {
        find(method, &path.split('/').skip(1).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_in_the_table_is_not_there() {
        assert!(matches!(at("GET", "/v1/sites/meridian"), Found::Route(_)));
        assert_eq!(at("POST", "/v1/sites/meridian"), Found::Others(vec!["GET"]));
        assert_eq!(
            at("PUT", "/v1/sites/meridian/requests/req_1"),
            Found::Others(vec!["GET", "PATCH", "DELETE"])
        );
        for path in [
            "/v1",
            "/v1/sites",
            "/v1/sites/meridian/",
            "/v1/sites/meridian/live/x",
            "/v1/everything",
        ] {
            assert_eq!(at("GET", path), Found::Nothing, "{path}");
        }
    }

    #[test]
    fn no_route_is_there_twice() {
        let mut routes = ROUTES.to_vec();
        routes.sort();
        routes.dedup();
        assert_eq!(routes.len(), ROUTES.len());
    }
}
