//! `rollback-slower-than-promised`: a promise of minutes, and a way back that takes hours.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::lines::{any, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "rollback-slower-than-promised",
    group: "deployment",
    summary: "a rollback that takes minutes restores from a backup",
    page: include_str!("rollback_slower_than_promised.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// From this many minutes on, a restore may fit in.
const LONG: f64 = 15.0;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&["lback T", "lback t", "l back w"]) {
        return;
    }
    let document = context.document;
    let promises = with_words(document, &["ollback Time", "ollback time", "oll back within"]);
    let Some(promise) =
        promises.into_iter().find(|it| minutes(it.text).is_some_and(|it| it < LONG))
    else {
        return;
    };
    let restores = with_words(document, &["estore "]);
    let Some(restore) = restores.into_iter().find(|it| is_restore(it.text)) else { return };
    let message = "the rollback is promised in minutes, and restores from a backup";
    findings
        .report(promise.span, message)
        .related(restore.span, "this takes as long as the data is large")
        .help("state the time of a restore, or a way back that needs none");
}

/// The minutes of "Rollback Time: < 5 minutes", where the line does not say that only the code goes
/// back in that time.
fn minutes(line: &str) -> Option<f64> {
    let lower = line.to_lowercase();
    let after = lower.split_once("rollback time").or_else(|| lower.split_once("back within"))?.1;
    if any(&lower, &["hour", "restore", "backup", "code", "revert"]) {
        return None;
    }
    let start = after.find(|c: char| c.is_ascii_digit())?;
    let rest = after.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let count: f64 = rest.get(..end)?.parse().ok()?;
    let unit = rest.get(end..)?.trim_start();
    match () {
        () if unit.starts_with("min") => Some(count),
        () if unit.starts_with("sec") || unit == "s" => Some(count / 60.0),
        () => None,
    }
}

/// Whether the line says what is done, not that somebody tried it.
fn is_restore(line: &str) -> bool {
    const DONE: [&str; 6] = [
        "restore from backup",
        "restore from a backup",
        "restore backup",
        "restore the backup",
        "restore database from",
        "restore the database from",
    ];
    let lower = line.to_lowercase();
    any(&lower, &DONE) && !any(&lower, &["tested", "test ", "never", "without"])
}
