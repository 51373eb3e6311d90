//! `flag-without-removal`: a flag that comes and never goes.

use groundplan_model::Severity;
use groundplan_model::document::Concept;

use super::{Check, FixKind, Rule};
use crate::lines::{Line, any, item, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "flag-without-removal",
    group: "deployment",
    summary: "a feature flag is set up, and nothing says when it goes",
    page: include_str!("flag_without_removal.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if !document.sections.iter().any(|it| it.concept == Some(Concept::Deployment)) {
        return;
    }
    let flags = with_words(document, &["eature flag", "eature Flag"]);
    let sets_up = |it: &Line<'_>| {
        item(it.text).is_some_and(is_set_up)
            && document.is_under(it.span.start, Concept::Deployment)
    };
    let Some(flag) = flags.into_iter().find(sets_up) else { return };
    let all = with_words(document, &["flag", "Flag", "toggle"]);
    if all.iter().any(|it| any(&it.text.to_lowercase(), &ENDS)) {
        return;
    }
    findings
        .report(flag.span, "nothing says when the feature flag goes")
        .help("name who removes it, and when");
}

/// Words of a flag's end.
const ENDS: [&str; 11] = [
    "remov",
    "clean",
    "retire",
    "sunset",
    "archiv",
    "delet",
    "expir",
    "until",
    "temporary",
    "deprecat",
    "permanent",
];

/// Whether the item says that a flag is made, not that one exists.
fn is_set_up(item: &str) -> bool {
    const VERBS: [&str; 11] = [
        "configure",
        "configured",
        "add",
        "added",
        "create",
        "created",
        "introduce",
        "introduced",
        "setup",
        "behind",
        "enabled",
    ];
    let lower = item.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '_');
    lower.contains("feature flag") && words.any(|word| VERBS.contains(&word))
}
