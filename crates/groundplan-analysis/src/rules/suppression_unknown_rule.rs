//! `suppression-unknown-rule`: a comment that names what is no rule.

use groundplan_model::Severity;

use super::{ALL, Check, FixKind, Rule, rule};
use crate::custom;
use crate::drift::names as drift;
use crate::names::nearest;
use crate::suppression::{Comment, GROUP, Suppressions, VERBS, Verb};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "suppression-unknown-rule",
    group: GROUP,
    summary: "a comment suppresses what is no rule, no group, or in a form that is none",
    page: include_str!("suppression_unknown_rule.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let comments = Suppressions::of(context.document);
    for comment in comments.comments() {
        if comment.verb == Verb::Unknown {
            unknown_form(comment, findings);
            continue;
        }
        for name in comment.names.iter().filter(|it| !is_known(&it.text)) {
            let message = format!("`{}` is neither a rule nor a group", name.text);
            let names = ALL.iter().flat_map(|it| [it.name, it.group]);
            let names = names.chain(drift::ALL.iter().map(|it| it.name));
            findings.report(name.span, message).help(match nearest(&name.text, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`groundplan rules` lists all; a reason stands after `--`".to_owned(),
            });
        }
    }
}

fn unknown_form(comment: &Comment, findings: &mut Findings<'_>) {
    let forms = VERBS.map(|(name, _)| format!("`groundplan-{name}`")).join(", ");
    let message = "this comment has a form that suppresses nothing";
    findings.report(comment.span, message).help(format!("the forms are {forms}"));
}

/// Names of a team's own rules cannot be looked up in a document alone.
fn is_known(name: &str) -> bool {
    let is_drift = || drift::named_as(name).is_some() || name == drift::GROUP;
    let is_team = || name == custom::GROUP || name.contains('/') && !name.starts_with("drift/");
    rule(name).is_some() || ALL.iter().any(|it| it.group == name) || is_drift() || is_team()
}
