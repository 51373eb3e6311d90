//! The `curl` line that is printed at the start: one that works as it stands.

use groundplan_model::ServicePlan;
use groundplan_model::document::Method;
use groundplan_model::service::{Operation, Route, Scheme, Segment};

/// A request that needs no row to be there: a list, else a create with the documented body, else
/// the description of the service.
pub(super) fn line(plan: &ServicePlan, base: &str, token: impl Fn(&Route) -> String) -> String {
    let is_free =
        |route: &&Route| !route.path.iter().any(|segment| matches!(segment, Segment::Parameter(_)));
    let mut routes = plan.routes.iter().filter(is_free);
    let list = routes.clone().find(|route| route.operation == Operation::List);
    let create =
        |route: &&Route| route.operation == Operation::Create && route.request_example.is_some();
    match list.or_else(|| routes.find(create)) {
        Some(route) => {
            let header = plan.asks_who_calls(route).then(|| header(plan, &token(route)));
            of_route(route, base, header.as_deref())
        }
        None => format!("curl {base}/openapi.json"),
    }
}

/// The header that says who calls.
fn header(plan: &ServicePlan, token: &str) -> String {
    match plan.auth.as_ref().and_then(|it| it.schemes.first()) {
        Some(Scheme::ApiKey(name)) => format!("{name}: {token}"),
        _ => format!("Authorization: Bearer {token}"),
    }
}

fn of_route(route: &Route, base: &str, header: Option<&str>) -> String {
    let mut line = String::from("curl");
    if let Some(header) = header {
        line.push_str(&format!(" -H \"{header}\""));
    }
    if let (Method::Post, Some(body)) = (route.method, &route.request_example) {
        let body = body.to_string().replace('\'', "'\\''");
        line.push_str(&format!(" -H \"Content-Type: application/json\" -d '{body}'"));
    }
    format!("{line} {base}{}", route.path_text())
}
