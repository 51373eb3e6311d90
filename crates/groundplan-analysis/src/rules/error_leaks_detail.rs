//! `error-leaks-detail`: an inner error that a caller gets to read.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::code_lines::{Line, code_lines, snippets};
use crate::snippets::{Language, Snippet};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "error-leaks-detail",
    group: "errors",
    summary: "sample code puts the text of an inner error into an answer",
    page: include_str!("error_leaks_detail.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// What a call of Python or a script hands to a caller, and what it must not hold.
struct Leak {
    /// How the statement begins.
    opens: &'static [&'static str],
    /// Texts of inner errors.
    holds: &'static [&'static str],
}

/// Answers of FastAPI and Flask, with a status of a failed service.
const PYTHON_ANSWERS: Leak = Leak {
    opens: &["HTTPException(", "JSONResponse(", "jsonify("],
    holds: &[
        "str(e)",
        "{e}",
        "str(exc)",
        "{exc}",
        "str(err)",
        "{err}",
        "{str(e)}",
        "repr(e)",
        "format_exc",
    ],
};
/// An error that carries what another service said.
const PYTHON_ERRORS: Leak =
    Leak { opens: &["raise "], holds: &["{response.text}", "{resp.text}", "{r.text}"] };
const SCRIPT_ANSWERS: Leak = Leak {
    opens: &[".status(500)", ".status(502)", ".status(503)", "status: 500"],
    holds: &["err.message", "error.message", "e.message", "err.stack", "error.stack"],
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for snippet in snippets(context, Language::Python) {
        search(snippet, &PYTHON_ANSWERS, true, findings);
        search(snippet, &PYTHON_ERRORS, false, findings);
    }
    for snippet in snippets(context, Language::Script) {
        search(snippet, &SCRIPT_ANSWERS, false, findings);
    }
}

fn search(snippet: &Snippet<'_>, leak: &Leak, failed: bool, findings: &mut Findings<'_>) {
    let holds = |text: &str| leak.holds.iter().any(|it| text.contains(it));
    if !holds(snippet.text) {
        return;
    }
    let lines: Vec<Line<'_>> = code_lines(snippet).collect();
    for (at, line) in lines.iter().enumerate() {
        let body = line.text.trim_start();
        if body.starts_with(['#', '/']) || !leak.opens.iter().any(|open| body.contains(open)) {
            continue;
        }
        let statement = statement(lines.get(at..).unwrap_or_default());
        let is_failure = ["500", "502", "503", "504", "INTERNAL_SERVER"].iter();
        let is_failure =
            is_failure.into_iter().any(|it| statement.iter().any(|line| line.text.contains(it)));
        let found = statement.iter().find(|line| holds(line.text));
        let Some(found) = found.filter(|_| is_failure || !failed) else { continue };
        findings.report(found.span, "the answer carries the text of an inner error").help(
            "log it with the request's id, and answer with that id and a message of your own",
        );
    }
}

/// The lines up to the one that closes the first bracket.
fn statement<'l, 'a>(lines: &'l [Line<'a>]) -> &'l [Line<'a>] {
    const LONGEST: usize = 12;
    let mut depth = 0_i32;
    for (at, line) in lines.iter().enumerate().take(LONGEST) {
        for c in line.text.chars() {
            depth += i32::from(matches!(c, '(' | '{')) - i32::from(matches!(c, ')' | '}'));
        }
        if depth <= 0 {
            return lines.get(..=at).unwrap_or(lines);
        }
    }
    lines.get(..LONGEST).unwrap_or(lines)
}
