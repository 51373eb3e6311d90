//! SARIF 2.1.0, for code-scanning pages.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::borrow::Cow;

use groundplan_analysis::Suppressed;
use groundplan_analysis::drift::names::{self as drift, DriftRule};
use groundplan_model::{Certainty, Diagnostic, Fix, Severity};
use groundplan_syntax::Span;
use serde_json::{Map, Value, json};

use super::{Report, Sources, json::printed, page, plural};
use crate::fingerprint::Fingerprints;

/// GitHub refuses a run with more results.
const MAX_RESULTS: usize = 25_000;

/// One run with all findings; those that a comment suppresses are marked so.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut fingerprints = Fingerprints::of(report.sources);
    let shown = shown(report.findings);
    let mut results: Vec<Value> =
        shown.iter().map(|it| result(it, report.sources, &mut fingerprints)).collect();
    let room = MAX_RESULTS - results.len();
    let suppressed = report.suppressed.iter().take(room);
    results.extend(suppressed.map(|it| suppressed_result(it, report.sources, &mut fingerprints)));
    let left_out = report.findings.len() + report.suppressed.len() - results.len();
    printed(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver() },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(left_out)],
            "results": results,
        }],
    }))
}

/// The findings, or where they are too many the worst of them, in their order.
fn shown(findings: &[Diagnostic]) -> Cow<'_, [Diagnostic]> {
    if findings.len() <= MAX_RESULTS {
        return Cow::Borrowed(findings);
    }
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(findings.get(*at).map(|it| it.severity)));
    order.truncate(MAX_RESULTS);
    order.sort_unstable();
    order.iter().filter_map(|at| findings.get(*at).cloned()).collect()
}

fn invocation(left_out: usize) -> Value {
    let mut invocation = json!({ "executionSuccessful": true });
    if left_out > 0 {
        let count = plural(left_out, "finding");
        let text = format!("{count} had no room here: a run takes {MAX_RESULTS} results");
        let notification = json!({ "level": "warning", "message": { "text": text } });
        invocation["toolExecutionNotifications"] = json!([notification]);
    }
    invocation
}

fn driver() -> Value {
    let rules = groundplan_analysis::ALL.iter().map(|it| rule(it));
    let rules: Vec<Value> = rules.chain(drift::ALL.iter().map(drift_rule)).collect();
    json!({
        "name": "groundplan",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    })
}

fn rule(rule: &groundplan_analysis::Rule) -> Value {
    let mut all = described(rule.name, rule.summary, rule.page, rule.group);
    all["defaultConfiguration"] = json!({ "level": level(rule.severity) });
    all
}

fn drift_rule(rule: &DriftRule) -> Value {
    described(rule.name, rule.summary, &rule.page(), drift::GROUP)
}

fn described(name: &str, summary: &str, markdown: &str, group: &str) -> Value {
    let mut rule = json!({
        "id": name,
        "shortDescription": { "text": summary },
        "help": { "text": page(markdown, false), "markdown": markdown },
        "properties": { "tags": [group] },
    });
    if let Some(uri) = help_uri(env!("CARGO_PKG_REPOSITORY"), name) {
        rule["helpUri"] = json!(uri);
    }
    rule
}

/// The place of a rule's page in the manual that the program was built with; nowhere where nobody
/// said where its repository is, since the address has to be a whole one.
fn help_uri(repository: &str, name: &str) -> Option<String> {
    let version = env!("CARGO_PKG_VERSION");
    let base = repository.trim_end_matches('/');
    let page = if name.starts_with("drift/") { "cli.md#groundplan-drift" } else { "rules.md#" };
    let anchor = if page.ends_with('#') { name } else { "" };
    (!base.is_empty()).then(|| format!("{base}/blob/v{version}/docs/{page}{anchor}"))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn suppressed_result(
    suppressed: &Suppressed,
    sources: &Sources<'_>,
    fingerprints: &mut Fingerprints<'_>,
) -> Value {
    let mut result = result(&suppressed.finding, sources, fingerprints);
    result["suppressions"] = match &suppressed.reason {
        Some(reason) => json!([{ "kind": "inSource", "justification": reason }]),
        None => json!([{ "kind": "inSource" }]),
    };
    result
}

fn result(
    finding: &Diagnostic,
    sources: &Sources<'_>,
    fingerprints: &mut Fingerprints<'_>,
) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(&finding.path, finding.span, sources)],
        "partialFingerprints": { "groundplan/v2": fingerprints.unique(finding) },
    });
    if let Value::Object(members) = &mut result {
        add_related(members, finding, sources);
        add_fix(members, finding, sources);
    }
    result
}

fn add_related(members: &mut Map<String, Value>, finding: &Diagnostic, sources: &Sources<'_>) {
    if finding.related.is_empty() {
        return;
    }
    let places = finding.related.iter().enumerate().map(|(index, label)| {
        let mut place = location(&label.path, label.span, sources);
        place["id"] = json!(index + 1);
        place["message"] = json!({ "text": label.message });
        place
    });
    members.insert("relatedLocations".to_owned(), places.collect());
}

fn add_fix(members: &mut Map<String, Value>, finding: &Diagnostic, sources: &Sources<'_>) {
    // SARIF says of a fix only that it exists, so the ones that need a look are left out.
    if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.certainty == Certainty::Stated) {
        members.insert("fixes".to_owned(), json!([fix_of(fix, &finding.path, sources)]));
    }
}

fn fix_of(fix: &Fix, path: &str, sources: &Sources<'_>) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(path, edit.span, sources),
            "insertedContent": { "text": edit.text },
        })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": artifact(path),
            "replacements": replacements.collect::<Value>(),
        }],
    })
}

fn location(path: &str, span: Span, sources: &Sources<'_>) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": artifact(path),
            "region": region(path, span, sources),
        },
    })
}

fn region(path: &str, span: Span, sources: &Sources<'_>) -> Value {
    let (start, end) = sources.region(path, span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path) })
}

/// The path as a relative or `file:` reference (RFC 3986): other bytes than these are escaped.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests;
