//! The design, ready to be asked: its facts, its plan, and its text by heading, label and table.

mod blocks;
mod limits;
mod nouns;
mod sentences;
mod services;
mod variables;

use std::cell::OnceCell;

use groundplan_model::document::{Concept, Text};
use groundplan_model::service::{Resource, Route};
use groundplan_model::{Document, ServicePlan, plan};
use groundplan_syntax::{Kind, NodeId, Span, TableView, Tree, parse};

use super::code::{self, Code};
use super::naming::snake;

pub(crate) use blocks::Item;
pub(crate) use limits::limits;
pub(crate) use nouns::Noun;
pub(crate) use services::{Service, libraries, services};
pub(crate) use variables::{Ty, Variable, variables};

/// A design document with everything that is read from it more than once.
pub(crate) struct Design<'a> {
    pub(crate) document: &'a Document,
    pub(crate) tree: Tree,
    /// The service; an empty one where the design states no endpoint.
    pub(crate) plan: Option<ServicePlan>,
    /// What each table is called in paths and names.
    pub(crate) nouns: Vec<Noun>,
    /// What its code blocks define and name.
    pub(crate) code: Code,
    tables: Vec<Table>,
    links: Vec<(Span, String)>,
    labels: OnceCell<Vec<blocks::Label>>,
}

/// A table of the design.
pub(crate) struct Table {
    pub(crate) view: TableView,
    pub(crate) titles: Vec<String>,
}

