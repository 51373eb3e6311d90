//! The query parameters of a route: what the service takes, no more and no less.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{
    Deleted, Export, Filter, Include, PageForm, Paging, Query, Resource, Search, Sort, Test,
};
use serde_json::{Value, json};

use super::{column, decimal};

/// The last page, and rows that can be skipped at most.
const SKIP_MAX: u32 = 2_147_483_647;

/// Characters of a text that is looked for.
const PATTERN_CHARS: u32 = 1000;

/// Every parameter of `query`, paging first.
pub(super) fn parameters(resource: &Resource, query: &Query) -> Vec<Value> {
    let mut parameters: Vec<Value> = query.paging.iter().flat_map(paging).collect();
    parameters.extend(query.sort.iter().flat_map(sort));
    parameters.extend(query.search.as_ref().map(|it| search(resource, it)));
    parameters.extend(query.fields.as_ref().map(|name| fields(resource, name)));
    parameters.extend(query.include.as_ref().map(include));
    parameters.extend(query.deleted.as_ref().map(deleted));
    parameters.extend(query.filters.iter().filter_map(|it| filter(resource, it)));
    parameters.extend(query.idle.iter().map(|name| {
        parameter(name, "Taken, and without effect".to_owned(), json!({ "type": "string" }))
    }));
    parameters
}

/// The parameters that say which page.
pub(super) fn pages(query: &Query) -> Vec<Value> {
    query.paging.iter().flat_map(paging).collect()
}

/// The parameter that asks for the form of a file.
pub(super) fn format(export: &Export) -> Option<Value> {
    let name = export.parameter.as_ref()?;
    let names: Vec<&str> = export.formats.iter().map(|it| it.name()).collect();
    let schema = json!({ "type": "string", "enum": names });
    Some(parameter(name, "The form of the file".to_owned(), schema))
}

