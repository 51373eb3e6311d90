//! The key types of part 2: those that the design gives, bodies from tables, refusals from error
//! rows, and the types that its signatures name.

use groundplan_model::document::Method;
use groundplan_model::service::{Operation, Resource};

use super::shape::{Member, MemberType, bounds, written};
use super::{Context, Page, gap};
use crate::derive::code::Definition;
use crate::derive::design::Noun;
use crate::derive::layout::Role;
use crate::derive::naming::{pascal, snake};

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    let parts: [fn(&Context<'_>, &mut Page<'_>) -> bool; 6] =
        [given, bodies, actions, layers, refusals, wanted];
    let mut any = false;
    for part in parts {
        any |= part(context, page);
    }
    if !any {
        page.say(&gap("which classes carry the work, with which methods?"));
    }
}

/// Types that blocks of the design define.
fn given(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let types = context.design.code.types();
    let row = |it: &&Definition| {
        let methods: Vec<String> =
            context.design.code.methods(&it.name).map(|it| format!("`{}`", it.name)).collect();
        let entity = context.design.document.entities.iter().find(|own| own.name.text == it.name);
        let fields = entity.map(|it| it.fields.iter().map(|it| format!("`{}`", it.name)));
        let fields: Vec<String> = fields.into_iter().flatten().collect();
        vec![
            format!("`{}`", it.name),
            fields.join(", "),
            methods.join(", "),
            page.cite(it.span.start),
        ]
    };
    let rows: Vec<Vec<String>> = types.iter().map(row).collect();
    if !rows.is_empty() {
        page.say("The design gives these types; they are taken as they stand there:");
        page.table(&["Type", "Fields", "Methods", "Source"], &rows);
    }
    !rows.is_empty()
}

/// Request and answer of each resource, from the columns that clients see and write.
fn bodies(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let Some(plan) = &context.design.plan else { return rows(context, page) };
    let mut code = Vec::new();
    for (at, (resource, noun)) in plan.resources.iter().zip(&context.design.nouns).enumerate() {
        let mut types: Vec<(String, Vec<Member>)> = Vec::new();
        for route in context.design.routes_of(at) {
            let word = match (&route.operation, route.method) {
                (Operation::Create, _) => "CreateRequest",
                (Operation::Replace | Operation::Upsert | Operation::PutSingleton, _) => {
                    "WriteRequest"
                }
                (Operation::Update, Method::Patch | Method::Put) => "ChangeRequest",
                _ => continue,
            };
            types.push((format!("{}{word}", noun.class), request(context, resource, noun, word)));
        }
        if context.design.routes_of(at).next().is_some() {
            types.push((format!("{}Response", noun.class), response(context, resource, noun)));
        }
        types.dedup_by(|one, other| one.0 == other.0);
        for (name, members) in types.iter().filter(|it| !context.design.code.defines(&it.0)) {
            code.push(block(context, page, name, members, noun.span.start));
        }
    }
    fields(context, page);
    flush(context, page, code, "Bodies and answers, from the columns of the tables:")
}

/// One type a table, where there is no endpoint.
fn rows(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let mut code = Vec::new();
    for table in &context.design.document.schema.tables {
        let noun = context.design.nouns.iter().find(|it| it.table == table.name);
        let Some(noun) = noun.filter(|it| !context.design.code.defines(&it.class)) else {
            continue;
        };
        let member = |it: &groundplan_model::schema::Column| Member {
            name: it.name.clone(),
            ty: MemberType::Column(it.ty.clone()),
            optional: !it.not_null,
        };
        let members: Vec<Member> = table.columns.iter().map(member).collect();
        code.push(block(context, page, &noun.class, &members, table.span.start));
    }
    flush(context, page, code, "Rows, from the columns of the tables:")
}

fn block(
    context: &Context<'_>,
    page: &Page<'_>,
    name: &str,
    members: &[Member],
    at: u32,
) -> String {
    let comment = context.layout.language.comment;
    let text = written(context.layout.language.fence, name, members);
    format!("{comment} {}\n{text}", page.cite_plain(at))
}

fn flush(context: &Context<'_>, page: &mut Page<'_>, code: Vec<String>, words: &str) -> bool {
    if code.is_empty() {
        return false;
    }
    page.say(words);
    page.fence(context.layout.language.fence, &code.join("\n\n\n"));
    true
}

fn request(context: &Context<'_>, resource: &Resource, noun: &Noun, word: &str) -> Vec<Member> {
    let fields = resource.fields.iter().enumerate().filter(|(_, it)| it.role.is_writable());
    let member = |(at, field): (usize, &groundplan_model::service::Field)| {
        let column = resource.column(at)?;
        let optional = !field.required || word == "ChangeRequest";
        Some(Member { name: field.name.clone(), ty: ty(context, column, noun), optional })
    };
    fields.filter_map(member).collect()
}

