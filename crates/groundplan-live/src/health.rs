//! Built-in paths: health, metrics, the plan, the OpenAPI file, the API page, and an index of them.

mod audit;
mod control;

use bytes::Bytes;
use groundplan_model::service::{Builtin, Operation, Route, ServicePlan};
use http::Method;
use http::request::Parts;
use hyper::body::Incoming;
use serde_json::{Map, Value, json};

use crate::answer::{self, Response};
use crate::app::App;
use crate::exchange::accept::JSON;
use crate::observe::metrics::MEDIA_TYPE;
use crate::service::{RunOptions, Side};

/// The built-in paths of a service.
pub(crate) struct Pages {
    pages: Vec<(&'static str, For, Page)>,
    /// Whether operators have a place of their own.
    apart: bool,
}

/// Whom a path is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Anybody,
    Clients,
    Operators,
}

/// What a built-in path answers.
pub(crate) enum Page {
    /// A text that never changes.
    Text(&'static str, Bytes),
    /// The process runs.
    Live,
    /// What the service needs is there.
    Ready,
    /// Counts and times.
    Metrics,
    /// Rows are thrown away, and those of the start put in again.
    Reset,
    /// All rows are taken out, or replaced.
    Snapshot,
    /// What was written by whom.
    Audit,
}

/// Something that the service needs.
struct Component {
    name: String,
    state: &'static str,
    /// Whether the service does without.
    is_optional: bool,
}

/// The state of what is there.
const READY: &str = "ready";

impl Component {
    fn new(name: &str, is_ready: bool, is_optional: bool) -> Self {
        let state = if is_ready { READY } else { "unavailable" };
        Self { name: name.to_owned(), state, is_optional }
    }
}

impl Pages {
    /// Those of `plan`, whose writes are recorded or not.
    pub(crate) fn new(plan: &ServicePlan, options: &RunOptions, records: bool) -> Self {
        let text = |kind, body: &str| Page::Text(kind, Bytes::copy_from_slice(body.as_bytes()));
        let mut pages = vec![
            ("/", For::Clients, text(JSON, &index(plan))),
            ("/openapi.json", For::Clients, text(JSON, &options.openapi)),
            ("/docs", For::Clients, text("text/html; charset=utf-8", &options.api_page)),
            ("/livez", For::Anybody, Page::Live),
            ("/readyz", For::Anybody, Page::Ready),
            ("/healthz", For::Anybody, Page::Ready),
            ("/metrics", For::Operators, Page::Metrics),
            ("/_proto/plan", For::Operators, text(JSON, &options.plan)),
            (
                "/_proto/coverage",
                For::Operators,
                text(JSON, &coverage(plan, options.http.outside.upstream.is_some())),
            ),
        ];
        if options.http.control {
            pages.push(("/_proto/reset", For::Operators, Page::Reset));
            pages.push(("/_proto/snapshot", For::Operators, Page::Snapshot));
        }
        // The log holds what callers may not see of one another.
        if records && (options.http.control || options.http.admin.is_some()) {
            pages.push(("/_proto/audit", For::Operators, Page::Audit));
        }
        Self { pages, apart: options.http.admin.is_some() }
    }

    /// The paths, in the order of the numbers that [`Pages::find`] gives.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|(path, _, _)| *path)
    }

    /// The page behind a built-in endpoint of the document.
    pub(crate) fn of(&self, builtin: Builtin) -> Option<&Page> {
        let path = match builtin {
            Builtin::Live => "/livez",
            Builtin::Ready => "/readyz",
            Builtin::Metrics => "/metrics",
            Builtin::OpenApi => "/openapi.json",
            Builtin::Docs => "/docs",
        };
        self.pages.iter().find(|(own, _, _)| *own == path).map(|(_, _, page)| page)
    }

    /// The page at `path` for those who came in at `side`, with its number.
    pub(crate) fn find(&self, path: &str, side: Side) -> Option<(usize, &Page)> {
        let mut numbered = self.pages.iter().enumerate();
        let (number, (_, whom, page)) = numbered.find(|(_, (own, _, _))| *own == path)?;
        let is_shown = match (whom, side) {
            (For::Anybody, _) | (For::Clients, Side::Front) | (For::Operators, Side::Admin) => true,
            (For::Operators, Side::Front) => !self.apart,
            (For::Clients, Side::Admin) => false,
        };
        is_shown.then_some((number, page))
    }
}

