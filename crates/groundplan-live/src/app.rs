//! A plan that is being served, and the way of every request through it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;

use groundplan_model::schema::SchemaSql;
use groundplan_model::service::{Builtin, ErrorShape, ServicePlan};
use http::header::{ALLOW, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, Request};
use hyper::body::Incoming;

use crate::Fault;
use crate::answer::{self, Body, Response};
use crate::auth::{ANONYMOUS, Verifier};
use crate::caller::Caller;
use crate::callers::Callers;
use crate::endpoint::{Asked, Endpoint};
use crate::exchange::{Exchange, Seen, accept, coding};
use crate::health::Pages;
use crate::host::Host;
use crate::idempotency::Keys;
use crate::jobs::Jobs;
use crate::limits::Limiter;
use crate::observe::metrics::Metrics;
use crate::outside::Services;
use crate::problem::Problem;
use crate::queue;
use crate::refused::Refused;
use crate::router::{Found, Router};
use crate::service::{Database, RunOptions, Side, StartError};
use crate::shared::Shared;
use crate::store::Store;
use crate::store::audit::Watched;

/// A plan with everything that its requests share.
pub(crate) struct App {
    pub(crate) plan: Arc<ServicePlan>,
    pub(crate) host: Arc<Host>,
    pub(crate) store: Arc<Store>,
    pub(crate) verifier: Option<Verifier>,
    pub(crate) callers: Callers,
    pub(crate) limiter: Option<Arc<Limiter>>,
    tenants: Callers,
    /// Who calls where nobody is asked.
    pub(crate) nobody: Caller,
    pub(crate) shared: Shared,
    pub(crate) keys: Arc<Keys>,
    pub(crate) fault: Option<Fault>,
    pub(crate) metrics: Metrics,
    /// Other services that rules call.
    pub(crate) services: Arc<Services>,
    pub(crate) jobs: Jobs,
    /// Whether writes are recorded.
    pub(crate) records: bool,
    pub(crate) router: Router,
    pub(crate) endpoints: Vec<Endpoint>,
    pages: Pages,
    /// The tables that the store was opened for.
    schema: SchemaSql,
}

/// What a plan takes over from the one before.
struct Lasting {
    host: Arc<Host>,
    store: Arc<Store>,
    limiter: Option<Arc<Limiter>>,
    keys: Arc<Keys>,
    shared: Shared,
    services: Arc<Services>,
}

impl App {
    pub(crate) fn new(
        plan: Arc<ServicePlan>,
        options: RunOptions,
        host: Arc<Host>,
    ) -> Result<Self, StartError> {
        let store = Arc::new(Store::open(&options)?);
        let limiter = plan.rate_limit.as_ref().map(|limit| Arc::new(Limiter::new(limit)));
        let shared = Shared::open(&plan, &options)?;
        let services = Arc::new(Services::new(&plan, &options.http.outside)?);
        let lasting = Lasting { host, store, limiter, keys: Arc::default(), shared, services };
        Self::with(plan, options, lasting)
    }

    /// An app of another plan on the same rows. Callers keep their counts where the limit is the
    /// same.
    pub(crate) fn replaced(
        &self,
        plan: Arc<ServicePlan>,
        options: RunOptions,
    ) -> Result<Self, StartError> {
        let store = self.store_for(&options)?;
        let allowed = |plan: &ServicePlan| {
            plan.rate_limit.as_ref().map(|limit| (limit.count, limit.window_s))
        };
        let limiter = match &self.limiter {
            Some(limiter) if allowed(&plan) == allowed(&self.plan) => Some(Arc::clone(limiter)),
            _ => plan.rate_limit.as_ref().map(|limit| Arc::new(Limiter::new(limit))),
        };
        let shared = self.shared.replaced(&plan, &options);
        let services = match self.services.are_of(&plan) {
            true => Arc::clone(&self.services),
            false => Arc::new(Services::new(&plan, &options.http.outside)?),
        };
        let (host, keys) = (Arc::clone(&self.host), Arc::clone(&self.keys));
        Self::with(plan, options, Lasting { host, store, limiter, keys, shared, services })
    }

    /// The rows for the tables of `options`: these, or the same database opened anew, which brings
    /// its tables up to the document. What is in memory cannot be opened twice.
    fn store_for(&self, options: &RunOptions) -> Result<Arc<Store>, StartError> {
        match options.database {
            _ if options.schema == self.schema => Ok(Arc::clone(&self.store)),
            Database::Memory => Err(StartError::OtherTables),
            Database::File(_) | Database::Postgres(_) => Store::open(options).map(Arc::new),
        }
    }

