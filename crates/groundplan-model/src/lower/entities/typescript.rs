//! `interface Order { id: string }` and `type Order = { … }`.

mod plain;

use std::ops::Range;

use tree_sitter::{Language, Node};

use super::{Block, Grammar, children, nodes, slices};
use crate::document::{Entity, EntityField};

pub(super) static GRAMMAR: Grammar = Grammar {
    form: "typescript",
    names: &["typescript", "ts", "tsx"],
    slices: |text| {
        let mut found = slices::braced(text, begins);
        found.retain(|it| text.get(it.clone()).is_some_and(slices::may_have_fields));
        found
    },
    plain: plain::read,
    parsed: slices::shallow,
    language,
    read,
};

fn begins(line: &str) -> bool {
    let line = ["export ", "default ", "declare ", "abstract "]
        .iter()
        .fold(line, |line, word| line.strip_prefix(word).unwrap_or(line));
    line.starts_with("interface ")
        || line.starts_with("class ")
        || line.starts_with("type ") && line.contains('{')
}

fn language() -> Language {
    tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()
}

fn read(block: &Block<'_>, root: Node<'_>) -> Vec<Entity> {
    let kinds = ["interface_declaration", "type_alias_declaration", "class_declaration"];
    nodes(root, &kinds).into_iter().filter_map(|node| entity(block, node)).collect()
}

fn entity(block: &Block<'_>, node: Node<'_>) -> Option<Entity> {
    let name = node.child_by_field_name("name")?;
    let body = node.child_by_field_name("body").or_else(|| node.child_by_field_name("value"))?;
    let object = if body.kind() == "intersection_type" {
        children(body).into_iter().find(|it| it.kind() == "object_type")?
    } else {
        body
    };
    let is_body = matches!(object.kind(), "interface_body" | "object_type" | "class_body");
    let fields: Vec<EntityField> =
        children(object).into_iter().filter_map(|it| field(block, it)).collect();
    is_body.then(|| block.entity(name, fields))
}

fn field(block: &Block<'_>, node: Node<'_>) -> Option<EntityField> {
    if !matches!(node.kind(), "property_signature" | "public_field_definition") {
        return None;
    }
    let name = node.child_by_field_name("name")?;
    let ty = node.child_by_field_name("type");
    // A member of a function type is a method by another name, unless it is what to call back.
    let is_function = ty.is_some_and(|ty| {
        children(ty).first().is_some_and(|inner| inner.kind() == "function_type")
    });
    let after = block.text.get(name.end_byte()..).unwrap_or("");
    (!is_function || is_handler(block, name.byte_range()))
        .then(|| block.field(name, ty, after.trim_start().starts_with('?')))
}

/// Whether a property is named as handlers are: `onSubmit`.
fn is_handler(block: &Block<'_>, name: Range<usize>) -> bool {
    let name = block.text.get(name).unwrap_or("");
    name.strip_prefix("on").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}
