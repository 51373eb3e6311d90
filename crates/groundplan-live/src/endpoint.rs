//! One document route: who calls, how often, with what body; then its action.

mod deferred;

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use groundplan_model::service::{Handler, Operation, Refusal, Route, ServicePlan};
use http::header::{CONTENT_TYPE, IF_MATCH, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode};
use hyper::body::Incoming;

use crate::Fault;
use crate::access::{Gate, without_owners};
use crate::action::rows::{Along, Rows};
use crate::action::{Action, Call};
use crate::answer::{self, Response};
use crate::app::App;
use crate::body;
use crate::cache::Rule;
use crate::caller::Caller;
use crate::example;
use crate::exchange::accept;
use crate::exchange::prefer::{self, Body, Prefer};
use crate::exchange::request_id::RequestId;
use crate::idempotency::{Begun, Entry};
use crate::limits::Left;
use crate::outside::{Onward, PassedOn, Terms, Upstream};
use crate::problem::Problem;
use crate::refused::Refused;
use crate::router::Params;
use crate::store::audit::Origin;

static HANDLER: HeaderName = HeaderName::from_static("prototype-handler");

/// One route, ready to answer.
pub(crate) struct Endpoint {
    /// Its path as the document writes it, for logs.
    pub(crate) pattern: String,
    pub(crate) action: Action,
    /// The action for callers who reach the rows of every owner.
    pub(crate) wider: Option<Action>,
    gate: Gate,
    route: Route,
    takes_body: bool,
    /// The largest form with a file, where the body is one.
    form_bytes: Option<usize>,
    /// Whether requests must name the state of the row.
    wants_state: bool,
    handler: HeaderValue,
    /// The same for answers of the upstream.
    passed_on: HeaderValue,
    /// What it has to do with kept answers.
    cache: Option<Rule>,
}

/// A request for a route.
pub(crate) struct Asked<'a> {
    pub(crate) parts: &'a Parts,
    pub(crate) params: &'a Params<'a>,
    pub(crate) body: Incoming,
    /// The address that asks, for services without callers' names.
    pub(crate) peer: &'a Arc<str>,
}

impl Endpoint {
    /// The endpoint of the route at `at`.
    pub(crate) fn new(plan: &ServicePlan, at: usize, fault: Option<Fault>) -> Option<Self> {
        let route = plan.routes.get(at)?;
        let action = Action::new(plan, route, fault);
        let gate = Gate::new(plan, route);
        let wider = gate.has_wider().then(|| Action::new(&without_owners(plan), route, fault));
        Some(Self {
            wider,
            gate,
            pattern: route.path_text(),
            handler: handler(plan, route, &action),
            passed_on: described(plan, route, "upstream", "D9"),
            action,
            takes_body: route.takes_body() || route.operation.takes_body(),
            form_bytes: form_bytes(&route.operation),
            wants_state: route.operation.changes_a_row() && plan.documents(route, 428),
            route: route.clone(),
            cache: Rule::of(plan, at),
        })
    }

    /// Answers a request; says who asked, where that is known.
    pub(crate) async fn answer(&self, app: &App, asked: Asked<'_>) -> (Response, Option<Arc<str>>) {
        let caller = self.caller(app, asked.parts).await;
        let subject = caller.as_ref().ok().map(|caller| Arc::clone(&caller.subject));
        let (mut response, left) = match caller {
            Err(refused) => (self.refuse(app, asked.parts, &refused), None),
            Ok(caller) => self.admitted(app, asked, caller).await,
        };
        let handler = self.handler_of(&response).clone();
        let headers = response.headers_mut();
        headers.insert(HANDLER.clone(), handler);
        if let (Some(limiter), Some(left)) = (app.limiter.as_deref(), left) {
            limiter.describe(left, headers);
        }
        (response, subject)
    }

    /// Who made an answer.
    fn handler_of(&self, response: &Response) -> &HeaderValue {
        match response.extensions().get::<PassedOn>() {
            None | Some(PassedOn::TakenBack) => &self.handler,
            Some(_) => &self.passed_on,
        }
    }

    async fn caller(&self, app: &App, parts: &Parts) -> Result<Caller, Refused> {
        let nobody = || app.nobody.clone();
        if matches!(self.action, Action::Builtin(_)) {
            return Ok(nobody());
        }
        let Some(verifier) = &app.verifier else { return Ok(nobody()) };
        let caller = match verifier.caller(&parts.headers, &app.store).await {
            Err(_) if self.gate.is_open() || app.fault == Some(Fault::IgnoredAuth) => nobody(),
            caller => app.named(caller?),
        };
        match self.gate.admit(&caller) {
            Err(_) if app.fault == Some(Fault::IgnoredAuth) => Ok(caller),
            admitted => admitted.map(|()| caller),
        }
    }

