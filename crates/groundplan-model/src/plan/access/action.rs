//! "delete products", "`POST /orders/{id}/refund`": which endpoints a text is about.

use crate::plan::names::{singular, snake};
use crate::plan::paths;
use crate::service::{Operation, Resource, Route, Segment};

/// How closely a text speaks of an endpoint; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It names method and path.
    Endpoint,
    /// It names the path.
    Path,
    /// It names what is done to what.
    VerbAndNoun,
    /// It names the resource.
    Noun,
    /// It names what is done, to everything.
    Verb,
}

/// Verbs by the beginning that all their forms share, and what they do.
const VERBS: [(&str, &[Does]); 29] = [
    ("list", &[Does::List]),
    ("brows", &[Does::List, Does::Read]),
    ("search", &[Does::List]),
    ("view", &[Does::List, Does::Read]),
    ("read", &[Does::List, Does::Read]),
    ("see", &[Does::List, Does::Read]),
    ("get", &[Does::List, Does::Read]),
    ("fetch", &[Does::List, Does::Read]),
    ("show", &[Does::List, Does::Read]),
    ("retriev", &[Does::List, Does::Read]),
    ("creat", &[Does::Create]),
    ("add", &[Does::Create]),
    ("plac", &[Does::Create]),
    ("submit", &[Does::Create]),
    ("post", &[Does::Create]),
    ("regist", &[Does::Create]),
    ("upload", &[Does::Create]),
    ("invit", &[Does::Create]),
    ("updat", &[Does::Change]),
    ("edit", &[Does::Change]),
    ("chang", &[Does::Change, Does::Act]),
    ("modif", &[Does::Change]),
    ("renam", &[Does::Change]),
    ("replac", &[Does::Change]),
    ("delet", &[Does::Delete]),
    ("remov", &[Does::Delete]),
    ("manag", &[Does::Create, Does::Change, Does::Delete, Does::Act]),
    ("writ", &[Does::Create, Does::Change, Does::Delete, Does::Act]),
    ("administ", &[Does::Create, Does::Change, Does::Delete, Does::Act]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    List,
    Read,
    Create,
    Change,
    Delete,
    Act,
}

/// What texts can speak of: the endpoints, each in a form to be compared.
pub(super) struct Service {
    entries: Vec<Entry>,
}

struct Entry {
    method: &'static str,
    shape: String,
    does: Option<Does>,
    /// The word at the end of an action's path: `refund`.
    verb: Option<String>,
    /// What its rows are called, in the singular.
    nouns: Vec<String>,
}

impl Service {
    pub(super) fn new(routes: &[Route], resources: &[Resource]) -> Self {
        Self { entries: routes.iter().map(|route| Entry::new(route, resources)).collect() }
    }

    /// How closely `action` speaks of the route at `at`; `None` where it speaks of others.
    pub(super) fn fit(&self, action: &str, at: usize) -> Option<Fit> {
        let entry = self.entries.get(at)?;
        let named = endpoints(action);
        if !named.is_empty() {
            let of_it = named.iter().filter(|(_, shape)| shape_ends(&entry.shape, shape));
            let methods: Vec<Option<&str>> = of_it.map(|(method, _)| *method).collect();
            let exact = methods.iter().flatten().any(|it| it.eq_ignore_ascii_case(entry.method));
            let any = methods.iter().any(Option::is_none);
            return if exact { Some(Fit::Endpoint) } else { any.then_some(Fit::Path) };
        }
        let words: Vec<String> = words(action);
        let nouns = self.heads(action);
        let verbs = verbs(&words);
        let is_verb = verbs.iter().any(|it| Some(*it) == entry.does) || entry.is_done_by(&words);
        let is_noun = nouns.iter().any(|noun| entry.nouns.contains(noun));
        let has_verb = !verbs.is_empty() || self.entries.iter().any(|it| it.is_done_by(&words));
        match (is_verb, is_noun) {
            (true, true) => Some(Fit::VerbAndNoun),
            (true, false) if nouns.is_empty() => Some(Fit::Verb),
            (false, true) if !has_verb => Some(Fit::Noun),
            _ => None,
        }
    }

    /// The nouns of the service that a text speaks of: of two that stand side by side ("order
    /// items") the last.
    fn heads(&self, action: &str) -> Vec<String> {
        let is_known = |noun: &String| self.entries.iter().any(|it| it.nouns.contains(noun));
        let mut heads: Vec<String> = Vec::new();
        for part in action
            .split([',', ';'])
            .flat_map(|it| it.split(" and "))
            .flat_map(|it| it.split(" or "))
        {
            let words: Vec<String> = words(part).iter().map(|it| singular(&snake(it))).collect();
            let mut before: Option<String> = None;
            for word in words {
                let compound = before.as_ref().map(|it| format!("{it}_{word}"));
                let found =
                    compound.filter(is_known).or_else(|| Some(word.clone()).filter(is_known));
                if found.is_none() {
                    heads.extend(before.take());
                }
                before = found;
            }
            heads.extend(before);
        }
        heads
    }
}

impl Entry {
    fn new(route: &Route, resources: &[Resource]) -> Self {
        let resource = route.binding.as_ref().and_then(|it| resources.get(it.resource));
        let mut literals = route.path.iter().filter_map(|segment| match segment {
            Segment::Literal(text) => Some(text.as_str()),
            Segment::Parameter(_) => None,
        });
        let last = literals.next_back().map(|it| singular(&snake(it)));
        let does = does(route);
        let acts = does == Some(Does::Act);
        let table = resource.map(|it| singular(&snake(&it.table.name)));
        let noun = last.clone().filter(|_| !acts);
        Self {
            method: route.method.as_str(),
            shape: paths::shape(&route.path).to_lowercase(),
            does,
            verb: last.filter(|_| acts),
            nouns: table.into_iter().chain(noun).collect(),
        }
    }

    /// Whether a word is a form of the action's own verb: "refunding" of `refund`.
    fn is_done_by(&self, words: &[String]) -> bool {
        let Some(verb) = &self.verb else { return false };
        let stem = verb.trim_end_matches(['e', 'y']);
        words.iter().any(|word| word == verb || stem.len() >= 3 && word.starts_with(stem))
    }
}

fn does(route: &Route) -> Option<Does> {
    Some(match route.operation {
        Operation::List | Operation::Search => Does::List,
        _ if route.makes_row() => Does::Create,
        Operation::Read | Operation::ReadSingleton | Operation::Download => Does::Read,
        Operation::Replace | Operation::Update | Operation::PutSingleton | Operation::Upload(_) => {
            Does::Change
        }
        Operation::Delete => Does::Delete,
        Operation::Session(_) => return None,
        _ if route.method == crate::document::Method::Get => Does::Read,
        _ => Does::Act,
    })
}

fn verbs(words: &[String]) -> Vec<Does> {
    let of = |word: &String| {
        let known = VERBS.iter().find(|(stem, _)| word.starts_with(stem));
        known.map(|(_, does)| *does).unwrap_or_default()
    };
    words.iter().flat_map(of).copied().collect()
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    parts.filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// Paths that a text names, with the method before each where there is one.
fn endpoints(text: &str) -> Vec<(Option<&str>, String)> {
    const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
    let mut found = Vec::new();
    let mut before: Option<&str> = None;
    for word in text.split([' ', ',', '`', '(', ')']).filter(|it| !it.is_empty()) {
        if word.starts_with('/') && word.len() > 1 {
            let path = word.trim_end_matches(['.', ':', ';']);
            found.push((before, paths::shape(&paths::segments(path)).to_lowercase()));
        }
        before = METHODS.contains(&word).then_some(word);
    }
    found
}

/// Whether `shape` is `end`, or ends in it: texts leave the base path out.
fn shape_ends(shape: &str, end: &str) -> bool {
    shape == end || shape.ends_with(end)
}