    fn with(
        plan: Arc<ServicePlan>,
        options: RunOptions,
        lasting: Lasting,
    ) -> Result<Self, StartError> {
        let Lasting { host, store, limiter, keys, shared, services } = lasting;
        let records = options.audit.is_on(&plan);
        let plan = if records { plan } else { without_histories(plan) };
        let fault = options.fault;
        let verifier = verifier(&plan, &options)?;
        let endpoints: Vec<Endpoint> =
            (0..plan.routes.len()).filter_map(|at| Endpoint::new(&plan, at, fault)).collect();
        let actions = endpoints.iter().flat_map(|it| std::iter::once(&it.action).chain(&it.wider));
        let statements = actions.flat_map(|action| action.statements());
        store.watch(&if records { Watched::all(&plan) } else { Vec::new() })?;
        let jobs = Jobs::new(&plan, records);
        store.try_out(statements.chain(jobs.statements()))?;
        let pages = Pages::new(&plan, &options, records);
        let patterns = endpoints.iter().map(|it| it.pattern.as_str()).chain(pages.paths());
        Ok(Self {
            metrics: Metrics::new(patterns),
            callers: Callers::new(&plan),
            tenants: Callers::tenants(&plan),
            nobody: Caller::named(Callers::new(&plan).name(ANONYMOUS.into())),
            verifier,
            router: Router::new(&plan.routes),
            schema: options.schema,
            jobs,
            records,
            limiter,
            services,
            shared,
            keys,
            fault,
            endpoints,
            pages,
            plan,
            host,
            store,
        })
    }

    /// Answers any request.
    pub(crate) async fn answer(
        &self,
        request: Request<Incoming>,
        peer: &Arc<str>,
        side: Side,
    ) -> Response {
        let _active = self.host.active.enter();
        let (mut parts, body) = request.into_parts();
        let exchange = Exchange::begin(&self.host, &parts);
        if self.asks_others() {
            parts.extensions.insert(exchange.onward());
        }
        if !parts.method.is_safe() && (self.records || self.plan.defers()) {
            parts.extensions.insert(exchange.request_id());
        }
        let (response, seen) = self.answer_caught(&parts, body, peer, side).await;
        exchange.end(self, &parts, response, &seen)
    }

    /// Whether a request may make this service ask another one.
    fn asks_others(&self) -> bool {
        self.host.upstream.is_some() || !self.services.is_empty()
    }

