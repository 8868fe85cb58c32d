//! What people do with Ringback, in real browsers against the real local stack.

mod accessible;
mod again;
mod bad_input;
mod call;
mod choice;
mod console;
mod direct;
mod embed;
mod floor;
mod front_door;
mod hand_on;
mod hosted;
mod killed;
mod languages;
mod later;
mod nobody_there;
mod offer;
mod ongoing;
mod placement;
mod presence;
mod strict;
mod wait;

/// A shopper's phone: it rings on the virtual phones page.
const MINE: &str = "+447700900001";
