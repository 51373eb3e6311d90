//! Tables of fields: `| Field | Type | … |` under a heading that names the type.

use super::super::{Reading, Table};
use crate::document::{Concept, Entity, EntityField, Text};

const FIELD: [&str; 7] =
    ["field", "column", "attribute", "property", "field name", "column name", "필드"];
const TYPE: [&str; 4] = ["type", "data type", "datatype", "타입"];

pub(super) fn read(reading: &Reading<'_>) -> Vec<Entity> {
    reading.tables.iter().filter_map(|table| entity(reading, table)).collect()
}

fn entity(reading: &Reading<'_>, table: &Table) -> Option<Entity> {
    let field_column = table.column(&FIELD)?;
    let type_column = table.column(&TYPE)?;
    let at = table.view.span.start;
    let section = reading.document.section_at(at)?;
    let about_data = reading.is_under(at, &[Concept::DataModel]) || section.level >= 3;
    let required = table.column(&["required", "nullable"]);
    let fields: Vec<EntityField> = table
        .view
        .rows
        .iter()
        .filter_map(|row| {
            let name = reading.cell(row, Some(field_column))?;
            let ty = reading.cell(row, Some(type_column)).map_or(String::new(), |it| it.text);
            let says = reading.cell(row, required).map(|it| it.text.to_lowercase());
            let optional =
                says.is_some_and(|it| it.starts_with("no") || it.starts_with("optional"));
            let text = name.text.trim_matches(['`', '*']).to_owned();
            Some(EntityField { name: text, ty, optional, span: name.span })
        })
        .collect();
    let title = &section.title;
    let name = entity_name(&title.text);
    let name = Text { text: name, span: title.span };
    (about_data && !fields.is_empty()).then_some(Entity { name, form: "field-table", fields })
}

/// `Order` of "3.2 Table: `orders`", "Order entity" and "Entity: Order".
fn entity_name(title: &str) -> String {
    let words =
        title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let words = words.rsplit(':').next().unwrap_or(words).trim();
    let words = words.split(" (").next().unwrap_or(words);
    let endings = [" Entity", " entity", " Table", " table", " Model", " model", " Fields"];
    let name = endings.iter().find_map(|it| words.strip_suffix(it)).unwrap_or(words);
    name.trim_matches(['`', '*', ' ']).to_owned()
}
