//! A line so long that it is not played ahead after every step.

use crate::world::World;
use acd::Input;

/// Hundreds ask within a moment: each is told a wait and the right place at once, and within a second everybody's wait is worked out.
#[test]
fn in_a_crowd_everybody_is_told_a_wait_and_a_place_at_once() {
    let mut world = World::taught(300);
    world.available("ana");
    world.ask("cruises");
    let mut crowd = Vec::new();
    for nth in 1..=400 {
        world.now = world.now.plus_ms(1);
        let id = world.ask("cruises");
        let view = world.acd.request_view(world.request(&id), world.now);
        assert_eq!(view.position, Some(nth));
        assert!(view.wait.is_some(), "the {nth}th is told nothing");
        crowd.push(id);
    }
    let asked = world.now;
    let due = world.acd.wake_at().unwrap();
    assert!(due <= asked.plus_s(1), "{due:?}");
    while world.acd.wake_at().is_some_and(|due| due <= asked.plus_s(1)) {
        world.now = world.now.max(world.acd.wake_at().unwrap());
        world.handle(Input::Tick);
    }
    let high_s = |nth: usize| {
        let view = world.acd.request_view(world.request(&crowd[nth]), world.now);
        view.wait.unwrap().high_s
    };
    for nth in 0..300 {
        assert!(high_s(nth) < high_s(nth + 100), "the {nth}th");
    }

    // Whoever leaves makes room at once.
    world.handle(Input::Cancel(crowd[0].clone()));
    let last = world.acd.request_view(world.request(&crowd[399]), world.now);
    assert_eq!(last.position, Some(399));
}