    async fn admitted(
        &self,
        app: &App,
        asked: Asked<'_>,
        caller: Caller,
    ) -> (Response, Option<Left>) {
        // Whoever does not say who they are is counted by address.
        let by = if app.is_nobody(&caller) { asked.peer } else { &caller.subject };
        let left = match &app.limiter {
            Some(limiter) => Some(limiter.count_with(app.shared.limits(), by).await),
            None => None,
        };
        let refused = app.limiter.as_ref().zip(left).filter(|(_, left)| !left.allowed);
        if let Some((limiter, left)) = refused {
            return (self.refuse(app, asked.parts, &limiter.refuse(left)), Some(left));
        }
        let parts = asked.parts;
        let answered = self.act(app, asked, caller).await;
        (answered.unwrap_or_else(|refused| self.refuse(app, parts, &refused)), left)
    }

    async fn act(&self, app: &App, asked: Asked<'_>, caller: Caller) -> Result<Response, Refused> {
        let Asked { parts, params, .. } = asked;
        // A file has forms of its own.
        let is_file = matches!(self.route.operation, Operation::Export(_) | Operation::Download);
        if let Action::Builtin(builtin) = &self.action {
            return Ok(Box::pin(app.page(*builtin, parts, asked.body)).await);
        }
        if let (Action::Underived(_), Some(upstream)) = (&self.action, &app.host.upstream) {
            return Ok(Box::pin(self.pass_on(app, upstream, asked)).await);
        }
        if !is_file && !accept::takes(&parts.headers, accept::JSON) {
            return Err(not_acceptable());
        }
        if self.wants_state && !parts.headers.contains_key(IF_MATCH) {
            let message = "name the state of the row that you mean with `If-Match`";
            return Err(Refused::new(Refusal::PreconditionRequired, message));
        }
        let body = match self.form_bytes {
            Some(limit) => body::read_form(&app.host, parts, asked.body, limit).await?,
            None if self.takes_body => body::read(&app.host, parts, asked.body).await?,
            None => Bytes::new(),
        };
        let answered = self.act_once(app, parts, params, caller, body).await?;
        let reads = parts.method.is_safe() || self.route.operation.is_list();
        Ok(if reads { answered } else { preferred(parts, answered) })
    }

    /// Acts; for a request with an idempotency key only if it is the first one with that.
    async fn act_once(
        &self,
        app: &App,
        parts: &Parts,
        params: &Params<'_>,
        caller: Caller,
        body: Bytes,
    ) -> Result<Response, Refused> {
        let Some(entry) = Entry::of(parts, &caller, &body)? else {
            let store = Rows::new(&app.store, None, self.origin(app, parts, &caller));
            return self.accept(app, called(app, store, caller, (params, parts, body))).await;
        };
        let claim = match Box::pin(app.keys.begin(&app.store, entry)).await? {
            Begun::Again(response) => return Ok(response),
            Begun::First(claim) => claim,
        };
        let origin = self.origin(app, parts, &caller);
        let store = Rows::new(&app.store, Some(Along::Key(claim.entry())), origin);
        let call = called(app, store, caller, (params, parts, body));
        let answered = self.accept(app, call).await?;
        Ok(Box::pin(claim.finish(&app.store, answered)).await)
    }

    /// What the request's writes are recorded with, where they are.
    fn origin(&self, app: &App, parts: &Parts, caller: &Caller) -> Option<Origin> {
        if !app.records || parts.method.is_safe() {
            return None;
        }
        let id = parts.extensions.get::<RequestId>().map(RequestId::text);
        Some(Origin::request(caller, parts.method.as_str(), &self.pattern, id))
    }

    async fn run(&self, app: &App, call: Call<'_>) -> Result<Response, Refused> {
        let (parts, params) = (call.parts, call.params);
        let wider = self.wider.as_ref().filter(|_| self.gate.reaches_all(&call.caller));
        let action = wider.unwrap_or(&self.action);
        let ran = match &self.cache {
            Some(rule) => app.shared.cache.around(rule, action, call).await,
            None => action.run(call).await,
        };
        ran.unwrap_or_else(|| Ok(self.underived(app, parts, params)))
    }

