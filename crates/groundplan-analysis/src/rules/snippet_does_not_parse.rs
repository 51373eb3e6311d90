//! `snippet-does-not-parse`: a block of code that no reading of its language accepts.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::snippets::{Language, Snippet, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "snippet-does-not-parse",
    group: "architecture",
    summary: "a block of code has brackets or names that its language does not allow",
    page: include_str!("snippet_does_not_parse.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// What is wrong, where, and the place that it does not fit to.
struct Fault {
    message: String,
    span: Span,
    related: Option<(Span, String)>,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let is_read = |it: &Language| matches!(it, Language::Python | Language::Script | Language::Go);
    for snippet in context.code().snippets.iter().filter(|it| is_read(&it.language)) {
        let Some(fault) = nameless(snippet).or_else(|| brackets(snippet)) else { continue };
        let finding = findings
            .report(fault.span, fault.message)
            .help("correct the code, or label the block with what it is");
        if let Some((span, note)) = fault.related {
            finding.related(span, note);
        }
    }
}

/// `class [Request]Request`: a definition whose name is none.
fn nameless(snippet: &Snippet<'_>) -> Option<Fault> {
    let words: &[&str] = match snippet.language {
        Language::Python => &["class ", "def ", "async def "],
        Language::Script => &["class ", "interface ", "export class ", "export interface "],
        _ => &["type "],
    };
    for (at, line) in lines(&snippet.code) {
        let body = line.trim_start();
        let start = at + line.len() - body.len();
        let Some(word) = words.iter().find(|it| body.starts_with(**it)) else { continue };
        let name = body.get(word.len()..).unwrap_or("").trim_start();
        let sign = name.chars().next().filter(|c| matches!(c, '[' | '<' | '{'));
        let Some(sign) = sign.filter(|c| *c != '{' || name.starts_with("{{")) else { continue };
        let keyword = word.trim_end().rsplit(' ').next().unwrap_or(word);
        let message =
            format!("this does not parse: no name begins with `{sign}` behind `{keyword}`");
        let end = start + body.trim_end().len();
        return Some(Fault { message, span: snippet.span(start, end), related: None });
    }
    None
}

/// A bracket that is closed by one of another kind. Brackets that stay open are left alone:
/// documents show the beginnings of things.
fn brackets(snippet: &Snippet<'_>) -> Option<Fault> {
    // What stands for code that is not there is looked for where brackets do not fit, and nowhere else.
    mismatch(snippet).filter(|_| !is_shortened(snippet.text) && !has_patterns(snippet))
}

fn mismatch(snippet: &Snippet<'_>) -> Option<Fault> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    for (at, byte) in snippet.code.bytes().enumerate() {
        let opens = match byte {
            b'(' | b'[' | b'{' => {
                open.push((at, byte));
                continue;
            }
            b')' => b'(',
            b']' => b'[',
            b'}' => b'{',
            _ => continue,
        };
        let (from, last) = open.pop()?;
        if last != opens {
            let (one, other) = (char::from(last), char::from(byte));
            let message = format!("this does not parse: `{other}` closes nothing, `{one}` is open");
            let related = Some((snippet.span(from, from + 1), format!("`{one}` is opened here")));
            return Some(Fault { message, span: snippet.span(at, at + 1), related });
        }
    }
    None
}

/// Dots and the signs of a diff stand for code that is not there.
fn is_shortened(text: &str) -> bool {
    let is_diff = |line: &str| line.starts_with(['+', '-']) && !line.starts_with("--");
    text.contains("...") || text.contains('…') || text.lines().any(is_diff)
}

/// Patterns between slashes and markup hold brackets that are none.
fn has_patterns(snippet: &Snippet<'_>) -> bool {
    let is_pattern = |sign: &str| snippet.code.contains(sign);
    snippet.language == Language::Script
        && ["(/", "= /", ": /", ", /", "[/", "</", "/>", "return /"].iter().any(|it| is_pattern(it))
}
