//! A document's facts for people: a group a kind, a line a fact.

use std::fmt::Write;

use groundplan_model::Document;
use groundplan_model::document::{
    Concept, Endpoint, Entity, Example, ExampleRole, Mark, Section, Status, Target, Text,
    Transition,
};
use groundplan_model::schema::Table;
use groundplan_syntax::Span;

use super::words;
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
    ("sections", sections),
    ("endpoints", |it| rows(&it.endpoints, endpoint)),
    ("endpoints named in passing", |it| rows(&it.mentions, endpoint)),
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
        rows(&it.error_cases, |it| (it.span, format!("{} {}", it.status, cut(&it.meaning.text))))
    }),
    ("policies", |it| {
        rows(&it.policies, |it| {
            (it.text.span, format!("{}: {}", words::policy(&it.kind), cut(&it.text.text)))
        })
    }),
    ("transitions", |it| rows(&it.transitions, |it| (it.span, transition(it)))),
    ("targets", |it| rows(&it.targets, |it| (it.statement, target(it)))),
    ("requirements", |it| {
        rows(&it.requirements, |it| (it.id.span, format!("{} {}", it.id.text, cut(&it.title))))
    }),
    ("requirements cited", |it| rows(&it.requirement_refs, text)),
    ("components", |it| rows(&it.components, text)),
    ("environment variables", |it| rows(&it.env_vars, text)),
    ("tasks", tasks),
    ("questions", |it| {
        rows(&it.questions, |it| {
            let answered = if it.answered { "answered" } else { "open" };
            (it.text.span, format!("{answered}: {}", cut(&it.text.text)))
        })
    }),
    ("changes", |it| {
        rows(&it.changes, |it| {
            let date = it.date.as_ref().map_or("", |date| &date.text);
            (it.version.span, format!("{} {date}", cut(&it.version.text)))
        })
    }),
    ("placeholders", |it| rows(&it.placeholders, |it| text(&it.text))),
    ("links", |it| rows(&it.links, |it| (it.span, cut(&it.target)))),
    ("source paths", |it| rows(&it.source_paths, text)),
];

/// Everything that was read from `document`.
pub(super) fn document(document: &Document, styled: bool) -> String {
    let path = paint(styled, STRONG, document.source.path());
    let title = document.title.as_ref().map_or("no title", |title| &title.text);
    let mut page = format!("{path}: {}\n", cut(title));
    let kind = &document.classification;
    let why = match kind.reasons.is_empty() {
        true => "no profile fits".to_owned(),
        false => cut(&kind.reasons.join(", ")),
    };
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

fn text(text: &Text) -> Row {
    (text.span, cut(&text.text))
}

fn status(document: &Document) -> Vec<Row> {
    let row = |status: &Status| {
        let state = status.state.map_or("not known", |state| state.as_str());
        (status.raw.span, format!("{} ({state})", cut(&status.raw.text)))
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

fn endpoint(it: &Endpoint) -> Row {
    let (form, certainty) = (it.form.as_str(), words::certainty(it.certainty));
    (it.span, format!("{:<7} {}  ({form}, {certainty})", it.method.as_str(), it.path))
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
