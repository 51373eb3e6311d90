//! Filling a template: places get their values, marks go, the rest stays as it is written.

use std::collections::BTreeMap;

use groundplan_syntax::{Edit, Source, apply, parse};

use super::words::{Style, styled, words};
use super::{Choice, Template};
use crate::document::HeaderField;
use crate::lower;

/// What is known when a document is made: values by the names of places, such as `FEATURE_NAME`,
/// and by the names of header fields, such as `STATUS`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    by_key: BTreeMap<String, String>,
}

/// A document made from a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Its text, without a provenance block.
    pub text: String,
}

/// A value for a place that the template does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The place.
    pub key: String,
    /// The places that it has.
    pub known: Vec<String>,
}

impl Values {
    /// Sets a value; `feature-name`, `Feature Name` and `FEATURE_NAME` are one place.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.by_key.insert(place(key), value.into());
    }

    /// As [`Values::set`], where the place has no value yet.
    pub fn set_default(&mut self, key: &str, value: impl Into<String>) {
        self.by_key.entry(place(key)).or_insert_with(|| value.into());
    }

    /// The value of a place.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.by_key.get(&place(key)).map(String::as_str)
    }
}

/// How a place is compared: `FEATURE_NAME`.
pub(super) fn place(key: &str) -> String {
    styled(key, Style::Upper)
}

impl Template {
    /// The document with `values` in its places. A choice in the header begins with its first
    /// value. Places without a value stay.
    pub fn fill(&self, values: &Values) -> Filled {
        let text = with_header(&self.body, values);
        let lines = text.split_inclusive('\n').filter(|line| !is_mark_alone(line));
        let filled: String = lines.map(|line| with_places(&without_marks(line), values)).collect();
        Filled { text: format!("{}\n", filled.trim_end()) }
    }

    /// Whether every one of `keys` is a place or a header field.
    pub fn knows(&self, keys: &[String]) -> Result<(), UnknownKey> {
        let known = self.places();
        match keys.iter().find(|key| !known.contains(&place(key))) {
            Some(key) => Err(UnknownKey { key: key.clone(), known }),
            None => Ok(()),
        }
    }

    /// Names of places `{{NAME}}` and of header fields, sorted.
    pub fn places(&self) -> Vec<String> {
        let mut found: Vec<String> = braces(&self.body).map(|(_, key)| place(key)).collect();
        found.extend(header(&self.body).iter().map(|field| place(&field.key)));
        found.sort();
        found.dedup();
        found
    }

    /// The fields of the header with what the template writes into them.
    pub fn header(&self) -> Vec<HeaderField> {
        header(&self.body)
    }
}

fn header(text: &str) -> Vec<HeaderField> {
    let source = Source::new("", text);
    lower(&source, &parse(&source)).header
}

/// The text with the header fields that have a value, and with the first value of each choice.
fn with_header(text: &str, values: &Values) -> String {
    let edit = |field: &HeaderField| {
        let written = text.get(field.value.span.range())?;
        let first = Choice::of(written).and_then(|choice| choice.values.into_iter().next());
        let is_open = written.contains("{{") || written.contains('[') || first.is_some();
        let value =
            values.get(&field.key).map(str::to_owned).filter(|_| is_open || is_word(written));
        Some(Edit::replace(field.value.span, value.or(first)?))
    };
    let edits: Vec<Edit> = header(text).iter().filter_map(edit).collect();
    apply(text, &edits).unwrap_or_else(|_| text.to_owned())
}

/// Whether a header's value is a plain word such as a version, which `--set` may replace.
fn is_word(written: &str) -> bool {
    !written.contains(['*', '`', '\n'])
}

/// A line with the values of its places. In a table's row a bar would end the cell.
fn with_places(line: &str, values: &Values) -> String {
    let is_row = line.trim_start().starts_with('|');
    let mut result = String::with_capacity(line.len());
    let mut done = 0;
    for (at, key) in braces(line) {
        let Some(value) = values.get(key) else { continue };
        let value = styled(value, style(key));
        let value = if is_row { value.replace('|', "\\|") } else { value };
        result.push_str(line.get(done..at).unwrap_or(""));
        result.push_str(&value);
        done = at + key.len() + "{{}}".len();
    }
    result.push_str(line.get(done..).unwrap_or(""));
    result
}

/// Places `{{key}}` of a text, each with where it begins. Blanks around a key are part of it.
fn braces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("{{").filter_map(|(at, _)| {
        let inner = text.get(at + 2..)?.split("}}").next()?;
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let closed = text.get(at + 2 + inner.len()..)?.starts_with("}}");
        (closed && !words(inner).is_empty() && inner.chars().all(is_key)).then_some((at, inner))
    })
}

/// How a place writes its value: `{{feature_name}}` is code, `{{FEATURE_NAME}}` the value itself.
fn style(key: &str) -> Style {
    let key = key.trim();
    let has = |test: fn(char) -> bool| key.chars().any(test);
    match (has(char::is_lowercase), has(char::is_uppercase)) {
        (true, true) if !key.contains([' ', '_', '-']) => Style::Pascal,
        (true, false) if key.contains('-') => Style::Kebab,
        (true, false) => Style::Snake,
        _ => Style::Plain,
    }
}

/// Marks that stand behind a heading or an item.
const MARKS: [&str; 3] = ["<!-- optional", "<!-- repeat", "<!-- filled:"];

/// The line without the marks at its end.
pub(super) fn without_marks(line: &str) -> String {
    let (text, end) = match line.strip_suffix('\n') {
        Some(text) => (text, "\n"),
        None => (line, ""),
    };
    let mut text = text;
    while let Some(at) = text.rfind("<!-- ").filter(|_| text.trim_end().ends_with("-->")) {
        let mark = text.get(at..).unwrap_or("");
        if !MARKS.iter().any(|it| mark.starts_with(it)) {
            break;
        }
        text = text.get(..at).unwrap_or("").trim_end();
    }
    format!("{text}{end}")
}

fn is_mark_alone(line: &str) -> bool {
    line.trim() == "<!-- keep -->"
}

/// The section that a box of the template speaks of: `<!-- filled: Key Algorithms -->`.
pub(super) fn filled_mark(line: &str) -> Option<&str> {
    let rest = line.split_once("<!-- filled:")?.1;
    rest.split_once("-->").map(|(title, _)| title.trim())
}
