//! Express and what is written like it: `app.get("/items", list)`, `router.use("/x", inner)`,
//! `router.route("/x").get(list)`.

use super::super::syntax::{Argument, Call, Syntax, Value, last};
use super::{Routes, method};
use crate::Certainty;
use crate::code::CodeFile;

/// Words that a file with routes holds.
pub(super) const WORDS: &[&str] = &["express", "fastify", "Fastify", "Router(", "hono", "koa"];

/// Functions that make an application or a router.
const MAKERS: [(&str, bool); 9] = [
    ("express", true),
    ("fastify", true),
    ("Fastify", true),
    ("Koa", true),
    ("Hono", false),
    ("OpenAPIHono", false),
    ("Router", false),
    ("PromiseRouter", false),
    ("createRouter", false),
];

/// What routers are called where the file does not make them.
const USUAL: [&str; 7] = ["app", "router", "server", "fastify", "instance", "api", "route"];

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    makers(&mut routes);
    let from = routes.file.routes.len();
    for (at, call) in syntax.calls.iter().enumerate() {
        match call.name {
            "use" => mounted(&mut routes, call),
            "route" => chained(&mut routes, at, call),
            name => {
                if let Some(method) = method(name).map(Some).or((name == "all").then_some(None)) {
                    route(&mut routes, method, call);
                }
            }
        }
    }
    passed(&mut routes);
    export(&mut routes);
    let known: Vec<String> = routes.file.routers.iter().map(|it| it.name.clone()).collect();
    for route in routes.file.routes.iter_mut().skip(from) {
        if !known.contains(&route.router) {
            route.certainty = route.certainty.min(Certainty::Inferred);
        }
    }
}

fn makers(routes: &mut Routes<'_, '_>) {
    let syntax = routes.syntax;
    for binding in &syntax.bindings {
        let Some((_, call)) = syntax.as_call(&binding.value) else { continue };
        let made = MAKERS.iter().find(|(maker, _)| *maker == call.name);
        if let Some((_, is_root)) = made {
            routes.router(&syntax.key(binding.scope, binding.name), *is_root, "");
        }
    }
}

/// The router that a call is made on; `None` for anything else that has a `get`.
pub(super) fn router_of(routes: &Routes<'_, '_>, call: &Call<'_>) -> Option<String> {
    let name = call.receiver_name();
    let (syntax, short) = (routes.syntax, last(name));
    let key = syntax.key(call.scope, name);
    let is_usual = USUAL.contains(&short) || short.ends_with("Router") || short.ends_with("App");
    let is_other = syntax.imports.iter().any(|it| it.local == name)
        || syntax
            .bindings
            .iter()
            .any(|it| it.name == name && it.scope.is_none() && syntax.as_call(&it.value).is_some());
    let counts = routes.knows(&key) || is_usual && !is_other;
    (counts && !name.is_empty()).then_some(key)
}

fn route<'a>(
    routes: &mut Routes<'_, 'a>,
    method: Option<crate::document::Method>,
    call: &Call<'a>,
) {
    let [path, .., handler] = call.arguments.as_slice() else { return };
    let answers = matches!(handler.value, Value::Function(_) | Value::Name(_) | Value::Call(_));
    let is_path = is_path(path);
    if let Some(router) = router_of(routes, call).filter(|_| answers && is_path) {
        let handler = routes.syntax.callee(&handler.value);
        routes.add(method, path, handler, &router);
    }
}

fn is_path(argument: &Argument<'_>) -> bool {
    match &argument.value {
        Value::Text { text, whole } => text.starts_with('/') || *whole && text.is_empty(),
        Value::Name(name) => last(name).bytes().all(|it| it.is_ascii_uppercase() || it == b'_'),
        _ => false,
    }
}

/// `router.route("/x").get(list).post(create)`.
fn chained<'a>(routes: &mut Routes<'_, 'a>, at: usize, call: &Call<'a>) {
    let [path] = call.arguments.as_slice() else { return };
    let Some(router) = router_of(routes, call).filter(|_| is_path(path)) else { return };
    let mut next = routes.syntax.outer(at);
    while let Some((index, outer)) = next.and_then(|it| Some((it, routes.syntax.call(it)?))) {
        if let Some(method) = method(outer.name) {
            let handler = outer.arguments.last().map(|it| routes.syntax.callee(&it.value));
            routes.add(Some(method), path, handler.unwrap_or_default(), &router);
        }
        next = routes.syntax.outer(index).filter(|it| *it > index);
    }
}

/// `app.use("/x", guard, router)`, `app.use(router)`.
fn mounted<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let Some(parent) = router_of(routes, call) else { return };
    let first = call.arguments.first();
    let prefix = first.filter(|it| is_path(it) || matches!(it.value, Value::Text { .. }));
    let inner = call.arguments.iter().skip(usize::from(prefix.is_some()));
    for argument in inner {
        let name = child(routes.syntax, &argument.value, call.scope);
        routes.mount(&parent, name, prefix, call);
    }
}

/// An inner router as this file calls it.
pub(super) fn child(syntax: &Syntax<'_>, value: &Value<'_>, scope: Option<usize>) -> String {
    match value {
        Value::Name(name) if !name.contains('.') => syntax.key(scope, name),
        Value::Name(name) => (*name).to_owned(),
        Value::Call(_) => syntax.callee(value),
        Value::Function(item) => syntax.item_key(*item),
        _ => String::new(),
    }
}

/// `routes(app)`: what a function does to its parameter, it does to the application.
fn passed(routes: &mut Routes<'_, '_>) {
    let syntax = routes.syntax;
    for call in syntax.calls.iter().filter(|it| !matches!(it.name, "use" | "register")) {
        for argument in &call.arguments {
            let Value::Name(name) = &argument.value else { continue };
            let key = syntax.key(call.scope, name);
            if routes.knows(&key) {
                let called = match (&call.receiver, call.name) {
                    (inner @ Value::Call(_), "") => syntax.callee(inner),
                    _ => syntax.slice(call.range.clone()).split('(').next().unwrap_or("").into(),
                };
                routes.mount(&key, called, None, call);
            }
        }
    }
}

/// What another file gets that names only this one.
fn export(routes: &mut Routes<'_, '_>) {
    let Some(value) = &routes.syntax.default_export else { return };
    let name = child(routes.syntax, value, None);
    routes.file.default_export = Some(name).filter(|it| !it.is_empty());
}
