//! Which of the files that documents name is written for a task.

mod tree;
#[cfg(test)]
pub(super) use tree::paths as paths_of_tree;

use groundplan_model::Document;

use crate::names::same_noun;

/// Words in paths of files that hold tests.
const TESTS: &[&str] = &["test", "tests", "spec", "specs", "e2e", "__tests__"];

/// Files that only say that a folder is a module.
const EMPTY: [&str; 4] = ["__init__.py", "mod.rs", "index.ts", "index.js"];

/// The files that documents name, in order.
pub(super) struct Files {
    all: Vec<String>,
}

impl Files {
    pub(super) fn of(documents: &[&Document]) -> Self {
        let named = documents.iter().flat_map(|it| &it.source_paths).map(|it| it.text.clone());
        let named: Vec<String> = named.collect();
        let trees = documents.iter().flat_map(|it| {
            let trees = it.diagrams.iter().filter(|diagram| diagram.form == "tree");
            trees.flat_map(|diagram| tree::paths(it.source.slice(diagram.span), &named))
        });
        let trees: Vec<String> = trees.collect();
        let mut all: Vec<String> = Vec::new();
        for path in named.into_iter().chain(trees) {
            let is_marker = EMPTY.iter().any(|it| name(&path) == *it);
            let is_file = name(&path).contains('.') && !path.ends_with(".md") && !is_marker;
            if is_file && !all.contains(&path) {
                all.push(path);
            }
        }
        Self { all }
    }

    /// The first file of a role (`controller`, `migration`, …; the roles tried in order) whose name
    /// holds `noun`.
    pub(super) fn of_noun(&self, noun: &str, roles: &[&str]) -> Option<String> {
        let named =
            |path: &&String| !is_test(path) && parts(name(path)).any(|it| same_noun(it, noun));
        self.pick(roles, named)
    }

    /// The first file of a role, whatever its noun.
    pub(super) fn of_role(&self, roles: &[&str]) -> Option<String> {
        self.pick(roles, |path| !is_test(path))
    }

    /// The test whose name holds `noun`, or one of a role.
    pub(super) fn test_of(&self, noun: &str) -> Option<String> {
        let named =
            |path: &&String| is_test(path) && parts(name(path)).any(|it| same_noun(it, noun));
        let found = self.all.iter().filter(named).min_by_key(|path| !path.contains("integration"));
        found.cloned()
    }

    /// The test that one of `words` names.
    pub(super) fn test_with(&self, words: &[&str]) -> Option<String> {
        let holds = |path: &&String| is_test(path) && has_word(path, words);
        self.all.iter().find(holds).cloned()
    }

    fn pick(&self, roles: &[&str], fits: impl Fn(&&String) -> bool) -> Option<String> {
        let found = roles.iter().find_map(|role| {
            let of_role = |path: &&String| fits(path) && has_word(path, &[role]);
            self.all.iter().find(of_role)
        });
        found.cloned()
    }
}

/// Whether a part of the path is one of `words`, in singular or plural.
fn has_word(path: &str, words: &[&str]) -> bool {
    path.split('/').flat_map(parts).any(|part| words.iter().any(|word| same_noun(part, word)))
}

pub(super) fn is_test(path: &str) -> bool {
    path.split('/').flat_map(parts).any(|part| TESTS.contains(&part.to_ascii_lowercase().as_str()))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `export`, `service`, `py` of `export_service.py`; `User`, `Service` of `UserService.ts` are one.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['_', '-', '.']).filter(|part| !part.is_empty())
}
