//! Tree to facts: one reader a form, each in its own file, all of them in [`READERS`].

mod annotations;
mod blocks;
mod caches;
mod changes;
mod checklist;
mod clues;
mod components;
mod concepts;
mod decisions;
mod dependencies;
mod diagrams;
mod endpoints;
mod entities;
mod environment;
mod environments;
mod errors;
mod file_mentions;
mod footer;
mod glossary;
mod header;
pub(crate) mod ids;
mod index;
mod job_terms;
mod json;
mod labels;
mod links;
mod once;
pub(crate) mod openapi;
mod phases;
mod phrases;
mod placeholders;
mod policies;
mod promised_headers;
pub(crate) use policies::page_size;
mod prose;
mod questions;
mod requirements;
mod retention;
mod risks;
mod rollout;
mod scan;
mod sections;
mod source_paths;
pub(crate) mod sql;
mod stretches;
mod targets;
mod threats;
mod titles;
mod topics;
mod transitions;
pub(crate) mod yaml;

pub(crate) use header::state_of;
pub(crate) use sections::concept_of;

use std::borrow::Cow;
use std::cell::OnceCell;

use groundplan_syntax::{Kind, NodeId, Source, Span, TableView, Tree};

use crate::document::{Concept, Form, Forms, Section, Text};
use crate::profile;
use crate::schema::Schema;
use crate::{Classification, Document, Profile, Provenance};

/// Reads one form of one fact and adds what it finds to the document.
type Reader = fn(&mut Reading<'_>);

/// Every reader, in order: endpoints before what belongs to one. Sections and header are read before
/// them, because they tell the profile, and the others ask in which section they are.
const READERS: &[Reader] = &[
    endpoints::table::read,
    endpoints::bullet::read,
    endpoints::heading::read,
    endpoints::lines::read,
    endpoints::fence::read,
    endpoints::sort,
    endpoints::mention::read,
    endpoints::decorator::read,
    endpoints::base::read,
    endpoints::continued::read,
    openapi::read,
    sql::read,
    entities::read,
    json::read,
    errors::read,
    targets::read,
    checklist::read,
    requirements::read,
    components::read,
    environment::read,
    source_paths::read,
    questions::read,
    changes::read,
    links::read,
    placeholders::read,
    policies::read,
    caches::read,
    promised_headers::read,
    transitions::read,
    annotations::read,
    footer::read,
    decisions::read,
    dependencies::read,
    risks::read,
    threats::read,
    retention::read,
    job_terms::read,
    environments::read,
    rollout::read,
    phases::read,
    glossary::read,
    diagrams::read,
    file_mentions::read,
];

/// Reads every fact that the document states, by the built-in profiles. Never fails.
pub fn lower(source: &Source, tree: &Tree) -> Document {
    lower_with(source, tree, Profile::built_in())
}

/// Reads every fact that the document states. `profiles` tell families of documents, a team's own
/// before the built-in ones. Never fails.
pub fn lower_with(source: &Source, tree: &Tree, profiles: &[Profile]) -> Document {
    let mut reading = begin(source, tree, profiles);
    for read in READERS {
        read(&mut reading);
    }
    reading.document
}

/// As [`lower_with`], of several documents: a reader that has just read one reads the next one faster.
pub fn lower_all<'a>(
    parsed: impl IntoIterator<Item = (&'a Source, &'a Tree)>,
    profiles: &[Profile],
) -> Vec<Document> {
    let readings = parsed.into_iter().map(|(source, tree)| begin(source, tree, profiles));
    let mut readings: Vec<Reading<'_>> = readings.collect();
    for read in READERS {
        readings.iter_mut().for_each(read);
    }
    readings.into_iter().map(|it| it.document).collect()
}

/// A document of which is known what every reader asks.
fn begin<'a>(source: &'a Source, tree: &'a Tree, profiles: &[Profile]) -> Reading<'a> {
    let mut reading = Reading::new(source, tree);
    sections::read(&mut reading);
    header::read(&mut reading);
    reading.document.classification =
        profile::detect(&reading.document, reading.titles.iter(), profiles);
    sections::name_by_profile(&mut reading, profiles);
    reading.topics = topics::Topics::find(&reading.document.sections);
    reading.concepts = concepts::Concepts::of(&reading.document.sections);
    reading
}

