//! Pydantic models, dataclasses, typed dictionaries and SQLAlchemy tables.

use tree_sitter::{Language, Node};

use super::{Block, Grammar, children, nodes, slices};
use crate::document::{Entity, EntityField};

pub(super) static GRAMMAR: Grammar = Grammar {
    form: "python",
    names: &["python", "py", "python3"],
    slices: slices::classes,
    parsed: slices::whole,
    language,
    read,
};

fn language() -> Language {
    tree_sitter_python::LANGUAGE.into()
}

fn read(block: &Block<'_>, root: Node<'_>) -> Vec<Entity> {
    let classes = nodes(root, &["class_definition"]);
    classes.into_iter().filter_map(|node| entity(block, node)).collect()
}

fn entity(block: &Block<'_>, class: Node<'_>) -> Option<Entity> {
    let name = class.child_by_field_name("name")?;
    let body = class.child_by_field_name("body")?;
    let statements = children(body).into_iter().filter(|it| it.kind() == "expression_statement");
    let assignments = statements.filter_map(|it| it.named_child(0));
    let fields = assignments.filter_map(|it| field(block, it)).collect();
    let bases = class.child_by_field_name("superclasses").map_or("", |it| block.text(it));
    // Members of an enumeration are values, settings are configuration.
    let is_data = !["Enum", "Settings", "Exception", "Error", "Protocol"]
        .iter()
        .any(|base| bases.contains(base));
    is_data.then(|| block.entity(name, fields))
}

/// `total: int = 0`, `id = Column(Integer)`, `id: Mapped[int] = mapped_column()`.
fn field(block: &Block<'_>, node: Node<'_>) -> Option<EntityField> {
    if node.kind() != "assignment" {
        return None;
    }
    let name = node.child_by_field_name("left")?;
    let ty = node.child_by_field_name("type");
    let value = node.child_by_field_name("right").map_or("", |it| block.text(it));
    let written = block.text(name);
    let is_column = ["Column(", "mapped_column(", "db.Column(", "models."]
        .iter()
        .any(|call| value.starts_with(call));
    let is_relation = value.starts_with("relationship(") || written.starts_with("__");
    let counts = (ty.is_some() || is_column) && name.kind() == "identifier" && !is_relation;
    let optional = ty.is_some_and(|it| {
        let text = block.text(it);
        text.contains("Optional[") || text.contains("None")
    });
    counts.then(|| block.field(name, ty, optional))
}
