//! Files of the code itself.

use groundplan_model::document::{Method, PolicyKind};
use groundplan_model::paths::{file_name, folder};

use super::super::{Role, StatedFile};
use super::Files;
use crate::derive::design::libraries;
use crate::derive::naming::{plural, singular, snake};

/// Files of `migration` tools and their like, by the library that needs them.
const TOOL_FILES: [(&str, &str, &str); 6] = [
    ("alembic", "alembic.ini", "settings of the migrations"),
    ("prisma", "prisma/schema.prisma", "tables as the client sees them"),
    ("vite", "vite.config.ts", "settings of the build"),
    ("sqlc", "sqlc.yaml", "settings of generated queries"),
    ("celery", "{root}/worker/celery_app.py", "queue of background work"),
    ("terraform", "deploy/main.tf", "machines and stores"),
];

/// Words of a design that ask for a module of their own: the words, the module, what it holds.
const HELPERS: [(&str, &str, &str); 10] = [
    ("audit", "audit", "audit entries"),
    ("cursor", "cursor", "page cursors"),
    ("rfc 7396", "merge_patch", "JSON Merge Patch (RFC 7396)"),
    ("idempotency-key", "idempotency", "repeated requests"),
    ("if-match", "etag", "entity tags"),
    ("webhook", "webhook", "signed calls to others"),
    ("feature flag", "feature_flags", "which parts are switched on"),
    ("circuit breaker", "circuit_breaker", "calls that are given up"),
    ("metrics", "monitoring", "metrics and logs"),
    ("presigned", "signed_url", "addresses with an end"),
];

/// How names of types end, and what that says of their files.
const LAYERS: [(&str, Role); 6] = [
    ("service", Role::Service),
    ("repository", Role::Repository),
    ("controller", Role::Controller),
    ("router", Role::Controller),
    ("client", Role::Client),
    ("middleware", Role::Helper),
];

pub(super) fn manifests(files: &mut Files<'_>) {
    let libraries = libraries(files.design);
    let first = libraries.first().map(|it| it.span);
    if first.is_some() || files.is_service() {
        for (path, comment) in files.layout.language.manifests {
            let named = |it: &StatedFile| file_name(&it.path) == *path;
            if !files.layout.stated.iter().any(named) {
                files.add((*path).to_owned(), comment, first);
            }
        }
    }
    for (name, path, comment) in TOOL_FILES {
        let known = libraries.iter().find(|it| it.name.to_lowercase() == name);
        if let Some(library) = known {
            files.add(path.replace("{root}", &files.layout.root), comment, Some(library.span));
        }
    }
}

pub(super) fn entry(files: &mut Files<'_>) {
    let source = files.design.routes().first().map(|it| it.span);
    if source.is_some() {
        files.role(Role::Entry, "application: routes and the error handler", source);
    }
}

pub(super) fn settings(files: &mut Files<'_>) {
    if let Some(variable) = files.design.document.env_vars.first() {
        files.role(Role::Settings, "environment", Some(variable.span));
    }
}

pub(super) fn controllers(files: &mut Files<'_>) {
    let design = files.design;
    for (at, noun) in design.nouns.iter().enumerate() {
        let Some(route) = design.routes_of(at).next() else { continue };
        let path = files.layout.noun_path(Role::Controller, noun);
        let comment = format!("endpoints of {}", noun.many.replace('_', " "));
        files.add(path, &comment, Some(route.span));
    }
    for route in design.free_routes() {
        let (one, many) = design.subject_of(route);
        let path = files.layout.path(Role::Controller, &one, &many);
        files.add(path, &format!("endpoints of {}", many.replace('_', " ")), Some(route.span));
    }
    let health = ["/livez", "/readyz", "/healthz", "/health"].iter().find_map(|it| files.said(it));
    if let Some(span) = health.filter(|_| !design.routes().is_empty()) {
        files.role(Role::Health, "health checks", Some(span));
    }
    let guarded = design
        .document
        .policies
        .iter()
        .find(|it| matches!(it.kind, PolicyKind::BearerToken | PolicyKind::RateLimit { .. }));
    if let Some(policy) = guarded {
        files.role(
            Role::Guards,
            "checks before an endpoint: token, limits, body",
            Some(policy.text.span),
        );
    }
}

pub(super) fn services(files: &mut Files<'_>) {
    let design = files.design;
    for (at, noun) in design.nouns.iter().enumerate() {
        if design.routes_of(at).next().is_some() {
            let path = files.layout.noun_path(Role::Service, noun);
            files.add(path, &format!("rules of {}", noun.many.replace('_', " ")), Some(noun.span));
        }
    }
}

