//! All rules on all documents, and the sentence that sums the result up.

use std::sync::Arc;

use groundplan_analysis::{
    Checker, Selection, Suppressed, Suppressions, apply_comments, check_alone,
};
use groundplan_model::{Certainty, Diagnostic, Document, Workspace};
use rayon::prelude::*;

use crate::render::{counted, plural};
use crate::ui::{ERROR, GOOD, Ui, WARNING};

/// What was found in all documents, by path and place.
pub(crate) struct Found {
    /// The findings to show.
    pub(crate) findings: Vec<Diagnostic>,
    /// Those that comments suppress.
    pub(crate) suppressed: Vec<Suppressed>,
}

/// Every finding that no comment suppresses, in every document, by path and place; `selection` says
/// which rules are run on the document at a path.
pub(crate) fn check_all(
    workspace: &Workspace<'_>,
    selection: impl Fn(&str) -> Arc<Selection> + Sync,
) -> Vec<Diagnostic> {
    find_all(workspace, selection).findings
}

/// As [`check_all`], with what comments suppress.
pub(crate) fn find_all(
    workspace: &Workspace<'_>,
    selection: impl Fn(&str) -> Arc<Selection> + Sync,
) -> Found {
    let documents = workspace.documents.par_iter();
    let alone = documents
        .flat_map_iter(|it| check_alone(it, workspace.templates, &selection(it.source.path())));
    let mut findings: Vec<Diagnostic> = alone.collect();
    let linked = workspace.link();
    let checker = Checker::new(&linked);
    let outlines = linked.outlines.par_iter();
    findings.par_extend(outlines.flat_map_iter(|it| checker.check(it, &selection(&it.path))));
    let comments = |it: &Document| (it.source.path().to_owned(), Suppressions::of(it));
    let comments: Vec<_> = workspace.documents.par_iter().map(comments).collect();
    let (findings, suppressed) = apply_comments(findings, comments, selection);
    Found { findings, suppressed }
}

/// "2 findings are suppressed by comments."
pub(crate) fn suppressed_sentence(suppressed: &[Suppressed]) -> String {
    match suppressed.len() {
        0 => String::new(),
        1 => "1 finding is suppressed by a comment.\n".to_owned(),
        many => format!("{many} findings are suppressed by comments.\n"),
    }
}

/// "Found 3 errors, 2 warnings in 2 of 14 documents.", and what of it can be mended.
pub(crate) fn summary(findings: &[Diagnostic], documents: usize, ui: &Ui) -> String {
    if findings.is_empty() {
        let clean = match documents {
            0 => return String::new(),
            1 => "The document checks clean.".to_owned(),
            _ => format!("All {documents} documents check clean."),
        };
        return format!("{}\n", ui.paint(GOOD, &clean));
    }
    let worst = findings.iter().map(|it| it.severity).max();
    let style = if worst == Some(groundplan_model::Severity::Error) { ERROR } else { WARNING };
    let found = ui.paint(style, &format!("Found {}", counted(findings)));
    let affected = affected(findings);
    format!("{found} in {affected} of {}.\n{}", plural(documents, "document"), fixable(findings))
}

/// How many documents have a finding. Findings are sorted by path.
fn affected(findings: &[Diagnostic]) -> usize {
    findings.chunk_by(|one, other| one.path == other.path).count()
}

fn fixable(findings: &[Diagnostic]) -> String {
    let fixes = findings.iter().filter_map(|it| it.fix.as_ref());
    let (safe, other): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.certainty == Certainty::Stated);
    let is = |count: usize| if count == 1 { "is" } else { "are" };
    match (safe.len(), other.len()) {
        (0, 0) => String::new(),
        (0, more) => format!("{more} {} fixable with `--fix --unsafe-fixes`.\n", is(more)),
        (safe, 0) => format!("{safe} {} fixable with `--fix`.\n", is(safe)),
        (safe, more) => {
            let hint = format!("({more} more with `--unsafe-fixes`)");
            format!("{safe} {} fixable with `--fix` {hint}.\n", is(safe))
        }
    }
}
