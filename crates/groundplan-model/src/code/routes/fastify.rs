//! Fastify, beyond what it shares with Express: `fastify.route({ method, url })`,
//! `fastify.register(plugin, { prefix })`.

use super::super::syntax::{Argument, Call, Syntax, Value};
use super::express::{child, router_of};
use super::{Routes, methods};
use crate::code::CodeFile;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    for call in &syntax.calls {
        match call.name {
            "route" => route(&mut routes, call),
            "register" => register(&mut routes, call),
            _ => {}
        }
    }
}

fn route<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let Some(argument) = call.positional(0) else { return };
    let options = &argument.value;
    let (Some(method), Some(url)) = (options.get("method"), options.get("url")) else { return };
    let Some(router) = router_of(routes, call) else { return };
    let handler = options.get("handler").map(|it| routes.syntax.callee(it)).unwrap_or_default();
    let path = Argument { key: "", value: url.clone(), range: argument.range.clone() };
    for method in methods(method) {
        routes.add(Some(method), &path, handler.clone(), &router);
    }
}

fn register<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let [plugin, options @ ..] = call.arguments.as_slice() else { return };
    let Some(parent) = router_of(routes, call) else { return };
    let name = match &plugin.value {
        // `import("./items.js")` is a call too.
        Value::Call(_) | Value::Name(_) | Value::Function(_) => {
            child(routes.syntax, &plugin.value, call.scope)
        }
        _ => return,
    };
    let prefix = options.first().and_then(|it| {
        let value = it.value.get("prefix")?.clone();
        Some(Argument { key: "", value, range: it.range.clone() })
    });
    routes.mount(&parent, name, prefix.as_ref(), call);
}
