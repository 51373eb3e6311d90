//! Templates: Markdown files that are filled into documents, and read as the schema of their kind.
//!
//! A template's headings are the sections of its documents (`<!-- optional -->` and
//! `<!-- repeat -->` mark those that may be missing or stand more than once), its tables give the
//! columns, `A | B | C` in the header and `[A/B/C]` in a cell give what may be chosen, `{{NAME}}`
//! and `[Name]` are places to fill in, and a fence is an example to replace unless `<!-- keep -->`
//! stands before it. Where own templates lie, and where documents are written, is not known here.

mod fill;
mod kept;
mod naming;
mod read;
mod recognise;
mod shape;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use crate::profile::Kind;
use crate::provenance::{Digest, TemplateRef};

use fill::filled_mark;
pub use fill::{Filled, UnknownKey, Values};
pub use kept::values_of;
pub use naming::{Naming, Proposal};
pub use recognise::{Forms, Recognised};
pub use shape::{Block, Choice, Column, Grid, Part, Shape};
pub use words::{Style, spoken, styled};

/// A form of documents.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name: `tid`, `technical-design`, …
    pub name: String,
    /// Its version; grows when documents should be upgraded.
    pub version: u32,
    /// The kind of its documents.
    pub kind: Kind,
    /// Its name for people.
    pub title: String,
    /// What it is for, in a line.
    pub about: String,
    /// The form of its documents' paths where no profile has one.
    pub file: String,
    /// Other words for it, for who asks by them.
    pub also: Vec<String>,
    /// The whole file.
    pub text: String,
    /// The document, with everything that marks and places of it mean.
    pub body: String,
    /// The digest of the whole file.
    pub digest: Digest,
}

/// Why a template can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong, with the key.
    pub message: String,
}

impl Template {
    /// Reads a template's file. One without a header is named after its file and is version 1.
    pub fn parse(file_stem: &str, text: &str) -> Result<Self, TemplateError> {
        read::template(file_stem, text)
    }

    /// The built-in templates, in the order of a project's life.
    pub fn built_in() -> &'static [Self] {
        &BUILT_IN
    }

    /// Own templates before the built-in ones of other names.
    pub fn layered(own: Vec<Self>) -> Vec<Self> {
        let is_replaced = |it: &&Self| own.iter().any(|own| own.name == it.name);
        let others: Vec<Self> =
            Self::built_in().iter().filter(|it| !is_replaced(it)).cloned().collect();
        own.into_iter().chain(others).collect()
    }

    /// What a document says that is made from it.
    pub fn reference(&self) -> TemplateRef {
        TemplateRef { name: self.name.clone(), version: self.version, digest: self.digest }
    }

    /// Boxes that speak of a section, `<!-- filled: Key Algorithms -->`: the words beside the box,
    /// and the section's heading.
    pub fn promises(&self) -> Vec<(String, String)> {
        let promise = |line: &str| {
            let section = filled_mark(line)?.to_owned();
            let text = fill::without_marks(line);
            Some((text.split_once("] ")?.1.trim().to_owned(), section))
        };
        self.body.lines().filter_map(promise).collect()
    }

    /// Its sections, tables and fences.
    pub fn shape(&self) -> Shape {
        Shape::of(&self.body)
    }
}

/// The files of `templates/`; a test holds the list against the folder.
const FILES: [(&str, &str); 10] = [
    ("project-prd", include_str!("../templates/project-prd.md")),
    ("feature-prd", include_str!("../templates/feature-prd.md")),
    ("decision-record", include_str!("../templates/decision-record.md")),
    ("technical-specification", include_str!("../templates/technical-specification.md")),
    ("feature-specification", include_str!("../templates/feature-specification.md")),
    ("technical-design", include_str!("../templates/technical-design.md")),
    ("component-design", include_str!("../templates/component-design.md")),
    ("tid", include_str!("../templates/tid.md")),
    ("task-list", include_str!("../templates/task-list.md")),
    ("test-results", include_str!("../templates/test-results.md")),
];

// A test parses every file, so nothing is lost here.
static BUILT_IN: LazyLock<Vec<Template>> =
    LazyLock::new(|| FILES.iter().filter_map(|it| Template::parse(it.0, it.1).ok()).collect());
