//! Spring: `@RequestMapping("/items")` on a class, `@GetMapping("/{id}")` on its methods.

use super::super::syntax::{Call, Item, Syntax};
use super::{Routes, behind, methods};
use crate::Certainty;
use crate::code::{CodeFile, Route};
use crate::document::Method;

/// What every controller is mounted in.
const APPLICATION: &str = "@spring";

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    for (index, class) in syntax.items.iter().enumerate() {
        let bases = class.decorators.iter().filter_map(|it| syntax.call(*it));
        let mut bases = bases.filter(|it| it.name == "RequestMapping");
        let base = bases.next_back();
        // A client names the routes of another service.
        let is_client = class.head.contains("@FeignClient");
        let methods = syntax.items.iter().filter(|it| it.parent == Some(index) && !is_client);
        methods.for_each(|method| handler(&mut routes, base, method));
    }
}

fn handler<'a>(routes: &mut Routes<'_, 'a>, base: Option<&Call<'a>>, item: &Item<'a>) {
    let syntax = routes.syntax;
    for call in item.decorators.iter().filter_map(|it| syntax.call(*it)) {
        let bases = base.map_or_else(none, |it| paths(syntax, it));
        let own = paths(syntax, call);
        for method in answered(call) {
            for (base, sure) in &bases {
                for (path, also) in &own {
                    routes.router(APPLICATION, true, "");
                    routes.file.routes.push(Route {
                        method,
                        path: behind(base, path),
                        handler: item.name.to_owned(),
                        router: APPLICATION.to_owned(),
                        place: syntax.place(&call.range),
                        certainty: *sure.min(also),
                    });
                }
            }
        }
    }
}

/// The methods of a mapping: the one of its name, or those that it lists.
fn answered(call: &Call<'_>) -> Vec<Option<Method>> {
    let Some(name) = call.name.strip_suffix("Mapping") else { return Vec::new() };
    match (name, call.keyed("method")) {
        ("Request", Some(list)) => methods(&list.value).into_iter().map(Some).collect(),
        ("Request", None) => vec![None],
        _ => Method::parse(name).map(Some).into_iter().collect(),
    }
}

fn none() -> Vec<(String, Certainty)> {
    vec![(String::new(), Certainty::Stated)]
}

/// The paths of a mapping: none, one, or a list.
fn paths<'a>(syntax: &Syntax<'a>, call: &Call<'a>) -> Vec<(String, Certainty)> {
    let named = call.keyed("value").or_else(|| call.keyed("path"));
    let Some(argument) = named.or_else(|| call.positional(0)) else { return none() };
    let texts = argument.value.items().iter().map(|it| syntax.string(it));
    let known = texts.map(|it| it.unwrap_or_else(|| ("".into(), Certainty::Guessed)));
    known.map(|(text, certainty)| (text.into_owned(), certainty)).collect()
}