/// A document on its way from tree to facts.
struct Reading<'a> {
    source: &'a Source,
    text: &'a str,
    tree: &'a Tree,
    /// The titles of the document's sections, in lower case.
    titles: titles::Titles,
    tables: Vec<Table>,
    fences: Vec<Fence>,
    index: index::Index,
    clues: clues::Clues,
    topics: topics::Topics,
    concepts: concepts::Concepts,
    arrows: OnceCell<prose::Triggers>,
    document: Document,
}

/// A table with its header's texts.
struct Table {
    view: TableView,
    /// Trimmed, in lower case.
    titles: Vec<String>,
}

/// A fenced block.
#[derive(Clone, Copy)]
struct Fence {
    node: NodeId,
    info: Span,
    /// The name of its language, as it is written.
    name: Span,
    content: Span,
    closed: bool,
}

impl<'a> Reading<'a> {
    fn new(source: &'a Source, tree: &'a Tree) -> Self {
        let text = source.text();
        let mut tables = Vec::new();
        let mut fences = Vec::new();
        let mut index = index::Index::of(tree);
        let mut document = empty(source, tree);
        let blocks = tree.nodes().filter(|(_, node)| !index::is_passed(node.kind));
        for (id, node) in blocks {
            if let Some(form) = form(node.kind) {
                document.forms.add(node.span, form);
            }
            index.add(tree, id, node.kind, node.span);
            match node.kind {
                Kind::Table => {
                    let view = TableView::new(tree, id);
                    let titles = view.titles(tree, text);
                    tables.push(Table { view, titles });
                }
                Kind::Fence { info, content, closed } => {
                    let name = language(text, info);
                    fences.push(Fence { node: id, info, name, content, closed });
                }
                _ => {}
            }
        }
        document.forms.close(tree.span(tree.root()).end);
        Self {
            source,
            text,
            tree,
            titles: titles::Titles::default(),
            tables,
            fences,
            index,
            clues: clues::Clues::find(text),
            topics: topics::Topics::default(),
            concepts: concepts::Concepts::default(),
            arrows: OnceCell::new(),
            document,
        }
    }

    /// Places that may be arrows: `->`, `=>`, `→`.
    fn arrows(&self) -> &prose::Triggers {
        self.arrows.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let behind = |at: usize, firsts: &[u8]| {
                at.checked_sub(1).filter(|it| bytes.get(*it).is_some_and(|it| firsts.contains(it)))
            };
            let heads = memchr::memchr_iter(b'>', bytes).filter_map(|at| behind(at, b"-="));
            // The signs begin with the same byte, and their second ones are rarer.
            let signs = memchr::memchr3_iter(0x86, 0x87, 0x9F, bytes);
            let signs = signs.filter_map(|at| behind(at, &[0xE2]));
            prose::Triggers::at(heads.chain(signs))
        })
    }

    /// The text of `node`, trimmed, with the node's place.
    fn phrase(&self, node: NodeId) -> Text {
        let text = match self.tree.text(node, self.text) {
            Cow::Owned(text) if prose::trim(&text).len() == text.len() => text,
            text => prose::trim(&text).to_owned(),
        };
        Text { text, span: self.tree.span(node) }
    }

    /// The words of a row. How wide its cells are says nothing.
    fn row(&self, row: &groundplan_syntax::Row) -> String {
        let cells = (0..row.cells.len()).filter_map(|at| self.cell(row, Some(at)));
        cells.map(|it| it.text).collect::<Vec<_>>().join(" | ")
    }

    /// The text of a row's cell, or nothing for an empty cell or a dash.
    fn cell(&self, row: &groundplan_syntax::Row, column: Option<usize>) -> Option<Text> {
        let node = *row.cells.get(column?)?;
        let phrase = self.phrase(node);
        let is_empty = matches!(phrase.text.as_str(), "" | "-" | "–" | "—");
        (!is_empty).then_some(phrase)
    }

    /// The language of a fence, in lower case; empty where it names none.
    fn language(&self, fence: Fence) -> Cow<'a, str> {
        let name = self.text.get(fence.name.range()).unwrap_or("");
        match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        }
    }

    /// The title of the innermost section that holds `offset`, in lower case.
    fn title_at(&self, offset: u32) -> Option<&str> {
        let at = self.document.section_index_at(offset)?;
        self.titles.get(at)
    }

    /// The sections that hold `offset`, each with its index.
    fn sections_above(&self, offset: u32) -> impl Iterator<Item = (usize, &Section)> {
        // A section that holds an offset begins before it.
        let before = self.document.section_index_at(offset).map_or(0, |at| at + 1);
        let sections = self.document.sections.iter().enumerate().take(before);
        sections.filter(move |(_, it)| it.span.start <= offset && offset < it.span.end)
    }

    /// Whether `offset` lies under a section of one of `concepts`.
    fn is_under(&self, offset: u32, concepts: &[Concept]) -> bool {
        self.concepts.hold(offset, concepts)
    }
}

