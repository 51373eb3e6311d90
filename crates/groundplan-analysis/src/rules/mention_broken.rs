//! `mention-broken`: a document is named by its path, and does not stand there.

use groundplan_model::document::Mention;
use groundplan_model::{Certainty, Severity};
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::references::{folders_above, is_listed, join};
use crate::{Findings, LinkedContext, paths};

pub(super) static RULE: Rule = Rule {
    name: "mention-broken",
    group: "documents",
    summary: "a document that is named without a link does not exist there",
    page: include_str!("mention_broken.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: true,
    check: Check::Linked(check),
};

/// Titles of sections that name documents which are there already.
const LISTS: [&str; 7] =
    ["related", "metadata", "reference", "inventory", "see also", "source", "further reading"];
/// From this many documents on a folder is one that is read.
const READ: usize = 2;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.is_template {
        return;
    }
    let own = paths::file_name(&outline.path);
    let others = outline.file_mentions.iter().filter(|it| paths::file_name(&it.target) != own);
    for mention in others.filter(|it| may_be_judged(&it.target)) {
        let folders = || folders_above(&outline.path);
        let at = |folder: &str| join(folder, &mention.target);
        if folders().any(|it| context.linked.files.exists(&at(it)))
            || is_elsewhere(context, mention)
        {
            continue;
        }
        let message = format!("no document stands at `{}`", mention.target);
        if let Some(there) = moved_to(context, mention) {
            let edit = Edit::replace(mention.span, there.clone());
            findings
                .report(mention.span, message)
                .help(format!("did you mean `{there}`?"))
                .unsafe_fix(format!("name `{there}`"), vec![edit]);
        } else if is_listed(outline, mention.span, &LISTS) {
            let holds =
                |folder: &str| context.index.in_folder(paths::folder(&at(folder))).len() >= READ;
            if folders().any(holds) {
                findings
                    .report_as(Certainty::Inferred, mention.span, message)
                    .help("correct the path, or take the line out");
            }
        }
    }
}

/// Whether a mention is a path within the workspace: with a folder, and from no other root.
fn may_be_judged(target: &str) -> bool {
    let starts = ["/", "./", "../", "~", "@"];
    target.contains('/')
        && !target.contains([':', '#'])
        && !starts.iter().any(|it| target.starts_with(it))
}

/// Whether a document's path ends with the mention: it is named from another folder.
fn is_elsewhere(context: &LinkedContext<'_>, mention: &Mention) -> bool {
    let all = context.index.paths(paths::file_name(&mention.target));
    all.iter().any(|it| it.strip_suffix(&mention.target).is_some_and(|rest| rest.ends_with('/')))
}

/// The path of the only document with the file name, from the same folder as the mention's: it was
/// moved into a folder below, such as `done/`.
fn moved_to(context: &LinkedContext<'_>, mention: &Mention) -> Option<String> {
    let [only] = context.index.paths(paths::file_name(&mention.target)) else { return None };
    let folder = format!("{}/", paths::folder(&mention.target));
    let is_start =
        |at: &usize| only.get(..*at).is_some_and(|it| it.is_empty() || it.ends_with('/'));
    let at = only.match_indices(&folder).map(|(at, _)| at).find(is_start)?;
    only.get(at..).map(str::to_owned)
}
