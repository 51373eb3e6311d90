//! Adding items and edges, each once.

use std::collections::{HashMap, HashSet};

use groundplan_model::chain::Stage;
use groundplan_model::policy::Level;
use groundplan_model::profile::Kind;
use groundplan_model::{Certainty, Outline};
use groundplan_syntax::Span;

use super::{At, Edge, EdgeKind, Item, ItemKind, Sources, Trace, TracedChain, Unresolved};

/// A graph on its way.
pub(super) struct Builder<'a> {
    pub(super) sources: &'a Sources<'a>,
    pub(super) trace: Trace,
    /// Items by key.
    by_key: HashMap<String, usize>,
    by_ends: HashMap<(usize, usize, EdgeKind), usize>,
    /// Files and the ids in them that lead nowhere.
    told: HashSet<(String, String)>,
    /// The chain of each outline.
    chain_of: Vec<Option<usize>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(sources: &'a Sources<'a>) -> Self {
        let linked = sources.linked;
        let mut chain_of = vec![None; linked.outlines.len()];
        let mut trace = Trace {
            has_code: !sources.code.is_empty(),
            has_results: !sources.results.is_empty(),
            ..Trace::default()
        };
        for (at, chain) in linked.chains.chains.iter().enumerate() {
            let mut members = Vec::new();
            for member in &chain.members {
                if let Some(place) = chain_of.get_mut(member.index) {
                    *place = Some(at);
                }
                members.extend(linked.outlines.get(member.index).filter(|it| !it.is_template));
            }
            let documents = members.iter().map(|it| (it.path.clone(), level_of(it))).collect();
            let (number, name) = (chain.number.clone(), chain.name.clone());
            trace.chains.push(TracedChain { number, name, documents });
        }
        let (by_key, by_ends, told) = (HashMap::new(), HashMap::new(), HashSet::new());
        Self { sources, trace, by_key, by_ends, told, chain_of }
    }

    /// The documents that are traced, with their indices: templates state nothing.
    pub(super) fn outlines(&self) -> impl Iterator<Item = (usize, &'a Outline)> + use<'a> {
        let outlines = self.sources.linked.outlines.iter().enumerate();
        outlines.filter(|(_, it)| !it.is_template)
    }

    /// The chain of the outline at `index`.
    pub(super) fn chain(&self, index: usize) -> Option<usize> {
        self.chain_of.get(index).copied().flatten()
    }

    /// The place of a span of a document.
    pub(super) fn at(&self, outline: &Outline, span: Span) -> At {
        let line = (self.sources.line)(&outline.path, span.start);
        At { path: outline.path.clone(), line }
    }

    /// Adds an item, or finds the one of its key.
    pub(super) fn item(&mut self, item: Item) -> usize {
        if let Some(known) = self.by_key.get(&item.key) {
            return *known;
        }
        let index = self.trace.items.len();
        self.by_key.insert(item.key.clone(), index);
        self.trace.items.push(item);
        index
    }

    /// The item of a key.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub(super) fn get(&self, item: usize) -> Option<&Item> {
        self.trace.items.get(item)
    }

    /// Adds an edge; of several of one kind between two items the surest counts, and one that holds
    /// before one that is stale.
    pub(super) fn edge(&mut self, edge: Edge) {
        if edge.from == edge.to {
            return;
        }
        let worth = |it: &Edge| (it.stale.is_none(), it.certainty);
        match self.by_ends.get(&(edge.from, edge.to, edge.kind)) {
            Some(known) => {
                if let Some(known) = self.trace.edges.get_mut(*known)
                    && worth(known) < worth(&edge)
                {
                    *known = edge;
                }
            }
            None => {
                self.by_ends.insert((edge.from, edge.to, edge.kind), self.trace.edges.len());
                self.trace.edges.push(edge);
            }
        }
    }

    /// Keeps an id that leads nowhere, once for each file.
    pub(super) fn unresolved(&mut self, unresolved: Unresolved) {
        if self.told.insert((unresolved.at.path.clone(), unresolved.id.clone())) {
            self.trace.unresolved.push(unresolved);
        }
    }

    /// The section of a document that holds `offset`; the document itself before its first heading.
    pub(super) fn section(&mut self, index: usize, outline: &Outline, offset: u32) -> usize {
        let section = outline.section_at(offset);
        let (anchor, title, span) = match section {
            Some(it) => (it.anchor.as_str(), it.title.text.as_str(), it.heading),
            None => ("", "", outline.first_line),
        };
        let key = match anchor {
            "" => outline.path.clone(),
            anchor => format!("{}#{anchor}", outline.path),
        };
        if let Some(known) = self.find(&key) {
            return known;
        }
        let name = groundplan_model::paths::file_name(&outline.path);
        let id = if anchor.is_empty() { name } else { anchor };
        let item = Item {
            level: level_of(outline),
            chain: self.chain(index),
            ..Item::new(key, ItemKind::Section, id, title, self.at(outline, span))
        };
        self.item(item)
    }

    /// The graph with its edges by their ends.
    pub(super) fn finish(self) -> Trace {
        let mut trace = self.trace;
        trace.below = vec![Vec::new(); trace.items.len()];
        trace.above = vec![Vec::new(); trace.items.len()];
        for (at, edge) in trace.edges.iter().enumerate() {
            if let Some(edges) = trace.below.get_mut(edge.to) {
                edges.push(at);
            }
            if let Some(edges) = trace.above.get_mut(edge.from) {
                edges.push(at);
            }
        }
        trace
    }
}

impl Item {
    /// An item of which nothing more is known.
    pub(super) fn new(key: String, kind: ItemKind, id: &str, title: &str, at: At) -> Self {
        Self {
            key,
            kind,
            id: id.to_owned(),
            title: title.to_owned(),
            at,
            level: None,
            chain: None,
            revision: None,
            is_done: false,
            outcome: None,
        }
    }
}

impl Edge {
    /// An edge that holds.
    pub(super) fn new(ends: (usize, usize), kind: EdgeKind, certainty: Certainty, at: At) -> Self {
        Self { from: ends.0, to: ends.1, kind, certainty, at, stale: None }
    }
}

/// What a document counts for where it covers something. What has to hold counts as design: it
/// answers what is wanted, too.
pub(super) fn level_of(outline: &Outline) -> Option<Level> {
    match outline.stage() {
        Stage::Specification | Stage::Design => Some(Level::Design),
        Stage::Implementation => Some(Level::Implementation),
        Stage::Tasks => Some(Level::Task),
        Stage::Supporting if outline.kind == Kind::DataModel => Some(Level::Design),
        Stage::Requirements | Stage::Supporting => None,
    }
}
