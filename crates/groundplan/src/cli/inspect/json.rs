//! A document's facts as JSON. Names and meanings are an interface: add, never rename.

use groundplan_model::Document;
use groundplan_model::document::{
    Change, ChecklistItem, Endpoint, Entity, EntityField, ErrorCase, Example, ExampleRole, Link,
    Mark, Operation, Placeholder, Policy, Question, Requirement, Section, Target, Text, Transition,
};
use groundplan_model::schema::{Column, Table};
use groundplan_syntax::Span;
use serde_json::{Value, json};

use super::words;

/// Everything that was read from `document`; lines count from 1.
pub(super) fn document(document: &Document) -> Value {
    let it = Reader { document };
    json!({
        "path": document.source.path(),
        "kind": document.classification.kind.as_str(),
        "profile": document.classification.profile,
        "kind_reasons": document.classification.reasons,
        "title": document.title.as_ref().map(|title| &title.text),
        "status": it.status(),
        "header": it.header(),
        "endpoints": it.endpoints(),
        "operations": it.each(&document.operations, Reader::operation),
        "tables": it.each(&document.schema.tables, Reader::table),
        "types": it.each(&document.entities, Reader::entity),
        "tasks": it.tasks(),
        "requirements": it.each(&document.requirements, Reader::requirement),
        "requirement_refs": names(&document.requirement_refs),
        "targets": it.each(&document.targets, Reader::target),
        "errors": it.each(&document.error_cases, Reader::error),
        "env_vars": names(&document.env_vars),
        "components": it.each(&document.components, Reader::component),
        "questions": it.each(&document.questions, Reader::question),
        "examples": it.each(&document.examples, Reader::example),
        "placeholders": it.each(&document.placeholders, Reader::placeholder),
        "links": it.each(&document.links, Reader::link),
        "source_paths": names(&document.source_paths),
        "policies": it.each(&document.policies, Reader::policy),
        "changes": it.each(&document.changes, Reader::change),
        "transitions": it.each(&document.transitions, Reader::transition),
        "sections": it.each(&document.sections, Reader::section),
    })
}

struct Reader<'a> {
    document: &'a Document,
}

