//! `struct Order { id: Uuid }`

use std::ops::Range;

use tree_sitter::{Language, Node};

use super::{Block, Grammar, children, nodes, slices};
use crate::document::{Entity, EntityField};

pub(super) static GRAMMAR: Grammar = Grammar {
    form: "rust",
    names: &["rust", "rs"],
    slices,
    // Few designs hold structs of Rust, and hardly any is plain.
    plain: |_| None,
    parsed: slices::whole,
    language,
    read,
};

fn slices(text: &str) -> Vec<Range<usize>> {
    slices::braced(text, |line| {
        let line = line.strip_prefix("pub(crate) ").or(line.strip_prefix("pub ")).unwrap_or(line);
        line.starts_with("struct ")
    })
}

fn language() -> Language {
    tree_sitter_rust::LANGUAGE.into()
}

fn read(block: &Block<'_>, root: Node<'_>) -> Vec<Entity> {
    nodes(root, &["struct_item"]).into_iter().filter_map(|node| entity(block, node)).collect()
}

fn entity(block: &Block<'_>, item: Node<'_>) -> Option<Entity> {
    let name = item.child_by_field_name("name")?;
    let body = item.child_by_field_name("body")?;
    let fields = children(body).into_iter().filter_map(|it| field(block, it));
    Some(block.entity(name, fields.collect()))
}

fn field(block: &Block<'_>, node: Node<'_>) -> Option<EntityField> {
    if node.kind() != "field_declaration" {
        return None;
    }
    let ty = node.child_by_field_name("type");
    let optional = ty.is_some_and(|it| block.text(it).starts_with("Option<"));
    Some(block.field(node.child_by_field_name("name")?, ty, optional))
}
