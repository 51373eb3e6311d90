//! Diesel: `table! { orders (id) { id -> Int4, note -> Nullable<Text>, } }`.

use crate::Certainty;
use crate::code::syntax::{Syntax, ident};
use crate::code::{CodeColumn, CodeFile, CodeTable, TableForm};

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    for call in syntax.calls.iter().filter(|it| it.name == "table") {
        file.tables.extend(table(syntax, call.range.start, syntax.slice(call.range.clone())));
    }
}

fn table(syntax: &Syntax<'_>, start: usize, text: &str) -> Option<CodeTable> {
    let mut found: Option<CodeTable> = None;
    let mut at = start;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let from = at + line.len() - body.len();
        at += line.len();
        match (body.split_once("->"), &mut found) {
            (Some((name, ty)), Some(table)) => {
                table.columns.push(column(syntax, name.trim(), ty, from));
            }
            (None, None) if !body.starts_with(['#', '/']) => found = header(syntax, body, from),
            _ => {}
        }
    }
    found.filter(|it| !it.columns.is_empty())
}

/// `public.orders (id) {`
fn header(syntax: &Syntax<'_>, line: &str, at: usize) -> Option<CodeTable> {
    let (name, _) = line.split_once('(').filter(|_| line.trim_end().ends_with('{'))?;
    let name = name.trim().rsplit('.').next()?;
    let is_name = !name.is_empty() && ident(name) == name;
    is_name.then(|| CodeTable {
        name: name.to_owned(),
        columns: Vec::new(),
        form: TableForm::Diesel,
        place: syntax.place(&(at..at + name.len())),
        certainty: Certainty::Stated,
    })
}

fn column(syntax: &Syntax<'_>, name: &str, ty: &str, at: usize) -> CodeColumn {
    let ty = ty.trim().trim_end_matches(',');
    let inner = ty.strip_prefix("Nullable<").and_then(|it| it.strip_suffix('>'));
    let name = name.trim_start_matches("r#").to_owned();
    CodeColumn {
        place: syntax.place(&(at..at + name.len())),
        name,
        ty: inner.unwrap_or(ty).to_owned(),
        nullable: Some(inner.is_some()),
    }
}
