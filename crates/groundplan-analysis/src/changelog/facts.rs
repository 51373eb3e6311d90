//! The kinds of facts that a change log tells of, a line each in [`ALL`].

use std::collections::HashMap;

use groundplan_model::Document;
use groundplan_model::document::{Target, TargetRole, Text};
use groundplan_syntax::Span;

/// A fact as a change log sees it.
pub(super) struct Fact {
    /// What it is the same by.
    pub(super) key: String,
    /// What of it can change.
    pub(super) value: String,
    /// Where it stands.
    pub(super) span: Span,
}

/// A kind of fact.
pub(super) struct FactKind {
    /// One of it.
    pub(super) noun: &'static str,
    /// Several of it.
    pub(super) plural: &'static str,
    /// Whether its value is short enough to be shown.
    pub(super) shows_value: bool,
    pub(super) read: fn(&Document) -> Vec<Fact>,
}

/// Every kind, in the order in which a row names them.
pub(super) static ALL: &[FactKind] = &[
    FactKind { noun: "endpoint", plural: "endpoints", shows_value: false, read: endpoints },
    FactKind { noun: "table", plural: "tables", shows_value: false, read: tables },
    FactKind { noun: "column", plural: "columns", shows_value: true, read: columns },
    FactKind { noun: "error answer", plural: "error answers", shows_value: false, read: errors },
    FactKind { noun: "target", plural: "targets", shows_value: true, read: goals },
    FactKind { noun: "alert", plural: "alerts", shows_value: true, read: alerts },
    FactKind {
        noun: "requirement",
        plural: "requirements",
        shows_value: false,
        read: requirements,
    },
    FactKind { noun: "component", plural: "components", shows_value: false, read: components },
    FactKind { noun: "setting", plural: "settings", shows_value: false, read: settings },
    FactKind { noun: "dependency", plural: "dependencies", shows_value: false, read: dependencies },
    FactKind { noun: "decision", plural: "decisions", shows_value: true, read: decisions },
    FactKind { noun: "retention", plural: "retention", shows_value: true, read: retention },
    FactKind {
        noun: "environment",
        plural: "environments",
        shows_value: false,
        read: environments,
    },
    FactKind { noun: "phase", plural: "phases", shows_value: false, read: phases },
    FactKind { noun: "question", plural: "questions", shows_value: true, read: questions },
];

impl FactKind {
    /// The facts of this kind, each key once: a second one of a key is told by its number.
    pub(super) fn of(&self, document: &Document) -> Vec<Fact> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut found = (self.read)(document);
        for fact in &mut found {
            let count = counts.entry(fact.key.to_lowercase()).or_insert(0);
            *count += 1;
            if *count > 1 {
                fact.key = format!("{} ({count})", fact.key);
            }
        }
        found
    }
}

fn fact(key: impl Into<String>, value: impl Into<String>, span: Span) -> Fact {
    Fact { key: key.into(), value: value.into(), span }
}

/// Facts that are their name only, each once.
fn named<'a>(names: impl Iterator<Item = (&'a str, Span)>) -> Vec<Fact> {
    let mut found: Vec<Fact> = Vec::new();
    for (name, span) in names {
        if !found.iter().any(|it| it.key.eq_ignore_ascii_case(name)) {
            found.push(fact(name, "", span));
        }
    }
    found
}

fn texts(texts: &[Text]) -> Vec<Fact> {
    named(texts.iter().map(|it| (it.text.as_str(), it.span)))
}

fn endpoints(document: &Document) -> Vec<Fact> {
    let name = |it: &groundplan_model::document::Endpoint| {
        (format!("{} {}", it.method.as_str(), it.path), it.span)
    };
    let names: Vec<(String, Span)> = document.endpoints.iter().map(name).collect();
    named(names.iter().map(|(name, span)| (name.as_str(), *span)))
}

fn tables(document: &Document) -> Vec<Fact> {
    named(document.schema.tables.iter().map(|it| (it.name.as_str(), it.span)))
}

fn columns(document: &Document) -> Vec<Fact> {
    let tables = document.schema.tables.iter();
    let columns = tables.flat_map(|table| table.columns.iter().map(move |it| (table, it)));
    let value = |it: &groundplan_model::schema::Column| {
        let null = if it.not_null { " NOT NULL" } else { "" };
        format!("{}{null}", it.declared)
    };
    columns
        .map(|(table, it)| fact(format!("{}.{}", table.name, it.name), value(it), it.span))
        .collect()
}

fn errors(document: &Document) -> Vec<Fact> {
    let key = |it: &groundplan_model::document::ErrorCase| {
        let endpoint = it.endpoint.and_then(|at| document.endpoints.get(at));
        let of = endpoint.map(|it| format!(" of {} {}", it.method.as_str(), it.path));
        format!("{}{}", it.status, of.unwrap_or_default())
    };
    document.error_rows().map(|it| fact(key(it), &it.meaning.text, it.span)).collect()
}

fn goals(document: &Document) -> Vec<Fact> {
    targets(document, TargetRole::Goal)
}

fn alerts(document: &Document) -> Vec<Fact> {
    targets(document, TargetRole::Alert)
}

fn targets(document: &Document, role: TargetRole) -> Vec<Fact> {
    let of_role = document.targets.iter().filter(|it| it.role == role);
    of_role.map(|it| fact(target_name(it), quantity(it), it.statement)).collect()
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

fn requirements(document: &Document) -> Vec<Fact> {
    document.requirements.iter().map(|it| fact(&it.id.text, &it.title, it.id.span)).collect()
}

fn components(document: &Document) -> Vec<Fact> {
    texts(&document.components)
}

fn settings(document: &Document) -> Vec<Fact> {
    texts(&document.env_vars)
}

fn dependencies(document: &Document) -> Vec<Fact> {
    let value = |it: &groundplan_model::document::Dependency| {
        let parts = [&it.kind, &it.sla, &it.fallback, &it.timeout, &it.retries];
        parts.map(|it| it.as_deref().unwrap_or("")).join("|")
    };
    document.dependencies.iter().map(|it| fact(&it.name, value(it), it.span)).collect()
}

fn decisions(document: &Document) -> Vec<Fact> {
    let choice =
        |it: &groundplan_model::document::Decision| short(it.choice.as_deref().unwrap_or("open"));
    document.decisions.iter().map(|it| fact(short(&it.area), choice(it), it.span)).collect()
}

fn retention(document: &Document) -> Vec<Fact> {
    document.retention.iter().map(|it| fact(short(&it.data), short(&it.period), it.span)).collect()
}

fn environments(document: &Document) -> Vec<Fact> {
    named(document.environments.iter().map(|it| (it.name.as_str(), it.span)))
}

fn phases(document: &Document) -> Vec<Fact> {
    named(document.phases.iter().map(|it| (it.title.as_str(), it.span)))
}

fn questions(document: &Document) -> Vec<Fact> {
    let state = |answered| if answered { "answered" } else { "open" };
    let all = document.questions.iter();
    all.map(|it| fact(short(&it.text.text), state(it.answered), it.text.span)).collect()
}

/// The first words of a text, for a row of a table.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or("").trim();
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or(line).trim_end()),
        None => line.to_owned(),
    }
}
