//! The board for programs. Members are added, never renamed.

use groundplan_analysis::board::{Feature, Standing};
use groundplan_model::approval::ApprovalReport;
use groundplan_model::staleness::{SectionChange, StaleSource};
use serde_json::{Value, json};

use super::View;
use crate::render::json::{SCHEMA_VERSION, printed};

/// One JSON document.
pub(super) fn board(view: &View<'_>) -> String {
    let chains: Vec<Value> = view.board.chains.iter().map(|it| feature(it, view)).collect();
    let others: Vec<Value> = view.board.others.iter().map(|it| standing(it, view)).collect();
    printed(&json!({ "schema_version": SCHEMA_VERSION, "chains": chains, "others": others }))
}

fn feature(feature: &Feature<'_>, view: &View<'_>) -> Value {
    let documents: Vec<Value> = feature.documents.iter().map(|it| standing(it, view)).collect();
    json!({
        "number": feature.chain.number,
        "name": feature.chain.name,
        "folder": feature.chain.folder,
        "documents": documents,
    })
}

fn standing(standing: &Standing<'_>, view: &View<'_>) -> Value {
    let document = standing.document;
    let path = document.source.path();
    let (done, all) = standing.boxes;
    json!({
        "path": path,
        "title": document.title.as_ref().map(|it| &it.text),
        "kind": standing.kind().as_str(),
        "profile": document.classification.profile,
        "stage": standing.stage.as_str(),
        "evidence": standing.evidence.map(|it| it.as_str()),
        "template": standing.is_template,
        "state": standing.state().map(|it| it.as_str()),
        "status": document.status.as_ref().map(|it| &it.raw.text),
        "boxes": { "done": done, "open": all - done },
        "open_questions": standing.questions,
        "placeholders": document.placeholders.len(),
        "committed": view.committed.get(path),
        "stale": standing.stale.iter().map(|it| stale(view, it)).collect::<Vec<_>>(),
        "approval": standing.approval.as_ref().map(approval),
    })
}

fn stale(view: &View<'_>, stale: &StaleSource) -> Value {
    let mut all = view.board.documents().map(|it| &it.document.source);
    let source = all.find(|it| it.path() == stale.path);
    let line = |change: &SectionChange| Some(source?.line(change.place?.start as usize));
    let change = |it: &SectionChange| json!({ "anchor": it.anchor, "title": it.title, "line": line(it), "change": it.kind.as_str() });
    json!({
        "path": stale.path,
        "gone": stale.is_gone,
        "sections": stale.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn approval(report: &ApprovalReport) -> Value {
    let all = report.sections.iter().filter(|it| it.place.is_some()).count();
    let void: Vec<Value> = report
        .void()
        .map(
            |(it, kind)| json!({ "anchor": it.anchor, "title": it.title, "change": kind.as_str() }),
        )
        .collect();
    json!({ "approved": report.approved(), "sections": all, "void": void })
}
