//! `constant-duplicated`: one number under several names.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::lines::{Line, is_code, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "constant-duplicated",
    group: "configuration",
    summary: "one time to live is written down in several places of the code",
    page: include_str!("constant_duplicated.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&["ttl=", "_TTL", "_ttl"]) {
        return;
    }
    let document = context.document;
    let code =
        with_words(document, &["ttl", "TTL"]).into_iter().filter(|it| is_code(document, *it));
    let all: Vec<(Line<'_>, u32)> = code.filter_map(|it| Some((it, value(it.text)?))).collect();
    let Some((first, number)) = all.first() else { return };
    let same: Vec<_> = all.iter().filter(|(_, other)| other == number).collect();
    if same.len() < 3 {
        return;
    }
    let message = format!("{number} is the time to live in {} places", same.len());
    let mut finding = findings.report(first.span, message);
    for (other, _) in same.into_iter().skip(1) {
        finding = finding.related(other.span, "the same number again");
    }
    finding.help("name it once, in the configuration, and use the name");
}

/// The number behind the name, where nothing else stands between them: `ttl: int = 3600`.
fn value(code: &str) -> Option<u32> {
    let lower = code.to_lowercase();
    let rest = lower.rsplit_once("ttl")?.1;
    let start = rest.find(|c: char| c.is_ascii_digit())?;
    let between = rest.get(..start)?.replace("int", "");
    let is_near = between.chars().all(|c| matches!(c, ' ' | ':' | '=' | '\'' | '"' | ','));
    let digits = rest.get(start..)?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    (is_near && end > 1).then(|| digits.get(..end)?.parse().ok())?
}
