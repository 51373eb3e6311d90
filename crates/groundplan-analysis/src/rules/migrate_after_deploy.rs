//! `migrate-after-deploy`: code that runs on the schema before it.

use groundplan_model::Severity;
use groundplan_syntax::{Edit, Span};

use super::{Check, FixKind, Rule};
use crate::lines::{Line, any, holds, lines, numbered};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "migrate-after-deploy",
    group: "deployment",
    summary: "the database is migrated after the code that needs it is deployed",
    page: include_str!("migrate_after_deploy.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let text = document.source.text();
    if !holds(text, &["igrations"]) || !holds(text, &["eploy "]) {
        return;
    }
    let mut deployed: Option<Line<'_>> = None;
    for line in lines(document, Span::new(0, text.len())) {
        let Some(step) = numbered(line.text) else {
            // Lines below a step belong to it; a heading or a paragraph begins something else.
            let is_new = line.text.starts_with('#') || line.text.starts_with("**");
            deployed = deployed.filter(|_| !is_new);
            continue;
        };
        if line.text.starts_with("1.") || line.text.starts_with("1)") {
            deployed = None;
        }
        let step = step.trim_matches('*').to_lowercase();
        match deployed {
            None if deploys(&step) => deployed = Some(line),
            Some(before) if migrates(&step) => {
                report(before, line, findings);
                deployed = None;
            }
            _ => {}
        }
    }
}

/// Whether the step brings new code to where it is used.
fn deploys(step: &str) -> bool {
    const VERBS: [&str; 4] = ["deploy ", "roll out ", "release ", "ship "];
    const CODE: [&str; 9] =
        ["version", "code", "app", "service", "backend", "release", "build", "image", "api"];
    VERBS.iter().any(|verb| step.starts_with(verb)) && any(step, &CODE) && !any(step, &ELSEWHERE)
}

/// Whether the step changes the schema that new code needs.
fn migrates(step: &str) -> bool {
    const VERBS: [&str; 4] = ["run ", "apply ", "execute ", "perform "];
    const LATER: [&str; 8] =
        ["clean", "backfill", "contract", "post-", "drop", "remove", "verify", "data migration"];
    let is_migration = any(step, &["migrations", "database migration", "schema migration"]);
    VERBS.iter().any(|verb| step.starts_with(verb))
        && is_migration
        && !any(step, &LATER)
        && !any(step, &ELSEWHERE)
}

/// What is deployed there is tried, not used.
const ELSEWHERE: [&str; 3] = ["staging", "test", "development"];

fn report(deploy: Line<'_>, migrate: Line<'_>, findings: &mut Findings<'_>) {
    let (Some(code), Some(schema)) = (numbered(deploy.text), numbered(migrate.text)) else {
        return;
    };
    let message = format!("`{}` comes after `{}`", shortened(schema), shortened(code));
    let end = |line: Line<'_>, text: &str| {
        Span::new(line.span.end as usize - text.len(), line.span.end as usize)
    };
    let edits =
        vec![Edit::replace(end(deploy, code), schema), Edit::replace(end(migrate, schema), code)];
    findings
        .report(migrate.span, message)
        .related(deploy.span, "the code is deployed here")
        .help("migrate first, or say that the new code works with the old schema")
        .unsafe_fix("swap the two steps", edits);
}
