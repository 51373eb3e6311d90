//! A table as a resource on the wire.

use crate::schema::{Column, Table};

/// A table and what its columns mean.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The name of its schema, singular: `Export`.
    pub name: String,
    /// The table.
    pub table: Table,
    /// One field a column, in the table's order.
    pub fields: Vec<Field>,
    /// Position of the column that holds the owner.
    pub owner: Option<usize>,
    /// Whether callers see their own rows only.
    pub scoped: bool,
    /// Position of the column that holds the tenant; callers see rows of their own only.
    pub tenant: Option<usize>,
    /// How a deleted row is marked, where rows stay.
    pub soft_delete: Option<SoftDelete>,
}

/// How a deleted row is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoftDelete {
    /// Position of the column that says so.
    pub column: usize,
    /// The state that means deleted; `None` where the column is a time or a boolean.
    pub state: Option<String>,
}

/// A column as a JSON member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The member's name.
    pub name: String,
    /// What the column is for.
    pub role: Role,
    /// Whether a create must have it.
    pub required: bool,
}

/// What a column is for (rule D5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Primary key that the service fills.
    GeneratedKey,
    /// Set once, at the create.
    CreatedAt,
    /// Set at each write.
    UpdatedAt,
    /// Counted up at each write.
    Version,
    /// The caller, from the token.
    Owner,
    /// The caller's tenant, from the token.
    Tenant,
    /// The row's state: its default at the create, afterwards changed by actions only.
    State,
    /// Taken in, never given out.
    Secret,
    /// Says that the row is deleted.
    Deleted,
    /// Neither taken from clients nor given out: where a file lies.
    Hidden,
    /// Never taken from a client, for another reason: filled from the path or set by an action.
    ReadOnly,
    /// The client's to write.
    Plain,
}

impl Role {
    /// Whether clients may send it.
    pub fn is_writable(self) -> bool {
        matches!(self, Self::Plain | Self::Secret)
    }

    /// Whether it is part of answers.
    pub fn is_shown(self) -> bool {
        !matches!(self, Self::Secret | Self::Hidden)
    }
}

impl Resource {
    /// The column of the field at `index`.
    pub fn column(&self, index: usize) -> Option<&Column> {
        self.table.columns.get(index)
    }

    /// Position of the column with this role.
    pub fn role_index(&self, role: Role) -> Option<usize> {
        self.fields.iter().position(|field| field.role == role)
    }

    /// Position of the single primary key column, where there is one.
    pub fn key_index(&self) -> Option<usize> {
        match self.table.primary_key.as_slice() {
            [only] => self.table.column_index(only),
            _ => None,
        }
    }
}
