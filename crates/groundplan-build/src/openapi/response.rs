//! Answers of a route: its success, and every refusal that it can cause.

use std::collections::BTreeMap;

use groundplan_model::ServicePlan;
use groundplan_model::document::PromisedHeader;
use groundplan_model::service::{Operation, Refusal, Route, Transition};
use serde_json::{Map, Value, json};

use super::name::OperationIds;
use super::{error, file, job, links, many, name, resource, schema_ref, session};

/// The answers of `route` by status, the success first.
pub(super) fn responses(plan: &ServicePlan, ids: &OperationIds, route: &Route) -> Value {
    let mut responses = Map::new();
    match &route.operation {
        Operation::Underived(reason) => {
            responses.insert("501".into(), refused(plan, 501, reason));
        }
        operation => {
            responses.insert(route.success.to_string(), success(plan, ids, route));
            if *operation == Operation::Upsert {
                let made = Route { operation: Operation::Create, success: 201, ..route.clone() };
                responses.insert("201".into(), success(plan, ids, &made));
            }
        }
    }
    if route.promises(PromisedHeader::ETag).is_some() {
        responses.insert("304".into(), not_modified());
    }
    let rule = route.rule.iter().flat_map(|it| it.statuses());
    for status in rule {
        let broken = || refused(plan, status, "A condition of the endpoint's rule does not hold");
        responses.entry(status.to_string()).or_insert_with(broken);
    }
    for status in route.rule.iter().flat_map(|it| it.unanswered_statuses()) {
        let silent = || refused(plan, status, "Another service that is called does not answer");
        responses.entry(status.to_string()).or_insert_with(silent);
    }
    for (status, description) in refusals(plan, route) {
        let refusal = || refused(plan, status, &description);
        responses.entry(status.to_string()).or_insert_with(refusal);
    }
    Value::Object(responses)
}

/// The client has the row in this state already.
fn not_modified() -> Value {
    let tag = header("The state of the row", "string", false);
    json!({ "description": "The client has this state already", "headers": { "ETag": tag } })
}

/// The headers that count a caller's requests.
pub(super) fn rate_limit_headers() -> Value {
    json!({
        "RateLimit": {
            "description": "Requests that are left, and seconds until the count begins anew",
            "schema": { "type": "string" },
        },
        "RateLimit-Policy": {
            "description": "Requests that are allowed, and in how many seconds",
            "schema": { "type": "string" },
        },
    })
}

fn success(plan: &ServicePlan, ids: &OperationIds, route: &Route) -> Value {
    let mut response = Map::new();
    response.insert("description".into(), json!(description(route)));
    add_headers(&mut response, success_headers(plan, route));
    let content = match &route.operation {
        Operation::Export(export) => many::file(plan, route, export),
        Operation::Download => Some(file::bytes(&plan.routes, route)),
        _ => success_content(plan, route),
    };
    if let Some(content) = content {
        response.insert("content".into(), Value::Object(content));
    }
    let links = links::links(plan, ids, route);
    if !links.is_empty() && !route.is_deferred() {
        response.insert("links".into(), Value::Object(links));
    }
    Value::Object(response)
}

fn description(route: &Route) -> String {
    match &route.deferral {
        Some(deferral) => job::description(deferral),
        None => success_description(&route.operation),
    }
}

fn success_description(operation: &Operation) -> String {
    match operation {
        Operation::List | Operation::Search => "A page of rows".to_owned(),
        Operation::Create => "The new row".to_owned(),
        Operation::Read | Operation::ReadSingleton => "The row".to_owned(),
        Operation::Replace
        | Operation::Upsert
        | Operation::PutSingleton
        | Operation::Update
        | Operation::Act => "The row as it is now".to_owned(),
        Operation::Link => "The two are linked".to_owned(),
        Operation::Unlink => "The two are not linked".to_owned(),
        Operation::Builtin(_) => "The service answers for itself".to_owned(),
        Operation::Delete => "The row is gone".to_owned(),
        Operation::Transition(transition) if transition.to == Transition::NOTHING => {
            "The row, as it was before".to_owned()
        }
        Operation::Transition(transition) => format!("The row, now `{}`", transition.to),
        Operation::Upload(_) => "The row with what is known of its file".to_owned(),
        Operation::Download => "The file".to_owned(),
        Operation::Session(session) => session::answer_description(session.kind).to_owned(),
        Operation::History(_) => "What became of the row, the newest first".to_owned(),
        Operation::Aggregate(_) => "Figures over the rows".to_owned(),
        Operation::Export(_) => "The rows as a file".to_owned(),
        Operation::CreateMany(_) => "The new rows".to_owned(),
        Operation::UpdateMany(_) => "The rows have changed".to_owned(),
        Operation::DeleteMany(_) => "The rows are gone".to_owned(),
        Operation::Underived(reason) => reason.clone(),
    }
}