    /// What nothing derives is the upstream's; where that has nothing either, it comes back.
    async fn pass_on(&self, app: &App, upstream: &Upstream, asked: Asked<'_>) -> Response {
        let Asked { parts, params, body, peer } = asked;
        let (passed, answered) = upstream.pass_on(&self.pattern, parts, body, peer).await;
        let mut response = match answered {
            Ok(Some(response)) => response,
            Ok(None) => self.underived(app, parts, params),
            Err(refused) => self.refuse(app, parts, &refused),
        };
        response.extensions_mut().insert(passed);
        response
    }

    fn underived(&self, app: &App, parts: &Parts, params: &Params<'_>) -> Response {
        let Action::Underived(reason) = &self.action else { return answer::empty(501) };
        if let Some(example) = &self.route.response_example {
            return example::answer(&self.route, example, params);
        }
        let message = format!("this endpoint has no handler: {reason}");
        app.problem(&Problem::new(501, "not_derivable", message), parts)
    }

    pub(crate) fn refuse(&self, app: &App, parts: &Parts, refused: &Refused) -> Response {
        let problem = Problem {
            status: refused
                .status
                .unwrap_or_else(|| app.plan.refusal_status(&self.route, refused.refusal)),
            code: refused.refusal.code(),
            message: refused.message.as_ref().into(),
            faults: &refused.faults,
            retry_after_s: refused.retry_after_s,
            instance: Some(parts.uri.path()),
        };
        let mut response = app.problem(&problem, parts);
        if refused.refusal == Refusal::Unauthenticated {
            let scheme = app.verifier.as_ref().map_or("Bearer", |it| it.challenge());
            let challenge = match (refused.invalid_token, scheme) {
                (true, "Bearer") => "Bearer error=\"invalid_token\"",
                (_, scheme) => scheme,
            };
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if refused.refusal == Refusal::Forbidden {
            let challenge = HeaderValue::from_static("Bearer error=\"insufficient_scope\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// A request that was let in, with what it may need.
fn called<'a>(
    app: &'a App,
    store: Rows<'a>,
    caller: Caller,
    (params, parts, body): (&'a Params<'a>, &'a Parts, Bytes),
) -> Call<'a> {
    let terms = Terms {
        until: Instant::now() + app.services.patience,
        together: app.shared.calls(),
        onward: parts.extensions.get::<Onward>(),
    };
    let (verifier, services) = (app.verifier.as_ref(), &*app.services);
    Call { store, verifier, caller, params, parts, body, services, terms }
}

/// The answer to a write with or without its row, as the client prefers (RFC 7240). Without, a 200
/// is a 204; a create says where the row is.
fn preferred(parts: &Parts, mut response: Response) -> Response {
    match Prefer::of(&parts.headers).body {
        Some(Body::Minimal) if response.status().is_success() => {
            if response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::NO_CONTENT;
            }
            answer::take_body(&mut response);
            response.headers_mut().remove(CONTENT_TYPE);
            prefer::applied(response.headers_mut(), "return=minimal");
        }
        Some(Body::Representation) if response.headers().contains_key(CONTENT_TYPE) => {
            prefer::applied(response.headers_mut(), "return=representation");
        }
        _ => {}
    }
    response
}

fn not_acceptable() -> Refused {
    let message = "the answer is JSON; send `Accept: application/json`, or none";
    Refused::new(Refusal::NotAcceptable, message)
}

/// How large a form with a file may be, its other parts included.
fn form_bytes(operation: &Operation) -> Option<usize> {
    let Operation::Upload(upload) = operation else { return None };
    let file = usize::try_from(upload.limit_bytes).unwrap_or(usize::MAX);
    Some(file.saturating_add(body::FORM_BYTES))
}

/// `derived; rule=D4; src=L120`: how the answer came about, and the line that asks for it.
fn handler(plan: &ServicePlan, route: &Route, action: &Action) -> HeaderValue {
    let is_stub = matches!(action, Action::Underived(_)) && route.response_example.is_none();
    let kind = if is_stub { Handler::Stub } else { route.handler() };
    described(plan, route, kind.as_str(), route.deciding_rule())
}

fn described(plan: &ServicePlan, route: &Route, kind: &str, rule: &str) -> HeaderValue {
    let line = plan.source.line(route.span.range().start);
    let text = format!("{kind}; rule={rule}; src=L{line}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("derived"))
}
