//! `done-task-without-file`: a ticked task names a file that is not there.

use groundplan_model::chain::Stage;
use groundplan_model::document::{ChecklistItem, Mark, Text};
use groundplan_model::{Certainty, Severity};

use super::{Check, FixKind, Rule};
use crate::references::{folders_above, join};
use crate::{Findings, LinkedContext, paths};

pub(super) static RULE: Rule = Rule {
    name: "done-task-without-file",
    group: "tasks",
    summary: "a ticked task names a file that does not exist",
    page: include_str!("done_task_without_file.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// Words of tasks after which a file may be gone.
const GONE: [&str; 10] =
    ["delete", "remov", "renam", "move", "replac", "drop", "retire", "deprecat", "merge", "clean"];

/// Folders of what is made by programs and not kept.
const MADE: [&str; 8] =
    ["dist", "build", "target", "node_modules", "coverage", "tmp", "out", "logs"];

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.stage() != Stage::Tasks || outline.is_template {
        return;
    }
    let mut named = outline.source_paths.iter().filter(|it| may_be_judged(&it.text)).peekable();
    if named.peek().is_none() || !outline.tasks.iter().any(|it| it.mark == Mark::Done) {
        return;
    }
    let (there, missing): (Vec<&Text>, Vec<&Text>) =
        named.partition(|it| place(context, &it.text).is_some());
    // Where none of the files is there, the code is not in this workspace.
    if there.is_empty() {
        return;
    }
    for path in missing {
        let Some(task) = done_task(&outline.tasks, path) else { continue };
        if !has_its_top(context, &path.text) {
            continue;
        }
        let name = task.id.as_deref().map_or_else(String::new, |id| format!(" {id}"));
        let message = format!("the task{name} is ticked, and `{}` does not exist", path.text);
        findings
            .report_as(Certainty::Inferred, path.span, message)
            .related(task.marker, "ticked here")
            .help("untick the task, or name the file that was written for it");
    }
}

/// The ticked task that names a file, unless it says that the file goes away.
fn done_task<'a>(tasks: &'a [ChecklistItem], path: &Text) -> Option<&'a ChecklistItem> {
    let span = path.span;
    let holds =
        |it: &&ChecklistItem| it.text.span.start <= span.start && span.end <= it.text.span.end;
    let task = tasks.iter().find(holds)?;
    let words = task.text.text.to_lowercase();
    let is_gone = GONE.iter().any(|word| words.contains(word));
    (task.mark == Mark::Done && !task.struck && !is_gone).then_some(task)
}

/// Whether a path names one file of the code: no pattern, no placeholder, nothing that is made.
fn may_be_judged(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or("");
    let is_plain = !path.contains(['[', ']', '(', ')', '|', '@', '+']);
    let is_relative = !path.starts_with(['/', '.', '~']) && !first.contains('.');
    is_plain && is_relative && !path.ends_with(".md") && !MADE.contains(&first)
}

/// Where a file stands that is named from the document's folder or from one above it.
fn place(context: &LinkedContext<'_>, path: &str) -> Option<String> {
    let mut places = folders_above(&context.outline.path).map(|folder| join(folder, path));
    places.find(|it| context.linked.files.exists(it))
}

/// Whether the folders above a file are there but for the last: a whole part of the code that is
/// missing lives elsewhere.
fn has_its_top(context: &LinkedContext<'_>, path: &str) -> bool {
    let folder = paths::folder(path);
    let above = folder.split_once('/').map_or(folder, |(first, _)| first);
    place(context, above).is_some()
}
