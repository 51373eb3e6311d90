//! Pydantic models, dataclasses, typed dictionaries and SQLAlchemy tables.

mod plain;

use tree_sitter::{Language, Node};

use super::{Block, Grammar, children, nodes, slices};
use crate::document::{Entity, EntityField};

pub(super) static GRAMMAR: Grammar = Grammar {
    form: "python",
    names: &["python", "py", "python3"],
    slices: slices::classes,
    plain: plain::read,
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
    is_data(bases).then(|| block.entity(name, fields))
}

/// Members of an enumeration are values, settings are configuration.
fn is_data(bases: &str) -> bool {
    const OTHER: [&str; 5] = ["Enum", "Settings", "Exception", "Error", "Protocol"];
    !OTHER.iter().any(|base| bases.contains(base))
}

/// `total: int = 0`, `id = Column(Integer)`, `id: Mapped[int] = mapped_column()`.
fn field(block: &Block<'_>, node: Node<'_>) -> Option<EntityField> {
    if node.kind() != "assignment" {
        return None;
    }
    let name = node.child_by_field_name("left")?;
    let ty = node.child_by_field_name("type");
    let value = node.child_by_field_name("right").map_or("", |it| block.text(it));
    let optional = ty.is_some_and(|it| is_optional(block.text(it)));
    let counts = name.kind() == "identifier" && is_field(block.text(name), ty.is_some(), value);
    counts.then(|| block.field(name, ty, optional))
}

/// Whether a name that is set in a class is a field: by its type, or by what makes a column.
fn is_field(name: &str, has_type: bool, value: &str) -> bool {
    const CALLS: [&str; 4] = ["Column(", "mapped_column(", "db.Column(", "models."];
    let is_column = CALLS.iter().any(|call| value.starts_with(call));
    let is_relation = value.starts_with("relationship(") || name.starts_with("__");
    (has_type || is_column) && !is_relation
}

fn is_optional(ty: &str) -> bool {
    ty.contains("Optional[") || ty.contains("None")
}
