//! FastAPI: `@router.get("/items")`, `APIRouter(prefix="/x")`, `app.include_router(router)`.

use super::super::syntax::Syntax;
use super::python::{child, decorated, doubt, routers};
use super::{Routes, method, methods};
use crate::code::CodeFile;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    routers(&mut routes, &[("FastAPI", true), ("APIRouter", false)], "prefix");
    let from = routes.file.routes.len();
    for it in decorated(syntax) {
        let Some(path) = it.call.argument(0, "path") else { continue };
        let router = syntax.key(it.call.scope, it.call.receiver_name());
        let handler = it.handler.to_owned();
        match it.call.name {
            "api_route" => {
                let list = it.call.keyed("methods");
                for method in list.map(|list| methods(&list.value)).unwrap_or_default() {
                    routes.add(Some(method), path, handler.clone(), &router);
                }
            }
            name => {
                if let Some(method) = method(name) {
                    routes.add(Some(method), path, handler, &router);
                }
            }
        }
    }
    calls(&mut routes);
    doubt(&mut routes, from);
}

fn calls(routes: &mut Routes<'_, '_>) {
    let syntax = routes.syntax;
    for call in &syntax.calls {
        let parent = syntax.key(call.scope, call.receiver_name());
        match call.name {
            "include_router" => {
                let Some(router) = call.argument(0, "router") else { continue };
                let name = child(syntax, &router.value, call.scope);
                routes.mount(&parent, name, call.keyed("prefix"), call);
            }
            "mount" => {
                let Some(app) = call.argument(1, "app") else { continue };
                let name = child(syntax, &app.value, call.scope);
                routes.mount(&parent, name, call.argument(0, "path"), call);
            }
            "add_api_route" => {
                let Some(path) = call.argument(0, "path") else { continue };
                let handler = call.argument(1, "endpoint").map(|it| syntax.callee(&it.value));
                let list = call.keyed("methods").map(|it| methods(&it.value)).unwrap_or_default();
                for method in list {
                    let handler = handler.clone().unwrap_or_default();
                    routes.add(Some(method), path, handler, &parent);
                }
            }
            _ => {}
        }
    }
}
