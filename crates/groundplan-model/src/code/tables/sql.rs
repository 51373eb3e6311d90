//! SQL files: migrations and schemas.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::Certainty;
use crate::code::syntax::Lines;
use crate::code::{CodeColumn, CodeFile, CodeTable, TableChange, TableForm};
use crate::lower::sql::steps::{Step, steps};
use crate::paths;
use crate::schema::Column;
use groundplan_syntax::Span;

/// Without one of these a file changes no table. Most large SQL files are data.
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = ["create table", "alter table", "drop table", "create unlogged", "create temp"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// Lines from which on a migration is taken back.
const DOWN: [&str; 5] =
    ["-- +goose down", "-- migrate:down", "-- +migrate down", "-- +micrate down", "-- down"];

pub(in super::super) fn read(file: &mut CodeFile, text: &str) {
    let name = paths::file_name(&file.path);
    let is_down = name.ends_with(".down.sql") || name == "down.sql" || name.starts_with('U');
    let up = upward(text);
    if is_down || !WORDS.as_ref().is_some_and(|words| words.is_match(up)) {
        return;
    }
    let lines = Lines::of(text);
    let place = |span: Span| lines.place(&span.range());
    let column = |it: Column| CodeColumn {
        place: place(it.span),
        nullable: it.not_null.then_some(false).or(Some(true)),
        ty: it.declared,
        name: it.name,
    };
    for step in steps(up) {
        let change = match step {
            Step::Create(table) => {
                file.tables.push(CodeTable {
                    place: place(table.span),
                    name: table.name,
                    columns: table.columns.into_iter().map(column).collect(),
                    form: TableForm::Sql,
                    certainty: Certainty::Stated,
                });
                continue;
            }
            Step::Drop(table) => {
                TableChange::DropTable { place: place(table.span), table: table.text }
            }
            Step::RenameTable(from, to) => {
                let place = place(from.span);
                TableChange::RenameTable { from: from.text, to: to.text, place }
            }
            Step::AddColumn(table, it) => {
                TableChange::AddColumn { table: table.text, column: column(it) }
            }
            Step::DropColumn(table, it) => {
                let place = place(it.span);
                TableChange::DropColumn { table: table.text, column: it.text, place }
            }
            Step::RenameColumn(table, from, to) => {
                let (place, table) = (place(from.span), table.text);
                TableChange::RenameColumn { table, from: from.text, to: to.text, place }
            }
            Step::AlterColumn(table, it, ty, nullable) => {
                TableChange::AlterColumn { table: table.text, column: it.text, ty, nullable }
            }
        };
        file.table_changes.push(change);
    }
}

/// The part of a migration before the one that takes it back.
fn upward(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim().to_ascii_lowercase();
        if bare.starts_with("--") && DOWN.iter().any(|it| bare.starts_with(it)) {
            return text.get(..at).unwrap_or("");
        }
        at += line.len();
    }
    text
}
