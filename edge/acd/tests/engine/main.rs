//! The engine, driven through its one door.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that can not go on should stop"
)]

mod abuse;
mod announcement;
mod bills;
mod desk;
mod equipment;
mod floor;
mod handover;
mod hours;
mod line;
mod long_line;
mod no_answer;
mod offer;
mod page;
mod permission;
mod phone;
mod property;
mod report;
mod reschedule;
mod sip;
mod slots;
mod spend;
mod story;
mod stranger;
mod talk;
mod voice;
mod wait;
mod world;
