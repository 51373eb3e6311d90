//! What tells that documents belong together, each way in its own function.

use std::collections::{BTreeMap, HashMap};

use super::groups::Groups;
use super::name::Name;
use super::{Evidence, Linkable, Stage, stage};
use crate::paths::{file_name, folder, resolve};

/// How many folders below its feature's own folder a document may lie.
const MAX_DEPTH: usize = 2;

/// One number, or one name where there is none, in one folder or in folders of one kind side by
/// side. Where a number is given to two features, the name decides.
pub(super) fn by_name<T: Linkable>(documents: &[T], names: &[Name], groups: &mut Groups) {
    let mut numbered: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let mut named: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        match &name.number {
            Some(number) => numbered.entry((&name.area, number)).or_default().push(index),
            None if name.words.is_empty() => {}
            None => named.entry((&name.area, &name.words)).or_default().push(index),
        }
    }
    for members in numbered.values() {
        for part in by_feature(documents, names, members) {
            join_all(&part, Evidence::Number, groups);
        }
    }
    for members in named.values().filter(|it| are_stages(documents, it)) {
        join_all(members, Evidence::Name, groups);
    }
}

/// The documents of one number, parted by name where two of them are at one stage. What supports a
/// feature has to have its name as well: reviews and records count for themselves.
fn by_feature<T: Linkable>(documents: &[T], names: &[Name], members: &[usize]) -> Vec<Vec<usize>> {
    let words = |index: &usize| names.get(*index).map_or("", |it| it.words.as_str());
    let (main, more): (Vec<usize>, Vec<usize>) =
        members.iter().partition(|it| stage(documents, **it) != Stage::Supporting);
    let mut parts: Vec<Vec<usize>> = Vec::new();
    if are_stages(documents, &main) && !main.is_empty() {
        parts.push(main);
    } else {
        let mut by_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        main.iter().for_each(|it| by_words.entry(words(it)).or_default().push(*it));
        parts.extend(by_words.into_values());
    }
    for index in more {
        let fits = |part: &&mut Vec<usize>| part.iter().any(|it| words(it) == words(&index));
        if let Some(part) = parts.iter_mut().find(fits) {
            part.push(index);
        }
    }
    parts
}

/// Whether no two of these documents are at one stage.
fn are_stages<T: Linkable>(documents: &[T], members: &[usize]) -> bool {
    let mut stages: Vec<Stage> = members.iter().map(|it| stage(documents, *it)).collect();
    stages.retain(|it| *it != Stage::Supporting);
    let count = stages.len();
    stages.sort_unstable();
    stages.dedup();
    stages.len() == count
}

fn join_all(members: &[usize], evidence: Evidence, groups: &mut Groups) {
    for pair in members.windows(2) {
        if let [one, other] = pair {
            groups.join(*one, *other, evidence);
        }
    }
}

/// Documents whose names say their kind only, in a folder that is the feature's own; and the others
/// of the same family in it or a little below.
pub(super) fn by_folder<T: Linkable>(documents: &[T], names: &[Name], groups: &mut Groups) {
    let mut folders: HashMap<&str, usize> = HashMap::new();
    let is_main = |index: &usize| stage(documents, *index) != Stage::Supporting;
    // The first one stands for its folder, so a document of a stage comes first.
    let (main, more): (Vec<usize>, Vec<usize>) = (0..documents.len()).partition(is_main);
    let more = more.into_iter().filter(|it| !is_plain(documents, *it));
    for index in main.into_iter().chain(more) {
        let Some(own) = names.get(index).and_then(|it| it.own_folder.as_deref()) else { continue };
        match folders.get(own) {
            Some(first) => groups.join(*first, index, Evidence::Folder),
            None => drop(folders.insert(own, index)),
        }
    }
    for index in 0..documents.len() {
        let is_free = names.get(index).is_some_and(|it| it.number.is_none());
        if let Some(first) = above(documents, index, &folders).filter(|_| is_free) {
            groups.join(first, index, Evidence::Folder);
        }
    }
}

/// The first document of the feature's folder that a document lies in or a little below, where both
/// are of one family and not of one name: a folder of features may be described as they are.
fn above<T: Linkable>(
    documents: &[T],
    index: usize,
    folders: &HashMap<&str, usize>,
) -> Option<usize> {
    let document = documents.get(index).filter(|_| !is_plain(documents, index))?;
    let path = document.path();
    let around = std::iter::successors(Some(folder(path)), |it| Some(folder(it)));
    let firsts = around.take(MAX_DEPTH + 1).filter_map(|it| folders.get(it).copied());
    let fits = |first: &usize| {
        documents.get(*first).is_some_and(|it| {
            *first != index
                && stage(documents, *first) != Stage::Supporting
                && it.profile() == document.profile()
                && file_name(it.path()) != file_name(path)
        })
    };
    firsts.filter(fits).last()
}

fn is_plain<T: Linkable>(documents: &[T], index: usize) -> bool {
    documents.get(index).is_none_or(|it| it.profile() == "plain")
}

/// What a document says itself: what it was made from, and what its header links to.
pub(super) fn by_links<T: Linkable>(documents: &[T], names: &[Name], groups: &mut Groups) {
    let paths: HashMap<&str, usize> =
        documents.iter().enumerate().map(|(at, it)| (it.path(), at)).collect();
    for (index, document) in documents.iter().enumerate() {
        let from = document.path();
        for source in document.sources() {
            if let Some(other) = paths.get(resolve(from, source).as_str()) {
                groups.join(index, *other, Evidence::Provenance);
            }
        }
        for target in document.header_links().iter() {
            let Some(other) = paths.get(resolve(from, target).as_str()) else { continue };
            if is_upstream(documents, names, groups, index, *other) {
                groups.join(index, *other, Evidence::Header);
            }
        }
    }
}

/// Whether a link of a header leads from a later stage to an earlier one of the same feature: the
/// numbers do not differ, and no stage would be there twice.
fn is_upstream<T: Linkable>(
    documents: &[T],
    names: &[Name],
    groups: &Groups,
    index: usize,
    other: usize,
) -> bool {
    let (own, target) = (stage(documents, index), stage(documents, other));
    if own == Stage::Supporting || target >= own || groups.root(index) == groups.root(other) {
        return false;
    }
    let members = [groups.members(index), groups.members(other)];
    let [one, two] = members
        .each_ref()
        .map(|it| it.iter().find_map(|at| names.get(*at).and_then(Name::shown_number)));
    let is_one_number = one.is_none() || two.is_none() || one == two;
    is_one_number && are_stages(documents, &members.concat())
}
