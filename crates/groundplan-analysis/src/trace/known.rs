//! What is wanted, endpoints and tables: what documents define, and which of it an id means.

use std::collections::HashMap;

use groundplan_model::chain::Stage;
use groundplan_model::document::Requirement;
use groundplan_model::{Certainty, Outline, paths};

use super::add::Builder;
use super::{Edge, EdgeKind, Item, ItemKind};

/// Prefixes of stories, and of criteria.
const STORIES: [&str; 4] = ["US", "UC", "STORY", "EPIC"];
const CRITERIA: [&str; 2] = ["AC", "SC"];

/// What ids mean.
#[derive(Default)]
pub(super) struct Known {
    /// Items by id, the earliest stage first.
    by_id: HashMap<String, Vec<usize>>,
    /// The same by ids without what people write now so, now so.
    by_bare_id: HashMap<String, Vec<usize>>,
    /// Definitions of what an earlier document of the chain defines: outline, requirement, item.
    pub(super) restated: Vec<(usize, usize, usize)>,
    stages: HashMap<usize, Stage>,
}

/// What an id means.
pub(super) enum Meaning {
    One(usize),
    Several(Vec<usize>),
    Nothing,
}

/// Where an id stands: what is near comes first.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) path: &'a str,
    pub(super) chain: Option<usize>,
}

impl Known {
    /// Adds everything that documents define.
    pub(super) fn define(builder: &mut Builder<'_>) -> Self {
        let mut known = Self::default();
        let mut outlines: Vec<(usize, &Outline)> = builder.outlines().collect();
        // Who defines an id first owns it, and the others of its chain restate it.
        outlines.sort_by_key(|(index, it)| (it.stage(), *index));
        for (index, outline) in outlines {
            for (at, requirement) in outline.requirements.iter().enumerate() {
                known.requirement(builder, (index, outline), (at, requirement));
            }
            endpoints(builder, index, outline);
            tables(builder, index, outline);
        }
        parts(builder);
        known
    }

    fn requirement(
        &mut self,
        builder: &mut Builder<'_>,
        (index, outline): (usize, &Outline),
        (at, requirement): (usize, &Requirement),
    ) {
        let id = requirement.id.text.as_str();
        let chain = builder.chain(index);
        let is_earlier = |it: &&usize| {
            let item = builder.get(**it);
            chain.is_some()
                && item.is_some_and(|it| it.chain == chain && it.at.path != outline.path)
                && self.stages.get(*it).is_some_and(|it| *it < outline.stage())
        };
        let earlier = self.by_id.get(id).and_then(|all| all.iter().find(is_earlier).copied());
        if let Some(owner) = earlier {
            self.restated.push((index, at, owner));
            return;
        }
        let key = format!("{}#{id}", outline.path);
        let place = builder.at(outline, requirement.id.span);
        let title = requirement.title.replace("**", "");
        let item = builder.item(Item {
            chain,
            revision: requirement.revision,
            ..Item::new(key, kind_of(id), id, &title, place)
        });
        self.stages.insert(item, outline.stage());
        self.by_id.entry(id.to_owned()).or_default().push(item);
        self.by_bare_id.entry(bare(id)).or_default().push(item);
    }

    /// What an id means that a document cites.
    pub(super) fn meaning(&self, builder: &Builder<'_>, id: &str, from: From<'_>) -> Meaning {
        let all = self.by_id.get(id).map(Vec::as_slice).unwrap_or_default();
        let find = |is_it: &dyn Fn(&Item) -> bool| {
            all.iter().copied().find(|it| builder.get(*it).is_some_and(is_it))
        };
        let near = find(&|it| it.at.path == from.path)
            .or_else(|| find(&|it| from.chain.is_some() && it.chain == from.chain));
        // A number means nothing outside of its feature.
        let is_number = id.starts_with(|c: char| c.is_ascii_digit());
        match (near, all) {
            (Some(item), _) | (None, &[item]) if near.is_some() || !is_number => Meaning::One(item),
            (None, []) => Meaning::Nothing,
            _ if is_number => Meaning::Nothing,
            _ => Meaning::Several(all.to_vec()),
        }
    }

    /// What an id means that code names: `FR-1`, `001_PRD#FR-1`, `dsn~FR-1`; `near` tells whether a
    /// document speaks of that file.
    pub(super) fn meaning_in_code(
        &self,
        builder: &Builder<'_>,
        written: &str,
        near: &dyn Fn(&str) -> bool,
    ) -> Meaning {
        let (document, id) = match written.rsplit_once('#') {
            Some((document, id)) => (Some(document), id),
            None => (None, written),
        };
        let last = id.rsplit('~').next().unwrap_or(id);
        let exact = self.by_id.get(id).or_else(|| self.by_id.get(last));
        let all = exact.or_else(|| self.by_bare_id.get(&bare(last)));
        let all = all.map(Vec::as_slice).unwrap_or_default();
        let path = |it: usize| builder.get(it).map_or("", |it| it.at.path.as_str());
        let is_meant = |it: &usize| document.is_none_or(|name| is_named(path(*it), name));
        let meant: Vec<usize> = all.iter().copied().filter(is_meant).collect();
        let nearby: Vec<usize> = meant.iter().copied().filter(|it| near(path(*it))).collect();
        match (meant.as_slice(), nearby.as_slice()) {
            ([], _) => Meaning::Nothing,
            (&[item], _) | (_, &[item]) => Meaning::One(item),
            _ => Meaning::Several(meant),
        }
    }
}

