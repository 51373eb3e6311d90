//! What is asked about: a section, or a fact.

use std::collections::HashSet;

use groundplan_model::document::{Method, Section};
use groundplan_model::outline::plain_anchor;
use groundplan_model::{Outline, paths};
use groundplan_syntax::Span;

use crate::difference::{Change, Difference};

/// A section or a fact of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The document; empty where none states it.
    pub path: String,
    /// Where in it, as it is now; `None` for what is gone.
    pub span: Option<Span>,
    /// The section that it is, or that it stands in.
    pub anchor: Option<String>,
    /// How it is called: `section "Limits"`, `endpoint POST /orders`.
    pub title: String,
    /// What it is.
    pub fact: Fact,
}

/// What a subject is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the fact of its name")]
pub enum Fact {
    Section,
    Document,
    Endpoint { method: Method, shape: String },
    Table(String),
    Column { table: String, column: String },
    Setting(String),
    Component(String),
    Requirement(String),
}

impl Fact {
    /// `POST /orders`
    fn endpoint(text: &str) -> Option<Self> {
        let (method, path) = text.trim().split_once(' ')?;
        let path = path.trim();
        let method = Method::parse(method).filter(|_| path.starts_with('/'))?;
        Some(Self::Endpoint { method, shape: paths::shape(path).to_lowercase() })
    }
}

