//! The shared state of a running service, and the way of every request through it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use groundplan_model::service::ServicePlan;
use http::header::ALLOW;
use http::request::Parts;
use http::{HeaderValue, Request};
use hyper::body::Incoming;

use crate::Fault;
use crate::answer::{self, Response};
use crate::auth::Verifier;
use crate::callers::Callers;
use crate::endpoint::{Asked, Endpoint};
use crate::health::Pages;
use crate::limits::Limiter;
use crate::problem::Problem;
use crate::router::{Found, Router};
use crate::service::{RunOptions, StartError};
use crate::store::Store;

/// Everything that requests share.
pub(crate) struct App {
    pub(crate) plan: Arc<ServicePlan>,
    pub(crate) store: Store,
    pub(crate) verifier: Option<Verifier>,
    pub(crate) callers: Callers,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) fault: Option<Fault>,
    router: Router,
    endpoints: Vec<Endpoint>,
    pages: Pages,
}

/// What a log line says of a request.
struct Seen<'a> {
    pattern: &'a str,
    subject: Option<Arc<str>>,
}

impl App {
    pub(crate) fn new(plan: Arc<ServicePlan>, options: RunOptions) -> Result<Self, StartError> {
        let store = Store::open(&options)?;
        let fault = options.fault;
        let endpoints: Vec<Endpoint> =
            plan.routes.iter().map(|route| Endpoint::new(&plan, route, fault)).collect();
        let statements = endpoints.iter().flat_map(|endpoint| endpoint.action.statements());
        store.try_out(statements)?;
        Ok(Self {
            store,
            callers: Callers::new(&plan),
            verifier: plan.auth.map(|_| Verifier::new(&options.key)),
            limiter: plan.rate_limit.as_ref().map(Limiter::new),
            fault,
            router: Router::new(&plan.routes),
            endpoints,
            pages: Pages::new(&plan, options.openapi, options.api_page),
            plan,
        })
    }

    /// Answers any request. A panic on the way becomes a 500 of this one request.
    pub(crate) async fn answer(&self, request: Request<Incoming>, peer: &Arc<str>) -> Response {
        let mut answering = std::pin::pin!(self.answer_and_log(request, peer));
        std::future::poll_fn(|context| {
            let poll = AssertUnwindSafe(|| answering.as_mut().poll(context));
            std::panic::catch_unwind(poll).unwrap_or_else(|_| Poll::Ready(self.broken()))
        })
        .await
    }

    fn broken(&self) -> Response {
        tracing::error!("a request made the service panic; please report this");
        self.problem(&Problem::new(500, "internal", "the service failed; its log says more"))
    }

    async fn answer_and_log(&self, request: Request<Incoming>, peer: &Arc<str>) -> Response {
        let began = Instant::now();
        let (parts, body) = request.into_parts();
        let (response, seen) = self.dispatch(&parts, body, peer).await;
        log(&parts, &response, &seen, began);
        response
    }

    async fn dispatch<'a>(
        &'a self,
        parts: &'a Parts,
        body: Incoming,
        peer: &'a Arc<str>,
    ) -> (Response, Seen<'a>) {
        let path = parts.uri.path();
        let unseen = |pattern| Seen { pattern, subject: None };
        match self.router.find(parts.method.as_str(), path) {
            Found::Route(index, params) => {
                let Some(endpoint) = self.endpoints.get(index) else {
                    return (self.nothing(path), unseen("-"));
                };
                let asked = Asked { parts, params: &params, body, peer };
                let (response, subject) = endpoint.answer(self, asked).await;
                (response, Seen { pattern: &endpoint.pattern, subject })
            }
            Found::Options(allow) => (with_allow(answer::empty(204), &allow), unseen(path)),
            Found::NotAllowed(allow) => (self.not_allowed(&allow), unseen(path)),
            Found::Nothing => (self.built_in(parts).await, unseen(path)),
        }
    }

    async fn built_in(&self, parts: &Parts) -> Response {
        let path = parts.uri.path();
        let Some(page) = self.pages.find(path) else { return self.nothing(path) };
        let allow = "GET, HEAD, OPTIONS";
        match parts.method.as_str() {
            "GET" | "HEAD" => page.answer(&self.store).await,
            "OPTIONS" => with_allow(answer::empty(204), allow),
            _ => self.not_allowed(allow),
        }
    }

    fn nothing(&self, path: &str) -> Response {
        let message = format!("there is nothing at {path}; `/` lists what there is");
        self.problem(&Problem::new(404, "not_found", message))
    }

    fn not_allowed(&self, allow: &str) -> Response {
        let message = format!("this path has other methods: {allow}");
        let problem = Problem::new(405, "method_not_allowed", message);
        with_allow(self.problem(&problem), allow)
    }

    /// An error answer in the document's form.
    pub(crate) fn problem(&self, problem: &Problem<'_>) -> Response {
        let response = problem.answer(&self.plan.error_shape);
        if self.fault != Some(Fault::WrongErrorBody) {
            return response;
        }
        let (parts, _) = response.into_parts();
        Response::from_parts(parts, br#"{"oops":true}"#.as_slice().into())
    }
}

fn with_allow(mut response: Response, allow: &str) -> Response {
    if let Ok(allow) = HeaderValue::try_from(allow) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

fn log(parts: &Parts, response: &Response, seen: &Seen<'_>, began: Instant) {
    let method = parts.method.as_str();
    let status = response.status().as_u16();
    let duration_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    let (route, subject) = (seen.pattern, seen.subject.as_deref().unwrap_or("-"));
    if response.status().is_server_error() {
        tracing::info!(method, route, status, duration_us, subject, "request");
    } else {
        tracing::debug!(method, route, status, duration_us, subject, "request");
    }
}
