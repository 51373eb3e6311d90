//! Running the rules on one document.

use groundplan_model::{Diagnostic, Document, Workspace};

use crate::rules::ALL;
use crate::{Context, Findings, Selection};

/// Every finding of the selected rules in `document`, by place and then by rule.
pub fn check_document(
    workspace: &Workspace<'_>,
    document: &Document,
    selection: &Selection,
) -> Vec<Diagnostic> {
    let context = Context::new(workspace, document);
    let mut found = Vec::new();
    for rule in ALL.iter().filter(|rule| selection.includes(rule)) {
        let mut findings = Findings::new(rule, document);
        (rule.check)(&context, &mut findings);
        found.append(&mut findings.into_diagnostics());
    }
    found.sort_by(|one, other| place(one).cmp(&place(other)));
    found
}

fn place(diagnostic: &Diagnostic) -> (&str, u32, u32, &str, &str) {
    let Diagnostic { path, span, rule, message, .. } = diagnostic;
    (path, span.start, span.end, rule, message)
}
