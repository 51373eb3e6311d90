//! `heading-number-gap`: numbered headings that skip a number, repeat one or go back.

use std::collections::HashMap;

use groundplan_model::Severity;
use groundplan_model::document::Section;

use super::{Check, FixKind, Rule};
use crate::outline::{number_of, quotes_markdown};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "heading-number-gap",
    group: "documents",
    summary: "numbered headings skip a number, repeat one, or stand in another order",
    page: include_str!("heading_number_gap.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut parents: Vec<&Section> = Vec::new();
    let mut last: HashMap<(u32, u8), (Vec<u32>, &Section)> = HashMap::new();
    for section in &context.document.sections {
        parents.retain(|it| it.level < section.level && it.span.contains(section.heading));
        let parent = parents.last().map_or(u32::MAX, |it| it.heading.start);
        parents.push(section);
        let Some(number) = number_of(&section.title.text) else { continue };
        let before = last.insert((parent, section.level), (number.clone(), section));
        if let Some((earlier, other)) = before
            && !follows(&number, &earlier)
            && !quotes_markdown(context.document)
        {
            report(&number, section, &earlier, other, findings);
        }
    }
}

/// Whether a number is the next one. What is numbered in another depth, or under another number,
/// belongs to another row.
fn follows(number: &[u32], earlier: &[u32]) -> bool {
    let (Some((own, above)), Some((before, same))) = (number.split_last(), earlier.split_last())
    else {
        return true;
    };
    above != same || *own == before.saturating_add(1)
}

fn report(
    number: &[u32],
    section: &Section,
    earlier: &[u32],
    other: &Section,
    findings: &mut Findings<'_>,
) {
    let (here, there) = (written(number), written(earlier));
    let message = match number.cmp(earlier) {
        std::cmp::Ordering::Equal => format!("the number {here} is that of the heading before too"),
        std::cmp::Ordering::Less => format!("heading {here} stands after {there}"),
        std::cmp::Ordering::Greater => {
            format!("heading {here} follows {there}: a number is missing")
        }
    };
    let title = shortened(&other.title.text);
    findings
        .report(section.title.span, message)
        .related(other.title.span, format!("the heading before: `{title}`"))
        .help("number the headings in their order; references by number lead astray otherwise");
}

fn written(number: &[u32]) -> String {
    number.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
