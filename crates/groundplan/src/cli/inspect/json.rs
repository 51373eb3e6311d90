//! A document's facts as JSON, and the schema of it. Names and meanings are an interface: add, never
//! rename.

mod design;
mod header;
mod member;
mod service;
mod shown;
mod work;

use groundplan_model::Document;
use groundplan_model::document::Endpoint;
use groundplan_model::profile::Kind;
use serde_json::Value;

use crate::render::json::SCHEMA_VERSION;
use member::{
    Member, an_object, keyed_texts, list, maybe, maybe_text, member, names, object, objects,
    objects_of, one_of, text, texts,
};
use shown::{Layout, Shown, json};

/// Everything that was read from `document`; lines count from 1. Indented as an item of the list of
/// documents.
pub(super) fn document(document: &Document) -> Vec<u8> {
    // What is known of a document is about as long as the document.
    let mut text = Vec::with_capacity(document.source.text().len() + 4096);
    text.extend_from_slice(b"    ");
    object(DOCUMENT, document, document).write(&mut text, Layout::Lines(2));
    text
}

/// The JSON Schema of what `inspect --format json` prints.
pub(super) fn schema() -> Value {
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "groundplan inspect --format json",
        "description": "What was read from documents, sorted by path. Lines count from 1. \
            Members may be added; none is renamed or removed without a new schema_version.",
        "type": "object",
        "properties": {
            "schema_version": { "const": SCHEMA_VERSION },
            "documents": list(an_object(DOCUMENT)),
        },
        "required": ["schema_version", "documents"],
    })
}

