//! Bugs on purpose, to see whether `edge/chaos` finds them. Without the `mutants` feature there are none: [`mutant!`](crate::mutant!)
//! is `false` then, and nothing of them is compiled.

/// True when bugs can be switched on: never in the worker, which refuses to compile with them.
pub const COMPILED: bool = cfg!(feature = "mutants");

/// True while this bug is switched on.
#[cfg(feature = "mutants")]
#[macro_export]
macro_rules! mutant {
    ($name:ident) => {
        $crate::mutant::is_on($crate::mutant::Mutant::$name)
    };
}

/// True while this bug is switched on, which it never is here.
#[cfg(not(feature = "mutants"))]
#[macro_export]
macro_rules! mutant {
    ($name:ident) => {
        false
    };
}

#[cfg(feature = "mutants")]
pub use switch::{Mutant, is_on, switch};

#[cfg(feature = "mutants")]
mod switch {
    use std::cell::Cell;

    macro_rules! mutants {
        ($($(#[doc = $words:literal])+ $name:ident,)+) => {
            /// A bug.
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum Mutant {
                $($(#[doc = $words])+ $name,)+
            }

            impl Mutant {
                /// All of them.
                pub const ALL: &[Self] = &[$(Self::$name,)+];

                /// The bug in words.
                pub const fn words(self) -> &'static str {
                    match self {
                        $(Self::$name => concat!($($words),+).trim_ascii(),)+
                    }
                }
            }
        };
    }

    mutants! {
        /// Of equal places in line the last one goes first.
        LifoOnTie,
        /// The last in line goes first.
        LifoInLine,
        /// Who comes back to the line goes to its end.
        PlaceLost,
        /// Everybody is taken for skilled.
        SkillForgotten,
        /// Opening hours are read in UTC.
        ZoneIgnored,
        /// Agents who are away are given calls.
        AwayIgnored,
        /// Whoever did not take it is asked again.
        PassedOverForgotten,
        /// An agent who is reserved stays available.
        DoubleReservation,
        /// An agent who becomes idle is not told to the router.
        IdleUnnoticed,
        /// No deadline is set for a phone that rings.
        RingForEver,
        /// Deadlines are kept in memory only.
        TimersUnwritten,
        /// A change of an agent is not written.
        AgentUnwritten,
        /// A request that is taken back is confirmed, and goes on.
        CancelForgotten,
        /// The end of a request leaves its phones ringing.
        EndLeavesLegs,
        /// News of an earlier leg counts as news of the present one.
        OldNewsCounts,
        /// An answer counts as often as it is told.
        AnswerTwice,
        /// Attempts are not counted.
        RetryForEver,
        /// The agent is called before the customer has answered.
        AgentFirst,
        /// Any number may be dialled.
        PermitForAll,
        /// What was spent is forgotten when the next call is granted.
        SpentForgotten,
        /// Only what calls did cost counts, not what they still may.
        SetAsideForgotten,
        /// Equipment is not told how long a call may last.
        LongestUnsaid,
        /// How often a number was rung in a day does not matter.
        RingsForgotten,
        /// Nor how many were called in an hour or a day.
        RateForgotten,
        /// Nor how many calls are under way.
        AtOnceForgotten,
        /// People are called at night who did not ask for it.
        NightForgotten,
        /// Somebody may work through a block of numbers.
        NeighboursForgotten,
        /// Whoever wants no calls is called again.
        NeverForgotten,
        /// Accepted requests are not counted.
        AskedUncounted,
        /// What the dial policy remembers is kept in memory only.
        PolicyUnwritten,
        /// Consent is not asked for.
        ConsentIgnored,
        /// What was decided is sent although nobody wants it any more.
        SentUnwanted,
        /// A call that goes over to the telephone loses its agent, who stays kept.
        SwitchForgetsAgent,
        /// A call that goes over to the telephone leaves its browsers connected.
        SwitchLeavesLegs,
        /// A second request for a number is taken.
        NumberTwice,
        /// Effects don't get into the outbox.
        OutboxNotCommitted,
        /// A row is sent again while it is being sent.
        LeaseForgotten,
        /// A row that was leased counts as never sent.
        LeaseCertain,
        /// Whoever lost the lease settles the row all the same.
        LeaseStolen,
        /// The rows of a leg go out in any order.
        LanesMixed,
        /// The alarm is set for the engine only.
        AlarmForgetsOutbox,
        /// The alarm is set for the outbox only.
        AlarmForgetsDeadline,
        /// A dial is sent again without asking.
        ResentUnasked,
        /// While nobody knows whether the customer was called, other equipment calls.
        FailoverOnUnknown,
        /// Nobody asks about a leg that is not heard of.
        InquiryForgotten,
        /// Legs have no account.
        LedgerForgotten,
        /// Seconds are counted from when news arrives.
        LedgerByArrival,
    }

    thread_local! {
        static ON: Cell<Option<Mutant>> = const { Cell::new(None) };
    }

    /// True while this bug is switched on.
    pub fn is_on(mutant: Mutant) -> bool {
        ON.get() == Some(mutant)
    }

    /// Switches one bug on, or all off, in this thread.
    pub fn switch(mutant: Option<Mutant>) {
        ON.set(mutant);
    }
}
