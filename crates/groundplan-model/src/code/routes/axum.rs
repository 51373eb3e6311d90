//! axum: `Router::new().route("/items", get(list).post(create)).nest("/api", api())`.

use super::super::syntax::{Call, Syntax, Value, last};
use super::{Routes, method};
use crate::code::CodeFile;
use crate::document::Method;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    for (at, call) in syntax.calls.iter().enumerate() {
        match call.name {
            "route" if call.arguments.len() == 2 => route(&mut routes, at, call),
            "nest" if call.arguments.len() == 2 => nest(&mut routes, at, call, 1),
            "merge" if call.arguments.len() == 1 => nest(&mut routes, at, call, 0),
            "serve" => serve(&mut routes, call),
            "new" if last(call.receiver_name()) == "Router" => start(&mut routes, at),
            _ => {}
        }
    }
}

fn start(routes: &mut Routes<'_, '_>, at: usize) {
    let name = chain(routes.syntax, at);
    routes.router(&name, false, "");
}

fn route<'a>(routes: &mut Routes<'_, 'a>, at: usize, call: &Call<'a>) {
    let [path, answers] = call.arguments.as_slice() else { return };
    let found = answered(routes.syntax, &answers.value);
    let router = chain(routes.syntax, at);
    for (method, handler) in found {
        routes.add(method, path, handler, &router);
    }
}

/// Methods and handlers of `get(list).post(create)`, the first one first.
fn answered(syntax: &Syntax<'_>, value: &Value<'_>) -> Vec<(Option<Method>, String)> {
    let mut found = Vec::new();
    let mut value = value;
    while let Some((index, call)) = syntax.as_call(value) {
        let handler = call.positional(0).map(|it| syntax.callee(&it.value)).unwrap_or_default();
        let name = call.name.strip_suffix("_service").unwrap_or(call.name);
        match method(name) {
            Some(method) => found.push((Some(method), handler)),
            None if matches!(name, "any" | "on") => found.push((None, handler)),
            None => {}
        }
        // A receiver was read before its call, so that this ends.
        match &call.receiver {
            Value::Call(inner) if *inner < index => value = &call.receiver,
            _ => break,
        }
    }
    found.reverse();
    found
}

fn nest<'a>(routes: &mut Routes<'_, 'a>, at: usize, call: &Call<'a>, child: usize) {
    let Some(inner) = call.arguments.get(child) else { return };
    let parent = chain(routes.syntax, at);
    let name = child_name(routes.syntax, &inner.value, call.scope);
    let prefix = if child == 1 { call.arguments.first() } else { None };
    routes.mount(&parent, name, prefix, call);
}

/// `axum::serve(listener, app)`: nothing stands before the paths of what is served.
fn serve<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let Some(app) = call.arguments.get(1) else { return };
    let syntax = routes.syntax;
    let served = match &app.value {
        Value::Name(name) => syntax.key(call.scope, name),
        value => child_name(syntax, value, call.scope),
    };
    routes.router(&served, true, "");
    let values = syntax.bindings.iter().filter(|it| syntax.key(it.scope, it.name) == served);
    let made = values.filter_map(|it| syntax.as_call(&it.value));
    for (index, maker) in made {
        let name = child_name(syntax, &Value::Call(index), maker.scope);
        routes.mount(&served, name, None, maker);
    }
    if served.contains("::") || matches!(app.value, Value::Call(_)) {
        routes.router("serve", true, "");
        routes.mount("serve", served, None, call);
    }
}

/// The innermost receiver of a chain of calls.
pub(super) fn bottom(syntax: &Syntax<'_>, at: usize) -> usize {
    let mut at = at;
    while let Some(Value::Call(inner)) = syntax.call(at).map(|it| &it.receiver) {
        if *inner >= at {
            break;
        }
        at = *inner;
    }
    at
}

/// The outermost call of a chain.
pub(super) fn top(syntax: &Syntax<'_>, at: usize) -> usize {
    let mut at = at;
    while let Some(outer) = syntax.outer(at).filter(|outer| *outer > at) {
        at = outer;
    }
    at
}

/// What the router of a chain of calls is called: the variable that it begins with or is bound to,
/// the place where it begins as an argument, or else the function around it.
fn chain(syntax: &Syntax<'_>, at: usize) -> String {
    let (first, whole) = (bottom(syntax, at), top(syntax, at));
    let Some(call) = syntax.call(first) else { return String::new() };
    if !is_new(call)
        && let Value::Name(name) = call.receiver
    {
        let is_variable = !name.contains("::") && !name.is_empty();
        if is_variable {
            return syntax.key(call.scope, name);
        }
    }
    if let Some(name) = syntax.bound(whole) {
        return syntax.key(call.scope, name);
    }
    if is_argument(syntax, whole) {
        return format!("@{}", call.range.start);
    }
    call.scope.map_or_else(|| "app".to_owned(), |item| syntax.item_key(item))
}

fn is_new(call: &Call<'_>) -> bool {
    last(call.receiver_name()) == "Router" && matches!(call.name, "new" | "default")
}

/// Whether a call stands as an argument of `nest` or `merge`.
fn is_argument(syntax: &Syntax<'_>, at: usize) -> bool {
    let outer = syntax.calls.iter().filter(|it| matches!(it.name, "nest" | "merge"));
    outer.flat_map(|it| &it.arguments).any(|it| it.value == Value::Call(at))
}

fn child_name(syntax: &Syntax<'_>, value: &Value<'_>, scope: Option<usize>) -> String {
    match value {
        Value::Name(name) if !name.contains("::") => syntax.key(scope, name),
        Value::Call(at) => {
            let first = bottom(syntax, *at);
            match syntax.call(first) {
                Some(call) if is_new(call) => chain(syntax, first),
                Some(call) if is_variable(syntax, call.scope, call.receiver_name()) => {
                    syntax.key(call.scope, call.receiver_name())
                }
                Some(_) => syntax.callee(&Value::Call(first)),
                None => String::new(),
            }
        }
        _ => syntax.callee(value),
    }
}

/// Whether a name that stands before a dot is a variable's, not a module's.
fn is_variable(syntax: &Syntax<'_>, scope: Option<usize>, name: &str) -> bool {
    !name.contains("::") && syntax.key(scope, name) != name
}
