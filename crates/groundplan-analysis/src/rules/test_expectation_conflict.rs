//! `test-expectation-conflict`: a test that expects another type than the function answers with.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Code, Definition, Language, Snippet, Sort, is_name, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "test-expectation-conflict",
    group: "tests",
    summary: "a test expects another type than the tested function answers with",
    page: include_str!("test_expectation_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    for test in code.definitions.iter().filter(|it| it.name.starts_with("test_")) {
        let Some(snippet) = code.snippet(test.snippet) else { continue };
        if test.sort != Sort::Function || snippet.language != Language::Python {
            continue;
        }
        for compared in comparisons(snippet, test) {
            let Some(function) = answers_otherwise(code, test, &compared) else { continue };
            let Compared { at, result, expected, function: name, ty } = compared;
            let end = at + result.len() + " == ".len() + expected.len();
            let answer = function.result;
            findings
                .report(
                    snippet.span(at, end),
                    format!("this test expects `{ty}`, and `{name}` answers with `{answer}`"),
                )
                .related(function.span, format!("`{name}` is defined here"))
                .help(
                    "compare with the type that the function answers with, or correct its answer",
                );
        }
    }
}

/// `assert result == expected`, where a call gave the one and a constructor the other.
struct Compared<'s> {
    at: usize,
    result: &'s str,
    expected: &'s str,
    /// What was called.
    function: &'s str,
    /// What is expected.
    ty: &'s str,
}

fn comparisons<'s>(snippet: &'s Snippet<'_>, test: &Definition<'_>) -> Vec<Compared<'s>> {
    let start = test.body.start;
    let body = snippet.code.get(test.body.clone()).unwrap_or("");
    let calls: Vec<(&str, &str)> = body.lines().filter_map(assignment).collect();
    let made = |name: &str| calls.iter().rev().find(|(it, _)| *it == name).map(|(_, call)| *call);
    let compared = lines(body).filter_map(|(at, line)| {
        let (lead, rest) = line.split_once("assert ").filter(|(it, _)| it.trim().is_empty())?;
        let (result, expected) = rest.trim_end().split_once(" == ")?;
        let (function, ty) = (made(result)?, made(expected)?);
        let is_type = ty.starts_with(|c: char| c.is_ascii_uppercase());
        let is_function = function.starts_with(|c: char| c.is_ascii_lowercase());
        let at = start + at + lead.len() + "assert ".len();
        (is_type && is_function).then_some(Compared { at, result, expected, function, ty })
    });
    compared.collect()
}

/// The name and the last word before the brackets in `name = await service.call(…)`.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(" = ")?;
    let called = value.split('(').next().filter(|it| it.len() < value.len())?;
    let function = called.rsplit(|c: char| !is_name(c)).next().filter(|it| !it.is_empty())?;
    let name = name.trim();
    name.chars().all(is_name).then_some((name, function))
}

/// The definition whose answer is not what the test expects. The last one counts: it is the one
/// with a body, where a document shows a function twice.
fn answers_otherwise<'c, 'a>(
    code: &'c Code<'a>,
    test: &Definition<'_>,
    compared: &Compared<'_>,
) -> Option<&'c Definition<'a>> {
    let is_own = |it: &&Definition<'_>| {
        it.name == compared.function && it.sort == Sort::Function && it.snippet != test.snippet
    };
    let mut methods = code.definitions.iter().filter(is_own).filter(|it| it.owner.is_some());
    let last = methods.next_back()?;
    let is_plain = last.result.chars().all(is_name) && !last.result.is_empty();
    let is_type = code.definitions.iter().any(|it| it.sort == Sort::Type && it.name == last.result);
    (is_plain && is_type && last.result != compared.ty).then_some(last)
}
