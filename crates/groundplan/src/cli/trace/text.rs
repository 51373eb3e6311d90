//! The matrix for people.

use std::fmt::Write;

use groundplan_analysis::trace::{At, Covered, Evidence, Stale};
use groundplan_model::policy::Level;
use unicode_width::UnicodeWidthStr;

use super::matrix::{Matrix, Table, name};
use crate::render::plural;
use crate::ui::{DIM, ERROR, GOOD, STRONG, WARNING, paint, printable};

/// The widest a cell may be, in columns of a terminal.
const WIDEST: usize = 28;

/// How many ids that lead nowhere are shown.
const SHOWN: usize = 10;

/// Every chain as a block, then what it comes to.
pub(super) fn matrix(matrix: &Matrix<'_>, styled: bool) -> String {
    let mut text = String::new();
    for table in &matrix.tables {
        block(&mut text, matrix, table, styled);
    }
    if matrix.tables.is_empty() {
        text.push_str(match matrix.is_gaps {
            true => "Nothing is incomplete.\n",
            false => "No document defines a requirement, a story or a criterion with an id.\n",
        });
    }
    unresolved(&mut text, matrix, styled);
    let shown = text.contains(['~', '!']);
    if shown {
        let legend = "~ guessed, covers nothing   ! no longer holds   - nothing\n";
        text.push_str(&paint(styled, DIM, legend));
    }
    text
}

fn block(text: &mut String, matrix: &Matrix<'_>, table: &Table<'_>, styled: bool) {
    let rows: Vec<Vec<String>> = table.rows.iter().map(|it| cells(matrix, table, it)).collect();
    let heads = ["", ""].into_iter().chain(table.levels.iter().map(|it| it.as_str()));
    let head: Vec<String> = heads.map(str::to_owned).collect();
    let width = |at: usize| {
        let column = rows.iter().chain([&head]).filter_map(|row| row.get(at));
        column.map(|it| it.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let _ = writeln!(text, "{}", paint(styled, STRONG, &printable(&table.title)));
    line(text, &head, &widths, |_| DIM, styled);
    for (covered, row) in table.rows.iter().zip(&rows) {
        line(text, row, &widths, |at| style(table, covered, at), styled);
    }
    text.push('\n');
}

fn line(
    text: &mut String,
    cells: &[String],
    widths: &[usize],
    style: impl Fn(usize) -> anstyle::Style,
    styled: bool,
) {
    let mut line = String::new();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let padding = " ".repeat(width.saturating_sub(cell.width()));
        let painted = paint(styled, style(at), &printable(cell));
        let _ = write!(line, "  {painted}{padding}");
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

fn style(table: &Table<'_>, covered: &Covered, at: usize) -> anstyle::Style {
    let Some(level) = at.checked_sub(2).and_then(|it| table.levels.get(it)) else {
        return anstyle::Style::new();
    };
    match (covered.levels.contains(level), &covered.waived) {
        (false, Some(_)) => DIM,
        (false, None) => WARNING,
        (true, _) => anstyle::Style::new(),
    }
}

/// The id, the words and a cell for each level.
fn cells(matrix: &Matrix<'_>, table: &Table<'_>, covered: &Covered) -> Vec<String> {
    let item = matrix.item(covered.item);
    let id = item.map_or("", |it| it.id.as_str());
    let title = match &covered.waived {
        Some(reason) => format!("waived: {reason}"),
        None => item.map_or(String::new(), |it| it.title.clone()),
    };
    let levels = table.levels.iter().map(|it| cell(matrix, covered, *it));
    [id.to_owned(), cut(&title)].into_iter().chain(levels).collect()
}

/// The first of what answers at a level, and how many more there are.
fn cell(matrix: &Matrix<'_>, covered: &Covered, level: Level) -> String {
    let mut all: Vec<_> = covered.row.at(level).collect();
    all.sort_by_key(|it| !it.covers());
    let first = all.first().and_then(|it| Some(name(matrix.item(it.item)?, it)));
    let is_covered = covered.levels.contains(&level);
    let mut text = match first {
        Some(first) => cut(&first),
        None if is_covered => cut(&matrix.through(covered)),
        None => "-".to_owned(),
    };
    if all.len() > 1 {
        let _ = write!(text, " +{}", all.len() - 1);
    }
    if level == Level::Test && !matches!(covered.evidence, Evidence::None | Evidence::NotRun) {
        let _ = write!(text, " ({})", covered.evidence.as_str());
    }
    text
}

fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.width() <= WIDEST {
        return line.to_owned();
    }
    let mut short = String::new();
    for c in line.chars() {
        short.push(c);
        if short.width() >= WIDEST {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

fn unresolved(text: &mut String, matrix: &Matrix<'_>, styled: bool) {
    let all = matrix.unresolved();
    if all.is_empty() {
        return;
    }
    let title = format!("{} that lead nowhere", plural(all.len(), "id"));
    let _ = writeln!(text, "{}", paint(styled, STRONG, &title));
    for it in all.iter().take(SHOWN) {
        let why = match it.candidates.len() {
            0 => "nothing has this id".to_owned(),
            count => format!("{count} documents have it: write the document before it"),
        };
        let _ = writeln!(text, "  {}  {} ({why})", printable(&place(&it.at)), printable(&it.id));
    }
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|it| *it > 0) {
        let _ = writeln!(text, "  and {more} more: --format json lists them");
    }
    text.push('\n');
}

/// `docs/a.md:12`
pub(in crate::cli) fn place(at: &At) -> String {
    format!("{}:{}", at.path, at.line)
}

/// Why an edge no longer holds, in words.
pub(in crate::cli) fn stale(stale: &Stale) -> String {
    match stale {
        Stale::Revision { code, document } => {
            format!("the code knows revision {code}, the document has {document}")
        }
        Stale::Changed => "the section changed since".to_owned(),
    }
}

/// A word in the colour of whether that is good.
pub(in crate::cli) fn mark(styled: bool, is_good: bool, word: &str) -> String {
    paint(styled, if is_good { GOOD } else { ERROR }, word)
}
