//! What the cells and examples of an endpoint say: status, form of lists, bodies, error rows
//! (rule D2).

use super::bind::Target;
use super::statements::Statement;
use super::{error_rows, examples, list_shape, note};
use crate::document::Document;
use crate::service::{
    Access, BulkAnswer, Note, NoteLevel, Operation, Query, Resource, Route, SessionKind,
};
use groundplan_syntax::Span;

pub(super) fn route(
    document: &Document,
    statement: &Statement,
    target: Target,
    resources: &[Resource],
    notes: &mut Vec<Note>,
) -> Route {
    let response = examples::response(document, statement);
    let success = success(document, statement, &target, notes);
    let resource = target.binding.as_ref().and_then(|it| resources.get(it.resource));
    Route {
        method: statement.method,
        path: statement.path.clone(),
        summary: summary(document, statement, resource),
        success,
        deferral: None,
        access: Access::default(),
        list: list_shape::of(document, statement, response.as_ref()),
        query: Query::default(),
        members: Vec::new(),
        rule: None,
        promises: Vec::new(),
        errors: error_rows::own(document, statement),
        request_example: examples::request(document, statement),
        response_example: response,
        span: statement.span,
        statement: statement.statement,
        certainty: statement.certainty,
        operation: target.operation,
        binding: target.binding,
        evidence: target.evidence,
    }
}

fn summary(document: &Document, statement: &Statement, resource: Option<&Resource>) -> String {
    let stated = statement.stated(document).find_map(|it| it.purpose.as_ref());
    let name = resource.map_or("", |it| it.name.as_str());
    let fallback = || format!("{} {name}", statement.method.as_str()).trim().to_owned();
    stated.map_or_else(fallback, |it| it.text.clone())
}

/// The stated status of success; cells outrank examples, examples the contract. Statements that
/// disagree are noted: the first one counts.
fn success(
    document: &Document,
    statement: &Statement,
    target: &Target,
    notes: &mut Vec<Note>,
) -> u16 {
    let mut stated: Vec<(u16, Span)> = Vec::new();
    for endpoint in statement.stated(document) {
        let cell = endpoint.response.as_ref();
        stated.extend(cell.and_then(|it| Some((good_status(&it.text)?, it.span))));
    }
    stated.extend(examples::statuses(document, statement));
    for at in &statement.operations {
        let Some(operation) = document.operations.get(*at) else { continue };
        let good = operation.statuses.iter().find(|status| (200..300).contains(*status));
        stated.extend(good.map(|status| (*status, operation.span)));
    }
    // A replaced row is answered with 200; 201 is for one that was not there.
    stated.retain(|(status, _)| target.operation != Operation::Upsert || *status != 201);
    let Some((first, _)) = stated.first().copied() else {
        return if is_for_later(document, statement, target) { 202 } else { usual(target) };
    };
    if let Some((other, span)) = stated.iter().find(|(status, _)| *status != first) {
        let message = format!("success is stated as {first} and as {other}: {first} counts");
        note(notes, NoteLevel::Assumption, "D2", *span, message);
    }
    first
}

/// Whether the row's own words say that the work goes on after the answer.
fn is_for_later(document: &Document, statement: &Statement, target: &Target) -> bool {
    const WORDS: [&str; 4] = ["async", "asynchronous", "asynchronously", "in the background"];
    let purposes = statement.stated(document).filter_map(|it| it.purpose.as_ref());
    let mut texts = purposes.map(|it| it.text.to_lowercase());
    target.operation.can_wait()
        && texts.any(|text| {
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            let words = format!(" {} ", words.join(" "));
            WORDS.iter().any(|word| words.contains(&format!(" {word} ")))
        })
}

fn good_status(text: &str) -> Option<u16> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() == 3);
    let mut numbers = words.filter_map(|word| word.parse().ok());
    numbers.find(|status| (200..300).contains(status))
}

fn usual(target: &Target) -> u16 {
    let names_row = target.binding.as_ref().is_some_and(|it| it.key.is_some());
    match &target.operation {
        Operation::Create | Operation::CreateMany(_) => 201,
        Operation::Upload(_) if !names_row => 201,
        Operation::Session(session) => match session.kind {
            SessionKind::Register => 201,
            SessionKind::Logout => 204,
            _ => 200,
        },
        Operation::DeleteMany(bulk) if bulk.answer == BulkAnswer::Nothing => 204,
        Operation::Delete | Operation::Link | Operation::Unlink => 204,
        _ => 200,
    }
}
