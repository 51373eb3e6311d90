//! Uploads and downloads (rules D4 and D7): which endpoints they are, and what files may be.

mod allowed;
mod text;

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::bind::{relation, resolve};
use super::names;
use super::note;
use super::scope::{Reason, Scope};
use crate::document::{Document, Endpoint, Method};
use crate::service::{
    Binding, FileColumns, Note, NoteLevel, Operation, Resource, Role, Route, Segment, Upload,
};

/// Last words of paths to the bytes of a row's file.
const CONTENTS: [&str; 6] = ["download", "content", "contents", "file", "raw", "blob"];

/// Those that a file is sent to as well. To send one to a "download" makes no sense: such an
/// endpoint fetches the file from elsewhere.
const TAKEN: [&str; 3] = ["content", "contents", "file"];

/// What an upload may have where no text says it.
const LIMIT_BYTES: u64 = 10 * 1024 * 1024;

type Bound = (Operation, Binding);

/// The upload or download that the path is; `None` where it is something else.
pub(super) fn bind(scope: &mut Scope<'_>, path: &[Segment]) -> Result<Option<Bound>, Reason> {
    let Some((rows, is_named)) = rows(scope, path) else { return Ok(None) };
    let mark = scope.mark();
    let found = match resolve_rows(scope, rows) {
        Ok(binding) => bound(scope, binding, path, is_named),
        // What is not found as a file's row may be found as something else.
        Err(_) => None,
    };
    if found.is_none() {
        scope.forget(mark);
    }
    Ok(found)
}

/// The part of the path that names rows, and whether what follows it names a file.
fn rows<'p>(scope: &Scope<'_>, path: &'p [Segment]) -> Option<(&'p [Segment], bool)> {
    let (last, rows) = path.split_last()?;
    let Segment::Literal(word) = last else { return None };
    let word = word.to_lowercase();
    let after_key = matches!(rows.last(), Some(Segment::Parameter(_)));
    let is_content = CONTENTS.contains(&word.as_str());
    match scope.statement.method {
        Method::Get if after_key && is_content => Some((rows, true)),
        Method::Post | Method::Put if word == "upload" && !rows.is_empty() => Some((rows, true)),
        Method::Post | Method::Put if after_key && TAKEN.contains(&word.as_str()) => {
            Some((rows, true))
        }
        Method::Post if is_upload(scope.document, scope) => Some((path, false)),
        _ => None,
    }
}

fn bound(
    scope: &mut Scope<'_>,
    binding: Binding,
    path: &[Segment],
    is_named: bool,
) -> Option<Bound> {
    let resource = scope.resources.get(binding.resource)?;
    let columns = resource.file_columns()?;
    if is_named && is_child(scope, path) {
        return None;
    }
    if scope.statement.method == Method::Get {
        because(scope, resource, &columns, "gives out the file");
        return Some((Operation::Download, binding));
    }
    let takes = if binding.key.is_some() { "takes the row's file" } else { "takes a new file" };
    because(scope, resource, &columns, takes);
    Some((Operation::Upload(upload(scope, resource)), binding))
}

fn because(scope: &mut Scope<'_>, resource: &Resource, columns: &FileColumns, does: &str) {
    let Some(column) = resource.column(columns.place) else { return };
    let (name, span) = (&column.name, column.span);
    let method = scope.statement.method.as_str();
    scope.because("D4", scope.statement.span, format!("{method} {does}"));
    let lies = if columns.inline { "its bytes lie" } else { "where it lies is kept" };
    scope.because("D7", span, format!("{lies} in `{name}`"));
}

/// Whether the last word is a table of its own: `exports/{id}/download` with `export_downloads`.
fn is_child(scope: &mut Scope<'_>, path: &[Segment]) -> bool {
    let [Segment::Literal(collection), Segment::Parameter(key), Segment::Literal(word)] = path
    else {
        return false;
    };
    let mark = scope.mark();
    let child = resolve::table(scope, collection, None).and_then(|owner| {
        let key = resolve::key(scope, owner, key, None)?;
        relation::child(scope, owner, key, word)
    });
    scope.forget(mark);
    child.is_ok()
}

/// The rows that a path stands for: a collection or a row, below a parent or not.
fn resolve_rows(scope: &mut Scope<'_>, path: &[Segment]) -> Result<Binding, Reason> {
    use Segment::{Literal, Parameter};
    let (collection, rest) = match path {
        [Literal(collection), rest @ ..] => (collection, rest),
        _ => return Err("no collection".to_owned()),
    };
    let owner = resolve::table(scope, collection, None)?;
    match rest {
        [] => Ok(Binding { resource: owner, key: None, parent: None, value: None }),
        [Parameter(key)] => {
            let key = Some(resolve::key(scope, owner, key, None)?);
            Ok(Binding { resource: owner, key, parent: None, value: None })
        }
        [Parameter(key), Literal(word), rest @ ..] => {
            let key = resolve::key(scope, owner, key, None)?;
            let (resource, parent) = relation::child(scope, owner, key, word)?;
            let key = match rest {
                [] => None,
                [Parameter(key)] => {
                    Some(resolve::key(scope, resource, key, Some(parent.foreign_key))?)
                }
                _ => return Err("no rule".to_owned()),
            };
            if parent.through.is_some() {
                return Err("the way to its rows leads over other rows".to_owned());
            }
            Ok(Binding { resource, key, parent: Some(parent), value: None })
        }
        _ => Err("no rule".to_owned()),
    }
}

