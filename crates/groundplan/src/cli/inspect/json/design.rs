//! The design: targets, components, decisions, dependencies, risks, where it runs, words, diagrams.

use groundplan_model::Certainty;
use groundplan_model::document::{
    Choice, Decision, Dependency, Diagram, Environment, Retention, Risk, Target, Term, Text, Threat,
};
use serde_json::Value;

use super::super::words;
use super::member::{
    CERTAINTY, FORM, Member, at, certainty, certainty_of, count, form_of, line, maybe,
    maybe_number, maybe_text, member, objects, objects_of, one_of, sure, text, texts,
};
use super::shown::{Shown, json};

pub(super) static TARGET: &[Member<Target>] = &[
    member("line", "Where it is stated.", line, |document, it| at(document, it.statement)),
    member("metric", "What is measured: latency, throughput, …", text, |_, it| {
        json!(words::metric(&it.metric))
    }),
    member("comparator", "How the number bounds it.", comparator, |_, it| {
        json!(it.quantity.as_ref().map(|it| words::comparator(it.comparator)))
    }),
    member(
        "value",
        "The number as written, in `unit`; null where none can be read.",
        maybe_number,
        |_, it| it.quantity.as_ref().map_or(Shown::Null, |it| number(it.written().0)),
    ),
    member("unit", "The unit as written: 2 and `s` for \"2 seconds\".", maybe_text, |_, it| {
        json!(it.quantity.as_ref().map(|it| it.written().1))
    }),
    member("canonical_value", "The number, in `canonical_unit`.", maybe_number, |_, it| {
        it.quantity.as_ref().map_or(Shown::Null, |it| number(it.value))
    }),
    member("canonical_unit", "The unit in which bounds compare.", unit, |_, it| {
        json!(it.quantity.as_ref().map(|it| words::unit(it.unit)))
    }),
    member("percentile", "95 for p95.", maybe_number, |_, it| {
        it.percentile.map_or(Shown::Null, number)
    }),
    member("name", "The metric as written.", text, |_, it| json!(it.name.text)),
    member("role", "Promise or threshold of an alert.", role, |_, it| {
        json!(words::target_role(it.role))
    }),
    member("form", FORM, text, |document, it| form_of(document, it.statement)),
    member("certainty", CERTAINTY, certainty, |_, it| sure(it.certainty)),
];

pub(super) static COMPONENT: &[Member<Text>] = &[
    member("name", "As written.", text, |_, it| json!(it.text)),
    member("line", "Where it stands.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static DECISION: &[Member<Decision>] = &[
    member("area", "What it is about.", text, |_, it| json!(it.area)),
    member("choice", "What was chosen; null where that is open.", maybe_text, |_, it| {
        json!(it.choice)
    }),
    member(
        "options",
        "What could be chosen, in order.",
        || objects_of(CHOICE),
        |document, it| objects(CHOICE, document, &it.options),
    ),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

static CHOICE: &[Member<Choice>] = &[
    member("name", "As written.", text, |_, it| json!(it.name)),
    member(
        "chosen",
        "Chosen or rejected; null where the document does not say.",
        || maybe(super::member::flag()),
        |_, it| json!(it.chosen),
    ),
];

pub(super) static DEPENDENCY: &[Member<Dependency>] = &[
    member("name", "As written.", text, |_, it| json!(it.name)),
    member("kind", "Its type, as written.", maybe_text, |_, it| json!(it.kind)),
    member("sla", "What it promises.", maybe_text, |_, it| json!(it.sla)),
    member("fallback", "What happens while it is down.", maybe_text, |_, it| json!(it.fallback)),
    member("timeout", "How long a call may take.", maybe_text, |_, it| json!(it.timeout)),
    member("retries", "How often a call is repeated.", maybe_text, |_, it| json!(it.retries)),
    member("url", "Where it is.", maybe_text, |_, it| json!(it.url)),
    member("limit", "How many calls it takes.", maybe_text, |_, it| json!(it.limit)),
    member("breaker", "When it is left alone.", maybe_text, |_, it| json!(it.breaker)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static RISK: &[Member<Risk>] = &[
    member("text", "The risk.", text, |_, it| json!(it.text)),
    member("impact", "As written.", maybe_text, |_, it| json!(it.impact)),
    member("probability", "As written.", maybe_text, |_, it| json!(it.probability)),
    member("mitigation", "What is done about it.", maybe_text, |_, it| json!(it.mitigation)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static THREAT: &[Member<Threat>] = &[
    member("name", "As written.", text, |_, it| json!(it.name)),
    member("mitigation", "What is done about it.", maybe_text, |_, it| json!(it.mitigation)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static RETENTION: &[Member<Retention>] = &[
    member("data", "Which data.", text, |_, it| json!(it.data)),
    member("period", "How long, as written.", text, |_, it| json!(it.period)),
    member("days", "How many days that is.", || maybe(count()), |_, it| json!(it.days)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static JOB_TERM: &[Member<Text>] = &[
    member("text", "What is said.", text, |_, it| json!(it.text)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static ENVIRONMENT: &[Member<Environment>] = &[
    member("name", "As written first.", text, |_, it| json!(it.name)),
    member("line", "Where it is named first.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static TERM: &[Member<Term>] = &[
    member("term", "The word.", text, |_, it| json!(it.term)),
    member("meaning", "What it means.", text, |_, it| json!(it.meaning)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static DIAGRAM: &[Member<Diagram>] = &[
    member("form", "How it is drawn: mermaid, boxes, tree, arrows.", text, |_, it| json!(it.form)),
    member("nodes", "Names of its nodes in order, each once.", texts, |_, it| json!(it.nodes)),
    member("line", "Where it begins.", line, |document, it| at(document, it.span)),
    member("certainty", CERTAINTY, certainty, |_, _| sure(Certainty::Stated)),
];

fn comparator() -> Value {
    maybe(one_of(words::COMPARATORS.map(words::comparator)))
}

fn unit() -> Value {
    maybe(one_of(words::UNITS.map(words::unit)))
}

fn role() -> Value {
    one_of(words::TARGET_ROLES.map(words::target_role))
}

/// Whole numbers without ".0".
fn number(value: f64) -> Shown<'static> {
    /// Below it every whole number is one of this type: 2 to the power of 53.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
        return json!(value as i64);
    }
    let text = format!("{value}");
    text.parse::<i64>().map_or_else(|_| json!(value), |whole| json!(whole))
}
