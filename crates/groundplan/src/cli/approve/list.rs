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
    let runs: Vec<&[SectionApproval]> = report
        .sections
        .chunk_by(|one, next| word(one) == word(next) && who(one) == who(next))
        .collect();
    let lines: Vec<(&SectionApproval, String)> = runs.into_iter().flat_map(lines).collect();
    let widths = lines.iter().map(|(_, title)| title.chars().count());
    let width = widths.max().unwrap_or(0).min(48);
    for (section, title) in &lines {
        let style = match section.verdict {
            Verdict::Approved => GOOD,
            Verdict::Void(_) => WARNING,
            Verdict::Open => DIM,
        };
        let word = paint(styled, style, &format!("{:<8}", word(section)));
        let line = format!("  {word}  {title:<width$}  {}", who(section));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn word(section: &SectionApproval) -> &'static str {
    match section.verdict {
        Verdict::Approved => "approved",
        Verdict::Void(_) => "void",
        Verdict::Open => "open",
    }
}

/// A line a section; sections of which the same is to say share one where they are many.
fn lines(run: &[SectionApproval]) -> Vec<(&SectionApproval, String)> {
    const MANY: usize = 4;
    let title = |it: &SectionApproval| printable(&it.title).into_owned();
    match run {
        [first, .., last] if run.len() >= MANY => {
            vec![(first, format!("{} to {} ({})", title(first), title(last), run.len()))]
        }
        few => few.iter().map(|it| (it, title(it))).collect(),
    }
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
