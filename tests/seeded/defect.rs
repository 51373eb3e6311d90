//! Defects as data: `tests/seeded/*.toml`.

use std::fmt::Write;

use serde::Deserialize;

use super::Place;

/// One change of the example that makes it wrong in one way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Defect {
    /// What is wrong then, in a few words.
    pub(super) name: String,
    /// The rule that finds it.
    pub(super) rule: String,
    /// The document, from the example's folder of documents.
    pub(super) file: String,
    /// What is taken out, and stands there once; the document is a new one where there is nothing.
    pub(super) replace: Option<String>,
    /// What comes in its place.
    pub(super) with: String,
    /// The document of the finding, where it is another one.
    pub(super) found_in: Option<String>,
    /// Where the finding begins.
    #[serde(default)]
    pub(super) at: String,
    /// Where its other places begin.
    #[serde(default)]
    pub(super) related: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defects {
    defect: Vec<Defect>,
}

/// The defects of one file.
pub(super) fn defects(path: &str, text: &str) -> Vec<Defect> {
    let read: Result<Defects, _> = toml::from_str(text);
    read.unwrap_or_else(|error| panic!("{path}: {error}")).defect
}

/// The defects as their file has them.
pub(super) fn written(defects: &[Defect]) -> String {
    defects.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(defect: &Defect) -> String {
    let mut text = "[[defect]]\n".to_owned();
    let Defect { name, rule, file, replace, with, found_in, at, related } = defect;
    let old = replace.as_ref().map(|it| ("replace", it));
    let found_in = found_in.as_ref().map(|it| ("found_in", it));
    let fields = [("name", name), ("rule", rule), ("file", file)].into_iter().chain(old);
    let fields = fields.chain([("with", with)]).chain(found_in).chain([("at", at)]);
    for (key, value) in fields {
        writeln!(text, "{key} = {}", quoted(value)).expect("a String");
    }
    for place in related {
        text.push_str("[[defect.related]]\n");
        if let Some(file) = &place.file {
            writeln!(text, "file = {}", quoted(file)).expect("a String");
        }
        writeln!(text, "at = {}", quoted(&place.at)).expect("a String");
    }
    text
}

fn quoted(text: &str) -> String {
    match (text.contains('\n'), text.contains(['\'', '\n'])) {
        (true, _) => format!("'''\n{text}'''"),
        (false, true) => format!("'''{text}'''"),
        (false, false) => format!("'{text}'"),
    }
}
