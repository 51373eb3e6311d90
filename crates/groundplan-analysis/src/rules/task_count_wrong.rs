//! `task-count-wrong`: a stated number of tasks, and another number of them below the heading.

use groundplan_model::document::{Form, Section};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::phases::pairs;
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "task-count-wrong",
    group: "tasks",
    summary: "a phase is said to have another number of tasks than it has",
    page: include_str!("task_count_wrong.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.sections.is_empty() || context.is_template() {
        return;
    }
    for section in document.sections.iter().filter(|it| it.title.text.contains("task")) {
        judge(document, section.title.span, section, &section.title.text, findings);
    }
    for pair in pairs(document) {
        judge(document, pair.named.span, pair.section, pair.words, findings);
    }
}

fn judge(
    document: &Document,
    place: Span,
    section: &Section,
    words: &str,
    findings: &mut Findings<'_>,
) {
    let Some(stated) = stated(words) else { return };
    let counts = counts(document, section);
    let all: Vec<usize> = counts.iter().copied().filter(|it| *it > 0).collect();
    if all.is_empty() || all.contains(&stated) {
        return;
    }
    let found = all.first().copied().unwrap_or(0);
    let title = shortened(&section.title.text);
    let message = format!("{stated} tasks are announced for `{title}`, but it has {found}");
    let mut finding = findings.report(place, message);
    if place != section.title.span {
        finding = finding.related(section.title.span, "its tasks stand below this heading");
    }
    finding.help("correct the number, or add the tasks that are missing");
}

/// The number of `13 tasks` in brackets or in a cell; nothing for a share of them, and for a sum of
/// what is left.
fn stated(words: &str) -> Option<usize> {
    let lower = words.to_lowercase();
    let at = lower.find(" tasks").or_else(|| lower.find(" task "))?;
    let before = lower.get(..at)?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let opens =
        before.get(..start)?.trim_end_matches([' ', '*']).ends_with(['(', '|', '—', '-', ':']);
    let after = lower.get(at..)?.trim_start_matches(" tasks").trim_start_matches(" task");
    let is_all = !["remaining", "left", "done", "complete", "of", "open"]
        .iter()
        .any(|word| after.trim_start().starts_with(word));
    before.get(start..)?.parse().ok().filter(|_| opens && is_all)
}

/// How many tasks lie below the heading, by each way of writing them: headings, items with an id,
/// items.
fn counts(document: &Document, section: &Section) -> [usize; 4] {
    let inside = |it: &&Section| it.level > section.level && section.span.contains(it.heading);
    let headings: Vec<&Section> = document.sections.iter().filter(inside).collect();
    let named = headings.iter().filter(|it| is_task(&it.title.text)).count();
    let top = headings.iter().map(|it| it.level).min();
    let direct = headings.iter().filter(|it| Some(it.level) == top).count();
    let items = document.checklist.iter().filter(|it| section.span.contains(it.marker));
    let items: Vec<_> = items.filter(|it| document.form_of(it.marker) == Form::Bullet).collect();
    let least = items.iter().map(|it| it.depth).min();
    let outer = items.iter().filter(|it| Some(it.depth) == least).count();
    let with_id = items.iter().filter(|it| it.id.is_some()).count();
    if named > 0 { [named, direct, with_id, outer] } else { [outer, with_id, 0, 0] }
}

/// "Task 2.1: …", "T-012: …", "2.1 …".
fn is_task(title: &str) -> bool {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = title.strip_prefix("Task ").or_else(|| title.strip_prefix('T')).unwrap_or(title);
    rest.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
}
