//! What a rule reports, and how much each finding matters.

use std::sync::Arc;

use groundplan_model::document::{State, Status};
use groundplan_model::{Certainty, Diagnostic, Fix, Severity};
use groundplan_syntax::{Edit, Span};

use crate::Rule;

/// The findings of one rule in one document.
pub struct Findings<'a> {
    rule: &'static Rule,
    /// Shared by all findings of the document.
    path: &'a Arc<str>,
    state: Option<State>,
    found: Vec<Diagnostic>,
}

/// A finding that a rule is still filling in.
pub struct Finding<'f> {
    path: &'f Arc<str>,
    diagnostic: &'f mut Diagnostic,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(rule: &'static Rule, path: &'a Arc<str>, status: Option<&Status>) -> Self {
        Self { rule, path, state: status.and_then(|it| it.state), found: Vec::new() }
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Reports what follows from stated facts.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.report_as(Certainty::Stated, span, message)
    }

    /// Reports what follows from a reading of this certainty.
    pub fn report_as(
        &mut self,
        certainty: Certainty,
        span: Span,
        message: impl Into<String>,
    ) -> Finding<'_> {
        let severity = severity(self.rule, self.state, certainty);
        let diagnostic =
            Diagnostic::shared(self.rule.name, severity, Arc::clone(self.path), span, message);
        Finding { path: self.path, diagnostic: self.found.push_mut(diagnostic) }
    }
}

impl Finding<'_> {
    /// Says what to do about it.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.diagnostic.help(help);
        self
    }

    /// Shows a second place in the same document.
    pub fn related(self, span: Span, message: impl Into<String>) -> Self {
        self.diagnostic.related(self.path, span, message);
        self
    }

    /// Shows a second place in the document at `path`.
    pub fn related_in(self, path: &str, span: Span, message: impl Into<String>) -> Self {
        self.diagnostic.related(path, span, message);
        self
    }

    /// Caps how much it matters.
    pub fn at_most(self, severity: Severity) -> Self {
        self.diagnostic.severity = self.diagnostic.severity.min(severity);
        self
    }

    /// Edits after which the rule has nothing to say here and the meaning is what was meant.
    pub fn safe_fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix(title, edits, Certainty::Stated)
    }

    /// Edits that are probably what was meant.
    pub fn unsafe_fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix(title, edits, Certainty::Guessed)
    }

    fn fix(self, title: impl Into<String>, edits: Vec<Edit>, certainty: Certainty) -> Self {
        self.diagnostic.fix(Fix { title: title.into(), edits, certainty });
        self
    }
}

/// How much a finding matters: the rule's severity, or that of the document's state where the rule
/// is about what a document still lacks; never an error on a guess.
fn severity(rule: &Rule, state: Option<State>, certainty: Certainty) -> Severity {
    let severity = if rule.by_status { of_state(state).min(rule.severity) } else { rule.severity };
    if certainty == Certainty::Guessed { severity.min(Severity::Warning) } else { severity }
}

fn of_state(state: Option<State>) -> Severity {
    match state {
        None | Some(State::Draft | State::Planned | State::Superseded) => Severity::Info,
        Some(State::Review | State::InProgress) => Severity::Warning,
        Some(State::Approved | State::Implemented) => Severity::Error,
    }
}
