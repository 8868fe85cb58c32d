//! The engine: its routing core alone, the forecast, and the whole of it.

mod bytes;
mod decisions;
mod engine;
mod forecast;
mod office;

use crate::{Bench, Quotient, Scale, Work};
use std::fmt;

/// The bench.
pub(crate) const BENCH: Bench = Bench {
    name: "acd",
    works,
    quotients,
    counts: bytes::counts,
};

/// A number of agents, of people in line, and of skills.
#[derive(Debug, Clone, Copy)]
struct Size {
    agents: u32,
    waiting: u32,
    skills: u16,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}x{}", self.agents, self.waiting, self.skills)
    }
}

const fn size(agents: u32, waiting: u32, skills: u16) -> Size {
    Size {
        agents,
        waiting,
        skills,
    }
}

const SMALLEST: Size = size(10, 10, 4);
const LARGEST: Size = size(10_000, 100_000, 256);
const SIZES: [Size; 4] = [SMALLEST, size(100, 1000, 16), size(1000, 10_000, 64), LARGEST];
/// Of the quick look.
const TINY: [Size; 2] = [SMALLEST, size(20, 40, 8)];

fn sizes(scale: Scale) -> &'static [Size] {
    match scale {
        Scale::Full => &SIZES,
        Scale::Tiny => &TINY,
    }
}

fn largest(scale: Scale) -> Size {
    sizes(scale).last().copied().unwrap_or(SMALLEST)
}

fn busy_name(size: Size) -> String {
    format!("decisions_per_s {size}")
}

fn works(scale: Scale) -> Vec<Work> {
    let mut works = Vec::new();
    for size in sizes(scale).iter().copied() {
        works.push(Work {
            name: busy_name(size),
            unit: "1/s",
            make: Box::new(move || Some(decisions::in_line(size, scale))),
        });
    }
    for size in [SMALLEST, largest(scale)] {
        works.push(Work {
            name: format!("decisions_per_s idle {}x{}", size.agents, size.skills),
            unit: "1/s",
            make: Box::new(move || Some(decisions::at_once(size, scale))),
        });
    }
    let ahead = match scale {
        Scale::Full => size(200, 500, 16),
        Scale::Tiny => size(5, 10, 2),
    };
    works.push(Work {
        name: format!("forecast_ms {}x{}", ahead.agents, ahead.waiting),
        unit: "ms",
        make: Box::new(move || Some(forecast::outlook(ahead, scale))),
    });
    let lines = match scale {
        Scale::Full => [size(50, 0, 8), size(50, 500, 8)],
        Scale::Tiny => [size(5, 0, 8), size(5, 5, 8)],
    };
    for size in lines {
        works.push(Work {
            name: format!("engine_inputs_per_s {}x{}", size.agents, size.waiting),
            unit: "1/s",
            make: Box::new(move || engine::calls(size, scale)),
        });
    }
    works
}

fn quotients(scale: Scale) -> Vec<Quotient> {
    vec![Quotient {
        name: "decision_cost_growth".into(),
        of: busy_name(SMALLEST),
        by: busy_name(largest(scale)),
    }]
}
