//! Columns side by side, drawn with the design's own colours. The same figures stand in a table below, for whoever reads those.

use leptos::prelude::*;

/// One column: what it is about, the whole, and the part of it that is told apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) label: String,
    pub(super) title: String,
    pub(super) whole: f64,
    pub(super) part: f64,
}

const HEIGHT: f64 = 120.0;
const STEP: f64 = 28.0;

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

#[component]
pub(super) fn Columns(id: &'static str, title: &'static str, columns: Vec<Column>) -> impl IntoView {
    let most = top(columns.iter().map(|it| it.whole).fold(0.0, f64::max));
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let width = STEP * columns.len() as f64;
    let bars = columns.into_iter().zip(0_u32..).map(move |(it, nth)| {
        let x = STEP * f64::from(nth) + 4.0;
        let height = |value: f64| (value / most * HEIGHT).max(if value > 0.0 { 1.0 } else { 0.0 });
        let bar = move |class: &'static str, value: f64| {
            view! {
                <rect class=class x=x.to_string() width=(STEP - 8.0).to_string() y=(HEIGHT - height(value)).to_string() height=height(value).to_string() rx="2"></rect>
            }
        };
        view! {
            <g>
                <title>{it.title}</title>
                <rect class="hit" x=(x - 4.0).to_string() y="0" width=STEP.to_string() height=HEIGHT.to_string()></rect>
                {bar("whole", it.whole)}
                {bar("part", it.part)}
                <text x=(x + STEP / 2.0 - 4.0).to_string() y=(HEIGHT + 16.0).to_string() text-anchor="middle">{it.label}</text>
            </g>
        }
    });
    view! {
        <figure class="chart" id=id>
            <svg viewBox=format!("0 -8 {width} {}", HEIGHT + 32.0) role="img" aria-label=title preserveAspectRatio="xMinYMid meet">
                <line x1="0" x2=width.to_string() y1="0" y2="0"></line>
                <line x1="0" x2=width.to_string() y1=HEIGHT.to_string() y2=HEIGHT.to_string()></line>
                {bars.collect_view()}
            </svg>
            <figcaption class="small muted">{title} ". The upper line is " {most.to_string()} "."</figcaption>
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
