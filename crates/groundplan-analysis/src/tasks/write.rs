//! A new list, whole.

use std::fmt::Write as _;

use groundplan_model::provenance::{Digest, Provenance};
use groundplan_syntax::Span;

use super::origin::{GROUP, Origin, written};
use super::outline::{cited, outline};
use super::{Coverage, FactKind, Facts, Group, Request, Style, Task, sources};
use crate::paths::{file_name, folder, link_encode, relative};

/// Begins and ends the part that is written anew each time.
pub(super) const COVERAGE: (&str, &str) =
    ("<!-- groundplan coverage -->\n", "<!-- /groundplan coverage -->");

/// What a category says that no task belongs to.
pub(super) const NOTHING: &str = "N/A: the documents state none";

/// The list that `facts` ask for.
pub fn write(facts: &Facts<'_>, request: &Request<'_>) -> String {
    let groups = outline(facts);
    let (tasks, origins) = tasks(facts, request, &groups);
    let mut text = header(facts, request);
    if request.style == Style::Xcc {
        text.push_str(&files(&groups));
        text.push_str("## Tasks\n\n");
    }
    text.push_str(&tasks);
    let _ = write!(text, "\n## Category Checklist Results\n\n{}", categories(facts, &origins));
    let (open, close) = COVERAGE;
    let _ = write!(text, "\n## Coverage Audit\n\n{open}{}{close}\n\n", audit(facts, &origins));
    let provenance =
        Provenance { template: None, sources: sources(facts, request.path), span: Span::new(0, 0) };
    let _ = write!(text, "{}\n\n{}\n", written(&origins), provenance.to_text());
    text
}

fn header(facts: &Facts<'_>, request: &Request<'_>) -> String {
    let design = facts.documents.first();
    let title = design.and_then(|it| it.title.as_ref()).map_or("", |it| feature(&it.text));
    let folder = design.map_or("", |it| file_name(folder(it.source.path())));
    let feature = if title.is_empty() { folder } else { title };
    let mut text = match request.style {
        Style::Kiro => "# Implementation Plan\n\n".to_owned(),
        Style::Xcc | Style::SpecKit => format!("# Tasks: {feature}\n\n"),
    };
    let _ = write!(text, "**Status**: Planned  \n**Created**: {}  \n", request.date);
    let link = |it: &&groundplan_model::Document| {
        let path = link_encode(&relative(request.path, it.source.path()));
        let name = it.title.as_ref().map_or(path.as_str(), |it| it.text.as_str());
        format!("[{}]({path})", escaped(name))
    };
    let links: Vec<String> = facts.documents.iter().map(link).collect();
    let _ = write!(text, "**Derived from**: {}\n\n", links.join(", "));
    text
}

/// `Data Export` of `Technical Design: Data Export` and of `Data Export Technical Specification`;
/// nothing of a title that names the kind of document only.
fn feature(title: &str) -> &str {
    const KINDS: [&str; 6] = [
        "Document",
        "Technical Design",
        "Technical Specification",
        "Design",
        "Specification",
        "Technical",
    ];
    let mut own = title.split_once(": ").map_or(title, |(_, name)| name).trim();
    for kind in KINDS {
        own = own.strip_suffix(kind).unwrap_or(own).trim();
    }
    own
}

fn files(groups: &[Group]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for file in groups.iter().flat_map(|it| &it.tasks).flat_map(|it| &it.files) {
        if !seen.contains(&file.as_str()) {
            seen.push(file);
        }
    }
    if seen.is_empty() {
        return String::new();
    }
    let lines: String = seen.iter().map(|it| format!("- `{it}`\n")).collect();
    format!("## Relevant Files\n\n{lines}\n")
}

fn tasks(facts: &Facts<'_>, request: &Request<'_>, groups: &[Group]) -> (String, Vec<Origin>) {
    let style = request.style;
    let (mut text, mut origins, mut total) = (String::new(), Vec::new(), 0);
    for (at, group) in groups.iter().enumerate() {
        let number = at + 1;
        text.push_str(&style.group_line(number, &group.name));
        origins.push(group_origin(style.group_id(number), &group.name));
        for (place, task) in group.tasks.iter().enumerate() {
            total += 1;
            let id = style.task_id(number, place + 1, total);
            let (lines, origin) = task_lines(facts, request, groups, task, &id);
            text.push_str(&lines);
            origins.push(origin);
        }
        if style == Style::SpecKit {
            text.push('\n');
        }
    }
    (text, origins)
}

pub(super) fn group_origin(id: String, name: &str) -> Origin {
    Origin { id, title: None, facts: None, keys: vec![format!("{GROUP}{name}")] }
}

/// A task as lines of the list, and what they stand for.
pub(super) fn task_lines(
    facts: &Facts<'_>,
    request: &Request<'_>,
    groups: &[Group],
    task: &Task,
    id: &str,
) -> (String, Origin) {
    let title = title(facts, request, groups, task);
    let lines = request.style.task_lines(id, &title, &cited(facts, task));
    (lines, origin(facts, task, id, &title))
}

pub(super) fn origin(facts: &Facts<'_>, task: &Task, id: &str, title: &str) -> Origin {
    let covered = || task.covers.iter().filter_map(|it| facts.all.get(*it));
    let keys = covered().map(super::Fact::key).collect();
    let digests: String = covered().map(|it| it.digest.to_string()).collect();
    Origin {
        id: id.to_owned(),
        title: Some(Digest::of(title)),
        facts: Some(Digest::of(&digests)),
        keys,
    }
}

