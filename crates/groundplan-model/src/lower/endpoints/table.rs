//! Endpoints in rows: a column of methods and one of paths in either order, or both in one column.

use groundplan_syntax::Row;

use super::super::{Reading, Table};
use super::{bare, method_and_path, methods, path};
use crate::document::{Endpoint, Form, Text};

const METHOD: [&str; 8] =
    ["method", "http method", "verb", "http", "메서드", "メソッド", "httpメソッド", "方法"];
const PATH: [&str; 20] = [
    "エンドポイント",
    "パス",
    "엔드포인트",
    "路径",
    "端点",
    "endpoint",
    "path",
    "url",
    "route",
    "uri",
    "api",
    "api endpoint",
    "api path",
    "경로",
    "method + path",
    "method and path",
    "method / path",
    "method & path",
    "method + endpoint",
    "method and endpoint",
];
const PURPOSE: [&str; 13] = [
    "説明",
    "概要",
    "用途",
    "描述",
    "purpose",
    "description",
    "summary",
    "what it does",
    "notes",
    "usage",
    "action",
    "operation",
    "설명",
];
const REQUEST: [&str; 6] = ["request", "request body", "body", "payload", "input", "parameters"];
const RESPONSE: [&str; 6] =
    ["response", "returns", "output", "success", "response body", "success response"];
const ERRORS: [&str; 5] = ["errors", "error codes", "error responses", "error", "status codes"];

const ACCESS: [&str; 20] = [
    "auth",
    "auth?",
    "auth required",
    "auth required?",
    "authentication",
    "authorization",
    "authorisation",
    "access",
    "role",
    "roles",
    "required role",
    "required roles",
    "allowed roles",
    "minimum role",
    "permission",
    "permissions",
    "required permission",
    "scope",
    "who",
    "allowed",
];

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        let Some(path_column) = table.column(&PATH) else { continue };
        let method_column = table.column(&METHOD);
        for row in &table.view.rows {
            row_endpoints(reading, table, row, method_column, path_column, &mut found);
        }
    }
    reading.document.endpoints.append(&mut found);
}

fn row_endpoints(
    reading: &Reading<'_>,
    table: &Table,
    row: &Row,
    method_column: Option<usize>,
    path_column: usize,
    found: &mut Vec<Endpoint>,
) {
    let Some(cell) = reading.cell(row, Some(path_column)) else { return };
    let stated = match method_column.and_then(|column| reading.cell(row, Some(column))) {
        Some(method) => methods(&method.text).zip(path(&cell.text)),
        None => method_and_path(&cell.text).map(|(method, path)| (vec![method], path)),
    };
    let Some((methods, path)) = stated else { return };
    let column = |names: &[&str]| reading.cell(row, table.column(names));
    for method in methods {
        let path = super::Path { text: path.text.clone(), query: path.query.clone(), end: 0 };
        let span = place(reading, &cell);
        found.push(Endpoint {
            purpose: column(&PURPOSE),
            request: column(&REQUEST),
            response: column(&RESPONSE),
            errors: column(&ERRORS),
            access: access(reading, table, row),
            ..bare(method, path, span, row.span, Form::Table)
        });
    }
}

/// The cell that says who may; a dash there says "nobody has to", so it is kept.
fn access(reading: &Reading<'_>, table: &Table, row: &Row) -> Option<Text> {
    let node = *row.cells.get(table.column(&ACCESS)?)?;
    let phrase = reading.phrase(node);
    (!phrase.text.is_empty()).then_some(phrase)
}

/// The path inside its cell, without the backticks.
fn place(reading: &Reading<'_>, cell: &Text) -> groundplan_syntax::Span {
    let raw = reading.source.slice(cell.span);
    let lead = raw.len() - raw.trim_start_matches(['`', '*', ' ']).len();
    let body = raw.trim_matches(['`', '*', ' ']);
    let start = cell.span.start as usize + lead;
    groundplan_syntax::Span::new(start, start + body.len())
}
