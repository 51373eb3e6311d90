//! `task-id-duplicate`: two tasks of one list with the same id.

use std::collections::HashMap;

use groundplan_model::document::ChecklistItem;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "task-id-duplicate",
    group: "tasks",
    summary: "two tasks have the same id",
    page: include_str!("task_id_duplicate.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    // A template counts its own examples from one.
    if document.checklist.is_empty() || context.is_template() {
        return;
    }
    let mut first: HashMap<(&str, Option<Span>), &ChecklistItem> = HashMap::new();
    for item in &document.checklist {
        let Some(id) = item.id.as_deref() else { continue };
        match first.get(&(id, realm(document, item, id))) {
            Some(other) if !is_same(item, other) => report(id, item, other, findings),
            Some(_) => {}
            None => {
                first.insert((id, realm(document, item, id)), item);
            }
        }
    }
}

/// Where an id must be one task's alone: `T012` in the whole document, `1.1` below its heading,
/// since some lists begin to count again under each.
fn realm(document: &Document, item: &ChecklistItem, id: &str) -> Option<Span> {
    let is_number = id.starts_with(|c: char| c.is_ascii_digit());
    let section = document.section_at(item.marker.start).map(|it| it.heading);
    is_number.then_some(section.unwrap_or_default())
}

/// Whether both name one task: a summary repeats what stands in the list.
fn is_same(one: &ChecklistItem, other: &ChecklistItem) -> bool {
    let words = |item: &ChecklistItem| {
        let text = item.text.text.to_lowercase();
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|it| it.len() > 2)
            .fold(String::new(), |all, word| if all.len() < 24 { all + word } else { all })
    };
    words(one) == words(other) || one.depth != other.depth
}

fn report(id: &str, item: &ChecklistItem, first: &ChecklistItem, findings: &mut Findings<'_>) {
    let words = shortened(&first.text.text);
    findings
        .report(item.text.span, format!("the id {id} is that of another task already"))
        .related(first.text.span, format!("the other one: `{words}`"))
        .help("give one of the two an id of its own, and mend what refers to it");
}
