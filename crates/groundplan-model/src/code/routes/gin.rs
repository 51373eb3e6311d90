//! gin: `r.GET("/items", list)`, `v1 := r.Group("/v1")`.

use super::super::syntax::Syntax;
use super::{Routes, go, method};
use crate::code::CodeFile;
use crate::document::Method;

const GROUPS: &[&str] = &["Group"];

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    go::made(&mut routes, &[("gin", "Default"), ("gin", "New")], true);
    verbs(&mut routes, "Handle");
    go::passed(&mut routes, &["gin.RouterGroup", "gin.Engine", "gin.IRouter", "gin.IRoutes"]);
}

/// Routes by functions that are called like methods, and groups; `any_verb` is the function that
/// takes the method first.
pub(super) fn verbs(routes: &mut Routes<'_, '_>, any_verb: &str) {
    let syntax = routes.syntax;
    for (at, call) in syntax.calls.iter().enumerate() {
        let router = go::router_of(routes, call, GROUPS);
        let is_method = call.name.bytes().all(|it| it.is_ascii_uppercase());
        let verb = method(call.name).filter(|_| is_method);
        match (call.name, call.arguments.as_slice()) {
            ("", _) | (_, []) => {}
            ("Group", [prefix, ..]) => {
                let name = go::key(syntax, at);
                routes.router(&name, false, "");
                routes.mount(&router, name, Some(prefix), call);
            }
            ("Any", [path, .., handler]) => {
                routes.add(None, path, syntax.callee(&handler.value), &router);
            }
            (name, [verb, path, .., handler]) if name == any_verb => {
                let verb = syntax.stated(&verb.value).and_then(|it| Method::parse(&it));
                if let Some(verb) = verb {
                    routes.add(Some(verb), path, syntax.callee(&handler.value), &router);
                }
            }
            (_, [path, handlers @ ..]) if verb.is_some() && !handlers.is_empty() => {
                // gin takes the handler last, echo first: what follows it is middleware.
                let handler = if any_verb == "Handle" { handlers.last() } else { handlers.first() };
                let handler = handler.map(|it| syntax.callee(&it.value)).unwrap_or_default();
                routes.add(verb, path, handler, &router);
            }
            _ => {}
        }
    }
}
