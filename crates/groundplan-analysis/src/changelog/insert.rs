//! Rows put into the change log that a document has, in that table's own form.

use groundplan_model::document::{Concept, Section};
use groundplan_model::{Document, Provenance};
use groundplan_syntax::{Edit, Kind, Source, Span, TableView, Tree, parse};

use super::{Entry, VERSION_KEYS, version};

/// Titles of columns by what they hold.
const VERSION: [&str; 5] = ["version", "ver", "rev", "revision", "버전"];
const DATE: [&str; 4] = ["date", "released", "when", "날짜"];
const AUTHOR: [&str; 7] = ["author", "authors", "by", "who", "editor", "changed by", "작성자"];
const TEXT: [&str; 9] = [
    "changes",
    "change",
    "description",
    "summary",
    "what",
    "what changed",
    "notes",
    "details",
    "변경 내용",
];

/// What stands in a cell of which nothing is known.
const UNKNOWN: &str = "-";

/// A change log that is no table: what belongs there nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoTable {
    /// Its heading.
    pub heading: Span,
}

/// The edits that put `entries`, from the oldest on, into the change log of `document`, and set the
/// version of its header. A document without a change log gets one at its end.
pub fn insert(document: &Document, entries: &[Entry]) -> Result<Vec<Edit>, NoTable> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let source = &document.source;
    let tree = parse(source);
    let rows = match find(document, &tree) {
        Some(table) => rows(source, &tree, &table, entries),
        None => new_table(document, entries)?,
    };
    let mut edits = vec![if source.text().contains("\r\n") { windows(rows) } else { rows }];
    edits.extend(header(document, entries));
    Ok(edits)
}

fn windows(edit: Edit) -> Edit {
    Edit { text: edit.text.replace('\n', "\r\n"), ..edit }
}

/// The table of versions and dates under the change log's heading.
fn find(document: &Document, tree: &Tree) -> Option<TableView> {
    let text = document.source.text();
    let nodes = tree.descendants(tree.root()).filter(|it| tree.kind(*it) == Kind::Table);
    let mut views = nodes.map(|it| TableView::new(tree, it));
    views.find(|view| {
        let titles = view.titles(tree, text);
        column(&titles, &VERSION).is_some()
            && column(&titles, &DATE).is_some()
            && document.is_under(view.span.start, Concept::Changes)
    })
}

fn column(titles: &[String], names: &[&str]) -> Option<usize> {
    titles.iter().position(|title| names.contains(&title.as_str()))
}

/// The rows in the table's order: the newest first where the table has it so.
fn rows(source: &Source, tree: &Tree, table: &TableView, entries: &[Entry]) -> Edit {
    let form = Form::of(source, tree, table);
    let newest_first = is_newest_first(source, tree, table, &form);
    let lines = entries.iter().map(|it| format!("\n{}", form.row(it)));
    let head = source.line(table.header.span.start as usize);
    let after = match table.rows.last() {
        Some(last) if !newest_first => source.line(last.span.start as usize),
        // The line of dashes.
        _ => head + 1,
    };
    let at = source.line_span(after).map_or(table.span.end, |line| line.end) as usize;
    let text: String = if newest_first { lines.rev().collect() } else { lines.collect() };
    Edit::insert(at, text)
}

fn is_newest_first(source: &Source, tree: &Tree, table: &TableView, form: &Form) -> bool {
    let (Some(first), Some(last)) = (table.rows.first(), table.rows.last()) else { return false };
    let cell =
        |row: &groundplan_syntax::Row, column| row.text(column, tree, source.text()).into_owned();
    let [one, other] = [first, last].map(|row| version::numbers(&cell(row, form.version)));
    match (one, other) {
        (Some(one), Some(other)) if one != other => one > other,
        _ => cell(first, form.date) > cell(last, form.date),
    }
}

/// How the rows of a table are written.
struct Form {
    /// What stands before the table on its lines.
    indent: String,
    titles: Vec<String>,
    version: usize,
    date: usize,
    /// Widths of the cells, where all rows are filled up to them.
    widths: Option<Vec<usize>>,
    /// Whether rows begin and end with a bar.
    has_bars: bool,
}

