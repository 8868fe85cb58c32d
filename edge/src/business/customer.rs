//! Customers for whom the business's own server vouches. A token that calls the number in it pays for one call, and is told apart
//! by its `jti`; who only says a name may say it again while the token is good.

use super::Core;
use super::front_door::not_allowed;
use crate::answer::{Answer, Stop, json};
use crate::call::Call;
use crate::clock;
use crate::identity::{Proof, verify};
use crate::store::{business as store, front_door as door};
use acd::Terms;
use shared::customer::{Identity, Unproven};
use shared::problem::{Problem, ProblemKind};
use shared::request::CallRequest;
use shared::secret::Scope;

/// A request's terms, and what is to be remembered once it is accepted.
pub(super) struct Vouched {
    pub(super) terms: Terms,
    /// The secret that the token was signed with.
    pub(super) secret: Option<String>,
    /// What the token was spent on, where it was.
    pub(super) spent: Option<String>,
}

impl Core {
    /// `POST …/sites/{site}/customer`: what a token says, before a request is made with it.
    pub(super) fn customer(&self, call: &Call) -> Answer {
        self.allow(call)?;
        let identity: Identity = call.decode()?;
        let proof = self.prove(&identity)?;
        let unspent = !store::heard_before(&self.db, &spent(&proof))?;
        let mut customer = proof.customer;
        // A number that was called by it is not called by it again.
        customer.phone = customer.phone.filter(|_| unspent);
        json(200, &customer)
    }

    /// Takes the business's word out of a request: what stays in it is what the page and the customer say.
    pub(super) fn vouched(&self, asked: &mut CallRequest) -> std::result::Result<Vouched, Stop> {
        let Some(identity) = asked.customer.take() else {
            return Ok(Vouched {
                terms: Terms::Page,
                secret: None,
                spent: None,
            });
        };
        let proof = self.prove(&identity)?;
        let own = proof.customer.phone.as_ref();
        let spends = own.is_some() && own == asked.phone.number();
        let spent = spends.then(|| spent(&proof));
        if let Some(spent) = &spent
            && store::heard_before(&self.db, spent)?
        {
            return Err(self.unproven(Unproven::Used));
        }
        let mut customer = proof.customer.without(&identity.withheld);
        // Only the number that is called is the agent's business.
        customer.phone = customer.phone.filter(|_| spends);
        Ok(Vouched {
            terms: Terms::Signed(customer),
            secret: Some(proof.secret),
            spent,
        })
    }

    fn prove(&self, identity: &Identity) -> std::result::Result<Proof, Stop> {
        let site = self.read(|acd| acd.config().site.clone())?;
        let live = self.live_secrets(&site)?;
        let bounded = identity.is_bounded();
        let proof = verify(&identity.token, &live, &site, clock::now());
        proof
            .and_then(|proof| if bounded { Ok(proof) } else { Err(Unproven::Forged) })
            .map_err(|why| self.unproven(why))
    }

    /// The refusal, which is counted: the business sees it under its secrets. Its detail is for the customer.
    fn unproven(&self, why: Unproven) -> Stop {
        let counted = door::refuse(&self.db, &format!("customer_{}", why.code()), clock::now());
        let kind = match why {
            Unproven::NotAllowed => ProblemKind::Forbidden,
            Unproven::Forged | Unproven::Expired | Unproven::Used => ProblemKind::InvalidField,
        };
        let mut words = Problem::new(kind, why.to_string()).at("customer", why.code());
        if why == Unproven::NotAllowed {
            // Whoever writes the page reads this beside the field.
            for error in &mut words.errors {
                error.message = not_allowed(Scope::Customers);
            }
        }
        counted.map_or_else(Stop::from, |()| words.into())
    }
}

fn spent(proof: &Proof) -> String {
    format!("token {}", proof.jti)
}
