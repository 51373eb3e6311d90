//! `health-check-too-weak`: a health check that passes whatever the service answers.

use groundplan_model::Severity;
use groundplan_syntax::{Edit, Span};

use super::{Check, FixKind, Rule};
use crate::snippets::{Language, Snippet, closing, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "health-check-too-weak",
    group: "deployment",
    summary: "a health check passes whatever status the service answers with",
    page: include_str!("health_check_too_weak.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Safe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for snippet in &context.code().snippets {
        let is_image = snippet.language == Language::Docker;
        let is_compose = matches!(snippet.label.as_str(), "yaml" | "yml");
        if is_image || is_compose && snippet.text.contains("healthcheck:") {
            lines_of(snippet, findings);
        }
    }
}

fn lines_of(snippet: &Snippet<'_>, findings: &mut Findings<'_>) {
    let mut is_check = false;
    for (at, line) in lines(snippet.text) {
        let body = line.trim();
        let begins = body.starts_with("HEALTHCHECK") || body.starts_with("test:");
        is_check = begins || is_check && (body.starts_with("CMD ") || body.starts_with("- "));
        if is_check && let Some(weak) = curl(line).or_else(|| requests(line)) {
            report(snippet, at, &weak, findings);
        }
        is_check &= body.ends_with('\\') || body == "test:" || body.starts_with("- ");
    }
}

/// A call that does not look at the status, and what makes it look.
struct Weak {
    from: usize,
    to: usize,
    /// Where words go in, and which.
    edit: (usize, &'static str),
    why: &'static str,
}

fn report(snippet: &Snippet<'_>, line: usize, weak: &Weak, findings: &mut Findings<'_>) {
    let span: Span = snippet.span(line + weak.from, line + weak.to);
    let (at, words) = weak.edit;
    let at = snippet.span(line + at, line + at).start as usize;
    findings
        .report(span, "this health check passes whatever status the service answers with")
        .help(weak.why)
        .safe_fix("fail on an error status", vec![Edit::insert(at, words)]);
}

/// `curl` without `-f`; in a list of words each word is quoted.
fn curl(line: &str) -> Option<Weak> {
    let from = line.find("curl")?;
    let rest = line.get(from..)?;
    let short = |word: &str| word.starts_with('-') && !word.starts_with("--") && word.contains('f');
    let mut words = rest.split([' ', '"', '\'', ',', ']']);
    if words.any(|it| it.starts_with("--fail") || short(it)) || rest.contains("http_code") {
        return None;
    }
    let is_quoted = rest.starts_with("curl\"");
    let (after, words) = if is_quoted { (from + 5, ", \"-f\"") } else { (from + 4, " -f") };
    let known = is_quoted || rest.starts_with("curl ");
    let why = "give `curl` the option `-f`: without it an error status is a success";
    known.then_some(Weak { from, to: from + 4, edit: (after, words), why })
}

/// `requests.get(…)` whose answer nobody looks at.
fn requests(line: &str) -> Option<Weak> {
    let name = ["requests.get(", "httpx.get("].into_iter().find(|it| line.contains(it))?;
    let from = line.find(name)?;
    let open = from + name.len() - 1;
    let to = open + closing(line.get(open..)?)? + 1;
    let rest = line.get(to..)?.trim_start();
    let is_lost = rest.starts_with(['"', '\'', ';']) || rest.is_empty();
    let why = "call `raise_for_status()` on the answer: an error status raises nothing by itself";
    is_lost.then_some(Weak { from, to, edit: (to, ".raise_for_status()"), why })
}