fn index(plan: &ServicePlan) -> String {
    let index = json!({
        "title": plan.title,
        "version": plan.version,
        "docs": "/docs",
        "openapi": "/openapi.json",
        "live": "/livez",
        "ready": "/readyz",
    });
    index.to_string()
}

/// How every endpoint's answers come about, and how many of each kind there are. An upstream is
/// asked for what is not derived before anything else is answered.
fn coverage(plan: &ServicePlan, has_upstream: bool) -> String {
    let counts =
        plan.coverage().map(|(handler, count)| (handler.as_str().to_owned(), json!(count)));
    let route = |route: &Route| {
        json!({
            "method": route.method.as_str(),
            "path": route.path_text(),
            "handler": route.handler().as_str(),
            "upstream": has_upstream && matches!(route.operation, Operation::Underived(_)),
            "rule": route.deciding_rule(),
            "line": plan.source.line(route.span.range().start),
            "reason": match &route.operation {
                Operation::Underived(reason) => Some(reason),
                _ => None,
            },
        })
    };
    let coverage = json!({
        "endpoints": plan.routes.len(),
        "handlers": Map::from_iter(counts),
        "routes": plan.routes.iter().map(route).collect::<Vec<Value>>(),
    });
    coverage.to_string()
}

impl Page {
    /// The methods that it has.
    pub(crate) fn allow(&self) -> &'static str {
        match self {
            Self::Reset => "POST, OPTIONS",
            Self::Snapshot => "GET, HEAD, PUT, OPTIONS",
            _ => "GET, HEAD, OPTIONS",
        }
    }

    pub(crate) async fn answer(&self, app: &App, parts: &Parts, body: Incoming) -> Response {
        let query = parts.uri.query();
        match self {
            Self::Reset => control::reset(app, parts).await,
            Self::Snapshot if parts.method == Method::PUT => {
                control::restore(app, parts, body).await
            }
            Self::Snapshot => control::snapshot(app, parts).await,
            Self::Audit => audit::page(app, parts).await,
            Self::Text(kind, body) => answer::new(200, kind, Bytes::clone(body)),
            Self::Live => answer::json(200, br#"{"status":"live"}"#.to_vec()),
            Self::Ready => ready(app, query.is_some_and(asks_for_all)).await,
            Self::Metrics => answer::new(200, MEDIA_TYPE, app.metrics_text()),
        }
    }
}

fn asks_for_all(query: &str) -> bool {
    query.split('&').any(|it| it == "verbose" || it.starts_with("verbose="))
}

async fn ready(app: &App, verbose: bool) -> Response {
    let components = components(app, verbose).await;
    let missing = components.iter().find(|it| it.state != READY && !it.is_optional);
    let status = if missing.is_some() { 503 } else { 200 };
    let mut body = json!({ "status": match missing {
        Some(component) => format!("{} unavailable", component.name),
        None => "ready".to_owned(),
    }});
    if let Some(members) = body.as_object_mut().filter(|_| verbose) {
        members.insert("components".to_owned(), Value::Object(shown(&components)));
    }
    answer::json(status, body.to_string().into_bytes())
}

fn shown(components: &[Component]) -> Map<String, Value> {
    let one = |it: &Component| (it.name.clone(), json!({ "status": it.state }));
    components.iter().map(one).collect()
}

/// What the service needs; what it does without is asked only where somebody looks at it.
async fn components(app: &App, verbose: bool) -> Vec<Component> {
    let mut components = vec![Component::new("database", app.store.is_ready().await, false)];
    components.extend(app.shared.is_up().map(|is_up| Component::new("cache", is_up, true)));
    if !verbose {
        return components;
    }
    if let Some(upstream) = &app.host.upstream {
        components.push(Component::new("upstream", upstream.is_up().await, true));
    }
    components.extend(app.services.iter().map(|service| Component {
        name: format!("service {}", service.plan.name),
        state: service.state(),
        is_optional: true,
    }));
    components
}
