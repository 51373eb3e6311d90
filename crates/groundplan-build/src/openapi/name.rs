//! Names in the description: operation ids, schema names, tags. All of them are functions of the
//! plan alone, so a client that was generated yesterday still compiles today.

use groundplan_model::ServicePlan;
use groundplan_model::service::{Operation, Resource, Route, Segment, SessionKind};

/// The operation id of each route, by the route's index; no two are equal.
pub(super) struct OperationIds(Vec<String>);

impl OperationIds {
    pub(super) fn new(plan: &ServicePlan) -> Self {
        let mut ids: Vec<String> = Vec::with_capacity(plan.routes.len());
        for route in &plan.routes {
            let wanted = operation_id(plan, route);
            let numbered = (2_usize..).map(|number| format!("{wanted}{number}"));
            let mut names = std::iter::once(wanted.clone()).chain(numbered);
            ids.push(names.find(|name| !ids.contains(name)).unwrap_or(wanted));
        }
        Self(ids)
    }

    pub(super) fn of(&self, index: usize) -> &str {
        self.0.get(index).map_or("", String::as_str)
    }
}

/// `listExports`, `createExport`, `cancelExport`, `listExportFilters`, `putExportDownload`.
fn operation_id(plan: &ServicePlan, route: &Route) -> String {
    let verb = verb(route);
    let Some(noun) = noun(plan, route) else { return path_id(route) };
    format!("{verb}{noun}")
}

fn verb(route: &Route) -> String {
    match &route.operation {
        Operation::List => "list".to_owned(),
        Operation::Create => "create".to_owned(),
        Operation::Read | Operation::ReadSingleton => "get".to_owned(),
        Operation::Replace => "replace".to_owned(),
        Operation::PutSingleton => "put".to_owned(),
        Operation::Update => "update".to_owned(),
        Operation::Delete => "delete".to_owned(),
        Operation::Upload(_) => "upload".to_owned(),
        Operation::Download => "download".to_owned(),
        Operation::Session(session) => session_verb(session.kind).to_owned(),
        Operation::History(_) => "list".to_owned(),
        Operation::Search => "search".to_owned(),
        Operation::Aggregate(_) | Operation::Export(_) => lower_first(&pascal(last_literal(route))),
        Operation::CreateMany(_) => "createMany".to_owned(),
        Operation::UpdateMany(_) => "updateMany".to_owned(),
        Operation::DeleteMany(_) => "deleteMany".to_owned(),
        Operation::Transition(_) | Operation::Act => lower_first(&pascal(last_literal(route))),
        Operation::Upsert => "put".to_owned(),
        Operation::Link => "link".to_owned(),
        Operation::Unlink => "unlink".to_owned(),
        Operation::Builtin(_) => "get".to_owned(),
        Operation::Underived(_) => route.method.as_str().to_ascii_lowercase(),
    }
}

fn session_verb(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Register => "register",
        SessionKind::Login => "login",
        SessionKind::Refresh => "refresh",
        SessionKind::Logout => "logout",
        SessionKind::Me => "getCurrent",
    }
}

/// What the operation is about: parent and child in one word, plural for lists.
fn noun(plan: &ServicePlan, route: &Route) -> Option<String> {
    let binding = route.binding.as_ref()?;
    let resource = plan.resources.get(binding.resource)?;
    let parent = binding.parent.as_ref().and_then(|it| plan.resources.get(it.resource));
    let parent = parent.map_or_else(String::new, schema);
    let own = match &route.operation {
        Operation::List => pascal(last_literal(route)),
        Operation::History(_) => format!("{}{}", schema(resource), pascal(last_literal(route))),
        Operation::Aggregate(_)
        | Operation::Export(_)
        | Operation::Search
        | Operation::CreateMany(_)
        | Operation::UpdateMany(_)
        | Operation::DeleteMany(_) => format!("{}s", schema(resource)),
        _ => schema(resource),
    };
    let own = own.strip_prefix(&parent).filter(|rest| !rest.is_empty()).unwrap_or(&own);
    let by = binding.key.as_ref().filter(|key| resource.key_index() != Some(key.column));
    let by = by.map_or_else(String::new, |key| format!("By{}", pascal(&key.parameter)));
    let value = binding.value.map_or_else(String::new, |_| pascal(last_literal(route)));
    Some(format!("{parent}{own}{by}{value}"))
}

/// `postExportsIdRefund`: for routes that nothing is known of.
fn path_id(route: &Route) -> String {
    let words = route.path.iter().map(|segment| match segment {
        Segment::Literal(text) | Segment::Parameter(text) => pascal(text),
    });
    format!("{}{}", route.method.as_str().to_ascii_lowercase(), words.collect::<String>())
}

/// The group that a route belongs to, its resource in words: `Export filter`.
pub(super) fn tag(plan: &ServicePlan, route: &Route) -> String {
    let binding = route.binding.as_ref();
    let resource = binding.and_then(|it| plan.resources.get(it.resource));
    resource.map_or_else(|| "Other".to_owned(), |it| words(&schema(it)))
}

/// `ExportFilter` as `Export filter`.
fn words(pascal: &str) -> String {
    let mut words = String::with_capacity(pascal.len() + 4);
    for c in pascal.chars() {
        if c.is_ascii_uppercase() && words.ends_with(|last: char| last.is_ascii_lowercase()) {
            words.push(' ');
            words.push(c.to_ascii_lowercase());
        } else {
            words.push(c);
        }
    }
    words
}

/// The schema of a row.
pub(super) fn schema(resource: &Resource) -> String {
    let name = pascal(&resource.name);
    if name.is_empty() { "Resource".to_owned() } else { name }
}

/// The schema of a body that creates or replaces a row.
pub(super) fn create_schema(resource: &Resource) -> String {
    format!("{}Create", schema(resource))
}

/// The schema of a body that changes a row.
pub(super) fn update_schema(resource: &Resource) -> String {
    format!("{}Update", schema(resource))
}

fn last_literal(route: &Route) -> &str {
    route.path.iter().rev().find_map(literal).unwrap_or("")
}

fn literal(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Literal(text) => Some(text),
        Segment::Parameter(_) => None,
    }
}

/// `export_filters` and `export-filters` as `ExportFilters`. Names of components and operations
/// are ASCII letters and digits: other characters only part words.
fn pascal(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(upper_first).collect()
}

fn upper_first(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    format!("{}{rest}", first.to_ascii_uppercase())
}

fn lower_first(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    format!("{}{rest}", first.to_ascii_lowercase())
}