impl<'a> Design<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let tree = parse(&document.source);
        let text = document.source.text();
        let nodes: Vec<NodeId> = tree.descendants(tree.root()).collect();
        let view = |node: &NodeId| {
            let view = TableView::new(&tree, *node);
            Table { titles: view.titles(&tree, text), view }
        };
        let tables = nodes.iter().filter(|it| tree.kind(**it) == Kind::Table).map(view).collect();
        let is_link = |it: &&NodeId| matches!(tree.kind(**it), Kind::Link(_) | Kind::Image(_));
        let links = nodes.iter().filter(is_link);
        let links =
            links.map(|it| (tree.span(*it), tree.text(*it, text).into_owned())).collect::<Vec<_>>();
        let plan = plan(document);
        let nouns = nouns::of(document, plan.as_ref());
        let code = code::read(&tree, document);
        Self { document, tree, plan, nouns, code, tables, links, labels: OnceCell::new() }
    }

    /// The words at `span` on one line, in the design's own markup; of links only their words.
    pub(crate) fn words(&self, span: Span) -> String {
        let source = &self.document.source;
        let mut text = String::with_capacity(span.len());
        let mut at = span.start;
        let first = self.links.partition_point(|(link, _)| link.start < span.start);
        let inside = self.links.iter().skip(first).take_while(|(link, _)| link.start < span.end);
        for (link, words) in inside.filter(|(link, _)| span.contains(*link)) {
            if link.start >= at {
                text.push_str(source.slice(Span { start: at, end: link.start }));
                text.push_str(words);
                at = link.end;
            }
        }
        text.push_str(source.slice(Span { start: at, end: span.end }));
        // A place may begin or end inside of markup: half of it would mark the rest of the line.
        for mark in ["**", "`"] {
            if text.matches(mark).count() % 2 == 1 {
                text = text.replace(mark, "");
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Tables whose titles have, for each of `words`, one that holds it.
    pub(crate) fn tables<'s>(&'s self, words: &'s [&str]) -> impl Iterator<Item = &'s Table> {
        self.tables.iter().filter(|table| words.iter().all(|it| table.column(it).is_some()))
    }

    /// The cell of a row, in the design's own markup; `None` for an empty cell or a dash.
    pub(crate) fn cell(&self, table: &Table, row: usize, title: &str) -> Option<String> {
        let row = table.view.rows.get(row)?;
        let node = *row.cells.get(table.column(title)?)?;
        let words = self.words(self.tree.span(node));
        (!matches!(words.as_str(), "" | "-" | "–" | "—")).then_some(words)
    }

    /// Whether `offset` lies in a section of one of `concepts`.
    pub(crate) fn is_under(&self, offset: u32, concepts: &[Concept]) -> bool {
        concepts.iter().any(|it| self.document.is_under(offset, *it))
    }

    /// The first section of `concept`.
    pub(crate) fn section(&self, concept: Concept) -> Option<u32> {
        let mut sections = self.document.sections.iter();
        sections.find(|it| it.concept == Some(concept)).map(|it| it.heading.start)
    }

    /// The resource of a route, and what it is called.
    pub(crate) fn resource_of(&self, route: &Route) -> Option<(&Resource, &Noun)> {
        let index = route.binding.as_ref()?.resource;
        Some((self.plan.as_ref()?.resources.get(index)?, self.nouns.get(index)?))
    }

    /// What a route is about, in snake case: one and several.
    pub(crate) fn subject_of(&self, route: &Route) -> (String, String) {
        match (self.resource_of(route), &self.plan) {
            (Some((_, noun)), _) => (noun.one.clone(), noun.many.clone()),
            (None, Some(plan)) => nouns::of_path(plan, route),
            (None, None) => ("service".to_owned(), "services".to_owned()),
        }
    }

    /// Routes without a table, but for health checks and metrics, which are no work of the service.
    pub(crate) fn free_routes(&self) -> impl Iterator<Item = &Route> {
        const TECHNICAL: [&str; 7] =
            ["/health", "/healthz", "/livez", "/readyz", "/ready", "/metrics", "/ping"];
        self.routes().iter().filter(|route| {
            let path = route.path_text();
            route.binding.is_none() && !TECHNICAL.iter().any(|end| path.ends_with(end))
        })
    }

    /// Routes that work on the table at `index`.
    pub(crate) fn routes_of(&self, index: usize) -> impl Iterator<Item = &Route> {
        let is_it = move |it: &&Route| it.binding.as_ref().is_some_and(|it| it.resource == index);
        self.routes().iter().filter(is_it)
    }

    /// Every route.
    pub(crate) fn routes(&self) -> &[Route] {
        self.plan.as_ref().map_or(&[], |plan| &plan.routes)
    }

    /// Every table with what its columns mean; plain tables where there is no plan.
    pub(crate) fn table_names(&self) -> Vec<(&str, Span)> {
        let tables = self.document.schema.tables.iter();
        tables.map(|table| (table.name.as_str(), table.span)).collect()
    }

    /// What the design is about, as its title says it: `Data Export`.
    pub(crate) fn feature(&self) -> String {
        let title = self.document.title.as_ref().map_or("", |it| &it.text);
        let name = feature_of(title);
        if name.is_empty() { file_feature(self.document.source.path()) } else { name }
    }

    /// The feature in snake case.
    pub(crate) fn feature_snake(&self) -> String {
        let name = snake(&self.feature());
        if name.is_empty() { "feature".to_owned() } else { name }
    }

    /// The first name among components that holds `word`.
    pub(crate) fn component(&self, word: &str) -> Option<&Text> {
        let holds = |it: &&Text| it.text.to_lowercase().contains(word);
        self.document.components.iter().find(holds)
    }
}

impl Table {
    /// The first column whose title holds `word`.
    pub(crate) fn column(&self, word: &str) -> Option<usize> {
        self.titles.iter().position(|title| title.contains(word))
    }

    /// Where a row begins.
    pub(crate) fn row_start(&self, row: usize) -> u32 {
        self.view.rows.get(row).map_or(self.view.span.start, |it| it.span.start)
    }
}

/// Words of titles that tell the kind of a document, longest first.
const KINDS: [&str; 14] = [
    "technical implementation document",
    "technical design document",
    "technical specification document",
    "technical specification",
    "feature specification",
    "technical design",
    "design document",
    "implementation plan",
    "specification",
    "design doc",
    "design:",
    "design",
    "tech spec",
    "tdd",
];

/// The title without the words that tell the kind of the document.
fn feature_of(title: &str) -> String {
    let trim = |text: &str| text.trim_matches([' ', ':', '-', '–', '—', '|', '#']).to_owned();
    let mut name = trim(title);
    for kind in KINDS {
        let lower = name.to_ascii_lowercase();
        let cut = match (lower.strip_prefix(kind), lower.strip_suffix(kind)) {
            (Some(_), _) => name.get(kind.len()..),
            (_, Some(rest)) if rest.ends_with([' ', ':', '-']) => name.get(..rest.len()),
            _ => None,
        };
        if let Some(cut) = cut {
            name = trim(cut);
        }
    }
    name.split(['(', ':', '—', '–', '|']).map(trim).find(|it| !it.is_empty()).unwrap_or_default()
}

/// `docs/001_TDD-data-export.md` is about `data export`.
fn file_feature(path: &str) -> String {
    let file = groundplan_model::paths::file_name(path);
    let stem = file.split('.').next().unwrap_or(file);
    let is_kind = ["design", "spec", "plan", "tdd", "readme", "index", "technical-design"];
    let parent = groundplan_model::paths::file_name(groundplan_model::paths::folder(path));
    let stem = if is_kind.contains(&stem.to_lowercase().as_str()) && !parent.is_empty() {
        parent
    } else {
        stem
    };
    let name = stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-'));
    let kinds = ["FTDD|", "FTDD-", "TDD-", "TDD_", "FTDD_", "TDD|"];
    let name = kinds.iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name);
    name.replace(['-', '_', '|'], " ")
}
