//! What the body of a search may ask for: the members that its example or its cell shows, by their
//! paths (`filters.price.gte`).

use serde_json::Value;

use super::declared::Parameter;
use crate::document::Document;
use crate::plan::statements::Statement;
use crate::service::Route;

#[cfg(test)]
mod tests;

/// Members within members that are looked into.
const DEPTH: usize = 4;

/// Every member that is no object, in the document's order.
pub(super) fn of(document: &Document, statement: &Statement, route: &Route) -> Vec<Parameter> {
    let mut members = Vec::new();
    if let Some(example) = &route.request_example {
        walk(example, "", DEPTH, &mut |path, value| {
            let name = path.to_owned();
            members.push(Parameter { name, span: route.span, many: value.is_array() });
        });
        return members;
    }
    for cell in statement.stated(document).filter_map(|it| it.request.as_ref()) {
        for name in shape(&cell.text) {
            let is_new = members.iter().all(|it: &Parameter| it.name != name);
            if is_new {
                members.push(Parameter { name, span: cell.span, many: false });
            }
        }
    }
    members
}

fn walk(value: &Value, path: &str, depth: usize, take: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) if depth > 0 => {
            for (name, value) in members {
                walk(value, &below(path, name), depth - 1, take);
            }
        }
        _ if path.is_empty() => {}
        value => take(path, value),
    }
}

/// The path of a member of the object at `path`.
fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Paths of the members of `{query, filters: {status, price_min?}, limit}`.
fn shape(cell: &str) -> Vec<String> {
    let (mut paths, mut outer, mut word) = (Vec::new(), Vec::new(), String::new());
    let Some(start) = cell.find('{') else { return paths };
    let mut is_name = true;
    for c in cell.get(start + 1..).unwrap_or("").chars() {
        match c {
            '{' if outer.len() < DEPTH => {
                outer.push(std::mem::take(&mut word));
                is_name = true;
            }
            ',' | ';' | '}' | '{' => {
                if !word.is_empty() {
                    outer.push(std::mem::take(&mut word));
                    paths.push(outer.join("."));
                    outer.pop();
                }
                is_name = true;
                if c == '}' && outer.pop().is_none() {
                    break;
                }
            }
            c if is_name && (c.is_alphanumeric() || c == '_' || c == '-') => word.push(c),
            // Behind a name stands its type, or that it may be left out.
            _ => is_name = is_name && (word.is_empty() || matches!(c, '`' | '"')),
        }
    }
    paths
}