fn parameter(name: &str, description: String, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn paging(paging: &Paging) -> [Value; 2] {
    let limit = json!({
        "type": "integer", "minimum": 1, "maximum": paging.max, "default": paging.default
    });
    let start = match &paging.form {
        PageForm::Cursor(name) => {
            let description =
                "Where the page begins: taken from the `Link` header of the page before";
            let schema = json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" });
            parameter(name, description.to_owned(), schema)
        }
        PageForm::Offset(name) => {
            let schema =
                json!({ "type": "integer", "minimum": 0, "maximum": SKIP_MAX, "default": 0 });
            parameter(name, "Rows before the page".to_owned(), schema)
        }
        PageForm::Page(name) => {
            let schema =
                json!({ "type": "integer", "minimum": 1, "maximum": SKIP_MAX, "default": 1 });
            parameter(name, "Number of the page".to_owned(), schema)
        }
    };
    [parameter(&paging.limit, "Most rows of a page".to_owned(), limit), start]
}

fn sort(sort: &Sort) -> Vec<Value> {
    let names: Vec<String> = sort.keys.iter().map(|(name, _)| escaped(name)).collect();
    let key = format!("(?:{})", names.join("|"));
    let description = "Members that rows are sorted by, set apart by commas; `-` before one turns \
                       its order around";
    let pattern = format!("^-?{key}(?:,-?{key}){{0,7}}$");
    let schema = json!({ "type": "string", "pattern": pattern });
    let mut parameters = vec![parameter(&sort.parameter, description.to_owned(), schema)];
    if let Some(name) = &sort.direction {
        let schema = json!({ "type": "string", "enum": ["asc", "desc"], "default": "asc" });
        parameters.push(parameter(name, "Which way rows are sorted".to_owned(), schema));
    }
    parameters
}

fn search(resource: &Resource, search: &Search) -> Value {
    let names = search.columns.iter().filter_map(|at| resource.fields.get(*at));
    let names: Vec<String> = names.map(|field| format!("`{}`", field.name)).collect();
    let description =
        format!("Only rows with this text in {}, whatever its case", names.join(" or "));
    parameter(&search.parameter, description, text())
}

/// A text that is looked for.
fn text() -> Value {
    json!({ "type": "string", "maxLength": PATTERN_CHARS, "pattern": column::TEXT_PATTERN })
}

fn fields(resource: &Resource, name: &str) -> Value {
    let fields = resource.fields.iter();
    let shown = fields.filter(|it| it.role.is_shown());
    let description = "The members to show, set apart by commas".to_owned();
    parameter(name, description, one_of(shown.map(|it| it.name.as_str())))
}

fn include(include: &Include) -> Value {
    let description = "Rows to show within those that refer to them, set apart by commas";
    let names = include.rows.iter().map(|it| it.name.as_str());
    parameter(&include.parameter, description.to_owned(), one_of(names))
}

fn deleted(deleted: &Deleted) -> Value {
    let roles = deleted.roles.join("` or `");
    let description = format!("Deleted rows, too; for callers with the role `{roles}`");
    parameter(&deleted.parameter, description, json!({ "type": "boolean", "default": false }))
}

/// Some of these names, set apart by commas.
fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> Value {
    let names: Vec<String> = names.map(escaped).collect();
    let name = format!("(?:{})", names.join("|"));
    json!({ "type": "string", "pattern": format!("^{name}(?:,{name})*$") })
}

/// A name in a pattern.
fn escaped(name: &str) -> String {
    let escape = |c: char| {
        let is_plain = c.is_alphanumeric() || matches!(c, '_' | '-');
        let escape = (!is_plain).then_some('\\');
        escape.into_iter().chain([c])
    };
    name.chars().flat_map(escape).collect()
}

fn filter(resource: &Resource, filter: &Filter) -> Option<Value> {
    let field = resource.fields.get(filter.column)?;
    let column = resource.column(filter.column)?;
    let name = format!("`{}`", field.name);
    let description = match filter.test {
        Test::Equal => format!("Only rows whose {name} equals this"),
        Test::NotEqual => format!("Only rows whose {name} is something else"),
        Test::AtLeast => format!("Only rows whose {name} is this or more"),
        Test::MoreThan => format!("Only rows whose {name} is more"),
        Test::AtMost => format!("Only rows whose {name} is this or less"),
        Test::LessThan => format!("Only rows whose {name} is less"),
        Test::In => format!("Only rows whose {name} is one of these, set apart by commas"),
        Test::Like => {
            format!("Only rows whose {name} has this form: `%` any text, `_` a character")
        }
        Test::IsNull => format!("Only rows whose {name} is null, or is not"),
        Test::IsSet => format!("Only rows whose {name} is set, or is not"),
    };
    Some(parameter(&filter.parameter, description, schema(column, filter.test)))
}

fn schema(column: &Column, test: Test) -> Value {
    match test {
        Test::Equal | Test::NotEqual => column::parameter(column),
        Test::In => several(column),
        Test::Like => {
            // A `\\` at the end stands before nothing.
            let pattern = r"^(?:[^\\\u0000]|\\[^\u0000])*$";
            json!({ "type": "string", "maxLength": PATTERN_CHARS, "pattern": pattern })
        }
        Test::IsNull | Test::IsSet => json!({ "type": "boolean" }),
        Test::AtLeast | Test::MoreThan | Test::AtMost | Test::LessThan => {
            let open =
                Column { minimum: None, maximum: None, allowed: Vec::new(), ..column.clone() };
            column::parameter(&open)
        }
    }
}

/// Values set apart by commas: as exact as a pattern can say it.
fn several(column: &Column) -> Value {
    let value = match &column.ty {
        _ if !column.allowed.is_empty() => {
            let values: Vec<String> = column.allowed.iter().map(|it| escaped(it)).collect();
            format!("(?:{})", values.join("|"))
        }
        ColumnType::Integer { .. } => "(?:0|-?[1-9][0-9]{0,17})".to_owned(),
        ColumnType::Boolean => "(?:true|false)".to_owned(),
        ColumnType::Uuid => {
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}".to_owned()
        }
        ColumnType::Date => "2[0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])".to_owned(),
        ColumnType::Timestamp => {
            let day = "2[0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])";
            format!("{day}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
        }
        ColumnType::Decimal => decimal::digits(column),
        ColumnType::Float => r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?".to_owned(),
        _ => r"[^,\u0000]*".to_owned(),
    };
    json!({ "type": "string", "pattern": format!("^{value}(?:,{value}){{0,99}}$") })
}
