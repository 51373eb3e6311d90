//! `symbol-signature-conflict`: one function with two signatures.

use std::collections::HashMap;

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Code, Definition, Language, Sort, is_contrasted};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "symbol-signature-conflict",
    group: "architecture",
    summary: "two blocks of code give one function different parameters or answers",
    page: include_str!("symbol_signature_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let mut first: HashMap<(Option<&str>, &str), &Definition<'_>> = HashMap::new();
    for definition in code.definitions.iter().filter(|it| counts(it)) {
        let key = (definition.owner, definition.name);
        let Some(earlier) = first.get(&key) else {
            first.insert(key, definition);
            continue;
        };
        let Some(difference) = difference(earlier, definition) else { continue };
        if is_comparable(context, code, earlier, definition) {
            let name = definition.name;
            let message = format!("`{name}` {difference}");
            findings
                .report(definition.span, message)
                .related(earlier.span, format!("`{name}` is shown here first"))
                .help("keep one signature, or give the two functions names of their own");
        }
    }
}

/// Tests and constructors have many forms, and local functions are nobody else's.
fn counts(definition: &Definition<'_>) -> bool {
    let name = definition.name;
    definition.sort == Sort::Function
        && definition.owner != Some("")
        && !name.starts_with("__")
        && !name.starts_with("test")
        && !["main", "init", "upgrade", "downgrade", "wrapper", "forward"].contains(&name)
        && !definition.params.contains("...")
}

fn is_comparable(
    context: &Context<'_>,
    code: &Code<'_>,
    one: &Definition<'_>,
    other: &Definition<'_>,
) -> bool {
    let (Some(first), Some(second)) = (code.snippet(one.snippet), code.snippet(other.snippet))
    else {
        return false;
    };
    let both = [first, second];
    one.snippet != other.snippet
        && first.language == second.language
        && matches!(first.language, Language::Python | Language::Script | Language::Go)
        && !both.iter().any(|it| is_contrasted(context.document, it))
}

/// What differs, the later one's side first.
fn difference(one: &Definition<'_>, other: &Definition<'_>) -> Option<String> {
    let (before, after) = (params(one.params), params(other.params));
    let is_method =
        |it: &[Param]| it.first().is_some_and(|it| it.name == "self" || it.name == "cls");
    if is_method(&before) != is_method(&after) {
        return None;
    }
    let results = [other.result, one.result].map(squeezed);
    if results.iter().all(|it| !it.is_empty()) && results.first() != results.last() {
        return Some(format!("answers `{}` here and `{}` elsewhere", other.result, one.result));
    }
    let names = |it: &[Param]| it.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let (here, there) = (names(&after), names(&before));
    if here != there {
        let (here, there) = (listed(&here), listed(&there));
        return Some(format!("takes {here} here and {there} elsewhere"));
    }
    let types = before.iter().zip(&after).find(|(before, after)| {
        !before.ty.is_empty() && !after.ty.is_empty() && before.ty != after.ty
    });
    types.map(|(before, after)| {
        let Param { name, ty } = after;
        format!("takes `{name}` as `{ty}` here and as `{}` elsewhere", before.ty)
    })
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "nothing".to_owned() } else { format!("`{}`", names.join(", ")) }
}

struct Param {
    name: String,
    ty: String,
}

/// `order: Order = None`, `order?: Order`, `order Order`.
fn params(text: &str) -> Vec<Param> {
    let mut found = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, byte) in text.bytes().chain([b',']).enumerate() {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => depth = depth.saturating_sub(1),
            b',' if depth == 0 || at == text.len() => {
                found.extend(text.get(from..at).and_then(param));
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

fn param(text: &str) -> Option<Param> {
    let stated = text.split('=').next()?.split('#').next()?.trim();
    let name_len = stated.find([':', '?', ' ']).unwrap_or(stated.len());
    let name = stated.get(..name_len)?.trim();
    let ty = stated.get(name_len..)?.trim_start_matches([':', '?', ' ']);
    (!name.is_empty()).then(|| Param { name: name.to_owned(), ty: squeezed(ty) })
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
