//! A seed is a play: the same one, every time.

use chaos::Crashes;

#[test]
fn the_same_seed_is_the_same_play_to_the_last_event() {
    let (once, again) = (
        chaos::play(7, 3_000, None, false).unwrap(),
        chaos::play(7, 3_000, None, false).unwrap(),
    );
    assert_eq!(once.hash, again.hash);
    let read = chaos::play(7, 3_000, None, true).unwrap();
    assert_eq!(once.hash, read.hash, "whoever reads changes nothing");
    assert_ne!(once.hash, chaos::play(8, 3_000, None, false).unwrap().hash);
}

#[test]
fn a_few_businesses_come_through() {
    let mut seeds = Vec::new();
    let tell = |verdict: chaos::Verdict| {
        let seed = verdict.seed;
        assert_eq!(verdict.broken, None, "seed {seed}: {:?}", verdict.how);
        assert!(verdict.tally.accepted > 0 && verdict.tally.conversations > 0);
        seeds.push((seed, verdict.hash));
    };
    chaos::each(0..10, 3_000, Crashes::ByChance, tell).unwrap();
    assert!(seeds.iter().map(|(seed, _)| *seed).eq(0..10), "in their order");
    let alone = chaos::play(9, 3_000, None, false).unwrap();
    assert_eq!(
        seeds.last(),
        Some(&(9, alone.hash)),
        "a core is shared and no play"
    );
}

/// `cargo xtask chaos --crash-at-each` does so with thirty longer ones.
#[test]
fn a_business_comes_through_a_crash_at_each_moment() {
    let mut at = Vec::new();
    let tell = |verdict: chaos::Verdict| {
        assert_eq!(
            verdict.broken, None,
            "at {:?}: {:?}",
            verdict.crash_at, verdict.how
        );
        at.push((verdict.crash_at, verdict.hash));
    };
    chaos::each(3..4, 60, Crashes::AtEach, tell).unwrap();
    assert!(at.len() > 60 && at.iter().map(|(at, _)| *at).eq((0..).map(Some).take(at.len())));
    let (_, calm) = at.remove(0);
    assert!(
        at.iter().all(|(_, hash)| *hash != calm),
        "something failed in each play but the first"
    );
}

/// The checks are worth something: a bug on purpose is found. All of them: `cargo xtask chaos --mutants`.
#[cfg(feature = "mutants")]
#[test]
fn bugs_on_purpose_are_found() {
    for mutant in [
        "LifoInLine",
        "DoubleReservation",
        "CancelForgotten",
        "OutboxNotCommitted",
    ] {
        let found = chaos::mutants::mutants(1, 3_000, mutant, &mut |_| {});
        assert!(found.iter().all(|found| found.law.is_some()), "{found:?}");
    }
}

/// A bug that shows only to whoever dies between sending and writing down that it was sent.
#[cfg(feature = "mutants")]
#[test]
fn a_crash_at_each_moment_finds_what_a_calm_play_does_not() {
    use acd::mutant::{Mutant, switch};
    switch(Some(Mutant::LeaseCertain));
    let play = |at: u64| chaos::play(1, 300, Some(at), false).unwrap();
    let calm = play(0);
    let found = (1..=calm.tally.moments).find(|at| play(*at).broken.is_some());
    switch(None);
    assert_eq!(calm.broken, None);
    assert!(found.is_some(), "{} moments", calm.tally.moments);
}
