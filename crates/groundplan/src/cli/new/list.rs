//! The list of templates.

use std::fmt::Write;

use groundplan_model::Template;
use serde_json::{Value, json};

use crate::cli::inspect::Shape;
use crate::disk::Templates;
use crate::render::json::{SCHEMA_VERSION, printed};
use crate::ui::{DIM, STRONG, paint, printable};

pub(super) fn list(templates: &Templates, format: Shape, styled: bool) -> String {
    match format {
        Shape::Text => in_text(templates, styled),
        Shape::Json => {
            let all = templates.all.iter().enumerate();
            let values: Vec<Value> =
                all.map(|(index, it)| value(it, templates.file(index))).collect();
            printed(&json!({ "schema_version": SCHEMA_VERSION, "templates": values }))
        }
    }
}

fn in_text(templates: &Templates, styled: bool) -> String {
    let width = templates.all.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (index, template) in templates.all.iter().enumerate() {
        let gap = " ".repeat(width - template.name.chars().count());
        let name = paint(styled, STRONG, &template.name);
        let about = printable(&template.about);
        let file = templates.file(index).map(|file| format!("  ({file})")).unwrap_or_default();
        let _ = writeln!(text, "{name}{gap}  {about}{}", paint(styled, DIM, &file));
    }
    text
}

fn value(template: &Template, file: Option<&str>) -> Value {
    json!({
        "name": template.name,
        "version": template.version,
        "digest": template.digest.to_string(),
        "kind": template.kind.as_str(),
        "title": template.title,
        "about": template.about,
        "path": template.file,
        "file": file,
        "keys": template.places(),
    })
}
