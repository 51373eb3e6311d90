//! Tables with their columns, and data types with their fields.

use groundplan_model::Document;

use super::{Expected, Item, Sides, Tally, expected::Shapes, line};

pub(super) fn tables(expected: &Expected, document: &Document) -> Tally {
    let found = document.schema.tables.iter();
    let found = found.map(|it| Item::new(it.name.to_lowercase(), line(document, it.span.start)));
    let unsure = shape_names(&expected.unsure.facts.tables);
    let expected = shape_names(&expected.facts.tables);
    Sides { expected, found: found.collect(), unsure }.distinct().tally()
}

pub(super) fn columns(expected: &Expected, document: &Document) -> Tally {
    let (sure, unsure) = (&expected.facts.tables, &expected.unsure.facts.tables);
    let tables = document.schema.tables.iter().filter(|it| counts(&it.name, sure, unsure));
    let found = tables.flat_map(|table| {
        let columns = table.columns.iter();
        columns.map(|it| member(&table.name, &it.name, line(document, it.span.start)))
    });
    let found = found.collect();
    Sides { expected: members(sure), found, unsure: members(unsure) }.distinct().tally()
}

pub(super) fn types(expected: &Expected, document: &Document) -> Tally {
    let found = document.entities.iter().map(|it| {
        let name = it.name.text.to_lowercase();
        Item::new(name, line(document, it.name.span.start))
    });
    let unsure = shape_names(&expected.unsure.facts.types);
    let expected = shape_names(&expected.facts.types);
    Sides { expected, found: found.collect(), unsure }.distinct().tally()
}

pub(super) fn fields(expected: &Expected, document: &Document) -> Tally {
    let (sure, unsure) = (&expected.facts.types, &expected.unsure.facts.types);
    let types = document.entities.iter().filter(|it| counts(&it.name.text, sure, unsure));
    let found = types.flat_map(|it| {
        let fields = it.fields.iter();
        fields.map(|field| member(&it.name.text, &field.name, line(document, field.span.start)))
    });
    let found = found.collect();
    Sides { expected: members(sure), found, unsure: members(unsure) }.distinct().tally()
}

fn shape_names(shapes: &Shapes) -> Vec<Item> {
    shapes.keys().map(|name| Item::new(name.to_lowercase(), None)).collect()
}

fn members(shapes: &Shapes) -> Vec<Item> {
    let pairs = shapes.iter().flat_map(|(name, fields)| fields.iter().map(move |it| (name, it)));
    pairs.map(|(name, field)| member(name, field, None)).collect()
}

fn member(name: &str, field: &str, line: Option<usize>) -> Item {
    Item::new(format!("{name}.{field}").to_lowercase(), line)
}

/// Whether a shape's members are judged: not where it is open whether the shape itself counts.
fn counts(name: &str, sure: &Shapes, unsure: &Shapes) -> bool {
    let is_in = |shapes: &Shapes| shapes.keys().any(|key| key.eq_ignore_ascii_case(name));
    is_in(sure) || !is_in(unsure)
}
