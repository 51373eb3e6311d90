//! Risks: rows of tables, and headings, paragraphs and items under headings about risks, each with
//! the labels that follow it.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Row, Span};

use super::topics::{self, Topic};
use super::{Reading, Table, blocks, labels};
use crate::document::Risk;

const RISK: [&str; 7] = [
    "risk",
    "risk description",
    "technical risk",
    "identified risk",
    "위험",
    "위험 요소",
    "리스크",
];
const IMPACT: [&str; 4] = ["impact", "severity", "영향", "영향도"];
const PROBABILITY: [&str; 4] = ["probability", "likelihood", "확률", "가능성"];
const MITIGATION: [&str; 8] = [
    "mitigation",
    "mitigation strategy",
    "mitigations",
    "response plan",
    "response",
    "handling",
    "완화",
    "대응",
];
/// Labels of a risk's properties, in lower case; an item with one of them is no risk of its own.
const PROPERTIES: [&str; 23] = [
    "impact",
    "severity",
    "probability",
    "likelihood",
    "mitigation",
    "mitigations",
    "mitigation strategy",
    "contingency",
    "detection",
    "fallback",
    "fallback plan",
    "owner",
    "status",
    "trigger",
    "trade-off",
    "tradeoff",
    "trade off",
    "monitoring",
    "rollback",
    "response",
    "description",
    "why",
    "resolution",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        rows(reading, table, &mut found);
    }
    for span in reading.topics.spans(Topic::Risks) {
        let mut walk = Walk { reading, found: Vec::new(), is_about: true, is_property: false };
        topics::blocks_in(&reading.index, span).for_each(|node| walk.block(node));
        found.append(&mut walk.found);
    }
    found.sort_by_key(|it| it.span);
    reading.document.risks = found;
}

fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Risk>) {
    let Some(text) = table.column(&RISK) else { return };
    let other = |names: &[&str]| table.column(names).filter(|column| *column != text);
    let (impact, probability) = (other(&IMPACT), other(&PROBABILITY));
    let mitigation = other(&MITIGATION).or_else(|| table.column_with(&["mitigation"]));
    if impact.or(probability).or(mitigation).is_none() {
        return;
    }
    let words = |row: &Row, column| reading.cell(row, column).map(|cell| cell.text);
    let risks = table.view.rows.iter().filter_map(|row| {
        Some(Risk {
            text: words(row, Some(text)).filter(|it| !labels::is_nothing(it))?,
            impact: words(row, impact),
            probability: words(row, probability),
            mitigation: words(row, mitigation),
            span: row.span,
        })
    });
    found.extend(risks);
}

/// A walk over the blocks of one section about risks.
struct Walk<'r, 'a> {
    reading: &'r Reading<'a>,
    found: Vec<Risk>,
    /// Whether the heading above is about risks, and not about one of them or about something else.
    is_about: bool,
    /// Whether the next list belongs to the risk above: it tells what is done about it.
    is_property: bool,
}

impl Walk<'_, '_> {
    fn block(&mut self, node: NodeId) {
        let tree = self.reading.tree;
        let span = tree.span(node);
        match tree.kind(node) {
            Kind::Heading(_) => {
                let title = tree.text(node, self.reading.text);
                let named = named(&title);
                self.is_about = named.is_none() && self.is_about_risks(&title, span);
                self.is_property = named.is_some();
                self.found.extend(named.map(|text| risk(text, span)));
            }
            Kind::Paragraph => self.paragraph(node),
            Kind::List { .. } => {
                tree.children(node).for_each(|item| self.item(item));
                self.is_property = false;
            }
            _ => {}
        }
    }

    /// Whether items under this heading are risks; under "Risk Mitigation" they are remedies.
    fn is_about_risks(&self, title: &str, span: Span) -> bool {
        let title = title.to_lowercase();
        let is_own = self.reading.topics.begins(span.start, Topic::Risks);
        (is_own || title.contains("risk")) && !title.contains("risk mitigation")
    }

