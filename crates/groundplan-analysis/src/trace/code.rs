//! Edges that lead to code: files that tasks name, tags and ids in comments and names of tests,
//! routes and tables.

use std::collections::HashMap;

use groundplan_model::code::{CodeFile, Place, Tag, TagForm, link_routes, link_tables};
use groundplan_model::policy::Level;
use groundplan_model::{Certainty, paths};

use super::add::Builder;
use super::known::{Known, Meaning, is_same_file, last_name};
use super::tasks::Tasks;
use super::{At, Edge, EdgeKind, Item, ItemKind, Stale, Unresolved};

/// What tags call tests; the second half is from OpenFastTrace.
const TESTS: [&str; 7] = ["test", "verify", "verification", "utest", "itest", "stest", "atest"];

/// What tags call code that has to do with a requirement and does not implement it.
const LOOSE: [&str; 2] = ["depends", "related"];

/// Adds the edges of all files.
pub(super) fn read(builder: &mut Builder<'_>, known: &Known, tasks: &Tasks) {
    named_files(builder, tasks);
    let speakers = Speakers::of(builder);
    for file in builder.sources.code {
        for tag in &file.tags {
            tagged(builder, known, &speakers, file, tag);
        }
    }
    routes(builder);
    tables(builder);
}

/// Files of code by the last names of their paths.
fn by_name(code: &[CodeFile]) -> HashMap<&str, Vec<&CodeFile>> {
    let mut found: HashMap<&str, Vec<&CodeFile>> = HashMap::new();
    for file in code {
        found.entry(last_name(&file.path)).or_default().push(file);
    }
    found
}

/// Files that tasks name.
fn named_files(builder: &mut Builder<'_>, tasks: &Tasks) {
    let files = by_name(builder.sources.code);
    for (index, outline) in builder.outlines() {
        for named in &outline.source_path_uses {
            let Some(task) = tasks.at(index, named.span.start) else { continue };
            let alike = files.get(last_name(&named.text)).into_iter().flatten();
            let meant: Vec<_> = alike.filter(|it| is_same_file(&named.text, &it.path)).collect();
            // A path that several files may be says nothing about either.
            let &[file] = meant.as_slice() else { continue };
            let is_done = builder.get(task).is_some_and(|it| it.is_done);
            let certainty = if is_done { Certainty::Inferred } else { Certainty::Guessed };
            let (item, at) = (whole(builder, file), builder.at(outline, named.span));
            builder.edge(Edge::new((item, task), EdgeKind::NamedBy, certainty, at));
        }
    }
}

/// The item of a whole file.
fn whole(builder: &mut Builder<'_>, file: &CodeFile) -> usize {
    let at = At { path: file.path.clone(), line: 1 };
    let (kind, level) = kind_of(is_test_file(&file.path));
    let new = Item::new(file.path.clone(), kind, last_name(&file.path), "", at);
    builder.item(Item { level: Some(level), ..new })
}

fn kind_of(is_test: bool) -> (ItemKind, Level) {
    if is_test { (ItemKind::Test, Level::Test) } else { (ItemKind::Code, Level::Code) }
}

/// Whether a file's name or folder says that it holds tests.
fn is_test_file(path: &str) -> bool {
    const FOLDERS: [&str; 5] = ["tests", "test", "__tests__", "spec", "e2e"];
    let name = last_name(path);
    let stem = name.split('.').next().unwrap_or(name);
    paths::folder(path).split('/').any(|it| FOLDERS.contains(&it))
        || stem.starts_with("test_")
        || ["_test", "_tests", "Test", "Tests", "IT"].iter().any(|it| stem.ends_with(it))
        || name.contains(".test.")
        || name.contains(".spec.")
}

/// Which documents speak of which files.
struct Speakers<'a> {
    /// Documents and paths that they name, by the last names of the paths.
    named: HashMap<&'a str, Vec<(&'a str, &'a str)>>,
    /// The chain of each document.
    chains: HashMap<&'a str, usize>,
}

impl<'a> Speakers<'a> {
    fn of(builder: &Builder<'a>) -> Self {
        let mut named: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
        let mut chains = HashMap::new();
        for (index, outline) in builder.outlines() {
            let path = outline.path.as_str();
            chains.extend(builder.chain(index).map(|it| (path, it)));
            for it in &outline.source_paths {
                named.entry(last_name(&it.text)).or_default().push((path, it.text.as_str()));
            }
        }
        Self { named, chains }
    }

    /// Whether the document at `path`, or one of its chain, names the file.
    fn speak(&self, path: &str, file: &str) -> bool {
        let named = self.named.get(last_name(file)).into_iter().flatten();
        let mut speakers = named.filter(|it| is_same_file(it.1, file)).map(|it| it.0);
        let chain = self.chains.get(path);
        speakers.any(|it| it == path || chain.is_some() && self.chains.get(it) == chain)
    }
}

