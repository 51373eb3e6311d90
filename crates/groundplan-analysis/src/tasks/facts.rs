//! What somebody has to build, prove or settle.

use std::collections::HashSet;

use groundplan_model::Document;
use groundplan_model::document::{ErrorCase, Target, TargetRole};
use groundplan_model::profile::Kind;
use groundplan_model::provenance::Digest;
use groundplan_model::schema::{Column, Table};
use groundplan_syntax::Span;

use crate::endpoints::{RouteKey, title};

/// A kind of fact that wants a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the fact of its name")]
pub enum FactKind {
    Question,
    Table,
    Index,
    Variable,
    Endpoint,
    Error,
    Requirement,
    Criterion,
    Policy,
    Threat,
    Dependency,
    Retention,
    Target,
    Alert,
    Rollout,
}

impl FactKind {
    /// Every kind, in the order of the audit.
    pub const ALL: [Self; 15] = [
        Self::Requirement,
        Self::Criterion,
        Self::Endpoint,
        Self::Table,
        Self::Index,
        Self::Error,
        Self::Variable,
        Self::Policy,
        Self::Threat,
        Self::Dependency,
        Self::Retention,
        Self::Target,
        Self::Alert,
        Self::Rollout,
        Self::Question,
    ];

    /// The kind's name in keys and in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Table => "table",
            Self::Index => "index",
            Self::Variable => "variable",
            Self::Endpoint => "endpoint",
            Self::Error => "error",
            Self::Requirement => "requirement",
            Self::Criterion => "criterion",
            Self::Policy => "policy",
            Self::Threat => "threat",
            Self::Dependency => "dependency",
            Self::Retention => "retention",
            Self::Target => "target",
            Self::Alert => "alert",
            Self::Rollout => "rollout",
        }
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its kind.
    pub kind: FactKind,
    /// What tells it from others of its kind, also after the document was edited.
    pub name: String,
    /// The words beside it.
    pub text: String,
    /// Index of its document.
    pub document: usize,
    /// Where it is stated.
    pub span: Span,
    /// Changes when the statement does.
    pub digest: Digest,
    /// The endpoint that it belongs to, as its name.
    pub endpoint: Option<String>,
}

impl Fact {
    /// Kind and name: `endpoint POST /orders`.
    pub fn key(&self) -> String {
        format!("{} {}", self.kind.as_str(), self.name)
    }
}

/// Everything that the documents of a feature ask for.
pub struct Facts<'a> {
    /// The documents: the design first.
    pub documents: &'a [&'a Document],
    /// The facts, each once, in the documents' order.
    pub all: Vec<Fact>,
}

impl<'a> Facts<'a> {
    /// Gathers what `documents` state; what an earlier one states counts.
    pub fn of(documents: &'a [&'a Document]) -> Self {
        let mut facts = Self { documents, all: Vec::new() };
        let mut gather = Gather { facts: &mut facts, keys: HashSet::new(), document: 0 };
        for (index, document) in documents.iter().enumerate() {
            gather.document = index;
            gather.document(document);
        }
        facts
    }

    /// Indexes of the facts of `kind`.
    pub(super) fn of_kind(&self, kind: FactKind) -> impl Iterator<Item = usize> {
        let all = self.all.iter().enumerate();
        all.filter(move |(_, fact)| fact.kind == kind).map(|(index, _)| index)
    }

    pub(super) fn document_of(&self, fact: &Fact) -> Option<&'a Document> {
        self.documents.get(fact.document).copied()
    }
}

struct Gather<'f, 'a> {
    facts: &'f mut Facts<'a>,
    keys: HashSet<String>,
    document: usize,
}

impl Gather<'_, '_> {
    fn document(&mut self, document: &Document) {
        self.wishes(document);
        if !matches!(document.classification.kind, Kind::Prd | Kind::Requirements | Kind::TaskList)
        {
            self.service(document);
            self.work(document);
        }
    }

    /// What was asked for, in whatever document.
    fn wishes(&mut self, document: &Document) {
        for requirement in &document.requirements {
            let id = &requirement.id;
            let kind = match is_criterion(&id.text) {
                true => FactKind::Criterion,
                false => FactKind::Requirement,
            };
            self.add(document, kind, &id.text, &requirement.title, line_of(document, id.span));
        }
        for question in document.questions.iter().filter(|it| !it.answered) {
            let text = &question.text;
            self.add(document, FactKind::Question, &slug(&text.text), &text.text, text.span);
        }
    }

