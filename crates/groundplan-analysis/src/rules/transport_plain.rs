//! `transport-plain`: production without TLS.

use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::lines::{Line, any, lines, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "transport-plain",
    group: "security",
    summary: "production is configured without encryption on the way",
    page: include_str!("transport_plain.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&["```env"]) {
        return;
    }
    let document = context.document;
    for fence in
        with_words(document, &["```env"]).into_iter().filter(|it| is_production(document, *it))
    {
        let rest = Span::new(fence.span.end as usize, document.source.text().len());
        let body: Vec<Line<'_>> =
            lines(document, rest).take_while(|it| !it.text.starts_with("```")).collect();
        let is_encrypted = body.iter().any(|it| any(&it.text.to_lowercase(), &["ssl", "tls"]));
        for line in body {
            let Some((name, value)) = line.text.split_once('=') else { continue };
            if value.starts_with("http://") && !is_near(value) {
                let message = format!("production reaches `{name}` in plain text");
                findings.report(line.span, message).help("use `https://`");
            } else if is_database(name) && !is_encrypted && !is_near(value) {
                let message = format!("production reaches `{name}`, and nothing asks for TLS");
                findings
                    .report(line.span, message)
                    .at_most(Severity::Info)
                    .help("add the variable that makes the driver ask for TLS");
            }
        }
    }
}

/// Whether the line before a block names production.
fn is_production(document: &Document, fence: Line<'_>) -> bool {
    let before = Span::new(0, fence.span.start as usize);
    let text = document.source.slice(before).trim_end();
    text.rsplit('\n').next().unwrap_or("").to_lowercase().contains("production")
}

fn is_database(name: &str) -> bool {
    let name = name.trim_start_matches("export ");
    matches!(name, "DB_HOST" | "DATABASE_HOST" | "PGHOST" | "POSTGRES_HOST" | "MYSQL_HOST")
}

/// Hosts of the same machine, of the same set of containers, and of nobody yet.
fn is_near(value: &str) -> bool {
    let host = value.trim_start_matches("http://").trim_matches(['"', '\'']);
    !host.contains('.') || host.starts_with("127.") || host.starts_with(['$', '<', '[', '{'])
}
