//! `docs/config.md`: every key with its type, default and example.

use std::fmt::Write;

use super::KEYS;
use super::key::{Key, Shape};

/// The page, made from the table of keys.
pub(crate) fn manual() -> String {
    let mut text = include_str!("manual.md").to_owned();
    let _ = write!(text, "\n## Keys\n\n");
    let (tables, plain): (Vec<&Key>, Vec<&Key>) = KEYS.iter().partition(|it| keys(it).is_some());
    plain.into_iter().for_each(|key| line(&mut text, key));
    for key in tables {
        section(&mut text, key, key.name);
    }
    text
}

/// The keys of a table.
fn keys(key: &Key) -> Option<&'static [Key]> {
    match key.shape {
        Shape::Table(keys) | Shape::Tables(keys) => Some(keys),
        Shape::Named(Shape::Table(keys)) => Some(*keys),
        _ => None,
    }
}

/// A table of keys, and the tables in it after it.
fn section(text: &mut String, key: &Key, path: &str) {
    let title = match key.shape {
        Shape::Tables(_) => format!("[[{path}]]"),
        Shape::Named(_) => format!("[{path}.TITLE]"),
        _ => format!("[{path}]"),
    };
    let _ = write!(text, "\n### `{title}`\n\n{}\n\n", key.about);
    let own = keys(key).unwrap_or_default();
    own.iter().filter(|it| keys(it).is_none()).for_each(|it| line(text, it));
    for it in own.iter().filter(|it| keys(it).is_some()) {
        section(text, it, &format!("{path}.{}", it.name));
    }
}

fn line(text: &mut String, key: &Key) {
    let Key { name, shape, default, about, example } = key;
    let _ = write!(text, "* `{name}` ({}): {about}", shape.expected());
    if !default.is_empty() {
        let _ = write!(text, " Default: `{default}`.");
    }
    let _ = writeln!(text, " Example: `{name} = {example}`.");
}
