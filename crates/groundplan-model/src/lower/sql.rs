//! The data model from SQL fences: PostgreSQL, SQLite and their neighbours into one schema.

mod check;
mod column;
mod create;
mod salvage;
mod statements;
pub(crate) mod steps;
mod uses;
mod value_list;

use groundplan_syntax::Span;
use sqlparser::ast::{Ident, ObjectName, Statement};

use super::Reading;
use crate::document::Text;
use crate::schema::Schema;

pub(super) fn read(reading: &mut Reading<'_>) {
    const LANGUAGES: [&str; 8] =
        ["sql", "postgresql", "postgres", "psql", "pgsql", "sqlite", "ddl", "mysql"];
    let mut schema = Schema::default();
    let mut context = Context::default();
    for fence in &reading.fences {
        let language = reading.language(*fence);
        let text = reading.source.slice(fence.content);
        let is_sql = LANGUAGES.contains(&language.as_ref()) || language.is_empty() && creates(text);
        if fence.closed && is_sql {
            context.block(text, fence.content, &mut schema);
        }
    }
    context.enumerations(&mut schema);
    reading.document.schema = schema;
}

/// Whether a block of no language begins as a schema does.
fn creates(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("--")).unwrap_or("");
    ["CREATE TABLE ", "CREATE TYPE "].iter().any(|it| first.starts_with(it))
}

/// What one SQL block means for the next: enumerated types come before or after their use.
#[derive(Default)]
struct Context {
    /// Names of enumerated types and their labels.
    enums: Vec<(String, Vec<String>)>,
}

impl Context {
    fn block(&mut self, text: &str, content: Span, schema: &mut Schema) {
        let block = statements::Block::new(text, content);
        for statement in block.statements() {
            let read = match statement.parsed {
                Ok(parsed) => Some(parsed),
                Err(fault) => {
                    schema.faults.extend(fault);
                    statement.salvaged
                }
            };
            if let Some(read) = read {
                self.statement(&block, &read, schema);
            }
            uses::read(&block, &statement.tokens, schema);
        }
    }

    fn statement(
        &mut self,
        block: &statements::Block<'_>,
        statement: &Statement,
        schema: &mut Schema,
    ) {
        match statement {
            Statement::CreateTable(create) => create::table(block, create, schema),
            Statement::CreateIndex(create) => create::index(block, create, schema),
            Statement::AlterTable(alter) => create::alter(block, alter, schema),
            Statement::CreateType { name, representation } => {
                self.enums.extend(create::enumeration(name, representation.as_ref()));
            }
            _ => {}
        }
    }

    /// Gives columns of an enumerated type its labels.
    fn enumerations(&self, schema: &mut Schema) {
        let columns = schema.tables.iter_mut().flat_map(|table| &mut table.columns);
        for column in columns {
            let is_it = |(name, _): &&(String, Vec<String>)| {
                column.declared.trim_matches('"').eq_ignore_ascii_case(name)
            };
            if let Some((_, labels)) = self.enums.iter().find(is_it) {
                column.ty = crate::schema::ColumnType::Text;
                column.allowed.clone_from(labels);
            }
        }
    }
}

/// The last part of a qualified name, with its place.
fn last_part(block: &statements::Block<'_>, name: &ObjectName) -> Text {
    let ident = name.0.last().and_then(|part| part.as_ident());
    ident.map(|ident| ident_text(block, ident)).unwrap_or_default()
}

fn ident_text(block: &statements::Block<'_>, ident: &Ident) -> Text {
    Text { text: ident.value.clone(), span: block.span(ident.span) }
}