    /// "**Risk**: …", "**Risk 1: …**", or the properties of the risk above.
    fn paragraph(&mut self, node: NodeId) {
        let span = self.reading.tree.span(node);
        let text = self.reading.source.slice(span);
        let plain = self.reading.tree.text(node, self.reading.text);
        if let Some(text) = named(plain.lines().next().unwrap_or("")).filter(|_| is_bold(text)) {
            let text = labels::value(self.reading, span, &["risk"])
                .map_or_else(|| text.to_owned(), |it| it.text);
            self.found.push(risk(&text, span));
        }
        let label = labels::split(text);
        self.is_property = text.trim_end().trim_end_matches('*').ends_with(':')
            && label.is_some_and(|it| it.is(&PROPERTIES) || named(it.label).is_some());
        self.add_properties(span);
    }

    fn item(&mut self, node: NodeId) {
        let tree = self.reading.tree;
        let whole = tree.span(node);
        let own = blocks::lead(tree, node);
        let Some(own) = own else { return };
        let text = self.reading.source.slice(own);
        let label = labels::split(text);
        if label.is_some_and(|it| it.is(&PROPERTIES)) {
            self.add_properties(whole);
        } else if self.is_property {
            let Some(last) = self.found.last_mut() else { return };
            last.mitigation.get_or_insert_with(|| labels::prose_text(labels::unmarked(text)));
        } else if self.is_about
            && let Some(risk) = from_item(text, own)
        {
            self.found.push(risk);
            self.add_properties(whole);
        }
    }

    /// Adds the labelled values in `span` to the last risk, where it lacks them.
    fn add_properties(&mut self, span: Span) {
        let Some(last) = self.found.last_mut() else { return };
        let value = |keys: &[&str]| labels::value(self.reading, span, keys).map(|it| it.text);
        last.impact = last.impact.take().or_else(|| value(&IMPACT));
        last.probability = last.probability.take().or_else(|| value(&PROBABILITY));
        last.mitigation = last.mitigation.take().or_else(|| value(&MITIGATION));
    }
}

fn risk(text: &str, span: Span) -> Risk {
    Risk { text: labels::prose_text(text), span, ..Risk::default() }
}

fn is_bold(text: &str) -> bool {
    text.trim_start().starts_with("**")
}

/// The words of "Risk 1: words", "R2 — words", "[Risk] words", "Risk: words".
fn named(title: &str) -> Option<&str> {
    let title = topics::unnumbered(title);
    let rest = ["Risk", "RISK", "R"].iter().find_map(|it| title.strip_prefix(it))?;
    let rest = rest.trim_start_matches(']').trim_start().trim_start_matches(['#', '-']);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_numbered = after.len() < rest.len();
    let words = after.trim_start().trim_start_matches(['*', '_']);
    let words = [":", "—", "–", "-"].iter().find_map(|it| words.strip_prefix(it));
    let words = words.map(str::trim).filter(|words| !words.is_empty())?;
    (is_numbered || title.starts_with("Risk") || title.starts_with("RISK")).then_some(words)
}

/// The risk of an item; what follows an arrow or `Mitigation:` on its line is done about it.
fn from_item(text: &str, span: Span) -> Option<Risk> {
    let text = labels::unmarked(text);
    let lower = text.to_ascii_lowercase();
    let cut = ["mitigation:", "mitigation*", "mitigation_", "mitigated by", "→", "->", "=>"];
    let at = cut.iter().filter_map(|it| lower.find(it)).filter(|at| *at > 0).min();
    let (words, rest) = text.split_at_checked(at.unwrap_or(text.len()))?;
    let words = words.trim_end_matches(['*', '_', ' ', '\n', '(', '-', '—', '|']);
    let plain = labels::prose_text(words.trim_start_matches("[Risk]"));
    let words = named(&plain).unwrap_or(&plain);
    let words = words.trim_start_matches("[Risk]").trim();
    if labels::is_nothing(words) || words.ends_with(':') {
        return None;
    }
    let arrow = ["→", "->", "=>"].iter().find_map(|it| rest.strip_prefix(it));
    let mitigation = arrow.map(|it| labels::prose_text(unlabelled(it)));
    Some(Risk { text: words.to_owned(), mitigation, span, ..Risk::default() })
}

/// What follows `Mitigation:` where a text begins so.
fn unlabelled(text: &str) -> &str {
    labels::split(text).filter(|it| it.is(&MITIGATION)).map_or(text, |it| it.rest)
}
