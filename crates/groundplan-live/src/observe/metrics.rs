//! Counts of a running service, and their text form for Prometheus.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Method;

use super::histogram::Histograms;
use super::process;

#[cfg(test)]
mod tests;

const DURATION: &str = "http_server_request_duration_seconds";

/// The media type of the text form.
pub(crate) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A number with a name.
#[derive(Clone, Debug)]
pub(crate) struct Metric {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) kind: Kind,
    pub(crate) value: f64,
}

/// How a number moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Up only.
    Counter,
    /// Up and down.
    Gauge,
}

/// Times of requests by route. The last route is that of every path that is none.
#[derive(Debug)]
pub(crate) struct Metrics {
    routes: Vec<(String, Histograms)>,
}

/// How many of something there are just now.
#[derive(Debug, Default)]
pub(crate) struct Gauge(AtomicUsize);

/// One of those that a [`Gauge`] counts, until it is dropped.
#[derive(Debug)]
pub(crate) struct Counted<'g>(&'g Gauge);

impl Metrics {
    /// For routes with these patterns.
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let patterns = patterns.into_iter().chain(["-"]);
        Self { routes: patterns.map(|it| (escaped(it), Histograms::default())).collect() }
    }

    /// Counts a request of the route at `route`; `None` for a path that is none.
    pub(crate) fn count(&self, route: Option<usize>, method: &Method, status: u16, took: Duration) {
        let last = self.routes.len().saturating_sub(1);
        if let Some((_, histograms)) = self.routes.get(route.unwrap_or(last)) {
            histograms.count(method, status, took);
        }
    }

    /// The text form of these, of `others`, and of the process.
    pub(crate) fn text(&self, others: &[Metric]) -> String {
        let mut text = format!(
            "# HELP {DURATION} Time from a request's head to its answer.\n\
             # TYPE {DURATION} histogram\n"
        );
        self.routes.iter().for_each(|(route, it)| it.write(DURATION, route, &mut text));
        others.iter().for_each(|it| it.write(&mut text));
        process::metrics().iter().for_each(|it| it.write(&mut text));
        text
    }
}

impl Metric {
    fn write(&self, text: &mut String) {
        let Self { name, help, value, .. } = self;
        let kind = match self.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
        };
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
    }
}

impl Gauge {
    /// Counts one more as long as the value lives.
    pub(crate) fn enter(&self) -> Counted<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Counted(self)
    }

    pub(crate) fn value(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// As a number of Prometheus.
    pub(crate) fn metric(&self, name: &'static str, help: &'static str) -> Metric {
        gauge(name, help, self.value())
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A count that goes up and down.
pub(crate) fn gauge(name: &'static str, help: &'static str, count: usize) -> Metric {
    let value = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Metric { name, help, kind: Kind::Gauge, value }
}

/// A label's value: backslashes, quotes and line ends are escaped.
pub(crate) fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