fn response(context: &Context<'_>, resource: &Resource, noun: &Noun) -> Vec<Member> {
    let fields = resource.fields.iter().enumerate().filter(|(_, it)| it.role.is_shown());
    let member = |(at, field): (usize, &groundplan_model::service::Field)| {
        let column = resource.column(at)?;
        let ty = ty(context, column, noun);
        Some(Member { name: field.name.clone(), ty, optional: !column.not_null })
    };
    fields.filter_map(member).collect()
}

/// A column's type; an enumeration of the design where one of that name is defined.
fn ty(context: &Context<'_>, column: &groundplan_model::schema::Column, noun: &Noun) -> MemberType {
    let name = format!("{}{}", noun.class, pascal(&column.name));
    match context.design.code.defines(&name) {
        true => MemberType::Named(name),
        false => MemberType::Column(column.ty.clone()),
    }
}

/// The bounds of fields that clients write.
fn fields(context: &Context<'_>, page: &mut Page<'_>) {
    let Some(plan) = &context.design.plan else { return };
    let mut rows = Vec::new();
    for (resource, noun) in plan.resources.iter().zip(&context.design.nouns) {
        for (at, field) in
            resource.fields.iter().enumerate().filter(|(_, it)| it.role.is_writable())
        {
            let Some(column) = resource.column(at) else { continue };
            let bounds = bounds(column);
            if !bounds.is_empty() {
                let name = format!("`{}.{}`", noun.one, field.name);
                rows.push(vec![name, bounds, page.cite(column.span.start)]);
            }
        }
    }
    if !rows.is_empty() {
        page.say("What values of fields must hold to:");
        page.table(&["Field", "Bounds", "Source"], &rows);
    }
}

/// Changes of state, as data.
fn actions(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let mut rows = Vec::new();
    for it in &context.design.document.transitions {
        let action = it.action.as_deref().unwrap_or("-");
        let from = if it.from.is_empty() { "any".to_owned() } else { it.from.join(", ") };
        rows.push(vec![action.to_owned(), from, it.to.clone(), page.cite(it.span.start)]);
    }
    rows.dedup();
    if !rows.is_empty() {
        let path = context.layout.path(Role::Model, "action", "actions");
        page.say(&format!("`Action` in `{path}`: the changes of state are data, one value a row:"));
        page.table(&["Action", "From", "To", "Source"], &rows);
    }
    !rows.is_empty()
}

/// Services and repositories: one of each a resource, and what the design says that they do.
fn layers(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let mut rows = Vec::new();
    for (at, noun) in context.design.nouns.iter().enumerate() {
        let mut methods: Vec<String> = Vec::new();
        for route in context.design.routes_of(at) {
            let name = method_name(&route.operation, &route.path);
            if !methods.contains(&name) {
                methods.push(name);
            }
        }
        let service = format!("{}Service", noun.class);
        let repository = format!("{}Repository", noun.class);
        for (class, role) in [(service, Role::Service), (repository, Role::Repository)] {
            if role == Role::Service && methods.is_empty() || context.design.code.defines(&class) {
                continue;
            }
            let path = context.layout.noun_path(role, noun);
            let names = methods.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
            rows.push(vec![
                format!("`{class}`"),
                format!("`{path}`"),
                names,
                page.cite(noun.span.start),
            ]);
        }
    }
    for file in &context.layout.stated {
        rows.extend(stated_class(context, page, &file.path, file.span.start, &rows));
    }
    if !rows.is_empty() {
        page.say("Classes of the layers; each method is one operation of the interface:");
        page.table(&["Class", "File", "Methods", "Source"], &rows);
    }
    !rows.is_empty()
}

/// The class that a stated file of a service or a repository is named after.
fn stated_class(
    context: &Context<'_>,
    page: &Page<'_>,
    path: &str,
    at: u32,
    rows: &[Vec<String>],
) -> Option<Vec<String>> {
    let name = groundplan_model::paths::file_name(path).split('.').next()?;
    let is_layer = ["_service", "_repository", "-service", "-repository", "Service", "Repository"];
    let class = pascal(name);
    let quoted = format!("`{class}`");
    let known =
        context.design.code.defines(&class) || rows.iter().any(|row| row.first() == Some(&quoted));
    let is_test = path.contains("test");
    (is_layer.iter().any(|it| name.ends_with(it)) && !known && !is_test)
        .then(|| vec![quoted, format!("`{path}`"), String::new(), page.cite(at)])
}

