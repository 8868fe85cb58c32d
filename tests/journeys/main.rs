//! What people do with Ringback, in real browsers against the real local stack.

mod accessible;
mod again;
mod bad_input;
mod call;
mod challenge;
mod choice;
mod console;
mod customer;
mod direct;
mod door;
mod early;
mod embed;
mod floor;
mod front_door;
mod hand_on;
mod hosted;
mod killed;
mod languages;
mod later;
mod look;
mod moving;
mod never;
mod nobody_there;
mod number;
mod offer;
mod ongoing;
mod package;
mod passkey;
mod phone;
mod placement;
mod presence;
mod released;
mod retention;
mod signalling;
mod sip;
mod sso;
mod strict;
mod talk;
mod voice;
mod voice_fails;
mod wait;
mod webhooks;

/// A shopper's phone: it rings on the virtual phones page.
const MINE: &str = "+447700900001";
