//! The glossary: rows of tables with terms, and labelled items under headings about terms.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId};

use super::topics::Topic;
use super::{Reading, Table, blocks, labels};
use crate::document::Term;

const TERM: [&str; 6] = ["term", "acronym", "abbreviation", "terminology", "word", "용어"];
const MEANING: [&str; 6] = ["definition", "meaning", "description", "explanation", "정의", "설명"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        rows(reading, table, &mut found);
    }
    let tree = reading.tree;
    for node in reading.topics.blocks(Topic::Glossary, &reading.index) {
        match tree.kind(node) {
            Kind::List { .. } => {
                found.extend(tree.children(node).filter_map(|item| term(reading, item)));
            }
            Kind::Paragraph => found.extend(term(reading, node)),
            _ => {}
        }
    }
    found.sort_by_key(|it: &Term| it.span);
    reading.document.glossary = found;
}

fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Term>) {
    if table.titles.first().is_none_or(|title| !TERM.contains(&title.as_str())) {
        return;
    }
    let is_glossary = reading.topics.is_under(table.view.span.start, Topic::Glossary);
    let meaning = table.column(&MEANING).or_else(|| table.column_with(&MEANING));
    let Some(meaning) = meaning.or(is_glossary.then_some(1)) else { return };
    found.extend(table.view.rows.iter().filter_map(|row| {
        let term = reading.cell(row, Some(0))?.text;
        Some(Term { term, meaning: reading.cell(row, Some(meaning))?.text, span: row.span })
    }));
}

/// "**Term**: meaning"; a paragraph counts only where its term is bold or code.
fn term(reading: &Reading<'_>, node: NodeId) -> Option<Term> {
    let tree = reading.tree;
    let is_item = tree.kind(node) == Kind::Item;
    let span = match is_item {
        true => blocks::lead(tree, node)?,
        false => tree.span(node),
    };
    let text = reading.source.slice(span);
    if !is_item && !text.starts_with(['*', '`', '_']) {
        return None;
    }
    let labelled = labels::split(text)?;
    let meaning = labels::prose_text(labelled.rest);
    let term = labels::prose_text(labelled.label);
    (!meaning.is_empty()).then_some(Term { term, meaning, span })
}
