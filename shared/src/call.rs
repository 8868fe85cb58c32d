//! The call itself: its two legs, and how it ends.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word on the wire and in SQL.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the word; `None` for any other.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        crate::schema::words!($name);

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(concat!("must be one of: " $(, $text, " ")+)))
            }
        }
    };
}

pub(crate) use words;

words! {
    /// Where a request stands. `Ended` absorbs whatever arrives late.
    RequestState {
        /// Kept for a promised time.
        Scheduled = "scheduled",
        /// Waiting for an agent.
        Queued = "queued",
        /// An agent is reserved; the carrier has been asked to dial the customer.
        Reserving = "reserving",
        /// The customer's phone is being dialled or rings.
        DialingCustomer = "dialing_customer",
        /// The customer answered and holds; no agent's phone rings at this moment.
        CustomerOnHold = "customer_on_hold",
        /// The customer holds and an agent's phone is being dialled or rings.
        RingingAgent = "ringing_agent",
        /// The two talk.
        Connected = "connected",
        /// Over; the reason says how.
        Ended = "ended",
    }
}

words! {
    /// One machine-readable reason at the end of every request.
    EndReason {
        /// The two talked.
        Talked = "talked",
        /// The customer took the request back.
        CancelledByCustomer = "cancelled_by_customer",
        /// The business or an agent ended it before the two talked.
        CancelledByBusiness = "cancelled_by_business",
        /// The customer's line was busy.
        CustomerBusy = "customer_busy",
        /// The customer's phone rang and nobody answered.
        CustomerNoAnswer = "customer_no_answer",
        /// The customer declined the call.
        CustomerDeclined = "customer_declined",
        /// The customer pressed 9: this number is never called again.
        CustomerForbade = "customer_forbade",
        /// A machine answered.
        CustomerVoicemail = "customer_voicemail",
        /// Somebody or something answered and did not press 1.
        CustomerNotConfirmed = "customer_not_confirmed",
        /// The customer hung up while holding for an agent.
        CustomerHungUpOnHold = "customer_hung_up_on_hold",
        /// Nobody was left to take the call while the customer held.
        NoAgent = "no_agent",
        /// The customer held; agents' phones rang, and none of them took the call.
        AgentNoAnswer = "agent_no_answer",
        /// It waited until the business had closed, and longer than the business keeps a request.
        ClosedHours = "closed_hours",
        /// It waited longer than the business keeps a request.
        Expired = "expired",
        /// The number can't be called.
        InvalidNumber = "invalid_number",
        /// The dial policy refuses the number.
        BlockedNumber = "blocked_number",
        /// The carrier failed and repeating did not help.
        CarrierError = "carrier_error",
    }
}

words! {
    /// One party's half of the call.
    LegState {
        /// Not dialled yet.
        Idle = "idle",
        /// The carrier was asked.
        Dialing = "dialing",
        /// The phone rings.
        Ringing = "ringing",
        /// Answered; not yet joined with the other leg.
        Answered = "answered",
        /// Joined with the other leg.
        Bridged = "bridged",
        /// Over.
        Ended = "ended",
    }
}

words! {
    /// Who ended a call that was up.
    EndedBy {
        /// The customer hung up, or took the request back.
        Customer = "customer",
        /// The agent hung up, by phone or at the desk.
        Agent = "agent",
        /// We did: a deadline, or the business.
        Business = "business",
        /// The network lost it.
        Carrier = "carrier",
    }
}

words! {
    /// Who asked for a call.
    Origin {
        /// A page, through the panel or the public interface.
        Page = "page",
        /// The business's own server, with a signed request.
        Business = "business",
        /// An agent calls a customer again.
        Agent = "agent",
    }
}

words! {
    /// Which of the two.
    Party {
        /// The shopper.
        Customer = "customer",
        /// The representative.
        Agent = "agent",
    }
}

/// Both legs as the panel and the desk show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Legs {
    /// The customer's leg.
    pub customer: LegState,
    /// The present agent's leg.
    pub agent: LegState,
}

impl RequestState {
    /// True while a carrier has, or is about to have, a leg of this request.
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Reserving
                | Self::DialingCustomer
                | Self::CustomerOnHold
                | Self::RingingAgent
                | Self::Connected
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for &state in RequestState::ALL {
            assert_eq!(RequestState::parse(state.as_str()), Some(state));
        }
        for &reason in EndReason::ALL {
            assert_eq!(EndReason::parse(reason.as_str()), Some(reason));
        }
        assert_eq!(LegState::parse("on fire"), None);
    }
}
