//! `alert-without-action`: names where rules should stand.

use groundplan_model::Severity;
use groundplan_model::document::Section;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::lines::{Line, item, lines};
use crate::text::counted;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "alert-without-action",
    group: "observability",
    summary: "alerts are listed by name: no condition, no severity, nobody who acts",
    page: include_str!("alert_without_action.md"),
    severity: Severity::Warning,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for section in document.sections.iter().filter(|it| is_list(it)) {
        let body = Span::new(section.heading.end as usize, section.span.end as usize);
        let all: Vec<Line<'_>> = lines(document, body).collect();
        // Anything but bare names says more: a paragraph, a table, a condition.
        let are_names = all.iter().all(|it| item(it.text).is_some_and(is_name));
        if let ([first, rest @ ..], true) = (all.as_slice(), are_names) {
            let count = counted(rest.len() + 1, "alert says", "alerts say");
            let name = item(first.text).unwrap_or_default();
            findings
                .report(
                    first.span,
                    format!("{count} neither when to fire nor who acts: `{name}` …"),
                )
                .help("give each alert a condition, a severity and an action");
        }
    }
}

fn is_list(section: &Section) -> bool {
    let title = section.title.text.to_lowercase();
    matches!(title.as_str(), "alerts" | "alerting" | "alert rules" | "alerting rules")
}

fn is_name(item: &str) -> bool {
    let is_short = (1..=4).contains(&item.split_whitespace().count());
    is_short && item.chars().all(|c| c.is_alphabetic() || c == ' ')
}
