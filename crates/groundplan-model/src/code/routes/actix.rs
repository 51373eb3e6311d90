//! actix-web: `#[get("/items")]`, `web::scope("/api").service(list)`,
//! `web::resource("/x").route(web::get().to(list))`, `.configure(items::config)`.

use super::super::syntax::{Call, Syntax, Value, last};
use super::axum::{bottom, top};
use super::{Routes, method};
use crate::code::CodeFile;
use crate::document::Method;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    attributes(&mut routes);
    for (at, call) in syntax.calls.iter().enumerate() {
        match (call.name, call.arguments.as_slice()) {
            ("new", _) if last(call.receiver_name()) == "App" => routes.router("App", true, ""),
            ("route", [path, answer]) => {
                let router = chain(syntax, at);
                if let Some((method, handler)) = answered(syntax, &answer.value) {
                    routes.add(method, path, handler, &router);
                }
            }
            ("to", [handler]) => resource(&mut routes, at, &handler.value),
            ("service" | "configure", [inner]) => {
                let child = child(syntax, &inner.value);
                let prefix = scope_of(syntax, &inner.value).and_then(|it| it.arguments.first());
                routes.mount(&chain(syntax, at), child, prefix, call);
            }
            _ => {}
        }
    }
}

/// `#[get("/items")] async fn list()`: registered by the function's name.
fn attributes(routes: &mut Routes<'_, '_>) {
    let syntax = routes.syntax;
    for item in &syntax.items {
        for call in item.decorators.iter().filter_map(|it| syntax.call(*it)) {
            let Some(path) = call.positional(0) else { continue };
            let named = method(call.name).map(|it| vec![it]);
            let listed = || call.arguments.iter().filter(|it| it.key == "method");
            let is_path = matches!(&path.value, Value::Text { text, .. } if is_path(text));
            let methods: Vec<Method> = named.unwrap_or_else(|| {
                let texts = listed().filter_map(|it| syntax.stated(&it.value));
                texts.filter_map(|it| Method::parse(&it)).collect()
            });
            for method in methods.into_iter().filter(|_| is_path) {
                routes.router(item.name, false, "");
                routes.add(Some(method), path, item.name.to_owned(), item.name);
            }
        }
    }
}

fn is_path(text: &str) -> bool {
    text.is_empty() || text.starts_with('/') || text.starts_with('{')
}

/// `web::get().to(list)`.
fn answered(syntax: &Syntax<'_>, value: &Value<'_>) -> Option<(Option<Method>, String)> {
    let (index, call) = syntax.as_call(value)?;
    let handler = call.arguments.first().map(|it| syntax.callee(&it.value)).unwrap_or_default();
    let first = syntax.call(bottom(syntax, index))?;
    match method(first.name) {
        Some(method) => Some((Some(method), handler)),
        None => (first.name == "route" || first.name == "to").then_some((None, handler)),
    }
}

/// `web::resource("/x").route(web::get().to(list))`, and `.to(any)` without a method.
fn resource<'a>(routes: &mut Routes<'_, 'a>, at: usize, handler: &Value<'a>) {
    let syntax = routes.syntax;
    let Some(first) = syntax.call(bottom(syntax, at)) else { return };
    let whole = top(syntax, at);
    let holder = match first.name {
        "resource" => Some((first, None)),
        name => {
            let is_argument = |it: &Call<'_>| match it.arguments.as_slice() {
                [one] => it.name == "route" && one.value == Value::Call(whole),
                _ => false,
            };
            let outer = syntax.calls.iter().position(is_argument);
            let outer = outer.and_then(|outer| syntax.call(bottom(syntax, outer)));
            outer.filter(|it| it.name == "resource").map(|it| (it, method(name)))
        }
    };
    let Some((resource, method)) = holder else { return };
    let Some(path) = resource.arguments.first() else { return };
    routes.add(method, path, syntax.callee(handler), &format!("@{}", resource.range.start));
}

/// What the router of a chain of calls is called.
fn chain(syntax: &Syntax<'_>, at: usize) -> String {
    let Some(call) = syntax.call(bottom(syntax, at)) else { return String::new() };
    match (call.name, call.receiver_name()) {
        ("new", receiver) if last(receiver) == "App" => "App".to_owned(),
        ("scope" | "resource", _) => format!("@{}", call.range.start),
        (_, name) if !name.is_empty() && !name.contains("::") => syntax.key(call.scope, name),
        _ => call.scope.map_or_else(|| "App".to_owned(), |item| syntax.item_key(item)),
    }
}

/// The call of `scope` that a value begins with.
fn scope_of<'s, 'a>(syntax: &'s Syntax<'a>, value: &Value<'a>) -> Option<&'s Call<'a>> {
    let (at, _) = syntax.as_call(value)?;
    syntax.call(bottom(syntax, at)).filter(|it| it.name == "scope")
}

fn child(syntax: &Syntax<'_>, value: &Value<'_>) -> String {
    match syntax.as_call(value) {
        Some((at, _)) => {
            let first = bottom(syntax, at);
            let inner = syntax.call(first);
            let inline = inner.is_some_and(|it| matches!(it.name, "scope" | "resource"));
            if inline { chain(syntax, first) } else { syntax.callee(&Value::Call(first)) }
        }
        None => syntax.callee(value),
    }
}
