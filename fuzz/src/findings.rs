//! Findings: places that are text, messages of one line, edits that apply.

use groundplan_analysis::{Selection, check_workspace};
use groundplan_model::{Diagnostic, Document, FileSet, Workspace};
use groundplan_syntax::{Source, apply};

use crate::lies_in;

/// No file but the documents themselves.
struct NoFiles;

impl FileSet for NoFiles {
    fn exists(&self, _: &str) -> bool {
        false
    }
}

/// All findings in `document`, alone in its workspace.
pub fn check(document: Document) -> Vec<Diagnostic> {
    let workspace = Workspace::new(vec![document], &NoFiles);
    check_workspace(&workspace, &Selection { preview: true, ..Selection::default() })
}

/// Findings stand in the text, say what they say on one line, and carry edits that apply.
pub fn findings_hold(source: &Source, found: &[Diagnostic]) {
    for finding in found {
        lies_in(source, finding.span, &finding.rule);
        let related = finding.related.iter();
        related.clone().for_each(|it| lies_in(source, it.span, &finding.rule));
        let mut messages = related.map(|it| &it.message).chain([&finding.message]);
        let is_long = messages.any(|it| it.contains(['\n', '\r']));
        assert!(!is_long, "{}: more than a line", finding.rule);
        if let Some(fix) = &finding.fix {
            let applied = apply(source.text(), &fix.edits);
            assert!(applied.is_ok(), "{}: {applied:?}", finding.rule);
        }
    }
}
