//! Routes with everything that they are mounted under, across files.

use std::collections::HashMap;

use super::resolve::{EVERYWHERE, Names, Node, is_everywhere};
use super::{CodeFile, LinkedRoute, Mount, Route};
use crate::{Certainty, paths};

/// How deep routers may be mounted in one another.
const DEPTH: usize = 12;

/// How many prefixes one router may have.
const PREFIXES: usize = 16;

/// Joins the routes of all files with what they are mounted under. Where nothing says that, the
/// route has its own path and a certainty less than `Stated`.
pub fn link_routes(files: &[CodeFile]) -> Vec<LinkedRoute> {
    let graph = Graph::of(files);
    let mut found = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let mut known: HashMap<&str, Vec<Prefix>> = HashMap::new();
        for route in &file.routes {
            let prefixes = known.entry(&route.router).or_insert_with(|| {
                let mut prefixes = graph.prefixes(&node(at, &route.router), DEPTH);
                prefixes.sort();
                prefixes.dedup();
                prefixes
            });
            found.extend(prefixes.iter().map(|prefix| linked(file, route, prefix)));
        }
    }
    found
}

/// What stands before the paths of a router, and how sure that is.
type Prefix = (String, Certainty);

/// Which routers are mounted in which.
struct Graph<'a> {
    files: &'a [CodeFile],
    /// By the inner router: the outer ones.
    outer: HashMap<Node, Vec<(Node, &'a Mount, bool)>>,
    /// Values of constants by their names; `None` where several differ.
    constants: HashMap<&'a str, Option<&'a str>>,
}

impl<'a> Graph<'a> {
    fn of(files: &'a [CodeFile]) -> Self {
        let names = Names::of(files);
        let mut outer: HashMap<Node, Vec<_>> = HashMap::new();
        let mut constants: HashMap<&str, Option<&str>> = HashMap::new();
        for (at, file) in files.iter().enumerate() {
            for mount in &file.mounts {
                if let Some((child, is_sure)) = names.resolve(at, &mount.child) {
                    let parent = node(at, &mount.parent);
                    outer.entry(child).or_default().push((parent, mount, is_sure));
                }
            }
            for it in &file.constants {
                let known = constants.entry(&it.name).or_insert(Some(&it.value));
                *known = known.filter(|value| *value == it.value);
            }
        }
        Self { files, outer, constants }
    }

    fn prefixes(&self, router: &Node, depth: usize) -> Vec<Prefix> {
        let (own, is_root) = self.own(router);
        let mounts = self.mounts(router).filter(|_| depth > 0);
        let Some(mounts) = mounts else {
            let certainty = if is_root { Certainty::Stated } else { Certainty::Inferred };
            return vec![(own.to_owned(), certainty)];
        };
        let mut found = Vec::new();
        for (parent, mount, is_sure) in mounts {
            let own = if mount.replaces { "" } else { own };
            let (prefix, certainty) = self.prefix(mount, *is_sure);
            for (before, sure) in self.prefixes(parent, depth - 1) {
                found.push((join(&[&before, &prefix, own]), certainty.min(sure)));
                if found.len() >= PREFIXES {
                    return found;
                }
            }
        }
        found
    }

    /// Where a router is mounted. A router in a function without a mount of its own is what the
    /// function gives.
    fn mounts(&self, router: &Node) -> Option<&[(Node, &'a Mount, bool)]> {
        let own = self.outer.get(router).or_else(|| {
            let (function, _) = router.1.rsplit_once('.').filter(|it| !it.0.is_empty())?;
            self.outer.get(&(router.0, function.to_owned()))
        });
        own.map(Vec::as_slice)
    }

    /// The prefix of a mount, a constant of another file resolved.
    fn prefix(&self, mount: &Mount, is_sure: bool) -> Prefix {
        let limit = if is_sure { Certainty::Stated } else { Certainty::Inferred };
        let name = mount.constant.as_deref().map(super::syntax::last);
        match name.and_then(|it| self.constants.get(it).copied().flatten()) {
            Some(value) => (join(&[value, &mount.prefix]), limit.min(Certainty::Inferred)),
            None => (mount.prefix.clone(), limit.min(mount.certainty)),
        }
    }

    /// What a router puts before its own paths, and whether it is the application.
    fn own(&self, router: &Node) -> (&'a str, bool) {
        let (at, name) = router;
        let files = match *at {
            EVERYWHERE => self.files,
            at => self.files.get(at).map(std::slice::from_ref).unwrap_or_default(),
        };
        let known = files.iter().flat_map(|it| &it.routers).find(|it| it.name == *name);
        let is_root = known.is_some_and(|it| it.is_root) || name == "@nest";
        (known.map_or("", |it| &it.prefix), is_root)
    }
}

fn node(file: usize, router: &str) -> Node {
    (if is_everywhere(router) { EVERYWHERE } else { file }, router.to_owned())
}

fn linked(file: &CodeFile, route: &Route, (prefix, certainty): &Prefix) -> LinkedRoute {
    let path = join(&[prefix, &route.path]);
    // Tests make applications of their own.
    let limit = if is_test(&file.path) { Certainty::Guessed } else { Certainty::Stated };
    LinkedRoute {
        method: route.method,
        shape: paths::shape(&without_stars(&path)),
        path,
        handler: route.handler.clone(),
        file: file.path.clone(),
        place: route.place,
        certainty: route.certainty.min(*certainty).min(limit),
    }
}

/// Parts of a path behind one another, one slash between them.
fn join(parts: &[&str]) -> String {
    let mut path = String::new();
    for part in parts.iter().filter(|it| !matches!(**it, "" | "/")) {
        let path_end = path.trim_end_matches('/').len();
        path.truncate(path_end);
        path.push('/');
        path.push_str(part.trim_start_matches('/'));
    }
    if path.is_empty() { "/".to_owned() } else { path }
}

/// `/files/*path` as `/files/{path}`.
fn without_stars(path: &str) -> String {
    let part = |part: &str| match part.strip_prefix('*') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Whether a file's path says that it holds tests.
pub(super) fn is_test(path: &str) -> bool {
    const FOLDERS: [&str; 6] = ["test", "tests", "__tests__", "spec", "e2e", "testdata"];
    const MARKS: [&str; 4] = [".test.", ".spec.", "_test.", "_spec."];
    let name = paths::file_name(path);
    let folders = paths::folder(path).split('/');
    folders.into_iter().any(|it| FOLDERS.contains(&it))
        || MARKS.iter().any(|it| name.contains(it))
        || name.starts_with("test_")
        || name.ends_with("Test.java")
        || name.ends_with("Tests.java")
}
