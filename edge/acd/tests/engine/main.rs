//! The engine, driven through its one door.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can not go on should stop"
)]

mod desk;
mod no_answer;
mod offer;
mod page;
mod property;
mod story;
mod world;
