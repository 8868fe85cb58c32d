//! The secret that is about to be made, and how those stand that there are.

use super::Model;
use shared::secret::{Scope, Scopes, SecretDays, SecretWish};

/// Live secrets at once: the one in use, and the next.
const MAX_LIVE: usize = 2;

/// The ends that are offered, in days, with their names.
pub(in crate::console) const ENDS: [(u16, &str); 3] = [
    (30, "After 30 days"),
    (90, "After 90 days"),
    (365, "After a year"),
];

/// A secret as it is chosen; nothing may be chosen meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Making {
    pub(in crate::console) scopes: Vec<Scope>,
    pub(in crate::console) ends: Option<SecretDays>,
}

impl Default for Making {
    fn default() -> Self {
        let SecretWish {
            scopes,
            expires_in_days,
        } = SecretWish::default();
        Self {
            scopes: scopes.iter().collect(),
            ends: expires_in_days,
        }
    }
}

impl Making {
    /// Takes a use in, or out.
    pub(super) fn choose(&mut self, scope: Scope, on: bool) {
        self.scopes.retain(|it| *it != scope);
        if on {
            self.scopes.push(scope);
        }
    }

    /// What to ask for; nothing where it would be for nothing.
    pub(super) fn wish(&self) -> Option<SecretWish> {
        Some(SecretWish {
            scopes: Scopes::of(&self.scopes)?,
            expires_in_days: self.ends,
        })
    }
}

/// Why no secret can be made at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::console) enum Hindrance {
    /// As many are live as may be.
    Full,
    /// It would be for nothing.
    Useless,
}

impl Model {
    /// What stands between whoever looks and the next secret.
    pub(in crate::console) fn no_secret(&self) -> Option<Hindrance> {
        let live = self.secrets.iter().filter(|it| !it.has_ended(self.now));
        if live.count() >= MAX_LIVE {
            Some(Hindrance::Full)
        } else if self.making.wish().is_none() {
            Some(Hindrance::Useless)
        } else {
            None
        }
    }
}
