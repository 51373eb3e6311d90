//! `import-path-mismatch`: an import that looks for a file elsewhere than the tree of folders has it.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Entry, Folders, Import, Language};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "import-path-mismatch",
    group: "architecture",
    summary: "an import looks for a file elsewhere than the tree of folders has it",
    page: include_str!("import_path_mismatch.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let is_path = |it: &&Import<'_>| {
        let is_python = code.snippet(it.snippet).is_some_and(|it| it.language == Language::Python);
        is_python && it.module.matches('.').count() >= 2
    };
    let mut imports = code.imports.iter().filter(is_path).peekable();
    if imports.peek().is_none() {
        return;
    }
    let trees = Folders::of(code);
    // One wrong folder makes every import below it wrong: the first one tells.
    let mut reported: Vec<String> = Vec::new();
    for import in imports.filter(|it| !it.module.starts_with('.')) {
        let path = format!("{}.py", import.module.replace('.', "/"));
        let Some((place, entry)) = trees.iter().find_map(|it| elsewhere(it, &path)) else {
            continue;
        };
        let folder = path.strip_suffix(entry.path.as_str()).unwrap_or(&path).to_owned();
        if reported.contains(&folder) {
            continue;
        }
        reported.push(folder);
        let message = format!("`{}` is not where the tree of folders has it", import.module);
        findings
            .report(import.span, message)
            .related(entry.span, format!("the tree has `{place}` here"))
            .help("import it from where the tree has it, or correct the tree");
    }
}

/// Where a tree has the file, in a root that begins with the same folder and goes on otherwise.
fn elsewhere<'t>(tree: &'t Folders, path: &str) -> Option<(String, &'t Entry)> {
    let root = tree.root.trim_matches('/');
    let (top, _) = root.split_once('/')?;
    let same_top = path.strip_prefix(top).is_some_and(|it| it.starts_with('/'));
    if !same_top || path.starts_with(&format!("{root}/")) {
        return None;
    }
    let is_same = |it: &&Entry| it.path.contains('/') && path.ends_with(&format!("/{}", it.path));
    let entry = tree.entries.iter().find(is_same)?;
    Some((format!("{root}/{}", entry.path), entry))
}
