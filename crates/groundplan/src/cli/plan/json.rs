//! A plan as JSON. Names and meanings are an interface: add, never rename.

use groundplan_model::ServicePlan;
use groundplan_model::service::{
    Access, Auth, Binding, Evidence, Growth, Key, Note, Operation, Outside, Parent, Quota, Refusal,
    Resource, Route, Scheme, Who,
};
use groundplan_syntax::Span;
use serde_json::{Value, json};

use super::super::inspect::certainty;
use super::{assumptions, level, operation};
use crate::render::json::SCHEMA_VERSION;
use crate::service::derived;

/// The whole plan.
pub(crate) fn plan(plan: &ServicePlan) -> Value {
    let it = Reader { plan };
    json!({
        "schema_version": SCHEMA_VERSION,
        "path": plan.source.path(),
        "title": plan.title,
        "version": plan.version,
        "base_path": plan.base_path,
        "auth": plan.auth.as_ref().map(|auth| it.auth(auth)),
        "rate_limit": plan.rate_limit.as_ref().map(|limit| json!({
            "count": limit.count, "window_s": limit.window_s, "line": it.line(limit.span),
        })),
        "quotas": plan.quotas.iter().map(|quota| it.quota(quota)).collect::<Vec<Value>>(),
        "audit": plan.audit.as_ref().map(|audit| json!({
            "days": audit.days, "line": it.line(audit.span),
        })),
        "caches": plan.caches.iter().map(|it| json!({
            "route": plan.routes.get(it.route).map(|route| route.path_text()),
            "ttl_s": it.ttl_s,
            "line": plan.source.line(it.span.range().start),
        })).collect::<Vec<Value>>(),
        "services": plan.outside.iter().map(|one| it.outside(one)).collect::<Vec<Value>>(),
        "resources": plan.resources.iter().map(|one| it.resource(one)).collect::<Vec<Value>>(),
        "routes": plan.routes.iter().map(|route| it.route(route)).collect::<Vec<Value>>(),
        "notes": plan.notes.iter().map(|note| it.note(note)).collect::<Vec<Value>>(),
        "summary": {
            "endpoints": plan.routes.len(),
            "derived": derived(plan),
            "assumptions": assumptions(plan),
        },
    })
}

struct Reader<'a> {
    plan: &'a ServicePlan,
}

