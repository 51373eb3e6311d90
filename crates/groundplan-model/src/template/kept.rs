//! The values that a document was filled with, read back from its text.

use super::fill::Values;
use super::{Template, shape::Choice};
use groundplan_syntax::{Source, parse};

/// What stands in `text`, a document made from some version of `template`, at the places of this
/// one: a newer version is filled with it again. Of two texts that say different things the first
/// line counts.
pub fn values_of(template: &Template, text: &str) -> Values {
    let mut values = Values::default();
    for line in template.body.lines() {
        let line = super::fill::without_marks(line);
        if let Some((key, before, after)) = places(&line) {
            let found = text.lines().find_map(|it| between(it.trim_end(), before, after));
            if let Some(value) = found.filter(|it| !it.contains("{{") && !it.is_empty()) {
                values.set_default(key, value.replace("\\|", "|"));
            }
        }
    }
    for field in chosen(template, text) {
        values.set_default(&field.0, field.1);
    }
    values
}

/// Places of a line, each with the text on both sides. Only lines with one place, written in
/// capitals, tell their value.
fn places(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once("{{")?;
    let (key, after) = rest.split_once("}}")?;
    let is_plain = !key.chars().any(char::is_lowercase);
    let alone = !after.contains("{{") && !after.contains('[') && !before.contains('[');
    // `{{A}}` alone would fit every line.
    let is_told = before.chars().any(char::is_alphabetic)
        || before.starts_with('#')
        || after.trim().len() > 3;
    (is_plain && alone && is_told).then_some((key, before.trim_end(), after.trim()))
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(before)?;
    let value = rest.trim_end().strip_suffix(after)?.trim();
    // `# ` is the start of `## Overview` only without its blank.
    (rest.starts_with(' ') || before.is_empty()).then_some(value)
}

/// Fields of the header that offer a choice, with what was chosen.
fn chosen(template: &Template, text: &str) -> Vec<(String, String)> {
    let source = Source::new("", text);
    let header = crate::lower(&source, &parse(&source)).header;
    let offered = template.header().into_iter().filter(|it| Choice::of(&it.value.text).is_some());
    let found = |key: &str| {
        let field = header.iter().find(|it| it.key.eq_ignore_ascii_case(key))?;
        Some((field.key.clone(), field.value.text.clone()))
    };
    offered.filter_map(|it| found(&it.key)).collect()
}
