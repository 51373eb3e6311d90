//! Words of a path to tables, keys and parents (rule D3).

use super::{annotation, namespace};
use crate::document::Document;
use crate::plan::names::{singular, snake};
use crate::plan::scope::{Reason, Scope};
use crate::plan::statements::Statement;
use crate::service::{Key, Resource, Segment};

/// Endings of table names that say nothing.
const FILLERS: [&str; 7] = ["data", "records", "items", "table", "entries", "jobs", "list"];

/// Rules that only assume, and what they assume.
const ASSUMED: [(&str, &str); 2] =
    [("D3.7", "the only ones left"), ("D3.10", "no other is called so")];

/// The resource that a word of the path names. Candidates are tried in the order of rule D3; more
/// than one in a step is a reason to stop.
pub(in crate::plan) fn table(
    scope: &mut Scope<'_>,
    word: &str,
    parent: Option<usize>,
) -> Result<usize, Reason> {
    for (rule, how, matches) in steps(scope, word, parent) {
        match matches.as_slice() {
            [] => {}
            [only] => {
                let resource = scope.resources.get(*only);
                let (name, span) = resource.map_or(("", scope.statement.span), |it| {
                    (it.table.name.as_str(), it.table.span)
                });
                let note = format!("`{word}` is table `{name}`: {how}");
                if let Some((_, why)) = ASSUMED.iter().find(|(it, _)| *it == rule) {
                    scope.assume(rule, format!("`{word}` is table `{name}`: {why}"));
                }
                scope.because(rule, span, note);
                return Ok(*only);
            }
            many => {
                let names = many.iter().filter_map(|at| scope.resources.get(*at));
                let names: Vec<_> = names.map(|it| format!("`{}`", it.table.name)).collect();
                let message = format!("`{word}` can be {}", names.join(" or "));
                scope.ambiguous("D3", &message);
                return Err(message);
            }
        }
    }
    Err(format!("no table is named after `{word}`"))
}

type Step = (&'static str, &'static str, Vec<usize>);

fn steps(scope: &Scope<'_>, word: &str, parent: Option<usize>) -> Vec<Step> {
    let annotated = annotation::table(scope, word, parent);
    let named = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let tables = scope.resources.iter().enumerate();
        tables.filter(|(_, it)| test(&it.table.name)).map(|(at, _)| at).collect()
    };
    let plain = singular(&snake(word));
    let parent = parent.and_then(|at| scope.resources.get(at)).map(|it| it.table.name.clone());
    let above = parent.or_else(|| scope.namespace.clone());
    // `extractions/{id}/samples` below `extraction_jobs` is `extraction_samples`, too.
    let under: Vec<String> = above
        .iter()
        .flat_map(|it| [singular(&snake(it)), stripped(it, "")])
        .map(|it| format!("{it}_{plain}"))
        .collect();
    let shared = shared_prefix(scope.resources);
    let types = type_names(scope.document, scope.statement);
    let left = scope.leftover.as_ref().filter(|(name, _)| name == word).map(|(_, at)| *at);
    vec![
        ("D3.1", "an annotation says so", annotated.into_iter().collect()),
        ("D3.2", "the same name", named(&|name| name.eq_ignore_ascii_case(word))),
        ("D3.3", "the same word", named(&|name| singular(&snake(name)) == plain)),
        (
            "D3.4",
            "with its parent's name before it",
            named(&|name| {
                let names = [singular(&snake(name)), stripped(name, "")];
                under.iter().any(|it| names.contains(it))
            }),
        ),
        (
            "D3.5",
            "without a shared part",
            named(&|name| stripped(name, &shared) == plain || stripped(name, "") == plain),
        ),
        (
            "D3.6",
            "by the type in the endpoint's row",
            named(&|name| types.contains(&singular(&snake(name)))),
        ),
        ("D3.10", "the only table of that name with a word before it", longer(scope, word)),
        ("D3.7", "the only table and word left", left.into_iter().collect()),
    ]
}