/// What code calls an operation.
pub(super) fn method_name(
    operation: &Operation,
    path: &[groundplan_model::service::Segment],
) -> String {
    use groundplan_model::service::Segment;
    match operation {
        Operation::List => "page".to_owned(),
        Operation::Create => "create".to_owned(),
        Operation::Read | Operation::ReadSingleton => "read".to_owned(),
        Operation::Replace | Operation::Upsert | Operation::PutSingleton => "write".to_owned(),
        Operation::Link => "link".to_owned(),
        Operation::Unlink => "part".to_owned(),
        Operation::Update => "change".to_owned(),
        Operation::Delete => "remove".to_owned(),
        Operation::Upload(_) => "upload".to_owned(),
        Operation::Download => "download".to_owned(),
        Operation::CreateMany(_) => "create_many".to_owned(),
        Operation::UpdateMany(_) => "change_many".to_owned(),
        Operation::DeleteMany(_) => "remove_many".to_owned(),
        Operation::Aggregate(_)
        | Operation::Search
        | Operation::History(_)
        | Operation::Export(_)
        | Operation::Transition(_)
        | Operation::Session(_)
        | Operation::Act
        | Operation::Builtin(_)
        | Operation::Underived(_) => {
            let literals = path.iter().rev().find_map(|it| match it {
                Segment::Literal(text) => Some(snake(text)),
                Segment::Parameter(_) => None,
            });
            literals.unwrap_or_else(|| "handle".to_owned())
        }
    }
}

/// One class a refusal: those that the design names, or one an error row.
fn refusals(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let mut rows = named_errors(context, page);
    if rows.is_empty() {
        rows = error_classes(context, page);
    }
    if !rows.is_empty() {
        page.say(&format!(
            "Refusals, one class each, in `{}`; one handler turns them into answers:",
            context.layout.single(Role::Errors)
        ));
        page.table(&["Class", "Raised when", "Source"], &rows);
    }
    !rows.is_empty()
}

/// `NameError`: when it is raised, from a list of exceptions.
fn named_errors(context: &Context<'_>, page: &Page<'_>) -> Vec<Vec<String>> {
    let items = context.design.items(&["exceptions", "exception classes", "custom exceptions"]);
    let row = |it: &crate::derive::design::Item| {
        let words = context.design.words(it.span);
        let (name, rest) = words.split_once(':').or_else(|| words.split_once(" - "))?;
        let name = name.trim_matches(['`', '*', ' ']);
        let is_class = name.chars().all(|c| c.is_alphanumeric() || c == '_') && name.len() > 3;
        is_class
            .then(|| vec![format!("`{name}`"), rest.trim().to_owned(), page.cite(it.span.start)])
    };
    items.iter().filter_map(row).collect()
}

/// A class for each status that rows of errors state.
fn error_classes(context: &Context<'_>, page: &Page<'_>) -> Vec<Vec<String>> {
    let mut seen = std::collections::BTreeSet::new();
    let cases = context.design.document.error_rows().filter(|it| seen.insert(it.status));
    cases
        .filter_map(|it| {
            let class = class_of(it.status)?;
            let meaning = format!("{}: {}", it.status, it.meaning.text);
            Some(vec![format!("`{class}`"), meaning, page.cite(it.span.start)])
        })
        .collect()
}

/// The usual name of the refusal with this status (RFC 9110).
fn class_of(status: u16) -> Option<&'static str> {
    const NAMES: [(u16, &str); 16] = [
        (400, "BadRequestError"),
        (401, "UnauthenticatedError"),
        (402, "PaymentRequiredError"),
        (403, "ForbiddenError"),
        (404, "NotFoundError"),
        (405, "MethodNotAllowedError"),
        (408, "RequestTimeoutError"),
        (409, "ConflictError"),
        (410, "GoneError"),
        (412, "PreconditionFailedError"),
        (413, "BodyTooLargeError"),
        (415, "UnsupportedMediaTypeError"),
        (422, "ValidationFailedError"),
        (429, "RateLimitedError"),
        (502, "BadGatewayError"),
        (503, "UnavailableError"),
    ];
    NAMES.iter().find(|(own, _)| *own == status).map(|(_, name)| *name)
}

/// What follows a table's class in the names of types that are derived from it.
const DERIVED: [&str; 7] =
    ["", "CreateRequest", "WriteRequest", "ChangeRequest", "Response", "Service", "Repository"];

/// Types that signatures of the design name and that nobody defined yet.
fn wanted(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let errors = named_errors(context, page);
    let names = context.design.code.wanted();
    let open = names.iter().filter(|(name, _)| {
        let is_derived = context.design.nouns.iter().any(|it| {
            let rest = name.strip_prefix(it.class.as_str());
            rest.is_some_and(|rest| DERIVED.contains(&rest))
        });
        let is_error = errors.iter().any(|row| row.first().is_some_and(|it| it.contains(name)));
        !is_derived && !is_error && *name != "Action"
    });
    let rows: Vec<Vec<String>> = open
        .map(|(name, user)| {
            let what = format!("what does `{name}` hold or do? `{}` uses it", user.name);
            vec![format!("`{name}`"), gap(&what), page.cite(user.span.start)]
        })
        .collect();
    if !rows.is_empty() {
        page.say("Types that signatures of the design name without a definition:");
        page.table(&["Type", "To be defined", "Source"], &rows);
    }
    !rows.is_empty()
}