/// Whether a path is meant by a name such as `001_PRD`, `001_PRD.md` or `docs/001_PRD.md`.
fn is_named(path: &str, name: &str) -> bool {
    let is_end =
        |path: &str| path.strip_suffix(name).is_some_and(|it| it.is_empty() || it.ends_with('/'));
    let stem = path.rsplit_once('.').map_or(path, |it| it.0);
    is_end(path) || is_end(stem)
}

/// An id as people compare it: case, hyphens before numbers and leading zeros aside.
fn bare(id: &str) -> String {
    let words = id.split(|c: char| !c.is_alphanumeric() && c != '.');
    let words = words.flat_map(|word| {
        let digits = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
        let (letters, number) = word.split_at(digits);
        [letters.to_lowercase(), number.trim_start_matches('0').to_lowercase()]
    });
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}

/// What an id is by its prefix; `1.2` is a criterion of the requirement `1`.
fn kind_of(id: &str) -> ItemKind {
    let prefix = id.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or("");
    let is_number = id.starts_with(|c: char| c.is_ascii_digit());
    match () {
        () if STORIES.contains(&prefix) => ItemKind::Story,
        () if CRITERIA.contains(&prefix) || is_number && id.contains('.') => ItemKind::Criterion,
        () => ItemKind::Requirement,
    }
}

/// `FR-1.2` is a part of `FR-1`, `AC-US1-01` one of `US1` or `US-001`, `AC-1.2` one of `US-1`.
fn parts(builder: &mut Builder<'_>) {
    let wanted = builder.trace.items.iter().enumerate().filter(|it| it.1.kind.is_wanted());
    let by_name: HashMap<(String, String), usize> =
        wanted.clone().map(|(at, it)| ((it.at.path.clone(), bare(&it.id)), at)).collect();
    let found = wanted.filter_map(|(at, item)| {
        let mut whole = wholes(&item.id);
        let owner = whole.find_map(|id| by_name.get(&(item.at.path.clone(), id)).copied());
        Some((at, owner.filter(|it| *it != at)?, item.at.clone()))
    });
    let found: Vec<_> = found.collect();
    for (part, whole, at) in found {
        builder.edge(Edge::new((part, whole), EdgeKind::PartOf, Certainty::Inferred, at));
    }
}

/// The ids that something of this id may be a part of, bare.
fn wholes(id: &str) -> impl Iterator<Item = String> {
    let dotted = id.rsplit_once('.').map(|it| bare(it.0));
    let criterion = id.strip_prefix("AC-").and_then(|it| it.rsplit_once(['-', '.']));
    let criterion = criterion.map(|it| it.0);
    let of_story = criterion.map(|it| {
        let is_number = it.starts_with(|c: char| c.is_ascii_digit());
        if is_number { bare(&format!("US-{it}")) } else { bare(it) }
    });
    dotted.into_iter().chain(of_story)
}

fn endpoints(builder: &mut Builder<'_>, index: usize, outline: &Outline) {
    for endpoint in outline.endpoints.iter().filter(|it| !it.external) {
        let id = format!("{} {}", endpoint.method.as_str(), endpoint.path);
        let key = format!("{}#{id}", outline.path);
        let place = builder.at(outline, endpoint.span);
        let chain = builder.chain(index);
        builder.item(Item { chain, ..Item::new(key, ItemKind::Endpoint, &id, "", place) });
    }
}

fn tables(builder: &mut Builder<'_>, index: usize, outline: &Outline) {
    for table in outline.tables.iter().filter(|it| !it.again) {
        let key = format!("{}#table {}", outline.path, table.name);
        let place = builder.at(outline, table.span);
        let chain = builder.chain(index);
        builder.item(Item { chain, ..Item::new(key, ItemKind::Table, &table.name, "", place) });
    }
}

/// Whether a path that a document names means this file: the same from some folder on.
pub(super) fn is_same_file(named: &str, file: &str) -> bool {
    let named = named.trim_start_matches("./");
    let is_end = |whole: &str, end: &str| {
        whole.strip_suffix(end).is_some_and(|it| it.is_empty() || it.ends_with('/'))
    };
    // `backend/src/a.py` is `src/a.py` of a repository that is the backend.
    is_end(file, named) || is_end(named, file) && file.contains('/') && !file.starts_with("..")
}

/// What `path` is compared by first.
pub(super) fn last_name(path: &str) -> &str {
    paths::file_name(path)
}
