//! `done-task-without-file`: a ticked task names a file that is not there.

use groundplan_model::chain::Stage;
use groundplan_model::document::{ChecklistItem, Mark, Text};
use groundplan_model::{Certainty, Outline, Severity};

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

/// So many files are named before their absence tells that the code is elsewhere.
const FEW: usize = 3;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.stage() != Stage::Tasks || outline.is_template {
        return;
    }
    let named = named_by_done_tasks(outline);
    if named.is_empty() {
        return;
    }
    let judged = outline.source_paths.iter().filter(|it| may_be_judged(&it.text));
    if judged.map(|it| &it.text).any(|it| place(context, it).is_some()) {
        named.iter().for_each(|it| report_one(context, it, findings));
    } else {
        report_all(context, &named, findings);
    }
}

/// Files that ticked tasks name, each once, with the first task that does.
fn named_by_done_tasks(outline: &Outline) -> Vec<(&Text, &ChecklistItem)> {
    let uses = outline.source_path_uses.iter().filter(|it| may_be_judged(&it.text));
    let mut named: Vec<(&Text, &ChecklistItem)> = Vec::new();
    for path in uses {
        let is_known = named.iter().any(|it| it.0.text == path.text);
        let task = if is_known { None } else { done_task(&outline.tasks, path) };
        named.extend(task.map(|task| (path, task)));
    }
    named
}

fn report_one(
    context: &LinkedContext<'_>,
    (path, task): &(&Text, &ChecklistItem),
    findings: &mut Findings<'_>,
) {
    if place(context, &path.text).is_some() || !has_its_top(context, &path.text) {
        return;
    }
    let name = task.id.as_deref().map_or_else(String::new, |id| format!(" {id}"));
    let message = format!("the task{name} is ticked, and `{}` does not exist", path.text);
    findings
        .report_as(Certainty::Inferred, path.span, message)
        .related(task.marker, "ticked here")
        .help("untick the task, or name the file that was written for it");
}

/// One finding where none of the files is there: the code is elsewhere, or nothing of it is written.
fn report_all(
    context: &LinkedContext<'_>,
    named: &[(&Text, &ChecklistItem)],
    findings: &mut Findings<'_>,
) {
    let Some((path, task)) = named.first().filter(|_| named.len() >= FEW) else { return };
    let mut tasks: Vec<u32> = named.iter().map(|it| it.1.marker.start).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let (files, verb) = (named.len(), if tasks.len() == 1 { "task names" } else { "tasks name" });
    let message = format!("{} ticked {verb} {files} files, and none of them exists", tasks.len());
    let help = match context.linked.code_roots.is_empty() {
        true => {
            "where the code lies elsewhere, name its folder as `root` under `[code]`; else untick what is not done"
        }
        false => "correct `root` under `[code]`, or untick what is not done",
    };
    findings
        .report_as(Certainty::Guessed, path.span, message)
        .related(task.marker, "ticked here")
        .help(help);
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

/// Where a file stands that is named from the document's folder, from one above it or from where
/// the code lies.
fn place(context: &LinkedContext<'_>, path: &str) -> Option<String> {
    let roots = context.linked.code_roots.iter().map(String::as_str);
    let mut places = folders_above(&context.outline.path).chain(roots).map(|it| join(it, path));
    places.find(|it| context.linked.files.exists(it))
}

/// Whether the folders above a file are there but for the last: a whole part of the code that is
/// missing lives elsewhere.
fn has_its_top(context: &LinkedContext<'_>, path: &str) -> bool {
    let folder = paths::folder(path);
    let above = folder.split_once('/').map_or(folder, |(first, _)| first);
    place(context, above).is_some()
}
