//! Opening hours: weekly ones, and the days on which others hold. What counts is the wall clock of the business.

use crate::wall::{DAY_MS, Local, MINUTE_MS, Wall, date_of};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use shared::Millis;
use shared::hours::{Exception, Hours};
use shared::limit::{MAX_EXCEPTIONS, MAX_NAME_CHARS, MAX_SPANS, MAX_SPANS_PER_DAY};

/// Minutes of a day, from inclusive to exclusive.
type Span = (i64, i64);

/// How a fault is told: the path of the field, and what is wrong with it.
pub(crate) type Fault<'a> = &'a mut dyn FnMut(String, &str);

const NOT_A_TIME: &str = "must be a time such as 09:00; the end of the day is 24:00";
const NOT_A_DATE: &str = "must be a date such as 2026-12-25, or 12-25 for every year";

/// How far ahead a change is looked for, in days: beyond any yearly exception.
const SEARCH_DAYS: i64 = 400;

/// Where a search from `at` on gives up.
pub(crate) const fn search_end(at: Millis) -> Millis {
    at.plus_ms(SEARCH_DAYS * DAY_MS)
}

/// A week of hours, Monday (0) to Sunday (6).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Week([Vec<Span>; 7]);

impl Week {
    /// Reads the hours at `path` in the document.
    pub(crate) fn read(hours: &[Hours], path: &str, fault: Fault<'_>) -> Self {
        let mut week = Self::default();
        if hours.len() > MAX_SPANS {
            fault(path.into(), "has too many entries: 50 at the most");
            return week;
        }
        for (nth, entry) in hours.iter().enumerate() {
            let path = format!("{path}[{nth}]");
            let span = read_span(&entry.from, &entry.to, &path, fault);
            for (nth, day) in entry.days.iter().enumerate() {
                let index = usize::from(*day).checked_sub(1);
                match index.and_then(|index| week.0.get_mut(index)) {
                    // A day that stands there twice is one day.
                    Some(spans) => spans.extend(span.filter(|span| !spans.contains(span))),
                    None => fault(format!("{path}.days[{nth}]"), "must be 1 (Monday) to 7 (Sunday)"),
                }
            }
        }
        week
    }

    /// All of these weeks together.
    pub(crate) fn union<'a>(weeks: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for week in weeks {
            for (mine, theirs) in all.0.iter_mut().zip(&week.0) {
                for span in theirs {
                    if !mine.contains(span) {
                        mine.push(*span);
                    }
                }
            }
        }
        all
    }

    pub(crate) fn contains(&self, local: Local) -> bool {
        holds(self.spans(local), local)
    }

    fn spans(&self, local: Local) -> &[Span] {
        self.0.get(local.weekday()).map_or(&[], Vec::as_slice)
    }
}

fn holds(spans: &[Span], local: Local) -> bool {
    let minute = local.minute();
    spans.iter().any(|(from, to)| (*from..*to).contains(&minute))
}

/// Days on which other hours hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    days: Days,
    open: Vec<Span>,
}

/// Which days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    Dated(Date, Date),
    /// Month and day of every year; over New Year's Eve when the end is before the beginning.
    Yearly((i8, i8), (i8, i8)),
}

impl Days {
    fn contains(self, date: Date) -> bool {
        match self {
            Self::Dated(first, last) => (first..=last).contains(&date),
            Self::Yearly(first, last) => {
                let day = (date.month(), date.day());
                if first <= last {
                    (first..=last).contains(&day)
                } else {
                    first <= day || day <= last
                }
            }
        }
    }
}

impl Rule {
    /// Reads the exceptions at `path` in the document, in the order in which they count: those of one year before those
    /// of every year, then as written.
    pub(crate) fn read(exceptions: &[Exception], path: &str, fault: Fault<'_>) -> Vec<Self> {
        if exceptions.len() > MAX_EXCEPTIONS {
            fault(path.into(), "has too many entries: 200 at the most");
            return Vec::new();
        }
        let mut rules = Vec::new();
        for (nth, entry) in exceptions.iter().enumerate() {
            let path = format!("{path}[{nth}]");
            if entry.name.chars().count() > MAX_NAME_CHARS {
                fault(format!("{path}.name"), "must be 80 characters at the most");
            }
            if entry.open.len() > MAX_SPANS_PER_DAY {
                fault(format!("{path}.open"), "has too many entries: 10 at the most");
                continue;
            }
            let spans = entry.open.iter().enumerate();
            let open = spans
                .filter_map(|(nth, span)| {
                    read_span(&span.from, &span.to, &format!("{path}.open[{nth}]"), fault)
                })
                .collect();
            if let Some(days) = read_days(entry, &path, fault) {
                rules.push(Self { days, open });
            }
        }
        rules.sort_by_key(|rule| matches!(rule.days, Days::Yearly(..)));
        rules
    }
}

fn read_span(from: &str, to: &str, path: &str, fault: Fault<'_>) -> Option<Span> {
    let (from, to) = (minute_of_day(from), minute_of_day(to));
    if from.is_none() {
        fault(format!("{path}.from"), NOT_A_TIME);
    }
    if to.is_none() {
        fault(format!("{path}.to"), NOT_A_TIME);
    }
    let span = (from?, to?);
    if span.0 >= span.1 {
        let why = "must be later than from; hours over midnight are written as two";
        fault(format!("{path}.to"), why);
        return None;
    }
    Some(span)
}

