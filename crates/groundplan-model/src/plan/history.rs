//! Endpoints for the history of a row, where no table of the document keeps one (rule D11): entries
//! of the service's own audit log.

use serde_json::{Map, Value};

use super::names::snake;
use super::note;
use super::scope::Scope;
use crate::document::Method;
use crate::service::{
    AuditLog, Binding, EntryPart, Evidence, History, Key, Note, NoteLevel, Operation, Route,
};

#[cfg(test)]
mod tests;

/// Words behind a key that mean the row's history.
const WORDS: [&str; 9] = [
    "audit",
    "audits",
    "audit_log",
    "audit_logs",
    "audit_trail",
    "history",
    "changes",
    "change_log",
    "changelog",
];

/// How deep the entries may lie in an example.
const DEPTH: usize = 3;

/// `GET /orders/{id}/history`.
pub(super) fn bind(
    scope: &mut Scope<'_>,
    owner: usize,
    key: &Key,
    word: &str,
) -> Option<(Operation, Binding)> {
    let resource = scope.resources.get(owner)?;
    if scope.statement.method != Method::Get || !WORDS.contains(&snake(word).as_str()) {
        return None;
    }
    // Entries know a row by the one column of its key.
    resource.key_index()?;
    let note = format!("`{word}` is the row's history: no table keeps one, the audit log does");
    scope.because("D11", scope.statement.span, note);
    let binding = Binding { resource: owner, key: Some(key.clone()), parent: None, value: None };
    Some((Operation::History(History::default()), binding))
}

/// Names the members of entries by the examples, and sees to it that there is a log.
pub(super) fn settle(routes: &mut [Route], audit: &mut Option<AuditLog>, notes: &mut Vec<Note>) {
    for route in routes.iter_mut() {
        let Operation::History(history) = &mut route.operation else { continue };
        if let Some(entry) = route.response_example.as_ref().and_then(|it| entry(it, DEPTH)) {
            let (members, unknown) = members(entry);
            if !members.is_empty() {
                history.members = members;
            }
            for name in unknown {
                let message = format!("entries of the history have no `{name}`");
                note(notes, NoteLevel::Assumption, "D11", route.span, message);
            }
        }
        if audit.is_none() {
            let message = "every write is recorded, so that rows have a history".to_owned();
            note(notes, NoteLevel::Assumption, "D11", route.span, message);
            *audit = Some(AuditLog { days: None, span: route.span });
        }
        let note = "entries by pages, the newest first".to_owned();
        route.evidence.push(Evidence { rule: "D11", note, span: route.span });
    }
}

/// The first object of the array that the example shows.
fn entry(example: &Value, depth: usize) -> Option<&Map<String, Value>> {
    match example {
        Value::Array(entries) => entries.first()?.as_object(),
        Value::Object(members) if depth > 0 => members.values().find_map(|it| entry(it, depth - 1)),
        _ => None,
    }
}

/// The members that tell something, each thing once, and those that nothing is known of.
fn members(entry: &Map<String, Value>) -> (Vec<(String, EntryPart)>, Vec<&str>) {
    let (mut known, mut unknown): (Vec<(String, EntryPart)>, Vec<&str>) = Default::default();
    for name in entry.keys() {
        match part(&snake(name)) {
            Some(part) if known.iter().all(|(_, it)| *it != part) => {
                known.push((name.clone(), part));
            }
            _ => unknown.push(name),
        }
    }
    (known, unknown)
}

fn part(name: &str) -> Option<EntryPart> {
    Some(match name {
        "id" | "entry_id" | "audit_id" | "event_id" => EntryPart::Id,
        "at" | "timestamp" | "time" | "created_at" | "changed_at" | "occurred_at" | "date"
        | "performed_at" | "recorded_at" => EntryPart::At,
        "subject" | "actor" | "actor_id" | "user" | "user_id" | "who" | "by" | "changed_by"
        | "performed_by" | "author" | "modified_by" => EntryPart::Subject,
        "tenant" | "tenant_id" | "org_id" => EntryPart::Tenant,
        "method" | "http_method" => EntryPart::Method,
        "path" | "endpoint" => EntryPart::Path,
        "request_id" | "correlation_id" => EntryPart::RequestId,
        "resource" | "resource_type" | "entity" | "entity_type" | "table" | "table_name" => {
            EntryPart::Resource
        }
        "key" | "entity_id" | "resource_id" | "record_id" | "row_id" => EntryPart::Key,
        "action" | "event" | "operation" | "type" | "event_type" | "change_type" => {
            EntryPart::Action
        }
        "before" | "old" | "old_value" | "old_values" | "previous" => EntryPart::Before,
        "after" | "new" | "new_value" | "new_values" | "current" => EntryPart::After,
        _ => return None,
    })
}
