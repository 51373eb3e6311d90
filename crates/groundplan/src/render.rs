//! Findings for a reader: a person, a program, a code-scanning page, a pull request.

mod concise;
mod github;
mod gitlab;
mod grouped;
pub(crate) mod json;
mod junit;
mod markdown;
mod page;
mod sarif;
mod statistics;
mod text;

use std::collections::HashMap;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use groundplan_analysis::Suppressed;
use groundplan_model::{Diagnostic, Document, Severity};
use groundplan_syntax::{LineColumn, Source, Span};

pub(crate) use page::page;
pub(crate) use statistics::statistics;

/// Findings with what is needed to show them.
pub(crate) struct Report<'a> {
    /// The findings, sorted.
    pub(crate) findings: &'a [Diagnostic],
    /// Those that comments suppress, for formats that know of such.
    pub(crate) suppressed: &'a [Suppressed],
    /// The texts that they lie in.
    pub(crate) sources: &'a Sources<'a>,
    /// Whether to colour.
    pub(crate) styled: bool,
    /// Columns of the terminal, where it is one.
    pub(crate) width: Option<usize>,
}

/// An output format.
pub(crate) struct Format {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Whether people read it: a summary follows then.
    pub(crate) for_people: bool,
    /// Findings to text.
    pub(crate) render: fn(&Report<'_>) -> String,
}

/// Every format.
static FORMATS: &[&Format] = &[
    &TEXT,
    &Format { name: "full", for_people: true, render: text::render },
    &Format { name: "concise", for_people: true, render: concise::render },
    &Format { name: "grouped", for_people: true, render: grouped::render },
    &Format { name: "json", for_people: false, render: json::render },
    &Format { name: "json-lines", for_people: false, render: json::lines },
    &Format { name: "sarif", for_people: false, render: sarif::render },
    &Format { name: "junit", for_people: false, render: junit::render },
    &Format { name: "github", for_people: false, render: github::render },
    &Format { name: "gitlab", for_people: false, render: gitlab::render },
    &Format { name: "markdown", for_people: false, render: markdown::render },
];

/// The format that is taken where none is named.
pub(crate) static TEXT: Format = Format { name: "text", for_people: true, render: text::render };

/// Reads `--output-format`.
pub(crate) fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    let names: Vec<&'static str> = FORMATS.iter().map(|format| format.name).collect();
    PossibleValuesParser::new(names).map(|name| {
        let named = FORMATS.iter().find(|format| format.name == name);
        named.copied().unwrap_or(&TEXT)
    })
}

/// The texts that findings lie in, by path.
pub(crate) struct Sources<'a> {
    by_path: HashMap<&'a str, &'a Source>,
}

impl<'a> Sources<'a> {
    /// The texts of `documents`.
    pub(crate) fn of(documents: &'a [Document]) -> Self {
        Self::new(documents.iter().map(|document| &document.source))
    }

    /// These texts.
    pub(crate) fn new(sources: impl Iterator<Item = &'a Source>) -> Self {
        Self { by_path: sources.map(|source| (source.path(), source)).collect() }
    }

    /// The text at `path`.
    pub(crate) fn get(&self, path: &str) -> Option<&'a Source> {
        self.by_path.get(path).copied()
    }

    /// Where `offset` of the text at `path` lies.
    pub(crate) fn position(&self, path: &str, offset: u32) -> LineColumn {
        let start = LineColumn { line: 1, column: 1 };
        self.get(path).map_or(start, |source| source.position(offset as usize))
    }

    /// Where `span` of the text at `path` starts and ends.
    fn region(&self, path: &str, span: Span) -> (LineColumn, LineColumn) {
        (self.position(path, span.start), self.position(path, span.end))
    }
}

/// How many findings there are of each severity, as in "3 errors, 2 warnings".
pub(crate) fn counted(findings: &[Diagnostic]) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
        let count = findings.iter().filter(|it| it.severity == severity).count();
        (severity, count)
    });
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| match severity {
            Severity::Info => format!("{count} for information"),
            _ => plural(*count, severity.as_str()),
        })
        .collect();
    parts.join(", ")
}

/// "1 document", "2 documents".
pub(crate) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
