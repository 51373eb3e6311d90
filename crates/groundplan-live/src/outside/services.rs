//! All services that the document names.

use std::fmt::Write as _;
use std::time::Duration;

use groundplan_model::ServicePlan;
use groundplan_model::service::Outside;
use http::HeaderValue;

use super::service::Service;
use super::{AddressError, OutsideOptions};

/// No request waits longer, whatever an operator says.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

const CALLS: &str = "groundplan_service_calls_total";
const BREAKER: &str = "groundplan_service_breaker";

/// Where a service is, and how we prove who we are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAddress {
    /// The service's name in the plan.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The value of `Authorization`.
    pub authorization: Option<Secret>,
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text`.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// As a header that is not shown either.
    pub(super) fn header(&self) -> Result<HeaderValue, String> {
        let mut value = HeaderValue::try_from(&self.0)
            .map_err(|_| "its `Authorization` is no value of a header".to_owned())?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("***")
    }
}

impl ServiceAddress {
    /// Whether it is the address of `service`.
    pub(super) fn is_of(&self, service: &Outside) -> bool {
        self.name == service.name
    }
}

/// All services that the document names, in the plan's order.
pub(crate) struct Services {
    all: Vec<Service>,
    /// How long a request waits for all its calls.
    pub(crate) patience: Duration,
}

impl Services {
    pub(crate) fn new(plan: &ServicePlan, options: &OutsideOptions) -> Result<Self, AddressError> {
        let all = plan.outside.iter().map(|it| Service::new(it, options));
        let patience = options.patience.min(LONGEST);
        Ok(Self { all: all.collect::<Result<_, _>>()?, patience })
    }

    /// Whether they are those of `plan`: then their counts and rests go on.
    pub(crate) fn are_of(&self, plan: &ServicePlan) -> bool {
        let terms = |it: &Outside| {
            let it = it.clone();
            (it.name, it.limit, it.timeout_ms, it.retries, it.backoff_ms, it.breaker)
        };
        self.all.iter().map(|it| terms(&it.plan)).eq(plan.outside.iter().map(terms))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Service> {
        self.all.get(at)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Service> {
        self.all.iter()
    }

    /// Calls by service and outcome, and how breakers stand.
    pub(crate) fn write_metrics(&self, text: &mut String) {
        if self.all.is_empty() {
            return;
        }
        let help = "Attempts to call another service, and calls that were not made.";
        let _ = writeln!(text, "# HELP {CALLS} {help}\n# TYPE {CALLS} counter");
        for service in &self.all {
            let name = &service.plan.name;
            for (outcome, count) in service.outcomes() {
                let labels = format!("service=\"{name}\",outcome=\"{outcome}\"");
                let _ = writeln!(text, "{CALLS}{{{labels}}} {count}");
            }
        }
        let help = "0 while a service is called, 1 while it is tried, 2 while it rests.";
        let _ = writeln!(text, "# HELP {BREAKER} {help}\n# TYPE {BREAKER} gauge");
        for service in &self.all {
            let _ = writeln!(
                text,
                "{BREAKER}{{service=\"{}\"}} {}",
                service.plan.name,
                service.breaker()
            );
        }
    }
}
