//! `placeholder-left`: text that nobody filled in.

use groundplan_model::document::Placeholder;
use groundplan_model::{Certainty, Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "placeholder-left",
    group: "documents",
    summary: "a place of the template was not filled in",
    page: include_str!("placeholder_left.md"),
    severity: Severity::Error,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let is_left = |it: &&Placeholder| is_made(document) || !is_meant(document, it);
    let left: Vec<&Placeholder> = document.placeholders.iter().filter(is_left).collect();
    if is_made(document) {
        return left.into_iter().for_each(|it| report(it, findings));
    }
    if context.is_template() {
        return report_template(&left, findings);
    }
    for group in by_section(document, &left) {
        let Some((first, rest)) = group.split_first() else { continue };
        // A guess alone is not worth a word: `[Name]` may be meant as it stands.
        let certainty = group.iter().map(|it| it.certainty).max().unwrap_or(Certainty::Guessed);
        let text = shortened(&first.text.text);
        let message = match rest.len() {
            0 => format!("`{text}` was not filled in"),
            1 => format!("`{text}` was not filled in, nor was one more place in this section"),
            more => format!("`{text}` was not filled in, nor were {more} more in this section"),
        };
        let finding = findings.report_as(certainty, first.text.span, message);
        finding.help("fill it in, or take the line out");
    }
}

/// Whether the document says which template it was made from: then each place counts by itself.
fn is_made(document: &Document) -> bool {
    document.provenance.as_ref().is_some_and(|it| it.template.is_some())
}

fn report(placeholder: &Placeholder, findings: &mut Findings<'_>) {
    let text = shortened(&placeholder.text.text);
    let message = format!("`{text}` was not filled in");
    let (certainty, span) = (placeholder.certainty, placeholder.text.span);
    findings.report_as(certainty, span, message).help("fill it in, or take the line out");
}

/// Whether the text only speaks of a placeholder, or has brackets for another reason.
fn is_meant(document: &Document, placeholder: &Placeholder) -> bool {
    let text = placeholder.text.text.as_str();
    let line = document.source.line_of(placeholder.text.span.start as usize);
    let start = placeholder.text.span.start;
    let before = document.source.slice(Span { start: line.start, end: start });
    let after = document.source.slice(Span { start: placeholder.text.span.end, end: line.end });
    let quoted = before.ends_with(['"', '“', '\'', '(']) && !text.starts_with('[');
    if is_named(before, after) {
        return true;
    }
    match text {
        // "No [NEEDS CLARIFICATION] markers remain": the real ones ask something.
        "[NEEDS CLARIFICATION]" | "[X]" => true,
        // "Dates are written YYYY-MM-DD": an unfilled date stands alone.
        "YYYY-MM-DD" => !stands_alone(before, after),
        // "TBD" in brackets is a gap, `"TODO: implement"` in quotes is spoken of.
        "TBD" | "TODO" => quoted && !before.ends_with('('),
        // `{{end}}` and `{{userName}}` of a template language.
        _ if text.starts_with("{{") => {
            quoted || text.contains(char::is_lowercase) && !stands_alone(before, after)
        }
        _ => is_label(text, before, after),
    }
}

/// "The `$ARGUMENTS` pattern", "placeholder variables (`{{AC_IDS}}`)": the text names placeholders.
fn is_named(before: &str, after: &str) -> bool {
    const KINDS: [&str; 4] = ["pattern", "marker", "variable", "placeholder"];
    let next = after.trim_start_matches([' ', ']', ')', '`', '"']).to_lowercase();
    let follows = KINDS.iter().any(|kind| next.starts_with(kind));
    follows || before.to_lowercase().contains("placeholder")
}

fn stands_alone(before: &str, after: &str) -> bool {
    let ends = |text: &str| text.trim_matches([' ', '*', '[', ']', '_']).is_empty();
    let opens = before.trim_end_matches([' ', '*', '[', '_']).ends_with([':', '|']);
    opens && (ends(after) || after.trim_start_matches([' ', ']', '*']).starts_with('|'))
}

/// `[Status: done]`, or brackets in front of what they label: "- [Risk] The queue fills up".
fn is_label(text: &str, before: &str, after: &str) -> bool {
    const OPEN: [&str; 3] = ["needs", "tbd", "todo"];
    let inner = text.trim_start_matches('[').to_lowercase();
    let is_tag = inner.contains(": ") && !OPEN.iter().any(|word| inner.starts_with(word));
    let marker = before.trim().trim_end_matches('*').trim_end().trim_end_matches(['.', ')']);
    let is_first = matches!(marker, "" | "-" | "*" | "+") || marker.parse::<u32>().is_ok();
    let rest = after.trim_start_matches([' ', ':', '*']);
    let labels = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '→' | '`'));
    text.starts_with('[') && (is_tag || is_first && labels && rest.len() < after.len())
}

/// Placeholders by the section that they stand in, in order.
fn by_section<'a>(document: &Document, left: &[&'a Placeholder]) -> Vec<Vec<&'a Placeholder>> {
    let section = |it: &Placeholder| document.section_at(it.text.span.start).map(|it| it.heading);
    let mut groups: Vec<Vec<&Placeholder>> = Vec::new();
    for placeholder in left {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|it| section(it) == section(placeholder)) => {
                group.push(placeholder);
            }
            _ => groups.push(vec![placeholder]),
        }
    }
    groups
}

fn report_template(left: &[&Placeholder], findings: &mut Findings<'_>) {
    let Some((first, rest)) = left.split_first() else { return };
    let (text, more) = (shortened(&first.text.text), rest.len());
    let message =
        format!("the document is a template: `{text}` and {more} more were not filled in");
    findings.report(first.text.span, message).help("fill the places in, or take their lines out");
}
