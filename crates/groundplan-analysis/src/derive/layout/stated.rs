//! The paths that a design states, and the patterns that they follow.

use std::collections::BTreeMap;

use groundplan_model::document::Concept;
use groundplan_model::paths::{file_name, folder};
use groundplan_syntax::{Kind, Span};

use super::language::{Language, Role};
use crate::derive::design::{Design, Noun};

/// A path that the design states.
#[derive(Clone, Debug)]
pub(crate) struct StatedFile {
    pub(crate) path: String,
    /// What stands with it.
    pub(crate) holds: Option<String>,
    pub(crate) span: Span,
}

/// How folders and names of files tell their role.
const ROLES: [(&str, Role); 22] = [
    ("controller", Role::Controller),
    ("router", Role::Controller),
    ("routes", Role::Controller),
    ("endpoints", Role::Controller),
    ("handler", Role::Controller),
    ("service", Role::Service),
    ("repositor", Role::Repository),
    ("dao", Role::Repository),
    ("store", Role::Repository),
    ("model", Role::Model),
    ("entit", Role::Model),
    ("schema", Role::Requests),
    ("exception", Role::Errors),
    ("error", Role::Errors),
    ("util", Role::Helper),
    ("client", Role::Client),
    ("config", Role::Settings),
    ("core", Role::Helper),
    ("jobs", Role::Program),
    ("worker", Role::Program),
    ("tasks", Role::Program),
    ("api", Role::Controller),
];

/// Every path of a file: in backticks, under phases, and in drawn trees of folders.
pub(super) fn files(design: &Design<'_>) -> Vec<StatedFile> {
    let document = design.document;
    let mut found: Vec<StatedFile> = drawn(design);
    let named = document.source_paths.iter().chain(document.phases.iter().flat_map(|it| &it.files));
    for text in named {
        let holds = words_after(design, text.span);
        found.push(StatedFile { path: clean(&text.text), holds, span: text.span });
    }
    found.retain(|it| is_source(&it.path) && !is_elsewhere(design, it.span.start));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|it| seen.insert(it.path.clone()));
    found
}

fn clean(path: &str) -> String {
    path.trim_start_matches("./").to_owned()
}

/// Files that the text only points to.
fn is_elsewhere(design: &Design<'_>, at: u32) -> bool {
    design.is_under(at, &[Concept::References, Concept::Changes])
}

/// A file of the code: relative, complete, no document.
fn is_source(path: &str) -> bool {
    let name = file_name(path);
    let has_ending = name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && ending.len() < 6 && ending.chars().all(char::is_alphanumeric)
    });
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "/._-@".contains(c));
    (has_ending || name == "Dockerfile" || name == "Makefile")
        && is_plain
        && !path.starts_with(['/', '.'])
        && !path.contains("..")
        && !name.ends_with(".md")
}

/// "`path` (new) - what it is for": what stands behind the path on its line.
fn words_after(design: &Design<'_>, span: Span) -> Option<String> {
    let line = design.document.source.line_of(span.start as usize);
    let rest = design.document.source.slice(Span { start: span.end, end: line.end });
    let rest = rest.trim_start_matches(['`', '*', ' ']);
    let rest = match rest.strip_prefix('(').and_then(|it| it.split_once(')')) {
        Some((_, after)) => after,
        None => rest,
    };
    let marked =
        ["-", "–", "—", ":", "#", "|"].iter().find_map(|it| rest.trim_start().strip_prefix(it));
    let words = marked?.split('|').next()?.trim();
    (!words.is_empty() && words.len() < 120).then(|| words.replace(['[', ']'], ""))
}

/// Paths of drawn trees: `├── services/   # rules`.
fn drawn(design: &Design<'_>) -> Vec<StatedFile> {
    let mut found = Vec::new();
    for node in design.tree.descendants(design.tree.root()) {
        let Kind::Fence { content, .. } = design.tree.kind(node) else { continue };
        let text = design.document.source.slice(content);
        if text.contains("── ") {
            found.extend(read_tree(text).into_iter().map(|(path, holds, at)| StatedFile {
                path,
                holds,
                span: Span::at(content.start as usize + at),
            }));
        }
    }
    found
}

