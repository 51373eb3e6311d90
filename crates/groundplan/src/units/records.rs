//! Findings as they are kept: names of rules and paths once each, and shared by those that are read
//! again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use groundplan_analysis::rule;
use groundplan_model::{Diagnostic, Fix, Label, Severity};
use groundplan_syntax::Span;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
struct Records<'a> {
    #[serde(borrow)]
    names: Vec<&'a str>,
    records: Vec<Record<'a>>,
}

/// A finding; `rule` and paths are places in the list of names.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    rule: usize,
    severity: Severity,
    path: usize,
    span: Span,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(borrow)]
    related: Vec<(usize, Span, &'a str)>,
    fix: Option<Cow<'a, Fix>>,
}

#[derive(Default)]
struct Names<'a> {
    list: Vec<&'a str>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn place(&mut self, name: &'a str) -> usize {
        *self.places.entry(name).or_insert_with(|| {
            self.list.push(name);
            self.list.len() - 1
        })
    }
}

/// A name that was read again.
struct Name {
    path: Arc<str>,
    rule: Cow<'static, str>,
}

/// The findings as bytes.
pub(crate) fn encoded(findings: &[&Diagnostic]) -> Option<Vec<u8>> {
    postcard::to_stdvec(&records(findings.iter().copied())).ok()
}

/// The findings that the bytes stand for.
pub(crate) fn decoded(bytes: &[u8]) -> Option<Vec<Diagnostic>> {
    findings(postcard::from_bytes(bytes).ok()?)
}

pub(super) fn serialize<S: Serializer>(
    findings: &[Diagnostic],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    records(findings.iter()).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Diagnostic>, D::Error> {
    let records = Records::deserialize(deserializer)?;
    findings(records).ok_or_else(|| serde::de::Error::custom("a name is not in the list"))
}

fn records<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Records<'a> {
    let mut names = Names::default();
    let records = findings.map(|it| record(it, &mut names)).collect();
    Records { names: names.list, records }
}

fn record<'a>(finding: &'a Diagnostic, names: &mut Names<'a>) -> Record<'a> {
    let Diagnostic { rule, severity, path, span, message, help, related, fix } = finding;
    let related = related.iter().map(|it| (names.place(&it.path), it.span, it.message.as_str()));
    let related = related.collect();
    Record {
        rule: names.place(rule),
        severity: *severity,
        path: names.place(path),
        span: *span,
        message,
        help: help.as_deref(),
        related,
        fix: fix.as_ref().map(Cow::Borrowed),
    }
}

fn findings(records: Records<'_>) -> Option<Vec<Diagnostic>> {
    let names: Vec<Name> = records.names.into_iter().map(Name::of).collect();
    records.records.into_iter().map(|it| finding(it, &names)).collect()
}

fn finding(record: Record<'_>, names: &[Name]) -> Option<Diagnostic> {
    let label = |(path, span, message): (usize, Span, &str)| {
        let path = Arc::clone(&names.get(path)?.path);
        Some(Label { path, span, message: message.to_owned() })
    };
    Some(Diagnostic {
        rule: names.get(record.rule)?.rule.clone(),
        severity: record.severity,
        path: Arc::clone(&names.get(record.path)?.path),
        span: record.span,
        message: record.message.to_owned(),
        help: record.help.map(str::to_owned),
        related: record.related.into_iter().map(label).collect::<Option<_>>()?,
        fix: record.fix.map(Cow::into_owned),
    })
}

impl Name {
    fn of(name: &str) -> Self {
        // A team's own rules are not in the table.
        let rule = rule(name).map_or_else(|| Cow::Owned(name.to_owned()), |it| it.name.into());
        Self { path: name.into(), rule }
    }
}

#[cfg(test)]
mod tests;
