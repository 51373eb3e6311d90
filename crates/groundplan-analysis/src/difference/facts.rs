//! The kinds of facts that are compared, a line each in [`ALL`].

use std::collections::HashMap;

use groundplan_model::Document;
use groundplan_model::document::{Endpoint, ErrorCase, PolicyKind, Target};
use groundplan_model::schema::{Column, ForeignKey, Index, Table};
use groundplan_syntax::Span;

use super::compare::Pair;
use super::judge::{self, api, bounds, data};
use super::{Judgement, Verb, fields};

mod api_facts;
mod data_facts;
mod plain_facts;

pub(super) use api_facts::endpoint_id;
pub(super) use plain_facts::short;

/// A fact as it is compared.
pub(super) struct Fact<'d> {
    /// What it is the same by.
    pub(super) id: String,
    /// What it is called.
    pub(super) key: String,
    /// What of it can change.
    pub(super) value: String,
    /// Where it stands.
    pub(super) span: Span,
    /// What it is a part of: the noun and the id.
    pub(super) parents: Vec<(&'static str, String)>,
    /// What the verdict asks for.
    pub(super) of: Of<'d>,
}

/// What a fact was read from.
pub(super) enum Of<'d> {
    /// Its name is all there is.
    Name,
    Endpoint {
        endpoint: &'d Endpoint,
        is_external: bool,
    },
    Error(&'d ErrorCase),
    Field(fields::Field),
    Policy(&'d PolicyKind),
    Table(&'d Table),
    Column(&'d Column),
    ForeignKey(&'d ForeignKey),
    Index(&'d Index),
    Target(&'d Target),
    /// The id in a task's text.
    Task(Option<&'d str>),
}

impl<'d> Fact<'d> {
    /// A fact that is the same by its name without case.
    pub(super) fn new(key: impl Into<String>, value: impl Into<String>, span: Span) -> Self {
        let (key, value) = (key.into(), value.into());
        Self { id: key.to_lowercase(), key, value, span, parents: Vec::new(), of: Of::Name }
    }

    pub(super) fn of(self, of: Of<'d>) -> Self {
        Self { of, ..self }
    }

    pub(super) fn part_of(mut self, noun: &'static str, id: impl Into<String>) -> Self {
        self.parents.push((noun, id.into()));
        self
    }
}

/// A kind of fact.
pub(super) struct FactKind {
    /// One of it.
    pub(super) noun: &'static str,
    /// Several of it.
    pub(super) plural: &'static str,
    /// Whether its value is short enough to be shown.
    pub(super) shows_value: bool,
    /// Whether its value is a sentence.
    is_wording: bool,
    read: for<'d> fn(&'d Document) -> Vec<Fact<'d>>,
    /// Whether a fact that went and one that came are one under two names.
    pub(super) became: Option<fn(&Fact<'_>, &Fact<'_>) -> bool>,
    /// Who is hurt.
    pub(super) judge: fn(&Pair<'_, '_>) -> Judgement,
}

/// A kind that is a name only and that nobody outside depends on.
const PLAIN: FactKind = FactKind {
    noun: "",
    plural: "",
    shows_value: false,
    is_wording: false,
    read: |_| Vec::new(),
    became: None,
    judge: judge::inside,
};

/// A kind whose value is shown.
const SHOWN: FactKind = FactKind { shows_value: true, ..PLAIN };

/// Every kind, in the order in which a change log names them; a part comes after its whole.
pub(super) static ALL: &[FactKind] = &[
    FactKind {
        noun: "endpoint",
        plural: "endpoints",
        read: api_facts::endpoints,
        became: Some(api_facts::is_same_endpoint),
        judge: api::endpoint,
        ..PLAIN
    },
    FactKind {
        noun: "example",
        plural: "examples",
        read: fields::examples,
        judge: judge::example,
        ..PLAIN
    },
    FactKind {
        noun: "request field",
        plural: "request fields",
        read: fields::request_fields,
        judge: api::field,
        ..SHOWN
    },
    FactKind {
        noun: "response field",
        plural: "response fields",
        read: fields::response_fields,
        judge: api::field,
        ..SHOWN
    },
    FactKind {
        noun: "table",
        plural: "tables",
        read: data_facts::tables,
        became: Some(data_facts::is_same_table),
        judge: data::table,
        ..PLAIN
    },
    FactKind {
        noun: "column",
        plural: "columns",
        read: data_facts::columns,
        judge: data::column,
        ..SHOWN
    },
    FactKind {
        noun: "primary key",
        plural: "primary keys",
        read: data_facts::primary_keys,
        judge: data::primary_key,
        ..SHOWN
    },
    FactKind {
        noun: "unique constraint",
        plural: "unique constraints",
        read: data_facts::uniques,
        judge: data::unique,
        ..PLAIN
    },
    FactKind {
        noun: "foreign key",
        plural: "foreign keys",
        read: data_facts::foreign_keys,
        judge: data::foreign_key,
        ..SHOWN
    },
    FactKind {
        noun: "index",
        plural: "indexes",
        read: data_facts::indexes,
        judge: data::index,
        ..SHOWN
    },
    FactKind { noun: "type", plural: "types", read: fields::types, judge: judge::inside, ..PLAIN },
    FactKind {
        noun: "field of a type",
        plural: "fields of types",
        read: fields::type_fields,
        judge: api::field,
        ..SHOWN
    },
    FactKind {
        noun: "error answer",
        plural: "error answers",
        read: api_facts::errors,
        became: Some(api_facts::is_same_error),
        judge: api::error,
        ..PLAIN
    },
    FactKind {
        noun: "service rule",
        plural: "service rules",
        read: api_facts::policies,
        judge: api::policy,
        ..SHOWN
    },
    FactKind {
        noun: "target",
        plural: "targets",
        read: plain_facts::goals,
        judge: bounds::target,
        ..SHOWN
    },
    FactKind { noun: "alert", plural: "alerts", read: plain_facts::alerts, ..SHOWN },
    FactKind {
        noun: "requirement",
        plural: "requirements",
        is_wording: true,
        read: plain_facts::requirements,
        judge: judge::requirement,
        ..PLAIN
    },
    FactKind { noun: "component", plural: "components", read: plain_facts::components, ..PLAIN },
    FactKind {
        noun: "setting",
        plural: "settings",
        read: plain_facts::settings,
        judge: judge::setting,
        ..PLAIN
    },
    FactKind {
        noun: "dependency",
        plural: "dependencies",
        read: plain_facts::dependencies,
        ..PLAIN
    },
    FactKind { noun: "decision", plural: "decisions", read: plain_facts::decisions, ..SHOWN },
    FactKind {
        noun: "terms of jobs",
        plural: "terms of jobs",
        read: plain_facts::job_terms,
        ..SHOWN
    },
    FactKind { noun: "retention", plural: "retention", read: plain_facts::retention, ..SHOWN },
    FactKind {
        noun: "environment",
        plural: "environments",
        read: plain_facts::environments,
        ..PLAIN
    },
    FactKind { noun: "phase", plural: "phases", read: plain_facts::phases, ..PLAIN },
    FactKind { noun: "question", plural: "questions", read: plain_facts::questions, ..SHOWN },
    FactKind {
        noun: "task",
        plural: "tasks",
        read: plain_facts::tasks,
        became: Some(plain_facts::is_same_task),
        ..SHOWN
    },
];

impl FactKind {
    /// The facts of this kind, each id once: a second one of an id is told by its number.
    pub(super) fn of<'d>(&self, document: &'d Document) -> Vec<Fact<'d>> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut found = (self.read)(document);
        for fact in &mut found {
            let count = counts.entry(fact.id.clone()).or_insert(0);
            *count += 1;
            if *count > 1 {
                fact.key = format!("{} ({count})", fact.key);
                fact.id = format!("{} ({count})", fact.id);
            }
        }
        found
    }

    /// What happened.
    pub(super) fn verb_of(&self, pair: &Pair<'_, '_>) -> Verb {
        match pair.verb() {
            Verb::Changed if self.is_wording => Verb::Reworded,
            verb => verb,
        }
    }
}

/// Facts that are their name only, each once.
fn named<'d>(names: impl Iterator<Item = (&'d str, Span)>) -> Vec<Fact<'d>> {
    let mut found: Vec<Fact<'_>> = names.map(|(name, span)| Fact::new(name, "", span)).collect();
    let mut seen = std::collections::HashSet::new();
    found.retain(|it| seen.insert(it.id.clone()));
    found
}
