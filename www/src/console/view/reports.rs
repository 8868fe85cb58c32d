//! How it went: demand and waits by hour, by skill, page and agent, and how true the announced waits were.

use super::chart::{Column, Columns};
use crate::console::model::{Forecast, Msg};
use crate::console::shell::console;
use crate::console::word;
use leptos::prelude::*;
use shared::report::{Line, Report};

#[component]
pub(super) fn Reports() -> impl IntoView {
    let console = console();
    let days = console.part(|model| model.days);
    let report = console.part(|model| model.report.clone());
    let skills = console.part(|model| model.named("skills"));
    let agents = console.part(|model| model.named("agents"));
    let csv = console.part(|model| {
        let site = model.site.as_ref().map(ToString::to_string).unwrap_or_default();
        format!(
            "/v1/businesses/{site}/report?format=csv&from={}",
            model.now.0 - i64::from(model.days) * 86_400_000
        )
    });
    view! {
        <div class="row">
            <fieldset class="segmented" id="days">
                <legend class="sr-only">"Time"</legend>
                {[(1, "Day"), (7, "Week"), (30, "Month"), (90, "Quarter")].map(|(n, name)| view! {
                    <label><input type="radio" name="days" value=n.to_string() prop:checked=move || days.get() == n on:change=move |_| console.send(Msg::Days(n)) /><span>{name}</span></label>
                }).collect_view()}
            </fieldset>
            <a id="csv" class="button small push" href=csv download="report.csv">"As CSV"</a>
        </div>
        {move || match report.get() {
            None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Counting…"</p> }.into_any(),
            Some(Err(words)) => view! { <p class="notice" data-tone="danger" role="alert">{words}</p> }.into_any(),
            Some(Ok(report)) if report.total.asked == 0 => view! {
                <p class="empty card" id="no-calls">"No requests in this time. As soon as somebody asks for a call, it is counted here."</p>
            }.into_any(),
            Some(Ok(report)) => view! { <Counted report=report skills=skills.get() agents=agents.get() /> }.into_any(),
        }}
    }
}

type Names = Vec<(String, String)>;

#[component]
fn Counted(report: Report, skills: Names, agents: Names) -> impl IntoView {
    let forecast = console().part(|model| model.forecast.clone());
    let total = report.total.clone();
    let figures = [
        ("Requests", total.asked.to_string()),
        ("Talks", total.talked.to_string()),
        ("In time", word::percent(total.in_time, total.called)),
        ("Given up", word::percent(total.abandoned, total.asked)),
        ("Not reached", word::percent(total.not_reached, total.asked)),
        ("Mean wait", word::wait(total.wait_s)),
        ("9 of 10 waited at most", word::wait(total.wait_90_s)),
        ("Talked", format!("{} min", total.talk_s / 60)),
    ];
    let demand = columns(
        &report.day,
        |line| (f64::from(line.asked), f64::from(line.talked)),
        |line| format!("{}:00 — {} requests, {} talks", line.key, line.asked, line.talked),
    );
    let waits = columns(
        &report.day,
        |line| {
            (
                line.wait_90_s.unwrap_or_default(),
                line.wait_s.unwrap_or_default(),
            )
        },
        |line| {
            format!(
                "{}:00 — mean {}, 9 of 10 at most {}",
                line.key,
                word::wait(line.wait_s),
                word::wait(line.wait_90_s)
            )
        },
    );
    let named = move |names: &Names, id: &str, nobody: &str| {
        let found = names
            .iter()
            .find(|(it, _)| it == id)
            .map(|(_, name)| name.clone());
        found.unwrap_or_else(|| {
            if id.is_empty() {
                nobody.to_owned()
            } else {
                id.to_owned()
            }
        })
    };
    let by_skill = lines(&report.skills, |id| named(&skills, id, "Anything"));
    let by_agent = lines(&report.agents, |id| named(&agents, id, "Nobody"));
    let by_page = lines(&report.pages, |page| {
        if page.is_empty() {
            "Not shared".into()
        } else {
            page.to_owned()
        }
    });
    let names = skills.clone();
    view! {
        {report.cut.then(|| view! { <p class="notice" data-tone="warn">"There were more requests than one report counts. Choose a shorter time."</p> })}
        <dl class="figures" id="figures">
            {figures.map(|(name, value)| view! { <div class="card"><dt>{name}</dt><dd class="num">{value}</dd></div> }).collect_view()}
        </dl>
        <p class="hint">"In time: called within " {report.target_s} " s of joining the line, or of the time promised."</p>
        <section class="card stack"><h2>"Demand by hour of the day"</h2><Columns id="demand" title="Requests, and of these talks" columns=demand /></section>
        <section class="card stack"><h2>"Waits by hour of the day"</h2><Columns id="waits" title="Seconds that 9 of 10 waited at most, and the mean" columns=waits /></section>
        <Table id="by-skill" title="By skill" rows=by_skill />
        <Table id="by-page" title="Which pages ask for help" rows=by_page />
        <Table id="by-agent" title="By agent" rows=by_agent />
        {move || forecast.get().map(|forecast| view! { <Truth forecast=forecast names=names.clone() /> })}
    }
}

