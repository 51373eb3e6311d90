//! `done-heading-open-box`: a heading that is marked as done, and an open box below it.

use groundplan_model::document::{ChecklistItem, Mark, Section};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "done-heading-open-box",
    group: "tasks",
    summary: "a heading is marked as done, and boxes below it are open",
    page: include_str!("done_heading_open_box.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Headings of what is checked and not done: a sign before them is an ornament.
const NOT_WORK: [&str; 9] = [
    "criteria",
    "definition",
    "checklist",
    "partial",
    "mostly",
    " not ",
    "almost",
    "optional",
    "to do",
];
/// Words of an item, or of a heading around it, that was put off.
const LATER: [&str; 6] = ["future", "later", "follow-up", "deferred", "optional", "out of scope"];
const SHOWN: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if !document.sections.iter().any(|it| is_done(&it.title.text)) {
        return;
    }
    let is_open = |item: &&ChecklistItem| item.mark == Mark::Open && !item.struck;
    let mut open = document.checklist.iter().filter(is_open).filter(|it| !is_later(&it.text.text));
    let Some(first) = open.next() else { return };
    let mut groups: Vec<(&Section, Vec<&ChecklistItem>)> = Vec::new();
    for item in std::iter::once(first).chain(open) {
        let Some(section) = done_section(document, item) else { continue };
        match groups.last_mut() {
            Some((last, items)) if last.heading == section.heading => items.push(item),
            _ => groups.push((section, vec![item])),
        }
    }
    for (section, items) in groups.into_iter().filter(|(it, _)| !is_ornament(document, it)) {
        report(section, &items, findings);
    }
}

fn report(section: &Section, open: &[&ChecklistItem], findings: &mut Findings<'_>) {
    let boxes = counted(open.len(), "box below it is", "boxes below it are");
    let title = shortened(&section.title.text);
    let message = format!("`{title}` is marked as done, but {boxes} open");
    let mut finding = findings.report(section.title.span, message);
    for item in open.iter().take(SHOWN) {
        finding = finding.related(item.marker, "open");
    }
    finding.help("tick what is done, or take the mark off the heading");
}

/// The innermost heading above `item` that says it is done; none where one between says otherwise.
fn done_section<'a>(document: &'a Document, item: &ChecklistItem) -> Option<&'a Section> {
    let at = item.marker.start;
    let holds = |it: &&Section| it.span.start <= at && at < it.span.end;
    let around = document.sections.iter().rev().filter(holds);
    let mut told = around.filter(|it| is_done(&it.title.text) || is_later(&it.title.text));
    // A document's title speaks of the whole, which has a status of its own.
    told.next().filter(|it| it.level > 1 && !is_later(&it.title.text))
}

/// Whether a sign stands before the heading as others have a picture: nothing below it is done.
fn is_ornament(document: &Document, section: &Section) -> bool {
    let leads = section.title.text.trim_start().starts_with(['✅', '✔', '☑']);
    let mut inside = document.checklist.iter().filter(|it| section.span.contains(it.marker));
    leads && !inside.any(|it| it.mark == Mark::Done)
}

fn is_done(title: &str) -> bool {
    const WORDS: [&str; 6] =
        ["COMPLETE", "COMPLETED", "DONE", "(complete)", "(completed)", "(done)"];
    let says = title.contains(['✅', '✔', '☑'])
        || title.split_whitespace().any(|word| {
            let word = word.trim_end_matches([':', '.', '!']);
            WORDS.contains(&word)
        });
    if !says {
        return false;
    }
    let is_loud = !title.contains(char::is_lowercase);
    let lower = title.to_lowercase();
    (!is_loud || title.contains('✅')) && !NOT_WORK.iter().any(|it| lower.contains(it))
}

fn is_later(text: &str) -> bool {
    let text = text.to_lowercase();
    LATER.iter().any(|word| text.contains(word))
}
