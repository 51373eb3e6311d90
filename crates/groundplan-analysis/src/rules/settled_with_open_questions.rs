//! `settled-with-open-questions`: an agreed document with questions that nobody answered.

use groundplan_model::Severity;
use groundplan_model::document::{Question, State};

use super::{Check, FixKind, Rule};
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "settled-with-open-questions",
    group: "documents",
    summary: "the status says that the document is agreed, and questions are open",
    page: include_str!("settled_with_open_questions.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const SHOWN: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let Some(status) = &document.status else { return };
    if !status.state.is_some_and(State::is_settled) {
        return;
    }
    let questions = document.questions.iter();
    // Below a question its options may be listed; only what asks is a question.
    let asks = |it: &&Question| !it.answered && it.text.text.contains(['?', '？']);
    let open: Vec<&Question> = questions.filter(asks).collect();
    if open.is_empty() {
        return;
    }
    let raw = &status.raw;
    let (words, asked) =
        (shortened(&raw.text), counted(open.len(), "question is", "questions are"));
    let message = format!("the status is `{words}`, but {asked} open");
    let mut finding = findings.report(raw.span, message);
    for question in open.iter().take(SHOWN) {
        finding = finding.related(question.text.span, "not answered");
    }
    finding.help("write the answer below the question, or set the status back to review");
}