/// The subjects of what differs between two revisions: each changed fact that something can rest on,
/// and each section in which something changed.
pub fn of_differences(changes: &[Change<'_>]) -> Vec<Subject> {
    let mut found = Vec::new();
    for change in changes {
        let mut sections = HashSet::new();
        let mut facts = HashSet::new();
        for difference in change.differences.iter().filter(|it| is_of_the_thing(it)) {
            let subject = base(change, difference);
            if let Some(anchor) = subject.anchor.clone().filter(|it| sections.insert(it.clone())) {
                found.push(section_subject(change, &subject, anchor));
            }
            for (fact, name) in facts_of(difference).filter(|it| facts.insert(it.0.clone())) {
                let title = format!("{} {name} ({})", difference.noun, difference.verb.as_str());
                found.push(Subject { title, fact, ..subject.clone() });
            }
        }
    }
    found
}

/// States and ticked boxes tell of the work.
fn is_of_the_thing(difference: &Difference) -> bool {
    !matches!(difference.noun, "status" | "task" | "question")
}

fn base(change: &Change<'_>, difference: &Difference) -> Subject {
    let (document, stated) = match (change.after, &difference.after) {
        (Some(document), Some(stated)) => (Some(document), Some(stated)),
        _ => (change.before, difference.before.as_ref()),
    };
    let section = document.zip(stated).and_then(|(it, stated)| it.section_at(stated.span.start));
    Subject {
        path: change.path().to_owned(),
        span: difference.after.as_ref().map(|it| it.span),
        anchor: section.map(|it| it.anchor.clone()),
        title: String::new(),
        fact: Fact::Section,
    }
}

fn section_subject(change: &Change<'_>, subject: &Subject, anchor: String) -> Subject {
    let find = |it: &groundplan_model::Document| {
        it.sections.iter().find(|it| it.anchor == anchor).cloned()
    };
    let now = change.after.and_then(find);
    let title = now.clone().or_else(|| change.before.and_then(find));
    let title = title.map_or_else(|| anchor.clone(), |it| it.title.text);
    Subject {
        span: now.map(|it| it.span),
        anchor: Some(anchor),
        title: format!("section \"{title}\""),
        ..subject.clone()
    }
}

/// The facts that a difference is about: both names of one that got another name.
fn facts_of(difference: &Difference) -> impl Iterator<Item = (Fact, String)> {
    let names = difference.name.split(" → ").map(str::to_owned).collect::<Vec<_>>();
    let noun = difference.noun;
    names.into_iter().filter_map(move |name| Some((fact(noun, &name)?, name)))
}

fn fact(noun: &str, name: &str) -> Option<Fact> {
    match noun {
        "endpoint" => Fact::endpoint(name),
        "example" | "request field" | "response field" | "error answer" => {
            Fact::endpoint(name.rsplit_once(" of ")?.1)
        }
        "table" => Some(Fact::Table(name.to_owned())),
        "column" => {
            let (table, column) = name.split_once('.')?;
            Some(Fact::Column { table: table.to_owned(), column: column.to_owned() })
        }
        "primary key" | "unique constraint" | "foreign key" => {
            Some(Fact::Table(name.split('(').next()?.to_owned()))
        }
        "setting" => Some(Fact::Setting(name.to_owned())),
        "component" | "type" => Some(Fact::Component(name.to_owned())),
        "field of a type" => Some(Fact::Component(name.split('.').next()?.to_owned())),
        "requirement" => Some(Fact::Requirement(name.to_owned())),
        _ => None,
    }
}

/// A section with its subsections and every fact in it; the whole document where `wanted` is
/// `None`. `None` where the document has no such section.
pub fn of_section(outline: &Outline, wanted: Option<&str>) -> Option<Vec<Subject>> {
    let is_it = |it: &&Section, wanted: &str| {
        plain_anchor(&it.anchor) == plain_anchor(wanted)
            || it.title.text.eq_ignore_ascii_case(wanted)
    };
    let (span, first) = match wanted {
        Some(wanted) => {
            let section = outline.sections.iter().find(|it| is_it(it, wanted))?;
            (
                Some(section.span),
                at(
                    outline,
                    section.span,
                    Fact::Section,
                    "section",
                    &format!("\"{}\"", section.title.text),
                ),
            )
        }
        None => (None, at(outline, outline.first_line, Fact::Document, "document", &outline.path)),
    };
    let first = Subject { span: span.or(first.span), ..first };
    let holds = |it: &Subject| span.is_none_or(|span| it.span.is_some_and(|it| span.contains(it)));
    let mut seen = HashSet::new();
    let facts = stated(outline).into_iter().filter(holds).filter(|it| seen.insert(it.fact.clone()));
    let mut found = vec![first];
    found.extend(facts.collect::<Vec<_>>());
    Some(found)
}

/// Everything that `outline` states and that has a name.
fn stated(outline: &Outline) -> Vec<Subject> {
    let mut found = Vec::new();
    for it in outline.endpoints.iter().filter(|it| !it.external) {
        let name = format!("{} {}", it.method.as_str(), it.path);
        let fact = Fact::endpoint(&name).unwrap_or(Fact::Section);
        found.push(at(outline, it.span, fact, "endpoint", &name));
    }
    for table in &outline.tables {
        found.push(at(outline, table.span, Fact::Table(table.name.clone()), "table", &table.name));
    }
    for it in &outline.requirements {
        let fact = Fact::Requirement(it.id.text.clone());
        found.push(at(outline, it.id.span, fact, "requirement", &it.id.text));
    }
    for it in &outline.env_vars {
        found.push(at(outline, it.span, Fact::Setting(it.text.clone()), "setting", &it.text));
    }
    for it in &outline.components {
        found.push(at(outline, it.span, Fact::Component(it.text.clone()), "component", &it.text));
    }
    found
}

fn at(outline: &Outline, span: Span, fact: Fact, noun: &str, name: &str) -> Subject {
    Subject {
        path: outline.path.clone(),
        span: Some(span),
        anchor: outline.section_at(span.start).map(|it| it.anchor.clone()),
        title: format!("{noun} {name}"),
        fact,
    }
}

/// Everything that documents call `name`: the id of a requirement, an endpoint, a table, a column, an
/// environment variable, a component.
pub fn of_name(outlines: &[Outline], name: &str) -> Vec<Subject> {
    let wanted = Fact::endpoint(name);
    let is_it = |it: &Subject| match (&it.fact, &wanted) {
        (Fact::Endpoint { .. }, wanted) => Some(&it.fact) == wanted.as_ref(),
        _ => name_of(it).eq_ignore_ascii_case(name),
    };
    let mut found: Vec<Subject> = outlines.iter().flat_map(stated).filter(is_it).collect();
    if let Some((table, column)) = name.split_once('.') {
        found.extend(outlines.iter().filter_map(|it| column_of(it, table, column)));
    }
    // One of each fact: what it touches are the others.
    let mut seen = HashSet::new();
    found.retain(|it| seen.insert(it.fact.clone()));
    if found.is_empty() && outlines.iter().any(|it| cites(it, name)) {
        found.push(Subject {
            path: String::new(),
            span: None,
            anchor: None,
            title: format!("requirement {name}, which no document defines"),
            fact: Fact::Requirement(name.to_owned()),
        });
    }
    found
}

fn cites(outline: &Outline, id: &str) -> bool {
    outline.requirement_refs.iter().any(|it| it.text.eq_ignore_ascii_case(id))
}

fn column_of(outline: &Outline, table: &str, column: &str) -> Option<Subject> {
    let table = outline.table(table)?;
    let column = table.column(column)?;
    let fact = Fact::Column { table: table.name.clone(), column: column.name.clone() };
    let name = format!("{}.{}", table.name, column.name);
    Some(at(outline, column.span, fact, "column", &name))
}

/// Every name that [`of_name`] knows, for a suggestion.
pub fn names(outlines: &[Outline]) -> Vec<String> {
    let mut names: Vec<String> =
        outlines.iter().flat_map(stated).map(|it| name_of(&it).to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The title without its noun.
fn name_of(subject: &Subject) -> &str {
    subject.title.split_once(' ').map_or("", |it| it.1)
}
