//! The API page: one HTML file for people, made from the OpenAPI description alone. It loads nothing,
//! and reads well without JavaScript; the script only sends requests.

mod example;
mod html;
mod operation;
mod schema;
mod template;

#[cfg(test)]
mod tests;

use serde_json::Value;

use html::escape;
use operation::Operation;

const TEMPLATE: &str = include_str!("../templates/api_page.html");

/// A self-contained HTML page that shows `openapi` and tries its operations.
pub fn api_page(openapi: &Value) -> String {
    template::fill(TEMPLATE, &values(openapi))
}

/// What stands for each placeholder of the template, as HTML.
fn values(openapi: &Value) -> [(&'static str, String); 6] {
    let groups = groups(openapi);
    [
        ("title", escape(text(openapi, "/info/title"))),
        ("version", escape(text(openapi, "/info/version"))),
        ("access", access(openapi)),
        ("navigation", groups.iter().map(navigation).collect()),
        ("operations", groups.iter().map(|group| section(openapi, group)).collect()),
        ("schemas", schemas(openapi)),
    ]
}

struct Group<'a> {
    name: &'a str,
    operations: Vec<Operation<'a>>,
}

/// Operations by their first tag, in the order of the description's tags.
fn groups(openapi: &Value) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for operation in operation::all(openapi) {
        let name = operation.tag();
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.operations.push(operation),
            None => groups.push(Group { name, operations: vec![operation] }),
        }
    }
    groups
}

/// The field for the token, where the service asks for one.
fn access(openapi: &Value) -> String {
    if openapi.pointer("/components/securitySchemes/bearerAuth").is_none() {
        return String::new();
    }
    "<form class=\"access\" id=\"access\" hidden>\
     <label for=\"token\">Bearer token</label>\
     <input id=\"token\" type=\"password\" autocomplete=\"off\" spellcheck=\"false\" \
     placeholder=\"paste a token to try the operations\">\
     <span class=\"note\">kept in this tab only</span></form>\n"
        .to_owned()
}

fn navigation(group: &Group<'_>) -> String {
    let links: String = group.operations.iter().map(Operation::link).collect();
    format!("<h2>{}</h2>\n<ul>\n{links}</ul>\n", escape(group.name))
}

fn section(openapi: &Value, group: &Group<'_>) -> String {
    let operations: String = group.operations.iter().map(|it| it.article(openapi)).collect();
    let name = escape(group.name);
    let id = html::id("group", group.name);
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{name}</h2>\n{operations}</section>\n"
    )
}

fn schemas(openapi: &Value) -> String {
    let Some(Value::Object(schemas)) = openapi.pointer("/components/schemas") else {
        return String::new();
    };
    let one = |(name, schema): (&String, &Value)| {
        let table = schema::table(openapi, schema);
        let id = html::id("schema", name);
        let name = escape(name);
        format!(
            "<details class=\"schema\" id=\"{id}\"><summary>{name}</summary>\n{table}</details>\n"
        )
    };
    schemas.iter().map(one).collect()
}

/// The text at a JSON pointer, or nothing.
fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}
