//! What a document says of quality, of what is wanted, and of the work.

use groundplan_model::Document;
use groundplan_model::document::{ChecklistItem, Mark, Requirement, Target, TargetRole, Text};
use groundplan_syntax::Span;

use super::{Fact, Of, named};

fn texts(texts: &[Text]) -> Vec<Fact<'_>> {
    named(texts.iter().map(|it| (it.text.as_str(), it.span)))
}

pub(super) fn goals(document: &Document) -> Vec<Fact<'_>> {
    targets(document, TargetRole::Goal)
}

pub(super) fn alerts(document: &Document) -> Vec<Fact<'_>> {
    targets(document, TargetRole::Alert)
}

fn targets(document: &Document, role: TargetRole) -> Vec<Fact<'_>> {
    let of_role = document.targets.iter().filter(|it| it.role == role);
    let fact = |it| Fact::new(target_name(it), quantity(it), it.statement).of(Of::Target(it));
    of_role.map(fact).collect()
}

/// "Response time p95"; the percentile once.
fn target_name(target: &Target) -> String {
    let name = target.name.text.trim();
    match target.percentile.map(|it| format!("p{it}")) {
        Some(percentile) if !name.to_lowercase().contains(&percentile) => {
            format!("{name} {percentile}").trim().to_owned()
        }
        _ => name.to_owned(),
    }
}

fn quantity(target: &Target) -> String {
    let Some(quantity) = &target.quantity else { return String::new() };
    match quantity.written() {
        (value, "count") => value.to_string(),
        (value, "%") => format!("{value}%"),
        (value, unit) => format!("{value} {unit}"),
    }
}

pub(super) fn requirements(document: &Document) -> Vec<Fact<'_>> {
    let fact = |it: &Requirement| Fact::new(&it.id.text, wording(document, it), it.id.span);
    document.requirements.iter().map(fact).collect()
}

/// What a requirement says: the words beside its id, or all under its heading.
fn wording(document: &Document, requirement: &Requirement) -> String {
    let at = requirement.id.span;
    let section = document.section_at(at.start).filter(|it| it.heading.contains(at));
    let body = section.map(|section| {
        let next = document.sections.iter().find(|it| it.heading.start > section.heading.start);
        let end = next.map_or(section.span.end, |it| it.heading.start);
        document.source.slice(Span { start: section.heading.end, end })
    });
    let body = body.unwrap_or("").replace("[x]", "[ ]").replace("[X]", "[ ]");
    let words = requirement.title.split_whitespace().chain(body.split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

pub(super) fn components(document: &Document) -> Vec<Fact<'_>> {
    texts(&document.components)
}

pub(super) fn settings(document: &Document) -> Vec<Fact<'_>> {
    texts(&document.env_vars)
}

pub(super) fn dependencies(document: &Document) -> Vec<Fact<'_>> {
    let value = |it: &groundplan_model::document::Dependency| {
        let parts = [&it.kind, &it.sla, &it.fallback, &it.timeout, &it.retries];
        parts.map(|it| it.as_deref().unwrap_or("")).join("|")
    };
    document.dependencies.iter().map(|it| Fact::new(&it.name, value(it), it.span)).collect()
}

pub(super) fn decisions(document: &Document) -> Vec<Fact<'_>> {
    let choice =
        |it: &groundplan_model::document::Decision| short(it.choice.as_deref().unwrap_or("open"));
    document.decisions.iter().map(|it| Fact::new(short(&it.area), choice(it), it.span)).collect()
}

pub(super) fn retention(document: &Document) -> Vec<Fact<'_>> {
    let all = document.retention.iter();
    all.map(|it| Fact::new(short(&it.data), short(&it.period), it.span)).collect()
}

pub(super) fn job_terms(document: &Document) -> Vec<Fact<'_>> {
    texts(&document.job_terms)
}

pub(super) fn environments(document: &Document) -> Vec<Fact<'_>> {
    named(document.environments.iter().map(|it| (it.name.as_str(), it.span)))
}

pub(super) fn phases(document: &Document) -> Vec<Fact<'_>> {
    named(document.phases.iter().map(|it| (it.title.as_str(), it.span)))
}

pub(super) fn questions(document: &Document) -> Vec<Fact<'_>> {
    let state = |answered| if answered { "answered" } else { "open" };
    let all = document.questions.iter();
    all.map(|it| Fact::new(short(&it.text.text), state(it.answered), it.text.span)).collect()
}

/// Tasks are the same by their words, so that new numbers are no news.
pub(super) fn tasks(document: &Document) -> Vec<Fact<'_>> {
    let fact = |it: &'_ ChecklistItem| {
        let text = it.text.text.trim();
        let bare = it.id.as_deref().and_then(|id| text.strip_prefix(id)).unwrap_or(text);
        let bare = bare.trim_start_matches(['.', ':', ' ', '-', '*']);
        Fact { id: bare.to_lowercase(), ..Fact::new(short(text), state(it), it.text.span) }
    };
    let all = document.checklist.iter();
    all.map(|it| fact(it).of(Of::Task(it.id.as_deref()))).collect()
}

fn state(item: &ChecklistItem) -> &'static str {
    match item.mark {
        _ if item.struck => "dropped",
        Mark::Done => "done",
        Mark::Open => "open",
        Mark::Other(_) => "neither open nor done",
    }
}

/// One id, other words.
pub(super) fn is_same_task(was: &Fact<'_>, now: &Fact<'_>) -> bool {
    matches!((&was.of, &now.of), (Of::Task(Some(one)), Of::Task(Some(other))) if one == other)
}

/// The first words of a text, for a row of a table.
pub(in super::super) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or("").trim();
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or(line).trim_end()),
        None => line.to_owned(),
    }
}
