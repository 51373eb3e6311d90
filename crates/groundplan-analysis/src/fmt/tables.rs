//! Tables: the bars of all rows under one another. A table that no window shows at once gets single
//! blanks instead.

use groundplan_syntax::{Edit, Kind, NodeId, Row, Span, TableView};
use unicode_width::UnicodeWidthStr;

use super::look::Look;

/// Columns of text up to which a table is padded.
const MOST_COLUMNS: usize = 160;

/// Dashes that a column has at least.
const LEAST_DASHES: usize = 3;

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    let tables = look.nodes(|kind| kind == Kind::Table);
    let on = tables.filter(|table| !look.is_off(look.tree.span(*table)));
    on.filter_map(|table| aligned(look, table)).flatten().collect()
}

/// The edits of a table; `None` where its lines are not what its tree says.
fn aligned(look: &Look<'_>, table: NodeId) -> Option<Vec<Edit>> {
    let view = TableView::new(&look.tree, table);
    let head = Line::of(look, &view.header)?;
    let marks = Marks::of(look, &view)?;
    let rows: Vec<Line<'_>> =
        view.rows.iter().map(|row| Line::of(look, row)).collect::<Option<_>>()?;
    if marks.sides.len() != head.cells.len() {
        return None;
    }
    let all = || std::iter::once(&head).chain(&rows);
    let widths = widths(all(), marks.sides.len());
    let mut edits: Vec<Edit> =
        all().map(|line| Edit::replace(line.span, line.text(&widths, &marks.sides))).collect();
    edits.push(Edit::replace(marks.span, marks.text(&widths)));
    Some(edits)
}

/// The widths of the columns; all the least where the table is too wide to be padded.
fn widths<'a>(lines: impl Iterator<Item = &'a Line<'a>>, count: usize) -> Vec<usize> {
    let mut widths = vec![LEAST_DASHES; count];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(&line.cells) {
            *width = cell.width().max(*width);
        }
    }
    let total: usize = widths.iter().map(|width| width + 3).sum();
    if total < MOST_COLUMNS { widths } else { vec![0; count] }
}

/// A side to which the cells of a column are pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Side {
    left: bool,
    right: bool,
}

/// A row as it is written.
struct Line<'a> {
    /// From the first bar or letter to the end of the line.
    span: Span,
    cells: Vec<&'a str>,
}

impl<'a> Line<'a> {
    fn of(look: &Look<'a>, row: &Row) -> Option<Self> {
        let start = row.span.start as usize;
        let line = look.source.line_of(start);
        let text = look.text().get(start..line.end as usize)?;
        let indent = text.len() - text.trim_ascii_start().len();
        let span = Span::new(start + indent, line.end as usize);
        let cells = split(text.trim_ascii());
        let known: Vec<&str> = row.cells.iter().map(|cell| look.slice(*cell)).collect();
        let is_so = cells.iter().zip(&known).all(|(one, other)| one == other);
        let rest = known.get(cells.len()..).unwrap_or_default();
        (is_so && rest.iter().all(|it| it.is_empty())).then_some(Self { span, cells })
    }

    fn text(&self, widths: &[usize], sides: &[Side]) -> String {
        let mut text = String::from("|");
        for (at, cell) in self.cells.iter().enumerate() {
            let width = widths.get(at).copied().unwrap_or(0);
            let blanks = width.saturating_sub(cell.width());
            let before = match sides.get(at) {
                Some(Side { left: false, right: true }) => blanks,
                Some(Side { left: true, right: true }) => blanks / 2,
                _ => 0,
            };
            let after = blanks - before;
            text.push_str(&format!(" {:before$}{cell}{:after$} |", "", ""));
        }
        text
    }
}

/// The cells between the bars of a row, trimmed. A bar behind a backslash is text.
fn split(row: &str) -> Vec<&str> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_escaped = false;
    for (at, byte) in inner.bytes().enumerate() {
        if byte == b'|' && !is_escaped {
            cells.push(inner.get(start..at).unwrap_or("").trim_ascii());
            start = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    let last = inner.get(start..).unwrap_or("").trim_ascii();
    if start < inner.len() || cells.is_empty() {
        cells.push(last);
    }
    cells
}

/// The line of dashes.
struct Marks {
    span: Span,
    sides: Vec<Side>,
}

impl Marks {
    fn of(look: &Look<'_>, view: &TableView) -> Option<Self> {
        let line = look.source.line(view.header.span.start as usize) + 1;
        let line = look.source.line_span(line)?;
        let text = look.source.slice(line);
        let start = text.find(['|', ':', '-'])?;
        let row = text.get(start..)?.trim_ascii();
        let is_marks = row.chars().all(|c| matches!(c, '|' | ':' | '-' | ' ' | '\t'));
        let side = |cell: &str| Side { left: cell.starts_with(':'), right: cell.ends_with(':') };
        let sides = split(row).into_iter().map(side).collect();
        let span = Span { start: line.start + Span::at(start).start, ..line };
        is_marks.then_some(Self { span, sides })
    }

    fn text(&self, widths: &[usize]) -> String {
        let mut text = String::from("|");
        for (side, width) in self.sides.iter().zip(widths) {
            let [left, right] = [side.left, side.right].map(|it| if it { ":" } else { "" });
            let dashes = (*width).max(LEAST_DASHES) - left.len() - right.len();
            text.push_str(&format!(" {left}{}{right} |", "-".repeat(dashes)));
        }
        text
    }
}
