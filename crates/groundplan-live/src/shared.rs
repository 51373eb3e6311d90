//! State that all replicas of a service share: in Valkey or Redis, where one is named.
//!
//! Nothing here is the truth: rows are in the database. So nothing waits long for it, and the service
//! goes on without it.

mod address;
mod line;
mod redis;
mod resp;

use std::sync::Arc;

use groundplan_model::ServicePlan;
use tokio::runtime::Handle;

use crate::cache::Cache;
use crate::limits::Together;
use crate::observe::metrics::{Kind, Metric};
use crate::service::{CachePlace, Database, RunOptions, StartError};

use address::Address;
pub(crate) use redis::{MARK_S, Redis, fresh_mark};
pub(crate) use resp::Reply;

/// What is kept besides rows.
pub(crate) struct Shared {
    /// Answers.
    pub(crate) cache: Cache,
    redis: Option<Arc<Redis>>,
    together: Option<Together>,
    /// Where calls of other services are counted.
    calls: Option<Together>,
}

impl Shared {
    /// Connects where a server is named; one that does not answer is no reason not to start.
    pub(crate) fn open(plan: &ServicePlan, options: &RunOptions) -> Result<Self, StartError> {
        let redis = match &options.cache.place {
            CachePlace::Server(url) => {
                let start = Redis::start(Address::read(url)?, options.cache.patience);
                Some(Handle::current().block_on(start))
            }
            _ => None,
        };
        Ok(Self::with(redis, plan, options))
    }

    /// The same for another plan.
    pub(crate) fn replaced(&self, plan: &ServicePlan, options: &RunOptions) -> Self {
        Self::with(self.redis.clone(), plan, options)
    }

    fn with(redis: Option<Arc<Redis>>, plan: &ServicePlan, options: &RunOptions) -> Self {
        let is_shared = matches!(options.database, Database::Postgres(_));
        let cache = match (&redis, &options.cache.place) {
            (Some(redis), _) => Cache::remote(plan, Arc::clone(redis)),
            (None, CachePlace::Off) => Cache::nowhere(plan),
            (None, CachePlace::Automatic) if is_shared => Cache::nowhere(plan),
            (None, _) => Cache::local(plan, options.cache.limit_bytes),
        };
        let together = redis.as_ref().map(|it| Together::new(Arc::clone(it), &plan.title));
        let title = format!("{} calls", plan.title);
        let calls = redis.as_ref().map(|it| Together::new(Arc::clone(it), &title));
        Self { cache, redis, together, calls }
    }

    /// Where requests are counted for all replicas.
    pub(crate) fn limits(&self) -> Option<&Together> {
        self.together.as_ref()
    }

    /// Where calls of other services are counted for all replicas.
    pub(crate) fn calls(&self) -> Option<&Together> {
        self.calls.as_ref()
    }

    /// Whether the server answers; `None` where there is none.
    pub(crate) fn is_up(&self) -> Option<bool> {
        self.redis.as_ref().map(|redis| redis.is_up())
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let mut metrics = self.cache.metrics();
        if let Some(redis) = &self.redis {
            let errors = f64::from(u32::try_from(redis.errors()).unwrap_or(u32::MAX));
            let up = f64::from(u8::from(redis.is_up()));
            let metric = |name, help, kind, value| Metric { name, help, kind, value };
            metrics.push(metric(
                "groundplan_cache_up",
                "Whether the server answers.",
                Kind::Gauge,
                up,
            ));
            let help = "Requests that had to do without the server.";
            metrics.push(metric("groundplan_cache_errors_total", help, Kind::Counter, errors));
        }
        metrics
    }
}

/// A name for the keys of a service, so that several share one server: FNV-1a, which is the same in
/// every version of the program.
pub(crate) fn digest<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
