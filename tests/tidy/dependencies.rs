//! Manifests: what they name is used, and what the workspace lists somebody takes.

use std::collections::BTreeSet;

use groundplan_tests::{File, files, read};

use super::none_of;

/// A section of a manifest.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Section {
    Dependencies,
    DevDependencies,
    WorkspaceDependencies,
}

impl Section {
    fn header(self) -> &'static str {
        match self {
            Self::Dependencies => "[dependencies]",
            Self::DevDependencies => "[dev-dependencies]",
            Self::WorkspaceDependencies => "[workspace.dependencies]",
        }
    }
}

/// A package's manifest.
pub(super) struct Manifest {
    pub(super) package: String,
    folder: String,
    text: String,
}

impl Manifest {
    /// The names in a section.
    pub(super) fn names(&self, section: Section) -> Vec<String> {
        names(&self.text, section)
    }
}

/// The manifest of every package of the workspace.
pub(super) fn manifests() -> Vec<Manifest> {
    let all = files("").into_iter().filter(|file| file.is("/Cargo.toml"));
    all.filter_map(manifest).collect()
}

fn manifest(file: File) -> Option<Manifest> {
    let text = file.text().to_owned();
    let package = text.lines().find_map(|line| line.strip_prefix("name = "))?;
    let package = package.trim_matches('"').to_owned();
    let folder = file.path.trim_end_matches("Cargo.toml").to_owned();
    // Packages that must not be part of the workspace have one of their own.
    let is_member = !text.contains("[workspace]");
    is_member.then_some(Manifest { package, folder, text })
}

fn names(text: &str, section: Section) -> Vec<String> {
    let lines = text.lines().skip_while(|line| *line != section.header()).skip(1);
    let entries = lines.take_while(|line| !line.starts_with('['));
    let name = |line: &str| {
        let end = line.find(|it: char| !it.is_alphanumeric() && !"-_".contains(it))?;
        (end > 0).then(|| line[..end].to_owned())
    };
    entries.filter_map(name).collect()
}

#[test]
fn every_dependency_of_a_package_is_used_in_its_code() {
    let mut faults = Vec::new();
    for manifest in manifests() {
        let sources = files(&manifest.folder);
        let code: Vec<&str> = sources.iter().filter(|it| it.is(".rs")).map(File::text).collect();
        for section in [Section::Dependencies, Section::DevDependencies] {
            let names = manifest.names(section);
            let unused = names.iter().filter(|name| !is_used(name, &code));
            faults.extend(unused.map(|it| format!("{}: nothing uses `{it}`", manifest.package)));
        }
    }
    none_of(faults);
}

fn is_used(name: &str, code: &[&str]) -> bool {
    let ident = name.replace('-', "_");
    let path = format!("{ident}::");
    let import = format!("use {ident}");
    code.iter().any(|text| text.contains(&path) || text.contains(&import))
}

#[test]
fn every_dependency_of_the_workspace_is_taken_by_a_package() {
    let taken: BTreeSet<String> = manifests()
        .iter()
        .flat_map(|it| [it.names(Section::Dependencies), it.names(Section::DevDependencies)])
        .flatten()
        .collect();
    let listed = names(&read("Cargo.toml"), Section::WorkspaceDependencies);
    let faults = listed.into_iter().filter(|it| !taken.contains(it));
    none_of(faults.map(|it| format!("Cargo.toml: no package takes `{it}`")).collect());
}

#[test]
fn names_are_read_from_their_own_section() {
    let text = "[dependencies]\na = \"1\"\nb-c.workspace = true\n\n[dev-dependencies]\nd = \"2\"\n";
    assert_eq!(names(text, Section::Dependencies), ["a", "b-c"]);
    assert_eq!(names(text, Section::DevDependencies), ["d"]);
    assert!(names(text, Section::WorkspaceDependencies).is_empty());
}
