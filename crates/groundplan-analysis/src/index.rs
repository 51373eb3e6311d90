//! What rules ask about all documents at once, looked up by name instead of by reading them all.

use std::collections::{HashMap, HashSet};

use groundplan_model::document::TargetRole;
use groundplan_model::outline::OutlineTable;
use groundplan_model::{Linked, Outline};

use crate::drift::conflicts::{self, Conflict};
use crate::paths;
use crate::rules::number_taken_twice;

/// A table with the outline of the document that defines it.
#[derive(Clone, Copy)]
pub(crate) struct Definition<'a> {
    pub(crate) outline: &'a Outline,
    pub(crate) table: &'a OutlineTable,
}

/// Tables, targets and file names of a workspace. Lists are in the order of the documents.
#[derive(Default)]
pub(crate) struct Index<'a> {
    /// Names of all tables, in lower case; those of templates too.
    table_names: HashSet<String>,
    /// By name in lower case, then by folder.
    tables: HashMap<String, HashMap<&'a str, Vec<Definition<'a>>>>,
    /// By folder and number: a folder of many features has one document of each.
    with_goals: HashMap<(&'a str, &'a str), Vec<&'a Outline>>,
    files: HashMap<&'a str, Vec<&'a str>>,
    folders: HashMap<&'a str, Vec<&'a Outline>>,
    /// By folder and number, as `number-taken-twice` reads it.
    numbers: HashMap<(&'a str, &'a str), Vec<&'a str>>,
    /// Documents that name files with a bar in them, by family.
    barred: HashMap<&'a str, Vec<&'a Outline>>,
    /// By the path of the document.
    contract_conflicts: HashMap<&'a str, Vec<Conflict<'a>>>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(linked: &'a Linked<'a>) -> Self {
        let mut index =
            Self { contract_conflicts: conflicts::conflicts(linked), ..Self::default() };
        linked.outlines.iter().for_each(|outline| index.add(outline));
        index
    }

    fn add(&mut self, outline: &'a Outline) {
        let path = outline.path.as_str();
        if let Some(number) = number_taken_twice::number(path) {
            self.numbers.entry((paths::folder(path), number)).or_default().push(path);
        }
        if !outline.barred_names.is_empty() {
            self.barred.entry(&outline.profile).or_default().push(outline);
        }
        self.files.entry(paths::file_name(path)).or_default().push(path);
        self.folders.entry(paths::folder(path)).or_default().push(outline);
        self.table_names.extend(outline.tables.iter().map(|it| it.name.to_lowercase()));
        if outline.is_template {
            return;
        }
        let feature = paths::feature_number(path);
        let has_goals = outline.targets.iter().any(|it| it.target.role == TargetRole::Goal);
        for folder in folders(path) {
            for table in outline.tables.iter().filter(|it| !it.again) {
                let by_folder = self.tables.entry(table.name.to_lowercase()).or_default();
                by_folder.entry(folder).or_default().push(Definition { outline, table });
            }
            if let Some(number) = feature.filter(|_| has_goals) {
                self.with_goals.entry((folder, number)).or_default().push(outline);
            }
        }
    }

    /// What OpenAPI files say differently of the endpoints of the document at `path`.
    pub(crate) fn contract_conflicts(&self, path: &str) -> &[Conflict<'a>] {
        self.contract_conflicts.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether any document defines a table of this name.
    pub(crate) fn has_table(&self, name: &str) -> bool {
        self.table_names.contains(&name.to_lowercase())
    }

    /// Definitions of a table in the documents that belong to the one at `path`, its own included.
    pub(crate) fn definitions(
        &self,
        path: &str,
        name: &str,
    ) -> impl Iterator<Item = Definition<'a>> {
        let by_folder = self.tables.get(&name.to_lowercase());
        let lists = folders(path).filter_map(move |folder| by_folder?.get(folder));
        let all = lists.flatten().copied();
        all.filter(move |it| paths::are_together(path, &it.outline.path))
    }

    /// Documents with goals that are about the same feature as the one at `path`.
    pub(crate) fn goals_of_feature<'p>(
        &'p self,
        path: &'p str,
    ) -> impl Iterator<Item = &'a Outline> + use<'a, 'p> {
        let known: &'p HashMap<(&'p str, &'p str), Vec<&'a Outline>> = &self.with_goals;
        let number = paths::feature_number(path);
        let here = number.into_iter().flat_map(|it| folders(path).map(move |folder| (folder, it)));
        let lists = here.filter_map(|place| known.get(&place));
        let all = lists.flatten().copied();
        all.filter(move |it| paths::are_one_feature(path, &it.path))
    }

    /// Paths of the documents of a folder with this number.
    pub(crate) fn numbered(&self, folder: &'a str, number: &'a str) -> &[&'a str] {
        self.numbers.get(&(folder, number)).map_or(&[], Vec::as_slice)
    }

    /// The documents of a family that name files with a bar in them.
    pub(crate) fn with_barred_names(&self, profile: &str) -> &[&'a Outline] {
        self.barred.get(profile).map_or(&[], Vec::as_slice)
    }

    /// The documents of a folder, those of the folders in it left out.
    pub(crate) fn in_folder(&self, folder: &str) -> &[&'a Outline] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Paths of the documents with this file name.
    pub(crate) fn paths(&self, file_name: &str) -> &[&'a str] {
        self.files.get(file_name).map_or(&[], Vec::as_slice)
    }
}

/// The folder of a path and the one above it: documents that belong together share one of them.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    let folder = paths::folder(path);
    let above = (!folder.is_empty()).then(|| paths::folder(folder));
    std::iter::once(folder).chain(above)
}