pub(super) fn models(files: &mut Files<'_>) {
    let design = files.design;
    for route in design.free_routes() {
        let (one, many) = design.subject_of(route);
        let path = files.layout.path(Role::Service, &one, &many);
        files.add(path, &format!("rules of {}", many.replace('_', " ")), Some(route.span));
    }
    let has_body = |method: Method| matches!(method, Method::Post | Method::Put | Method::Patch);
    if let Some(route) = design.routes().iter().find(|it| has_body(it.method)) {
        files.role(Role::Requests, "request bodies", Some(route.span));
    }
    if let Some(route) = design.routes().first() {
        files.role(Role::Responses, "answers", Some(route.span));
    }
    if let Some(transition) = design.document.transitions.first() {
        let path = files.layout.path(Role::Model, "action", "actions");
        files.add(path, "changes of state", Some(transition.span));
    }
    // A design may sketch types of its front end beside those of the service.
    let fence = files.layout.language.fence;
    let has_own = design.document.entities.iter().any(|it| it.form == fence);
    let is_foreign = |form: &str| {
        has_own && form != fence && ["typescript", "python", "go", "rust"].contains(&form)
    };
    for entity in design.document.entities.iter().filter(|it| !is_foreign(it.form)) {
        let name = snake(&entity.name.text);
        let is_body =
            ["request", "response", "create", "update"].iter().any(|it| name.contains(it));
        let has_routes = !design.routes().is_empty();
        let is_table = has_routes && design.nouns.iter().any(|it| it.one == singular(&name));
        let helper = HELPERS.iter().any(|(_, module, _)| *module == name);
        if !is_body && !is_table && !helper && !name.is_empty() {
            let path = files.layout.path(Role::Model, &name, &name);
            files.add(path, &entity.name.text, Some(entity.name.span));
        }
    }
}

pub(super) fn repositories(files: &mut Files<'_>) {
    for noun in &files.design.nouns {
        let path = files.layout.noun_path(Role::Repository, noun);
        files.add(path, &format!("statements on {}", noun.table), Some(noun.span));
    }
}

/// Types with methods that blocks of the design define: services, repositories, clients.
pub(super) fn defined(files: &mut Files<'_>) {
    let design = files.design;
    for it in design.code.types() {
        if design.code.methods(&it.name).next().is_none() {
            continue;
        }
        let name = snake(&it.name);
        let (role, one) = LAYERS
            .iter()
            .find_map(|(end, role)| Some((*role, name.strip_suffix(end)?.trim_end_matches('_'))))
            .filter(|(_, one)| !one.is_empty())
            .unwrap_or((Role::Model, &name));
        let one = one.to_owned();
        let path = files.layout.path(role, &one, &plural(&one));
        files.add(path, &it.name, Some(it.span));
    }
}

/// Types that stated signatures name and nothing defines. They stand beside the function that names
/// them, where the design says in which file that is.
pub(super) fn wanted_types(files: &mut Files<'_>) {
    let design = files.design;
    for (name, user) in design.code.wanted() {
        let one = snake(name);
        let known =
            ["request", "response", "error", "exception", "_repository", "_service", "status"];
        let is_noun = design.nouns.iter().any(|it| it.class == name);
        let is_error = design.document.source.text().contains(&format!("`{name}`: "));
        if is_noun || is_error || known.iter().any(|it| one.ends_with(it)) || one == "action" {
            continue;
        }
        let beside = files.layout.stated_named(&user.name).map(|it| {
            let beside = folder(&it.path);
            let ending = file_name(&it.path).rsplit_once('.');
            format!(
                "{beside}/{}.{}",
                (files.layout.language.case)(&one),
                ending.map_or("", |it| it.1)
            )
        });
        let path = beside.unwrap_or_else(|| files.layout.path(Role::Model, &one, &one));
        files.add(path, name, Some(user.span));
    }
}

/// Components that run by themselves.
pub(super) fn programs(files: &mut Files<'_>) {
    for word in ["worker", "consumer", "scheduler", "daemon"] {
        if let Some(component) = files.design.component(word) {
            let path = files.layout.path(Role::Program, word, word);
            let comment = format!("start of the {}", component.text.to_lowercase());
            files.add(path, &comment, Some(component.span));
        }
    }
}

pub(super) fn helpers(files: &mut Files<'_>) {
    if !files.is_service() {
        return;
    }
    for (words, module, comment) in HELPERS {
        if let Some(span) = files.said(words) {
            let path = files.layout.path(Role::Helper, module, module);
            files.add(path, comment, Some(span));
        }
    }
}

pub(super) fn errors(files: &mut Files<'_>) {
    let first = files.design.document.error_rows().next().map(|it| it.span);
    if first.is_some() {
        files.role(Role::Errors, "one class for each refusal", first);
    }
}

pub(super) fn stated(files: &mut Files<'_>) {
    for file in files.layout.stated.clone() {
        files.add(file.path, &file.holds.unwrap_or_default(), Some(file.span));
    }
}