fn tagged(
    builder: &mut Builder<'_>,
    known: &Known,
    speakers: &Speakers<'_>,
    file: &CodeFile,
    tag: &Tag,
) {
    let at = place(file, tag.place);
    let is_plain = tag.form == TagForm::Plain;
    let near = |path: &str| speakers.speak(path, &file.path);
    let to = match known.meaning_in_code(builder, &tag.id, &near) {
        Meaning::One(to) => to,
        // Comments name what other projects number alike.
        _ if is_plain => return,
        Meaning::Several(candidates) => {
            builder.unresolved(Unresolved { id: tag.id.clone(), at, candidates, chain: None });
            return;
        }
        Meaning::Nothing => {
            let (id, candidates) = (tag.id.clone(), Vec::new());
            builder.unresolved(Unresolved { id, at, candidates, chain: None });
            return;
        }
    };
    let from = of_tag(builder, file, tag);
    let kind = if is_plain { EdgeKind::Mention } else { EdgeKind::Tag };
    let certainty = if is_loose(tag) { Certainty::Guessed } else { tag.certainty };
    let document = builder.get(to).and_then(|it| it.revision);
    let stale = match (tag.revision, document) {
        (Some(code), Some(document)) if code != document => {
            Some(Stale::Revision { code, document })
        }
        // Before its first revision a requirement has none, and counts as the first.
        (Some(code), None) if code > 1 => Some(Stale::Revision { code, document: 1 }),
        _ => None,
    };
    builder.edge(Edge { stale, ..Edge::new((from, to), kind, certainty, at) });
}

fn is_loose(tag: &Tag) -> bool {
    LOOSE.contains(&tag.kind.as_str())
}

/// The item of the function or type that a tag belongs to.
fn of_tag(builder: &mut Builder<'_>, file: &CodeFile, tag: &Tag) -> usize {
    let Some(name) = &tag.item else { return whole(builder, file) };
    let test = file.tests.iter().find(|it| it.name == *name);
    let is_test = test.is_some()
        || TESTS.contains(&tag.kind.as_str())
        || is_test_file(&file.path) && tag.form != TagForm::Plain;
    let (kind, level) = kind_of(is_test);
    let at = test.map_or(tag.place, |it| it.place);
    let new = Item::new(format!("{}#{name}", file.path), kind, name, "", place(file, at));
    builder.item(Item { level: Some(level), ..new })
}

fn place(file: &CodeFile, place: Place) -> At {
    At { path: file.path.clone(), line: place.line }
}

/// Routes with the method and the path of an endpoint.
fn routes(builder: &mut Builder<'_>) {
    let routes = link_routes(builder.sources.code);
    let mut by_shape: HashMap<&str, Vec<_>> = HashMap::new();
    routes.iter().for_each(|it| by_shape.entry(&it.shape).or_default().push(it));
    for (_, outline) in builder.outlines() {
        for endpoint in outline.endpoints.iter().filter(|it| !it.external) {
            let key = format!("{}#{} {}", outline.path, endpoint.method.as_str(), endpoint.path);
            let Some(to) = builder.find(&key) else { continue };
            let shape = paths::shape(&endpoint.path);
            let alike = by_shape.get(shape.as_str()).into_iter().flatten();
            let alike = alike.filter(|it| it.method.is_none_or(|it| it == endpoint.method));
            for route in alike.filter(|it| it.certainty > Certainty::Guessed) {
                let name = if route.handler.is_empty() { &route.path } else { &route.handler };
                let at = At { path: route.file.clone(), line: route.place.line };
                let key = format!("{}#{name}", route.file);
                let new = Item::new(key, ItemKind::Code, name, &route.path, at.clone());
                let from = builder.item(Item { level: Some(Level::Code), ..new });
                let edge = Edge::new((from, to), EdgeKind::Route, Certainty::Inferred, at);
                builder.edge(edge);
            }
        }
    }
}

/// Tables with the name of one that a document defines.
fn tables(builder: &mut Builder<'_>) {
    let tables = link_tables(builder.sources.code);
    let mut by_name: HashMap<String, Vec<_>> = HashMap::new();
    for it in &tables {
        by_name.entry(it.table.name.to_lowercase()).or_default().push(it);
    }
    for (_, outline) in builder.outlines() {
        for table in outline.tables.iter().filter(|it| !it.again) {
            let Some(to) = builder.find(&format!("{}#table {}", outline.path, table.name)) else {
                continue;
            };
            for found in by_name.get(&table.name.to_lowercase()).into_iter().flatten() {
                let at = At { path: found.file.clone(), line: found.table.place.line };
                let key = format!("{}#table {}", found.file, found.table.name);
                let new = Item::new(key, ItemKind::Code, &found.table.name, "", at.clone());
                let from = builder.item(Item { level: Some(Level::Code), ..new });
                let edge = Edge::new((from, to), EdgeKind::Table, Certainty::Inferred, at);
                builder.edge(edge);
            }
        }
    }
}