/// The body of success and its media types.
fn success_content(plan: &ServicePlan, route: &Route) -> Option<Map<String, Value>> {
    let schema = success_schema(plan, route)?;
    let mut media = json!({ "schema": schema });
    if let (Value::Object(members), Some(example)) = (&mut media, &route.response_example) {
        members.insert("example".into(), example.clone());
    }
    Some(Map::from_iter([("application/json".to_owned(), media)]))
}

fn success_schema(plan: &ServicePlan, route: &Route) -> Option<Value> {
    if let Some(deferral) = &route.deferral {
        return Some(job::accepted(deferral));
    }
    let resource = plan.resources.get(route.binding.as_ref()?.resource)?;
    let is_empty = matches!(route.operation, Operation::Delete | Operation::Unlink);
    if is_empty || route.success == 204 {
        return None;
    }
    if let Some(column) = route.binding.as_ref().and_then(|it| it.value) {
        return Some(resource::value_body(resource, column));
    }
    match &route.operation {
        Operation::Session(session) => session::answer(session, resource),
        Operation::List | Operation::Search => Some(many::list(plan, resource, route)),
        Operation::History(history) => Some(many::history(history, route)),
        Operation::Aggregate(aggregate) => Some(many::figures(resource, aggregate)),
        Operation::CreateMany(bulk) | Operation::UpdateMany(bulk) | Operation::DeleteMany(bulk) => {
            many::written(resource, &bulk.answer)
        }
        _ => Some(schema_ref(&name::schema(resource))),
    }
}

fn success_headers(plan: &ServicePlan, route: &Route) -> Map<String, Value> {
    let mut headers = Map::new();
    if route.is_deferred() {
        headers.insert("Location".into(), header("The address of the job", "string", true));
    }
    if route.makes_row() && matches!(route.success, 201 | 202) && !route.is_deferred() {
        headers.insert("Location".into(), header("The address of the new row", "string", true));
    }
    if answers_a_row(route) {
        let description = "The state of the row, for `If-Match` and `If-None-Match`";
        headers.insert("ETag".into(), header(description, "string", false));
    }
    let is_paged = matches!(route.operation, Operation::History(_) | Operation::Export(_));
    if route.operation.is_list() || is_paged {
        let description = "The next page, where there is one: `<…>; rel=\"next\"`";
        headers.insert("Link".into(), header(description, "string", false));
    }
    if route.operation.is_list() {
        let description = "The number of all rows, with `Prefer: count=exact`";
        headers.insert("X-Total-Count".into(), header(description, "integer", false));
    }
    let mut kept = plan.caches.iter().filter_map(|it| plan.routes.get(it.route));
    if kept.any(|it| std::ptr::eq(it, route)) {
        let description = "`HIT` for a copy that still holds, `MISS` for a fresh answer";
        headers.insert("X-Cache".into(), header(description, "string", false));
    }
    if route.promises(PromisedHeader::IdempotencyKey).is_some() {
        let description = "`true` where the answer to an earlier request is given again";
        headers.insert("Idempotent-Replayed".into(), header(description, "string", false));
    }
    headers.extend(rate_limit_references(plan));
    headers
}

/// Whether the answer is one row as it is stored.
fn answers_a_row(route: &Route) -> bool {
    match &route.operation {
        _ if route.is_deferred() => false,
        Operation::Delete => false,
        Operation::Create | Operation::Read | Operation::ReadSingleton => true,
        operation => operation.changes_a_row(),
    }
}

