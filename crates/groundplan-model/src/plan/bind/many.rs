//! Paths that end with a word for many rows: `search`, `count`, `stats`, `export`, `bulk`; and
//! writes to a whole collection (rule D4).

mod bulk;
mod figures;

use super::{relation, resolve};
use crate::document::Method;
use crate::plan::names::snake;
use crate::plan::scope::{Reason, Scope};
use crate::plan::statements::Statement;
use crate::service::{Binding, Export, ExportFormat, Operation, Segment};

/// What a last word asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Search,
    Count,
    Stats,
    Export,
    /// The method says which write.
    Bulk,
    BulkCreate,
    BulkUpdate,
    BulkDelete,
}

const WORDS: [(&str, Word); 33] = [
    ("search", Word::Search),
    ("find", Word::Search),
    ("filter", Word::Search),
    ("query", Word::Search),
    ("count", Word::Count),
    ("stats", Word::Stats),
    ("stat", Word::Stats),
    ("statistics", Word::Stats),
    ("summary", Word::Stats),
    ("totals", Word::Stats),
    ("counts", Word::Stats),
    ("aggregate", Word::Stats),
    ("aggregates", Word::Stats),
    ("export", Word::Export),
    ("export.csv", Word::Export),
    ("export.ndjson", Word::Export),
    ("export.json", Word::Export),
    ("bulk", Word::Bulk),
    ("batch", Word::Bulk),
    ("bulk_create", Word::BulkCreate),
    ("batch_create", Word::BulkCreate),
    ("bulk_insert", Word::BulkCreate),
    ("bulk_import", Word::BulkCreate),
    ("create_many", Word::BulkCreate),
    ("bulk_update", Word::BulkUpdate),
    ("batch_update", Word::BulkUpdate),
    ("bulk_edit", Word::BulkUpdate),
    ("update_many", Word::BulkUpdate),
    ("bulk_delete", Word::BulkDelete),
    ("batch_delete", Word::BulkDelete),
    ("bulk_remove", Word::BulkDelete),
    ("delete_many", Word::BulkDelete),
    ("delete_batch", Word::BulkDelete),
];

/// The operation on many rows that the path asks for; `None` where it asks for none.
pub(super) fn bind(
    scope: &mut Scope<'_>,
    path: &[Segment],
) -> Option<Result<(Operation, Binding), Reason>> {
    let word = last_word(path);
    let method = scope.statement.method;
    let collection = match word.and_then(|word| operates(word, method)) {
        Some(_) => path.get(..path.len() - 1)?,
        None => path,
    };
    let wanted = word.and_then(|word| operates(word, method));
    let wanted = wanted.or_else(|| writes_many(scope.statement, scope.document, collection));
    let wanted = wanted?;
    if !is_collection(collection) {
        return None;
    }
    Some(collection_rows(scope, collection).and_then(|binding| {
        let operation = operation(scope, path, wanted, &binding)?;
        let note = format!("{} {}", method.as_str(), sentence(&operation));
        scope.because("D4", scope.statement.span, note);
        Ok((operation, binding))
    }))
}

/// Whether a word behind a collection may mean many of its rows.
pub(super) fn is_word(word: &str) -> bool {
    meaning(word).is_some()
}

/// A word behind a collection.
fn last_word(path: &[Segment]) -> Option<Word> {
    let (Segment::Literal(last), true) = (path.last()?, path.len() > 1) else { return None };
    meaning(last)
}

fn meaning(word: &str) -> Option<Word> {
    let word = snake(word);
    WORDS.iter().find(|(it, _)| *it == word).map(|(_, meaning)| *meaning)
}

/// What the word means with this method; `None` where it means nothing.
fn operates(word: Word, method: Method) -> Option<Word> {
    let meaning = match (word, method) {
        (Word::Bulk, Method::Post) => Word::BulkCreate,
        (Word::Bulk, Method::Put | Method::Patch) => Word::BulkUpdate,
        (Word::Bulk, Method::Delete) => Word::BulkDelete,
        (Word::Search | Word::Count | Word::Stats | Word::Export, Method::Get)
        | (Word::Search, Method::Post)
        | (Word::BulkCreate, Method::Post)
        | (Word::BulkUpdate, Method::Post | Method::Put | Method::Patch)
        | (Word::BulkDelete, Method::Post | Method::Delete) => word,
        _ => return None,
    };
    Some(meaning)
}