impl Form {
    fn of(source: &Source, tree: &Tree, table: &TableView) -> Self {
        let titles = table.titles(tree, source.text());
        let start = table.header.span.start as usize;
        let line = source.line_of(start);
        let indent = source.slice(Span::new(line.start as usize, start)).to_owned();
        let head = source.slice(Span::new(start, line.end as usize)).trim_end().to_owned();
        let length = head.chars().count();
        let row_length = |row: &groundplan_syntax::Row| {
            let line = source.line_of(row.span.start as usize);
            source.slice(line).trim_end().chars().count() - indent.chars().count().min(line.len())
        };
        let is_even =
            !table.rows.is_empty() && table.rows.iter().all(|row| row_length(row) == length);
        let cells =
            head.trim_matches('|').split('|').map(|it| it.chars().count().saturating_sub(2));
        Self {
            indent,
            version: column(&titles, &VERSION).unwrap_or(0),
            date: column(&titles, &DATE).unwrap_or(0),
            titles,
            widths: is_even.then(|| cells.collect()),
            has_bars: head.starts_with('|'),
        }
    }

    fn row(&self, entry: &Entry) -> String {
        let text = column(&self.titles, &TEXT).or_else(|| self.first_unknown());
        let cell = |(at, title): (usize, &String)| {
            let value = match title.as_str() {
                _ if at == self.version => entry.version.clone(),
                _ if at == self.date => entry.date.clone(),
                _ if text == Some(at) => entry.text.clone(),
                title if AUTHOR.contains(&title) => entry.author.clone().unwrap_or_default(),
                _ => String::new(),
            };
            let value = if value.is_empty() { UNKNOWN.to_owned() } else { value };
            let width = self.widths.as_ref().and_then(|it| it.get(at)).copied().unwrap_or(0);
            format!("{:<width$}", value.replace(['\n', '\r'], " ").replace('|', "\\|"))
        };
        let cells: Vec<String> = self.titles.iter().enumerate().map(cell).collect();
        match self.has_bars {
            true => format!("{}| {} |", self.indent, cells.join(" | ")),
            false => format!("{}{}", self.indent, cells.join(" | ").trim_end()),
        }
    }

    /// The first column that no title tells.
    fn first_unknown(&self) -> Option<usize> {
        let is_free = |(at, title): &(usize, &String)| {
            *at != self.version && *at != self.date && !AUTHOR.contains(&title.as_str())
        };
        self.titles.iter().enumerate().find(is_free).map(|(at, _)| at)
    }
}

/// A change log where there is none yet: under its heading, or at the document's end.
fn new_table(document: &Document, entries: &[Entry]) -> Result<Edit, NoTable> {
    let mut table = "| Date | Version | Author | Changes |\n|---|---|---|---|\n".to_owned();
    for Entry { version, date, author, text } in entries {
        let author = author.as_deref().unwrap_or(UNKNOWN);
        let cells = [date, version, author, text].map(|it| it.replace('|', "\\|"));
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    let text = document.source.text();
    let is_log = |it: &&Section| it.concept == Some(Concept::Changes);
    if let Some(section) = document.sections.iter().find(is_log) {
        let body = Span { start: section.heading.end, end: section.span.end };
        let block = Provenance::read(&document.source).map(|it| it.span);
        let end = block.map_or(body.end, |it| it.start.clamp(body.start, body.end));
        let own = document.source.slice(Span { end, ..body });
        if !own.trim().is_empty() {
            return Err(NoTable { heading: section.heading });
        }
        return Ok(Edit::replace(Span { end, ..body }, format!("\n\n{table}\n")));
    }
    let end = Provenance::read(&document.source).map_or(text.len(), |it| it.span.start as usize);
    let before = text.get(..end).unwrap_or(text);
    let gap =
        "\n".repeat(2_usize.saturating_sub(before.len() - before.trim_end_matches('\n').len()));
    let level = if document.sections.iter().any(|it| it.level == 2) { "##" } else { "#" };
    let more = if end < text.len() { "\n" } else { "" };
    Ok(Edit::insert(end, format!("{gap}{level} Change Log\n\n{table}{more}")))
}

/// Sets the version of the header where the newest row has a newer one.
fn header(document: &Document, entries: &[Entry]) -> Option<Edit> {
    let field = VERSION_KEYS.iter().find_map(|key| document.field(key))?;
    let newest = &entries.last()?.version;
    let stated = version::numbers(&field.value.text)?;
    let is_newer = version::numbers(newest).is_some_and(|it| it > stated);
    is_newer.then(|| Edit::replace(field.value.span, newest.clone()))
}
