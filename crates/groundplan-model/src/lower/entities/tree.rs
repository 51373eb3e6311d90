//! Fields as the branches of a tree drawn in a block of no language: `Table: orders`, then
//! `├── id: UUID (PK)`.

use groundplan_syntax::Span;

use super::super::{Fence, Reading, prose};
use crate::document::{Entity, EntityField, Text};

/// Words before the name of a tree's root.
const KINDS: [&str; 4] = ["table:", "entity:", "collection:", "model:"];

pub(super) fn read(reading: &Reading<'_>, fence: Fence) -> Vec<Entity> {
    let text = reading.source.slice(fence.content);
    let mut found: Vec<Entity> = Vec::new();
    let mut is_open = false;
    for (start, line) in prose::lines(text, fence.content.start as usize) {
        if let Some(name) = root(line, start) {
            found.push(Entity { name, form: "tree", fields: Vec::new() });
            is_open = true;
        } else if is_open && let Some(entity) = found.last_mut() {
            let field = field(line, start);
            is_open = field.is_some() || line.starts_with('│');
            entity.fields.extend(field);
        }
    }
    found.retain(|entity| !entity.fields.is_empty());
    found
}

/// The name behind one of [`KINDS`].
fn root(line: &str, start: usize) -> Option<Text> {
    let is_kind =
        |kind: &&str| line.get(..kind.len()).is_some_and(|it| it.eq_ignore_ascii_case(kind));
    let kind = KINDS.iter().find(|kind| is_kind(kind))?;
    let rest = line.get(kind.len()..)?;
    let (at, name) = word(rest)?;
    let start = start + kind.len() + at;
    Some(Text { text: name.to_owned(), span: Span::new(start, start + name.len()) })
}

/// `id` and `UUID (PK)` of `├── id: UUID (PK)`; deeper branches belong to a field.
fn field(line: &str, start: usize) -> Option<EntityField> {
    let rest = line.strip_prefix(['├', '└'])?.trim_start_matches('─');
    let (at, name) = word(rest)?;
    let ty = rest.get(at + name.len()..)?.trim_start().strip_prefix(':')?;
    let ty = ty.split(" --").next().unwrap_or(ty).trim();
    let start = start + line.len() - rest.len() + at;
    let span = Span::new(start, start + name.len());
    Some(EntityField { name: name.to_owned(), ty: ty.to_owned(), optional: false, span })
}

/// The name that `text` begins with, and where.
fn word(text: &str) -> Option<(usize, &str)> {
    let body = text.trim_start().trim_start_matches('`');
    let len = body.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(body.len());
    let name = body.get(..len).filter(|it| !it.is_empty())?;
    Some((text.len() - body.len(), name))
}
