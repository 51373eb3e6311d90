//! `broken-link`: a relative link to a file that is not there.

use groundplan_model::Severity;
use groundplan_model::document::Link;
use groundplan_syntax::{Edit, Span};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings, links, paths};

pub(super) static RULE: Rule = Rule {
    name: "broken-link",
    group: "documents",
    summary: "a relative link leads to a file that does not exist",
    page: include_str!("broken_link.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let here = context.document.source.path();
    for link in &context.document.links {
        let Some(local) = links::local(&link.target) else { continue };
        if local.path.is_empty() || exists(context, &paths::resolve(here, &local.path)) {
            continue;
        }
        let message = format!("no file `{}` exists", local.path);
        let finding = findings.report(link.span, message);
        match moved_to(context, &local.path) {
            Some(there) => suggest(finding, context, link, &local.written, &there),
            None => drop(finding.help("create the file, or correct or remove the link")),
        }
    }
}

/// Whether a file stands at `path`, also where a site generator will add or change its ending.
fn exists(context: &Context<'_>, path: &str) -> bool {
    let files = context.workspace.files;
    let stem = path.strip_suffix(".html").unwrap_or(path);
    files.exists(path) || files.exists(&format!("{stem}.md"))
}

/// The only document with the file name that `path` ends with, as a link has to name it.
fn moved_to(context: &Context<'_>, path: &str) -> Option<String> {
    let [only] = context.index.paths(paths::file_name(path)) else { return None };
    Some(paths::link_encode(&paths::relative(context.document.source.path(), only)))
}

fn suggest(
    finding: crate::Finding<'_>,
    context: &Context<'_>,
    link: &Link,
    written: &str,
    there: &str,
) {
    let finding = finding.help(format!("did you mean `{there}`?"));
    let text = context.document.source.slice(link.span);
    if let Some(at) = text.rfind(written) {
        let start = link.span.start as usize + at;
        let edit = Edit::replace(Span::new(start, start + written.len()), there);
        finding.unsafe_fix(format!("link to `{there}`"), vec![edit]);
    }
}
