//! What people read below the findings: a line for each document, and what it comes to.

use std::fmt::Write as _;

use groundplan_analysis::drift::{DocumentDrift, Tally};
use groundplan_model::Severity;

use super::Compared;
use crate::findings::suppressed_sentence;
use crate::render::{counted, plural};
use crate::ui::{DIM, ERROR, GOOD, STRONG, WARNING, paint, printable};

/// The lines below the findings.
pub(super) fn summary(compared: &Compared<'_>, styled: bool) -> String {
    let mut text = String::new();
    for document in compared.drift.documents.iter().filter(|it| !it.tallies.is_empty()) {
        line(&mut text, document, styled);
    }
    for (topic, count) in &compared.drift.strangers {
        let (_, noun, place) = topic.nouns();
        let verb = if *count == 1 { "belongs" } else { "belong" };
        let count = plural(*count, noun);
        let note = format!("{count} of {place} {verb} to nothing that a document is about.");
        let _ = writeln!(text, "{}", paint(styled, DIM, &note));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "{}", verdict(compared, styled));
    text.push_str(&suppressed_sentence(&compared.suppressed));
    text.push_str(&compared.known.drift_sentence());
    text
}

/// "docs/a.md (implemented): 5 of 7 endpoints are in the code; …"
fn line(text: &mut String, document: &DocumentDrift, styled: bool) {
    let path = paint(styled, STRONG, &printable(&document.path));
    let tallies: Vec<String> = document.tallies.iter().map(sentence).collect();
    let _ = writeln!(text, "{path} ({}): {}", document.claim.as_str(), tallies.join("; "));
}

fn sentence(tally: &Tally) -> String {
    let (stated, there, place) = tally.topic.nouns();
    let verb = if tally.stated == 1 { "is" } else { "are" };
    let all = plural(tally.stated, stated);
    let mut text = format!("{} of {all} {verb} in {place}", tally.found);
    if tally.unstated > 0 {
        let verb = if tally.unstated == 1 { "is" } else { "are" };
        let count = plural(tally.unstated, there);
        let _ = write!(text, ", {count} of {place} {verb} in no document");
    }
    text
}

fn verdict(compared: &Compared<'_>, styled: bool) -> String {
    let findings = &compared.findings;
    match findings.iter().map(|it| it.severity).max() {
        None if compared.drift.documents.iter().all(|it| it.tallies.is_empty()) => {
            let files = plural(compared.files, "file");
            format!("No document states anything to compare with {files} of code.")
        }
        None => paint(styled, GOOD, "Documents and code agree."),
        Some(worst) => {
            let style = if worst == Severity::Error { ERROR } else { WARNING };
            let found = paint(styled, style, &format!("Found {}", counted(findings)));
            let documents = compared.drift.documents.len();
            let (documents, files) =
                (plural(documents, "document"), plural(compared.files, "file"));
            format!("{found} between {documents} and {files} of code.")
        }
    }
}
