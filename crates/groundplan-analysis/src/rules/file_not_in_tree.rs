//! `file-not-in-tree`: code of a file that the document's own tree of folders leaves out.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Entry, Folders};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "file-not-in-tree",
    group: "architecture",
    summary: "a file is shown, and the tree of folders leaves it out",
    page: include_str!("file_not_in_tree.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let mut shown = code.snippets.iter().filter_map(|it| it.path()).peekable();
    if shown.peek().is_none() {
        return;
    }
    let trees = Folders::of(code);
    let mut reported: Vec<&str> = Vec::new();
    for (path, span) in shown {
        if reported.contains(&path) || trees.iter().any(|it| is_listed(it, path)) {
            continue;
        }
        let Some((folder, below)) = trees.iter().find_map(|it| place(it, path)) else { continue };
        reported.push(path);
        let note = format!("the tree has the folder `{folder}` here, and not this file");
        findings
            .report(span, format!("`{path}` is not in the tree of folders"))
            .related(below.span, note)
            .help("add it to the tree, or correct the path");
    }
}

/// A path may be longer than the tree's, whose root is a placeholder or left out, or shorter.
fn is_listed(tree: &Folders, path: &str) -> bool {
    let ends = |one: &str, other: &str| {
        one.strip_suffix(other).is_some_and(|it| it.is_empty() || it.ends_with('/'))
    };
    tree.entries.iter().any(|it| ends(&it.path, path) || ends(path, &it.path))
}

/// The folder of `path` in a tree that lists files of it.
fn place<'t>(tree: &'t Folders, path: &'t str) -> Option<(&'t str, &'t Entry)> {
    if tree.is_partial {
        return None;
    }
    let (folder, _) = path.rsplit_once('/')?;
    let below = folder.strip_prefix(tree.root.trim_end_matches('/'));
    let folder = below.map_or(folder, |it| it.trim_start_matches('/'));
    let is_code = |it: &&Entry| it.path.rsplit('.').next() == path.rsplit('.').next();
    let mut files = tree.files_of(folder).filter(is_code);
    (!folder.is_empty()).then_some(())?;
    files.next().map(|first| (folder, first))
}
