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
    for seed in 0..10 {
        let verdict = chaos::play(seed, 3_000, false).unwrap();
        assert_eq!(verdict.broken, None, "seed {seed}: {:?}", verdict.how);
        assert!(verdict.tally.accepted > 0 && verdict.tally.conversations > 0);
    }
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
