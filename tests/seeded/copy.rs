//! The example in memory, and defects put into it.

use std::collections::BTreeMap;

use groundplan_model::FileSet;
use groundplan_syntax::{Edit, Source, Span, apply};
use groundplan_tests::files;

use super::Defect;

const EXAMPLE: &str = "examples/data-export";

/// The documents of the example by path.
pub(super) struct Copy {
    pub(super) texts: BTreeMap<String, String>,
}

impl Copy {
    pub(super) fn of_example() -> Self {
        let all = files(EXAMPLE).into_iter().filter(|it| it.is(".md"));
        Self { texts: all.map(|it| (it.path.clone(), it.text().to_owned())).collect() }
    }

    /// The copy with all `defects` in it; none may touch the text of another.
    pub(super) fn with(mut self, defects: &[Defect]) -> Self {
        let mut edits: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        for defect in defects {
            let path = path(&defect.file);
            match &defect.replace {
                Some(old) => edits
                    .entry(path.clone())
                    .or_default()
                    .push(Edit::replace(self.only(&path, old, &defect.name), defect.with.as_str())),
                None => {
                    let before = self.texts.insert(path, defect.with.clone());
                    assert!(before.is_none(), "{}: the document is there", defect.name);
                }
            }
        }
        for (path, edits) in edits {
            let text = apply(self.text(&path), &edits);
            let text = text.unwrap_or_else(|error| panic!("{path}: {error:?}"));
            self.texts.insert(path, text);
        }
        self
    }

    /// Where `old` stands, which has to be one place.
    fn only(&self, path: &str, old: &str, name: &str) -> Span {
        let text = self.text(path);
        let places: Vec<usize> = text.match_indices(old).map(|it| it.0).collect();
        match places.as_slice() {
            [at] => Span::new(*at, at + old.len()),
            _ => panic!("{name}: `{old}` stands at {} places of {path}", places.len()),
        }
    }

    pub(super) fn text(&self, path: &str) -> &str {
        self.texts.get(path).unwrap_or_else(|| panic!("no document at {path}"))
    }

    /// A place as a reader looks it up.
    pub(super) fn shown(&self, path: &str, offset: usize) -> String {
        let position = Source::new(path, self.text(path)).position(offset);
        format!("{}:{}:{}", name(path), position.line, position.column)
    }
}

/// The path of a document that a defect names from the folder of documents.
pub(super) fn path(file: &str) -> String {
    format!("{EXAMPLE}/docs/{file}")
}

/// The name that a defect has for the document at `path`.
pub(super) fn name(path: &str) -> String {
    path.trim_start_matches(EXAMPLE).trim_start_matches("/docs/").to_owned()
}

/// The documents and their folders; nothing else is there.
pub(super) struct Paths(pub(super) Vec<String>);

impl FileSet for Paths {
    fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.0.iter().any(|it| it == path || it.starts_with(&format!("{path}/")))
    }
}
