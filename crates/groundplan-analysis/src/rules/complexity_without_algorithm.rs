//! `complexity-without-algorithm`: a promise of complexity for a function that has no body.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Language, Sort};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "complexity-without-algorithm",
    group: "performance",
    summary: "a function promises its complexity, and shows no algorithm that could have it",
    page: include_str!("complexity_without_algorithm.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    for function in code.definitions.iter().filter(|it| it.sort == Sort::Function) {
        let Some(snippet) = code.snippet(function.snippet) else { continue };
        let text = snippet.text.get(function.body.clone()).unwrap_or("");
        if snippet.language != Language::Python {
            continue;
        }
        let Some((at, claim)) = claim(text) else { continue };
        let body = snippet.code.get(function.body.clone()).unwrap_or("");
        if is_empty(body) {
            let at = function.body.start + at;
            findings
                .report(
                    snippet.span(at, at + claim.len()),
                    format!("`{claim}` is promised for no algorithm"),
                )
                .related(function.span, format!("`{}` has no body", function.name))
                .help("show the steps, or take the promise out until they are known");
        }
    }
}

/// The first `O(…)` behind the word complexity.
fn claim(text: &str) -> Option<(usize, &str)> {
    let word = text.find("omplexity")?;
    let at = word + text.get(word..)?.find("O(")?;
    let rest = text.get(at..)?;
    let end = rest.find(')')? + 1;
    rest.get(..end).filter(|it| !it.contains('\n')).map(|claim| (at, claim))
}

/// Nothing but `pass` is left when strings and comments are taken out.
fn is_empty(body: &str) -> bool {
    let mut words = body.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.all(|word| matches!(word, "pass" | "r"))
}
