//! Members of objects: one table makes the value that is printed and the schema that promises it.

use serde_json::{Map, Value, json};

use crate::render::Sources;

/// What a value is read with.
pub(super) struct Context<'a> {
    /// The document that edits are in.
    pub(super) path: &'a str,
    pub(super) sources: &'a Sources<'a>,
}

/// A member of the object that a `T` becomes.
pub(super) struct Member<T> {
    name: &'static str,
    about: &'static str,
    schema: fn() -> Value,
    read: fn(&Context<'_>, &T) -> Value,
}

/// A member: its name, what it says, what it may hold, and where that comes from.
pub(super) const fn member<T>(
    name: &'static str,
    about: &'static str,
    schema: fn() -> Value,
    read: fn(&Context<'_>, &T) -> Value,
) -> Member<T> {
    Member { name, about, schema, read }
}

/// The object that `it` becomes.
pub(super) fn object<T>(members: &[Member<T>], context: &Context<'_>, it: &T) -> Value {
    let pairs = members.iter().map(|member| (member.name.to_owned(), (member.read)(context, it)));
    Value::Object(pairs.collect())
}

/// The schema of [`object`]. Members may be added, so others are not refused.
pub(super) fn schema_of<T>(members: &[Member<T>]) -> Value {
    let property = |it: &Member<T>| {
        let mut schema = (it.schema)();
        schema["description"] = json!(it.about);
        (it.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = members.iter().map(property).collect();
    let required: Vec<&str> = members.iter().map(|it| it.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// The schema of a line.
pub(super) fn line() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

/// The schema of a column.
pub(super) fn column() -> Value {
    line()
}

/// Where things lie that have a span.
pub(super) mod place {
    use groundplan_model::{Diagnostic, Label};
    use groundplan_syntax::{Edit, LineColumn, Span};
    use serde_json::{Value, json};

    use super::Context;

    /// Something with a place.
    pub(in super::super) trait Placed {
        /// Its document, where it names one, and its bytes.
        fn place(&self) -> (Option<&str>, Span);
    }

    impl Placed for Diagnostic {
        fn place(&self) -> (Option<&str>, Span) {
            (Some(&self.path), self.span)
        }
    }

    impl Placed for Label {
        fn place(&self) -> (Option<&str>, Span) {
            (Some(&self.path), self.span)
        }
    }

    impl Placed for Edit {
        fn place(&self) -> (Option<&str>, Span) {
            (None, self.span)
        }
    }

    fn start<T: Placed>(context: &Context<'_>, it: &T) -> LineColumn {
        let (path, span) = it.place();
        context.sources.position(path.unwrap_or(context.path), span.start)
    }

    fn end<T: Placed>(context: &Context<'_>, it: &T) -> LineColumn {
        let (path, span) = it.place();
        context.sources.position(path.unwrap_or(context.path), span.end)
    }

    pub(in super::super) fn line<T: Placed>(context: &Context<'_>, it: &T) -> Value {
        json!(start(context, it).line)
    }

    pub(in super::super) fn column<T: Placed>(context: &Context<'_>, it: &T) -> Value {
        json!(start(context, it).column)
    }

    pub(in super::super) fn end_line<T: Placed>(context: &Context<'_>, it: &T) -> Value {
        json!(end(context, it).line)
    }

    pub(in super::super) fn end_column<T: Placed>(context: &Context<'_>, it: &T) -> Value {
        json!(end(context, it).column)
    }
}
