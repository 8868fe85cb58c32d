//! How much of its processors a machine is really given: others on the same hardware may take theirs away for minutes, and then nothing
//! that plays in real time can be judged.

use std::hint;
use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

/// How long is looked.
const LOOK: Duration = Duration::from_secs(1);

/// The share in percent of what all processors together could do while all are wanted; 100 where the system does not tell.
pub(crate) fn in_percent() -> u64 {
    let watch = Watch::begin();
    let end = Instant::now() + LOOK;
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                while Instant::now() < end {
                    hint::spin_loop();
                }
            });
        }
    });
    watch.in_percent()
}

/// What is given from one moment on.
pub(crate) struct Watch(Option<Ticks>);

impl Watch {
    /// From now on.
    pub(crate) fn begin() -> Self {
        Self(ticks())
    }

    /// The share in percent of what was wanted since; 100 where nothing was, or the system does not tell.
    pub(crate) fn in_percent(&self) -> u64 {
        let (Some(before), Some(after)) = (&self.0, ticks()) else {
            return 100;
        };
        let passed = |of: fn(&Ticks) -> u64| of(&after).saturating_sub(of(before));
        let (stolen, wanted) = (passed(|it| it.stolen), passed(|it| it.wanted));
        100 - (stolen * 100).checked_div(wanted).unwrap_or_default().min(100)
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Ticks {
    /// While something was to be done, whether it was or others were in the way.
    wanted: u64,
    stolen: u64,
}

fn ticks() -> Option<Ticks> {
    read(&std::fs::read_to_string("/proc/stat").ok()?)
}

/// The first line: user, nice, system, idle, iowait, irq, softirq, steal (proc(5)).
fn read(stat: &str) -> Option<Ticks> {
    let numbers = stat.lines().next()?.strip_prefix("cpu ")?.split_whitespace();
    let numbers: Vec<u64> = numbers.take(8).map_while(|word| word.parse().ok()).collect();
    let [_, _, _, idle, waits, _, _, stolen] = numbers.as_slice() else {
        return None;
    };
    Some(Ticks {
        wanted: numbers.iter().sum::<u64>() - idle - waits,
        stolen: *stolen,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_took_is_read() {
        let stat = "cpu  10 1 20 300 5 0 4 60 0 0\ncpu0 5 0 10 150 2 0 2 30 0 0\n";
        assert_eq!(
            read(stat),
            Some(Ticks {
                wanted: 95,
                stolen: 60
            })
        );
        assert_eq!(read("intr 1 2 3"), None);
    }
}
