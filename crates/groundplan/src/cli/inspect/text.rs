//! A document's facts for people: a group a kind, a line a fact.

use std::fmt::Write;

use groundplan_model::document::{
    Concept, Decision, Dependency, Endpoint, Entity, ErrorCase, Example, ExampleRole, Mark, Phase,
    Policy, Requirement, Risk, Rollback, Section, Status, Target, Text, Transition,
};
use groundplan_model::schema::Table;
use groundplan_model::{Certainty, Document};
use groundplan_syntax::Span;

use super::words;
use crate::cli::kinds::why;
use crate::ui::{DIM, STRONG, paint, printable};

/// A text longer than this is cut: the line number leads to the rest.
const LONGEST_CHARS: usize = 90;

/// A fact in a line, and where it stands.
type Row = (Span, String);

/// A kind of fact: its heading, and its rows in the document's order.
type Group = (&'static str, fn(&Document) -> Vec<Row>);

/// Every kind of fact.
static GROUPS: &[Group] = &[
    ("status", status),
    ("header", |it| {
        rows(&it.header, |it| (it.span, format!("{}: {}", it.key, cut(&it.value.text))))
    }),
    ("footer", |it| {
        rows(&it.footer, |it| (it.span, format!("{}: {}", it.key, cut(&it.value.text))))
    }),
    ("sections", sections),
    ("endpoints", |it| rows(&it.endpoints, |endpoint| self::endpoint(endpoint, it))),
    ("endpoints named in passing", |it| {
        rows(&it.mentions, |endpoint| self::endpoint(endpoint, it))
    }),
    ("operations", |it| {
        rows(&it.operations, |it| {
            (it.span, format!("{:<7} {} {:?}", it.method.as_str(), it.path, it.statuses))
        })
    }),
    ("tables", |it| rows(&it.schema.tables, |it| (it.span, table(it)))),
    ("types", |it| rows(&it.entities, |it| (it.name.span, entity(it)))),
    ("SQL that does not parse", |it| rows(&it.schema.faults, text)),
    ("examples", |it| rows(&it.examples, |example| (example.span, self::example(example, it)))),
    ("errors", |it| {
        let row = |it: &ErrorCase| (it.span, format!("{} {}", it.status, cut(&it.meaning.text)));
        sure(it, &it.error_cases, row, |it| it.certainty)
    }),
    ("policies", |it| {
        let kind = |it: &Policy| words::policy(&it.kind);
        let row = |it: &Policy| (it.text.span, format!("{}: {}", kind(it), cut(&it.text.text)));
        sure(it, &it.policies, row, |_| Certainty::Inferred)
    }),
    ("transitions", |it| {
        sure(it, &it.transitions, |it| (it.span, transition(it)), |it| it.certainty)
    }),
    ("targets", |it| sure(it, &it.targets, |it| (it.statement, target(it)), |it| it.certainty)),
    ("requirements", |it| {
        let row = |it: &Requirement| (it.id.span, format!("{} {}", it.id.text, cut(&it.title)));
        sure(it, &it.requirements, row, |it| it.certainty)
    }),
    ("requirements cited", |it| formed(it, &it.requirement_refs, text)),
    ("components", |it| formed(it, &it.components, text)),
    ("decisions", |it| formed(it, &it.decisions, |it| (it.span, decision(it)))),
    ("dependencies", |it| formed(it, &it.dependencies, |it| (it.span, dependency(it)))),
    ("risks", |it| formed(it, &it.risks, |it| (it.span, risk(it)))),
    ("threats", |it| {
        formed(it, &it.threats, |it| {
            (it.span, with(&it.name, &[("mitigation", it.mitigation.as_ref())]))
        })
    }),
    ("retention", |it| {
        formed(it, &it.retention, |it| {
            let days = it.days.map_or_else(String::new, |days| format!(" ({days} days)"));
            (it.span, format!("{}: {}{days}", cut(&it.data), cut(&it.period)))
        })
    }),
    ("jobs", |it| formed(it, &it.job_terms, text)),
    ("environments", |it| formed(it, &it.environments, |it| (it.span, cut(&it.name)))),
    ("environment variables", |it| formed(it, &it.env_vars, text)),
    ("rollout", |it| {
        formed(it, &it.rollout, |it| (it.span, with(&it.text, &[("phase", it.phase.as_ref())])))
    }),
    ("rollback", |it| it.rollback.iter().flat_map(rollback).collect()),
    ("phases", |it| formed(it, &it.phases, |it| (it.span, phase(it)))),
    ("tasks", tasks),
    ("questions", |it| {
        formed(it, &it.questions, |it| {
            let answered = if it.answered { "answered" } else { "open" };
            (it.text.span, format!("{answered}: {}", cut(&it.text.text)))
        })
    }),
    ("changes", |it| {
        formed(it, &it.changes, |it| {
            let date = it.date.as_ref().map_or("", |date| &date.text);
            (it.version.span, format!("{} {date}", cut(&it.version.text)))
        })
    }),
    ("glossary", |it| {
        formed(it, &it.glossary, |it| (it.span, format!("{}: {}", cut(&it.term), cut(&it.meaning))))
    }),
    ("diagrams", |it| {
        rows(&it.diagrams, |it| {
            let nodes = if it.nodes.is_empty() { "no names".into() } else { it.nodes.join(", ") };
            (it.span, format!("{}: {}", it.form, cut(&nodes)))
        })
    }),
    ("placeholders", |it| sure(it, &it.placeholders, |it| text(&it.text), |it| it.certainty)),
    ("links", |it| rows(&it.links, |it| (it.span, cut(&it.target)))),
    ("files named in passing", |it| rows(&it.file_mentions, |it| (it.span, cut(&it.target)))),
    ("source paths", |it| rows(&it.source_paths, text)),
];

/// Everything that was read from `document`.
pub(super) fn document(document: &Document, styled: bool) -> String {
    let path = paint(styled, STRONG, document.source.path());
    let title = document.title.as_ref().map_or("no title", |title| &title.text);
    let mut page = format!("{path}: {}\n", cut(title));
    let kind = &document.classification;
    let why = cut(&why(kind));
    let _ = writeln!(page, "  {} ({}): {why}", kind.kind.as_str(), kind.profile);
    for (name, read) in GROUPS {
        let rows = read(document);
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(page, "  {} ({})", paint(styled, STRONG, name), rows.len());
        for (span, row) in rows {
            let line = format!("{:>6}", document.source.line(span.start as usize));
            let _ = writeln!(page, "{}  {row}", paint(styled, DIM, &line));
        }
    }
    page
}

fn rows<T>(facts: &[T], row: impl Fn(&T) -> Row) -> Vec<Row> {
    facts.iter().map(row).collect()
}

/// Rows with the forms that state them.
fn formed<T>(document: &Document, facts: &[T], row: impl Fn(&T) -> Row) -> Vec<Row> {
    let add = |fact: &T| {
        let (span, row) = row(fact);
        (span, with_form(document, span, row, document.form_of(span).certainty()))
    };
    facts.iter().map(add).collect()
}

/// Rows of facts that know how sure they are, with the forms that state them.
fn sure<T>(
    document: &Document,
    facts: &[T],
    row: impl Fn(&T) -> Row,
    certainty: impl Fn(&T) -> Certainty,
) -> Vec<Row> {
    let add = |fact: &T| {
        let (span, row) = row(fact);
        (span, with_form(document, span, row, certainty(fact)))
    };
    facts.iter().map(add).collect()
}

/// "(table)" behind a row; "(prose, inferred)" where it is not stated outright.
fn with_form(document: &Document, span: Span, row: String, certainty: Certainty) -> String {
    let form = document.form_of(span).as_str();
    match certainty {
        Certainty::Stated => format!("{row}  ({form})"),
        _ => format!("{row}  ({form}, {})", words::certainty(certainty)),
    }
}

fn text(text: &Text) -> Row {
    (text.span, cut(&text.text))
}

fn status(document: &Document) -> Vec<Row> {
    let row = |status: &Status| {
        let state = status.state.map_or("not known", |state| state.as_str());
        let date = status.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
        (status.raw.span, format!("{} ({state}{date})", cut(&status.raw.text)))
    };
    document.status.iter().map(row).collect()
}

fn sections(document: &Document) -> Vec<Row> {
    let known = document.sections.iter().filter_map(|it| Some((it, it.concept?)));
    let row = |(it, concept): (&Section, Concept)| {
        (it.heading, format!("{:<12}  {}", concept.key(), cut(&it.title.text)))
    };
    known.map(row).collect()
}

fn endpoint(it: &Endpoint, document: &Document) -> Row {
    let (form, certainty) = (it.form.as_str(), words::certainty(it.certainty));
    let external = if document.is_external(it) { ", external" } else { "" };
    let base = it.base.as_ref().map_or_else(String::new, |base| format!(", below {}", base.text));
    let (method, path) = (it.method.as_str(), &it.path);
    (it.span, format!("{method:<7} {path}  ({form}, {certainty}{external}{base})"))
}

/// "What it is; name: value, name: value", as far as there are values.
fn with(what: &str, parts: &[(&str, Option<&String>)]) -> String {
    let known = parts.iter().filter_map(|(name, value)| Some((name, cut((*value)?))));
    let known: Vec<String> = known.map(|(name, value)| format!("{name}: {value}")).collect();
    match known.is_empty() {
        true => cut(what),
        false => format!("{}; {}", cut(what), known.join(", ")),
    }
}

fn decision(it: &Decision) -> String {
    let choice = it.choice.as_deref().map_or_else(|| "open".to_owned(), cut);
    let options: Vec<&str> = it.options.iter().map(|it| it.name.as_str()).collect();
    let among = if options.is_empty() { String::new() } else { cut(&options.join(", ")) };
    let among = if among.is_empty() { among } else { format!(" (of {among})") };
    format!("{}: {choice}{among}", cut(&it.area))
}

fn dependency(it: &Dependency) -> String {
    let parts = [
        ("kind", it.kind.as_ref()),
        ("SLA", it.sla.as_ref()),
        ("fallback", it.fallback.as_ref()),
        ("timeout", it.timeout.as_ref()),
        ("retries", it.retries.as_ref()),
    ];
    with(&it.name, &parts)
}

fn risk(it: &Risk) -> String {
    let parts = [
        ("impact", it.impact.as_ref()),
        ("probability", it.probability.as_ref()),
        ("mitigation", it.mitigation.as_ref()),
    ];
    with(&it.text, &parts)
}

/// When, how long, and the steps.
fn rollback(it: &Rollback) -> Vec<Row> {
    let named = |name: &str, it: &Option<Text>| {
        it.as_ref().map(|it| (it.span, format!("{name}: {}", cut(&it.text))))
    };
    let mut rows: Vec<Row> = named("when", &it.trigger).into_iter().collect();
    rows.extend(named("time", &it.time));
    rows.extend(it.steps.iter().map(text));
    if rows.is_empty() {
        rows.push((it.span, "named, no steps".to_owned()));
    }
    rows
}

fn phase(it: &Phase) -> String {
    let points = it.points.map(|points| points.to_string());
    let files = (!it.files.is_empty()).then(|| it.files.len().to_string());
    let parts =
        [("ticket", it.ticket.as_ref()), ("points", points.as_ref()), ("files", files.as_ref())];
    with(&it.title, &parts)
}

fn table(table: &Table) -> String {
    let columns: Vec<String> =
        table.columns.iter().map(|it| format!("{} {}", it.name, it.declared)).collect();
    format!("{}: {}", table.name, columns.join(", "))
}

fn entity(it: &Entity) -> String {
    let fields: Vec<&str> = it.fields.iter().map(|it| &*it.name).collect();
    format!("{} ({}): {}", it.name.text, it.form, fields.join(", "))
}

fn example(it: &Example, document: &Document) -> String {
    let endpoint = it.endpoint.and_then(|index| document.endpoints.get(index));
    let endpoint = endpoint.map_or_else(
        || "no endpoint".to_owned(),
        |it| format!("{} {}", it.method.as_str(), it.path),
    );
    let status = match it.role {
        ExampleRole::Response(Some(status)) => format!(" {status}"),
        _ => String::new(),
    };
    let fault = it.fault.as_ref().map_or_else(String::new, |it| format!(", {}", cut(&it.text)));
    format!("{}{status} of {endpoint}{fault}", words::example_role(it.role))
}

fn transition(it: &Transition) -> String {
    let action = it.action.as_ref().map_or_else(String::new, |it| format!(" by {it}"));
    let from = if it.from.is_empty() { "any".to_owned() } else { it.from.join(" or ") };
    format!("{from} -> {}{action}", it.to)
}

fn target(target: &Target) -> String {
    let percentile = target.percentile.map_or_else(String::new, |it| format!(" p{it}"));
    let bound = target.quantity.as_ref().map_or_else(
        || "no number".to_owned(),
        |it| format!("{} {} {}", words::comparator(it.comparator), it.value, words::unit(it.unit)),
    );
    let (role, metric) = (words::target_role(target.role), words::metric(&target.metric));
    format!("{role}: {metric}{percentile} {bound}  ({})", cut(&target.name.text))
}

/// The items, and behind the last one how many are done.
fn tasks(document: &Document) -> Vec<Row> {
    let items = &document.checklist;
    let mut rows = rows(items, |it| {
        let indent = "  ".repeat(it.depth.min(20));
        (it.marker, format!("{indent}[{}] {}", words::mark(it.mark), cut(&it.text.text)))
    });
    let count = |is: fn(Mark) -> bool| items.iter().filter(|it| is(it.mark)).count();
    if let Some(last) = rows.last_mut() {
        let done = count(|mark| mark == Mark::Done);
        let open = count(|mark| mark == Mark::Open);
        let other = items.len() - done - open;
        let _ = write!(last.1, "\n        {done} done, {open} open, {other} other");
    }
    rows
}

/// The first line of a text, cut where it is long.
fn cut(text: &str) -> String {
    let line = printable(text.lines().next().unwrap_or("").trim());
    match line.char_indices().nth(LONGEST_CHARS) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or(&line)),
        None => line.into_owned(),
    }
}
