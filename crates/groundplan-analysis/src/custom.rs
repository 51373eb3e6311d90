//! Rules that a team writes as data: what tables, sections, headers and words of its documents are
//! held to.
//!
//! [`TeamRule`] is one of them, and `check` its evaluator: a document in, findings out. How such a
//! rule is written down, and for which paths it counts, is the business of who reads settings.

mod forbidden;
mod header;
mod names;
mod sections;
mod table;
#[cfg(test)]
mod tests;

use groundplan_model::profile::Kind;
use groundplan_model::{Diagnostic, Document, Severity};
use groundplan_syntax::{Span, Tree, parse};
use regex::{Regex, RegexBuilder};

pub use names::Defined;

/// The group that all rules of a team belong to, and what their names begin with.
pub const GROUP: &str = "team";

/// Bytes that a compiled pattern may take.
const PATTERN_LIMIT_BYTES: usize = 1 << 20;

/// One rule of a team.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamRule {
    /// Its name with the group before it: `team/alerts-need-runbook`.
    pub name: String,
    /// The kinds of documents that it is for; empty for all.
    pub kinds: Vec<Kind>,
    /// How much its findings matter.
    pub severity: Severity,
    /// What its findings say first, before what is found.
    pub message: Option<String>,
    /// What to do about them.
    pub help: Option<String>,
    /// What it holds a document to.
    pub demands: Vec<Demand>,
}

/// What a document is held to.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// Tables and their cells.
    Table(TableDemand),
    /// Sections that must be there.
    Sections(SectionsDemand),
    /// The header.
    Header(HeaderDemand),
    /// Words that must not be in the text.
    Forbid(Vec<String>),
}

/// What a table is held to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableDemand {
    /// The heading of the section that the table stands in; without one, every table that has all
    /// of `columns` is meant.
    pub heading: Option<String>,
    /// Titles of columns that the table has.
    pub columns: Vec<String>,
    /// What the cells of a column are held to.
    pub cells: Vec<ColumnDemand>,
}

/// What the cells of one column are held to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnDemand {
    /// The column's title.
    pub title: String,
    /// None is empty.
    pub required: bool,
    /// Each holds one of these; empty for anything.
    pub one_of: Vec<String>,
    /// Each matches.
    pub pattern: Option<Pattern>,
    /// No two are equal.
    pub unique: bool,
    /// They stand in order.
    pub sorted: bool,
    /// Each is a number.
    pub number: bool,
    /// Each names something that the document defines.
    pub references: Option<Defined>,
}

/// What the sections of a document are held to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionsDemand {
    /// Headings that must be there.
    pub required: Vec<String>,
    /// Whether those that are there stand in this order.
    pub order: bool,
}

/// What the header of a document is held to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeaderDemand {
    /// Keys that must have a value.
    pub required: Vec<String>,
    /// Keys with the values that they may have.
    pub one_of: Vec<(String, Vec<String>)>,
    /// Keys with the pattern that their values match.
    pub pattern: Vec<(String, Pattern)>,
}

/// A regular expression. Two are equal where they are written alike.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern that a whole text is held to, or says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let whole = format!("^(?:{text})$");
        let built = RegexBuilder::new(&whole).size_limit(PATTERN_LIMIT_BYTES).build();
        built.map(Self).map_err(|error| {
            let text = error.to_string();
            text.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned()
        })
    }

    /// The pattern as written.
    pub fn text(&self) -> &str {
        let text = self.0.as_str();
        text.get(4..text.len().saturating_sub(2)).unwrap_or(text)
    }

    fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

/// Every finding of `rules` in `document`.
pub(crate) fn check<'r>(
    rules: impl Iterator<Item = &'r TeamRule>,
    document: &Document,
) -> Vec<Diagnostic> {
    let kind = document.classification.kind;
    let is_meant = |rule: &&TeamRule| rule.kinds.is_empty() || rule.kinds.contains(&kind);
    let mut rules = rules.filter(is_meant).peekable();
    if rules.peek().is_none() {
        return Vec::new();
    }
    let tree = parse(&document.source);
    let mut found = Vec::new();
    for rule in rules {
        let mut page = Page { rule, document, tree: &tree, found: &mut found };
        rule.demands.iter().for_each(|demand| page.hold_to(demand));
    }
    found
}

/// A document that a rule looks at.
struct Page<'a> {
    rule: &'a TeamRule,
    document: &'a Document,
    tree: &'a Tree,
    found: &'a mut Vec<Diagnostic>,
}

impl Page<'_> {
    fn hold_to(&mut self, demand: &Demand) {
        match demand {
            Demand::Table(table) => table::check(self, table),
            Demand::Sections(sections) => sections::check(self, sections),
            Demand::Header(header) => header::check(self, header),
            Demand::Forbid(words) => forbidden::check(self, words),
        }
    }

    /// Reports what is wrong at `span`; `help` is what is said where the team says nothing.
    fn report(&mut self, span: Span, wrong: &str, help: &str) -> &mut Diagnostic {
        let Self { rule, document, found, .. } = self;
        let message = match &rule.message {
            Some(own) => format!("{own}: {wrong}"),
            None => wrong.to_owned(),
        };
        let path = document.source.path();
        let mut finding = Diagnostic::new(rule.name.clone(), rule.severity, path, span, message);
        finding.help(rule.help.as_deref().unwrap_or(help));
        found.push_mut(finding)
    }

    /// The place of what is missing in the whole document: its title, or its begin.
    fn top(&self) -> Span {
        let title = self.document.title.as_ref().map(|it| it.span);
        title.or_else(|| self.document.sections.first().map(|it| it.heading)).unwrap_or_default()
    }
}

/// A title as titles are compared: without what stands before its first letter, in lower case.
fn plain(title: &str) -> String {
    let start = title.find(char::is_alphabetic).unwrap_or(0);
    title.get(start..).unwrap_or(title).trim().trim_end_matches(':').to_lowercase()
}

/// Whether a cell or a value says nothing.
fn is_empty(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "?" | "…" | "...")
}

/// "`a`, `b`"
fn quoted<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    let names: Vec<String> = names.into_iter().map(|it| format!("`{it}`")).collect();
    names.join(", ")
}
