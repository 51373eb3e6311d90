//! Why a request is refused, and with which of the document's statuses (rule D8).
//!
//! The running service, its OpenAPI file, the verifier and the rule that looks for undocumented
//! statuses all ask here.

use crate::document::PromisedHeader;
use crate::schema::OnDelete;

use super::{BulkSource, Operation, Resource, Role, Route, Rule, ServicePlan, SessionKind, Who};

/// Words of rows that speak of a stale version.
const VERSIONS: [&str; 7] =
    ["version", "etag", "if-match", "stale", "concurrent", "changed since", "modified since"];

/// A reason to refuse a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The body is not JSON, or not an object.
    MalformedBody,
    /// The body's media type is not JSON.
    UnsupportedMediaType,
    /// The body is larger than the limit.
    TooLarge,
    /// The client takes no media type that the answer has.
    NotAcceptable,
    /// A query parameter has a wrong type, or is not known.
    InvalidParameter,
    /// Members of the body are missing, unknown, of the wrong type, or out of bounds.
    InvalidField,
    /// No token, or one that does not hold.
    Unauthenticated,
    /// The caller may not do this: another role is needed.
    Forbidden,
    /// The caller has as many rows as the quota allows.
    QuotaReached,
    /// No such row, or one of another owner.
    NotFound,
    /// A unique set of columns has these values already.
    Duplicate,
    /// A member of the body refers to a row that is not there.
    UnknownReference,
    /// Other rows refer to the row that was to go.
    StillReferred,
    /// The row's state does not allow the action.
    IllegalTransition,
    /// A condition of the route's rule block does not hold.
    RuleBroken,
    /// The row is not in the state that the request names (`If-Match`).
    PreconditionFailed,
    /// The document wants requests to name the row's state, and this one does not.
    PreconditionRequired,
    /// The idempotency key was used for another request.
    KeyReused,
    /// The first request with this idempotency key is still running.
    KeyRunning,
    /// The caller made too many requests.
    RateLimited,
    /// The database is busy or gone.
    Unavailable,
}

impl Refusal {
    /// Statuses that fit, the best one first. The first that the document has a row for is
    /// answered; where it has none, the best one.
    pub fn statuses(self) -> &'static [u16] {
        match self {
            Self::MalformedBody => &[400, 422],
            Self::UnsupportedMediaType => &[415, 400],
            Self::TooLarge => &[413],
            Self::NotAcceptable => &[406],
            Self::InvalidParameter => &[400, 422],
            Self::InvalidField => &[422, 400],
            Self::Unauthenticated => &[401],
            Self::Forbidden => &[403],
            Self::QuotaReached => &[403, 409, 429],
            Self::NotFound => &[404],
            Self::Duplicate | Self::StillReferred | Self::IllegalTransition | Self::RuleBroken => {
                &[409, 422, 400]
            }
            Self::UnknownReference => &[422, 409, 400],
            Self::PreconditionFailed => &[412],
            Self::PreconditionRequired => &[428],
            Self::KeyReused => &[422, 400],
            Self::KeyRunning => &[409, 422, 400],
            Self::RateLimited => &[429, 503],
            Self::Unavailable => &[503, 500],
        }
    }

    /// A word for programs, as it stands in error bodies.
    pub fn code(self) -> &'static str {
        match self {
            Self::MalformedBody => "malformed_body",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooLarge => "body_too_large",
            Self::NotAcceptable => "not_acceptable",
            Self::InvalidParameter => "invalid_parameter",
            Self::InvalidField => "validation_failed",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::QuotaReached => "quota_reached",
            Self::NotFound => "not_found",
            Self::Duplicate => "duplicate",
            Self::UnknownReference => "unknown_reference",
            Self::StillReferred => "still_referred",
            Self::IllegalTransition => "illegal_transition",
            Self::RuleBroken => "rule_broken",
            Self::PreconditionFailed => "precondition_failed",
            Self::PreconditionRequired => "precondition_required",
            Self::KeyReused => "idempotency_key_reused",
            Self::KeyRunning => "idempotency_key_running",
            Self::RateLimited => "rate_limited",
            Self::Unavailable => "unavailable",
        }
    }

    /// Whether any HTTP service may answer so: a document need not have a row for it.
    pub fn is_protocol(self) -> bool {
        matches!(
            self,
            Self::MalformedBody
                | Self::UnsupportedMediaType
                | Self::TooLarge
                | Self::NotAcceptable
                | Self::InvalidParameter
                | Self::Unauthenticated
                | Self::Forbidden
                | Self::NotFound
                | Self::PreconditionFailed
                | Self::PreconditionRequired
                | Self::KeyReused
                | Self::KeyRunning
                | Self::RateLimited
                | Self::Unavailable
        )
    }
}

