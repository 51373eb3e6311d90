//! Facts that are one value each.

use groundplan_model::Document;
use groundplan_model::document::{Text, Unit};

use super::{Expected, Facts, Item, Sides, Tally, expected, line};

pub(super) fn endpoints(expected: &Expected, document: &Document) -> Tally {
    let endpoints = document.endpoints.iter().chain(&document.mentions);
    let found = endpoints.map(|it| {
        let key = format!("{} {}", it.method.as_str(), it.path);
        Item::new(key, line(document, it.span.start))
    });
    names(expected, found.collect(), |facts| &facts.endpoints)
}

pub(super) fn requirements(expected: &Expected, document: &Document) -> Tally {
    let found = document.requirements.iter().map(|it| text(document, &it.id));
    names(expected, found.collect(), |facts| &facts.requirements)
}

pub(super) fn requirement_refs(expected: &Expected, document: &Document) -> Tally {
    let found = document.requirement_refs.iter().map(|it| text(document, it));
    names(expected, found.collect(), |facts| &facts.requirement_refs)
}

pub(super) fn env_vars(expected: &Expected, document: &Document) -> Tally {
    let found = document.env_vars.iter().map(|it| text(document, it));
    without_case(expected, found.collect(), |facts| &facts.env_vars)
}

pub(super) fn components(expected: &Expected, document: &Document) -> Tally {
    let found = document.components.iter().map(|it| text(document, it));
    without_case(expected, found.collect(), |facts| &facts.components)
}

pub(super) fn kinds(expected: &Expected, document: &Document) -> Tally {
    let kind = document.classification.kind.as_str();
    let is_as_good = expected.unsure.kind.iter().any(|it| it == kind);
    let wanted = if is_as_good { kind } else { &expected.kind };
    let (expected, found) = (vec![Item::new(wanted, None)], vec![Item::new(kind, None)]);
    Sides { expected, found, unsure: Vec::new() }.tally()
}

pub(super) fn statuses(expected: &Expected, document: &Document) -> Tally {
    if !expected.unsure.status.is_empty() {
        return Tally::default();
    }
    let wanted = expected.status.as_ref().map(|it| {
        let state = it.state.as_deref().unwrap_or("no known state");
        Item::new(state, None)
    });
    let found = document.status.as_ref().map(|it| {
        let state = it.state.map_or("no known state", |state| state.as_str());
        Item::new(state, line(document, it.raw.span.start))
    });
    let (expected, found) = (wanted.into_iter().collect(), found.into_iter().collect());
    Sides { expected, found, unsure: Vec::new() }.tally()
}

pub(super) fn targets(expected: &Expected, document: &Document) -> Tally {
    let bounded = document.targets.iter().filter_map(|it| Some((it, it.quantity.as_ref()?)));
    let found = bounded.map(|(it, bound)| {
        let line = line(document, it.statement.start);
        Item::new(target_key(line, bound.value, unit_name(bound.unit)), line)
    });
    let wanted = |facts: &Facts| facts.targets.iter().map(wanted_target).collect();
    sides(expected, found.collect(), wanted).tally()
}

fn wanted_target(it: &expected::Target) -> Item {
    let (factor, unit) = UNITS
        .iter()
        .find(|(name, ..)| *name == it.unit)
        .map_or((1.0, it.unit.as_str()), |(_, factor, unit)| (*factor, *unit));
    Item::new(target_key(Some(it.line), it.value * factor, unit), Some(it.line))
}

/// Units as people write them, in those that the documents' quantities are kept in.
const UNITS: [(&str, f64, &str); 14] = [
    ("ms", 1.0, "ms"),
    ("s", 1e3, "ms"),
    ("min", 6e4, "ms"),
    ("h", 3.6e6, "ms"),
    ("hours", 3.6e6, "ms"),
    ("days", 8.64e7, "ms"),
    ("bytes", 1.0, "bytes"),
    ("KB", 1e3, "bytes"),
    ("MB", 1e6, "bytes"),
    ("GB", 1e9, "bytes"),
    ("KiB", 1_024.0, "bytes"),
    ("MiB", 1_048_576.0, "bytes"),
    ("GiB", 1_073_741_824.0, "bytes"),
    ("rps", 1.0, "/s"),
];

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Milliseconds => "ms",
        Unit::PerSecond => "/s",
        Unit::PerMinute => "/min",
        Unit::Percent => "%",
        Unit::Bytes => "bytes",
        Unit::Count => "count",
    }
}

fn target_key(line: Option<usize>, value: f64, unit: &str) -> String {
    // Rounded: 0.1 s and 100 ms are the same bound.
    let value = (value * 1e6).round() / 1e6;
    format!("line {}: {value} {unit}", line.unwrap_or_default())
}

pub(super) fn errors(expected: &Expected, document: &Document) -> Tally {
    let key = |line: usize, code: u16| format!("line {line}: {code}");
    let found = document.error_cases.iter().map(|it| {
        let line = document.source.line(it.span.start as usize);
        Item::new(key(line, it.status), Some(line))
    });
    let wanted = |facts: &Facts| {
        let errors = facts.errors.iter();
        errors.map(|it| Item::new(key(it.line, it.code), Some(it.line))).collect()
    };
    sides(expected, found.collect(), wanted).distinct().tally()
}

pub(super) fn placeholders(expected: &Expected, document: &Document) -> Tally {
    let item = |line: usize| Item::new(format!("line {line}"), Some(line));
    let found = document.placeholders.iter();
    let found = found.map(|it| item(document.source.line(it.text.span.start as usize)));
    let wanted = |facts: &Facts| facts.placeholders.iter().map(|line| item(*line)).collect();
    sides(expected, found.collect(), wanted).distinct().tally()
}

fn text(document: &Document, text: &Text) -> Item {
    Item::new(&text.text, line(document, text.span.start))
}

fn sides(expected: &Expected, found: Vec<Item>, wanted: impl Fn(&Facts) -> Vec<Item>) -> Sides {
    Sides { expected: wanted(&expected.facts), found, unsure: wanted(&expected.unsure.facts) }
}

/// Names that count once each.
fn names(expected: &Expected, found: Vec<Item>, names: fn(&Facts) -> &Vec<String>) -> Tally {
    let wanted = |facts: &Facts| names(facts).iter().map(|it| Item::new(it, None)).collect();
    sides(expected, found, wanted).distinct().tally()
}

fn without_case(expected: &Expected, found: Vec<Item>, names: fn(&Facts) -> &Vec<String>) -> Tally {
    let wanted = |facts: &Facts| names(facts).iter().map(|it| Item::new(it, None)).collect();
    let mut sides = sides(expected, found, wanted);
    for side in [&mut sides.expected, &mut sides.found, &mut sides.unsure] {
        side.iter_mut().for_each(|item| item.key = item.key.to_lowercase());
    }
    sides.distinct().tally()
}