/// Every status with which `route` can refuse a request, and why.
fn refusals(plan: &ServicePlan, route: &Route) -> BTreeMap<u16, String> {
    let mut reasons: BTreeMap<u16, Vec<&'static str>> = BTreeMap::new();
    for refusal in plan.refusals(route) {
        reasons.entry(plan.refusal_status(route, refusal)).or_default().push(reason(refusal));
    }
    let general = plan.error_cases.iter().filter(|case| case.status >= 500);
    for case in route.errors.iter().chain(general) {
        reasons.entry(case.status).or_default();
    }
    let describe = |(status, reasons): (u16, Vec<&str>)| {
        let documented = plan.error_case(route, status).map(|case| case.meaning.text.clone());
        let documented = documented.filter(|text| !text.is_empty());
        (status, documented.unwrap_or_else(|| sentence(&reasons)))
    };
    reasons.into_iter().map(describe).collect()
}

fn sentence(reasons: &[&str]) -> String {
    if reasons.is_empty() { "Refused".to_owned() } else { reasons.join("; or: ") }
}

fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::MalformedBody => "The body is not a JSON object",
        Refusal::UnsupportedMediaType => "The media type of the body is not JSON",
        Refusal::TooLarge => "The body is too large",
        Refusal::NotAcceptable => "The client does not take JSON",
        Refusal::PreconditionFailed => "The row is not in the state that `If-Match` names",
        Refusal::PreconditionRequired => "The request names no state of the row (`If-Match`)",
        Refusal::KeyReused => "The idempotency key was used for another request",
        Refusal::KeyRunning => "The first request with this idempotency key is still running",
        Refusal::InvalidParameter => "A query parameter is unknown or has a wrong value",
        Refusal::InvalidField => "Members of the body are missing, unknown or wrong",
        Refusal::Unauthenticated => "No token, or one that does not hold",
        Refusal::Forbidden => "The caller may not do this",
        Refusal::QuotaReached => "The caller has as many rows as the quota allows",
        Refusal::NotFound => "There is no such row",
        Refusal::Duplicate => "Another row has these values",
        Refusal::UnknownReference => "A member of the body refers to a row that is not there",
        Refusal::StillReferred => "Other rows refer to this one",
        Refusal::RuleBroken => "A condition of the endpoint's rule does not hold",
        Refusal::IllegalTransition => "The state of the row does not allow this",
        Refusal::RateLimited => "Too many requests",
        Refusal::Unavailable => "The database is busy or gone",
    }
}

fn refused(plan: &ServicePlan, status: u16, description: &str) -> Value {
    let mut response = Map::new();
    response.insert("description".into(), json!(description));
    add_headers(&mut response, refusal_headers(plan, status));
    let schema = schema_ref(&error::schema_name(plan));
    let media_type = error::media_type(&plan.error_shape);
    response.insert("content".into(), json!({ media_type: { "schema": schema } }));
    Value::Object(response)
}

fn refusal_headers(plan: &ServicePlan, status: u16) -> Map<String, Value> {
    let mut headers = Map::new();
    match status {
        401 => {
            let description = "`Bearer`, with `error=\"invalid_token\"` where one was sent";
            headers.insert("WWW-Authenticate".into(), header(description, "string", true));
        }
        429 | 503 => {
            let description = "Seconds after which to try again";
            headers.insert("Retry-After".into(), header(description, "integer", false));
        }
        _ => {}
    }
    if status == 429 {
        headers.extend(rate_limit_references(plan));
    }
    headers
}

/// The counting headers. Any answer can carry them; they are stated where a client looks for them.
fn rate_limit_references(plan: &ServicePlan) -> Map<String, Value> {
    let names = ["RateLimit", "RateLimit-Policy"].into_iter().filter(|_| plan.rate_limit.is_some());
    let reference = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    names.map(|name| (name.to_owned(), reference(name))).collect()
}

fn header(description: &str, ty: &str, is_required: bool) -> Value {
    json!({ "description": description, "required": is_required, "schema": { "type": ty } })
}

fn add_headers(response: &mut Map<String, Value>, headers: Map<String, Value>) {
    if !headers.is_empty() {
        response.insert("headers".into(), Value::Object(headers));
    }
}
