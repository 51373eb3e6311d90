//! `template-value-unknown`: a value that its template does not offer.

use groundplan_model::document::HeaderField;
use groundplan_model::template::{Choice, Column};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::names::nearest;
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "template-value-unknown",
    group: "templates",
    summary: "a field or a cell holds a value that the template does not offer",
    page: include_str!("template_value_unknown.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(templated) = context.templated() else { return };
    for field in templated.header() {
        if let Some(own) = context.document.field(&field.key) {
            header(&field, own, findings);
        }
    }
    for (part, own) in templated.pairs() {
        let columns = part.grids.iter().flat_map(|it| &it.columns);
        for (column, choice) in columns.filter_map(|it| Some((it, it.choice()?))) {
            let own = own.grids.iter().filter_map(|it| it.column(&column.title));
            own.for_each(|own| cells(own, &choice, context.document, findings));
        }
    }
}

fn header(field: &HeaderField, own: &HeaderField, findings: &mut Findings<'_>) {
    let (value, span) = (&own.value.text, own.value.span);
    if is_open(value) {
        return;
    }
    if let Some(choice) = Choice::of(&field.value.text) {
        judge(&own.key, value, span, &choice, findings);
    } else if is_date(&field.value.text) && !begins_with_date(value) {
        let (key, value) = (&own.key, shortened(value));
        findings
            .report(span, format!("`{key}` is `{value}`, which is no date"))
            .help("write it as YYYY-MM-DD");
    }
}

fn cells(own: &Column, choice: &Choice, document: &Document, findings: &mut Findings<'_>) {
    for (value, span) in &own.cells {
        let is_place = document.placeholders.iter().any(|it| span.contains(it.text.span));
        if !is_place && !is_open(value) {
            judge(&own.title, value, *span, choice, findings);
        }
    }
}

fn judge(name: &str, value: &str, span: Span, choice: &Choice, findings: &mut Findings<'_>) {
    if choice.allows(value) {
        return;
    }
    let finding = findings.report(
        span,
        format!("`{name}` is `{}`, which the template does not offer", shortened(value)),
    );
    let offered = choice.values.join("`, `");
    match nearest(value, choice.values.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`? It offers `{offered}`")),
        None => finding.help(format!("take one of `{offered}`")),
    };
}

/// Whether nothing is said: an empty value, a dash, or a place that is a finding of its own.
fn is_open(value: &str) -> bool {
    let value = value.trim();
    let is_place = value.starts_with("{{") || value.starts_with('[') && !value.contains("](");
    is_place || matches!(value, "" | "-" | "–" | "—" | "N/A" | "TBD")
}

fn is_date(template: &str) -> bool {
    matches!(template.trim().trim_matches(['{', '}', '[', ']', ' ']), "DATE" | "YYYY-MM-DD")
}

fn begins_with_date(value: &str) -> bool {
    let fits = |(at, c): (usize, char)| match at {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    let value = value.trim_start_matches(['*', '`', ' ']);
    value.chars().count() >= 10 && value.chars().take(10).enumerate().all(fits)
}