fn read_days(entry: &Exception, path: &str, fault: Fault<'_>) -> Option<Days> {
    let Some(first) = read_date(&entry.date) else {
        fault(format!("{path}.date"), NOT_A_DATE);
        return None;
    };
    let Some(until) = &entry.until else {
        return Some(first);
    };
    match (first, read_date(until)) {
        (Days::Dated(first, _), Some(Days::Dated(_, last))) if last < first => {
            fault(format!("{path}.until"), "must not be before date");
            None
        }
        (Days::Dated(first, _), Some(Days::Dated(_, last))) => Some(Days::Dated(first, last)),
        (Days::Yearly(first, _), Some(Days::Yearly(_, last))) => Some(Days::Yearly(first, last)),
        (_, Some(_)) => {
            fault(format!("{path}.until"), "must be written as date is");
            None
        }
        (_, None) => {
            fault(format!("{path}.until"), NOT_A_DATE);
            None
        }
    }
}

/// One day, dated or of every year.
fn read_date(text: &str) -> Option<Days> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => {
            let year = i16::try_from(digits(year, 4)?).ok()?;
            let date = Date::new(year, two_digits(month)?, two_digits(day)?).ok()?;
            Some(Days::Dated(date, date))
        }
        [month, day] => {
            // A leap year, so that 02-29 is a day.
            let date = Date::new(2024, two_digits(month)?, two_digits(day)?).ok()?;
            let day = (date.month(), date.day());
            Some(Days::Yearly(day, day))
        }
        _ => None,
    }
}

pub(crate) fn minute_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (digits(hour, 2)?, digits(minute, 2)?);
    let total = i64::from(hour * 60 + minute);
    (minute < 60 && total * MINUTE_MS <= DAY_MS).then_some(total)
}

fn two_digits(text: &str) -> Option<i8> {
    i8::try_from(digits(text, 2)?).ok()
}

/// Exactly so many digits.
fn digits(text: &str, length: usize) -> Option<u16> {
    let plain = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// When one thing is open: a business, a skill, an agent's shift. Exceptions come in lists, the ones that count first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenHours<'a> {
    pub(crate) zone: &'a TimeZone,
    pub(crate) week: &'a Week,
    pub(crate) rules: [&'a [Rule]; 2],
}

impl<'a> OpenHours<'a> {
    fn spans(&self, local: Local) -> &'a [Span] {
        if self.rules.iter().all(|rules| rules.is_empty()) {
            return self.week.spans(local);
        }
        let date = date_of(local.day);
        let mut rules = self.rules.into_iter().flatten();
        match rules.find(|rule| rule.days.contains(date)) {
            Some(rule) => &rule.open,
            None => self.week.spans(local),
        }
    }

    /// A walk along these hours, cheapest in the order of time.
    pub(crate) fn walk(self) -> Walk<'a> {
        Walk {
            wall: Wall::new(self.zone),
            hours: self,
            day: None,
        }
    }
}

/// A walk along opening hours. It remembers the day it is at.
#[derive(Debug, Clone)]
pub(crate) struct Walk<'a> {
    hours: OpenHours<'a>,
    wall: Wall<'a>,
    day: Option<(i64, &'a [Span])>,
}

impl<'a> Walk<'a> {
    pub(crate) fn local(&mut self, at: Millis) -> Local {
        self.wall.look(at)
    }

    fn spans(&mut self, local: Local) -> &'a [Span] {
        match self.day {
            Some((day, spans)) if day == local.day => spans,
            _ => {
                let spans = self.hours.spans(local);
                self.day = Some((local.day, spans));
                spans
            }
        }
    }

    /// True while open.
    pub(crate) fn open_at(&mut self, at: Millis) -> bool {
        let local = self.local(at);
        holds(self.spans(local), local)
    }

    /// The first instant after `at`, and not after `end`, at which open turns to closed or closed to open.
    ///
    /// It goes from one written time to the next, and stops where the clocks change: there the hands jump, and with them
    /// the answer may.
    fn next_change_by(&mut self, at: Millis, end: Millis) -> Option<Millis> {
        let state = self.open_at(at);
        let mut at = at;
        while at < end {
            let local = self.local(at);
            let written = self.spans(local).iter().flat_map(|(from, to)| [*from, *to]);
            let next_ms = written
                .map(|minute| minute * MINUTE_MS)
                .filter(|ms| *ms > local.past_ms)
                .fold(DAY_MS, i64::min);
            at = at.plus_ms(next_ms - local.past_ms).min(self.wall.changes_at());
            if at <= end && self.open_at(at) != state {
                return Some(at);
            }
        }
        None
    }

    /// The first instant after `at` at which open turns to closed or closed to open; `None` when that is more than 400
    /// days away.
    pub(crate) fn next_change(&mut self, at: Millis) -> Option<Millis> {
        self.next_change_by(at, search_end(at))
    }

    /// The first instant from `at` on at which it is open; `None` when that is more than 400 days away.
    pub(crate) fn opens_next(&mut self, at: Millis) -> Option<Millis> {
        self.opens_by(at, search_end(at))
    }

    /// The first instant from `at` on, and not after `end`, at which it is open.
    pub(crate) fn opens_by(&mut self, at: Millis, end: Millis) -> Option<Millis> {
        if self.open_at(at) {
            Some(at)
        } else {
            self.next_change_by(at, end)
        }
    }
}
