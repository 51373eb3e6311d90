//! The header: front matter, bold lines, list lines, two-column tables and quotes at the top.

mod fields;
mod status;

use groundplan_syntax::{Kind, NodeId, Span};

pub(super) use fields::of as fields_of;

use super::{Reading, yaml};
use crate::document::{HeaderField, Text};

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let area: Vec<NodeId> = header_area(reading).collect();
    for node in area {
        match tree.kind(node) {
            Kind::FrontMatter(content) => front_matter(reading, content),
            Kind::Paragraph | Kind::Quote | Kind::List { .. } => {
                let found = fields::of(reading, node);
                reading.document.header.extend(found);
            }
            Kind::Table => table(reading, tree.span(node)),
            _ => {}
        }
    }
    status::read(reading);
}

/// The blocks above the second heading, and those of a section that is named as the header.
fn header_area<'a>(reading: &Reading<'a>) -> impl Iterator<Item = NodeId> + use<'a> {
    const NAMED: [&str; 5] =
        ["document information", "metadata", "document control", "document info", "header"];
    let tree = reading.tree;
    let sections = &reading.document.sections;
    let named = sections.iter().take(4).find(|section| {
        let title = section.title.text.to_lowercase();
        NAMED.iter().any(|name| title.ends_with(name))
    });
    let first_end = sections.iter().find(|section| section.level > 1).map(|it| it.heading.start);
    let second = sections.get(1).map(|section| section.heading.start);
    let top = first_end.or(second).unwrap_or(u32::MAX);
    let named = named.map_or(Span::default(), |section| section.span);
    let inside = move |span: Span| span.start < top || named.contains(span);
    tree.children(tree.root()).filter(move |node| inside(tree.span(*node)))
}

fn front_matter(reading: &mut Reading<'_>, content: Span) {
    let text = reading.source.slice(content);
    let Some(root) = yaml::parse(text) else { return };
    let base = content.start as usize;
    for (key, value) in yaml::pairs(&root) {
        let (Some(name), Some(words)) = (yaml::scalar(key), yaml::scalar(value)) else { continue };
        let place = yaml::span(value, text, base);
        let span = yaml::span(key, text, base).join(place);
        let value = Text { text: words.into_owned(), span: place };
        reading.document.header.push(HeaderField { key: name.into_owned(), value, span });
    }
}

/// A table whose first column names fields: `| Field | Details |`.
fn table(reading: &mut Reading<'_>, span: Span) {
    const KEYS: [&str; 9] =
        ["field", "key", "property", "attribute", "item", "metadata", "information", "name", ""];
    let Some(table) = reading.tables.iter().find(|table| table.view.span == span) else { return };
    let is_header = table.titles.len() == 2
        && table.titles.first().is_some_and(|title| KEYS.contains(&title.as_str()));
    if !is_header {
        return;
    }
    let mut found = Vec::new();
    for row in &table.view.rows {
        let (Some(key), Some(value)) = (reading.cell(row, Some(0)), reading.cell(row, Some(1)))
        else {
            continue;
        };
        let key_text = key.text.trim_end_matches(':').to_owned();
        found.push(HeaderField { key: key_text, span: key.span.join(value.span), value });
    }
    reading.document.header.append(&mut found);
}
