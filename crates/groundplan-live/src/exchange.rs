//! What every exchange has besides its route: an id, a trace, a time, and what the client says about
//! the form of the answer. One file a header; nothing here knows the document.

pub(crate) mod accept;
pub(crate) mod coding;
pub(crate) mod conditional;
pub(crate) mod cors;
pub(crate) mod prefer;
mod protection;
pub(crate) mod redact;
pub(crate) mod request_id;
pub(crate) mod trace_context;
mod weighted;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::answer::Response;
use crate::app::App;
use crate::host::Host;
use crate::observe::tracer::Span;
use crate::outside::{Onward, PassedOn};

use request_id::RequestId;
use trace_context::{TraceContext, hex};

static SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// A request that is being answered.
pub(crate) struct Exchange {
    began: Instant,
    id: HeaderValue,
    trace: Option<TraceContext>,
}

/// What is told of a request: its route and its caller.
pub(crate) struct Seen<'a> {
    /// The path as the document writes it; `-` where it is none of ours.
    pub(crate) pattern: &'a str,
    /// The number that metrics count it under.
    pub(crate) route: Option<usize>,
    pub(crate) subject: Option<Arc<str>>,
}

impl Seen<'_> {
    /// No route at all.
    pub(crate) fn nothing() -> Self {
        Self { pattern: "-", route: None, subject: None }
    }
}

impl Exchange {
    /// The begin of an exchange.
    pub(crate) fn begin(host: &Host, parts: &Parts) -> Self {
        let trace = match &host.tracer {
            Some(tracer) => Some(tracer.span_of(&parts.headers)),
            None => TraceContext::continued(&parts.headers),
        };
        Self { began: Instant::now(), id: host.ids.of(&parts.headers), trace }
    }

    /// What a request to another service has to say of this one.
    pub(crate) fn onward(&self) -> Onward {
        Onward { id: self.id.clone(), trace: self.trace }
    }

    /// The request's id, to be taken along.
    pub(crate) fn request_id(&self) -> RequestId {
        RequestId(self.id.clone())
    }

    /// The end: the answer as it is sent. It is counted, traced and logged.
    pub(crate) fn end(
        self,
        app: &App,
        parts: &Parts,
        mut response: Response,
        seen: &Seen<'_>,
    ) -> Response {
        let took = self.began.elapsed();
        let status = response.status().as_u16();
        app.metrics.count(seen.route, &parts.method, status, took);
        self.trace_to(&app.host, parts, status, seen, took);
        let upstream = response.extensions().get::<PassedOn>().map_or("-", |it| it.as_str());
        self.log(&app.host, parts, (status, upstream), seen, took);
        self.describe(&app.host, parts, response.headers_mut(), took);
        response
    }

    fn describe(self, host: &Host, parts: &Parts, headers: &mut HeaderMap, took: Duration) {
        protection::describe(headers);
        if host.http.server_timing {
            let timing = format!("app;dur={:.3}", took.as_secs_f64() * 1000.0);
            let value = HeaderValue::try_from(timing).ok();
            value.map(|value| headers.insert(SERVER_TIMING.clone(), value));
        }
        if let Some(trace) = &self.trace {
            trace.say(headers);
        }
        if let Some(cors) = &host.cors {
            cors.describe(parts, headers);
        }
        request_id::say(headers, self.id);
    }

    fn trace_to(&self, host: &Host, parts: &Parts, status: u16, seen: &Seen<'_>, took: Duration) {
        let sampled = self.trace.filter(|context| context.sampled);
        let (Some(tracer), Some(context)) = (&host.tracer, sampled) else { return };
        tracer.record(Span {
            context,
            method: parts.method.as_str().to_owned(),
            route: seen.pattern.to_owned(),
            path: parts.uri.path().to_owned(),
            status,
            request_id: self.id_text().to_owned(),
            ended: SystemTime::now(),
            took,
        });
    }

    fn id_text(&self) -> &str {
        self.id.to_str().unwrap_or("-")
    }

    fn log(
        &self,
        host: &Host,
        parts: &Parts,
        (status, upstream): (u16, &'static str),
        seen: &Seen<'_>,
        took: Duration,
    ) {
        let failed = status >= 500;
        // Without a log at this level nothing is put together.
        if !failed && !tracing::enabled!(tracing::Level::DEBUG) {
            return;
        }
        let method = parts.method.as_str();
        let duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let route = seen.pattern;
        let subject = host.redaction.value("subject", seen.subject.as_deref().unwrap_or("-"));
        let query = host.redaction.query(parts.uri.query().unwrap_or_default());
        let request = self.id_text();
        let trace = self.trace.map_or_else(|| "-".to_owned(), |it| hex(&it.trace));
        // An event's level is a constant of its place.
        macro_rules! tell {
            ($level:ident) => {
                tracing::$level!(
                    method,
                    route,
                    query,
                    status,
                    duration_us,
                    subject,
                    request,
                    trace,
                    upstream,
                    "request"
                )
            };
        }
        if failed { tell!(info) } else { tell!(debug) }
    }
}
