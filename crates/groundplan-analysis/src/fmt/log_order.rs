//! The rows of a change log in the direction that the log has, where its dates leave no doubt.

use groundplan_model::document::Concept;
use groundplan_syntax::{Edit, Kind, Row, Span, TableView};

use super::look::Look;
use crate::changelog::version::numbers;

/// Titles of the columns that order a log.
const DATE: [&str; 4] = ["date", "released", "when", "날짜"];
const VERSION: [&str; 5] = ["version", "ver", "rev", "revision", "버전"];

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    logs(look).iter().filter_map(|log| log.sorted(look)).flatten().collect()
}

/// The rows of the logs whose direction is clear.
pub(super) fn own(look: &Look<'_>) -> Vec<Span> {
    let rows = |log: &Log| match (log.entries.first(), log.entries.last()) {
        (Some(first), Some(last)) => first.line.join(last.line),
        _ => Span::default(),
    };
    logs(look).iter().map(rows).collect()
}

/// A change log whose rows all have a date.
struct Log {
    entries: Vec<Entry>,
    newest_first: bool,
}

struct Entry {
    line: Span,
    date: String,
    version: Option<Vec<u32>>,
}

fn logs(look: &Look<'_>) -> Vec<Log> {
    let text = look.text();
    let mut found = Vec::new();
    for table in look.nodes(|kind| kind == Kind::Table) {
        let view = TableView::new(&look.tree, table);
        let titles = view.titles(&look.tree, text);
        let column = |names: &[&str]| titles.iter().position(|it| names.contains(&it.as_str()));
        let is_off = look.is_off(view.span);
        // Facts are asked last: reading them is what costs.
        if let (Some(date), false) = (column(&DATE), is_off || view.rows.len() < 3)
            && look.document().is_under(view.span.start, Concept::Changes)
        {
            found.extend(Log::of(look, &view.rows, date, column(&VERSION)));
        }
    }
    found
}

impl Log {
    fn of(look: &Look<'_>, rows: &[Row], date: usize, version: Option<usize>) -> Option<Self> {
        let entry = |row: &Row| {
            let text = |column| row.text(column, &look.tree, look.text()).into_owned();
            let line = Span {
                start: row.span.start,
                end: look.source.line_of(row.span.start as usize).end,
            };
            let version = version.map(|it| numbers(&text(it)));
            let date = Some(text(date)).filter(|it| is_iso(it))?;
            Some(Entry { line, date, version: version.flatten() })
        };
        let entries: Vec<Entry> = rows.iter().map(entry).collect::<Option<_>>()?;
        let is_whole = version.is_none() || entries.iter().all(|it| it.version.is_some());
        let newest_first = direction(&entries)?;
        is_whole.then_some(Self { entries, newest_first })
    }

    /// The edits that sort the rows by date; `None` where they are sorted, or where their versions
    /// would be out of order then.
    fn sorted(&self, look: &Look<'_>) -> Option<Vec<Edit>> {
        let mut sorted: Vec<&Entry> = self.entries.iter().collect();
        match self.newest_first {
            true => sorted.sort_by(|one, other| other.date.cmp(&one.date)),
            false => sorted.sort_by(|one, other| one.date.cmp(&other.date)),
        }
        let agrees = sorted.is_sorted_by(|one, other| match self.newest_first {
            true => one.version >= other.version,
            false => one.version <= other.version,
        });
        let pairs = self.entries.iter().zip(&sorted);
        let moved = pairs.filter(|(old, new)| old.line != new.line);
        let edits: Vec<Edit> =
            moved.map(|(old, new)| Edit::replace(old.line, look.source.slice(new.line))).collect();
        (agrees && !edits.is_empty()).then_some(edits)
    }
}

/// Whether the newest row comes first; `None` where the rows do not say so clearly.
fn direction(entries: &[Entry]) -> Option<bool> {
    let (mut up, mut down) = (0, 0);
    for (one, other) in entries.iter().zip(entries.iter().skip(1)) {
        match one.date.cmp(&other.date) {
            std::cmp::Ordering::Less => up += 1,
            std::cmp::Ordering::Greater => down += 1,
            std::cmp::Ordering::Equal => {}
        }
    }
    let is_clear = |many: usize, few: usize| many > 0 && many > few * 2;
    match (is_clear(down, up), is_clear(up, down)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// `2026-01-31`
fn is_iso(date: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    let mut parts = date.split('-');
    let [year, month, day] =
        [4, 2, 2].map(|count| parts.next().is_some_and(|it| digits(it, count)));
    year && month && day && parts.next().is_none()
}
