//! Tables and columns that had other names before (rule D5), by comments beside them.

use groundplan_syntax::Span;

use super::note;
use crate::document::{Annotation, Document, Text};
use crate::schema::Rename;
use crate::service::{NoteLevel, ServicePlan};

#[cfg(test)]
mod tests;

/// A name of the schema, with the table and the column that it is of.
type Named<'d> = (Span, &'d str, Option<&'d str>);

pub(super) fn settle(document: &Document, plan: &mut ServicePlan) {
    for annotation in &document.annotations {
        let Annotation::RenamedFrom(from) = annotation else { continue };
        let Some((_, table, column)) = named(document, from) else {
            let message = format!("nothing behind or below tells what `{}` is now", from.text);
            note(&mut plan.notes, NoteLevel::Info, "D5", from.span, message);
            continue;
        };
        plan.renames.push(Rename {
            table: table.to_owned(),
            column: column.map(str::to_owned),
            from: from.text.clone(),
        });
    }
}

/// What the comment stands behind; where it has a line of its own, what follows it.
fn named<'d>(document: &'d Document, from: &Text) -> Option<Named<'d>> {
    let line = |span: Span| document.source.line(span.start as usize);
    let here = line(from.span);
    let mut names = document.schema.tables.iter().flat_map(|table| {
        let columns = table.columns.iter().map(|it| (it.span, &*table.name, Some(&*it.name)));
        std::iter::once((table.span, &*table.name, None)).chain(columns)
    });
    if !is_comment(document, here) {
        return names.rfind(|(span, ..)| line(*span) == here);
    }
    let next = (here + 1..).find(|it| !is_comment(document, *it))?;
    names.find(|(span, ..)| line(*span) == next)
}

/// Whether nothing but a comment is on the line. What is behind the last line is none.
fn is_comment(document: &Document, line: usize) -> bool {
    let span = document.source.line_span(line);
    span.is_some_and(|span| {
        let text = document.source.slice(span).trim();
        text.is_empty() || text.starts_with("--")
    })
}
