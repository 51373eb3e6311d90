//! `naive-time`: code that writes a time without zone into a column that keeps one.

use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::code_lines::{Line, code_lines, snippets};
use crate::lines::holds;
use crate::snippets::Language;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "naive-time",
    group: "data",
    summary: "sample code makes a time without its zone, and a column keeps the zone",
    page: include_str!("naive_time.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    // Blocks of code are taken apart only for those that have one.
    let naive = ["utcnow()", "utcfromtimestamp("];
    let Some(first) =
        holds(document.source.text(), &naive).then(|| line(context, &naive)).flatten()
    else {
        return;
    };
    let zoned = ["timezone=True", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"];
    let Some(span) = line(context, &zoned).map(|it| it.span).or_else(|| column(document)) else {
        return;
    };
    findings
        .report(
            first.span,
            "`utcnow` makes a time without its zone, and a column keeps one with it",
        )
        .related(span, "the column keeps the zone")
        .help("take `datetime.now(timezone.utc)`: without a zone the driver takes its own");
}

/// The first line of sample code that holds one of `words`.
fn line<'a>(context: &Context<'a>, words: &[&str]) -> Option<Line<'a>> {
    let holds = |text: &str| words.iter().any(|word| text.contains(word));
    let mut own = snippets(context, Language::Python).filter(|it| holds(it.text));
    own.find_map(|snippet| code_lines(snippet).find(|line| holds(line.text)))
}

/// A column of SQL that keeps a zone.
fn column(document: &Document) -> Option<Span> {
    let mut columns = document.schema.tables.iter().flat_map(|table| &table.columns);
    let found = columns.find(|it| {
        let declared = it.declared.to_uppercase();
        declared.starts_with("TIMESTAMPTZ") || declared.contains("WITH TIME ZONE")
    });
    found.map(|it| it.span)
}