impl Reader<'_> {
    fn line(&self, span: Span) -> usize {
        self.document.source.line(span.start as usize)
    }

    fn each<T>(&self, items: &[T], read: fn(&Self, &T) -> Value) -> Value {
        items.iter().map(|item| read(self, item)).collect()
    }

    fn status(&self) -> Value {
        let Some(status) = &self.document.status else { return Value::Null };
        json!({
            "raw": status.raw.text,
            "state": status.state.map(|state| state.as_str()),
            "line": self.line(status.raw.span),
        })
    }

    fn header(&self) -> Value {
        let mut header = serde_json::Map::new();
        for field in &self.document.header {
            // A key that is repeated keeps the first value, as every reader of the header does.
            header.entry(&field.key).or_insert_with(|| json!(field.value.text));
        }
        Value::Object(header)
    }

    /// Those that are stated and those that are named in passing, in the document's order.
    fn endpoints(&self) -> Value {
        let document = self.document;
        let mut all: Vec<&Endpoint> = document.endpoints.iter().chain(&document.mentions).collect();
        all.sort_by_key(|it| it.span);
        all.into_iter().map(|it| self.endpoint(it)).collect()
    }

    fn endpoint(&self, it: &Endpoint) -> Value {
        json!({
            "method": it.method.as_str(),
            "path": it.path,
            "line": self.line(it.span),
            "form": it.form.as_str(),
            "certainty": words::certainty(it.certainty),
        })
    }

    fn operation(&self, it: &Operation) -> Value {
        json!({
            "method": it.method.as_str(),
            "path": it.path,
            "line": self.line(it.span),
            "statuses": it.statuses,
        })
    }

    fn table(&self, it: &Table) -> Value {
        let column = |it: &Column| json!({ "name": it.name, "type": it.declared, "line": self.line(it.span) });
        let columns: Vec<Value> = it.columns.iter().map(column).collect();
        let line = self.line(it.span);
        json!({ "name": it.name, "line": line, "form": "sql", "columns": columns })
    }

    fn entity(&self, it: &Entity) -> Value {
        let field = |it: &EntityField| {
            let line = self.line(it.span);
            json!({ "name": it.name, "type": it.ty, "optional": it.optional, "line": line })
        };
        let fields: Vec<Value> = it.fields.iter().map(field).collect();
        let line = self.line(it.name.span);
        json!({ "name": it.name.text, "line": line, "form": it.form, "fields": fields })
    }

    fn tasks(&self) -> Value {
        let items = &self.document.checklist;
        let count = |is: fn(Mark) -> bool| items.iter().filter(|it| is(it.mark)).count();
        json!({
            "done": count(|mark| mark == Mark::Done),
            "open": count(|mark| mark == Mark::Open),
            "other": count(|mark| matches!(mark, Mark::Other(_))),
            "items": self.each(items, Reader::task),
        })
    }

    fn task(&self, it: &ChecklistItem) -> Value {
        json!({
            "id": it.id,
            "text": it.text.text,
            "mark": words::mark(it.mark),
            "line": self.line(it.marker),
            "depth": it.depth,
            "struck": it.struck,
        })
    }

    fn requirement(&self, it: &Requirement) -> Value {
        json!({ "id": it.id.text, "title": it.title, "line": self.line(it.id.span) })
    }

    fn component(&self, it: &Text) -> Value {
        json!({ "name": it.text, "line": self.line(it.span) })
    }

    fn target(&self, it: &Target) -> Value {
        let bound = it.quantity.as_ref();
        json!({
            "line": self.line(it.statement),
            "metric": words::metric(&it.metric),
            "name": it.name.text,
            "role": words::target_role(it.role),
            "comparator": bound.map(|it| words::comparator(it.comparator)),
            "value": bound.map(|it| number(it.value)),
            "unit": bound.map(|it| words::unit(it.unit)),
            "percentile": it.percentile.map(number),
        })
    }

    fn error(&self, it: &ErrorCase) -> Value {
        json!({ "code": it.status, "meaning": it.meaning.text, "line": self.line(it.span) })
    }

    fn question(&self, it: &Question) -> Value {
        json!({ "line": self.line(it.text.span), "answered": it.answered, "text": it.text.text })
    }

    fn example(&self, it: &Example) -> Value {
        let endpoint = it.endpoint.and_then(|index| self.document.endpoints.get(index));
        let status = match it.role {
            ExampleRole::Response(status) => status,
            ExampleRole::Request | ExampleRole::Unknown => None,
        };
        json!({
            "line": self.line(it.span),
            "role": words::example_role(it.role),
            "status": status,
            "endpoint": endpoint.map(|it| format!("{} {}", it.method.as_str(), it.path)),
            "parses": it.fault.is_none(),
        })
    }

    fn placeholder(&self, it: &Placeholder) -> Value {
        json!({ "line": self.line(it.text.span), "text": it.text.text })
    }

    fn link(&self, it: &Link) -> Value {
        json!({ "target": it.target, "line": self.line(it.span) })
    }

    fn policy(&self, it: &Policy) -> Value {
        let (line, text) = (self.line(it.text.span), &it.text.text);
        json!({ "line": line, "kind": words::policy(&it.kind), "text": text })
    }

    fn change(&self, it: &Change) -> Value {
        let date = it.date.as_ref().map(|date| &date.text);
        json!({ "version": it.version.text, "date": date, "line": self.line(it.version.span) })
    }

    fn transition(&self, it: &Transition) -> Value {
        json!({ "action": it.action, "from": it.from, "to": it.to, "line": self.line(it.span) })
    }

    fn section(&self, it: &Section) -> Value {
        json!({
            "level": it.level,
            "title": it.title.text,
            "concept": it.concept.map(|concept| concept.key()),
            "line": self.line(it.heading),
        })
    }
}

/// Names in the order in which they first stand, each once.
fn names(texts: &[Text]) -> Value {
    let mut seen = std::collections::HashSet::new();
    texts.iter().map(|it| &it.text).filter(|it| seen.insert(*it)).map(|it| json!(it)).collect()
}

/// Whole numbers without ".0".
fn number(value: f64) -> Value {
    let text = format!("{value}");
    text.parse::<i64>().map_or_else(|_| json!(value), |whole| json!(whole))
}
