//! `symbol-undefined`: a call of a function that the document defines under a longer name.

use std::collections::HashSet;

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Code, Definition, Language, Snippet, Sort, is_contrasted, is_name};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "symbol-undefined",
    group: "architecture",
    summary: "code calls a function that the document defines under nearly this name",
    page: include_str!("symbol_undefined.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    if code.definitions.is_empty() {
        return;
    }
    let defined: HashSet<&str> = code.definitions.iter().map(|it| it.name).collect();
    let mut reported = HashSet::new();
    for snippet in code.snippets.iter().filter(|it| it.language == Language::Python) {
        for (at, name) in calls(snippet) {
            if defined.contains(name) || reported.contains(name) || is_bound(code, name) {
                continue;
            }
            let Some(near) = near(code, name) else { continue };
            if is_contrasted(context.document, snippet) {
                continue;
            }
            reported.insert(name);
            findings
                .report(snippet.span(at, at + name.len()), format!("no code defines `{name}`"))
                .related(near.span, format!("`{}` is defined here", near.name))
                .help(format!("did you mean `{}`?", near.name));
        }
    }
}

/// Names that are called by themselves, where they are long enough to be somebody's own.
fn calls<'s>(snippet: &'s Snippet<'_>) -> impl Iterator<Item = (usize, &'s str)> {
    const SHORTEST: usize = 8;
    let code = snippet.code.as_str();
    code.match_indices('(').filter_map(move |(open, _)| {
        let before = code.get(..open)?;
        let from = before.rfind(|c| !is_name(c)).map_or(0, |at| at + 1);
        let name = before.get(from..).filter(|it| it.len() >= SHORTEST)?;
        let lead = before.get(..from)?;
        let is_own = !lead.ends_with(['.', '@']) && !name.starts_with(|c: char| c.is_ascii_digit());
        let is_definition = ["def ", "class "].iter().any(|it| lead.ends_with(it));
        (is_own && !is_definition).then_some((from, name))
    })
}

/// Whether any code of the document imports the name, assigns it or takes it as a parameter.
fn is_bound(code: &Code<'_>, name: &str) -> bool {
    code.snippets.iter().any(|snippet| {
        let places = snippet.code.match_indices(name).filter(|(at, _)| {
            let before = snippet.code.get(..*at).is_some_and(|it| it.ends_with(is_name));
            let after = snippet.code.get(at + name.len()..).unwrap_or("");
            !before && !after.starts_with(is_name)
        });
        places.into_iter().any(|(at, _)| {
            let after = snippet.code.get(at + name.len()..).unwrap_or("");
            !after.starts_with('(')
        })
    })
}

/// The one function whose name is this one and a word more.
fn near<'c, 'a>(code: &'c Code<'a>, name: &str) -> Option<&'c Definition<'a>> {
    let is_longer = |long: &str| {
        let more = long.strip_prefix(name).and_then(|it| it.strip_prefix('_'));
        more.is_some_and(|it| !it.is_empty() && !it.contains('_'))
    };
    if !name.contains('_') {
        return None;
    }
    let functions = code.definitions.iter().filter(|it| it.sort == Sort::Function);
    let mut close = functions.filter(|it| is_longer(it.name));
    let first = close.next()?;
    close.all(|it| it.name == first.name).then_some(first)
}
