//! One JSON document: `schema_version`, `findings` and `suppressed`; or a line of JSON for each
//! finding. Members are added, never renamed. The tables below make the values and the schema.

mod member;

use groundplan_analysis::Suppressed;
use groundplan_model::{Certainty, Diagnostic, Fix, Label, Severity};
use groundplan_syntax::Edit;
use serde_json::{Value, json};

use super::{Report, Sources};
use member::{Context, Member, column, line, member, object, place, schema_of};

/// Raised when a member changes its meaning.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The document.
pub(super) fn render(report: &Report<'_>) -> String {
    let findings = findings(report.findings, report.sources);
    let context = Context { path: "", sources: report.sources };
    let suppressed: Value =
        report.suppressed.iter().map(|it| object(SUPPRESSED, &context, it)).collect();
    printed(&json!({
        "schema_version": SCHEMA_VERSION,
        "findings": findings,
        "suppressed": suppressed,
    }))
}

/// A line for each finding, as it stands in the document's `findings`.
pub(super) fn lines(report: &Report<'_>) -> String {
    let line = |it| format!("{}\n", finding(it, report.sources));
    report.findings.iter().map(line).collect()
}

/// Findings as an array.
pub(crate) fn findings(findings: &[Diagnostic], sources: &Sources<'_>) -> Value {
    findings.iter().map(|it| finding(it, sources)).collect()
}

/// A value as it is written to a file: indented, with a line break at the end.
pub(crate) fn printed(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The JSON Schema of what `check --output-format json` prints.
pub(crate) fn schema() -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "groundplan check --output-format json",
        "description": "Findings, sorted by path and place. Lines and columns count from 1, columns \
            in characters; an end is the place after the last character. With `json-lines` each \
            item of `findings` is a line of its own. Members may be added; none is renamed or \
            removed without a new schema_version.",
        "type": "object",
        "properties": {
            "schema_version": { "const": SCHEMA_VERSION },
            "findings": list(schema_of(FINDING)),
            "suppressed": list(schema_of(SUPPRESSED)),
        },
        "required": ["schema_version", "findings", "suppressed"],
    })
}

static FINDING: &[Member<Diagnostic>] = &[
    member("rule", "The rule's name.", text, |_, it| json!(it.rule)),
    member("group", "The group of the rule; null where it has none.", maybe_text, |_, it| {
        json!(groundplan_analysis::rule(&it.rule).map(|rule| rule.group))
    }),
    member("severity", "How much it matters.", severity, |_, it| json!(it.severity.as_str())),
    member("path", "The document, as it was named or found.", text, |_, it| json!(&*it.path)),
    member("line", "First line.", line, place::line),
    member("column", "First column.", column, place::column),
    member("end_line", "Last line.", line, place::end_line),
    member("end_column", "Column after the last character.", column, place::end_column),
    member("message", "What is wrong, on one line.", text, |_, it| json!(it.message)),
    member("help", "What to do about it.", maybe_text, |_, it| json!(it.help)),
    member("related", "Other places; a contradiction has one.", labels, |context, it| {
        it.related.iter().map(|label| object(LABEL, context, label)).collect()
    }),
    member("fix", "How it is mended, where that is known.", maybe_fix, |context, it| {
        let context = Context { path: &it.path, sources: context.sources };
        it.fix.as_ref().map_or(Value::Null, |fix| object(FIX, &context, fix))
    }),
];

static LABEL: &[Member<Label>] = &[
    member("path", "The document.", text, |_, it| json!(&*it.path)),
    member("line", "First line.", line, place::line),
    member("column", "First column.", column, place::column),
    member("end_line", "Last line.", line, place::end_line),
    member("end_column", "Column after the last character.", column, place::end_column),
    member("message", "What stands there.", text, |_, it| json!(it.message)),
];

static FIX: &[Member<Fix>] = &[
    member("title", "What it does.", text, |_, it| json!(it.title)),
    member("safe", "Whether `--fix` applies it without `--unsafe-fixes`.", flag, |_, it| {
        json!(it.certainty == Certainty::Stated)
    }),
    member("edits", "The edits, all in the finding's own document.", edits, |context, it| {
        it.edits.iter().map(|edit| object(EDIT, context, edit)).collect()
    }),
];

static EDIT: &[Member<Edit>] = &[
    member("line", "First line of what goes.", line, place::line),
    member("column", "First column of what goes.", column, place::column),
    member("end_line", "Last line of what goes.", line, place::end_line),
    member("end_column", "Column after what goes.", column, place::end_column),
    member("text", "What comes.", text, |_, it| json!(it.text)),
];

static SUPPRESSED: &[Member<Suppressed>] = &[
    member("reason", "Why, where the comment says so.", maybe_text, |_, it| json!(it.reason)),
    member(
        "finding",
        "What a comment suppresses.",
        || schema_of(FINDING),
        |context, it| object(FINDING, context, &it.finding),
    ),
];

fn finding(finding: &Diagnostic, sources: &Sources<'_>) -> Value {
    object(FINDING, &Context { path: &finding.path, sources }, finding)
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn maybe_text() -> Value {
    json!({ "type": ["string", "null"] })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn severity() -> Value {
    let all = [Severity::Error, Severity::Warning, Severity::Info].map(Severity::as_str);
    json!({ "type": "string", "enum": all })
}

fn labels() -> Value {
    json!({ "type": "array", "items": schema_of(LABEL) })
}

fn edits() -> Value {
    json!({ "type": "array", "items": schema_of(EDIT) })
}

fn maybe_fix() -> Value {
    let mut schema = schema_of(FIX);
    schema["type"] = json!(["object", "null"]);
    schema
}
