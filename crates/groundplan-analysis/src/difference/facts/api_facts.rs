//! What clients see: endpoints, error answers, and rules that the service enforces.

use groundplan_model::document::{Endpoint, ErrorCase, Policy, PolicyKind};
use groundplan_model::{Document, paths};

use super::{Fact, Of};

/// What an endpoint is the same by: whatever its parameters are called.
pub(in super::super) fn endpoint_id(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.method.as_str(), paths::shape(&endpoint.full_path())).to_lowercase()
}

pub(in super::super) fn endpoint_name(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.method.as_str(), endpoint.full_path())
}

/// Endpoints, the first statement of each; its cells of the contract are its value.
pub(super) fn endpoints(document: &Document) -> Vec<Fact<'_>> {
    let cell = |it: &Option<groundplan_model::document::Text>| {
        it.as_ref().map_or_else(String::new, |it| it.text.trim().to_owned())
    };
    let fact = |it| {
        let of = Of::Endpoint { endpoint: it, is_external: document.is_external(it) };
        let value = [cell(&it.request), cell(&it.response)];
        let value: Vec<&str> =
            value.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        let fact = Fact::new(endpoint_name(it), value.join(" → "), it.span);
        Fact { id: endpoint_id(it), ..fact.of(of) }
    };
    let mut found: Vec<Fact<'_>> = document.endpoints.iter().map(fact).collect();
    let mut seen = std::collections::HashSet::new();
    found.retain(|it| seen.insert(it.id.clone()));
    found
}

/// One path under another method; or one method, and the path differs in its base, or the purpose is
/// the same.
pub(super) fn is_same_endpoint(was: &Fact<'_>, now: &Fact<'_>) -> bool {
    let (Of::Endpoint { endpoint: was, .. }, Of::Endpoint { endpoint: now, .. }) =
        (&was.of, &now.of)
    else {
        return false;
    };
    let shape = |it: &Endpoint| paths::shape(&it.full_path()).to_lowercase();
    let (one, other) = (shape(was), shape(now));
    if was.method != now.method {
        return one == other;
    }
    let purpose = |it: &Endpoint| it.purpose.as_ref().map(|it| it.text.trim().to_lowercase());
    let same_purpose = purpose(was).is_some_and(|it| !it.is_empty() && Some(it) == purpose(now));
    same_purpose || without_base(&one) == without_base(&other)
}

/// `/orders` of `/api/v1/orders`.
fn without_base(shape: &str) -> String {
    let is_base = |part: &&str| {
        let digits = part.strip_prefix('v').unwrap_or("");
        *part == "api" || !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
    };
    shape.split('/').filter(|it| !it.is_empty()).skip_while(is_base).collect::<Vec<_>>().join("/")
}

pub(super) fn errors(document: &Document) -> Vec<Fact<'_>> {
    let fact = |it| {
        let endpoint = endpoint_of(document, it);
        let of = endpoint.map(|it| format!(" of {}", endpoint_name(it))).unwrap_or_default();
        let fact = Fact::new(format!("{}{of}", it.status), &it.meaning.text, it.span);
        let fact = fact.of(Of::Error(it));
        match endpoint.map(endpoint_id) {
            Some(id) => {
                Fact { id: format!("{} of {id}", it.status), ..fact.part_of("endpoint", id) }
            }
            None => fact,
        }
    };
    document.error_rows().map(fact).collect()
}

fn endpoint_of<'d>(document: &'d Document, error: &ErrorCase) -> Option<&'d Endpoint> {
    document.endpoints.get(error.endpoint?)
}

/// One meaning at one endpoint, under another status.
pub(super) fn is_same_error(was: &Fact<'_>, now: &Fact<'_>) -> bool {
    let place = |it: &Fact<'_>| it.parents.first().cloned();
    let meaning = |it: &Fact<'_>| it.value.trim().to_lowercase();
    let (Of::Error(one), Of::Error(other)) = (&was.of, &now.of) else { return false };
    one.status != other.status
        && !meaning(was).is_empty()
        && meaning(was) == meaning(now)
        && place(was) == place(now)
}

pub(super) fn policies(document: &Document) -> Vec<Fact<'_>> {
    document.policies.iter().map(|it| policy(document, it)).collect()
}

fn policy<'d>(document: &'d Document, policy: &'d Policy) -> Fact<'d> {
    let (key, value) = match &policy.kind {
        PolicyKind::BearerToken => ("bearer token".to_owned(), String::new()),
        PolicyKind::OwnRows => ("own rows only".to_owned(), String::new()),
        PolicyKind::ApiKey { header } => ("API key".to_owned(), header.clone()),
        PolicyKind::Grant(grant) => (format!("who may {}", grant.action), grant.callers()),
        PolicyKind::Public { action } => (format!("public: {action}"), String::new()),
        PolicyKind::SeesAll { roles } => ("roles that see all".to_owned(), roles.join(", ")),
        PolicyKind::OwnTenant => ("own tenant only".to_owned(), String::new()),
        PolicyKind::Claim { name, value } => (format!("claim {name}"), value.clone()),
        PolicyKind::RateLimit { count, window_s } => {
            ("rate limit".to_owned(), format!("{count} requests in {window_s} s"))
        }
        PolicyKind::Quota { count, resource, .. } => {
            (format!("quota of {resource}"), count.to_string())
        }
        PolicyKind::PageSize { default, max } => {
            let number = |it: &Option<u32>| it.map_or("-".to_owned(), |it| it.to_string());
            ("page size".to_owned(), format!("{}, at most {}", number(default), number(max)))
        }
        PolicyKind::Cached { key, ttl_s } => {
            let key = key.as_deref().unwrap_or("answers");
            (format!("cache of {key}"), ttl_s.map_or_else(String::new, |it| format!("{it} s")))
        }
        PolicyKind::AuditLog { days } => {
            ("audit log".to_owned(), days.map_or_else(String::new, |it| format!("{it} days")))
        }
        PolicyKind::Promised { header, endpoint: None } => {
            (header.name().to_owned(), String::new())
        }
        PolicyKind::Promised { header, endpoint: Some(at) } => {
            let endpoint = document.endpoints.get(*at).map(endpoint_name).unwrap_or_default();
            (format!("{} of {endpoint}", header.name()), String::new())
        }
    };
    Fact::new(key, value, policy.text.span).of(Of::Policy(&policy.kind))
}
