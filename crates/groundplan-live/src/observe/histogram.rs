//! How long requests took, by method and status, in buckets. Counting is two additions without a
//! lock.

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Method;

#[cfg(test)]
mod tests;

/// Upper bounds in seconds: those of OpenTelemetry's `http.server.request.duration`.
const BOUNDS: [(f64, &str); 14] = [
    (0.005, "0.005"),
    (0.01, "0.01"),
    (0.025, "0.025"),
    (0.05, "0.05"),
    (0.075, "0.075"),
    (0.1, "0.1"),
    (0.25, "0.25"),
    (0.5, "0.5"),
    (0.75, "0.75"),
    (1.0, "1"),
    (2.5, "2.5"),
    (5.0, "5"),
    (7.5, "7.5"),
    (10.0, "10"),
];

/// Pairs of method and status that one route tells apart; more than it can answer.
const SERIES: usize = 24;

/// Methods by the names that standards give them; any other is `_OTHER`.
const METHODS: [&str; 9] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

/// The requests of one route.
#[derive(Debug, Default)]
pub(crate) struct Histograms {
    series: [OnceLock<Box<Series>>; SERIES],
}

#[derive(Debug)]
struct Series {
    method: &'static str,
    status: u16,
    /// How many requests ended in each bucket, the last of which has no bound.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    sum_ns: AtomicU64,
}

impl Histograms {
    /// Counts a request.
    pub(crate) fn count(&self, method: &Method, status: u16, took: Duration) {
        let method = known(method);
        let fits = |series: &&Series| series.method == method && series.status == status;
        let mut cells = self.series.iter();
        let series = cells.find_map(|cell| {
            let series = &**cell.get_or_init(|| Box::new(Series::new(method, status)));
            Some(series).filter(fits)
        });
        if let Some(series) = series {
            series.count(took);
        }
    }

    /// Writes the series in Prometheus' text form. `route` is escaped already.
    pub(crate) fn write(&self, name: &str, route: &str, text: &mut String) {
        for series in self.series.iter().filter_map(OnceLock::get) {
            series.write(name, route, text);
        }
    }
}

impl Series {
    fn new(method: &'static str, status: u16) -> Self {
        Self { method, status, buckets: Default::default(), sum_ns: AtomicU64::new(0) }
    }

    fn count(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let at = BOUNDS.iter().position(|(bound, _)| seconds <= *bound).unwrap_or(BOUNDS.len());
        if let Some(bucket) = self.buckets.get(at) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        let ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.sum_ns.fetch_add(ns, Ordering::Relaxed);
    }

    fn write(&self, name: &str, route: &str, text: &mut String) {
        let labels = format!(
            "http_request_method=\"{}\",http_route=\"{route}\",http_response_status_code=\"{}\"",
            self.method, self.status
        );
        let bounds = BOUNDS.iter().map(|(_, name)| *name).chain(["+Inf"]);
        let mut count = 0;
        for (bucket, bound) in self.buckets.iter().zip(bounds) {
            count += bucket.load(Ordering::Relaxed);
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {count}");
        }
        let sum = Duration::from_nanos(self.sum_ns.load(Ordering::Relaxed)).as_secs_f64();
        let _ = writeln!(text, "{name}_sum{{{labels}}} {sum}\n{name}_count{{{labels}}} {count}");
    }
}

fn known(method: &Method) -> &'static str {
    METHODS.into_iter().find(|name| *name == method.as_str()).unwrap_or("_OTHER")
}
