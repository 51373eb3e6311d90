//! Prisma schemas: `model Order { id String @id @map("order_id") }`, line by line, as their grammar
//! has them.

use crate::Certainty;
use crate::code::syntax::Lines;
use crate::code::{CodeColumn, CodeFile, CodeTable, TableForm};

pub(in super::super) fn read(file: &mut CodeFile, text: &str) {
    let models: Vec<&str> = text.lines().filter_map(|line| name_of(line.trim())).collect();
    let lines = Lines::of(text);
    let mut open: Option<CodeTable> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if let Some(name) = name_of(body) {
            let place = lines.place(&(start + 6..start + 6 + name.len()));
            let (name, form) = (name.to_owned(), TableForm::Prisma);
            let (columns, certainty) = (Vec::new(), Certainty::Stated);
            open = Some(CodeTable { name, columns, form, place, certainty });
        } else if body.starts_with('}') {
            file.tables.extend(open.take().filter(|it| !it.columns.is_empty()));
        } else if let Some(table) = &mut open {
            match mapped(body, "@@map(") {
                Some(name) => table.name = name.to_owned(),
                None => table.columns.extend(field(body, start, &models, &lines)),
            }
        }
    }
}

fn name_of(line: &str) -> Option<&str> {
    line.strip_prefix("model ")?.split([' ', '{']).next().filter(|it| !it.is_empty())
}

/// The name in `@map("name")`.
fn mapped<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.split_once(word)?.1.split('"').nth(1)
}

/// A field; one whose type is another model is a relation and no column.
fn field(line: &str, start: usize, models: &[&str], lines: &Lines) -> Option<CodeColumn> {
    let mut words = line.split_whitespace();
    let name = words.next().filter(|it| it.starts_with(|c: char| c.is_alphabetic()))?;
    let written = words.next()?;
    let ty = written.trim_end_matches(['?', '[', ']']);
    let place = lines.place(&(start..start + name.len()));
    let column = mapped(line, "@map(").unwrap_or(name);
    (!models.contains(&ty)).then(|| CodeColumn {
        name: column.to_owned(),
        ty: written.trim_end_matches('?').to_owned(),
        nullable: Some(written.ends_with('?')),
        place,
    })
}
