//! What is kept. The only place that speaks SQL.

pub(crate) mod audit;
pub(crate) mod business;
pub(crate) mod console;
pub(crate) mod crowd;
pub(crate) mod due;
pub(crate) mod equipment;
pub(crate) mod exchange;
pub(crate) mod forecast;
pub(crate) mod front_door;
pub(crate) mod journal;
pub(crate) mod leg;
pub(crate) mod passkey;
pub(crate) mod policy;
pub(crate) mod privacy;
pub(crate) mod retention;
pub(crate) mod rings;
pub(crate) mod row;
pub(crate) mod schema;
pub(crate) mod session;
pub(crate) mod sign_on;
pub(crate) mod sql;
pub(crate) mod talk;
pub(crate) mod usage;
pub(crate) mod voice;
pub(crate) mod webhook;
