//! Every Rust file is part of its crate: cargo does not tell when one is forgotten.

use std::collections::BTreeSet;

use groundplan_tests::{File, files};

use super::none_of;

/// Files that cargo takes by their name.
static ROOTS: &[&str] = &["/src/lib.rs", "/src/main.rs", "/build.rs"];

#[test]
fn every_rust_file_is_a_module_of_the_file_above_it() {
    let all = files("");
    let named = named_by_manifests(&all);
    let is_root = |path: &str| ROOTS.iter().any(|it| path.ends_with(it)) || named.contains(path);
    let mut faults = Vec::new();
    for file in all.iter().filter(|file| file.is(".rs") && !is_root(&file.path)) {
        let (folder, stem) = split(&file.path);
        let declares = |parent: &String| {
            let parent = all.iter().find(|it| it.path == *parent);
            parent.is_some_and(|it| declares(it.text(), stem))
        };
        if !parents(folder).iter().any(declares) {
            faults.push(format!("{}: no `mod {stem};` names it", file.path));
        }
    }
    none_of(faults);
}

/// Files that a manifest names: `path = "main.rs"`.
fn named_by_manifests(all: &[File]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for manifest in all.iter().filter(|file| file.is("Cargo.toml")) {
        let folder = manifest.path.trim_end_matches("Cargo.toml");
        let paths = manifest.text().lines().filter_map(|line| line.strip_prefix("path = "));
        named.extend(paths.map(|path| format!("{folder}{}", path.trim_matches('"'))));
    }
    named
}

fn split(path: &str) -> (&str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder, name.trim_end_matches(".rs"))
}

fn parents(folder: &str) -> [String; 4] {
    [
        format!("{folder}.rs"),
        format!("{folder}/lib.rs"),
        format!("{folder}/main.rs"),
        format!("{folder}/mod.rs"),
    ]
}

fn declares(text: &str, stem: &str) -> bool {
    let wanted = format!("mod {stem};");
    text.lines().any(|line| line.trim_start() == wanted || line.ends_with(&format!(" {wanted}")))
}