impl ServicePlan {
    /// The status with which `route` refuses a request.
    pub fn refusal_status(&self, route: &Route, refusal: Refusal) -> u16 {
        let wanted = match refusal {
            Refusal::QuotaReached => {
                if let Some(quota) = self.quota(route) {
                    return quota.status;
                }
                refusal.statuses()
            }
            Refusal::RuleBroken => {
                if let Some(status) = route.rule.as_ref().and_then(Rule::status) {
                    return status;
                }
                refusal.statuses()
            }
            Refusal::PreconditionFailed if self.calls_versions_a_conflict(route) => &[409],
            _ => refusal.statuses(),
        };
        self.status_for(route, wanted)
    }

    /// Whether the document answers a stale version with 409. One that has 409 for other conflicts
    /// says nothing about that: then 412 holds (RFC 9110, 13.1.1).
    fn calls_versions_a_conflict(&self, route: &Route) -> bool {
        let rows = route.errors.iter().chain(&self.error_cases);
        let mut conflicts = rows.filter(|case| case.status == 409);
        let is_told = |text: &str| VERSIONS.iter().any(|word| text.contains(word));
        !self.documents(route, 412)
            && conflicts.any(|case| is_told(&case.meaning.text.to_lowercase()))
    }

    /// Whether the document says what a change with a stale `If-Match` is answered with.
    pub fn documents_conditions(&self, route: &Route) -> bool {
        route.operation.changes_a_row()
            && (self.documents(route, 412)
                || self.documents(route, 428)
                || self.calls_versions_a_conflict(route))
    }

    /// The quota that a create on `route` can hit.
    pub fn quota(&self, route: &Route) -> Option<&super::Quota> {
        let resource = route.binding.as_ref()?.resource;
        let creates = route.makes_row() || matches!(route.operation, Operation::CreateMany(_));
        self.quotas.iter().find(|quota| creates && quota.resource == resource)
    }

    /// Every reason for which `route` can refuse a request, each once.
    pub fn refusals(&self, route: &Route) -> Vec<Refusal> {
        let mut refusals = vec![Refusal::Unavailable];
        if self.asks_who_calls(route) || route.operation.checks_proof() {
            refusals.push(Refusal::Unauthenticated);
        }
        if self.auth.is_some() && self.can_forbid(route) {
            refusals.push(Refusal::Forbidden);
        }
        if self.rate_limit.is_some() {
            refusals.push(Refusal::RateLimited);
        }
        let Some(binding) = &route.binding else { return refusals };
        let Some(resource) = self.resources.get(binding.resource) else { return refusals };
        if route.operation.has_body() && self.has_writable_index(resource) {
            refusals.push(Refusal::Duplicate);
        }
        if binding.key.is_some() || binding.parent.is_some() {
            refusals.push(Refusal::NotFound);
        }
        match &route.operation {
            Operation::Search => refusals.extend([
                Refusal::InvalidParameter,
                Refusal::MalformedBody,
                Refusal::UnsupportedMediaType,
                Refusal::TooLarge,
            ]),
            Operation::List
            | Operation::History(_)
            | Operation::Aggregate(_)
            | Operation::Export(_) => {
                refusals.push(Refusal::InvalidParameter);
            }
            Operation::CreateMany(_) | Operation::UpdateMany(_) | Operation::DeleteMany(_) => {
                refusals.extend(self.bulk_refusals(route, resource));
            }
            Operation::Delete if resource.soft_delete.is_none() && self.is_referred(resource) => {
                refusals.push(Refusal::StillReferred);
            }
            Operation::Transition(transition) if !transition.from.is_empty() => {
                refusals.push(Refusal::IllegalTransition);
            }
            Operation::Session(session) => refusals.extend(session_refusals(session.kind)),
            Operation::Upload(_) => refusals.extend(body_refusals(resource)),
            _ => {}
        }
        if route.rule.as_ref().is_some_and(Rule::can_refuse) {
            refusals.push(Refusal::RuleBroken);
        }
        if route.operation.changes_a_row() {
            refusals.push(Refusal::PreconditionFailed);
            if self.documents(route, 428) {
                refusals.push(Refusal::PreconditionRequired);
            }
        }
        if self.quota(route).is_some() {
            refusals.push(Refusal::QuotaReached);
        }
        if route.promises(PromisedHeader::IdempotencyKey).is_some() {
            refusals.extend([Refusal::KeyReused, Refusal::KeyRunning]);
        }
        if route.operation.has_body() {
            refusals.extend(body_refusals(resource));
        } else if route.takes_body() {
            refusals.extend(BODY);
        }
        refusals.sort();
        refusals.dedup();
        refusals
    }

