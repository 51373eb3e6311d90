//! Prisma models: `model Order { id String @id }`, line by line, as its grammar has them.

use groundplan_syntax::Span;

use super::super::{Fence, Reading};
use crate::document::{Entity, EntityField, Text};

pub(super) fn read(reading: &Reading<'_>, fence: Fence) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    let mut open = false;
    let mut at = fence.content.start as usize;
    for line in reading.source.slice(fence.content).split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if let Some(name) = body.strip_prefix("model ").and_then(|it| it.split([' ', '{']).next()) {
            let span = Span::new(start + 6, start + 6 + name.len());
            let name = Text { text: name.to_owned(), span };
            found.push(Entity { name, form: "prisma", fields: Vec::new() });
            open = true;
        } else if body.starts_with('}') {
            open = false;
        } else if open && let Some(entity) = found.last_mut() {
            entity.fields.extend(field(body, start));
        }
    }
    found
}

fn field(line: &str, start: usize) -> Option<EntityField> {
    let mut words = line.split_whitespace();
    let name = words.next().filter(|it| it.starts_with(|c: char| c.is_alphabetic()))?;
    let ty = words.next()?;
    let span = Span::new(start, start + name.len());
    let optional = ty.ends_with('?');
    let ty = ty.trim_end_matches('?').to_owned();
    Some(EntityField { name: name.to_owned(), ty, optional, span })
}
