//! Fields of requests, answers and data types: from examples, and from types in any language.

use std::collections::{BTreeMap, BTreeSet};

use groundplan_model::Document;
use groundplan_model::document::{Endpoint, Entity, EntityField, Example, ExampleRole};
use groundplan_syntax::Span;
use serde_json::Value;

use super::facts::{Fact, Of, endpoint_id};

/// How deep a value is looked into, and how many of its fields are taken.
const DEPTH: usize = 8;
const MOST_FIELDS: usize = 1_000;

/// A field as a verdict sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Which way it goes.
    pub(super) way: Way,
    /// Whether it has to be there; `None` where nothing says so.
    pub(super) required: Option<bool>,
    /// Its types, as JSON or the language names them.
    pub(super) types: BTreeSet<String>,
    /// The values that its type allows, where it lists them.
    pub(super) values: Vec<String>,
}

/// Which way a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Clients send it.
    Request,
    /// Clients are told it.
    Response,
    /// Both, or nobody knows.
    Both,
}

/// Which endpoints have an example of their request or their answer.
pub(super) fn examples(document: &Document) -> Vec<Fact<'_>> {
    let mut found: Vec<Fact<'_>> = Vec::new();
    for (way, word) in [(Way::Request, "request"), (Way::Response, "response")] {
        for (endpoint, example, _) in shown(document, way) {
            let id = format!("{} {word}", endpoint_id(endpoint));
            if !found.iter().any(|it| it.id == id) {
                let name = format!("{} of {}", word, name(endpoint));
                let fact = Fact::new(name, "", example.span);
                found.push(Fact { id, ..fact }.part_of("endpoint", endpoint_id(endpoint)));
            }
        }
    }
    found
}

pub(super) fn request_fields(document: &Document) -> Vec<Fact<'_>> {
    fields(document, Way::Request, "request")
}

pub(super) fn response_fields(document: &Document) -> Vec<Fact<'_>> {
    fields(document, Way::Response, "response")
}

/// Examples of requests, or of answers that are no errors, each with its endpoint.
fn shown(document: &Document, way: Way) -> impl Iterator<Item = (&Endpoint, &Example, &Value)> {
    let fits = move |role: ExampleRole| match role {
        ExampleRole::Request => way == Way::Request,
        ExampleRole::Response(status) => {
            way == Way::Response && status.is_none_or(|it| (200..300).contains(&it))
        }
        ExampleRole::Unknown => false,
    };
    document.examples.iter().filter(move |it| fits(it.role)).filter_map(|example| {
        let endpoint = document.endpoints.get(example.endpoint?)?;
        let is_own = !document.is_external(endpoint);
        is_own.then_some((endpoint, example, example.value.as_ref()?))
    })
}

fn name(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.method.as_str(), endpoint.full_path())
}

/// What all examples of one endpoint say of one field.
struct Seen {
    key: String,
    types: BTreeSet<String>,
    span: Span,
    times: usize,
}

fn fields<'d>(document: &'d Document, way: Way, word: &'static str) -> Vec<Fact<'d>> {
    let mut endpoints: Vec<(String, String, usize, BTreeMap<String, Seen>)> = Vec::new();
    for (endpoint, example, value) in shown(document, way) {
        let id = endpoint_id(endpoint);
        let at = endpoints.iter().position(|it| it.0 == id).unwrap_or_else(|| {
            endpoints.push((id, name(endpoint), 0, BTreeMap::new()));
            endpoints.len() - 1
        });
        let Some((_, _, count, seen)) = endpoints.get_mut(at) else { continue };
        *count += 1;
        let text = document.source.slice(example.span);
        collect(value, "", DEPTH, &mut |path, types| {
            take(seen, path, types, place(text, example.span, path));
        });
    }
    let mut found = Vec::new();
    for (id, name, count, seen) in endpoints {
        for seen in seen.into_values() {
            found.push(field(document, way, word, (&id, &name, count), seen));
        }
    }
    found
}

fn take(seen: &mut BTreeMap<String, Seen>, path: &str, ty: &'static str, span: Span) {
    if seen.len() >= MOST_FIELDS && !seen.contains_key(path) {
        return;
    }
    let new = || Seen { key: path.to_owned(), types: BTreeSet::new(), span, times: 0 };
    let known = seen.entry(path.to_owned()).or_insert_with(new);
    known.times += 1;
    known.types.insert(ty.to_owned());
}