/// What is known of a document, in the order of the output.
static DOCUMENT: &[Member<Document>] = &[
    member("path", "As it was named or found.", text, |_, it| json!(it.source.path())),
    member("kind", "What it is.", kind, |_, it| json!(it.classification.kind.as_str())),
    member("profile", "The family that it belongs to.", text, |_, it| {
        json!(it.classification.profile)
    }),
    member("title", "The first heading of level one.", maybe_text, |_, it| {
        json!(it.title.as_ref().map(|title| &title.text))
    }),
    member(
        "status",
        "Where it stands in its life, as its header says.",
        || maybe(an_object(header::STATUS)),
        |it, _| it.status.as_ref().map_or(Shown::Null, |status| object(header::STATUS, it, status)),
    ),
    member("header", "Its fields; of a repeated key the first.", keyed_texts, |_, it| {
        header::fields(&it.header)
    }),
    member(
        "endpoints",
        "Every statement and every mention of one, in order.",
        || objects_of(service::ENDPOINT),
        |it, _| endpoints(it),
    ),
    member(
        "tables",
        "The data model.",
        || objects_of(service::TABLE),
        |it, _| objects(service::TABLE, it, &it.schema.tables),
    ),
    member(
        "tasks",
        "Items with a box.",
        || an_object(work::TASKS),
        |it, _| object(work::TASKS, it, it),
    ),
    member(
        "requirements",
        "Requirements, stories and criteria that it defines.",
        || objects_of(work::REQUIREMENT),
        |it, _| objects(work::REQUIREMENT, it, &it.requirements),
    ),
    member("requirement_refs", "Ids that it cites and does not define.", texts, |_, it| {
        names(&it.requirement_refs)
    }),
    member(
        "targets",
        "Performance targets and alert thresholds.",
        || objects_of(design::TARGET),
        |it, _| objects(design::TARGET, it, &it.targets),
    ),
    member(
        "errors",
        "Documented error answers.",
        || objects_of(service::ERROR),
        |it, _| objects(service::ERROR, it, &it.error_cases),
    ),
    member("env_vars", "Names of environment variables.", texts, |_, it| names(&it.env_vars)),
    member(
        "components",
        "Components that it names.",
        || objects_of(design::COMPONENT),
        |it, _| objects(design::COMPONENT, it, &it.components),
    ),
    member(
        "questions",
        "Open questions.",
        || objects_of(work::QUESTION),
        |it, _| objects(work::QUESTION, it, &it.questions),
    ),
    member(
        "placeholders",
        "Text that nobody filled in.",
        || objects_of(work::PLACEHOLDER),
        |it, _| objects(work::PLACEHOLDER, it, &it.placeholders),
    ),
    member(
        "links",
        "Links and images.",
        || objects_of(header::LINK),
        |it, _| objects(header::LINK, it, &it.links),
    ),
    member("source_paths", "Paths of files in backticks.", texts, |_, it| names(&it.source_paths)),
    member("kind_reasons", "Why it was taken for its kind.", texts, |_, it| {
        json!(it.classification.reasons)
    }),
    member("footer", "Header fields that its end repeats.", keyed_texts, |_, it| {
        header::fields(&it.footer)
    }),
    member(
        "operations",
        "Operations of OpenAPI fragments.",
        || objects_of(service::OPERATION),
        |it, _| objects(service::OPERATION, it, &it.operations),
    ),
    member(
        "types",
        "Data types in other forms than SQL.",
        || objects_of(service::TYPE),
        |it, _| objects(service::TYPE, it, &it.entities),
    ),
    member(
        "examples",
        "JSON examples.",
        || objects_of(service::EXAMPLE),
        |it, _| objects(service::EXAMPLE, it, &it.examples),
    ),
    member(
        "policies",
        "Rules that the service enforces.",
        || objects_of(service::POLICY),
        |it, _| objects(service::POLICY, it, &it.policies),
    ),
    member(
        "transitions",
        "Allowed changes of state.",
        || objects_of(service::TRANSITION),
        |it, _| objects(service::TRANSITION, it, &it.transitions),
    ),
    member(
        "decisions",
        "Decisions, and alternatives that were weighed.",
        || objects_of(design::DECISION),
        |it, _| objects(design::DECISION, it, &it.decisions),
    ),
    member(
        "dependencies",
        "What it needs from others.",
        || objects_of(design::DEPENDENCY),
        |it, _| objects(design::DEPENDENCY, it, &it.dependencies),
    ),
    member(
        "risks",
        "What may go wrong.",
        || objects_of(design::RISK),
        |it, _| objects(design::RISK, it, &it.risks),
    ),
    member(
        "threats",
        "Attacks and weaknesses.",
        || objects_of(design::THREAT),
        |it, _| objects(design::THREAT, it, &it.threats),
    ),
    member(
        "retention",
        "How long data is kept.",
        || objects_of(design::RETENTION),
        |it, _| objects(design::RETENTION, it, &it.retention),
    ),
    member(
        "job_terms",
        "How work in the background is tried.",
        || objects_of(design::JOB_TERM),
        |it, _| objects(design::JOB_TERM, it, &it.job_terms),
    ),
    member(
        "environments",
        "Where the service runs.",
        || objects_of(design::ENVIRONMENT),
        |it, _| objects(design::ENVIRONMENT, it, &it.environments),
    ),
    member(
        "rollout",
        "Steps of the rollout.",
        || objects_of(work::ROLLOUT_STEP),
        |it, _| objects(work::ROLLOUT_STEP, it, &it.rollout),
    ),
    member(
        "rollback",
        "How the change is taken back.",
        || maybe(an_object(work::ROLLBACK)),
        |it, _| it.rollback.as_ref().map_or(Shown::Null, |back| object(work::ROLLBACK, it, back)),
    ),
    member(
        "phases",
        "Phases of the work, every statement of one.",
        || objects_of(work::PHASE),
        |it, _| objects(work::PHASE, it, &it.phases),
    ),
    member(
        "changes",
        "Entries of the change log.",
        || objects_of(work::CHANGE),
        |it, _| objects(work::CHANGE, it, &it.changes),
    ),
    member(
        "glossary",
        "Words and what they mean here.",
        || objects_of(design::TERM),
        |it, _| objects(design::TERM, it, &it.glossary),
    ),
    member(
        "diagrams",
        "Drawings in text.",
        || objects_of(design::DIAGRAM),
        |it, _| objects(design::DIAGRAM, it, &it.diagrams),
    ),
    member(
        "file_mentions",
        "Markdown files that the text names without a link.",
        || objects_of(header::MENTION),
        |it, _| objects(header::MENTION, it, &it.file_mentions),
    ),
    member(
        "sections",
        "Headings in order.",
        || objects_of(header::SECTION),
        |it, _| objects(header::SECTION, it, &it.sections),
    ),
];

fn kind() -> Value {
    one_of(Kind::ALL.map(Kind::as_str))
}

/// Those that are stated and those that are named in passing, in the document's order.
fn endpoints(document: &Document) -> Shown<'_> {
    let mut all: Vec<&Endpoint> = document.endpoints.iter().chain(&document.mentions).collect();
    all.sort_by_key(|it| it.span);
    all.into_iter().map(|it| object(service::ENDPOINT, document, it)).collect()
}
