//! The work: tasks, requirements, questions, phases, rollout, changes.

use groundplan_model::Document;
use groundplan_model::document::{
    Change, ChecklistItem, Mark, Phase, Placeholder, Question, Requirement, Rollback, RolloutStep,
};

use super::super::words;
use super::member::{
    self, CERTAINTY, FORM, Member, at, certainty, certainty_of, count, flag, form_of, line, maybe,
    maybe_text, member, objects, objects_of, sure, text, texts,
};
use super::shown::{Shown, json};

pub(super) static TASKS: &[Member<Document>] = &[
    member("done", "How many.", count, |_, it| marked(it, |mark| mark == Mark::Done)),
    member("open", "How many.", count, |_, it| marked(it, |mark| mark == Mark::Open)),
    member("other", "How many with another mark.", count, |_, it| {
        marked(it, |mark| matches!(mark, Mark::Other(_)))
    }),
    member("items", "In order.", || objects_of(TASK), |it, _| objects(TASK, it, &it.checklist)),
];

static TASK: &[Member<ChecklistItem>] = &[
    member("id", "Without a dot at the end.", maybe_text, |_, it| json!(it.id)),
    member("text", "Without the items below it.", text, |_, it| json!(it.text.text)),
    member("mark", "What the box holds: a blank, `x`, or another character.", text, |_, it| {
        json!(words::mark(it.mark))
    }),
    member("line", "Where the box stands.", line, |document, it| at(document, it.marker)),
    member("depth", "How many lists it is nested in.", count, |_, it| json!(it.depth)),
    member("struck", "Whether it is struck out.", flag, |_, it| json!(it.struck)),
    member("form", FORM, text, |document, it| form_of(document, it.marker)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.marker)),
];

pub(super) static REQUIREMENT: &[Member<Requirement>] = &[
    member("id", "As written.", text, |_, it| json!(it.id.text)),
    member("title", "The words beside it; may be empty.", text, |_, it| json!(it.title)),
    member("line", "Where the id stands.", line, |document, it| at(document, it.id.span)),
    member("form", FORM, text, |document, it| form_of(document, it.id.span)),
    member("certainty", CERTAINTY, certainty, |_, it| sure(it.certainty)),
];

pub(super) static QUESTION: &[Member<Question>] = &[
    member("line", "Where it stands.", line, |document, it| at(document, it.text.span)),
    member("answered", "Whether an answer stands with it.", flag, |_, it| json!(it.answered)),
    member("text", "The question.", text, |_, it| json!(it.text.text)),
    member("form", FORM, text, |document, it| form_of(document, it.text.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.text.span)),
];

pub(super) static PLACEHOLDER: &[Member<Placeholder>] = &[
    member("line", "Where it stands.", line, |document, it| at(document, it.text.span)),
    member("text", "As written.", text, |_, it| json!(it.text.text)),
    member("certainty", "Whether it may as well be meant.", certainty, |_, it| sure(it.certainty)),
    member("form", FORM, text, |document, it| form_of(document, it.text.span)),
];

pub(super) static CHANGE: &[Member<Change>] = &[
    member("version", "As written.", text, |_, it| json!(it.version.text)),
    member("date", "As written.", maybe_text, |_, it| {
        json!(it.date.as_ref().map(|date| &date.text))
    }),
    member("line", "Where it stands.", line, |document, it| at(document, it.version.span)),
    member("form", FORM, text, |document, it| form_of(document, it.version.span)),
    member("certainty", CERTAINTY, certainty, |document, it| {
        certainty_of(document, it.version.span)
    }),
];

pub(super) static PHASE: &[Member<Phase>] = &[
    member("title", "Number and name.", text, |_, it| json!(it.title)),
    member("ticket", "That stands with it.", maybe_text, |_, it| json!(it.ticket)),
    member("points", "Story points.", || maybe(count()), |_, it| json!(it.points)),
    member("files", "Those that it lists.", texts, |_, it| member::words(&it.files)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static ROLLOUT_STEP: &[Member<RolloutStep>] = &[
    member("text", "What is done.", text, |_, it| json!(it.text)),
    member("phase", "The one that it belongs to.", maybe_text, |_, it| json!(it.phase)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static ROLLBACK: &[Member<Rollback>] = &[
    member("trigger", "When it is taken back.", maybe_text, |_, it| {
        json!(it.trigger.as_ref().map(|it| &it.text))
    }),
    member("time", "How long that takes.", maybe_text, |_, it| {
        json!(it.time.as_ref().map(|it| &it.text))
    }),
    member("steps", "What is done, in order.", texts, |_, it| member::words(&it.steps)),
    member("line", "The first place that speaks of it.", line, |document, it| {
        at(document, it.span)
    }),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

fn marked(document: &Document, is_it: fn(Mark) -> bool) -> Shown<'_> {
    json!(document.checklist.iter().filter(|it| is_it(it.mark)).count())
}
