//! `control-does-not-apply`: a lock for a door that is not there.

use groundplan_model::Severity;
use groundplan_model::document::Concept;

use super::{Check, FixKind, Rule};
use crate::lines::{any, holds, item, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "control-does-not-apply",
    group: "security",
    summary: "a control is planned for a mechanism that the service does not use",
    page: include_str!("control_does_not_apply.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&["CSRF"]) {
        return;
    }
    let document = context.document;
    let control = with_words(document, &["CSRF"]).into_iter().find(|it| is_planned(it.text));
    let Some(control) = control else { return };
    // What a browser sends by itself makes the control needed.
    if holds(
        document.source.text(),
        &["ookie", "ession auth", "ession-based", "ession ID", "ession id", "HTML form"],
    ) {
        return;
    }
    let words = ["earer", "OAuth", "JWT", "API Key", "API key"];
    let tokens = with_words(document, &words).into_iter().filter(|it| !is_planned(it.text));
    let mut own = tokens.filter(|it| document.is_under(it.span.start, Concept::Security));
    if let Some(token) = own.next() {
        findings
            .report(control.span, "CSRF is about cookies, and callers send a token")
            .related(token.span, "how callers are known")
            .help("drop the control, or say where cookies are used");
    }
}

/// Whether the line is an item that plans the control.
fn is_planned(line: &str) -> bool {
    item(line).is_some_and(|text| {
        text.contains("CSRF")
            && !any(&text.to_lowercase(), &["not ", "n/a", "no csrf", "unnecessary"])
    })
}
