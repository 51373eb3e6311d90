//! Which router of which file a name stands for.

use super::syntax::last;
use super::{CodeFile, Language};
use crate::paths;

/// How often a name may lead on to another file.
const STEPS: usize = 4;

/// Names that a file may have for what it is as a whole.
const WHOLE: [&str; 5] = ["__init__", "index", "mod", "lib", "main"];

/// Words of a module's path that name no folder.
const STEERING: [&str; 8] = ["", ".", "..", "crate", "self", "super", "@", "~"];

/// Names that many files have for their routers, so that one alone tells nothing.
const USUAL: [&str; 9] =
    ["router", "routes", "app", "api", "new", "Router", "use", "register", "config"];

/// A router: the number of its file, and its name there.
pub(super) type Node = (usize, String);

/// A file of no number, for routers that are one in the whole application.
pub(super) const EVERYWHERE: usize = usize::MAX;

/// All files, to look for routers in.
pub(super) struct Names<'a> {
    pub(super) files: &'a [CodeFile],
    stems: Vec<Vec<&'a str>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(files: &'a [CodeFile]) -> Self {
        Self { files, stems: files.iter().map(stem).collect() }
    }

    /// The router that `child` stands for in the file numbered `from`, and whether that is sure.
    pub(super) fn resolve(&self, from: usize, child: &str) -> Option<(Node, bool)> {
        if is_everywhere(child) {
            return Some(((EVERYWHERE, child.to_owned()), true));
        }
        let found = self.resolve_within(from, child, STEPS).map(|node| (node, true));
        found.or_else(|| self.by_name(from, last(child)).map(|node| (node, false)))
    }

    fn resolve_within(&self, from: usize, child: &str, steps: usize) -> Option<Node> {
        let file = self.files.get(from)?;
        if has(file, child) {
            return Some((from, child.to_owned()));
        }
        let steps = steps.checked_sub(1)?;
        if let Some((module, rest)) = required(child) {
            let path = words(&paths::resolve(&file.path, module));
            return self.in_module(from, &[path, words(rest)].concat(), steps);
        }
        let parts = words(child);
        let (head, rest) = parts.split_first()?;
        let imported = file.imports.iter().find(|it| it.local == *head);
        let Some(import) = imported else { return self.in_module(from, &parts, steps) };
        let is_relative = file.language.is_script() && import.module.starts_with('.');
        let module = match is_relative {
            true => words(&paths::resolve(&file.path, &import.module)),
            false => words(&import.module),
        };
        let name = import.name.iter().cloned();
        let path = module.into_iter().chain(name).chain(rest.iter().cloned());
        self.in_module(from, &path.collect::<Vec<_>>(), steps)
    }

    /// The router at a path of words: a name in a file, or what a file gives by default.
    fn in_module(&self, from: usize, path: &[String], steps: usize) -> Option<Node> {
        let (name, module) = path.split_last()?;
        for at in self.files_at(from, module) {
            let file = self.files.get(at)?;
            if has(file, name) {
                return Some((at, name.clone()));
            }
            if file.imports.iter().any(|it| it.local == *name)
                && let Some(found) = self.resolve_within(at, name, steps)
            {
                return Some(found);
            }
        }
        let whole = self.files_at(from, path).into_iter();
        whole.filter_map(|at| Some((at, default(self.files.get(at)?)?))).next()
    }

    /// Files at a module's path, the nearest first.
    fn files_at(&self, from: usize, module: &[String]) -> Vec<usize> {
        if module.is_empty() {
            return Vec::new();
        }
        let is_go = self.files.get(from).is_some_and(|it| it.language == Language::Go);
        let here = self.stems.get(from).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, stem) in self.stems.iter().enumerate() {
            // A package of Go is a folder, named by the end of its path.
            let (stem, module) = match is_go {
                true => (
                    stem.split_last().map_or(&[][..], |it| it.1),
                    module.get(module.len().saturating_sub(1)..).unwrap_or_default(),
                ),
                false => (stem.as_slice(), module),
            };
            if ends_with(stem, module) {
                let shared = here.iter().zip(stem).take_while(|(one, other)| one == other).count();
                found.push((usize::MAX - shared, at));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|it| it.1).collect()
    }

    /// The only file of the same language that has a router of this name.
    fn by_name(&self, from: usize, name: &str) -> Option<Node> {
        let file = self.files.get(from)?;
        if USUAL.contains(&name) || name.is_empty() {
            return None;
        }
        let alike = self
            .files
            .iter()
            .enumerate()
            .filter(|(at, it)| *at != from && it.language == file.language && has(it, name));
        let found: Vec<usize> = alike.map(|it| it.0).take(2).collect();
        match found.as_slice() {
            [one] => Some((*one, name.to_owned())),
            _ => None,
        }
    }
}

/// Whether a router is one in the whole application: `@nest`, but not the `@120` of a place.
pub(super) fn is_everywhere(name: &str) -> bool {
    name.strip_prefix('@').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a file has a router of this name, or one that stands in a function of this name.
fn has(file: &CodeFile, name: &str) -> bool {
    let is_it = |it: &str| {
        it.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    !name.is_empty()
        && (file.routers.iter().any(|it| is_it(&it.name))
            || file.routes.iter().any(|it| is_it(&it.router))
            || file.mounts.iter().any(|it| is_it(&it.parent)))
}

/// What a file gives that is named as a whole.
fn default(file: &CodeFile) -> Option<String> {
    let patterns = || file.routers.iter().find(|it| it.name == "urlpatterns");
    let only = || match file.routers.as_slice() {
        [one] if file.language.is_script() => Some(one.name.clone()),
        _ => None,
    };
    let own = file.default_export.clone().filter(|it| has(file, it));
    own.or_else(|| patterns().map(|it| it.name.clone())).or_else(only)
}

/// `./items` and `.router` of `require('./items').router`.
fn required(child: &str) -> Option<(&str, &str)> {
    let rest = child.strip_prefix("require(").or_else(|| child.strip_prefix("import("))?;
    let (module, rest) = rest.split_once(')')?;
    Some((module.trim_matches(['\'', '"', '`']), rest))
}

/// The words of a module's path, however it is written.
fn words(path: &str) -> Vec<String> {
    let path = [".js", ".ts", ".mjs", ".cjs", ".jsx", ".tsx"]
        .iter()
        .find_map(|ending| path.strip_suffix(ending))
        .unwrap_or(path);
    let words = path.split(['.', '/', ':']).filter(|it| !STEERING.contains(it));
    words.map(|word| word.trim_end_matches("()").to_owned()).collect()
}

/// The words of a file's path, without its ending and without a name for the whole.
fn stem(file: &CodeFile) -> Vec<&str> {
    let (path, _) = file.path.rsplit_once('.').unwrap_or((&file.path, ""));
    let mut words: Vec<&str> = path.split('/').collect();
    if file.language != Language::Go {
        words.pop_if(|it| WHOLE.contains(it));
    }
    words
}

/// Whether a file's words end with a module's; a module may begin above the repository.
fn ends_with(stem: &[&str], module: &[String]) -> bool {
    let len = stem.len().min(module.len());
    let tail = |from: usize| stem.get(from..).unwrap_or_default();
    let own = module.get(module.len() - len..).unwrap_or_default();
    len > 0 && tail(stem.len() - len).iter().zip(own).all(|(one, other)| one == other)
}
