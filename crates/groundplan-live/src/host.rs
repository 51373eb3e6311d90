//! What belongs to the process and not to a plan: how it speaks HTTP, and what it counts. It stays
//! when a changed document replaces the plan.

use std::sync::{Mutex, PoisonError};

use crate::data::Tables;
use crate::exchange::cors::Cors;
use crate::exchange::redact::Redaction;
use crate::exchange::request_id::RequestIds;
use crate::jobs::Done;
use crate::observe::metrics::{Gauge, Metric};
use crate::observe::tracer::Tracer;
use crate::outside::Upstream;
use crate::queue::Queue;
use crate::service::HttpOptions;

/// What belongs to the process and not to a plan.
pub(crate) struct Host {
    pub(crate) http: HttpOptions,
    pub(crate) ids: RequestIds,
    pub(crate) cors: Option<Cors>,
    pub(crate) tracer: Option<Tracer>,
    /// Who answers what the document does not explain.
    pub(crate) upstream: Option<Upstream>,
    /// What jobs have done.
    pub(crate) jobs: Done,
    pub(crate) queue: Queue,
    pub(crate) redaction: Redaction,
    /// Open connections.
    pub(crate) connections: Gauge,
    /// Requests that have no answer yet.
    pub(crate) active: Gauge,
    /// Those of them whose bodies are still to come.
    pub(crate) arriving: Gauge,
    /// Rows that a reset puts in again.
    begun_with: Mutex<Tables>,
}

impl Host {
    pub(crate) fn new(
        http: HttpOptions,
        tracer: Option<Tracer>,
        upstream: Option<Upstream>,
    ) -> Self {
        Self {
            ids: RequestIds::new(),
            cors: Cors::new(&http.cors_origins),
            redaction: Redaction::new(&http.redact),
            tracer,
            upstream,
            jobs: Done::default(),
            queue: Queue::default(),
            connections: Gauge::default(),
            active: Gauge::default(),
            arriving: Gauge::default(),
            begun_with: Mutex::default(),
            http,
        }
    }

    /// Remembers rows for a reset.
    pub(crate) fn begin_with(&self, tables: Tables) {
        *self.begun_with.lock().unwrap_or_else(PoisonError::into_inner) = tables;
    }

    /// Those rows.
    pub(crate) fn begun_with(&self) -> Tables {
        self.begun_with.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Requests that the service is working on, and not waiting for.
    pub(crate) fn working(&self) -> usize {
        self.active.value().saturating_sub(self.arriving.value())
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![
            self.active.metric("http_server_active_requests", "Requests without an answer yet."),
            self.connections.metric("groundplan_connections", "Open connections."),
        ];
        metrics.extend(self.jobs.metrics());
        metrics.extend(self.queue.metrics());
        metrics.extend(self.tracer.iter().flat_map(Tracer::metrics));
        metrics
    }
}
