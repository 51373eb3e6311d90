//! Running the rules on one document.

use groundplan_model::{Diagnostic, Document, Workspace};

use crate::index::Index;
use crate::rules::{ALL, Check};
use crate::{Context, Findings, Selection};

/// Checks documents of one workspace; what rules ask about all documents is looked up once. Shared
/// by threads.
pub struct Checker<'a> {
    workspace: &'a Workspace<'a>,
    index: Index<'a>,
}

impl<'a> Checker<'a> {
    /// A checker of `workspace`.
    pub fn new(workspace: &'a Workspace<'a>) -> Self {
        Self { workspace, index: Index::new(workspace) }
    }

    /// Every finding of the selected rules in `document`, by place and then by rule.
    pub fn check(&self, document: &Document, selection: &Selection) -> Vec<Diagnostic> {
        let context = Context::new(self.workspace, &self.index, document);
        let mut found = Vec::new();
        for rule in ALL.iter().filter(|rule| selection.includes(rule)) {
            let mut findings = Findings::new(rule, document);
            let Check::Document(check) = rule.check;
            check(&context, &mut findings);
            found.append(&mut findings.into_diagnostics());
        }
        found.sort_by(|one, other| place(one).cmp(&place(other)));
        found
    }
}

/// Every finding of the selected rules in `document`. For more than one document take a [`Checker`].
pub fn check_document(
    workspace: &Workspace<'_>,
    document: &Document,
    selection: &Selection,
) -> Vec<Diagnostic> {
    Checker::new(workspace).check(document, selection)
}

fn place(diagnostic: &Diagnostic) -> (&str, u32, u32, &str, &str) {
    let Diagnostic { path, span, rule, message, .. } = diagnostic;
    (path, span.start, span.end, rule, message)
}
