//! `log-format-conflict`: two formats for one log.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::lines::{is_code, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "log-format-conflict",
    group: "observability",
    summary: "one log is written in two formats",
    page: include_str!("log_format_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&["%(asctime)s"]) {
        return;
    }
    let document = context.document;
    let texts = with_words(document, &["%(asctime)s"]);
    let text = texts.into_iter().find(|it| is_code(document, *it));
    let Some(text) = text.filter(|it| !it.text.contains("\"message\"")) else { return };
    let all = with_words(document, &["JSONRenderer", "JsonFormatter", "JSONFormatter"]);
    let Some(json) = all.into_iter().find(|it| is_code(document, *it)) else { return };
    findings
        .report(json.span, "the log is JSON here and text elsewhere")
        .related(text.span, "text with a format of its own")
        .help("configure one format for all loggers");
}
