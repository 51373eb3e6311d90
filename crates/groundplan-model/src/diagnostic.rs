//! What is told to a user about a document: findings, and the failures of a verification.

use std::borrow::Cow;
use std::sync::Arc;

use groundplan_syntax::{Edit, Span};
use serde::{Deserialize, Serialize};

/// How much it matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// `info`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure a reading or a fix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Certainty {
    /// Matched by a pattern in prose.
    Guessed,
    /// Follows from what is stated by a fixed rule.
    Inferred,
    /// The document says it in a form made for it.
    Stated,
}

/// A second place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Path of the document.
    pub path: Arc<str>,
    /// Where in it.
    pub span: Span,
    /// What stands there, in a few words.
    pub message: String,
}

/// Edits that mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// The edits, all in the finding's own document.
    pub edits: Vec<Edit>,
    /// `Stated` is applied by `--fix`; anything less asks for `--unsafe-fixes`.
    pub certainty: Certainty,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's name, such as `table-undefined`; a team's own rules are named in its settings.
    pub rule: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// Path of the document.
    pub path: Arc<str>,
    /// The primary place.
    pub span: Span,
    /// What is wrong, on one line, enough by itself.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places; a contradiction always has one.
    pub related: Vec<Label>,
    /// How it is mended, if that is known.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding without help, related places or a fix.
    pub fn new(
        rule: impl Into<Cow<'static, str>>,
        severity: Severity,
        path: &str,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self::shared(rule, severity, path.into(), span, message)
    }

    /// The same with a path that the findings of a document share.
    pub fn shared(
        rule: impl Into<Cow<'static, str>>,
        severity: Severity,
        path: Arc<str>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        let (rule, message) = (rule.into(), one_line(message.into()));
        Self { rule, severity, path, span, message, help: None, related: Vec::new(), fix: None }
    }

    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    pub fn related(&mut self, path: &str, span: Span, message: impl Into<String>) -> &mut Self {
        // Most second places lie in the same document.
        let path = if path == &*self.path { Arc::clone(&self.path) } else { path.into() };
        self.related.push(Label { path, span, message: one_line(message.into()) });
        self
    }

    /// Says how it is mended.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }
}

/// Messages quote documents, and a quoted name of SQL or JSON may hold a line break.
fn one_line(message: String) -> String {
    if message.contains(['\n', '\r']) { message.replace(['\n', '\r'], " ") } else { message }
}
