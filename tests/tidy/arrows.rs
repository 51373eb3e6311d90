//! `ARCHITECTURE.md` says which crate may use which, and what pure crates never see. Here it is
//! held against the manifests.

use std::collections::{BTreeMap, BTreeSet};

use groundplan_syntax::{Kind, Source, TableView, Tree, parse};
use groundplan_tests::{cargo, read, root};

use super::dependencies::{Section, manifests};
use super::none_of;

type Names = BTreeSet<String>;

#[test]
fn every_manifest_has_the_arrows_of_the_architecture_and_no_other() {
    let stated = table("may use");
    let mut faults = Vec::new();
    for manifest in manifests() {
        let ours = manifest.names(Section::Dependencies).into_iter().filter(|it| is_ours(it));
        let actual: Names = ours.collect();
        match stated.get(&manifest.package) {
            Some(allowed) if *allowed == actual => {}
            Some(allowed) => {
                faults.push(format!("{}: may use {allowed:?}, uses {actual:?}", manifest.package))
            }
            None => faults.push(format!("{}: no row in ARCHITECTURE.md", manifest.package)),
        }
    }
    none_of(faults);
}

#[test]
fn pure_crates_do_not_reach_what_they_must_not_know_even_through_others() {
    let mut faults = Vec::new();
    for (package, never) in table("never sees") {
        let seen = reachable(&package);
        let found = never.intersection(&seen).map(|it| format!("{package}: reaches {it}"));
        faults.extend(found);
    }
    none_of(faults);
}

#[test]
fn the_architecture_keeps_all_four_pure_crates_from_the_outside() {
    let never = table("never sees");
    for package in ["syntax", "model", "analysis", "build"] {
        let names = never.get(&format!("groundplan-{package}"));
        assert!(names.is_some_and(|it| it.contains("tokio")), "{package}: {names:?}");
    }
}

#[test]
fn every_file_of_the_code_map_exists() {
    let mut faults = Vec::new();
    for (folder, names) in table("the question") {
        let inside = [format!("{folder}/src"), folder.clone()].map(|it| root().join(it));
        let is_gone = |name: &&String| inside.iter().all(|it| !it.join(name).exists());
        let gone = names.iter().filter(|name| is_path(name)).filter(is_gone);
        faults.extend(gone.map(|name| format!("ARCHITECTURE.md: {folder} has no `{name}`")));
        if !root().join(&folder).is_dir() {
            faults.push(format!("ARCHITECTURE.md: there is no folder `{folder}`"));
        }
    }
    none_of(faults);
}

fn is_path(name: &str) -> bool {
    name.ends_with(".rs") || name.ends_with('/')
}

#[test]
fn the_architecture_stays_short() {
    let lines = read("ARCHITECTURE.md").lines().count();
    assert!(lines <= 150, "{lines} lines; what is long goes stale");
}

fn is_ours(name: &str) -> bool {
    name.starts_with("groundplan")
}

/// First column to last column of the table in `ARCHITECTURE.md` whose second title is `title`.
/// Names stand in backticks; a first cell may hold several.
fn table(title: &str) -> BTreeMap<String, Names> {
    let source = Source::new("ARCHITECTURE.md", &read("ARCHITECTURE.md"));
    let tree = parse(&source);
    let tables = tree.descendants(tree.root()).filter(|id| tree.kind(*id) == Kind::Table);
    let views = tables.map(|id| TableView::new(&tree, id));
    let is_it =
        |view: &TableView| view.titles(&tree, source.text()).get(1).is_some_and(|it| it == title);
    let view = views.into_iter().find(is_it);
    let view = view.unwrap_or_else(|| panic!("ARCHITECTURE.md has no table with `{title}`"));
    let mut found = BTreeMap::new();
    for row in &view.rows {
        let [packages, .., names] = row.cells.as_slice() else { continue };
        for package in names_in(&tree, &source, *packages) {
            found.insert(package, names_in(&tree, &source, *names));
        }
    }
    found
}

fn names_in(tree: &Tree, source: &Source, cell: groundplan_syntax::NodeId) -> Names {
    let code = |id| match tree.kind(id) {
        Kind::Code(span) => Some(source.slice(span).to_owned()),
        _ => None,
    };
    tree.descendants(cell).filter_map(code).collect()
}

/// Names of all packages that `package` is built with, its tests left out.
fn reachable(package: &str) -> Names {
    let args = ["tree", "--offline", "--edges", "normal", "--prefix", "none", "--package", package];
    let output = cargo().args(args).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
