//! What a service does without being asked: from time to time it deletes rows whose retention is
//! over, and files that no row names.

mod orphans;
mod retention;
mod sweep;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use groundplan_model::ServicePlan;

use crate::app::App;
use crate::observe::metrics::{Kind, Metric};
use sweep::Sweep;

/// The jobs of one plan.
#[derive(Default)]
pub(crate) struct Jobs {
    retention: Vec<Arc<Sweep>>,
    orphans: Vec<Arc<Sweep>>,
}

/// What jobs have done since the start.
#[derive(Debug, Default)]
pub(crate) struct Done {
    deleted: AtomicU64,
    failed: AtomicU64,
}

impl Jobs {
    /// Those of `plan`, whose writes are recorded or not.
    pub(crate) fn new(plan: &ServicePlan, records: bool) -> Self {
        let retention = plan.retention.iter().filter_map(|keep| retention::of(plan, keep));
        let audit = plan.audit.as_ref().filter(|_| records).and_then(|it| it.days);
        let retention = retention.chain(audit.map(retention::of_audit));
        let retention = retention.chain(plan.defers().then(retention::of_jobs));
        let orphans = orphans::all(plan).into_iter().map(Arc::new).collect();
        Self { retention: retention.map(Arc::new).collect(), orphans }
    }

    /// Every statement, to be tried at the start.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &str> {
        self.retention.iter().chain(&self.orphans).map(|it| it.sql.as_str())
    }
}

impl Done {
    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let metric = |name, help, count: &AtomicU64| {
            #[expect(clippy::cast_precision_loss, reason = "a count for people")]
            let value = count.load(Ordering::Relaxed) as f64;
            Metric { name, help, kind: Kind::Counter, value }
        };
        vec![
            metric(
                "groundplan_retention_deleted_rows_total",
                "Rows deleted because their retention was over.",
                &self.deleted,
            ),
            metric(
                "groundplan_retention_failures_total",
                "Runs of retention that a database refused.",
                &self.failed,
            ),
        ]
    }
}

/// Runs the jobs of whatever plan is served, now and every `pause`, for as long as it is awaited.
pub(crate) async fn run(app: &ArcSwap<App>, done: &Done, pause: Duration) {
    loop {
        let served = app.load_full();
        for retention in &served.jobs.retention {
            match retention.run(&served.store).await {
                Ok(deleted) => {
                    done.deleted.fetch_add(deleted, Ordering::Relaxed);
                    if deleted > 0 {
                        served.shared.cache.forget().await;
                    }
                }
                Err(refused) => {
                    done.failed.fetch_add(1, Ordering::Relaxed);
                    let table = &*retention.table;
                    tracing::warn!(table, reason = %refused.message, "retention was refused");
                }
            }
        }
        for orphans in &served.jobs.orphans {
            if let Err(refused) = orphans.run(&served.store).await {
                let table = &*orphans.table;
                tracing::warn!(table, reason = %refused.message, "files without rows were kept");
            }
        }
        drop(served);
        tokio::time::sleep(pause).await;
    }
}
