//! `caught-and-lost`: a handler of errors that does nothing.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::code_lines::{Line, code_lines, snippets};
use crate::snippets::Language;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "caught-and-lost",
    group: "errors",
    summary: "sample code catches every error and drops it",
    page: include_str!("caught_and_lost.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const ADVICE: &str =
    "log it, answer it or pass it on; catch only what may happen, and say why it may";

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for snippet in snippets(context, Language::Python).filter(|it| it.text.contains("except")) {
        let lines: Vec<Line<'_>> = code_lines(snippet).filter(|line| !line.is_blank()).collect();
        for pair in lines.windows(2) {
            let [handler, body] = pair else { continue };
            if catches_all(handler.text.trim()) && is_nothing(body.text.trim()) {
                findings
                    .report(handler.span, "every error is caught here and dropped")
                    .help(ADVICE);
            }
        }
    }
    for snippet in snippets(context, Language::Script).filter(|it| it.text.contains("catch")) {
        for line in code_lines(snippet).filter(|line| is_empty_catch(line.text)) {
            findings.report(line.span, "every error is caught here and dropped").help(ADVICE);
        }
    }
}

/// `except:` or `except Exception as e:`, without a remark that says why.
fn catches_all(handler: &str) -> bool {
    let Some(rest) = handler.strip_prefix("except").and_then(|it| it.strip_suffix(':')) else {
        return false;
    };
    let kind = rest.split(" as ").next().unwrap_or("").trim();
    matches!(kind, "" | "Exception" | "BaseException")
}

fn is_nothing(body: &str) -> bool {
    matches!(body, "pass" | "..." | "continue" | "return")
}

/// `catch {}`, `catch (error) { }`, `.catch(() => {})`.
fn is_empty_catch(line: &str) -> bool {
    let Some((_, rest)) = line.split_once("catch") else { return false };
    let rest: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let handler = rest.strip_prefix('(').and_then(|it| it.split_once(')')).map(|(_, after)| after);
    rest.starts_with("{}")
        || handler.is_some_and(|it| it.starts_with("{}"))
        || rest.starts_with("(()=>{})")
        || rest.starts_with("(_=>{})")
}
