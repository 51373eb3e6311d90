//! A document's facts for people: a group a kind, a line a fact.

use std::fmt::Write;

use groundplan_model::Document;
use groundplan_model::document::{Example, ExampleRole, Mark, Target};
use groundplan_model::schema::Table;
use groundplan_syntax::Span;

use super::words;
use crate::ui::{DIM, STRONG, paint};

/// A text longer than this is cut: the line number leads to the rest.
const LONGEST_CHARS: usize = 90;

/// Everything that was read from `document`.
pub(super) fn document(document: &Document, styled: bool) -> String {
    let mut page = Page { document, styled, text: String::new() };
    page.head();
    page.groups();
    page.text
}

struct Page<'a> {
    document: &'a Document,
    styled: bool,
    text: String,
}

impl Page<'_> {
    fn head(&mut self) {
        let path = paint(self.styled, STRONG, self.document.source.path());
        let title = self.document.title.as_ref().map_or("no title", |title| &title.text);
        let _ = writeln!(self.text, "{path}: {title}");
        if let Some(status) = &self.document.status {
            let state = status.state.map_or("not known", |state| state.as_str());
            let raw = &status.raw;
            let row = (raw.span, format!("{} ({state})", cut(&raw.text)));
            self.group("status", [row].into_iter());
        }
    }

    fn groups(&mut self) {
        let document = self.document;
        let header = document.header.iter();
        self.group(
            "header",
            header.map(|it| (it.span, format!("{}: {}", it.key, cut(&it.value.text)))),
        );
        let sections = document.sections.iter().filter_map(|it| it.concept.map(|key| (it, key)));
        self.group(
            "sections",
            sections.map(|(it, concept)| {
                (it.heading, format!("{:<14} {}", concept.key(), cut(&it.title.text)))
            }),
        );
        self.interface();
        self.promises();
        self.work();
    }

    fn interface(&mut self) {
        let document = self.document;
        self.group(
            "endpoints",
            document.endpoints.iter().map(|it| {
                let certainty = words::certainty(it.certainty);
                let form = it.form.as_str();
                (it.span, format!("{:<7} {}  ({form}, {certainty})", it.method.as_str(), it.path))
            }),
        );
        self.group(
            "operations",
            document.operations.iter().map(|it| {
                (it.span, format!("{:<7} {} {:?}", it.method.as_str(), it.path, it.statuses))
            }),
        );
        self.group("tables", document.schema.tables.iter().map(|it| (it.span, table(it))));
        let faults = document.schema.faults.iter();
        self.group("SQL that does not parse", faults.map(|it| (it.span, cut(&it.text))));
        self.group("examples", document.examples.iter().map(|it| (it.span, example(it, document))));
        self.group(
            "errors",
            document
                .error_cases
                .iter()
                .map(|it| (it.span, format!("{} {}", it.status, cut(&it.meaning.text)))),
        );
    }

    fn promises(&mut self) {
        let document = self.document;
        let policies = document.policies.iter();
        self.group(
            "policies",
            policies.map(|it| {
                (it.text.span, format!("{}: {}", words::policy(&it.kind), cut(&it.text.text)))
            }),
        );
        self.group(
            "transitions",
            document.transitions.iter().map(|it| {
                let action = it.action.as_deref().unwrap_or("");
                (it.span, format!("{} -> {} {action}", it.from.join(" | "), it.to))
            }),
        );
        self.group("targets", document.targets.iter().map(|it| (it.statement, target(it))));
    }

    fn work(&mut self) {
        let document = self.document;
        self.group(
            "tasks",
            document.checklist.iter().map(|it| {
                let indent = "  ".repeat(it.depth.min(20));
                (it.marker, format!("{indent}[{}] {}", words::mark(it.mark), cut(&it.text.text)))
            }),
        );
        self.tally();
        self.group(
            "questions",
            document.questions.iter().map(|it| {
                let answered = if it.answered { "answered" } else { "open" };
                (it.text.span, format!("{answered}: {}", cut(&it.text.text)))
            }),
        );
        self.group(
            "changes",
            document.changes.iter().map(|it| {
                let date = it.date.as_ref().map_or("", |date| &date.text);
                (it.version.span, format!("{} {date}", cut(&it.version.text)))
            }),
        );
        let placeholders = document.placeholders.iter();
        self.group("placeholders", placeholders.map(|it| (it.text.span, cut(&it.text.text))));
        self.group("links", document.links.iter().map(|it| (it.span, cut(&it.target))));
    }

    /// A heading with the number of rows, then the rows with their lines; nothing where none is.
    fn group(&mut self, name: &str, rows: impl Iterator<Item = (Span, String)>) {
        let rows: Vec<(Span, String)> = rows.collect();
        if rows.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "  {} ({})", paint(self.styled, STRONG, name), rows.len());
        for (span, row) in rows {
            let line = format!("{:>6}", self.document.source.line(span.start as usize));
            let _ = writeln!(self.text, "{}  {row}", paint(self.styled, DIM, &line));
        }
    }

    fn tally(&mut self) {
        let items = &self.document.checklist;
        let count = |is: fn(Mark) -> bool| items.iter().filter(|it| is(it.mark)).count();
        if items.is_empty() {
            return;
        }
        let done = count(|mark| mark == Mark::Done);
        let open = count(|mark| mark == Mark::Open);
        let tally = format!("{done} done, {open} open, {} other", items.len() - done - open);
        let _ = writeln!(self.text, "        {}", paint(self.styled, DIM, &tally));
    }
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

fn table(table: &Table) -> String {
    let columns: Vec<String> =
        table.columns.iter().map(|it| format!("{} {}", it.name, it.declared)).collect();
    format!("{}: {}", table.name, columns.join(", "))
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

/// The first line of a text, cut where it is long.
fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim();
    match line.char_indices().nth(LONGEST_CHARS) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or(line)),
        None => line.to_owned(),
    }
}
