//! `section-empty`: headings with nothing below them.

use groundplan_model::document::Section;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "section-empty",
    group: "documents",
    summary: "a heading has nothing below it",
    page: include_str!("section_empty.md"),
    severity: Severity::Warning,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Headings of what may well be nothing.
const MAY_BE_EMPTY: [&str; 7] =
    ["optional", "none", "n/a", "not applicable", "non-goal", "drawback", "prerequisite"];
/// From this many words on a heading that asks nothing is a sentence of its own.
const SENTENCE: usize = 7;
const SHOWN: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let empty: Vec<&Section> = empty(document).collect();
    let Some((first, rest)) = empty.split_first() else { return };
    let title = shortened(&first.title.text);
    let message = match rest.len() {
        0 => format!("the section `{title}` is empty"),
        more => format!("the section `{title}` and {more} more are empty"),
    };
    let mut finding = findings.report(first.title.span, message);
    for section in rest.iter().take(SHOWN) {
        finding = finding.related(section.title.span, "empty too");
    }
    finding.help("write what belongs there, say why nothing does, or take the heading out");
}

/// Sections with neither text nor a subsection.
fn empty(document: &Document) -> impl Iterator<Item = &Section> {
    let next = document.sections.iter().skip(1).map(Some).chain([None]);
    document.sections.iter().zip(next).filter_map(|(section, next)| {
        let is_leaf = next.is_none_or(|it| it.level <= section.level);
        let end = next.map_or(section.span.end, |it| it.heading.start);
        let body = groundplan_syntax::Span { start: section.heading.end, end };
        let is_empty = section.level > 1 && is_leaf && is_blank(document.source.slice(body));
        let is_meant = || may_be_empty(&section.title.text) || is_named_option(document, section);
        (is_empty && !is_meant()).then_some(section)
    })
}

/// Whether a text has only white space, rules and comments: a comment of a template tells what to
/// write, and nobody sees it.
fn is_blank(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = after.split_once("-->") else { return false };
        // "None: these are new commands" is an answer, though nobody is shown it.
        if after.trim_start().to_lowercase().starts_with("none") {
            return false;
        }
        rest = behind.trim_start();
    }
    rest.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '*' | '_'))
}

/// "(Optional)", "Out of scope: none", and headings that say all themselves: "Priority: high".
fn may_be_empty(title: &str) -> bool {
    let lower = title.to_lowercase();
    let says_all = title.split_once(": ").is_some_and(|(_, rest)| !rest.trim().is_empty());
    let is_sentence = !title.contains('?') && title.split_whitespace().count() >= SENTENCE;
    says_all || is_sentence || MAY_BE_EMPTY.iter().any(|word| lower.contains(word))
}

/// Whether the heading is one of a list of options or goals that needs no more words.
fn is_named_option(document: &Document, section: &Section) -> bool {
    const LISTS: [&str; 3] = ["option", "alternative", "goal"];
    let holds = |it: &&Section| it.level < section.level && it.span.contains(section.heading);
    let parent = document.sections.iter().rev().find(holds);
    parent.is_some_and(|it| {
        let title = it.title.text.to_lowercase();
        LISTS.iter().any(|word| title.contains(word))
    })
}