/// `external_users` for the collection `users`, where one table ends so, and it is no part of
/// another: `order_items` beside `orders` are an order's.
fn longer(scope: &Scope<'_>, word: &str) -> Vec<usize> {
    let tables = || scope.resources.iter().map(|it| it.table.name.as_str());
    let found = one_longer(tables(), word);
    found
        .and_then(|name| scope.resources.iter().position(|it| it.table.name == name))
        .into_iter()
        .collect()
}

/// The one name of `tables` that is the plural `word` behind another word.
pub(in crate::plan) fn one_longer<'n>(
    tables: impl Iterator<Item = &'n str> + Clone,
    word: &str,
) -> Option<&'n str> {
    let (many, one) = (snake(word), singular(&snake(word)));
    // A word that is no plural may be a verb: `download` is no `video_downloads`.
    if many == one {
        return None;
    }
    let ends =
        |name: &&str| singular(&snake(name)).strip_suffix(&one).is_some_and(|it| it.ends_with('_'));
    let mut all = tables.clone().filter(ends);
    let found = all.next().filter(|_| all.next().is_none())?;
    let before = snake(found);
    let before = before.strip_suffix(&many)?.trim_end_matches('_');
    let is_part = tables.clone().any(|it| singular(&snake(it)) == singular(before));
    (!is_part).then_some(found)
}

/// A table's name without the prefix of all tables and without endings that say nothing.
pub(in crate::plan) fn stripped(name: &str, shared: &str) -> String {
    let name = snake(name);
    let name = name.strip_prefix(shared).unwrap_or(&name);
    let ending = FILLERS.iter().find_map(|it| name.strip_suffix(it)?.strip_suffix('_'));
    singular(ending.unwrap_or(name))
}

/// `app_` of `app_users` and `app_orders`; nothing for a single table.
fn shared_prefix(resources: &[Resource]) -> String {
    let mut names = resources.iter().map(|it| snake(&it.table.name));
    let (Some(first), true) = (names.next(), resources.len() > 1) else { return String::new() };
    let Some(end) = first.find('_').map(|at| at + 1) else { return String::new() };
    let prefix = first.get(..end).unwrap_or("");
    if names.all(|name| name.starts_with(prefix)) { prefix.to_owned() } else { String::new() }
}

