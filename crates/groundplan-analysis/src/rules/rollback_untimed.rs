//! `rollback-untimed`: a way back of unknown length.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::lines::{any, lines, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "rollback-untimed",
    group: "deployment",
    summary: "a plan for the way back does not say how long it takes",
    page: include_str!("rollback_untimed.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    // A tool goes back by installing its last version; a service is down meanwhile.
    let is_timed = document.rollback.as_ref().is_some_and(|it| it.time.is_some());
    if document.endpoints.is_empty() || is_timed {
        return;
    }
    for title in with_words(document, &TITLES).into_iter().filter(|it| is_plan(it.text)) {
        let rest = Span::new(title.span.end as usize, document.source.text().len());
        let body = lines(document, rest).take_while(|it| !begins(it.text));
        if !body.map(|it| it.text.to_lowercase()).any(|it| any(&it, &TIMES)) {
            findings
                .report(title.span, "the rollback plan does not say how long going back takes")
                .help("add a time that somebody measured, and when to use the plan");
        }
    }
}

const TITLES: [&str; 4] =
    ["Rollback Plan", "Rollback plan", "Rollback Procedure", "Rollback Strategy"];
/// What states a time in words of its own.
const TIMES: [&str; 9] =
    ["minute", "second", "hour", " min", "immediate", "instant", "no rollback", "time:", "time**:"];

/// Whether the line is the title of such a plan; "Rollback Planning" asks about one.
fn is_plan(line: &str) -> bool {
    begins(line) && !line.contains("Planning")
}

/// Whether the line is a heading or a label: something begins here.
fn begins(line: &str) -> bool {
    line.starts_with('#') || (line.starts_with("**") && line.trim_end_matches('*').ends_with(':'))
}
