//! `secret-default`: a secret that is there without anybody setting it.

use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::lines::{Line, any, is_code, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "secret-default",
    group: "security",
    summary: "a secret has a default",
    page: include_str!("secret_default.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&CLUES) {
        return;
    }
    let document = context.document;
    for line in with_words(document, &READS).into_iter().filter(|it| is_code(document, *it)) {
        let Some((name, default)) = read(line.text).filter(|(name, _)| is_secret(name)) else {
            continue;
        };
        if !default.is_empty() {
            let message = format!("the secret `{name}` has a default that anybody can read");
            findings.report(line.span, message).help("end the program where it is not set");
        } else if let Some(required) = requirement(document, line, name) {
            let message = format!("`{name}` is required, and has an empty default");
            findings
                .report(line.span, message)
                .related(required.span, "it is required here")
                .help("end the program where it is not set, instead of going on with nothing");
        }
    }
}

const READS: [&str; 4] = ["getenv(", "environ.get(", "process.env.", ":-"];
/// Parts of them that are rare.
const CLUES: [&str; 7] = ["tenv(", "viron.get(", ".env.", "KEY:-", "CRET:-", "WORD:-", "OKEN:-"];

/// The variable that a line of code reads, and the text that stands in for it.
fn read(line: &str) -> Option<(&str, &str)> {
    python(line).or_else(|| script(line)).or_else(|| shell(line))
}

/// `os.getenv('NAME', 'default')`
fn python(line: &str) -> Option<(&str, &str)> {
    let call = line.split_once("getenv(").or_else(|| line.split_once("environ.get("))?.1;
    let (name, rest) = call.split_once(',')?;
    let value = rest.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let end = value.get(1..)?.find(quote)?;
    Some((name.trim().trim_matches(['\'', '"']), value.get(1..end + 1)?))
}

/// `process.env.NAME || 'default'`
fn script(line: &str) -> Option<(&str, &str)> {
    let rest = line.split_once("process.env.")?.1;
    let end = rest.find(|c: char| !is_name(c))?;
    let (name, rest) = (rest.get(..end)?, rest.get(end..)?.trim_start());
    let value = rest.strip_prefix("||").or_else(|| rest.strip_prefix("??"))?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let end = value.get(1..)?.find(quote)?;
    Some((name, value.get(1..end + 1)?))
}

/// `${NAME:-default}`
fn shell(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once("${")?.1.split_once(":-")?;
    let (value, _) = rest.split_once('}')?;
    name.chars().all(is_name).then_some((name, value)).filter(|_| !value.starts_with('$'))
}

fn is_name(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'
}

fn is_secret(name: &str) -> bool {
    const SECRETS: [&str; 5] = ["SECRET", "PASSWORD", "API_KEY", "PRIVATE_KEY", "TOKEN"];
    // How long a token lives and where it is fetched are no secrets.
    const PROPERTIES: [&str; 9] =
        ["_TTL", "_URL", "_PATH", "_FILE", "_NAME", "_EXPIR", "_SECONDS", "TOKENS", "_ALGORITHM"];
    any(name, &SECRETS) && !any(name, &PROPERTIES)
}

/// Another line that calls the variable required.
fn requirement<'a>(document: &'a Document, read: Line<'_>, name: &str) -> Option<Line<'a>> {
    let all = with_words(document, &[name]);
    all.into_iter().find(|it| it.span != read.span && it.text.to_lowercase().contains("required"))
}
