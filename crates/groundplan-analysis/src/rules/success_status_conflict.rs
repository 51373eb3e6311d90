//! `success-status-conflict`: one endpoint with two statuses of success.

use groundplan_model::document::ExampleRole;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::endpoints::{RouteKey, title};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "success-status-conflict",
    group: "api",
    summary: "two places state different success statuses for one endpoint",
    page: include_str!("success_status_conflict.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// What one place says about an endpoint's success.
struct Claim {
    key: RouteKey,
    title: String,
    /// Rows, contracts and examples are three sources; several places of one complete each other.
    source: Source,
    status: u16,
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Row,
    Contract,
    Example,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let claims = claims(context.document);
    for (at, claim) in claims.iter().enumerate() {
        let earlier = claims.get(..at).unwrap_or_default();
        let is_first = !earlier.iter().any(|it| is_same_claim(it, claim));
        let other =
            earlier.iter().find(|it| it.source != claim.source && it.key.is_same(&claim.key));
        if let Some(other) = other.filter(|it| is_first && !share_a_status(&claims, it, claim)) {
            let Claim { title, status, .. } = claim;
            let message = format!("`{title}` answers {status} here and {} elsewhere", other.status);
            findings
                .report(claim.span, message)
                .related(other.span, format!("{} here", other.status))
                .help("state the same status in both places");
        }
    }
}

fn is_same_claim(one: &Claim, other: &Claim) -> bool {
    one.source == other.source && one.key.is_same(&other.key)
}

/// Whether the sources of two claims about one endpoint agree on a status.
fn share_a_status(claims: &[Claim], one: &Claim, other: &Claim) -> bool {
    let of = |it: &Claim| -> Vec<u16> {
        let same = claims.iter().filter(|claim| is_same_claim(claim, it));
        same.map(|claim| claim.status).collect()
    };
    let statuses = of(one);
    of(other).iter().any(|status| statuses.contains(status))
}

/// Everything that is claimed, rows first.
fn claims(document: &Document) -> Vec<Claim> {
    let mut found = Vec::new();
    for endpoint in &document.endpoints {
        let Some(response) = &endpoint.response else { continue };
        found.extend(endpoint.successes().map(|status| Claim {
            key: RouteKey::of(endpoint),
            title: title(endpoint.method, &endpoint.path),
            source: Source::Row,
            status,
            span: response.span,
        }));
    }
    for operation in &document.operations {
        let statuses = operation.statuses.iter().copied().filter(|it| is_success(*it));
        found.extend(statuses.map(|status| Claim {
            key: RouteKey::new(operation.method, &operation.path),
            title: title(operation.method, &operation.path),
            source: Source::Contract,
            status,
            span: operation.span,
        }));
    }
    for example in &document.examples {
        let ExampleRole::Response(Some(status)) = example.role else { continue };
        let endpoint = example.endpoint.and_then(|at| document.endpoints.get(at));
        let Some(endpoint) = endpoint.filter(|_| is_success(status)) else { continue };
        found.push(Claim {
            key: RouteKey::of(endpoint),
            title: title(endpoint.method, &endpoint.path),
            source: Source::Example,
            status,
            span: document.source.line_of(example.span.start as usize),
        });
    }
    found
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}
