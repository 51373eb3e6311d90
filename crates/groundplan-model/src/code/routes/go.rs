//! What the frameworks of Go share: groups, and routers that are passed on to functions.

use super::super::syntax::{Call, Syntax, Value, last};
use super::{Routes, axum};

/// The router that a value stands for: a variable, or what a call on one gives. `groups` are calls
/// that give a router with a prefix, any other call gives the router itself.
pub(super) fn router_of<'a>(
    routes: &mut Routes<'_, 'a>,
    call: &Call<'a>,
    groups: &[&str],
) -> String {
    let syntax = routes.syntax;
    let mut value = &call.receiver;
    loop {
        match value {
            Value::Name(name) => return syntax.key(call.scope, name),
            Value::Call(at) => match syntax.call(*at) {
                Some(inner) if groups.contains(&inner.name) => return key(syntax, *at),
                Some(inner) => value = &inner.receiver,
                None => return String::new(),
            },
            _ => return String::new(),
        }
    }
}

/// What the router that a call makes is called.
pub(super) fn key(syntax: &Syntax<'_>, at: usize) -> String {
    let whole = axum::top(syntax, at);
    match (syntax.bound(whole).or_else(|| syntax.bound(at)), syntax.call(at)) {
        (Some(name), Some(call)) => syntax.key(call.scope, name),
        (None, Some(call)) => format!("@{}", call.range.start),
        _ => String::new(),
    }
}

/// Variables that hold what one of `makers` makes: `r := gin.Default()`.
pub(super) fn made(routes: &mut Routes<'_, '_>, makers: &[(&str, &str)], is_root: bool) {
    let syntax = routes.syntax;
    for binding in &syntax.bindings {
        let Some((_, call)) = syntax.as_call(&binding.value) else { continue };
        let is_maker = |it: &&(&str, &str)| it.0 == call.receiver_name() && it.1 == call.name;
        if makers.iter().any(|it| is_maker(&it)) {
            routes.router(&syntax.key(binding.scope, binding.name), is_root, "");
        }
    }
}

/// `users.Register(v1)`: what a function does to its parameter, it does to the router.
pub(super) fn passed(routes: &mut Routes<'_, '_>, types: &[&str]) {
    let syntax = routes.syntax;
    for item in &syntax.items {
        if types.iter().any(|it| item.head.contains(it)) && !item.name.is_empty() {
            routes.router(item.name, false, "");
        }
    }
    for call in &syntax.calls {
        for argument in &call.arguments {
            let Value::Name(name) = &argument.value else { continue };
            let key = syntax.key(call.scope, name);
            if routes.knows(&key) && !call.name.is_empty() {
                let before = match &call.receiver {
                    Value::Name(name) => format!("{}.", last(name)),
                    _ => String::new(),
                };
                routes.mount(&key, format!("{before}{}", call.name), None, call);
            }
        }
    }
}
