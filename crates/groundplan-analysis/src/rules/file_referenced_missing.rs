//! `file-referenced-missing`: a command that installs from a list which the document does not have.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::snippets::{Code, Language, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "file-referenced-missing",
    group: "configuration",
    summary: "a command installs from a list of dependencies that the document does not have",
    page: include_str!("file_referenced_missing.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let Some((list, known)) = list(code) else { return };
    let commands = code.snippets.iter();
    let commands = commands.filter(|it| matches!(it.language, Language::Shell | Language::Docker));
    let mut reported: Vec<&str> = Vec::new();
    for snippet in commands {
        for (at, name) in installed(snippet.text) {
            let is_shown = name == known || is_named(code, name);
            if is_shown || reported.contains(&name) {
                continue;
            }
            reported.push(name);
            findings
                .report(snippet.span(at, at + name.len()), format!("`{name}` stands nowhere else"))
                .related(list, format!("the document has `{known}` here"))
                .help("show the list, or install from the one that there is");
        }
    }
}

/// The list of requirements that a comment names as one.
fn list<'a>(code: &Code<'a>) -> Option<(Span, &'a str)> {
    code.snippets.iter().find_map(|snippet| {
        let line = snippet.text.lines().next()?.strip_prefix("# ")?;
        let name = line.split_whitespace().next().filter(|it| is_list_name(it))?;
        Some((snippet.span(2, 2 + name.len()), name))
    })
}

fn is_list_name(name: &str) -> bool {
    name.ends_with(".txt")
        && name.rsplit('/').next().is_some_and(|it| it.starts_with("requirements"))
}

/// Lists in `pip install -r NAME`, with their places.
fn installed(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, line)| line.contains("pip install")).filter_map(|(start, line)| {
        let at = line.find(" -r ")? + " -r ".len();
        let name = line.get(at..)?.split_whitespace().next()?;
        is_list_name(name).then_some((start + at, name))
    })
}

/// Whether another block than a command shows the name: a tree, or the comment of a list.
fn is_named(code: &Code<'_>, name: &str) -> bool {
    let is_command = |it: Language| matches!(it, Language::Shell | Language::Docker);
    code.snippets.iter().any(|it| !is_command(it.language) && it.text.contains(name))
}