fn field<'d>(
    document: &Document,
    way: Way,
    word: &'static str,
    (id, name, count): (&str, &str, usize),
    seen: Seen,
) -> Fact<'d> {
    let required = match seen.times < count || seen.types.contains("null") {
        true => Some(false),
        false => stored(document, &seen.key),
    };
    let types: Vec<&str> = seen.types.iter().map(String::as_str).collect();
    let fact = Fact::new(format!("{} of {name}", seen.key), types.join(" or "), seen.span);
    let whole = format!("{id} {word}");
    let mut fact = Fact { id: format!("{whole} {}", seen.key), ..fact }
        .part_of("endpoint", id)
        .part_of("example", whole.clone());
    let noun = if way == Way::Request { "request field" } else { "response field" };
    for (at, _) in seen.key.match_indices(['.', '[']) {
        fact = fact.part_of(noun, format!("{whole} {}", seen.key.get(..at).unwrap_or("")));
    }
    fact.of(Of::Field(Field { way, required, types: seen.types, values: Vec::new() }))
}

/// Whether the column of that name has to be given; `None` where there is none.
fn stored(document: &Document, path: &str) -> Option<bool> {
    let plain = |it: &str| it.replace(['_', '-'], "").to_lowercase();
    let name = plain(path.rsplit(['.', ']']).find(|it| !it.is_empty())?);
    let columns = document.schema.tables.iter().flat_map(|it| &it.columns);
    let mut named = columns.filter(|it| plain(&it.name) == name);
    let first = named.next()?;
    let given = |it: &groundplan_model::schema::Column| it.not_null && it.default.is_none();
    Some(given(first) && named.all(given))
}

/// Every field below `value`, as `customer.name` and `items[].sku`.
fn collect(value: &Value, path: &str, depth: usize, take: &mut impl FnMut(&str, &'static str)) {
    if !path.is_empty() && !path.ends_with("[]") {
        take(path, type_name(value));
    }
    if depth == 0 {
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let dot = if path.is_empty() { "" } else { "." };
                collect(value, &format!("{path}{dot}{name}"), depth - 1, take);
            }
        }
        // One is as good as all: fields of items that lack some would seem optional.
        Value::Array(items) => {
            for item in items.iter().take(1) {
                collect(item, &format!("{path}[]"), depth - 1, take);
            }
        }
        _ => {}
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Where the name of a field stands in an example.
fn place(text: &str, span: Span, path: &str) -> Span {
    let name = path.rsplit(['.', ']']).find(|it| !it.is_empty()).unwrap_or(path);
    let quoted = format!("\"{name}\"");
    match text.find(&quoted) {
        Some(at) => Span::new(span.range().start + at, span.range().start + at + quoted.len()),
        None => span,
    }
}

pub(super) fn types(document: &Document) -> Vec<Fact<'_>> {
    let fact = |it: &'_ Entity| Fact::new(&it.name.text, "", it.name.span);
    document.entities.iter().map(|it| Fact { id: type_id(it), ..fact(it) }).collect()
}

/// One type may be told in two forms: in code and as a drawing.
fn type_id(entity: &Entity) -> String {
    format!("{} {}", entity.name.text.to_lowercase(), entity.form)
}

pub(super) fn type_fields(document: &Document) -> Vec<Fact<'_>> {
    let all = document.entities.iter();
    all.flat_map(|entity| entity.fields.iter().map(move |it| type_field(entity, it))).collect()
}

fn type_field<'d>(entity: &'d Entity, field: &'d EntityField) -> Fact<'d> {
    let optional = if field.optional { " (optional)" } else { "" };
    let value = format!("{}{optional}", field.ty);
    let name = format!("{}.{}", entity.name.text, field.name);
    let of = Field {
        way: way_of(&entity.name.text),
        required: Some(!field.optional),
        types: BTreeSet::from([field.ty.clone()]),
        values: crate::value_sets::of_type(&field.ty).unwrap_or_default(),
    };
    let fact = Fact::new(name, value, field.span).part_of("type", type_id(entity));
    Fact { id: format!("{}.{}", type_id(entity), field.name), ..fact }.of(Of::Field(of))
}

/// Which way a type goes, by its name.
fn way_of(name: &str) -> Way {
    const REQUESTS: [&str; 7] =
        ["request", "input", "create", "update", "payload", "params", "command"];
    const RESPONSES: [&str; 5] = ["response", "output", "result", "reply", "answer"];
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|it| name.contains(it));
    match (has(&REQUESTS), has(&RESPONSES)) {
        (_, true) => Way::Response,
        (true, false) => Way::Request,
        (false, false) => Way::Both,
    }
}
