//! A list of paths drawn as a tree of folders.

use std::collections::BTreeMap;

use super::Entry;

/// A folder: its folders and files in the order in which they came.
#[derive(Default)]
struct Folder<'a> {
    folders: Vec<(&'a str, Folder<'a>)>,
    files: Vec<(&'a str, &'a str)>,
}

/// The entries under `root/`, comments in one column.
pub(crate) fn drawn(root: &str, entries: &[Entry]) -> String {
    let mut top = Folder::default();
    for entry in entries {
        top.insert(&entry.path, &entry.comment);
    }
    let mut lines: Vec<(String, &str)> = vec![(format!("{root}/"), "")];
    top.lines("", &mut lines);
    let width = lines.iter().filter(|it| !it.1.is_empty()).map(|it| it.0.chars().count()).max();
    let width = width.unwrap_or(0).min(60) + 2;
    let mut text = String::new();
    for (line, comment) in lines {
        let pad = width.saturating_sub(line.chars().count()).max(2);
        let comment = if comment.is_empty() {
            String::new()
        } else {
            format!("{}# {comment}", " ".repeat(pad))
        };
        text.push_str(&format!("{line}{comment}\n"));
    }
    text
}

impl<'a> Folder<'a> {
    fn insert(&mut self, path: &'a str, comment: &'a str) {
        let Some((name, rest)) = path.split_once('/') else {
            self.files.push((path, comment));
            return;
        };
        if !self.folders.iter().any(|(own, _)| *own == name) {
            self.folders.push((name, Folder::default()));
        }
        if let Some((_, folder)) = self.folders.iter_mut().find(|(own, _)| *own == name) {
            folder.insert(rest, comment);
        }
    }

    fn lines(&self, lead: &str, lines: &mut Vec<(String, &'a str)>) {
        let count = self.files.len() + self.folders.len();
        let marks = |at: usize| {
            if at + 1 == count { ("└── ", "    ") } else { ("├── ", "│   ") }
        };
        for (at, (name, comment)) in self.files.iter().enumerate() {
            lines.push((format!("{lead}{}{name}", marks(at).0), comment));
        }
        for (at, (name, folder)) in self.folders.iter().enumerate() {
            let (mark, inner) = marks(at + self.files.len());
            lines.push((format!("{lead}{mark}{name}/"), ""));
            folder.lines(&format!("{lead}{inner}"), lines);
        }
    }
}

/// How many entries each folder has: what needs a file that makes it a package.
pub(super) fn folders(entries: &[Entry], root: &str) -> Vec<String> {
    let mut found: BTreeMap<String, ()> = BTreeMap::new();
    for entry in entries.iter().filter(|it| it.path.starts_with(root)) {
        let mut folder = groundplan_model::paths::folder(&entry.path);
        while folder.len() >= root.len() && !folder.is_empty() {
            found.insert(folder.to_owned(), ());
            folder = groundplan_model::paths::folder(folder);
        }
    }
    found.into_keys().collect()
}
