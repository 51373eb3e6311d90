//! Spans on their way to a collector. A request never waits for that: where the queue is full, its
//! span is counted and dropped.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::metrics::{Kind, Metric};
use super::otlp;
use super::post::Target;
use crate::exchange::trace_context::TraceContext;
use crate::service::{StartError, TraceOptions};

#[cfg(test)]
mod tests;

/// Spans that wait to be sent; more are dropped.
const QUEUE: usize = 4096;

/// Spans of one message at most.
const BATCH: usize = 512;

/// How long a span waits for others.
const GATHER: Duration = Duration::from_secs(1);

/// How long the end of the service waits for the last message.
const LAST: Duration = Duration::from_secs(3);

/// A request that was answered.
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) context: TraceContext,
    pub(crate) method: String,
    /// The route's pattern; `-` where the path is none.
    pub(crate) route: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) request_id: String,
    pub(crate) ended: SystemTime,
    pub(crate) took: Duration,
}

/// Takes spans, and sends them from a task of its own.
#[derive(Debug)]
pub(crate) struct Tracer {
    queue: Mutex<Option<mpsc::Sender<Span>>>,
    sending: Mutex<Option<JoinHandle<()>>>,
    counts: Arc<Counts>,
    /// Of 2^64 trace ids, so many are kept.
    kept_below: f64,
}

#[derive(Debug, Default)]
struct Counts {
    sent: AtomicU64,
    dropped: AtomicU64,
}

impl Tracer {
    /// Begins to send.
    pub(crate) fn start(options: &TraceOptions) -> Result<Self, StartError> {
        let target = Target::new(&options.endpoint, "/v1/traces").map_err(|reason| {
            StartError::Collector { endpoint: options.endpoint.clone(), reason }
        })?;
        let (queue, spans) = mpsc::channel(QUEUE);
        let counts = Arc::new(Counts::default());
        let sending = send_all(spans, target, options.service_name.clone(), Arc::clone(&counts));
        Ok(Self {
            queue: Mutex::new(Some(queue)),
            sending: Mutex::new(Some(tokio::spawn(sending))),
            counts,
            kept_below: options.ratio.clamp(0.0, 1.0),
        })
    }

    /// The span of a request: of its caller's trace, or of one that begins here. The caller decides
    /// whether its trace is kept; of others a share is.
    pub(crate) fn span_of(&self, headers: &HeaderMap) -> TraceContext {
        TraceContext::continued(headers).unwrap_or_else(|| {
            let mut context = TraceContext::begun(true);
            context.sampled = share(&context.trace) < self.kept_below;
            context
        })
    }

    /// Takes a span.
    pub(crate) fn record(&self, span: Span) {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = queue.as_ref().is_some_and(|queue| queue.try_send(span).is_ok());
        if !taken {
            self.counts.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Sends what is left.
    pub(crate) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let sending = self.sending.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(sending) = sending {
            let _ = timeout(LAST, sending).await;
        }
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let counter = |name, help, count: &AtomicU64| {
            let value = u32::try_from(count.load(Ordering::Relaxed)).unwrap_or(u32::MAX);
            Metric { name, help, kind: Kind::Counter, value: value.into() }
        };
        vec![
            counter("groundplan_spans_sent_total", "Spans sent.", &self.counts.sent),
            counter("groundplan_spans_dropped_total", "Spans lost.", &self.counts.dropped),
        ]
    }
}

/// Where a trace lies between 0 and 1, by the random end of its id.
fn share(trace: &[u8; 16]) -> f64 {
    let [.., a, b, c, d] = *trace;
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

async fn send_all(
    mut spans: mpsc::Receiver<Span>,
    target: Target,
    service: String,
    counts: Arc<Counts>,
) {
    let mut is_well = true;
    while let Some(batch) = next_batch(&mut spans).await {
        let message = otlp::message(&service, &batch).to_string();
        let sent = target.post("application/json", message).await;
        let counted = if sent.is_ok() { &counts.sent } else { &counts.dropped };
        counted.fetch_add(u64::try_from(batch.len()).unwrap_or(0), Ordering::Relaxed);
        // One line when it begins to fail, not one a second.
        if let (Err(reason), true) = (&sent, is_well) {
            tracing::warn!(%reason, collector = target.address(), "spans are lost");
        }
        is_well = sent.is_ok();
    }
}

/// What gathers in a moment; `None` at the end.
async fn next_batch(spans: &mut mpsc::Receiver<Span>) -> Option<Vec<Span>> {
    let mut batch = vec![spans.recv().await?];
    let end = Instant::now() + GATHER;
    while batch.len() < BATCH {
        match timeout_at(end, spans.recv()).await {
            Ok(Some(span)) => batch.push(span),
            Ok(None) | Err(_) => break,
        }
    }
    Some(batch)
}
