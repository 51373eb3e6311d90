//! The history of a row: entries of the service's own audit log (rule D11).

use groundplan_syntax::Span;

use super::{Field, Operation, Resource, Role, ServicePlan};
use crate::schema::{Column, ColumnType, Table};

/// What entries of a row's history are called on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Members in the answer's order.
    pub members: Vec<(String, EntryPart)>,
}

/// What an entry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryPart {
    /// Its number; later entries have larger ones.
    Id,
    /// When.
    At,
    /// Who.
    Subject,
    /// Of which tenant.
    Tenant,
    /// By which method.
    Method,
    /// By which path, as the document writes it.
    Path,
    /// By which request.
    RequestId,
    /// A row of which table.
    Resource,
    /// Which row.
    Key,
    /// `insert`, `update` or `delete`.
    Action,
    /// The row before.
    Before,
    /// The row after.
    After,
}

impl EntryPart {
    /// Every part, in the order in which entries show them where no example does.
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::At,
        Self::Subject,
        Self::Tenant,
        Self::Method,
        Self::Path,
        Self::RequestId,
        Self::Resource,
        Self::Key,
        Self::Action,
        Self::Before,
        Self::After,
    ];

    /// Its column in the log.
    pub fn column(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::At => "at",
            Self::Subject => "subject",
            Self::Tenant => "tenant",
            Self::Method => "method",
            Self::Path => "path",
            Self::RequestId => "request_id",
            Self::Resource => "resource",
            Self::Key => "key",
            Self::Action => "action",
            Self::Before => "row_before",
            Self::After => "row_after",
        }
    }
}

impl Default for History {
    fn default() -> Self {
        use EntryPart::{Action, After, At, Before, Id, Subject};
        let members = [
            ("id", Id),
            ("at", At),
            ("subject", Subject),
            ("action", Action),
            ("before", Before),
            ("after", After),
        ];
        Self { members: members.map(|(name, part)| (name.to_owned(), part)).to_vec() }
    }
}

impl History {
    /// The log's table.
    pub const TABLE: &str = "groundplan_audit";

    /// Entries as if they were rows of the document: what is not shown is hidden.
    pub fn entries(&self) -> Resource {
        let shown = self.members.iter().map(|(name, part)| (name.clone(), *part, Role::Plain));
        let is_shown = |part: &EntryPart| self.members.iter().any(|(_, it)| it == part);
        let hidden = EntryPart::ALL.into_iter().filter(|it| !is_shown(it));
        let hidden = hidden.map(|it| (it.column().to_owned(), it, Role::Hidden));
        let (fields, columns) = shown
            .chain(hidden)
            .map(|(name, part, role)| (Field { name, role, required: false }, column(part)))
            .unzip();
        Resource {
            name: "AuditEntry".to_owned(),
            table: Table {
                name: Self::TABLE.to_owned(),
                span: Span::default(),
                columns,
                primary_key: vec![EntryPart::Id.column().to_owned()],
                uniques: Vec::new(),
                foreign_keys: Vec::new(),
                checks: Vec::new(),
            },
            fields,
            owner: None,
            scoped: false,
            tenant: None,
            soft_delete: None,
        }
    }
}

/// Times are texts of one width in the log, on both databases.
fn column(part: EntryPart) -> Column {
    let ty = match part {
        EntryPart::Id => ColumnType::Integer { auto: true },
        EntryPart::Before | EntryPart::After => ColumnType::Json,
        _ => ColumnType::Text,
    };
    let always = [EntryPart::Id, EntryPart::At, EntryPart::Resource, EntryPart::Action];
    let plain = Column::plain(part.column(), ty, Span::default());
    Column { not_null: always.contains(&part), ..plain }
}

impl ServicePlan {
    /// Leaves rows without a history, where no log is kept.
    pub fn forget_histories(&mut self) {
        for route in &mut self.routes {
            if matches!(route.operation, Operation::History(_)) {
                let reason = "no audit log is kept: `--audit off`";
                route.operation = Operation::Underived(reason.to_owned());
            }
        }
    }
}
