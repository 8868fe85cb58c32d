//! How much of its processors a machine is really given: others on the same hardware may take theirs away for minutes, and then nothing
//! that plays in real time can be judged.

use std::hint;
use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

/// How long is looked.
const LOOK: Duration = Duration::from_secs(1);

/// The share in percent of what all processors together could do while they are wanted; 100 where the system does not tell.
pub(crate) fn in_percent() -> u64 {
    let Some(before) = ticks() else { return 100 };
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
    let Some(after) = ticks() else { return 100 };
    let passed = |of: fn(&Ticks) -> u64| of(&after).saturating_sub(of(&before));
    let (stolen, all) = (passed(|it| it.stolen), passed(|it| it.all));
    100 - (stolen * 100).checked_div(all).unwrap_or_default().min(100)
}

#[derive(Debug, PartialEq, Eq)]
struct Ticks {
    all: u64,
    stolen: u64,
}

fn ticks() -> Option<Ticks> {
    read(&std::fs::read_to_string("/proc/stat").ok()?)
}

/// The first line: user, nice, system, idle, iowait, irq, softirq, steal (proc(5)).
fn read(stat: &str) -> Option<Ticks> {
    let numbers = stat.lines().next()?.strip_prefix("cpu ")?.split_whitespace();
    let numbers: Vec<u64> = numbers.take(8).map_while(|word| word.parse().ok()).collect();
    Some(Ticks {
        all: numbers.iter().sum(),
        stolen: *numbers.get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_took_is_read() {
        let stat = "cpu  10 1 20 300 5 0 4 60 0 0\ncpu0 5 0 10 150 2 0 2 30 0 0\n";
        assert_eq!(read(stat), Some(Ticks { all: 400, stolen: 60 }));
        assert_eq!(read("intr 1 2 3"), None);
    }
}
