//! Every file that the design asks for: those it names, and those that its facts need.

mod code;
mod proof;

use groundplan_model::document::Concept;
use groundplan_syntax::Span;

use super::tree::folders;
use super::{Layout, Role};
use crate::derive::design::Design;

/// A file to be written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) path: String,
    /// What it holds, in a few words.
    pub(crate) comment: String,
    /// What in the design asks for it.
    pub(crate) source: Option<Span>,
    /// Whether the design names the path itself.
    pub(crate) is_stated: bool,
}

/// The list in the making.
pub(super) struct Files<'a> {
    design: &'a Design<'a>,
    layout: &'a Layout,
    entries: Vec<Entry>,
}

/// What asks for files, in the order of the tree.
static READERS: &[fn(&mut Files<'_>)] = &[
    code::manifests,
    code::entry,
    code::settings,
    code::controllers,
    code::services,
    code::defined,
    code::models,
    code::repositories,
    code::wanted_types,
    code::programs,
    code::helpers,
    code::errors,
    code::stated,
    proof::migrations,
    proof::scripts,
    proof::deployment,
    proof::unit_tests,
    proof::integration_tests,
    proof::flow_tests,
];

/// Every file, each once; what the design names itself wins.
pub(crate) fn files(design: &Design<'_>, layout: &Layout) -> Vec<Entry> {
    let mut files = Files { design, layout, entries: Vec::new() };
    for reader in READERS {
        reader(&mut files);
    }
    let mut entries = files.entries;
    if let Some(package) = layout.language.package_file {
        let packages = folders(&entries, &layout.root);
        let of = |folder: String| Entry {
            path: format!("{folder}/{package}"),
            comment: String::new(),
            source: None,
            is_stated: false,
        };
        let mut all: Vec<Entry> = packages.into_iter().map(of).collect();
        all.retain(|it| !entries.iter().any(|own| own.path == it.path));
        all.extend(entries);
        entries = all;
    }
    entries
}

impl Files<'_> {
    /// Adds a file, unless it is there; a stated path stays stated.
    fn add(&mut self, path: String, comment: &str, source: Option<Span>) {
        if self.entries.iter().any(|it| it.path == path) {
            return;
        }
        let stated = self.layout.stated.iter().find(|it| it.path == path);
        let comment = stated.and_then(|it| it.holds.clone()).unwrap_or_else(|| comment.to_owned());
        let source = stated.map(|it| it.span).or(source);
        self.entries.push(Entry { path, comment, source, is_stated: stated.is_some() });
    }

    fn role(&mut self, role: Role, comment: &str, source: Option<Span>) {
        let path = self.layout.single(role);
        self.add(path, comment, source);
    }

    /// Whether the design has files or facts of a service with tables or endpoints.
    fn is_service(&self) -> bool {
        !self.design.nouns.is_empty() || !self.design.routes().is_empty()
    }

    fn section(&self, concept: Concept) -> Option<Span> {
        self.design.section(concept).map(|at| Span::at(at as usize))
    }

    /// The first sentence of the design that holds `words`, in lower case.
    fn said(&self, words: &str) -> Option<Span> {
        let document = self.design.document;
        // Only the letters of ASCII: others would move bytes.
        let text = document.source.text().to_ascii_lowercase();
        let is_content = |at: usize| {
            let at = Span::at(at).start;
            let title = document.section_at(at).map_or("", |it| &it.title.text).to_lowercase();
            let skipped = ["contents", "reference", "change log", "non-goal", "out of scope"];
            !skipped.iter().any(|it| title.contains(it))
        };
        let mut places = text.match_indices(words).map(|(at, _)| at);
        places.find(|at| is_content(*at)).map(Span::at)
    }
}
