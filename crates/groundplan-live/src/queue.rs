//! Work that is done after its request was answered with 202 (rule D13): a durable queue in the
//! service's own database.
//!
//! A job is a request that was checked and let in. A worker, here or at another replica, makes it
//! again with the caller that it had. That a job is done is written in the transaction of its work:
//! either both are there or neither, whoever is killed when.

mod job;
mod page;
mod worker;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use tokio::sync::Notify;

use crate::observe::metrics::{Kind, Metric};

pub(crate) use job::{Claim, Job, Task};
pub(crate) use page::{PATH, accepted, page};
pub(crate) use worker::start;

#[cfg(test)]
mod tests;

/// What this process knows of the queue.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    /// Told when there is a new job.
    arrived: Notify,
    /// Jobs that were not finished when a worker looked last.
    waiting: AtomicUsize,
    completed: AtomicU64,
    failed: AtomicU64,
    retried: AtomicU64,
}

impl Queue {
    /// Lets a worker look.
    pub(crate) fn wake(&self) {
        self.arrived.notify_one();
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        #[expect(clippy::cast_precision_loss, reason = "counts for people")]
        let value = |count: &AtomicU64| count.load(Ordering::Relaxed) as f64;
        let counter =
            |name, help, count| Metric { name, help, kind: Kind::Counter, value: value(count) };
        let waiting = self.waiting.load(Ordering::Relaxed);
        vec![
            crate::observe::metrics::gauge(
                "groundplan_jobs_waiting",
                "Jobs that are queued or running, at all replicas.",
                waiting,
            ),
            counter("groundplan_jobs_completed_total", "Jobs that were done.", &self.completed),
            counter("groundplan_jobs_failed_total", "Jobs that were given up.", &self.failed),
            counter(
                "groundplan_jobs_retried_total",
                "Jobs that are to be tried again.",
                &self.retried,
            ),
        ]
    }
}
