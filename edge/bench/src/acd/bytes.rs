//! What somebody in line, and an agent, take of the memory: what lives on the heap with them, less what does without.

use crate::acd::decisions::Floor;
use crate::acd::{Size, engine, largest, size};
use crate::{Figure, Heap, Scale};

/// What is added to the heap for each of `count`.
#[expect(clippy::cast_precision_loss, reason = "bytes are far below 2^53")]
fn each(more: usize, less: usize, count: u32) -> f64 {
    more.saturating_sub(less) as f64 / f64::from(count)
}

/// Counts them.
pub(crate) fn counts(scale: Scale, heap: Heap<'_>) -> Option<Vec<Figure>> {
    let figure = |name: String, value| Figure {
        name,
        value,
        unit: "B",
        beside: None,
    };
    let all = largest(scale);
    let begin = heap();
    let nobody = Floor::new(Size { agents: 0, ..all });
    let without = heap() - begin;
    drop(nobody);
    let begin = heap();
    let mut floor = Floor::new(all);
    let agents = heap() - begin;
    floor.fill();
    // People come and go: what this leaves behind counts, too.
    for _ in 0..2 * all.waiting {
        floor.turn();
    }
    let waiting = heap() - begin;
    drop(floor);
    let begin = heap();
    let mut quiet = Floor::new(Size { waiting: 0, ..all });
    quiet.rest();
    let idle = heap() - begin;
    drop(quiet);
    let office = match scale {
        Scale::Full => size(50, 5000, 8),
        Scale::Tiny => size(5, 20, 8),
    };
    let of_engine = |waiting: u32| {
        let begin = heap();
        let engine = engine::in_line(Size { waiting, ..office })?;
        let bytes = heap().saturating_sub(begin);
        drop(engine);
        Some(bytes)
    };
    let (none, some) = (of_engine(0)?, of_engine(office.waiting)?);
    Some(vec![
        figure(
            format!("bytes_per_waiting {all}"),
            each(waiting, agents, all.waiting),
        ),
        figure(
            format!("bytes_per_agent {all}"),
            each(agents, without, all.agents),
        ),
        figure(
            format!("bytes_per_agent idle {}x{}", all.agents, all.skills),
            each(idle, without, all.agents),
        ),
        figure(
            format!("engine_bytes_per_waiting {}", office.waiting),
            each(some, none, office.waiting),
        ),
    ])
}
