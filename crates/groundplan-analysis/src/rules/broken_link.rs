//! `broken-link`: a relative link to a file that is not there.

use groundplan_model::Severity;
use groundplan_model::outline::OutlineLink;
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, paths};

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
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let here = &context.outline.path;
    for link in &context.outline.links {
        if link.path.is_empty() || exists(context, &paths::resolve(here, &link.path)) {
            continue;
        }
        let message = format!("no file `{}` exists", link.path);
        let finding = findings.report(link.span, message);
        match moved_to(context, &link.path) {
            Some(there) => suggest(finding, link, &there),
            None => drop(finding.help("create the file, or correct or remove the link")),
        }
    }
}

/// Whether a file stands at `path`, also where a site generator will add or change its ending.
fn exists(context: &LinkedContext<'_>, path: &str) -> bool {
    let files = context.linked.files;
    let stem = path.strip_suffix(".html").unwrap_or(path);
    files.exists(path) || files.exists(&format!("{stem}.md"))
}

/// The only document with the file name that `path` ends with, as a link has to name it.
fn moved_to(context: &LinkedContext<'_>, path: &str) -> Option<String> {
    let [only] = context.index.paths(paths::file_name(path)) else { return None };
    Some(paths::link_encode(&paths::relative(&context.outline.path, only)))
}

fn suggest(finding: crate::Finding<'_>, link: &OutlineLink, there: &str) {
    let finding = finding.help(format!("did you mean `{there}`?"));
    if let Some(span) = link.path_span {
        let edit = Edit::replace(span, there);
        finding.unsafe_fix(format!("link to `{there}`"), vec![edit]);
    }
}
