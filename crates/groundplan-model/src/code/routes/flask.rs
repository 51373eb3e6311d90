//! Flask: `@app.route("/items", methods=["POST"])`, `Blueprint(url_prefix=)`, `add_url_rule`, and
//! resources of Flask-RESTful.

use super::super::syntax::{Call, Syntax};
use super::python::{child, decorated, doubt, routers};
use super::{Routes, method, methods};
use crate::code::CodeFile;
use crate::document::Method;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    routers(&mut routes, &[("Flask", true), ("Blueprint", false)], "url_prefix");
    let from = routes.file.routes.len();
    for it in decorated(syntax) {
        let Some(path) = it.call.argument(0, "rule") else { continue };
        let router = syntax.key(it.call.scope, it.call.receiver_name());
        for method in answered(it.call) {
            routes.add(Some(method), path, it.handler.to_owned(), &router);
        }
    }
    for call in &syntax.calls {
        match call.name {
            "register_blueprint" => register(&mut routes, call),
            "add_url_rule" => rule(&mut routes, call),
            "add_resource" => resource(&mut routes, call),
            _ => {}
        }
    }
    doubt(&mut routes, from);
}

/// The methods of a decorator: those that it lists, or the one that it is named after.
fn answered(call: &Call<'_>) -> Vec<Method> {
    match (call.name, call.keyed("methods")) {
        ("route", Some(list)) => methods(&list.value),
        ("route", None) => vec![Method::Get],
        (name, _) => method(name).into_iter().collect(),
    }
}

fn register<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let syntax = routes.syntax;
    let Some(blueprint) = call.argument(0, "blueprint") else { return };
    let parent = syntax.key(call.scope, call.receiver_name());
    let prefix = call.keyed("url_prefix");
    let before = routes.file.mounts.len();
    routes.mount(&parent, child(syntax, &blueprint.value, call.scope), prefix, call);
    // A prefix here takes the place of the blueprint's own.
    for mount in routes.file.mounts.iter_mut().skip(before) {
        mount.replaces = prefix.is_some();
    }
}

fn rule<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let syntax = routes.syntax;
    let Some(path) = call.argument(0, "rule") else { return };
    let router = syntax.key(call.scope, call.receiver_name());
    let view = call.argument(2, "view_func").map(|it| syntax.callee(&it.value));
    let list = call.keyed("methods").map_or_else(|| vec![Method::Get], |it| methods(&it.value));
    for method in list {
        routes.add(Some(method), path, view.clone().unwrap_or_default(), &router);
    }
}

/// `api.add_resource(Items, "/items")`: a method for each method of the class.
fn resource<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let syntax = routes.syntax;
    let Some(class) = call.positional(0) else { return };
    let name = syntax.callee(&class.value);
    let router = syntax.key(call.scope, call.receiver_name());
    let own = syntax.items.iter().position(|it| it.name == name);
    let inside = syntax.items.iter().filter(|it| it.parent.is_some() && it.parent == own);
    let found: Vec<Method> = inside.filter_map(|it| method(it.name)).collect();
    for path in call.arguments.iter().skip(1).filter(|it| it.key.is_empty()) {
        for method in &found {
            routes.add(Some(*method), path, name.clone(), &router);
        }
        if found.is_empty() {
            routes.add(None, path, name.clone(), &router);
        }
    }
}