/// Whether the endpoint's texts say that its body is a file.
fn is_upload(document: &Document, scope: &Scope<'_>) -> bool {
    let mut stated = scope.statement.stated(document).peekable();
    let says = |it: &Endpoint| {
        let request = it.request.as_ref().map_or("", |text| text.text.trim());
        let is_open = request.chars().all(|c| !c.is_alphanumeric());
        let purpose = it.purpose.as_ref().map_or("", |text| &text.text);
        text::is_file(request) || is_open && text::has_word(purpose, "upload")
    };
    stated.peek().is_some() && stated.any(says)
        || own_text(document, scope).is_some_and(|text| text.contains("multipart/form-data"))
}

/// The text of the section that is about this endpoint alone.
fn own_text<'d>(document: &'d Document, scope: &Scope<'_>) -> Option<&'d str> {
    let is_own = |it: &Endpoint| scope.statement.stated(document).any(|own| own.span == it.span);
    scope.statement.stated(document).find_map(|endpoint| {
        let section = document.section_at(endpoint.span.start)?;
        let inside = |it: &&Endpoint| {
            section.span.start <= it.span.start && it.span.start < section.span.end
        };
        let alone = document.endpoints.iter().filter(inside).all(is_own);
        alone.then(|| document.source.slice(section.span))
    })
}

/// What the texts say of files: those of the endpoint's own section first.
fn upload(scope: &mut Scope<'_>, resource: &Resource) -> Upload {
    let document = scope.document;
    let own = own_text(document, scope).unwrap_or_default();
    let whole = document.source.text();
    let part = part(document, scope, own);
    let noun = names::singular(&names::snake(&resource.table.name)).replace('_', " ");
    let limit = allowed::limit(own, None).or_else(|| allowed::limit(whole, Some(&noun)));
    let limit_bytes = limit.unwrap_or_else(|| {
        scope.assume("D7", "no text limits the size of files: 10 MiB".to_owned());
        LIMIT_BYTES
    });
    let media_types = stored_types(resource)
        .or_else(|| allowed::types(own, None))
        .or_else(|| allowed::types(whole, Some(&noun)));
    let media_types = media_types.unwrap_or_else(|| {
        scope.assume("D7", "no text names types of files: any is taken".to_owned());
        Vec::new()
    });
    Upload { part, limit_bytes, media_types }
}

/// The types that the column for them can hold.
fn stored_types(resource: &Resource) -> Option<Vec<String>> {
    let column = resource.column(resource.file_columns()?.media_type?)?;
    let known = !column.allowed.is_empty() && column.allowed.iter().all(|it| it.contains('/'));
    known.then(|| column.allowed.clone())
}

/// The name of the file's part: of the request cell, or of a sentence; `file` otherwise.
fn part(document: &Document, scope: &mut Scope<'_>, own: &str) -> String {
    let requests = scope.statement.stated(document).filter_map(|it| it.request.as_ref());
    let told = requests.map(|it| it.text.as_str()).find_map(text::part_of_cell);
    told.or_else(|| text::part_of_sentence(own)).unwrap_or_else(|| {
        scope.assume("D7", "the part that is the file is named `file`".to_owned());
        "file".to_owned()
    })
}

/// Columns of files are the service's to fill, where it takes uploads; where a file lies is not
/// told, unless an example shows it.
pub(super) fn settle(resources: &mut [Resource], routes: &[Route], notes: &mut Vec<Note>) {
    for (index, resource) in resources.iter_mut().enumerate() {
        let on_it =
            |it: &&Route| it.binding.as_ref().is_some_and(|binding| binding.resource == index);
        let takes = |it: &Route| matches!(it.operation, Operation::Upload(_));
        if !routes.iter().filter(on_it).any(takes) {
            continue;
        }
        let Some(columns) = resource.file_columns() else { continue };
        let shown = routes.iter().filter(on_it).any(|it| shows(it, resource, columns.place));
        for at in columns.all() {
            let hidden = at == columns.place && !shown;
            if let Some(field) = resource.fields.get_mut(at) {
                field.role = if hidden { Role::Hidden } else { Role::ReadOnly };
                field.required = false;
            }
        }
        if let Some(column) = resource.column(columns.place).filter(|_| !shown) {
            let message = format!("`{}` is never given out", column.name);
            note(notes, NoteLevel::Info, "D5", column.span, message);
        }
    }
}

/// Whether the documented answer of the route has the column.
fn shows(route: &Route, resource: &Resource, at: usize) -> bool {
    let Some(column) = resource.column(at) else { return false };
    let name = names::snake(&column.name);
    route.response_example.as_ref().is_some_and(|example| has_member(example, &name))
}

fn has_member(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| names::snake(name) == wanted || has_member(value, wanted)),
        Value::Array(items) => items.iter().any(|item| has_member(item, wanted)),
        _ => false,
    }
}
