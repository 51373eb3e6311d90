//! How requests are named in messages.

use groundplan_model::ServicePlan;
use groundplan_model::case::{Case, Cases, Part, Purpose, Request, Step, Target, Work};

/// `POST /api/v1/exports`: as the document writes it.
pub(super) fn request(plan: &ServicePlan, request: &Request) -> String {
    let method = request.method.as_str();
    let route = request.route.and_then(|route| plan.routes.get(route));
    let path = match (route, &request.target) {
        (Some(route), _) => route.path_text(),
        (None, Target::Path(parts)) => parts.iter().map(part).collect(),
        (None, Target::Location(_)) => "the new row's address".to_owned(),
    };
    format!("{method} {path}")
}

fn part(part: &Part) -> String {
    match part {
        Part::Text(text) => format!("/{text}"),
        Part::Of(_, member) => format!("/{{{member}}}"),
    }
}

/// The request of interest with what it has about it: ``POST /exports without `format` ``.
pub(super) fn subject(
    plan: &ServicePlan,
    cases: &Cases,
    case: &Case,
    it: Option<&Request>,
) -> String {
    let first = match &case.work {
        Work::Steps(steps) => steps.iter().find(|step| step.purpose == Purpose::Test),
        _ => None,
    };
    let named = it.or(first.map(|step: &Step| &step.request)).map(|it| request(plan, it));
    let of_row = || case.rows.first().and_then(|row| cases.rows.get(*row));
    let named = named.or_else(|| of_row().map(|row| row.endpoint.clone())).unwrap_or_default();
    if case.name.is_empty() { named } else { format!("{named} {}", case.name) }
}

/// A look at what the request of interest did.
pub(super) fn after(plan: &ServicePlan, cases: &Cases, case: &Case, it: &Request) -> String {
    format!("after {}, {}", subject(plan, cases, case, None), request(plan, it))
}