/// Files of a drawn tree, with their comments and places.
pub(crate) fn read_tree(text: &str) -> Vec<(String, Option<String>, usize)> {
    let mut folders: Vec<(usize, String)> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = line.find(|c: char| !" │├└─|`".contains(c));
        let (Some(start), place) = (start, at) else {
            at += line.len();
            continue;
        };
        at += line.len();
        let depth = line.get(..start).unwrap_or("").chars().count();
        let rest = line.get(start..).unwrap_or("").trim_end();
        let (name, comment) = match rest.find(" #").or_else(|| rest.find("  ")) {
            Some(cut) => (rest.get(..cut), rest.get(cut..)),
            None => (Some(rest), None),
        };
        let name = name.unwrap_or("").split(['(', ' ']).next().unwrap_or("").trim();
        folders.retain(|(outer, _)| *outer < depth);
        if name.ends_with('/') {
            folders.push((depth, name.trim_end_matches('/').to_owned()));
        } else if !name.is_empty() {
            let comment = comment.map(|it| it.trim_matches(['#', ' ', '-', '←']).to_owned());
            let inside = folders.iter().filter(|(depth, name)| *depth > 0 || is_sources(name));
            let mut parts: Vec<&str> = inside.map(|(_, name)| name.as_str()).collect();
            parts.push(name);
            found.push((parts.join("/"), comment.filter(|it| !it.is_empty()), place));
        }
    }
    found
}

/// Whether the first line of a tree names a folder of sources, and not the whole project.
fn is_sources(name: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        "src", "app", "lib", "tests", "test", "backend", "frontend", "internal", "cmd", "pkg",
        "server", "packages",
    ];
    name.contains('/') || FOLDERS.contains(&name)
}

/// Patterns of stated paths that hold a table's name: `src/x/services/{one}_service.py`.
pub(super) fn patterns(stated: &[StatedFile], nouns: &[Noun]) -> Vec<(Role, String)> {
    let mut found: Vec<(Role, String)> = Vec::new();
    for file in stated {
        let Some(role) = role_of(&file.path) else { continue };
        let Some(pattern) = pattern(&file.path, nouns) else { continue };
        if !found.iter().any(|(it, _)| *it == role) {
            found.push((role, pattern));
        }
    }
    found
}

/// The path with the name of a table in it left open.
fn pattern(path: &str, nouns: &[Noun]) -> Option<String> {
    let name = file_name(path);
    let spelled = |noun: &Noun| {
        [(noun.many.clone(), "{many}"), (noun.one.clone(), "{one}")]
            .into_iter()
            .chain([(noun.many.replace('_', "-"), "{many}"), (noun.one.replace('_', "-"), "{one}")])
            .chain([(noun.class.clone(), "{class}")])
            .find_map(|(word, mark)| replaced(name, &word, mark))
    };
    let open = nouns.iter().find_map(spelled)?;
    let folder = folder(path);
    Some(if folder.is_empty() { open } else { format!("{folder}/{open}") })
}

/// `name` with `mark` for `word`, where that begins it and ends as a word.
fn replaced(name: &str, word: &str, mark: &str) -> Option<String> {
    let rest = name.strip_prefix(word)?;
    let ends = rest.starts_with(['_', '-', '.']) || rest.starts_with(|c: char| c.is_uppercase());
    ends.then(|| format!("{mark}{rest}"))
}

/// The role that a path's name, or else its folder, tells.
fn role_of(path: &str) -> Option<Role> {
    if path.starts_with("test") || path.contains("/test") || path.contains("migrations/") {
        return None;
    }
    let stem = stem(path).to_lowercase();
    let by_name = ROLES.iter().find(|(word, _)| stem.contains(word));
    let names: Vec<String> = folder(path).split('/').map(str::to_lowercase).collect();
    let by_folder = || {
        let mut names = names.iter().rev();
        names.find_map(|name| ROLES.iter().find(|(word, _)| name.starts_with(word)))
    };
    by_name.or_else(by_folder).map(|(_, role)| *role)
}

/// The folder that holds the folders of layers, by most stated paths of the language.
pub(super) fn root(stated: &[StatedFile], language: &Language) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in stated {
        let ending = file.path.rsplit_once('.').map_or("", |it| it.1).trim_end_matches('x');
        let is_proof = ["test", "migrations", "scripts", "alembic"];
        let other =
            is_proof.iter().any(|it| folder(&file.path).split('/').any(|n| n.starts_with(it)));
        if ending != language.extension || other {
            continue;
        }
        let names: Vec<&str> = folder(&file.path).split('/').filter(|it| !it.is_empty()).collect();
        let is_layer =
            |name: &&str| ROLES.iter().any(|(word, _)| name.to_lowercase().starts_with(word));
        let end = names.iter().position(is_layer).unwrap_or(names.len());
        let root = names.get(..end).unwrap_or(&[]).join("/");
        if !root.is_empty() {
            *counts.entry(root).or_default() += 1;
        }
    }
    // A folder counts for the folders below it: `mcp/tools` must not win over `mcp`.
    let covered = |root: &String| -> usize {
        let below = counts.iter().filter(|(it, _)| {
            *it == root || it.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/'))
        });
        below.map(|(_, count)| *count).sum()
    };
    let best = counts.keys().max_by_key(|root| (covered(root), root.len()));
    best.cloned()
}

/// A file's name without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.split('.').next().unwrap_or(name)
}