impl Reader<'_> {
    fn line(&self, span: Span) -> usize {
        self.plan.source.line(span.start as usize)
    }

    fn route(&self, route: &Route) -> Value {
        let binding = route.binding.as_ref();
        let resource = binding.and_then(|it| self.plan.resources.get(it.resource));
        let evidence = route.evidence.iter().map(|it| self.evidence(it));
        let refusals = self.plan.refusals(route);
        json!({
            "method": route.method.as_str(),
            "path": route.path_text(),
            "line": self.line(route.span),
            "summary": route.summary,
            "operation": operation(&route.operation),
            "reason": reason(&route.operation),
            "transition": self.transition(route),
            "resource": resource.map(|it| &it.name),
            "table": resource.map(|it| &it.table.name),
            "key": binding.and_then(|it| self.key(it.key.as_ref()?, it.resource)),
            "parent": binding.and_then(|it| self.parent(it, it.parent.as_ref()?)),
            "access": self.plan.auth.as_ref().map(|_| self.access(&route.access)),
            "query": self.query(route),
            "value": binding.and_then(|it| Some(self.column(it.resource, it.value?))),
            "members": route.members.iter().map(|it| json!({
                "name": it.name, "type": it.column.declared, "required": it.required,
            })).collect::<Vec<Value>>(),
            "rule": route.rule.as_ref().map(|it| json!({
                "line": self.line(it.span), "text": self.plan.source.slice(it.span).trim(),
            })),
            "queue": route.deferral.as_ref().map(|it| json!({
                "attempts": it.attempts.most,
                "pauses_ms": it.attempts.pauses_ms,
                "doubles": it.attempts.growth == Growth::Doubles,
                "longest_pause_ms": it.attempts.longest_ms,
                "limit_ms": it.attempts.limit_ms,
            })),
            "success": route.success,
            "refusals": refusals.iter().map(|it| self.refusal(route, *it)).collect::<Vec<Value>>(),
            "certainty": certainty(route.certainty),
            "evidence": evidence.collect::<Vec<Value>>(),
        })
    }

    fn auth(&self, it: &Auth) -> Value {
        let scheme = |it: &Scheme| match it {
            Scheme::Bearer => json!({ "scheme": "bearer" }),
            Scheme::ApiKey(header) => json!({ "scheme": "api_key", "header": header }),
        };
        let accounts = it.accounts.as_ref().and_then(|it| self.plan.resources.get(it.resource));
        json!({
            "scheme": it.schemes.first().map_or("bearer", |it| match it {
                Scheme::Bearer => "bearer",
                Scheme::ApiKey(_) => "api_key",
            }),
            "schemes": it.schemes.iter().map(scheme).collect::<Vec<Value>>(),
            "audience": it.audience,
            "issuer": it.issuer,
            "accounts": accounts.map(|it| &it.table.name),
            "line": self.line(it.span),
        })
    }

    fn access(&self, it: &Access) -> Value {
        let (who, roles): (&str, &[String]) = match &it.who {
            Who::Anybody => ("anybody", &[]),
            Who::AnyCaller => ("any_caller", &[]),
            Who::Roles(roles) => ("roles", roles),
        };
        let line = it.span.map(|span| self.line(span));
        json!({ "who": who, "roles": roles, "sees_all": it.sees_all, "line": line })
    }

    fn query(&self, route: &Route) -> Vec<Value> {
        let column = |at: usize| {
            let resource = route.binding.as_ref().map(|binding| binding.resource);
            resource.map(|resource| self.column(resource, at))
        };
        let of = |name: &str| {
            let filter = route.query.filters.iter().find(|it| it.parameter == name);
            json!({ "parameter": name, "column": filter.and_then(|it| column(it.column)) })
        };
        route.query.names().into_iter().map(of).collect()
    }

    fn transition(&self, route: &Route) -> Value {
        let Operation::Transition(it) = &route.operation else { return Value::Null };
        let resource = route.binding.as_ref().map(|binding| binding.resource);
        let column = resource.map(|resource| self.column(resource, it.column));
        json!({ "column": column, "from": it.from, "to": it.to })
    }

    fn key(&self, key: &Key, resource: usize) -> Option<Value> {
        let column = self.column(resource, key.column);
        Some(json!({ "parameter": key.parameter, "column": column }))
    }

    fn parent(&self, binding: &Binding, parent: &Parent) -> Option<Value> {
        let resource = self.plan.resources.get(parent.resource)?;
        Some(json!({
            "resource": resource.name,
            "table": resource.table.name,
            "parameter": parent.key.parameter,
            "column": self.column(parent.resource, parent.key.column),
            "foreign_key": self.column(binding.resource, parent.foreign_key),
            "through": parent.through.as_ref().map(|it| {
                self.plan.resources.get(it.resource).map(|it| &it.table.name)
            }),
        }))
    }

    fn column(&self, resource: usize, column: usize) -> &str {
        let resource = self.plan.resources.get(resource);
        resource.and_then(|it| it.column(column)).map_or("", |it| &it.name)
    }

    fn refusal(&self, route: &Route, refusal: Refusal) -> Value {
        let status = self.plan.refusal_status(route, refusal);
        json!({
            "code": refusal.code(),
            "status": status,
            "documented": self.plan.documents(route, status),
            "line": self.plan.error_case(route, status).map(|it| self.line(it.span)),
        })
    }

    fn evidence(&self, it: &Evidence) -> Value {
        json!({ "rule": it.rule, "note": it.note, "line": self.line(it.span) })
    }

    fn note(&self, it: &Note) -> Value {
        json!({
            "level": level(it.level),
            "rule": it.rule,
            "message": it.message,
            "line": self.line(it.span),
        })
    }

    fn outside(&self, it: &Outside) -> Value {
        json!({
            "name": it.name,
            "title": it.title,
            "base_url": it.base_url,
            "limit": it.limit.map(|limit| json!({
                "count": limit.count, "window_s": limit.window_s,
            })),
            "timeout_ms": it.timeout_ms,
            "retries": it.retries,
            "backoff_ms": it.backoff_ms,
            "breaker": { "failures": it.breaker.failures, "open_ms": it.breaker.open_ms },
            "fallback": it.fallback,
            "line": self.line(it.span),
            "evidence": it.evidence.iter().map(|it| self.evidence(it)).collect::<Vec<Value>>(),
        })
    }

    fn quota(&self, it: &Quota) -> Value {
        let resource = self.plan.resources.get(it.resource);
        json!({
            "resource": resource.map(|it| &it.name),
            "count": it.count,
            "states": it.states,
            "status": it.status,
            "line": self.line(it.span),
        })
    }

    fn resource(&self, it: &Resource) -> Value {
        let fields = it.fields.iter().enumerate().map(|(index, field)| {
            json!({
                "name": field.name,
                "column": it.column(index).map(|column| &column.name),
                "type": it.column(index).map(|column| &column.declared),
                "role": super::role(field.role),
                "required": field.required,
            })
        });
        json!({
            "name": it.name,
            "table": it.table.name,
            "line": self.line(it.table.span),
            "scoped": it.scoped,
            "tenant": it.tenant.and_then(|at| it.column(at)).map(|column| &column.name),
            "fields": fields.collect::<Vec<Value>>(),
        })
    }
}

fn reason(operation: &Operation) -> Option<&str> {
    match operation {
        Operation::Underived(reason) => Some(reason),
        _ => None,
    }
}
