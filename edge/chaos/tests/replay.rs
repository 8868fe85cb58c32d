//! A seed is a play: the same one, every time.

#[test]
fn the_same_seed_is_the_same_play_to_the_last_event() {
    let (once, again) = (
        chaos::play(7, 3_000, false).unwrap(),
        chaos::play(7, 3_000, false).unwrap(),
    );
    assert_eq!(once.hash, again.hash);
    let read = chaos::play(7, 3_000, true).unwrap();
    assert_eq!(once.hash, read.hash, "whoever reads changes nothing");
    assert_ne!(once.hash, chaos::play(8, 3_000, false).unwrap().hash);
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
    chaos::each(0..10, 3_000, tell).unwrap();
    assert!(seeds.iter().map(|(seed, _)| *seed).eq(0..10), "in their order");
    let alone = chaos::play(9, 3_000, false).unwrap();
    assert_eq!(
        seeds.last(),
        Some(&(9, alone.hash)),
        "a core is shared and no play"
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
