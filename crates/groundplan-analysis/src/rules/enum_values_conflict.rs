//! `enum-values-conflict`: a column whose values differ between two places.

use groundplan_model::schema::{Column, DefaultValue, Table};
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;
use serde_json::Value;

use super::{Check, FixKind, Rule};
use crate::names::{same_name, same_noun};
use crate::value_sets::{listed, of_type};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "enum-values-conflict",
    group: "data",
    summary: "the values of a column differ between its constraint, its comment, its default and a type",
    page: include_str!("enum_values_conflict.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// The values of a column as one place states them.
struct Stated<'a> {
    table: &'a Table,
    column: &'a Column,
    values: Vec<String>,
    span: Span,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.schema.tables.is_empty() {
        return;
    }
    let comments: Vec<Stated<'_>> = listed(document)
        .into_iter()
        .map(|it| Stated { table: it.table, column: it.column, values: it.values, span: it.span })
        .collect();
    let constraints = constraints(document);
    for one in &constraints {
        let of_it = comments.iter().filter(|it| std::ptr::eq(it.column, one.column));
        of_it.for_each(|other| compare(one, &other.values, other.span, findings));
    }
    for one in constraints.iter().chain(&comments) {
        default(one, findings);
        types(document, one, findings);
    }
}

fn constraints(document: &Document) -> Vec<Stated<'_>> {
    let columns = document.schema.tables.iter();
    let columns = columns.flat_map(|table| table.columns.iter().map(move |it| (table, it)));
    let bound = columns.filter(|(_, column)| column.allowed.len() > 1);
    bound
        .map(|(table, column)| Stated {
            table,
            column,
            values: column.allowed.clone(),
            span: column.span,
        })
        .collect()
}

/// The default has to be one of the values.
fn default(one: &Stated<'_>, findings: &mut Findings<'_>) {
    let Some(DefaultValue::Constant(Value::String(value))) = &one.column.default else { return };
    if !has(&one.values, value) {
        let name = &one.column.name;
        findings
            .report(
                one.column.span,
                format!("the default of `{name}` is `{value}`, which is none of its values"),
            )
            .related(one.span, "its values")
            .help("add the value, or take one of those for the default");
    }
}

/// A type block of the table's name may list the values, too.
fn types(document: &Document, one: &Stated<'_>, findings: &mut Findings<'_>) {
    let own = document.entities.iter().filter(|it| same_noun(&it.name.text, &one.table.name));
    let fields = own.flat_map(|it| &it.fields).filter(|it| same_name(&it.name, &one.column.name));
    for field in fields {
        if let Some(values) = of_type(&field.ty) {
            compare(one, &values, field.span, findings);
        }
    }
}

fn compare(one: &Stated<'_>, values: &[String], span: Span, findings: &mut Findings<'_>) {
    let missing: Vec<&str> =
        one.values.iter().filter(|it| !has(values, it)).map(String::as_str).collect();
    let more: Vec<&str> =
        values.iter().filter(|it| !has(&one.values, it)).map(String::as_str).collect();
    // Lists without a common value are about two things.
    if missing.is_empty() && more.is_empty() || missing.len() == one.values.len() {
        return;
    }
    let (name, parts) = (&one.column.name, [("lacks", missing), ("adds", more)]);
    let parts = parts.iter().filter(|(_, words)| !words.is_empty());
    let parts: Vec<String> =
        parts.map(|(verb, words)| format!("{verb} `{}`", words.join("`, `"))).collect();
    findings
        .report(span, format!("this list of values of `{name}` {}", parts.join(" and ")))
        .related(one.span, format!("`{}` is stated here", one.values.join("`, `")))
        .help("state the same values in both places");
}

fn has(values: &[String], value: &str) -> bool {
    values.iter().any(|it| it.eq_ignore_ascii_case(value))
}
