//! What the frameworks of Python share: routes as decorators of functions.

use super::super::syntax::{Call, ItemKind, Syntax, Value};
use super::Routes;
use crate::Certainty;

/// A decorator `@NAME.METHOD(…)` with the name of the function that it stands before.
pub(super) struct Decorated<'s, 'a> {
    pub(super) call: &'s Call<'a>,
    pub(super) handler: &'a str,
}

/// Every decorator of a function that is a call on something.
pub(super) fn decorated<'s, 'a>(syntax: &'s Syntax<'a>) -> Vec<Decorated<'s, 'a>> {
    let functions = syntax.items.iter().filter(|it| it.kind == ItemKind::Function);
    let calls = functions.flat_map(|item| {
        let calls = item.decorators.iter().filter_map(|it| syntax.call(*it));
        calls.map(|call| Decorated { call, handler: item.name })
    });
    calls.filter(|it| !it.call.receiver_name().is_empty()).collect()
}

/// Variables that hold an application or a router: `NAME = MAKER(…, PREFIX="/x")`.
pub(super) fn routers(routes: &mut Routes<'_, '_>, makers: &[(&str, bool)], prefix: &str) {
    let syntax = routes.syntax;
    for binding in &syntax.bindings {
        let Some((_, call)) = syntax.as_call(&binding.value) else { continue };
        let Some((_, is_root)) = makers.iter().find(|(maker, _)| *maker == call.name) else {
            continue;
        };
        let own = call.keyed(prefix).and_then(|it| syntax.stated(&it.value)).unwrap_or_default();
        let name = syntax.key(binding.scope, binding.name);
        routes.router(&name, *is_root, &own);
    }
}

/// Lowers what was read on a router that the file does not make.
pub(super) fn doubt(routes: &mut Routes<'_, '_>, from: usize) {
    let known: Vec<String> = routes.file.routers.iter().map(|it| it.name.clone()).collect();
    for route in routes.file.routes.iter_mut().skip(from) {
        if !known.contains(&route.router) {
            route.certainty = route.certainty.min(Certainty::Inferred);
        }
    }
}

/// The name of a router as another statement of the file writes it: a variable by its key, a name
/// with dots as it stands.
pub(super) fn child(syntax: &Syntax<'_>, value: &Value<'_>, scope: Option<usize>) -> String {
    match value {
        Value::Name(name) if !name.contains('.') => syntax.key(scope, name),
        _ => syntax.callee(value),
    }
}
