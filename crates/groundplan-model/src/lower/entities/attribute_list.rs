//! Lists of attributes below a heading that says it names an entity: `### Entity 1: Order`, then
//! `**Attributes:**`, then `- order_id: unique id`.

use groundplan_syntax::{Kind, NodeId, Span};

use super::super::{Reading, blocks};
use crate::document::{Entity, EntityField, Section, Text};

/// What the line above the list says.
const LABELS: [&str; 3] = ["attributes", "fields", "properties"];

pub(super) fn read(reading: &Reading<'_>) -> Vec<Entity> {
    let sections = reading.document.sections.iter();
    sections.filter_map(|section| entity(reading, section)).collect()
}

fn entity(reading: &Reading<'_>, section: &Section) -> Option<Entity> {
    let name = name(&section.title.text)?;
    let list = attributes(reading, section.span)?;
    let tree = reading.tree;
    let fields: Vec<EntityField> =
        tree.children(list).filter_map(|item| field(reading, item)).collect();
    let name = Text { text: name.to_owned(), span: section.title.span };
    (!fields.is_empty()).then_some(Entity { name, form: "attribute-list", fields })
}

/// `Order` of "Entity 1: Order (extended)".
fn name(title: &str) -> Option<&str> {
    let (before, name) = title.split_once(':')?;
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let name = name.split(" (").next()?.trim().trim_matches(['`', '*']);
    let is_one_word = !name.is_empty() && !name.contains(' ');
    (before.ends_with("Entity") && is_one_word).then_some(name)
}

/// The list right behind the label, within `section`.
fn attributes(reading: &Reading<'_>, section: Span) -> Option<NodeId> {
    let mut is_labelled = false;
    let tops = reading.index.tops_in(section);
    for block in tops.iter().filter(|it| section.contains(it.span)) {
        if is_labelled && matches!(block.kind, Kind::List { .. }) {
            return Some(block.node);
        }
        let label = reading.source.slice(block.span).trim_matches(['*', ':', ' ', '\n']);
        is_labelled = LABELS.iter().any(|it| label.eq_ignore_ascii_case(it));
    }
    None
}

/// `order_id` of "- `order_id` (UUID): unique id".
fn field(reading: &Reading<'_>, item: NodeId) -> Option<EntityField> {
    let span = blocks::lead(reading.tree, item)?;
    let text = reading.source.slice(span);
    let body = text.trim_start_matches(['`', '*']);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let len = body.find(|c: char| !is_part(c)).unwrap_or(body.len());
    let name = body.get(..len).filter(|it| !it.is_empty())?;
    let rest = body.get(len..)?.trim_start_matches(['`', '*', ' ']);
    let ty = rest.strip_prefix('(').and_then(|it| it.split_once(')'));
    let (ty, rest) = ty.unwrap_or(("", rest));
    let start = span.start as usize + text.len() - body.len();
    rest.trim_start_matches(['`', '*', ' ']).starts_with([':', '-', '–', '—']).then(|| {
        let span = Span::new(start, start + len);
        EntityField { name: name.to_owned(), ty: ty.to_owned(), optional: false, span }
    })
}
