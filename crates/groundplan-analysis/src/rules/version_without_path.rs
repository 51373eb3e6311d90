//! `version-without-path`: a version that a table promises and no path has.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::rows::cell;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "version-without-path",
    group: "api",
    summary: "a table of versions names one that no path of the service has",
    page: include_str!("version_without_path.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let known: Vec<&str> =
        document.endpoints.iter().filter_map(|it| version(it.path.split('/'))).collect();
    let Some(endpoint) = document.endpoints.iter().find(|it| version(it.path.split('/')).is_some())
    else {
        return;
    };
    let mut at = 0;
    for line in document.source.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let row = line.trim_start().strip_prefix('|').unwrap_or("");
        if !row.starts_with(" v") && !row.starts_with('v') {
            continue;
        }
        let words = ["our version", "api version"];
        let Some(cell) = cell(document, Span::at(start), &words) else { continue };
        let Some(version) = version(std::iter::once(cell.text)) else { continue };
        if !known.contains(&version) {
            findings
                .report(cell.span, format!("no path has the version `{version}`"))
                .related(endpoint.span, format!("all paths are of {}", listed(&known)))
                .help("add its paths, or leave the version out until there are some");
        }
    }
}

fn listed(known: &[&str]) -> String {
    let mut names: Vec<&str> = known.to_vec();
    names.sort_unstable();
    names.dedup();
    format!("`{}`", names.join("`, `"))
}

/// `v1`, `v2`.
fn version<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    parts.find(|part| {
        let digits = part.strip_prefix('v').unwrap_or("");
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    })
}
