//! Code that implements a subject, and its tests.

use groundplan_model::code::{CodeFile, Named};
use groundplan_model::{Certainty, paths};

use super::{Fact, Place, Search, Subject, Touched, TouchedKind};

fn touched(path: &str, line: u32, reason: impl Into<String>, certainty: Certainty) -> Touched {
    let kind = if is_test(path) { TouchedKind::Test } else { TouchedKind::Code };
    let (path, place) = (path.to_owned(), Place::Line(line));
    let distance = if certainty == Certainty::Guessed { 3 } else { 1 };
    Touched { kind, path, place, reason: reason.into(), certainty, distance }
}

/// Whether a path says that it holds tests.
fn is_test(path: &str) -> bool {
    let name = paths::file_name(path);
    let is_folder = |it: &str| matches!(it, "test" | "tests" | "__tests__" | "spec" | "e2e");
    paths::folder(path).split('/').any(is_folder)
        || name.starts_with("test_")
        || [".test.", ".spec.", "_test.", "_spec."].iter().any(|it| name.contains(it))
}

/// Routes and OpenAPI operations of an endpoint, and tests that are named after its resource.
pub(super) fn answering(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let Fact::Endpoint { method, shape } = &subject.fact else { return };
    for route in search.routes.iter().filter(|it| it.method.is_none_or(|it| it == *method)) {
        let own = route.shape.to_lowercase();
        // A route that nothing says the mount of may be the end of the path.
        let is_end = route.certainty < Certainty::Stated
            && own.trim_matches('/').contains(|c: char| c.is_alphabetic())
            && shape.ends_with(&own);
        let certainty = match own == *shape {
            true => route.certainty,
            false if is_end => Certainty::Guessed,
            false => continue,
        };
        let handler = if route.handler.is_empty() { "a closure" } else { &route.handler };
        let reason = format!("answers the endpoint: {handler}");
        found.push(touched(&route.file, route.place.line, reason, certainty));
    }
    for it in search.operations.iter().filter(|it| it.operation.method == *method) {
        if it.shape.to_lowercase() == *shape {
            let line = it.operation.place.line;
            found.push(touched(it.file, line, "describes the endpoint", Certainty::Stated));
        }
    }
    tests_of(search, shape, found);
}

/// Files of tests that are named after the resource: `tests/test_orders.py` for `/orders`.
fn tests_of(search: &Search<'_>, shape: &str, found: &mut Vec<Touched>) {
    let mut nouns = shape.rsplit('/').filter(|it| !it.is_empty() && !it.contains('{'));
    let Some(noun) = nouns.next().map(plain).filter(|it| it.len() > 3) else { return };
    let singular = noun.strip_suffix('s').unwrap_or(&noun).to_owned();
    for file in search.code.iter().filter(|it| !it.tests.is_empty()) {
        if let Some(test) = file.tests.iter().find(|it| plain(&it.name).contains(&singular)) {
            let reason = format!("tests what is called so: {}", test.name);
            let kind = TouchedKind::Test;
            let place = touched(&file.path, test.place.line, reason, Certainty::Guessed);
            found.push(Touched { kind, ..place });
        }
    }
}

/// Tables of migrations and models.
pub(super) fn storing(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let (table, column) = match &subject.fact {
        Fact::Table(table) => (table, None),
        Fact::Column { table, column } => (table, Some(column)),
        _ => return,
    };
    for it in search.tables.iter().filter(|it| it.table.name.eq_ignore_ascii_case(table)) {
        let columns = it.table.columns.iter().zip(&it.column_files);
        let own = |name: &String| {
            columns.clone().find(|(column, _)| column.name.eq_ignore_ascii_case(name))
        };
        match column.map(own) {
            Some(Some((column, file))) => {
                let certainty = it.table.certainty;
                found.push(touched(file, column.place.line, "makes the column", certainty));
            }
            _ => {
                let line = it.table.place.line;
                found.push(touched(&it.file, line, "makes the table", it.table.certainty));
            }
        }
    }
}

/// Code that reads an environment variable.
pub(super) fn reading(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let Fact::Setting(name) = &subject.fact else { return };
    each(
        search,
        |it| &it.env_vars,
        |it| it.name == *name,
        |file, it| {
            found.push(touched(&file.path, it.place.line, "reads or sets it", it.certainty));
        },
    );
}

/// Code and tests with the tag of a requirement.
pub(super) fn tagged(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let Fact::Requirement(id) = &subject.fact else { return };
    for file in search.code {
        for tag in file.tags.iter().filter(|it| it.id.eq_ignore_ascii_case(id)) {
            let item = tag.item.as_deref().map(|it| format!(" on {it}")).unwrap_or_default();
            let reason = format!("carries its tag{item}");
            let mut place = touched(&file.path, tag.place.line, reason, tag.certainty);
            if matches!(tag.kind.as_str(), "test" | "verify" | "utest" | "itest") {
                place.kind = TouchedKind::Test;
            }
            found.push(place);
        }
    }
}

/// Types and functions that are called like a component.
pub(super) fn defining(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let Fact::Component(name) = &subject.fact else { return };
    let wanted = plain(name);
    let is_it = |it: &Named| wanted.len() > 3 && plain(&it.name) == wanted;
    each(
        search,
        |it| &it.symbols,
        is_it,
        |file, it| {
            let certainty = it.certainty.min(Certainty::Inferred);
            found.push(touched(
                &file.path,
                it.place.line,
                format!("defines {}", it.name),
                certainty,
            ));
        },
    );
}

/// Files that the section names.
pub(super) fn named_files(search: &Search<'_>, subject: &Subject, found: &mut Vec<Touched>) {
    let (Fact::Section, Some(span)) = (&subject.fact, subject.span) else { return };
    let Some(outline) = search.linked.outline(&subject.path) else { return };
    for named in outline.source_paths.iter().filter(|it| span.contains(it.span)) {
        let ending = named.text.trim_start_matches("./");
        let is_it = |it: &&CodeFile| {
            it.path.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        for file in search.code.iter().filter(is_it) {
            let place = touched(&file.path, 0, "the section names it", Certainty::Inferred);
            found.push(Touched { place: Place::File, distance: 2, ..place });
        }
    }
}

fn each<'a>(
    search: &Search<'a>,
    list: impl Fn(&'a CodeFile) -> &'a [Named],
    is_it: impl Fn(&Named) -> bool,
    mut take: impl FnMut(&CodeFile, &Named),
) {
    for file in search.code {
        for it in list(file).iter().filter(|it| is_it(it)) {
            take(file, it);
        }
    }
}

/// Letters and digits only.
fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).collect::<String>().to_lowercase()
}
