//! What is approved, by whom.

use std::fmt::Write;

use groundplan_model::Document;
use groundplan_model::approval::{Approval, ApprovalReport, SectionApproval, Verdict};
use serde_json::{Value, json};

use super::Shape;
use crate::exit::Failure;
use crate::load::Loaded;
use crate::render::json::{SCHEMA_VERSION, printed};
use crate::ui::{DIM, GOOD, STRONG, WARNING, paint, printable};

/// Every document with an approval, and its sections.
pub(super) fn list(loaded: &Loaded, shape: Shape, styled: bool) -> Result<String, Failure> {
    let approvals = loaded.approvals()?;
    let reports = loaded.documents.iter().filter_map(|document| {
        let approved = approvals.of(document.source.path())?;
        Some((document, ApprovalReport::new(document, approved)))
    });
    Ok(match shape {
        Shape::Json => {
            let values: Vec<Value> = reports.map(|(it, report)| value(it, &report)).collect();
            printed(&json!({ "schema_version": SCHEMA_VERSION, "documents": values }))
        }
        Shape::Text => {
            let texts: Vec<String> =
                reports.map(|(it, report)| text(it, &report, styled)).collect();
            match texts.is_empty() {
                true => "Nothing is approved here yet.\n".to_owned(),
                false => texts.join("\n"),
            }
        }
    })
}

fn text(document: &Document, report: &ApprovalReport, styled: bool) -> String {
    let path = paint(styled, STRONG, &printable(document.source.path()));
    let all = report.sections.iter().filter(|it| it.place.is_some()).count();
    let mut text = format!("{path}: {} of {all} sections approved\n", report.approved());
    let widths = report.sections.iter().map(|it| it.title.chars().count());
    let width = widths.max().unwrap_or(0).min(48);
    for section in &report.sections {
        let (word, style) = match section.verdict {
            Verdict::Approved => ("approved", GOOD),
            Verdict::Void(_) => ("void", WARNING),
            Verdict::Open => ("open", DIM),
        };
        let word = paint(styled, style, &format!("{word:<8}"));
        let title = printable(&section.title);
        let _ =
            writeln!(text, "{}", format!("  {word}  {title:<width$}  {}", who(section)).trim_end());
    }
    text
}

/// "Ada 2026-01-31, Grace 2026-02-01 (with the limits)"; what happened since.
fn who(section: &SectionApproval) -> String {
    let one = |it: &Approval| {
        let note = it.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
        printable(&format!("{} {}{note}", it.by, it.date)).into_owned()
    };
    let mut parts = vec![section.approvals.iter().map(one).collect::<Vec<_>>().join(", ")];
    if let Verdict::Void(kind) = section.verdict {
        parts.push(format!("{} since", kind.as_str()));
    }
    parts.retain(|it| !it.is_empty());
    parts.join("; ")
}

fn value(document: &Document, report: &ApprovalReport) -> Value {
    let sections: Vec<Value> = report.sections.iter().map(|it| section(document, it)).collect();
    json!({ "path": document.source.path(), "sections": sections })
}

fn section(document: &Document, section: &SectionApproval) -> Value {
    let (verdict, change) = match section.verdict {
        Verdict::Approved => ("approved", None),
        Verdict::Void(kind) => ("void", Some(kind.as_str())),
        Verdict::Open => ("open", None),
    };
    let line = section.place.map(|it| document.source.line(it.start as usize));
    let approvals: Vec<Value> = section
        .approvals
        .iter()
        .map(|it| json!({ "by": it.by, "date": it.date, "note": it.note }))
        .collect();
    json!({
        "anchor": section.anchor,
        "title": section.title,
        "line": line,
        "verdict": verdict,
        "change": change,
        "approvals": approvals,
    })
}
