//! Values that a column's comment lists: `status TEXT, -- queued, running or done`.

use groundplan_model::Document;
use groundplan_model::schema::{Column, ColumnType, Table};
use groundplan_syntax::Span;

/// The values that a comment behind a column lists.
pub(crate) struct Listed<'a> {
    pub(crate) table: &'a Table,
    pub(crate) column: &'a Column,
    pub(crate) values: Vec<String>,
    /// The comment, its dashes left out.
    pub(crate) span: Span,
    /// Where the definition of the column ends, before its comma.
    pub(crate) end: usize,
}

/// Every column of text whose comment lists its values.
pub(crate) fn listed(document: &Document) -> Vec<Listed<'_>> {
    let columns = document.schema.tables.iter();
    let columns = columns.flat_map(|table| table.columns.iter().map(move |it| (table, it)));
    let texts = columns.filter(|(_, column)| column.ty == ColumnType::Text);
    texts.filter_map(|(table, column)| of_column(document, table, column)).collect()
}

fn of_column<'a>(document: &Document, table: &'a Table, column: &'a Column) -> Option<Listed<'a>> {
    let line = document.source.line_of(column.span.start as usize);
    let text = document.source.slice(line);
    let (before, comment) = text.split_once("--")?;
    // Two columns on one line: nobody can tell whose the comment is.
    let after = column.span.end.checked_sub(line.start)? as usize;
    let definition = before.trim_end().trim_end_matches(',');
    if definition.get(after..)?.contains(',') && !definition.get(after..)?.contains('(') {
        return None;
    }
    let values = values(comment)?;
    let start = line.start as usize + before.len() + 2;
    let lead = comment.len() - comment.trim_start().len();
    let span = Span::new(start + lead, start + comment.trim_end().len());
    Some(Listed { table, column, values, span, end: line.start as usize + definition.len() })
}

/// The texts that a type allows: `'a' | 'b'`, `Literal["a", "b"]`.
pub(crate) fn of_type(ty: &str) -> Option<Vec<String>> {
    let (list, separator) = match ty.strip_prefix("Literal[").and_then(|it| it.strip_suffix(']')) {
        Some(list) => (list, ','),
        None => (ty, '|'),
    };
    let parts = list.split(separator).map(str::trim);
    let given = parts.filter(|part| !matches!(*part, "null" | "undefined" | "None" | ""));
    let values: Vec<String> =
        given.map(|it| Some(unquoted(it)?.to_owned())).collect::<Option<_>>()?;
    (values.len() > 1).then_some(values)
}

/// Words after which a list is one of examples, or goes on.
const OPEN: [&str; 6] = ["e.g", "etc", "...", "…", "for example", "such as"];

/// The values of a comment that is a list of them and nothing else.
fn values(comment: &str) -> Option<Vec<String>> {
    let text = comment.trim().trim_end_matches(['.', ';']);
    let lower = text.to_lowercase();
    if OPEN.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let text = ["one of:", "one of", "values:", "enum:", "in:"]
        .iter()
        .find(|lead| lower.starts_with(**lead))
        .and_then(|lead| text.get(lead.len()..))
        .unwrap_or(text);
    let separator = if text.contains('|') { '|' } else { ',' };
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let is_quoted = parts.iter().any(|part| unquoted(part).is_some());
    let read = |part: &&str| match unquoted(part) {
        Some(value) => Some(value.to_owned()),
        None => (!is_quoted && is_word(part)).then(|| (*part).to_owned()),
    };
    let given = parts.iter().filter(|part| !part.eq_ignore_ascii_case("null"));
    let found: Vec<String> = given.map(read).collect::<Option<_>>()?;
    // Two bare words may as well be two remarks.
    let least = if is_quoted || separator == '|' { 2 } else { 3 };
    (found.len() >= least).then_some(found)
}

fn unquoted(part: &str) -> Option<&str> {
    let marks = ['\'', '"', '`'];
    let mark = part.chars().next().filter(|it| marks.contains(it))?;
    part.strip_prefix(mark)?.strip_suffix(mark).filter(|it| is_word(it) || it.contains(' '))
}

fn is_word(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests;
