//! Every file that the design asks for: those it names, and those that its facts need.

use groundplan_model::document::{Concept, Method, PolicyKind};
use groundplan_syntax::Span;

use super::tree::folders;
use super::{Layout, Role, StatedFile};
use crate::derive::design::{Design, libraries};
use crate::derive::naming::{singular, snake};

/// A file to be written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) path: String,
    /// What it holds, in a few words.
    pub(crate) comment: String,
    /// What in the design asks for it.
    pub(crate) source: Option<Span>,
    /// Whether the design names the path itself.
    pub(crate) is_stated: bool,
}

/// The list in the making.
pub(super) struct Files<'a> {
    design: &'a Design<'a>,
    layout: &'a Layout,
    entries: Vec<Entry>,
}

/// What asks for files, in the order of the tree.
static READERS: &[fn(&mut Files<'_>)] = &[
    manifests,
    entry,
    settings,
    controllers,
    services,
    defined,
    models,
    repositories,
    wanted_types,
    programs,
    helpers,
    errors,
    stated,
    migrations,
    scripts,
    deployment,
    unit_tests,
    integration_tests,
    flow_tests,
];

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

/// Every file, each once; what the design names itself wins.
pub(crate) fn files(design: &Design<'_>, layout: &Layout) -> Vec<Entry> {
    let mut files = Files { design, layout, entries: Vec::new() };
    for reader in READERS {
        reader(&mut files);
    }
    let mut entries = files.entries;
    if let Some(package) = layout.language.package_file {
        let packages = folders(&entries, &layout.root);
        let of = |folder: String| Entry {
            path: format!("{folder}/{package}"),
            comment: String::new(),
            source: None,
            is_stated: false,
        };
        let mut all: Vec<Entry> = packages.into_iter().map(of).collect();
        all.retain(|it| !entries.iter().any(|own| own.path == it.path));
        all.extend(entries);
        entries = all;
    }
    entries
}

impl Files<'_> {
    /// Adds a file, unless it is there; a stated path stays stated.
    fn add(&mut self, path: String, comment: &str, source: Option<Span>) {
        if self.entries.iter().any(|it| it.path == path) {
            return;
        }
        let stated = self.layout.stated.iter().find(|it| it.path == path);
        let comment = stated.and_then(|it| it.holds.clone()).unwrap_or_else(|| comment.to_owned());
        let source = stated.map(|it| it.span).or(source);
        self.entries.push(Entry { path, comment, source, is_stated: stated.is_some() });
    }

    fn role(&mut self, role: Role, comment: &str, source: Option<Span>) {
        let path = self.layout.single(role);
        self.add(path, comment, source);
    }

    /// Whether the design has files or facts of a service with tables or endpoints.
    fn is_service(&self) -> bool {
        !self.design.nouns.is_empty() || !self.design.routes().is_empty()
    }

    fn section(&self, concept: Concept) -> Option<Span> {
        self.design.section(concept).map(|at| Span::at(at as usize))
    }

    /// The first sentence of the design that holds `words`, in lower case.
    fn said(&self, words: &str) -> Option<Span> {
        let document = self.design.document;
        // Only the letters of ASCII: others would move bytes.
        let text = document.source.text().to_ascii_lowercase();
        let is_content = |at: usize| {
            let at = Span::at(at).start;
            let title = document.section_at(at).map_or("", |it| &it.title.text).to_lowercase();
            let skipped = ["contents", "reference", "change log", "non-goal", "out of scope"];
            !skipped.iter().any(|it| title.contains(it))
        };
        let mut places = text.match_indices(words).map(|(at, _)| at);
        places.find(|at| is_content(*at)).map(Span::at)
    }
}

