//! Tests: functions and cases, by the ways of each language.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::syntax::{ItemKind, Syntax, Value};
use super::tags::{plain, qualified};
use super::{CodeFile, Language, Named, Reader};
use crate::Certainty;
use crate::lower::ids;

/// The JavaScript family.
const SCRIPTS: &[Language] = &[Language::JavaScript, Language::TypeScript, Language::Tsx];

/// Every way.
pub(super) static READERS: &[Reader] = &[
    Reader { languages: &[Language::Rust], words: &["test]", "test(", "rstest"], read: attributes },
    Reader { languages: &[Language::Java], words: &["Test"], read: attributes },
    Reader { languages: &[Language::Python], words: &["def test"], read: python },
    Reader { languages: &[Language::Go], words: &["func Test"], read: go },
    Reader { languages: SCRIPTS, words: &["it(", "test(", "it.", "test."], read: scripts },
];

/// Attributes and annotations that make a function a test.
const ATTRIBUTES: [&str; 7] =
    ["test", "rstest", "test_case", "Test", "ParameterizedTest", "RepeatedTest", "TestFactory"];

fn attributes(syntax: &Syntax<'_>, file: &mut CodeFile) {
    for (at, item) in syntax.items.iter().enumerate() {
        let calls = item.decorators.iter().filter_map(|it| syntax.call(*it));
        let is_test = calls.into_iter().any(|it| ATTRIBUTES.contains(&it.name));
        if is_test && item.kind == ItemKind::Function {
            add(syntax, file, qualified(syntax, at), &item.name_range);
        }
    }
}

/// `def test_x` of a file, or of a class whose name or base says that it holds tests.
fn python(syntax: &Syntax<'_>, file: &mut CodeFile) {
    for (at, item) in syntax.items.iter().enumerate() {
        let around = item.parent.map(|it| syntax.items.get(it));
        let is_held = around.is_none_or(|it| it.is_some_and(|it| it.head.contains("Test")));
        if item.kind == ItemKind::Function && item.name.starts_with("test") && is_held {
            add(syntax, file, qualified(syntax, at), &item.name_range);
        }
    }
}

/// `func TestX(t *testing.T)`, and the cases that it runs.
fn go(syntax: &Syntax<'_>, file: &mut CodeFile) {
    if !file.path.ends_with("_test.go") {
        return;
    }
    for item in syntax.items.iter().filter(|it| it.name.starts_with("Test")) {
        if item.kind == ItemKind::Function {
            add(syntax, file, item.name.to_owned(), &item.name_range);
        }
    }
    for call in syntax.calls.iter().filter(|it| it.name == "Run" && it.receiver_name() == "t") {
        let within = |range: &Range<usize>| range.contains(&call.range.start);
        let outer = syntax.items.iter().find(|it| it.name.starts_with("Test") && within(&it.range));
        let case = call.arguments.first();
        if let (Some(outer), Some(case)) = (outer, case)
            && let Some(name) = syntax.stated(&case.value)
        {
            add(syntax, file, format!("{}/{}", outer.name, name.replace(' ', "_")), &case.range);
        }
    }
}

/// `it("…")` and `test("…")` with the names of the groups around them.
fn scripts(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let called = |names: &'static [&'static str]| {
        syntax.calls.iter().filter(move |it| {
            let own = names.contains(&it.name) && it.receiver == Value::None;
            // `it.only("…")`
            own || names.contains(&it.receiver_name())
        })
    };
    let groups = called(&["describe", "suite", "context"]).filter_map(|it| {
        let name = syntax.stated(&it.arguments.first()?.value)?;
        Some((it.range.clone(), name))
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort_by_key(|it| it.0.start);
    for call in called(&["it", "test", "specify"]) {
        let [first, _, ..] = call.arguments.as_slice() else { continue };
        let Some(name) = syntax.stated(&first.value) else { continue };
        let around = groups.iter().filter(|(range, _)| range.contains(&call.range.start));
        let names: Vec<_> = around.map(|it| it.1.as_ref()).chain([name.as_ref()]).collect();
        add(syntax, file, names.join(" > "), &first.range);
    }
}

/// Adds a test, and the requirement that its name names.
fn add(syntax: &Syntax<'_>, file: &mut CodeFile, name: String, at: &Range<usize>) {
    let place = syntax.place(at);
    for id in named(&name) {
        file.tags.push(super::Tag { item: Some(name.clone()), ..plain("test", &id, place) });
    }
    file.tests.push(Named { name, place, certainty: Certainty::Stated });
}

/// Ids in a name: `FR-001: signs in`, `test_fr_001_signs_in`.
fn named(name: &str) -> Vec<String> {
    let known = ids::all(name, 0).into_iter().filter(|it| it.is_known());
    let mut found: Vec<String> = known.map(|it| it.text.to_owned()).collect();
    let words: Vec<&str> = name.split('_').collect();
    for pair in words.array_windows::<2>() {
        let [prefix, number] = pair;
        let id = format!("{}-{number}", prefix.to_ascii_uppercase());
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        if is_number && ids::all(&id, 0).iter().any(|it| it.is_known() && it.text == id) {
            found.push(id);
        }
    }
    found
}
