//! Data types that are stated in another form than SQL.

use groundplan_syntax::Span;

use super::Text;

/// A data type with its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub name: Text,
    /// The form it was read from: `typescript`, `python`, `go`, `rust`, `prisma`, `mermaid`,
    /// `field-table`, `attribute-list`, `tree`.
    pub form: &'static str,
    /// Its fields, in order.
    pub fields: Vec<EntityField>,
}

/// A field of a data type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityField {
    /// Its name.
    pub name: String,
    /// Its type as written; empty where none is.
    pub ty: String,
    /// Whether it may be missing.
    pub optional: bool,
    /// Where the name stands.
    pub span: Span,
}
