//! `undocumented-error-status`: a constraint that can refuse a request with a status that no row
//! documents.

use groundplan_model::schema::OnDelete;
use groundplan_model::service::{Refusal, Resource, Role, Route};
use groundplan_model::{ServicePlan, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::endpoints::title;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "undocumented-error-status",
    group: "errors",
    summary: "a constraint can refuse a request with a status that no error row documents",
    page: include_str!("undocumented_error_status.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    // A document without any error row leaves errors to another one.
    if context.document.error_rows().next().is_none() {
        return;
    }
    let Some(plan) = context.plan() else { return };
    for route in &plan.routes {
        for refusal in plan.refusals(route) {
            if !refusal.is_protocol() && !is_documented(plan, route, refusal) {
                report(context, plan, route, refusal, findings);
            }
        }
    }
}

/// Whether a row is about the refusal. A row for 400 or 422 mostly is about fields; for what goes
/// wrong with other rows it has to say so.
fn is_documented(plan: &ServicePlan, route: &Route, refusal: Refusal) -> bool {
    if refusal == Refusal::RuleBroken {
        let mut statuses = route.rule.iter().flat_map(|rule| rule.statuses());
        return statuses.all(|status| plan.documents(route, status));
    }
    let Some((best, others)) = refusal.statuses().split_first() else { return true };
    let words = words(refusal);
    let says_so = |status: &u16| {
        let meaning = plan.error_case(route, *status).map(|case| case.meaning.text.to_lowercase());
        meaning.is_some_and(|it| words.is_empty() || words.iter().any(|word| it.contains(word)))
    };
    plan.documents(route, *best) || others.iter().any(says_so)
}

/// Words with which a row for another status than the best one is about the refusal all the same;
/// none where the status is enough.
fn words(refusal: Refusal) -> &'static [&'static str] {
    match refusal {
        Refusal::Duplicate => &["conflict", "duplicate", "unique", "already", "exist", "taken"],
        Refusal::StillReferred => &["conflict", "refer", "in use", "depend"],
        Refusal::IllegalTransition => &["conflict", "state", "status", "transition"],
        _ => &[],
    }
}

fn report(
    context: &Context<'_>,
    plan: &ServicePlan,
    route: &Route,
    refusal: Refusal,
    findings: &mut Findings<'_>,
) {
    let own = route.rule.as_ref().filter(|_| refusal == Refusal::RuleBroken);
    let missing = own.and_then(|rule| rule.statuses().find(|it| !plan.documents(route, *it)));
    let status = missing.or(refusal.statuses().first().copied()).unwrap_or(400);
    let (title, reason) = (title(route.method, &route.path_text()), reason(refusal));
    let message = format!("`{title}` can fail because {reason}, and no error row says so");
    let mut finding = findings.report(route.span, message);
    if let Some((span, note)) = cause(plan, route, refusal) {
        finding = finding.related(span, note);
    }
    if let Some(case) = context.document.error_rows().next() {
        finding = finding.related(case.span, "error rows are here");
    }
    finding.help(format!("add a row for {status}"));
}

fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::InvalidField => "a field is missing or out of bounds",
        Refusal::QuotaReached => "the caller has as many rows as allowed",
        Refusal::Duplicate => "the values exist already",
        Refusal::UnknownReference => "it refers to a row that is not there",
        Refusal::StillReferred => "other rows refer to the row",
        Refusal::IllegalTransition => "the row's state does not allow it",
        Refusal::RuleBroken => "a condition of its rule does not hold",
        _ => "the service refuses it",
    }
}

/// The constraint that makes the service refuse.
fn cause(plan: &ServicePlan, route: &Route, refusal: Refusal) -> Option<(Span, String)> {
    let resource = plan.resources.get(route.binding.as_ref()?.resource)?;
    match refusal {
        Refusal::Duplicate => unique(resource),
        Refusal::UnknownReference => {
            let key = resource.table.foreign_keys.first()?;
            Some((key.span, format!("refers to `{}`", key.table)))
        }
        Refusal::StillReferred => {
            let keys = plan.resources.iter().flat_map(|it| &it.table.foreign_keys);
            let mut to_it = keys.filter(|key| key.table.eq_ignore_ascii_case(&resource.table.name));
            let key = to_it.find(|key| key.on_delete == OnDelete::Restrict)?;
            Some((key.span, "this key holds on to the row".to_owned()))
        }
        Refusal::QuotaReached => Some((plan.quota(route)?.span, "the limit".to_owned())),
        Refusal::RuleBroken => Some((route.rule.as_ref()?.span, "the rule".to_owned())),
        Refusal::IllegalTransition => {
            let column = resource.column(resource.role_index(Role::State)?)?;
            Some((column.span, "the row's state".to_owned()))
        }
        _ => Some((resource.table.span, format!("the columns of `{}`", resource.table.name))),
    }
}

/// The first unique set of columns that a client can write to.
fn unique(resource: &Resource) -> Option<(Span, String)> {
    let is_writable = |name: &String| {
        let index = resource.table.column_index(name);
        index.and_then(|at| resource.fields.get(at)).is_some_and(|field| field.role.is_writable())
    };
    let columns = resource.table.uniques.iter().find(|columns| columns.iter().any(is_writable))?;
    let first = resource.table.column(columns.first()?)?;
    Some((first.span, format!("`{}` is unique", columns.join("`, `"))))
}