    /// What the service is made of.
    fn service(&mut self, document: &Document) {
        for table in &document.schema.tables {
            let digest = Digest::of(&shape_of(table));
            if let Some(fact) = self.add(document, FactKind::Table, &table.name, "", table.span) {
                fact.digest = digest;
            }
        }
        for index in &document.schema.indexes {
            let text = format!("`{}` ({})", index.table, index.columns.join(", "));
            self.add(document, FactKind::Index, &index.name, &text, index.span);
        }
        for variable in &document.env_vars {
            self.add(
                document,
                FactKind::Variable,
                &variable.text,
                "",
                line_of(document, variable.span),
            );
        }
        let mut routes: Vec<RouteKey> = Vec::new();
        for endpoint in document.endpoints.iter().filter(|it| !document.is_external(it)) {
            let route = RouteKey::of(endpoint);
            if routes.iter().any(|known| known.is_same(&route)) {
                continue;
            }
            routes.push(route);
            let purpose = endpoint.purpose.as_ref().map_or("", |it| it.text.as_str());
            let name = title(endpoint.method, &endpoint.path);
            self.add(document, FactKind::Endpoint, &name, purpose, endpoint.statement);
        }
        if self.facts.of_kind(FactKind::Error).next().is_none() {
            document.error_rows().for_each(|case| self.error(document, case));
        }
    }

    fn error(&mut self, document: &Document, case: &ErrorCase) {
        let endpoint = case.endpoint.and_then(|index| document.endpoints.get(index));
        let endpoint = endpoint.map(|it| title(it.method, &it.path));
        let place = endpoint.clone().unwrap_or_else(|| slug(&case.meaning.text));
        let name = format!("{} {place}", case.status);
        let text = case.meaning.text.clone();
        if let Some(fact) = self.add(document, FactKind::Error, &name, &text, case.statement) {
            fact.endpoint = endpoint;
        }
    }

    /// What else the work is.
    fn work(&mut self, document: &Document) {
        for policy in &document.policies {
            let text = plain(document.source.slice(policy.text.span));
            self.add(document, FactKind::Policy, &slug(&text), &text, policy.text.span);
        }
        for threat in &document.threats {
            let text = plain(document.source.slice(threat.span));
            self.add(document, FactKind::Threat, &slug(&text), &text, threat.span);
        }
        for dependency in &document.dependencies {
            let name = slug(&dependency.name);
            self.add(document, FactKind::Dependency, &name, &dependency.name, dependency.span);
        }
        for retention in &document.retention {
            let text = format!("{}: {}", retention.data, retention.period);
            self.add(document, FactKind::Retention, &slug(&retention.data), &text, retention.span);
        }
        let known = |facts: &Facts<'_>, kind| facts.of_kind(kind).next().is_some();
        let has_targets = known(self.facts, FactKind::Target);
        let has_alerts = known(self.facts, FactKind::Alert);
        for target in &document.targets {
            match target.role {
                TargetRole::Goal if !has_targets => self.target(document, target, FactKind::Target),
                TargetRole::Alert if !has_alerts => self.target(document, target, FactKind::Alert),
                _ => {}
            }
        }
        for step in &document.rollout {
            self.add(document, FactKind::Rollout, &slug(&step.text), &step.text, step.span);
        }
    }

    fn target(&mut self, document: &Document, target: &Target, kind: FactKind) {
        let percentile = target.percentile.map(|it| format!(" p{it}")).unwrap_or_default();
        let name = format!("{}{percentile}", slug(&target.name.text));
        let written = document.source.slice(target.statement);
        let text = plain(written);
        self.add(document, kind, &name, &text, target.statement);
    }

    fn add(
        &mut self,
        document: &Document,
        kind: FactKind,
        name: &str,
        text: &str,
        span: Span,
    ) -> Option<&mut Fact> {
        let fact = Fact {
            kind,
            name: name.replace([';', '\n', '\r'], " ").replace("--", "- -"),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            document: self.document,
            span,
            digest: Digest::of(document.source.slice(span)),
            endpoint: None,
        };
        if fact.name.is_empty() || !self.keys.insert(fact.key()) {
            return None;
        }
        self.facts.all.push(fact);
        self.facts.all.last_mut()
    }
}

/// `AC-1.1`, `EC-2`, `SC-001`: what is proved, not built.
fn is_criterion(id: &str) -> bool {
    let prefix: String = id.chars().take_while(char::is_ascii_alphabetic).collect();
    matches!(prefix.to_ascii_uppercase().as_str(), "AC" | "EC" | "SC")
        || prefix.is_empty() && id.contains('.')
}

fn line_of(document: &Document, span: Span) -> Span {
    document.source.line_of(span.start as usize)
}

/// The first words of a text as a name: `which-limit-per-user-or`.
fn slug(text: &str) -> String {
    const WORDS: usize = 6;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS).collect::<Vec<_>>().join("-").to_lowercase()
}

/// What a change of a table changes, whatever its words.
fn shape_of(table: &Table) -> String {
    let column =
        |it: &Column| format!("{} {} {:?} {}", it.name, it.declared, it.default, it.not_null);
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    let keys: Vec<_> = table.foreign_keys.iter().map(|it| (&it.columns, &it.table)).collect();
    format!("{columns:?} {:?} {:?} {keys:?} {:?}", table.primary_key, table.uniques, table.checks)
}

/// A statement without the marks of its table, list or emphasis.
fn plain(text: &str) -> String {
    let cells =
        text.split(['|', '\n']).map(|cell| cell.trim().trim_start_matches(['-', '*', '+', ' ']));
    let cells = cells.filter(|cell| !cell.is_empty()).map(|cell| cell.replace("**", ""));
    cells.collect::<Vec<_>>().join(", ")
}
