//! Django and its REST framework: `urlpatterns`, `include()`, `router.register()`.

use super::super::syntax::{Argument, Call, Syntax, Value, last};
use super::Routes;
use crate::Certainty;
use crate::code::CodeFile;
use crate::document::Method;

/// What a view set answers, behind its prefix.
const VIEW_SET: [(&str, Method); 6] = [
    ("/", Method::Get),
    ("/", Method::Post),
    ("/{pk}/", Method::Get),
    ("/{pk}/", Method::Put),
    ("/{pk}/", Method::Patch),
    ("/{pk}/", Method::Delete),
];

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    routes.router("urlpatterns", false, "");
    for call in &syntax.calls {
        match call.name {
            "path" | "re_path" | "url" if call.arguments.len() >= 2 => path(&mut routes, call),
            "register" if !call.receiver_name().is_empty() => register(&mut routes, call),
            _ => {}
        }
    }
    let is_main = |it: &Call<'_>| it.receiver_name() == "admin.site" || it.name == "static";
    let names_admin = syntax.slice(0..syntax.text.len()).contains("admin.site.urls");
    if names_admin || syntax.calls.iter().any(is_main) {
        routes.router("urlpatterns", true, "");
    }
}

fn path<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let syntax = routes.syntax;
    let [path, view, ..] = call.arguments.as_slice() else { return };
    let from = routes.file.routes.len();
    match syntax.as_call(&view.value) {
        Some((_, include)) if include.name == "include" => {
            let Some(included) = include.positional(0) else { return };
            // A module with a name for its routes: `include(("shop.urls", "shop"))`.
            let included = included.value.items().first().cloned().unwrap_or(Value::None);
            let child = match &included {
                Value::Text { text, .. } => text.clone().into_owned(),
                Value::Name(name) => name.trim_end_matches(".urls").to_owned(),
                _ => return,
            };
            routes.mount("urlpatterns", child, Some(path), call);
        }
        Some((_, view)) if view.name == "as_view" => views(routes, path, view),
        _ if syntax.callee(&view.value) != "admin.site.urls" => {
            routes.add(None, path, syntax.callee(&view.value), "urlpatterns");
        }
        _ => {}
    }
    if call.name != "path" {
        let added = routes.file.routes.iter_mut().skip(from);
        added.for_each(|it| it.path = without_patterns(&it.path));
    }
}

/// `ItemList.as_view()`, `ItemViewSet.as_view({"get": "list"})`.
fn views<'a>(routes: &mut Routes<'_, 'a>, path: &Argument<'a>, view: &Call<'a>) {
    let handler = last(view.receiver_name()).to_owned();
    let actions = match view.positional(0).map(|it| &it.value) {
        Some(Value::Map(pairs)) => pairs.iter().filter_map(|(key, _)| Method::parse(key)).collect(),
        _ => Vec::new(),
    };
    for method in &actions {
        routes.add(Some(*method), path, handler.clone(), "urlpatterns");
    }
    if actions.is_empty() {
        routes.add(None, path, handler, "urlpatterns");
    }
}

/// `router.register("items", ItemViewSet)`: what a view set usually answers.
fn register<'a>(routes: &mut Routes<'_, 'a>, call: &Call<'a>) {
    let syntax = routes.syntax;
    let [prefix, view, ..] = call.arguments.as_slice() else { return };
    let router = syntax.key(call.scope, call.receiver_name());
    let Some(text) = syntax.stated(&prefix.value) else { return };
    routes.router(&router, false, "");
    let from = routes.file.routes.len();
    for (path, method) in VIEW_SET {
        let path = format!("{}{path}", text.trim_end_matches('/'));
        routes.add_at(Some(method), &path, call, syntax.callee(&view.value), &router);
    }
    let added = routes.file.routes.iter_mut().skip(from);
    added.for_each(|it| it.certainty = Certainty::Inferred);
}

/// A regular expression as a path: `^items/(?P<pk>[^/.]+)/$` is `items/<pk>/`.
fn without_patterns(pattern: &str) -> String {
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let mut path = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('(') {
        path.push_str(rest.get(..at).unwrap_or(""));
        let group = rest.get(at..).unwrap_or("");
        let len = closing(group);
        let named = group.get(..len).and_then(|it| it.split_once("?P<"));
        let name = named.and_then(|(_, it)| it.split_once('>')).map_or("group", |it| it.0);
        path.push_str(&format!("<{name}>"));
        rest = group.get(len..).unwrap_or("");
    }
    path.push_str(rest);
    path
}

/// The length of the group that `text` begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth <= 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
