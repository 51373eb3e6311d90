//! `type Order struct { ID string }`

mod plain;

use std::ops::Range;

use tree_sitter::{Language, Node};

use super::{Block, Grammar, children, nodes, slices};
use crate::document::{Entity, EntityField};

pub(super) static GRAMMAR: Grammar = Grammar {
    form: "go",
    names: &["go", "golang"],
    slices,
    plain: plain::read,
    parsed: slices::whole,
    language,
    read,
};

fn slices(text: &str) -> Vec<Range<usize>> {
    slices::braced(text, |line| line.starts_with("type ") && line.contains("struct"))
}

fn language() -> Language {
    tree_sitter_go::LANGUAGE.into()
}

fn read(block: &Block<'_>, root: Node<'_>) -> Vec<Entity> {
    nodes(root, &["type_spec"]).into_iter().filter_map(|node| entity(block, node)).collect()
}

fn entity(block: &Block<'_>, spec: Node<'_>) -> Option<Entity> {
    let name = spec.child_by_field_name("name")?;
    let body = spec.child_by_field_name("type").filter(|it| it.kind() == "struct_type")?;
    let list = children(body).into_iter().find(|it| it.kind() == "field_declaration_list")?;
    let declarations = children(list).into_iter().filter(|it| it.kind() == "field_declaration");
    Some(block.entity(name, declarations.flat_map(|it| fields(block, it)).collect()))
}

/// `A, B int` declares two fields; an embedded type declares none of its own name.
fn fields(block: &Block<'_>, declaration: Node<'_>) -> Vec<EntityField> {
    let ty = declaration.child_by_field_name("type");
    let optional = ty.is_some_and(|it| it.kind() == "pointer_type");
    let mut cursor = declaration.walk();
    let names: Vec<Node<'_>> = declaration.children_by_field_name("name", &mut cursor).collect();
    names.into_iter().map(|name| block.field(name, ty, optional)).collect()
}
