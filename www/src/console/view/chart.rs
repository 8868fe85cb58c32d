//! Plots, drawn with the design's own colours: columns side by side, and points. Each says its gist to whoever does not see it, and
//! has its figures in a table that unfolds below.

use leptos::prelude::*;

/// One column: what it is about, the whole, and the part of it that is told apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) label: String,
    pub(super) whole: f64,
    pub(super) part: Option<f64>,
}

/// What columns show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shows {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What the columns are about, as the table's first heading.
    pub(super) of: &'static str,
    pub(super) whole: &'static str,
    /// Empty where nothing is told apart.
    pub(super) part: &'static str,
    /// The scale ends there; by itself where it is 0.
    pub(super) top: f64,
    /// A figure in words.
    pub(super) say: fn(f64) -> String,
}

/// One point: what was announced and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) across: f64,
    pub(super) up: f64,
    /// Inside the range that was announced.
    pub(super) inside: bool,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 150.0;
/// Room for the scale's figures.
const LEFT: f64 = 44.0;
/// Columns with a label each.
const LABELS: usize = 14;

/// The least round number that all of it fits below: 1, 2 or 5 times a power of ten.
fn top(most: f64) -> f64 {
    if most <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(most.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|n| n * power)
        .find(|n| *n >= most)
        .unwrap_or(most)
}

/// What somebody who does not see the columns is told of them.
fn gist(shows: &Shows, columns: &[Column]) -> String {
    let most = columns
        .iter()
        .max_by(|one, other| one.whole.total_cmp(&other.whole));
    match most.filter(|it| it.whole > 0.0) {
        Some(most) => format!(
            "{}. {}: the most is {} ({}).",
            shows.title,
            shows.whole,
            (shows.say)(most.whole),
            most.label
        ),
        None => format!("{}. All of it is nothing.", shows.title),
    }
}

#[component]
pub(super) fn Columns(shows: Shows, columns: Vec<Column>) -> impl IntoView {
    let most = if shows.top > 0.0 {
        shows.top
    } else {
        top(columns.iter().map(|it| it.whole).fold(0.0, f64::max))
    };
    let count = columns.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let step = (WIDTH - LEFT) / count as f64;
    let every = count.div_ceil(LABELS);
    let wide = (step - 3.0).clamp(1.0, 40.0);
    let said = gist(&shows, &columns);
    let rows = columns.clone();
    let parted = !shows.part.is_empty();
    let bars = columns.into_iter().enumerate().map(move |(nth, it)| {
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let middle = LEFT + step * (nth as f64 + 0.5);
        let height = |value: f64| (value / most * HEIGHT).clamp(if value > 0.0 { 1.5 } else { 0.0 }, HEIGHT);
        let bar = move |class: &'static str, value: f64| {
            view! {
                <rect class=class x=(middle - wide / 2.0).to_string() width=wide.to_string() y=(HEIGHT - height(value)).to_string() height=height(value).to_string() rx="2"></rect>
            }
        };
        let part = it.part.filter(|_| parted);
        let class = if parted { "whole" } else { "part" };
        let title = match part {
            Some(part) => format!("{}: {} {}, {} {}", it.label, shows.whole, (shows.say)(it.whole), shows.part, (shows.say)(part)),
            None => format!("{}: {} {}", it.label, shows.whole, (shows.say)(it.whole)),
        };
        view! {
            <g>
                <title>{title}</title>
                <rect class="hit" x=(middle - step / 2.0).to_string() y="0" width=step.to_string() height=HEIGHT.to_string()></rect>
                {bar(class, it.whole)}
                {part.map(|part| bar("part", part))}
                {(nth % every == 0).then(|| view! { <text x=middle.to_string() y=(HEIGHT + 18.0).to_string() text-anchor="middle">{it.label}</text> })}
            </g>
        }
    });
    let bars = bars.collect_view();
    let key = move || {
        parted.then(|| {
            view! { <span class="key"><i class="whole"></i>{shows.whole}<i class="part"></i>{shows.part}</span> }
        })
    };
    let row = move |it: Column| {
        view! {
            <tr><th scope="row">{it.label}</th><td>{(shows.say)(it.whole)}</td>{it.part.filter(|_| parted).map(|part| view! { <td>{(shows.say)(part)}</td> })}</tr>
        }
    };
    view! {
        <section class="card stack">
            <div class="row"><h2>{shows.title}</h2><span class="push small muted">{key}</span></div>
            <figure class="chart" id=shows.id>
                <svg viewBox=format!("0 -12 {WIDTH} {}", HEIGHT + 36.0) role="img" aria-label=said>
                    <Scale most=most say=shows.say />
                    {bars}
                </svg>
            </figure>
            <details class="figures-of">
                <summary>"As a table"</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=format!("{} as a table", shows.title)>
                    <table class="num">
                        <thead><tr><th scope="col">{shows.of}</th><th scope="col">{shows.whole}</th>{parted.then(|| view! { <th scope="col">{shows.part}</th> })}</tr></thead>
                        <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}

/// Lines at nothing, at the half and at the top, with their figures.
#[component]
fn Scale(most: f64, say: fn(f64) -> String) -> impl IntoView {
    // A half that the figures can't say would be a wrong one.
    let halves = (most / 2.0).fract() == 0.0;
    [0.0, 0.5, 1.0]
        .into_iter()
        .filter(|share| halves || *share != 0.5)
        .map(|share| {
            let y = HEIGHT * (1.0 - share);
            view! {
                <line x1=LEFT.to_string() x2=WIDTH.to_string() y1=y.to_string() y2=y.to_string()></line>
                <text x=(LEFT - 6.0).to_string() y=(y + 3.5).to_string() text-anchor="end">{say(most * share)}</text>
            }
        })
        .collect_view()
}

/// Points, and the line on which both of their figures are the same.
#[component]
pub(super) fn Scatter(
    id: &'static str,
    points: Vec<Point>,
    /// The gist, for whoever does not see them.
    said: String,
    say: fn(f64) -> String,
) -> impl IntoView {
    let most = top(points.iter().map(|it| it.across.max(it.up)).fold(0.0, f64::max));
    let x = move |value: f64| LEFT + value / most * (WIDTH - LEFT - 8.0);
    let y = move |value: f64| HEIGHT - value / most * HEIGHT;
    let anchor = |share: f64| if share > 0.9 { "end" } else { "middle" };
    let dot = move |it: Point| {
        let class = if it.inside { "in" } else { "out" };
        let title = format!("announced {}, came {}", say(it.across), say(it.up));
        view! {
            <circle class=class cx=x(it.across).to_string() cy=y(it.up).to_string() r="4"><title>{title}</title></circle>
        }
    };
    view! {
        <figure class="chart" id=id>
            <svg viewBox=format!("0 -12 {WIDTH} {}", HEIGHT + 36.0) role="img" aria-label=said>
                <Scale most=most say=say />
                <line class="same" x1=x(0.0).to_string() y1=y(0.0).to_string() x2=x(most).to_string() y2=y(most).to_string()></line>
                {points.into_iter().map(dot).collect_view()}
                {[0.0, 0.5, 1.0].map(|share| view! {
                    <text x=x(most * share).to_string() y=(HEIGHT + 18.0).to_string() text-anchor=anchor(share)>{say(most * share)}</text>
                }).collect_view()}
            </svg>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::top;

    #[test]
    fn the_upper_line_is_round_and_above_all() {
        assert_eq!([0.0, 3.0, 10.0, 21.0, 0.4].map(top), [1.0, 5.0, 10.0, 50.0, 0.5]);
    }
}
