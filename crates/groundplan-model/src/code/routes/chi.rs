//! chi: `r.Get("/items", list)`, `r.Route("/x", func(r chi.Router) { … })`, `r.Mount("/x", inner)`.

use super::super::syntax::{Argument, Call, Syntax, Value};
use super::{Routes, go};
use crate::code::CodeFile;
use crate::document::Method;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    // A router that the same file serves is the application; any other may be mounted somewhere.
    let is_served = syntax.calls.iter().any(|it| it.name.starts_with("ListenAndServe"));
    go::made(&mut routes, &[("chi", "NewRouter"), ("chi", "NewMux")], is_served);
    for call in &syntax.calls {
        let router = go::router_of(&mut routes, call, &[]);
        match call.arguments.as_slice() {
            _ if router.is_empty() => {}
            [prefix, inner] if matches!(call.name, "Route" | "Mount") => {
                let name = child(syntax, &inner.value, call.scope);
                routes.mount(&router, name, Some(prefix), call);
            }
            [inner] if call.name == "Group" => {
                let name = child(syntax, &inner.value, call.scope);
                routes.mount(&router, name, None, call);
            }
            [path, handler] => answered(&mut routes, call, path, handler, &router),
            [verb, path, handler] if matches!(call.name, "Method" | "MethodFunc") => {
                let verb = syntax.stated(&verb.value).and_then(|it| Method::parse(&it));
                routes.add(verb, path, syntax.callee(&handler.value), &router);
            }
            _ => {}
        }
    }
    go::passed(&mut routes, &["chi.Router", "chi.Mux"]);
}

fn answered<'a>(
    routes: &mut Routes<'_, 'a>,
    call: &Call<'a>,
    path: &Argument<'a>,
    handler: &Argument<'a>,
    router: &str,
) {
    let is_path = matches!(&path.value, Value::Text { text, .. } if text.starts_with('/'));
    let method = match call.name {
        "Handle" | "HandleFunc" => Some(None),
        name => Method::parse(name).filter(|it| it.as_str() != name).map(Some),
    };
    if let Some(method) = method.filter(|_| is_path) {
        routes.add(method, path, routes.syntax.callee(&handler.value), router);
    }
}

fn child(syntax: &Syntax<'_>, value: &Value<'_>, scope: Option<usize>) -> String {
    match value {
        Value::Function(item) => syntax.item_key(*item),
        Value::Name(name) if !name.contains('.') => syntax.key(scope, name),
        _ => syntax.callee(value),
    }
}
