//! Other services in a plan: what is known of calls to them, and who makes some.

use groundplan_model::service::{Otherwise, Outside, Route};

use super::{Page, widened};
use crate::render::plural;
use crate::ui::printable;

impl Page<'_> {
    /// One row a service.
    pub(super) fn services(&mut self) {
        for service in &self.plan.outside {
            let place = self.place(service.span);
            let (name, terms) = (printable(&service.name), terms(service));
            self.row("service", &format!("{name}: {terms} {place}"));
        }
    }

    /// What the route's rule calls.
    pub(super) fn calls(&mut self, route: &Route) {
        for call in route.rule.iter().flat_map(|rule| rule.calls()) {
            let name = self.plan.outside.get(call.service).map_or("", |it| &it.name);
            let otherwise = match &call.otherwise {
                Otherwise::Skip => "goes on without".to_owned(),
                Otherwise::Refuse { status, .. } => format!("else {}", status.unwrap_or(503)),
            };
            let place = self.place(call.span);
            let method = call.method.as_str();
            self.row("calls", &format!("{} {method}, {otherwise} {place}", printable(name)));
        }
    }

    /// Why the services that the route's rule calls are called as they are.
    pub(super) fn terms_of_calls(&mut self, route: &Route) {
        let mut named: Vec<usize> =
            route.rule.iter().flat_map(|rule| rule.calls()).map(|call| call.service).collect();
        named.sort_unstable();
        named.dedup();
        for service in named.into_iter().filter_map(|at| self.plan.outside.get(at)) {
            for evidence in &service.evidence {
                let place = self.place(evidence.span);
                let note = format!("{}: {}", service.name, evidence.note);
                self.row(evidence.rule, &format!("{} {place}", printable(&note)));
            }
        }
    }
}

fn terms(service: &Outside) -> String {
    let mut terms = Vec::new();
    if let Some(limit) = service.limit {
        terms.push(format!("{} in {} s", plural(widened(limit.count), "call"), limit.window_s));
    }
    terms.push(format!("{} ms an attempt", service.timeout_ms));
    if service.retries > 0 {
        let retries = match service.retries {
            1 => "1 retry".to_owned(),
            count => format!("{count} retries"),
        };
        terms.push(format!("{retries} after {} ms and more", service.backoff_ms));
    }
    let (failures, open_ms) = (service.breaker.failures, service.breaker.open_ms);
    terms.push(format!("{open_ms} ms of rest after {}", plural(widened(failures), "failure")));
    terms.join(", ")
}
