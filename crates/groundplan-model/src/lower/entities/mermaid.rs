//! Entities of Mermaid ER diagrams: `ORDER { uuid id PK }`.

use groundplan_syntax::Span;

use super::super::{Fence, Reading};
use crate::document::{Entity, EntityField, Text};

pub(super) fn read(reading: &Reading<'_>, fence: Fence) -> Vec<Entity> {
    let text = reading.source.slice(fence.content);
    let is_er = text.lines().any(|line| line.trim() == "erDiagram");
    if !is_er {
        return Vec::new();
    }
    let mut found: Vec<Entity> = Vec::new();
    let mut open = false;
    let mut at = fence.content.start as usize;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if let Some(name) = body.strip_suffix('{').map(str::trim).filter(|it| is_name(it)) {
            let span = Span::new(start, start + name.len());
            let name = Text { text: name.trim_matches('"').to_owned(), span };
            found.push(Entity { name, form: "mermaid", fields: Vec::new() });
            open = true;
        } else if body == "}" {
            open = false;
        } else if open && let Some(entity) = found.last_mut() {
            entity.fields.extend(field(body, start));
        }
    }
    found.retain(|entity| !entity.fields.is_empty());
    found
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"'))
}

/// `uuid id PK "the key"`: type, name, then keys and a comment.
fn field(line: &str, start: usize) -> Option<EntityField> {
    let mut words = line.split_whitespace();
    let ty = words.next()?;
    let name = words.next()?;
    let at = ty.len() + line.get(ty.len()..)?.find(name)?;
    let span = Span::new(start + at, start + at + name.len());
    Some(EntityField { name: name.to_owned(), ty: ty.to_owned(), optional: false, span })
}