impl Table {
    /// The first column whose title is one of `names`, the names tried in order.
    fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.titles.iter().position(|title| title == name))
    }

    /// The first column whose title holds one of `words`.
    fn column_with(&self, words: &[&str]) -> Option<usize> {
        let holds = |title: &String| words.iter().any(|word| prose::has_word(title, word));
        self.titles.iter().position(holds)
    }
}

/// Where the language of a fence is named, whose info string stands at `info`.
fn language(text: &str, info: Span) -> Span {
    let words = text.get(info.range()).unwrap_or("");
    let len = words.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | ':'));
    let start = info.range().start;
    Span::new(start, start + len.unwrap_or(words.len()))
}

/// The form of facts in a block; running text has that of the block around it.
fn form(kind: Kind) -> Option<Form> {
    match kind {
        Kind::FrontMatter(_) => Some(Form::FrontMatter),
        Kind::Heading(_) => Some(Form::Heading),
        Kind::Table => Some(Form::Table),
        Kind::Item => Some(Form::Bullet),
        Kind::Fence { .. } | Kind::IndentedCode => Some(Form::Fence),
        Kind::Quote => Some(Form::Quote),
        _ => None,
    }
}

fn empty(source: &Source, tree: &Tree) -> Document {
    Document {
        source: source.clone(),
        classification: Classification::default(),
        title: None,
        front_matter_fault: None,
        header: Vec::new(),
        footer: Vec::new(),
        status: None,
        sections: Vec::new(),
        endpoints: Vec::new(),
        mentions: Vec::new(),
        operations: Vec::new(),
        contract_faults: Vec::new(),
        schema: Schema::default(),
        entities: Vec::new(),
        examples: Vec::new(),
        error_cases: Vec::new(),
        targets: Vec::new(),
        checklist: Vec::new(),
        requirements: Vec::new(),
        requirement_refs: Vec::new(),
        requirement_ranges: Vec::new(),
        citations: Vec::new(),
        components: Vec::new(),
        env_vars: Vec::new(),
        source_paths: Vec::new(),
        source_path_uses: Vec::new(),
        questions: Vec::new(),
        changes: Vec::new(),
        links: Vec::new(),
        placeholders: Vec::new(),
        policies: Vec::new(),
        transitions: Vec::new(),
        decisions: Vec::new(),
        dependencies: Vec::new(),
        risks: Vec::new(),
        threats: Vec::new(),
        retention: Vec::new(),
        job_terms: Vec::new(),
        environments: Vec::new(),
        rollout: Vec::new(),
        rollback: None,
        phases: Vec::new(),
        annotations: Vec::new(),
        rule_blocks: Vec::new(),
        glossary: Vec::new(),
        diagrams: Vec::new(),
        file_mentions: Vec::new(),
        forms: Forms::default(),
        provenance: Provenance::of_tree(source, tree),
        problems: tree.problems.clone(),
    }
}