/// Types that the row's cells name: `Order` of `200: Order[]`.
fn type_names(document: &Document, statement: &Statement) -> Vec<String> {
    let cells = statement
        .stated(document)
        .flat_map(|it| [it.response.as_ref(), it.request.as_ref()])
        .flatten();
    let words = cells.flat_map(|cell| cell.text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let types = words.filter(|word| word.starts_with(|c: char| c.is_uppercase()));
    let plain = |word: &str| {
        let endings = ["Response", "Request", "Object", "Page"];
        let stem = endings.iter().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
        singular(&snake(stem))
    };
    types.map(plain).filter(|word| !word.is_empty()).collect()
}

/// The one word and the one table that nothing else binds (rule D3.7), where it is one of each.
pub(super) fn leftover(
    statements: &[Statement],
    base: usize,
    resources: &[Resource],
    document: &Document,
) -> Option<(String, usize)> {
    let mut words: Vec<&str> = Vec::new();
    let mut bound: Vec<usize> = Vec::new();
    let mut notes = Vec::new();
    for statement in statements {
        let Some(Segment::Literal(word)) = statement.path.get(base) else { continue };
        let evidence = Vec::new();
        let notes = &mut notes;
        let (leftover, namespace) = (None, namespace::of_base(statement, base));
        let mut scope =
            Scope { resources, document, statement, evidence, notes, leftover, namespace };
        match table(&mut scope, word, None) {
            Ok(at) => bound.push(at),
            Err(_) if !words.contains(&word.as_str()) => words.push(word),
            Err(_) => {}
        }
    }
    let free = (0..resources.len()).filter(|at| !bound.contains(at));
    // A child table of a bound one is reached below it, not left over.
    let free: Vec<usize> = free.filter(|at| !refers_to(resources, *at, &bound)).collect();
    match (words.as_slice(), free.as_slice()) {
        ([word], [table]) => Some(((*word).to_owned(), *table)),
        _ => None,
    }
}

fn refers_to(resources: &[Resource], table: usize, bound: &[usize]) -> bool {
    let keys = resources.get(table).map(|it| it.table.foreign_keys.as_slice()).unwrap_or_default();
    let parents = bound.iter().filter_map(|at| resources.get(*at));
    let names: Vec<&str> = parents.map(|it| it.table.name.as_str()).collect();
    keys.iter().any(|key| names.iter().any(|name| name.eq_ignore_ascii_case(&key.table)))
}

/// The column that a path parameter is compared with: the primary key, or a unique column of its
/// name.
///
/// Of a key of two columns, one of which the path's parent fills (`below`), it is the other one.
pub(in crate::plan) fn key(
    scope: &mut Scope<'_>,
    at: usize,
    parameter: &str,
    below: Option<usize>,
) -> Result<Key, Reason> {
    let resource = scope.resources.get(at).ok_or("no such resource")?;
    let table = &resource.table;
    let word = snake(parameter);
    let named = table.columns.iter().position(|it| snake(&it.name) == word);
    let primary = resource.key_index().or_else(|| other_of_two(resource, below?));
    let primary = primary.ok_or_else(|| match table.primary_key.len() {
        0 => format!("table `{}` has no primary key", table.name),
        _ => format!("table `{}` has a primary key of several columns", table.name),
    });
    let found = |column: usize| Key { parameter: parameter.to_owned(), column };
    match named {
        Some(column) if is_unique(resource, column) => {
            let span = table.columns.get(column).map_or(table.span, |it| it.span);
            scope.because("D4", span, format!("`{parameter}` is unique in `{}`", table.name));
            Ok(found(column))
        }
        Some(column) if below.is_some() && primary == Ok(column) => Ok(found(column)),
        Some(_) if !names_key(&word, resource) => {
            Err(format!("`{parameter}` is a column of `{}`, but not a unique one", table.name))
        }
        _ => {
            let column = primary?;
            let name = table.columns.get(column).map_or("", |it| it.name.as_str());
            let span = table.columns.get(column).map_or(table.span, |it| it.span);
            if !names_key(&word, resource) {
                let message = format!("`{parameter}` is the primary key of `{}`", table.name);
                scope.assume("D4", message);
            }
            scope.because("D4", span, format!("`{parameter}` is the primary key `{name}`"));
            Ok(found(column))
        }
    }
}

/// The column of a key of two that is not `one`.
fn other_of_two(resource: &Resource, one: usize) -> Option<usize> {
    let key = &resource.table.primary_key;
    let columns: Option<Vec<usize>> =
        key.iter().map(|it| resource.table.column_index(it)).collect();
    match columns?.as_slice() {
        [first, second] if *first == one => Some(*second),
        [first, second] if *second == one => Some(*first),
        _ => None,
    }
}

/// `id`, `export_id`, `exportId`, `export` and the last word of a longer name: `filter_id` of
/// `export_filters`.
fn names_key(word: &str, resource: &Resource) -> bool {
    let one = singular(&snake(&resource.table.name));
    let last = one.rsplit('_').next().unwrap_or(&one).to_owned();
    let stem = ["_id", "_uuid", "_key"].iter().find_map(|it| word.strip_suffix(it)).unwrap_or(word);
    matches!(word, "id" | "uuid")
        || stem == one
        || stem == last
        || one.ends_with(&format!("_{stem}"))
}

fn is_unique(resource: &Resource, column: usize) -> bool {
    let Some(column) = resource.table.columns.get(column) else { return false };
    let alone = |columns: &[String]| matches!(columns, [only] if *only == column.name);
    alone(&resource.table.primary_key) || resource.table.uniques.iter().any(|it| alone(it))
}

/// Whether a table is named after `word` itself.
pub(super) fn is_table(scope: &Scope<'_>, word: &str) -> bool {
    let plain = singular(&snake(word));
    scope.resources.iter().any(|it| singular(&snake(&it.table.name)) == plain)
}
