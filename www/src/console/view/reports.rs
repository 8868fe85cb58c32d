//! How it went: demand, waits, service and what was given up by day and by hour; by skill, page and agent; how true the announced
//! waits were.

use super::chart::{Column, Columns, Point, Scatter, Shows};
use crate::console::model::Msg;
use crate::console::shell::console;
use crate::console::word;
use leptos::prelude::*;
use shared::forecast::{Forecast, SkillWaits};
use shared::report::{Line, Report, Wait};

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
                {[(1, "24 h"), (7, "7 days"), (28, "28 days"), (90, "90 days")].map(|(n, name)| view! {
                    <label><input type="radio" name="days" value=n.to_string() prop:checked=move || days.get() == n on:change=move |_| console.send(Msg::Days(n)) /><span>{name}</span></label>
                }).collect_view()}
            </fieldset>
            <a id="csv" class="button small push" href=csv download="report.csv">"As CSV"</a>
        </div>
        {move || match report.get() {
            None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Counting…"</p> }.into_any(),
            Some(Err(words)) => view! { <p class="notice" data-tone="danger" role="alert">{words}</p> }.into_any(),
            Some(Ok(report)) if report.total.asked == 0 => view! {
                <div class="empty card stack" id="no-calls">
                    <p>"No requests in this time. As soon as somebody asks for a call, it is counted here."</p>
                    <p>"Look at a longer time, or see on the first page whether your script tag was seen and somebody is there to answer."</p>
                    <p><button class="button small" on:click=move |_| console.send(Msg::Open(crate::console::model::Section::Start))>"To the first page"</button></p>
                </div>
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
    let plots = plots(&report);
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
        {plots.into_iter().map(|(shows, columns)| view! { <Columns shows=shows columns=columns /> }).collect_view()}
        <Announced waits=report.waits.clone() />
        <Table id="by-skill" title="By skill" rows=by_skill />
        <Table id="by-page" title="Which pages ask for help" rows=by_page />
        <Table id="by-agent" title="By agent" rows=by_agent />
        {move || forecast.get().map(|forecast| view! { <Truth forecast=forecast names=names.clone() /> })}
    }
}

/// A date as people write it, without the year.
fn day(key: &str) -> String {
    let mut parts = key.splitn(3, '-').skip(1);
    match (parts.next(), parts.next().and_then(|day| day.parse::<u8>().ok())) {
        (Some(month), Some(day)) => format!("{day} {}", word::month(month)),
        _ => key.to_owned(),
    }
}

fn hour(key: &str) -> String {
    format!("{key}:00")
}

/// All columns, by day and by hour.
fn plots(report: &Report) -> Vec<(Shows, Vec<Column>)> {
    let count = |n: f64| format!("{n:.0}");
    let percent = |n: f64| format!("{n:.0} %");
    let seconds = |n: f64| word::wait(Some(n));
    let share = |part: u32, whole: u32| {
        if whole == 0 {
            0.0
        } else {
            f64::from(part) * 100.0 / f64::from(whole)
        }
    };
    let asked = |line: &Line| (f64::from(line.asked), Some(f64::from(line.talked)));
    let waited = |line: &Line| (line.wait_90_s.unwrap_or_default(), line.wait_s);
    let of = |lines: &[Line], name: fn(&str) -> String, values: &dyn Fn(&Line) -> (f64, Option<f64>)| {
        let column = |line: &Line| {
            let (whole, part) = values(line);
            Column {
                label: name(&line.key),
                whole,
                part,
            }
        };
        lines.iter().map(column).collect::<Vec<_>>()
    };
    let demand = Shows {
        id: "demand-by-day",
        title: "Demand by day",
        of: "Day",
        whole: "Requests",
        part: "Talks",
        top: 0.0,
        say: count,
    };
    let waits = Shows {
        id: "waits-by-day",
        title: "Waits by day",
        whole: "9 of 10 waited at most",
        part: "Mean",
        say: seconds,
        ..demand
    };
    let service = Shows {
        id: "service-by-day",
        title: "Called in time, by day",
        whole: "In time",
        part: "",
        top: 100.0,
        say: percent,
        ..demand
    };
    let lost = Shows {
        id: "abandoned-by-day",
        title: "Given up, by day",
        whole: "Given up",
        ..service
    };
    let by_hour = |id, title, shows: Shows| Shows {
        id,
        title,
        of: "Hour",
        ..shows
    };
    let mut plots = Vec::new();
    // One day is no row of days.
    if report.days.len() > 2 {
        plots.push((demand, of(&report.days, day, &asked)));
        plots.push((
            service,
            of(&report.days, day, &|line| {
                (share(line.in_time, line.called), None)
            }),
        ));
        plots.push((
            lost,
            of(&report.days, day, &|line| {
                (share(line.abandoned, line.asked), None)
            }),
        ));
        plots.push((waits, of(&report.days, day, &waited)));
    }
    plots.push((
        by_hour("demand", "Demand by hour of the day", demand),
        of(&report.day, hour, &asked),
    ));
    plots.push((
        by_hour("waits", "Waits by hour of the day", waits),
        of(&report.day, hour, &waited),
    ));
    plots
}

/// Waits as they were announced, and as they came: point by point.
#[component]
fn Announced(waits: Vec<Wait>) -> impl IntoView {
    let inside = |it: &Wait| (it.low_s..=it.high_s).contains(&it.waited_s);
    let (all, right) = (waits.len(), waits.iter().filter(|it| inside(it)).count());
    let point = |it: &Wait| Point {
        across: f64::from(it.announced_s),
        up: f64::from(it.waited_s),
        inside: inside(it),
    };
    let points: Vec<Point> = waits.iter().map(point).collect();
    let words = format!("{right} of {all} waits came inside the range that was announced.");
    let said = format!("Announced and actual waits. {words}");
    view! {
        <section class="card stack">
            <div class="row"><h2>"Announced and actual waits"</h2><span class="push small muted"><span class="key"><i class="in"></i>"inside the range"<i class="out"></i>"outside"</span></span></div>
            {if all == 0 {
                view! { <p class="empty">"Nobody had to wait who was told how long. As soon as somebody does, it stands here."</p> }.into_any()
            } else {
                view! {
                    <Scatter id="announced" points=points said=said say=|n| word::wait(Some(n)) />
                    <p class="small muted">{words} " Across: as announced; up: as it came; the line is where both are the same."</p>
                    <details class="figures-of">
                        <summary>"As a table"</summary>
                        <div class="scroll" tabindex="0" role="region" aria-label="Announced and actual waits as a table">
                            <table class="num">
                                <thead><tr><th scope="col">"Announced"</th><th scope="col">"Range"</th><th scope="col">"Came"</th></tr></thead>
                                <tbody>{waits.into_iter().map(|it| view! {
                                    <tr><td>{word::wait(Some(f64::from(it.announced_s)))}</td><td>{word::wait(Some(f64::from(it.low_s)))} " to " {word::wait(Some(f64::from(it.high_s)))}</td><td>{word::wait(Some(f64::from(it.waited_s)))}</td></tr>
                                }).collect_view()}</tbody>
                            </table>
                        </div>
                    </details>
                }.into_any()
            }}
        </section>
    }
}

fn lines(lines: &[Line], name: impl Fn(&str) -> String) -> Vec<(String, Line)> {
    let mut rows: Vec<(String, Line)> = lines.iter().map(|line| (name(&line.key), line.clone())).collect();
    rows.sort_by_key(|(_, line)| std::cmp::Reverse(line.asked));
    rows
}

#[component]
fn Table(id: &'static str, title: &'static str, rows: Vec<(String, Line)>) -> impl IntoView {
    let most = f64::from(
        rows.iter()
            .map(|(_, line)| line.asked)
            .max()
            .unwrap_or_default()
            .max(1),
    );
    let row = move |(name, line): (String, Line)| {
        let share = |n: u32| format!("{:.1}%", f64::from(n) * 100.0 / most);
        view! {
            <tr>
                <th scope="row"><bdi>{name}</bdi><span class="share" aria-hidden="true" style:--whole=share(line.asked) style:--part=share(line.talked)></span></th>
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
    let row = move |it: SkillWaits| {
        let id = it.skill.as_ref().map(ToString::to_string).unwrap_or_default();
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