/// A write to the whole collection, where the text says that it is one of many rows.
fn writes_many(
    statement: &Statement,
    document: &crate::Document,
    path: &[Segment],
) -> Option<Word> {
    let meaning = match statement.method {
        Method::Post => Word::BulkCreate,
        Method::Put | Method::Patch => Word::BulkUpdate,
        Method::Delete => Word::BulkDelete,
        _ => return None,
    };
    let says = is_collection(path) && bulk::says_many(document, statement);
    says.then_some(meaning)
}

/// `/orders` and `/customers/{id}/orders`.
fn is_collection(path: &[Segment]) -> bool {
    use Segment::{Literal, Parameter};
    matches!(path, [Literal(_)] | [Literal(_), Parameter(_), Literal(_)])
}

fn collection_rows(scope: &mut Scope<'_>, path: &[Segment]) -> Result<Binding, Reason> {
    use Segment::{Literal, Parameter};
    match path {
        [Literal(collection)] => {
            let resource = resolve::table(scope, collection, None)?;
            Ok(Binding { resource, key: None, parent: None, value: None })
        }
        [Literal(collection), Parameter(key), Literal(word)] => {
            let owner = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, owner, key, None)?;
            let (resource, parent) = relation::child(scope, owner, key, word)?;
            Ok(Binding { resource, key: None, parent: Some(parent), value: None })
        }
        _ => Err("a path of this form has no rule".to_owned()),
    }
}

fn operation(
    scope: &mut Scope<'_>,
    path: &[Segment],
    word: Word,
    binding: &Binding,
) -> Result<Operation, Reason> {
    let resource = scope.resources.get(binding.resource).ok_or("no such resource")?;
    Ok(match word {
        Word::Search if scope.statement.method == Method::Post => Operation::Search,
        Word::Search => Operation::List,
        Word::Count => Operation::Aggregate(figures::count(scope, resource)?),
        Word::Stats => Operation::Aggregate(figures::stats(scope, resource)?),
        Word::Export => Operation::Export(export(scope, path)),
        Word::Bulk | Word::BulkCreate => Operation::CreateMany(bulk::create(scope)?),
        Word::BulkUpdate => Operation::UpdateMany(bulk::update(scope, resource)?),
        Word::BulkDelete => Operation::DeleteMany(bulk::delete(scope, resource)?),
    })
}

/// The forms of a file: the path's ending, else what the row names, else CSV and lines of JSON.
fn export(scope: &Scope<'_>, path: &[Segment]) -> Export {
    let said = scope.said().to_lowercase();
    let ending = match path.last() {
        Some(Segment::Literal(word)) => word.rsplit_once('.').map(|(_, ending)| ending),
        _ => None,
    };
    let by_path = ExportFormat::ALL.into_iter().find(|it| Some(it.name()) == ending);
    let parameter = scope.statement.stated(scope.document).flat_map(|it| {
        let in_cell = it.request.as_ref().is_some_and(|cell| cell.text.contains("format"));
        let declared = it.query.iter().any(|name| name == "format");
        (in_cell || declared).then(|| "format".to_owned())
    });
    let named = |it: &ExportFormat| {
        said.contains(it.name()) || *it == ExportFormat::Ndjson && said.contains("json lines")
    };
    let named: Vec<ExportFormat> = ExportFormat::ALL.into_iter().filter(named).collect();
    let formats = match (by_path, named.is_empty()) {
        (Some(format), _) => vec![format],
        (None, false) => without_json_in_ndjson(named, &said),
        (None, true) => vec![ExportFormat::Csv, ExportFormat::Ndjson],
    };
    Export { formats, parameter: parameter.into_iter().next() }
}

/// "NDJSON" has "JSON" in it, and does not name it.
fn without_json_in_ndjson(mut formats: Vec<ExportFormat>, said: &str) -> Vec<ExportFormat> {
    if formats.contains(&ExportFormat::Ndjson) && !said.replace("ndjson", "").contains("json") {
        formats.retain(|it| *it != ExportFormat::Json);
    }
    formats
}

fn sentence(operation: &Operation) -> &'static str {
    match operation {
        Operation::List => "on a collection's `search`: lists rows",
        Operation::Search => "on a collection's `search`: lists the rows that the body asks for",
        Operation::Aggregate(_) => "on a collection: figures over its rows",
        Operation::Export(_) => "on a collection's `export`: its rows as a file",
        Operation::CreateMany(_) => "of many rows: creates them all, or none",
        Operation::UpdateMany(_) => "of many rows: changes them all, or none",
        _ => "of many rows: deletes them all, or none",
    }
}
