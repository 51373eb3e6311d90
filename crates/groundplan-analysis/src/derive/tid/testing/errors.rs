//! Tests of the error path: each documented error row provoked by a request with one fault.

use groundplan_model::ServicePlan;
use groundplan_model::document::{Endpoint, ErrorCase};
use groundplan_model::service::{Refusal, Route};

use super::super::{Context, Page, gap};

/// What provokes each refusal.
const FAULTS: [(Refusal, &str); 14] = [
    (Refusal::MalformedBody, "a body that is no JSON object"),
    (Refusal::UnsupportedMediaType, "a body of another media type"),
    (Refusal::TooLarge, "a body one byte above the limit"),
    (Refusal::InvalidParameter, "an unknown query parameter, and one of a wrong type"),
    (Refusal::InvalidField, "one field each: missing, unknown, of a wrong type, out of bounds"),
    (Refusal::Unauthenticated, "no token, an expired one, one with a wrong signature"),
    (Refusal::QuotaReached, "one create more than the quota allows"),
    (Refusal::NotFound, "an identifier that is not there, and one of another owner"),
    (Refusal::Duplicate, "the same unique values twice"),
    (Refusal::UnknownReference, "a reference to a row that is not there"),
    (Refusal::StillReferred, "the removal of a row that others refer to"),
    (Refusal::IllegalTransition, "an action that the state does not allow"),
    (Refusal::RateLimited, "one request more than the limit allows"),
    (Refusal::Unavailable, "a request while the database is stopped"),
];

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    let rows: Vec<Vec<String>> = context
        .design
        .document
        .error_rows()
        .map(|case| {
            let endpoint = case.endpoint.and_then(|at| context.design.document.endpoints.get(at));
            let place = endpoint.map_or("any endpoint".to_owned(), |it| {
                format!("`{} {}`", it.method.as_str(), it.path)
            });
            let meaning = context.design.words(case.meaning.span);
            vec![
                case.status.to_string(),
                meaning,
                place,
                provoked(context, case),
                page.cite(case.span.start),
            ]
        })
        .collect();
    if rows.is_empty() && !context.design.routes().is_empty() {
        page.say(&gap("which errors can a caller see, with which status and body?"));
    } else if !rows.is_empty() {
        page.say("One test for each error row, with exactly one fault in the request:");
        page.table(&["Status", "Meaning", "Where", "Provoked by", "Source"], &rows);
    }
}

/// How a test brings the row about; a question where nothing in the design does.
fn provoked(context: &Context<'_>, case: &ErrorCase) -> String {
    let status = case.status;
    if let Some(plan) = &context.design.plan {
        let endpoint = case.endpoint.and_then(|at| context.design.document.endpoints.get(at));
        let faults = faults(plan, case, endpoint);
        if !faults.is_empty() {
            return faults.join("; ");
        }
    }
    if status == 500 {
        return "a fault put into the service by the test; the answer tells no detail".to_owned();
    }
    gap(&question(status, &case.meaning.text))
}

/// A path with its parameters left open: their names may differ from place to place.
fn open(path: &str) -> String {
    let part =
        |it: &str| if it.starts_with(['{', ':', '<']) { "{}".to_owned() } else { it.to_owned() };
    path.trim_end_matches('/').split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The faults that the service answers with the row's status.
fn faults(plan: &ServicePlan, case: &ErrorCase, endpoint: Option<&Endpoint>) -> Vec<String> {
    let is_own = |route: &&Route| {
        endpoint.is_none_or(|it| {
            it.method == route.method && open(&it.path) == open(&route.path_text())
        })
    };
    let mut found: Vec<String> = Vec::new();
    for route in plan.routes.iter().filter(is_own) {
        for refusal in plan.refusals(route) {
            let fault = FAULTS.iter().find(|(it, _)| *it == refusal).map_or("", |it| it.1);
            let is_it = plan.refusal_status(route, refusal) == case.status;
            if is_it && !found.iter().any(|it| it == fault) {
                found.push(fault.to_owned());
            }
        }
    }
    found
}

/// What has to be known before the row can be tested.
fn question(status: u16, meaning: &str) -> String {
    let detail = match status {
        401 => "who must be known, and by which token?",
        403 => "who may not do what: which role, or which count?",
        402 => "what has to be paid before?",
        408 | 504 => "after how many seconds is the request given up?",
        409 => "which two requests, or which state, stand against each other?",
        412 | 428 => "which header carries the version that is compared?",
        413 => "above how many bytes?",
        429 => "which limit, in which time, per user or per key?",
        502 | 503 => "which service must be down for this answer?",
        507 => "which store must be full, above how many bytes?",
        _ => "which request is answered so?",
    };
    let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    match meaning.is_empty() {
        true => format!("error row {status}: {detail}"),
        false => format!("error row {status} ({meaning}): {detail}"),
    }
}