    /// A panic on the way becomes a 500 of this one request.
    async fn answer_caught<'a>(
        &'a self,
        parts: &'a Parts,
        body: Incoming,
        peer: &'a Arc<str>,
        side: Side,
    ) -> (Response, Seen<'a>) {
        let mut answering = std::pin::pin!(self.dispatch(parts, body, peer, side));
        std::future::poll_fn(|context| {
            let poll = AssertUnwindSafe(|| answering.as_mut().poll(context));
            let broken = |_| Poll::Ready((self.broken(parts), Seen::nothing()));
            std::panic::catch_unwind(poll).unwrap_or_else(broken)
        })
        .await
    }

    fn broken(&self, parts: &Parts) -> Response {
        tracing::error!("a request made the service panic; please report this");
        let message = "the service failed; its log says more";
        self.problem(&Problem::new(500, "internal", message), parts)
    }

    async fn dispatch<'a>(
        &'a self,
        parts: &'a Parts,
        body: Incoming,
        peer: &'a Arc<str>,
        side: Side,
    ) -> (Response, Seen<'a>) {
        let path = parts.uri.path();
        let found = match side {
            Side::Front => self.router.find(parts.method.as_str(), path),
            Side::Admin => Found::Nothing,
        };
        let (response, seen) = match found {
            Found::Route(index, params) => {
                let Some(endpoint) = self.endpoints.get(index) else {
                    return (self.nothing(parts), Seen::nothing());
                };
                let asked = Asked { parts, params: &params, body, peer };
                let (response, subject) = endpoint.answer(self, asked).await;
                (response, Seen { pattern: &endpoint.pattern, route: Some(index), subject })
            }
            Found::Options(allow) => (with_allow(answer::empty(204), &allow), Seen::nothing()),
            Found::NotAllowed(allow) => (self.not_allowed(parts, &allow), Seen::nothing()),
            Found::Nothing => Box::pin(self.built_in(parts, body, side)).await,
        };
        (self.shrunk(parts, response), seen)
    }

    fn shrunk(&self, parts: &Parts, response: Response) -> Response {
        match self.host.http.compress_from_bytes {
            Some(bytes) => coding::shrink(&parts.headers, response, bytes),
            None => response,
        }
    }

    /// A page that a path of the document names.
    pub(crate) async fn page(&self, builtin: Builtin, parts: &Parts, body: Incoming) -> Response {
        match self.pages.of(builtin) {
            Some(page) => page.answer(self, parts, body).await,
            None => self.nothing(parts),
        }
    }

    async fn built_in<'a>(
        &'a self,
        parts: &'a Parts,
        body: Incoming,
        side: Side,
    ) -> (Response, Seen<'a>) {
        let path = parts.uri.path();
        if path == "*" && parts.method == http::Method::OPTIONS {
            return (answer::empty(204), Seen::nothing());
        }
        if let Some(answer) = self.verifier.as_ref().and_then(|it| it.well_known(parts)) {
            return (answer, Seen::nothing());
        }
        if let Some(id) = path.strip_prefix(queue::PATH)
            && side == Side::Front
            && self.plan.defers()
        {
            return (self.job(parts, id).await, Seen::nothing());
        }
        let Some((number, page)) = self.pages.find(path, side) else {
            return (self.nothing(parts), Seen::nothing());
        };
        let allow = page.allow();
        let response = match parts.method.as_str() {
            "OPTIONS" => with_allow(answer::empty(204), allow),
            method if allow.split(", ").any(|it| it == method) => {
                page.answer(self, parts, body).await
            }
            _ => self.not_allowed(parts, allow),
        };
        let route = Some(self.endpoints.len() + number);
        (response, Seen { pattern: path, route, subject: None })
    }

    /// What has become of the caller's job `id`.
    async fn job(&self, parts: &Parts, id: &str) -> Response {
        const ALLOW: &str = "GET, HEAD, OPTIONS";
        match parts.method.as_str() {
            "OPTIONS" => return with_allow(answer::empty(204), ALLOW),
            "GET" | "HEAD" => {}
            _ => return self.not_allowed(parts, ALLOW),
        }
        let found = async {
            let caller = match &self.verifier {
                Some(verifier) => self.named(verifier.caller(&parts.headers, &self.store).await?),
                None => self.nobody.clone(),
            };
            queue::page(self, caller, id).await
        };
        found.await.unwrap_or_else(|refused| self.refuse(parts, &refused))
    }

    /// A refusal outside of the document's endpoints.
    fn refuse(&self, parts: &Parts, refused: &Refused) -> Response {
        let status = refused.refusal.statuses().first().copied().unwrap_or(500);
        let problem = Problem::new(status, refused.refusal.code(), refused.message.as_ref());
        let mut response = self.problem(&problem, parts);
        if status == 401 {
            let scheme = self.verifier.as_ref().map_or("Bearer", |it| it.challenge());
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
        }
        response
    }

    /// Everything that is counted, in Prometheus' text form.
    pub(crate) fn metrics_text(&self) -> String {
        let others = [self.host.metrics(), self.shared.metrics(), self.store.metrics()].concat();
        let mut text = self.metrics.text(&others);
        if let Some(upstream) = &self.host.upstream {
            upstream.write_metrics(&mut text);
        }
        self.services.write_metrics(&mut text);
        text
    }

    fn nothing(&self, parts: &Parts) -> Response {
        let message = format!("there is nothing at {}; `/` lists what there is", parts.uri.path());
        self.problem(&Problem::new(404, "not_found", message), parts)
    }

    fn not_allowed(&self, parts: &Parts, allow: &str) -> Response {
        let message = format!("this path has other methods: {allow}");
        let problem = Problem::new(405, "method_not_allowed", message);
        with_allow(self.problem(&problem, parts), allow)
    }

    /// Whether a caller did not say who they are.
    pub(crate) fn is_nobody(&self, caller: &Caller) -> bool {
        Arc::ptr_eq(&caller.subject, &self.nobody.subject)
    }

    /// A caller in the forms in which rows name owners and tenants.
    pub(crate) fn named(&self, caller: Caller) -> Caller {
        let tenant = caller.tenant.map(|tenant| self.tenants.name(tenant));
        Caller { subject: self.callers.name(caller.subject), tenant, roles: caller.roles }
    }

    /// An error answer in the document's form, or as problem details where the client of `parts`
    /// asks for them.
    pub(crate) fn problem(&self, problem: &Problem<'_>, parts: &Parts) -> Response {
        let details = accept::names(&parts.headers, accept::PROBLEM);
        let shape = if details { &ErrorShape::Problem } else { &self.plan.error_shape };
        let response = problem.answer(shape);
        if self.fault != Some(Fault::WrongErrorBody) {
            return response;
        }
        let (parts, _) = response.into_parts();
        Response::from_parts(parts, Body::of(br#"{"oops":true}"#.as_slice()))
    }
}

/// The same service where no audit log is kept: a table that is not there cannot be read.
fn without_histories(plan: Arc<ServicePlan>) -> Arc<ServicePlan> {
    let mut plan = Arc::unwrap_or_clone(plan);
    plan.forget_histories();
    Arc::new(plan)
}

/// What lets callers in. The keys of a provider are read here, on a thread that may wait.
fn verifier(plan: &ServicePlan, options: &RunOptions) -> Result<Option<Verifier>, StartError> {
    let Some(auth) = &plan.auth else { return Ok(None) };
    let opened = Verifier::open(auth, &options.key, &options.auth);
    Ok(Some(tokio::runtime::Handle::current().block_on(opened)?))
}

fn with_allow(mut response: Response, allow: &str) -> Response {
    if let Ok(allow) = HeaderValue::try_from(allow) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}