fn manifests(files: &mut Files<'_>) {
    let libraries = libraries(files.design);
    let first = libraries.first().map(|it| it.span);
    if first.is_some() || files.is_service() {
        for (path, comment) in files.layout.language.manifests {
            let named = |it: &StatedFile| groundplan_model::paths::file_name(&it.path) == *path;
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

fn entry(files: &mut Files<'_>) {
    let source = files.design.routes().first().map(|it| it.span);
    if source.is_some() {
        files.role(Role::Entry, "application: routes and the error handler", source);
    }
}

fn settings(files: &mut Files<'_>) {
    if let Some(variable) = files.design.document.env_vars.first() {
        files.role(Role::Settings, "environment", Some(variable.span));
    }
}

fn controllers(files: &mut Files<'_>) {
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

fn services(files: &mut Files<'_>) {
    let design = files.design;
    for (at, noun) in design.nouns.iter().enumerate() {
        if design.routes_of(at).next().is_some() {
            let path = files.layout.noun_path(Role::Service, noun);
            files.add(path, &format!("rules of {}", noun.many.replace('_', " ")), Some(noun.span));
        }
    }
}

fn models(files: &mut Files<'_>) {
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
    for entity in &design.document.entities {
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

fn repositories(files: &mut Files<'_>) {
    for noun in &files.design.nouns {
        let path = files.layout.noun_path(Role::Repository, noun);
        files.add(path, &format!("statements on {}", noun.table), Some(noun.span));
    }
}

/// Types with methods that blocks of the design define: services, repositories, clients.
fn defined(files: &mut Files<'_>) {
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
        let path = files.layout.path(role, &one, &crate::derive::naming::plural(&one));
        files.add(path, &it.name, Some(it.span));
    }
}

/// Types that stated signatures name and nothing defines. They stand beside the function that names
/// them, where the design says in which file that is.
fn wanted_types(files: &mut Files<'_>) {
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
            let folder = groundplan_model::paths::folder(&it.path).to_owned();
            let ending = groundplan_model::paths::file_name(&it.path).rsplit_once('.');
            format!(
                "{folder}/{}.{}",
                (files.layout.language.case)(&one),
                ending.map_or("", |it| it.1)
            )
        });
        let path = beside.unwrap_or_else(|| files.layout.path(Role::Model, &one, &one));
        files.add(path, name, Some(user.span));
    }
}

/// Components that run by themselves.
fn programs(files: &mut Files<'_>) {
    for word in ["worker", "consumer", "scheduler", "daemon"] {
        if let Some(component) = files.design.component(word) {
            let path = files.layout.path(Role::Program, word, word);
            let comment = format!("start of the {}", component.text.to_lowercase());
            files.add(path, &comment, Some(component.span));
        }
    }
}

fn helpers(files: &mut Files<'_>) {
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

fn errors(files: &mut Files<'_>) {
    let first = files.design.document.error_rows().next().map(|it| it.span);
    if first.is_some() {
        files.role(Role::Errors, "one class for each refusal", first);
    }
}

fn stated(files: &mut Files<'_>) {
    for file in files.layout.stated.clone() {
        files.add(file.path, &file.holds.unwrap_or_default(), Some(file.span));
    }
}

fn migrations(files: &mut Files<'_>) {
    let has = files.entries.iter().any(|it| it.path.contains("migration"));
    if let Some((_, span)) = files.design.table_names().first().filter(|_| !has) {
        files.role(Role::Migration, "tables and indexes", Some(*span));
    }
}

fn scripts(files: &mut Files<'_>) {
    let design = files.design;
    if files.is_service() {
        files.role(Role::Setup, "a machine made ready for the work", None);
    }
    for table in design.tables(&["data set", "generation", "purpose"]) {
        for row in 0..table.view.rows.len() {
            let method = design.cell(table, row, "generation").unwrap_or_default().to_lowercase();
            let purpose = design.cell(table, row, "purpose").unwrap_or_default();
            let span = Some(Span::at(table.row_start(row) as usize));
            let name = snake(&purpose);
            let name = name.split("_test").next().unwrap_or(&name);
            if method.contains("factor") {
                files.role(Role::Factories, "rows for tests", span);
            } else if method.contains("script") && !name.is_empty() && name.len() < 20 {
                let path = files.layout.path(Role::Generator, name, name);
                files.add(path, &format!("data for {}", purpose.to_lowercase()), span);
            }
        }
    }
}

fn deployment(files: &mut Files<'_>) {
    let Some(section) = files.section(Concept::Deployment) else { return };
    if !files.is_service() {
        return;
    }
    let has = |files: &Files<'_>, word: &str| files.entries.iter().any(|it| it.path.contains(word));
    if !has(files, "Dockerfile") {
        files.role(Role::Dockerfile, "image", Some(section));
    }
    let alerts = files.design.tables(&["alert", "condition"]).next().map(|it| it.view.span);
    if let Some(span) = alerts.filter(|_| !has(files, "alerts")) {
        files.role(Role::Alerts, "alerts", Some(span));
    }
    let boards = files.design.tables(&["dashboard"]).next().map(|it| it.view.span);
    if let Some(span) = boards.filter(|_| !has(files, "dashboard")) {
        files.role(Role::Dashboards, "dashboards", Some(span));
    }
}

fn unit_tests(files: &mut Files<'_>) {
    let design = files.design;
    let mut subjects: Vec<(String, String, Span)> = Vec::new();
    if let Some(transition) = design.document.transitions.first() {
        subjects.push((
            "actions".to_owned(),
            "every action from every state".to_owned(),
            transition.span,
        ));
    }
    for entity in &design.document.entities {
        if design.words(entity.name.span) == entity.name.text
            && is_structure(design, entity.name.span)
        {
            let name = snake(&entity.name.text);
            subjects.push((name, format!("invariants of {}", entity.name.text), entity.name.span));
        }
    }
    let mut folders: Vec<(String, Span)> = Vec::new();
    for file in &files.layout.stated {
        let folder = groundplan_model::paths::folder(&file.path);
        let name = groundplan_model::paths::file_name(folder).to_owned();
        let runs = ["worker", "workers", "jobs", "tasks", "consumers", "cron"].contains(&&*name);
        if runs && folder.starts_with(&files.layout.root) && !folders.iter().any(|it| it.0 == name)
        {
            folders.push((name, file.span));
        }
    }
    for (name, span) in folders {
        subjects.push((name.clone(), format!("what stands in {name}/"), span));
    }
    for (name, comment, span) in subjects {
        let path = files.layout.path(Role::UnitTest, &name, &name);
        files.add(path, &comment, Some(span));
    }
    let rules = design.items(&["business rules"]);
    for noun in design.nouns.iter().filter(|_| !rules.is_empty()) {
        let name = format!("{}_service", noun.one);
        if files.entries.iter().any(|it| it.path.contains(&(files.layout.language.case)(&name))) {
            let path = files.layout.path(Role::UnitTest, &name, &name);
            let rule = rules.first().map(|it| it.span);
            files.add(path, &format!("rules of {}", noun.many.replace('_', " ")), rule);
        }
    }
}

/// Whether a type is a structure of the design, not a body of the interface.
fn is_structure(design: &Design<'_>, span: Span) -> bool {
    let section = design.document.section_at(span.start);
    section.is_some_and(|it| it.title.text.to_lowercase().contains("structure"))
}

fn integration_tests(files: &mut Files<'_>) {
    let design = files.design;
    for (at, noun) in design.nouns.iter().enumerate() {
        let Some(route) = design.routes_of(at).next() else { continue };
        let path = files.layout.noun_path(Role::IntegrationTest, noun);
        let comment = format!("every documented status of {}", noun.many.replace('_', " "));
        files.add(path, &comment, Some(route.span));
    }
    for route in design.free_routes() {
        let (one, many) = design.subject_of(route);
        let path = files.layout.path(Role::IntegrationTest, &one, &many);
        let comment = format!("every documented status of {}", many.replace('_', " "));
        files.add(path, &comment, Some(route.span));
    }
    let Some(plan) = &design.plan else { return };
    files.role(
        Role::Fixtures,
        "clients and a database for tests",
        plan.routes.first().map(|it| it.span),
    );
    files.role(Role::Factories, "rows for tests", plan.routes.first().map(|it| it.span));
    let mut policies: Vec<(&str, &str, Span)> = Vec::new();
    if let Some(limit) = &plan.rate_limit {
        policies.push(("limits", "rate limit and quotas", limit.span));
    }
    policies.extend(plan.quotas.iter().map(|it| ("limits", "rate limit and quotas", it.span)));
    for policy in &design.document.policies {
        if policy.kind == PolicyKind::OwnRows {
            policies.push(("ownership", "rows of other owners", policy.text.span));
        }
    }
    for (name, comment, span) in policies {
        let path = files.layout.path(Role::IntegrationTest, name, name);
        files.add(path, comment, Some(span));
    }
}

fn flow_tests(files: &mut Files<'_>) {
    let design = files.design;
    for table in design.tables(&["test type", "scenario"]) {
        for row in 0..table.view.rows.len() {
            let kind = design.cell(table, row, "test type").unwrap_or_default().to_lowercase();
            let span = Some(Span::at(table.row_start(row) as usize));
            if kind.contains("e2e") || kind.contains("end-to-end") {
                files.role(Role::FlowTest, "whole flows", span);
            } else if kind.contains("perf") || kind.contains("load") {
                files.role(Role::LoadTest, "load, stress and spike", span);
            }
        }
    }
}
