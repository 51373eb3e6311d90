//! `secret-in-document`: a key or a password that anybody can read.

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "secret-in-document",
    group: "security",
    summary: "a document holds a secret",
    page: include_str!("secret_in_document.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// How secrets of known shapes begin, and how many letters and digits follow at least.
const SHAPES: [(&str, usize); 8] = [
    ("AKIA", 16),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghs_", 36),
    ("github_pat_", 40),
    ("xoxb-", 30),
    ("sk_live_", 20),
    ("glpat-", 20),
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let text = document.source.text();
    for (prefix, length) in SHAPES {
        if !context.says(&[prefix]) {
            continue;
        }
        for at in memchr::memmem::find_iter(text.as_bytes(), prefix.as_bytes()) {
            let Some(rest) = text.get(at + prefix.len()..) else { continue };
            let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            let key = rest.get(..end).unwrap_or("");
            let starts = text.get(..at).is_some_and(|it| !it.ends_with(is_part));
            if starts && end >= length && is_random(key) {
                report(Span::new(at, at + prefix.len() + end), prefix, findings);
            }
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), b"://") {
        if let Some(span) = password(text, at + 3) {
            report(span, "password", findings);
        }
    }
}

fn report(span: Span, shape: &str, findings: &mut Findings<'_>) {
    // The message does not repeat the secret: logs of a build are read by many.
    let message = match shape {
        "password" => "an address holds a password".to_owned(),
        _ => format!("a key begins here: `{shape}…`"),
    };
    findings.report(span, message).help("revoke it, and name the variable that holds it instead");
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The password of `user:password@host` at `at`, where it looks like one that is used.
fn password(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '`' | '\'' | '<'))?;
    let (user, password) = rest.get(..end)?.rsplit_once('@')?.0.split_once(':')?;
    let is_used = password.chars().all(|c| is_part(c) || matches!(c, '!' | '#' | '%' | '+' | '='));
    let is_it = is_used && password.len() >= 8 && is_random(password) && !password.contains(user);
    let start = at + user.len() + 1;
    is_it.then(|| Span::new(start, start + password.len()))
}

/// Whether nobody would write this as an example: digits among letters, many different ones.
fn is_random(key: &str) -> bool {
    const WORDS: [&str; 11] = [
        "example", "pass", "secret", "changeme", "your", "test", "dev", "xxx", "abc", "123456",
        "dummy",
    ];
    let lower = key.to_lowercase();
    let digits = key.chars().filter(char::is_ascii_digit).count();
    let mut letters: Vec<char> = key.chars().filter(char::is_ascii_alphabetic).collect();
    letters.sort_unstable();
    letters.dedup();
    digits >= 2 && letters.len() >= 4 && !WORDS.iter().any(|it| lower.contains(it))
}