fn columns(
    lines: &[Line],
    values: impl Fn(&Line) -> (f64, f64),
    title: impl Fn(&Line) -> String,
) -> Vec<Column> {
    let column = |line: &Line| {
        let (whole, part) = values(line);
        Column {
            label: line.key.clone(),
            title: title(line),
            whole,
            part,
        }
    };
    lines.iter().map(column).collect()
}

fn lines(lines: &[Line], name: impl Fn(&str) -> String) -> Vec<(String, Line)> {
    let mut rows: Vec<(String, Line)> = lines.iter().map(|line| (name(&line.key), line.clone())).collect();
    rows.sort_by_key(|(_, line)| std::cmp::Reverse(line.asked));
    rows
}

#[component]
fn Table(id: &'static str, title: &'static str, rows: Vec<(String, Line)>) -> impl IntoView {
    let row = |(name, line): (String, Line)| {
        view! {
            <tr>
                <th scope="row"><bdi>{name}</bdi></th>
                <td>{line.asked}</td>
                <td>{line.talked}</td>
                <td>{word::percent(line.abandoned, line.asked)}</td>
                <td>{word::percent(line.in_time, line.called)}</td>
                <td>{word::wait(line.wait_s)}</td>
            </tr>
        }
    };
    view! {
        <section class="card stack">
            <h2>{title}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=title>
                <table id=id class="num">
                    <thead><tr><th scope="col"></th><th scope="col">"Requests"</th><th scope="col">"Talks"</th><th scope="col">"Given up"</th><th scope="col">"In time"</th><th scope="col">"Mean wait"</th></tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Waits as announced beside waits as they came.
#[component]
fn Truth(forecast: Forecast, names: Names) -> impl IntoView {
    let seconds = |ms: Option<f64>| word::wait(ms.map(|ms| ms / 1000.0));
    let compared: Vec<_> = forecast.skills.into_iter().filter(|it| it.compared > 0).collect();
    if compared.is_empty() {
        return ().into_any();
    }
    let row = move |it: crate::console::model::SkillWaits| {
        let id = it.skill.clone().unwrap_or_default();
        let name = names
            .iter()
            .find(|(known, _)| *known == id)
            .map_or(id, |(_, name)| name.clone());
        view! {
            <tr>
                <th scope="row">{if name.is_empty() { "Anything".to_owned() } else { name }}</th>
                <td>{it.compared}</td>
                <td>{seconds(it.predicted_ms)}</td>
                <td>{seconds(it.actual_ms)}</td>
                <td>{it.coverage.map_or("—".into(), |share| format!("{:.0} %", share * 100.0))}</td>
            </tr>
        }
    };
    view! {
        <section class="card stack">
            <h2>"How true the announced waits were"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Announced waits">
                <table id="truth" class="num">
                    <thead><tr><th scope="col"></th><th scope="col">"Waits"</th><th scope="col">"Announced"</th><th scope="col">"Came true"</th><th scope="col">"Inside the range (meant: 80 %)"</th></tr></thead>
                    <tbody>{compared.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
        .into_any()
}