    fn bulk_refusals(&self, route: &Route, resource: &Resource) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if let Operation::DeleteMany(bulk) = &route.operation {
            if bulk.source == BulkSource::Query {
                refusals.push(Refusal::InvalidParameter);
            } else {
                refusals.extend(BODY);
                refusals.push(Refusal::NotFound);
            }
            refusals.extend(self.is_referred(resource).then_some(Refusal::StillReferred));
            return refusals;
        }
        if matches!(route.operation, Operation::UpdateMany(_)) {
            refusals.push(Refusal::NotFound);
        }
        refusals.extend(self.has_writable_index(resource).then_some(Refusal::Duplicate));
        refusals.extend(body_refusals(resource));
        refusals
    }

    /// Whether `route` is for some callers only: for a role, or for tenants.
    fn can_forbid(&self, route: &Route) -> bool {
        let shows_deleted = route.query.deleted.is_some();
        match route.access.who {
            _ if shows_deleted => true,
            Who::Roles(_) => true,
            Who::AnyCaller => self.is_of_tenants(route),
            Who::Anybody => false,
        }
    }

    /// Whether the rows that `route` works on, or their parents, belong to tenants.
    pub fn is_of_tenants(&self, route: &Route) -> bool {
        let Some(binding) = &route.binding else { return false };
        let parent = binding.parent.as_ref().map(|it| it.resource);
        let mut touched = std::iter::once(binding.resource).chain(parent);
        let is_session = matches!(route.operation, Operation::Session(_));
        let of_tenants = |at: usize| self.resources.get(at).is_some_and(|it| it.tenant.is_some());
        !is_session && touched.any(of_tenants)
    }

    /// Whether a row of `resource` can be one that another table's rows hold on to.
    fn is_referred(&self, resource: &Resource) -> bool {
        let keys = self.resources.iter().flat_map(|it| &it.table.foreign_keys);
        let mut to_it = keys.filter(|key| key.table.eq_ignore_ascii_case(&resource.table.name));
        to_it.any(|key| key.on_delete == OnDelete::Restrict)
    }
}

impl Operation {
    /// Whether its body has something that proves who calls: a password, a refresh token.
    fn checks_proof(&self) -> bool {
        matches!(self, Self::Session(session) if session.kind.asks_for_proof())
    }

    /// Whether the request carries a JSON object with the resource's fields.
    pub fn has_body(&self) -> bool {
        matches!(
            self,
            Self::Create | Self::Replace | Self::Upsert | Self::Update | Self::PutSingleton
        )
    }

    /// Whether it is a write of many rows.
    pub fn is_bulk(&self) -> bool {
        matches!(self, Self::CreateMany(_) | Self::UpdateMany(_) | Self::DeleteMany(_))
    }

    /// Whether the request carries JSON of any form.
    pub fn takes_body(&self) -> bool {
        let bulk = match self {
            Self::Session(session) => return session.kind.has_body(),
            Self::CreateMany(bulk) | Self::UpdateMany(bulk) | Self::DeleteMany(bulk) => Some(bulk),
            _ => None,
        };
        let is_search = *self == Self::Search;
        self.has_body() || is_search || bulk.is_some_and(|it| it.source != BulkSource::Query)
    }

    /// Whether it answers rows of a collection by pages.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::Search)
    }
}

/// What an endpoint of accounts refuses beyond what proof and roles are for.
fn session_refusals(kind: SessionKind) -> Vec<Refusal> {
    let own = match kind {
        SessionKind::Register => Some(Refusal::Duplicate),
        SessionKind::Me => Some(Refusal::NotFound),
        SessionKind::Login | SessionKind::Refresh | SessionKind::Logout => None,
    };
    BODY.into_iter().filter(|_| kind.has_body()).chain(own).collect()
}
/// What can be wrong with any body.
const BODY: [Refusal; 4] = [
    Refusal::MalformedBody,
    Refusal::UnsupportedMediaType,
    Refusal::TooLarge,
    Refusal::InvalidField,
];

impl Operation {
    /// Whether it changes one row that is there: a request may name the state that it means.
    pub fn changes_a_row(&self) -> bool {
        matches!(
            self,
            Self::Replace
                | Self::Update
                | Self::Delete
                | Self::PutSingleton
                | Self::Transition(_)
                | Self::Act
        )
    }
}

fn body_refusals(resource: &Resource) -> Vec<Refusal> {
    let mut refusals = BODY.to_vec();
    let writable = |column: &String| {
        let index = resource.table.column_index(column);
        let role = index.and_then(|at| resource.fields.get(at)).map(|field| field.role);
        role.is_some_and(Role::is_writable)
    };
    let keys = std::iter::once(&resource.table.primary_key).chain(&resource.table.uniques);
    if keys.into_iter().any(|columns| columns.iter().any(writable)) {
        refusals.push(Refusal::Duplicate);
    }
    if resource.table.foreign_keys.iter().any(|key| key.columns.iter().any(writable)) {
        refusals.push(Refusal::UnknownReference);
    }
    refusals
}
