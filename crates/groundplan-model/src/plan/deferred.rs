//! Endpoints that the document answers with 202: their work is done after the answer (rule D13).

use serde_json::Value;

use super::note;
use crate::document::Document;
use crate::service::{
    Attempts, Deferral, Evidence, JobSlot, Note, NoteLevel, Operation, Resource, Route,
};

mod attempts;
#[cfg(test)]
mod tests;

/// What the job is called where no example says it.
const QUEUED: &str = "queued";

/// Members that are the job's id or state, whatever parts them.
const IDS: [&str; 6] = ["id", "jobid", "taskid", "operationid", "requestid", "trackingid"];
const STATES: [&str; 4] = ["status", "state", "jobstatus", "taskstatus"];

/// Gives each such endpoint the form of its answer.
pub(super) fn settle(
    document: &Document,
    routes: &mut [Route],
    resources: &[Resource],
    notes: &mut Vec<Note>,
) {
    for route in routes.iter_mut().filter(|it| it.success == 202) {
        let conclusion = match &route.operation {
            Operation::Create => {
                "202: the new row is the record of the work, which is not done here"
            }
            operation if operation.can_wait() => {
                route.deferral = Some(deferral(route, resources, notes));
                "202: it is checked now and done after the answer, by a durable queue"
            }
            Operation::Underived(_) => continue,
            _ => {
                let message = "202 is answered, and there is nothing to do later".to_owned();
                note(notes, NoteLevel::Assumption, "D13", route.span, message);
                continue;
            }
        };
        let note = conclusion.to_owned();
        route.evidence.push(Evidence { rule: "D13", note, span: route.span });
    }
    attempts::settle(document, routes);
}

fn deferral(route: &Route, resources: &[Resource], notes: &mut Vec<Note>) -> Deferral {
    let example = route.response_example.as_ref().and_then(Value::as_object);
    let members = example.filter(|_| !shows_row(route, resources));
    if example.is_some() && members.is_none() {
        let message = "the example shows the row, which has not changed yet: the job is answered";
        note(notes, NoteLevel::Assumption, "D13", route.span, message.to_owned());
    }
    let slots =
        members.into_iter().flatten().map(|(name, value)| (name.clone(), slot(name, value)));
    let mut answer: Vec<(String, JobSlot)> = slots.collect();
    if !answer.iter().any(|(_, slot)| *slot == JobSlot::Id) {
        answer.insert(0, ("id".to_owned(), JobSlot::Id));
    }
    if !answer.iter().any(|(_, slot)| matches!(slot, JobSlot::Status(_))) {
        answer.push(("status".to_owned(), JobSlot::Status(QUEUED.to_owned())));
    }
    Deferral { answer, attempts: Attempts::default() }
}

fn slot(name: &str, value: &Value) -> JobSlot {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let plain = plain.to_lowercase();
    match value {
        Value::String(word) if STATES.contains(&plain.as_str()) => JobSlot::Status(word.clone()),
        _ if IDS.contains(&plain.as_str()) => JobSlot::Id,
        _ => JobSlot::Constant(value.clone()),
    }
}

/// Whether the example shows the endpoint's row: two of its columns besides key and state.
fn shows_row(route: &Route, resources: &[Resource]) -> bool {
    let resource = route.binding.as_ref().and_then(|it| resources.get(it.resource));
    let members = route.response_example.as_ref().and_then(Value::as_object);
    let (Some(resource), Some(members)) = (resource, members) else { return false };
    let is_row = |name: &&String| {
        let is_known = resource.fields.iter().any(|field| field.name == **name);
        is_known && matches!(slot(name, &Value::Null), JobSlot::Constant(_)) && *name != "status"
    };
    members.keys().filter(is_row).count() >= 2
}
