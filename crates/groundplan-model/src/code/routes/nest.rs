//! NestJS: `@Controller("items")` on a class, `@Get(":id")` on its methods.

use super::super::syntax::{Call, Item, Syntax, Value};
use super::{Routes, behind};
use crate::Certainty;
use crate::code::{CodeFile, Route};
use crate::document::Method;

/// What every controller is mounted in, wherever it stands.
const APPLICATION: &str = "@nest";

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    for call in syntax.calls.iter().filter(|it| it.name == "setGlobalPrefix") {
        routes.mount("@nest-application", APPLICATION.to_owned(), call.positional(0), call);
        routes.router("@nest-application", true, "");
    }
    for (index, class) in syntax.items.iter().enumerate() {
        let decorators = class.decorators.iter().filter_map(|it| syntax.call(*it));
        let mut found = decorators.filter(|it| it.name == "Controller");
        if let Some(controller) = found.next_back() {
            let methods = syntax.items.iter().filter(|it| it.parent == Some(index));
            methods.for_each(|method| handler(&mut routes, controller, method));
        }
    }
}

fn handler<'a>(routes: &mut Routes<'_, 'a>, controller: &Call<'a>, item: &Item<'a>) {
    let syntax = routes.syntax;
    for call in item.decorators.iter().filter_map(|it| syntax.call(*it)) {
        let Some(method) = answered(call.name) else { continue };
        for (base, sure) in paths(syntax, controller) {
            for (path, also) in paths(syntax, call) {
                routes.router(APPLICATION, false, "");
                routes.file.routes.push(Route {
                    method,
                    path: behind(&base, &path),
                    handler: item.name.to_owned(),
                    router: APPLICATION.to_owned(),
                    place: syntax.place(&call.range),
                    certainty: sure.min(also),
                });
            }
        }
    }
}

/// The method of a decorator; `Some(None)` for any.
fn answered(name: &str) -> Option<Option<Method>> {
    let is_capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    match name {
        "All" => Some(None),
        _ => Method::parse(name).filter(|_| is_capital && name.len() > 1).map(Some),
    }
}

/// The paths of a decorator: none, one, a list, or under `path` in an object.
fn paths<'a>(syntax: &Syntax<'a>, call: &Call<'a>) -> Vec<(String, Certainty)> {
    let Some(argument) = call.positional(0) else {
        return vec![(String::new(), Certainty::Stated)];
    };
    let value = match &argument.value {
        map @ Value::Map(_) => map.get("path").cloned().unwrap_or(Value::None),
        value => value.clone(),
    };
    if value == Value::None {
        return vec![(String::new(), Certainty::Stated)];
    }
    let texts = value.items().iter().map(|it| syntax.string(it));
    let known = texts.map(|it| it.unwrap_or_else(|| ("".into(), Certainty::Guessed)));
    known.map(|(text, certainty)| (text.into_owned(), certainty)).collect()
}
