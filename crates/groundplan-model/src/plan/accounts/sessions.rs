//! The table of sessions: which refresh tokens hold.

use groundplan_syntax::Span;

use super::principal::column;
use crate::schema::{Column, ColumnType, Table};
use crate::service::SESSIONS;

/// A row a refresh token: its hash, the session that it belongs to (one sign-in with all that came
/// of it), the account, until when it holds (seconds since 1970), and whether it was spent.
pub(super) fn table(span: Span) -> Table {
    let text = |name: &str| column(name, ColumnType::Text, span);
    let integer = |name: &str| Column {
        declared: "BIGINT".to_owned(),
        ..column(name, ColumnType::Integer { auto: false }, span)
    };
    Table {
        name: SESSIONS.to_owned(),
        span,
        columns: vec![
            text("token_hash"),
            text("session"),
            text("account"),
            integer("expires_at_s"),
            integer("spent"),
        ],
        primary_key: vec!["token_hash".to_owned()],
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    }
}