/// What to do, in which files, and which section says so.
pub(super) fn title(
    facts: &Facts<'_>,
    request: &Request<'_>,
    groups: &[Group],
    task: &Task,
) -> String {
    let mut title = match request.style {
        Style::SpecKit => format!("{}{}", labels(facts, groups, task), task.text),
        Style::Xcc | Style::Kiro => task.text.clone(),
    };
    if !task.files.is_empty() {
        let files: Vec<String> = task.files.iter().map(|it| format!("`{it}`")).collect();
        let _ = write!(title, " ({})", files.join(", "));
    }
    let first = task.covers.first().and_then(|it| facts.all.get(*it));
    if let Some((fact, document)) = first.and_then(|it| Some((it, facts.document_of(it)?)))
        && let Some(section) = document.section_at(fact.span.start)
    {
        let path = link_encode(&relative(request.path, document.source.path()));
        let _ =
            write!(title, ", see [{}]({path}#{})", escaped(&section.title.text), section.anchor);
    }
    title
}

/// `[P]` where no other task writes the same files, `[US1]` where the task carries out a story.
fn labels(facts: &Facts<'_>, groups: &[Group], task: &Task) -> String {
    let all = groups.iter().flat_map(|it| &it.tasks);
    let shares = |other: &Task| other.files.iter().any(|it| task.files.contains(it));
    let alone = !task.files.is_empty() && all.filter(|it| shares(it)).count() == 1;
    let cited = cited(facts, task);
    let story = cited.iter().find(|it| it.starts_with("US"));
    let parallel = if alone { "[P] " } else { "" };
    story.map_or_else(|| parallel.to_owned(), |it| format!("{parallel}[{it}] "))
}

/// Brackets would end the text of a link.
fn escaped(text: &str) -> String {
    text.replace('[', "\\[").replace(']', "\\]").replace('|', "\\|")
}

/// Every category with its tasks; a team writes its reason where there are none.
fn categories(facts: &Facts<'_>, origins: &[Origin]) -> String {
    let mut text = "| Category | Result |\n|---|---|\n".to_owned();
    for (name, result) in category_rows(facts, origins) {
        let _ = writeln!(text, "| {name} | {result} |");
    }
    text
}

/// Categories, and the kinds of facts that belong to them.
const CATEGORIES: [(&str, &[FactKind]); 9] = [
    ("Data and migrations", &[FactKind::Table, FactKind::Index]),
    ("Configuration", &[FactKind::Variable]),
    ("Interface and its errors", &[FactKind::Endpoint, FactKind::Error]),
    ("Business rules", &[FactKind::Requirement]),
    ("Security", &[FactKind::Policy, FactKind::Threat]),
    ("Dependencies and background work", &[FactKind::Dependency, FactKind::Retention]),
    ("Performance", &[FactKind::Target]),
    ("Operations", &[FactKind::Alert, FactKind::Rollout]),
    ("Acceptance and open questions", &[FactKind::Criterion, FactKind::Question]),
];

pub(super) fn category_rows(facts: &Facts<'_>, origins: &[Origin]) -> Vec<(&'static str, String)> {
    let row = |(name, kinds): &(&'static str, &[FactKind])| {
        let own = facts.all.iter().filter(|it| kinds.contains(&it.kind));
        let mut ids: Vec<&str> = own.flat_map(|it| tasks_of(origins, &it.key())).collect();
        let mut seen = std::collections::HashSet::new();
        ids.retain(|it| seen.insert(*it));
        let result = if ids.is_empty() { NOTHING.to_owned() } else { ids.join(", ") };
        (*name, result)
    };
    CATEGORIES.iter().map(row).collect()
}

/// Every fact with its tasks.
pub(super) fn audit(facts: &Facts<'_>, origins: &[Origin]) -> String {
    let mut text = "| Stated | Kind | Tasks |\n|---|---|---|\n".to_owned();
    for kind in FactKind::ALL {
        for fact in facts.of_kind(kind).filter_map(|it| facts.all.get(it)) {
            let ids = tasks_of(origins, &fact.key()).collect::<Vec<_>>().join(", ");
            let ids = if ids.is_empty() { "none".to_owned() } else { ids };
            let _ = writeln!(text, "| {} | {} | {ids} |", cell(&fact.name), kind.as_str());
        }
    }
    text
}

/// Names in code marks read as they are; a bar would end the cell.
fn cell(name: &str) -> String {
    format!("`{}`", name.replace('`', "'").replace('|', "\\|"))
}

fn tasks_of<'o>(origins: &'o [Origin], key: &str) -> impl Iterator<Item = &'o str> + use<'o> {
    let key = key.to_owned();
    let own = origins.iter().filter(move |it| it.keys.contains(&key));
    own.map(|it| it.id.as_str())
}

/// How much of each kind has a task.
pub(super) fn coverage(facts: &Facts<'_>, origins: &[Origin]) -> Vec<Coverage> {
    let of = |kind: FactKind| {
        let all: Vec<_> = facts.of_kind(kind).filter_map(|it| facts.all.get(it)).collect();
        let has = |it: &&&super::Fact| tasks_of(origins, &it.key()).next().is_some();
        Coverage { kind, covered: all.iter().filter(has).count(), all: all.len() }
    };
    FactKind::ALL.into_iter().map(of).filter(|it| it.all > 0).collect()
}
