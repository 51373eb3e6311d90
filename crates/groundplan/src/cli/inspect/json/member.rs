//! Members of objects: one table makes the value that is printed and the schema that promises it.

use groundplan_model::document::Text;
use groundplan_model::{Certainty, Document};
use groundplan_syntax::Span;
use serde_json::{Map, Value, json};

use super::super::words;
use super::shown::{self, Later, Layout, Name, Shown};

/// A member of the object that a `T` becomes.
pub(super) struct Member<T> {
    name: &'static str,
    shown: Name,
    about: &'static str,
    schema: fn() -> Value,
    read: Read<T>,
}

/// How a member is read from a fact of a document.
type Read<T> = for<'a> fn(&'a Document, &'a T) -> Shown<'a>;

/// A member: its name, what it says, what it may hold, and where that comes from.
pub(super) const fn member<T>(
    name: &'static str,
    about: &'static str,
    schema: fn() -> Value,
    read: Read<T>,
) -> Member<T> {
    Member { name, shown: Name::new(name), about, schema, read }
}

/// The object that `fact` becomes.
pub(super) fn object<'a, T: 'static>(
    members: &'static [Member<T>],
    document: &'a Document,
    fact: &'a T,
) -> Shown<'a> {
    Shown::Later(Box::new(Facts { members, document, facts: fact }))
}

/// The objects that `facts` become.
pub(super) fn objects<'a, T: 'static>(
    members: &'static [Member<T>],
    document: &'a Document,
    facts: &'a [T],
) -> Shown<'a> {
    Shown::Later(Box::new(Facts { members, document, facts }))
}

/// A fact or a list of them, and how they are shown.
struct Facts<'a, T: 'static, F: ?Sized> {
    members: &'static [Member<T>],
    document: &'a Document,
    facts: &'a F,
}

impl<T> Later for Facts<'_, T, T> {
    fn write(&self, out: &mut Vec<u8>, layout: Layout) {
        write(self.members, self.document, self.facts, out, layout);
    }
}

impl<T> Later for Facts<'_, T, [T]> {
    fn write(&self, out: &mut Vec<u8>, layout: Layout) {
        shown::list(out, layout, self.facts, |out, fact| {
            write(self.members, self.document, fact, out, Layout::Line);
        });
    }
}

fn write<T>(
    members: &[Member<T>],
    document: &Document,
    fact: &T,
    out: &mut Vec<u8>,
    layout: Layout,
) {
    shown::object(
        out,
        layout,
        members,
        |it| &it.shown,
        |out, it| (it.read)(document, fact).write(out, layout.inner()),
    );
}

/// The line on which `span` begins, from 1.
pub(super) fn at(document: &Document, span: Span) -> Shown<'static> {
    Shown::from(&document.source.line(span.start as usize))
}

/// What [`form_of`] says.
pub(super) const FORM: &str = "The form that states it: table, bullet, heading, …";

/// What [`certainty_of`] says.
pub(super) const CERTAINTY: &str = "How sure the reading is.";

/// The form of what stands at `span`.
pub(super) fn form_of(document: &Document, span: Span) -> Shown<'static> {
    Shown::Text(document.form_of(span).as_str())
}

/// How sure a reading is of which the form at `span` is all that is known.
pub(super) fn certainty_of(document: &Document, span: Span) -> Shown<'static> {
    sure(document.form_of(span).certainty())
}

/// How sure a reading is.
pub(super) fn sure(certainty: Certainty) -> Shown<'static> {
    Shown::Text(words::certainty(certainty))
}

/// Texts as they follow each other.
pub(super) fn words(texts: &[Text]) -> Shown<'_> {
    texts.iter().map(|it| Shown::Text(&it.text)).collect()
}

/// Names in the order in which they first stand, each once.
pub(super) fn names(texts: &[Text]) -> Shown<'_> {
    let mut seen = std::collections::HashSet::new();
    let names = texts.iter().map(|it| it.text.as_str());
    names.filter(|it| seen.insert(*it)).map(Shown::Text).collect()
}

/// The schema of [`object`]. Members may be added, so others are not refused.
pub(super) fn an_object<T>(members: &[Member<T>]) -> Value {
    let property = |it: &Member<T>| {
        let mut schema = (it.schema)();
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), json!(it.about));
        }
        (it.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = members.iter().map(property).collect();
    let required: Vec<&str> = members.iter().map(|it| it.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// The schema of [`objects`].
pub(super) fn objects_of<T>(members: &[Member<T>]) -> Value {
    list(an_object(members))
}

pub(super) fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

pub(super) fn texts() -> Value {
    list(text())
}

/// An object whose members the document names.
pub(super) fn keyed_texts() -> Value {
    json!({ "type": "object", "additionalProperties": text() })
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn maybe_text() -> Value {
    maybe(text())
}

pub(super) fn line() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

pub(super) fn http_status() -> Value {
    json!({ "type": "integer", "minimum": 100, "maximum": 999 })
}

pub(super) fn maybe_number() -> Value {
    maybe(json!({ "type": "number" }))
}

pub(super) fn flag() -> Value {
    json!({ "type": "boolean" })
}

pub(super) fn certainty() -> Value {
    one_of(words::CERTAINTIES.map(words::certainty))
}

pub(super) fn one_of(names: impl IntoIterator<Item = &'static str>) -> Value {
    let names: Vec<&str> = names.into_iter().collect();
    json!({ "type": "string", "enum": names })
}

/// What `schema` allows, or null.
pub(super) fn maybe(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(names) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        names.push(Value::Null);
    }
    schema
}
