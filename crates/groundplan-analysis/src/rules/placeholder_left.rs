//! `placeholder-left`: text that nobody filled in.

use groundplan_model::document::Placeholder;
use groundplan_model::{Certainty, Document, Severity};

use super::{FixKind, Rule};
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
    check,
};

/// From this many places on, and in half of all sections, a document is a template still.
const TEMPLATE_PLACES: usize = 12;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let groups = by_section(document);
    if document.placeholders.len() >= TEMPLATE_PLACES && groups.len() * 2 >= document.sections.len()
    {
        return report_template(document, findings);
    }
    for group in groups {
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

/// Placeholders by the section that they stand in, in order.
fn by_section(document: &Document) -> Vec<Vec<&Placeholder>> {
    let section = |it: &Placeholder| document.section_at(it.text.span.start).map(|it| it.heading);
    let mut groups: Vec<Vec<&Placeholder>> = Vec::new();
    for placeholder in &document.placeholders {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|it| section(it) == section(placeholder)) => {
                group.push(placeholder);
            }
            _ => groups.push(vec![placeholder]),
        }
    }
    groups
}

fn report_template(document: &Document, findings: &mut Findings<'_>) {
    let count = document.placeholders.len();
    let Some(first) = document.placeholders.first() else { return };
    let text = shortened(&first.text.text);
    let message =
        format!("the document is a template: `{text}` and {} more were not filled in", count - 1);
    findings.report(first.text.span, message).help("fill the places in, or take their lines out");
}

/// The text on one line, cut where it is long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}
