//! Defects put into the example on purpose: each is found, at its place and with the other place of
//! a contradiction, and nothing else is. `tests/seeded/README.md` says how one is written.

mod copy;
mod defect;
mod place;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use groundplan_analysis::{Selection, check_workspace};
use groundplan_model::code::read_code;
use groundplan_model::{Diagnostic, Document, Workspace, lower};
use groundplan_syntax::{Source, parse};
use groundplan_tests::{files, root};

use copy::{Copy, Paths};
use defect::{Defect, defects, written};
use place::Place;

#[test]
fn the_example_is_clean() {
    let copy = Copy::of_example();
    let found: Vec<String> = check(&copy).iter().map(|it| seen(it, &copy).line()).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn there_are_sixty_defects_each_of_a_rule_of_its_own() {
    let all = all();
    let rules: BTreeMap<&str, &str> = all.iter().map(|it| (&*it.rule, &*it.name)).collect();
    assert_eq!(rules.len(), all.len(), "one defect a rule");
    assert!(all.len() >= 60, "{} defects", all.len());
}

#[test]
fn each_defect_alone_gives_its_own_finding_and_no_other() {
    let faults: Vec<String> = all().iter().filter_map(alone).collect();
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn all_defects_at_once_give_exactly_their_findings() {
    let defects = all();
    let copy = Copy::of_example().with(&defects);
    let mut expected: Vec<String> = defects.iter().map(|it| hoped(it, &copy)).collect();
    let mut found: Vec<String> = check(&copy).iter().map(|it| seen(it, &copy).line()).collect();
    expected.sort();
    found.sort();
    let (lost, more) = (without(&expected, &found), without(&found, &expected));
    assert!(lost.is_empty() && more.is_empty(), "lost:\n{lost}\nmore:\n{more}");
}

fn without(lines: &[String], others: &[String]) -> String {
    let own = lines.iter().filter(|it| !others.contains(it));
    own.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What is wrong with the findings of a copy that has this defect only.
fn alone(defect: &Defect) -> Option<String> {
    let copy = Copy::of_example().with(std::slice::from_ref(defect));
    let found: Vec<Seen> = check(&copy).iter().map(|it| seen(it, &copy)).collect();
    let expected = hoped(defect, &copy);
    let lines: Vec<String> = found.iter().map(Seen::line).collect();
    (lines != [expected.as_str()]).then(|| {
        let name = &defect.name;
        format!("{name}\n  expected {expected}\n  found    {}\n", lines.join("\n           "))
    })
}

/// Every finding of a copy, with the rules that are on trial and with reasons required.
fn check(copy: &Copy) -> Vec<Diagnostic> {
    let (texts, contracts): (Vec<_>, Vec<_>) =
        copy.texts.iter().partition(|(path, _)| path.ends_with(".md"));
    let documents = texts.into_iter().map(|(path, text)| document(path, text)).collect();
    let contracts = contracts.into_iter().filter_map(|(path, text)| read_code(path, text));
    let paths = Paths(copy.texts.keys().cloned().collect());
    let everything = Selection { preview: true, require_reasons: true, ..Selection::default() };
    let workspace = Workspace::new(documents, &paths).with_contracts(contracts.collect());
    check_workspace(&workspace, &everything)
}

/// The document with this text. Those of the example are read once: a defect leaves most as they are.
fn document(path: &str, text: &str) -> Document {
    static EXAMPLE: LazyLock<Vec<Document>> = LazyLock::new(|| {
        Copy::of_example().texts.iter().map(|(path, text)| read(path, text)).collect()
    });
    let is_it = |it: &&Document| it.source.path() == path && it.source.text() == text;
    EXAMPLE.iter().find(is_it).cloned().unwrap_or_else(|| read(path, text))
}

fn read(path: &str, text: &str) -> Document {
    let source = Source::new(path, text);
    lower(&source, &parse(&source))
}

/// A finding: its rule and its places.
struct Seen {
    rule: String,
    places: Vec<(String, usize)>,
    shown: Vec<String>,
}

impl Seen {
    fn line(&self) -> String {
        format!("{} at {}", self.rule, self.shown.join(", "))
    }

    fn new(rule: &str, places: Vec<(String, usize)>, copy: &Copy) -> Self {
        let shown = places.iter().map(|(path, offset)| copy.shown(path, *offset)).collect();
        Self { rule: rule.to_owned(), places, shown }
    }
}

fn seen(found: &Diagnostic, copy: &Copy) -> Seen {
    let first = (found.path.to_string(), found.span.start as usize);
    let others = found.related.iter().map(|it| (it.path.to_string(), it.span.start as usize));
    Seen::new(&found.rule, std::iter::once(first).chain(others).collect(), copy)
}

/// The finding that a defect is to give, or why it names no place.
fn hoped(defect: &Defect, copy: &Copy) -> String {
    let own = Place { file: defect.found_in.clone(), at: defect.at.clone() };
    let places = std::iter::once(&own).chain(&defect.related);
    let places: Result<Vec<_>, String> =
        places.map(|place| found_in(copy, defect, place)).collect();
    match places {
        Ok(places) => Seen::new(&defect.rule, places, copy).line(),
        Err(why) => format!("{} of \"{}\": {why}", defect.rule, defect.name),
    }
}

fn found_in(copy: &Copy, defect: &Defect, place: &Place) -> Result<(String, usize), String> {
    let path = copy::path(place.file.as_deref().unwrap_or(&defect.file));
    let offset = place.offset(copy.text(&path))?;
    Ok((path, offset))
}

/// All defects. `UPDATE=1` first fills in the places of those that have none yet.
fn all() -> Vec<Defect> {
    let mut all = Vec::new();
    for file in files("tests/seeded").iter().filter(|it| it.is(".toml")) {
        let mut own = defects(&file.path, file.text());
        if std::env::var("UPDATE").is_ok_and(|it| it == "1") {
            own.iter_mut().filter(|it| it.at.is_empty()).for_each(fill);
            std::fs::write(root().join(&file.path), written(&own)).expect("it can be written");
        }
        all.append(&mut own);
    }
    all
}

/// Takes the places of the one finding that the defect gives by itself.
fn fill(defect: &mut Defect) {
    let copy = Copy::of_example().with(std::slice::from_ref(defect));
    let found = check(&copy);
    let Some(only) = found.first().filter(|it| found.len() == 1 && it.rule == defect.rule) else {
        return;
    };
    let mut places = seen(only, &copy).places.into_iter();
    let Some((path, offset)) = places.next() else { return };
    let own = copy::path(&defect.file);
    let named = |path: &str| (*path != own).then(|| copy::name(path));
    defect.at = place::marked(copy.text(&path), offset);
    defect.found_in = named(&path);
    let others = places.map(|(path, offset)| Place {
        file: named(&path),
        at: place::marked(copy.text(&path), offset),
    });
    defect.related = others.collect();
}
