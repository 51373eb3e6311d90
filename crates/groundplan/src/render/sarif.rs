//! SARIF 2.1.0, for code-scanning pages.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::HashMap;

use groundplan_model::{Certainty, Diagnostic, Fix, Severity};
use groundplan_syntax::Span;
use serde_json::{Map, Value, json};

use super::{Report, Sources, json::printed};

/// One run with all findings.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut seen = HashMap::new();
    let results: Vec<Value> =
        report.findings.iter().map(|it| result(it, report.sources, &mut seen)).collect();
    printed(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver() },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn driver() -> Value {
    let rules: Vec<Value> = groundplan_analysis::ALL.iter().map(|it| rule(it)).collect();
    json!({
        "name": "groundplan",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    })
}

fn rule(rule: &groundplan_analysis::Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.group] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(finding: &Diagnostic, sources: &Sources<'_>, seen: &mut HashMap<u64, usize>) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(&finding.path, finding.span, sources)],
        "partialFingerprints": { "groundplan/v1": fingerprint(finding, sources, seen) },
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

/// Stays the same when lines above move and when the message is reworded: rule, path, section and
/// the marked text, with a number where that is not unique.
fn fingerprint(
    finding: &Diagnostic,
    sources: &Sources<'_>,
    seen: &mut HashMap<u64, usize>,
) -> String {
    let source = sources.get(&finding.path);
    let marked = source.map_or("", |source| source.slice(finding.span));
    let line = source.map_or("", |it| it.slice(it.line_of(finding.span.start as usize)));
    let mut hash = Fnv::default();
    hash.words(&finding.rule);
    hash.words(&finding.path);
    hash.words(line);
    hash.words(marked);
    let count = seen.entry(hash.0).or_default();
    *count += 1;
    format!("{:016x}:{count}", hash.0)
}

/// FNV-1a, 64 bits: the same on every machine and in every release.
/// <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds a text whose white space does not count.
    fn words(&mut self, text: &str) {
        for word in text.split_whitespace() {
            word.bytes().chain([0]).for_each(|byte| self.byte(byte));
        }
        self.byte(1);
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}
