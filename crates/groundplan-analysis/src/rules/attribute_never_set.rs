//! `attribute-never-set`: a class whose methods use an attribute that nothing in it sets.

use std::collections::HashSet;

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Definition, Language, Sort, is_name};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "attribute-never-set",
    group: "architecture",
    summary: "a class is shown with its constructor, and uses an attribute that it never sets",
    page: include_str!("attribute_never_set.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    for class in code.definitions.iter().filter(|it| it.sort == Sort::Type) {
        let Some(snippet) = code.snippet(class.snippet) else { continue };
        let body = snippet.code.get(class.body.clone()).unwrap_or("");
        let text = snippet.text.get(class.body.clone()).unwrap_or("");
        if snippet.language != Language::Python || !is_whole(class, body, text) {
            continue;
        }
        let Some(constructor) = body.find("def __init__") else { continue };
        let set = names_set(body);
        let mut reported = HashSet::new();
        for (at, name) in uses(body) {
            if set.contains(name) || !reported.insert(name) {
                continue;
            }
            let start = class.body.start + at;
            let message = format!("`self.{name}` is used, and `{}` never sets it", class.name);
            let init = class.body.start + constructor + "def ".len();
            findings
                .report(snippet.span(start, start + "self.".len() + name.len()), message)
                .related(snippet.span(init, init + "__init__".len()), "the constructor is here")
                .help(format!("set `self.{name}` in the constructor"));
        }
    }
}

/// A class that is derived from another, sets names by text or is shortened may have any attribute.
fn is_whole(class: &Definition<'_>, body: &str, text: &str) -> bool {
    let is_base = class.owner.is_none_or(|it| matches!(it.trim(), "" | "object"));
    let is_open = ["setattr(", "__dict__", "__getattr"].iter().any(|it| body.contains(it));
    is_base && !is_open && !text.contains("...") && !text.contains('…')
}

/// What `self.` is followed by where its own members are used: `self.log.info()`, `self.rows[0]`.
/// Methods of the class are called themselves, and may be left out of a document.
fn uses(body: &str) -> impl Iterator<Item = (usize, &str)> {
    body.match_indices("self.").filter_map(|(at, word)| {
        let is_own = !body.get(..at)?.ends_with(is_name);
        let rest = body.get(at + word.len()..)?;
        let len = rest.find(|c: char| !is_name(c))?;
        let is_used = matches!(rest.as_bytes().get(len), Some(b'.' | b'['));
        (is_own && is_used).then_some((at, rest.get(..len)?))
    })
}

/// Attributes that are assigned, and names that the class body defines.
fn names_set(body: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    for line in body.lines() {
        let line = line.trim_start();
        if let Some(name) = line.strip_prefix("async ").unwrap_or(line).strip_prefix("def ") {
            found.insert(name.split(|c| !is_name(c)).next().unwrap_or(""));
            continue;
        }
        let assigned = line.find('=').and_then(|it| line.get(..it)).unwrap_or(line);
        // `a, self.b = …`, `with open() as self.file:`, `for self.at in …`, `kept: int`.
        let sets = line.starts_with("self.")
            || assigned.len() < line.len()
            || line.starts_with("for ")
            || line.contains(" as ");
        if sets && assigned.contains("self.") {
            let parts = assigned.split([',', ' ', '(', ')', ':']);
            let names = parts.filter_map(|it| it.strip_prefix("self."));
            found.extend(names.filter(|it| it.chars().all(is_name)));
        }
        let member = line.split(|c| !is_name(c)).next().unwrap_or("");
        let rest = line.get(member.len()..).unwrap_or("").trim_start();
        if rest.starts_with(':') || rest.starts_with('=') {
            found.insert(member);
        }
    }
    found
}
