//! The header: front matter, bold lines, list lines, two-column tables and quotes at the top.

mod fields;
mod status;

use groundplan_syntax::{Kind, NodeId, Span};

pub(super) use fields::of as fields_of;
pub(super) use status::from_footer as status_from_footer;
pub(crate) use status::state_of;

use super::{Fence, Reading, Table, ids, yaml};
use crate::document::{HeaderField, Section, Text};

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let area: Vec<NodeId> = header_area(reading).collect();
    let first = area.iter().copied().find(|node| !matches!(tree.kind(*node), Kind::Heading(_)));
    for node in area {
        match tree.kind(node) {
            Kind::FrontMatter(content) => front_matter(reading, content),
            Kind::List { .. } if Some(node) == first && fields::are_all(reading, node) => {
                let found = fields::of_list(reading, node);
                reading.document.header.extend(found);
            }
            Kind::Heading(_) if is_late_matter(reading, tree.span(node)) => {
                plain_pairs(reading, tree.span(node));
            }
            Kind::Paragraph | Kind::Quote | Kind::List { .. } => {
                let found = fields::of(reading, node);
                reading.document.header.extend(found);
            }
            Kind::Table => table(reading, tree.span(node)),
            Kind::Fence { content, .. } => metadata(reading, node, content),
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
    let mut parts = sections.iter().filter(|section| section.level > 1);
    let first_end = parts.find(|part| !is_subtitle(reading, part)).map(|it| it.heading.start);
    let second = sections.get(1).map(|section| section.heading.start);
    let top = first_end.or(second).unwrap_or(u32::MAX);
    let named = named.map_or(Span::default(), |section| section.span);
    let inside = move |span: Span| span.start < top || named.contains(span);
    tree.children(tree.root()).filter(move |node| inside(tree.span(*node)))
}

/// Whether a heading is front matter that stands below the title: its lines are pairs, and what closes
/// it underlines them.
fn is_late_matter(reading: &Reading<'_>, heading: Span) -> bool {
    let text = reading.source.slice(heading);
    let mut lines = text.lines().rev().skip_while(|it| it.trim().is_empty());
    let is_closed = lines.next().is_some_and(|it| it.trim_end() == "---");
    let mut pairs = lines.peekable();
    is_closed && pairs.peek().is_some() && pairs.all(|it| it.contains(": "))
}

/// Ends of headings under which a document may say what it is.
const OVERVIEWS: [&str; 3] = ["overview", "summary", "introduction"];

/// Whether a heading goes on with the title: nothing stands between them, and fields that name the
/// document's status or version follow.
fn is_subtitle(reading: &Reading<'_>, section: &Section) -> bool {
    const KEYS: [&str; 5] =
        ["status", "version", "document version", "document id", "last updated"];
    let Some(from) = end_of_title(reading, section) else { return false };
    let between = Span { start: from, end: section.heading.start };
    let between = reading.source.slice(between).trim();
    let is_matter = between == "---" && is_late_matter(reading, section.heading);
    // The fields below a task are its own.
    if !between.is_empty() && !is_matter || ids::at_start(&section.title.text, 0).is_some() {
        return false;
    }
    let tree = reading.tree;
    let inside = tree.children(tree.root());
    let mut inside = inside.skip_while(|it| tree.span(*it).start < section.heading.end);
    let names = |keys: &[String]| keys.iter().any(|it| KEYS.contains(&it.to_lowercase().as_str()));
    if inside.next().is_some_and(|first| names(&keys(reading, first))) {
        return true;
    }
    // An overview may say in words what the document is before its fields do.
    let title = section.title.text.to_lowercase();
    let title = title.trim_end_matches(['*', ' ']);
    let mut own = inside.take_while(|it| !matches!(tree.kind(*it), Kind::Heading(_)));
    let mut has_fields = || own.any(|it| names(&keys(reading, it)) && keys(reading, it).len() > 1);
    OVERVIEWS.iter().any(|word| title.ends_with(word)) && has_fields()
}

/// Where a document's title ends, or its front matter where the title is a heading of a lower level,
/// which may be `section` itself.
fn end_of_title(reading: &Reading<'_>, section: &Section) -> Option<u32> {
    let tree = reading.tree;
    let first = reading.document.sections.first()?;
    if first.level == 1 {
        return Some(first.heading.end);
    }
    let top = tree.children(tree.root()).next()?;
    let is_matter = matches!(tree.kind(top), Kind::FrontMatter(_));
    let end = if is_matter { tree.span(top).end } else { tree.span(tree.root()).start };
    (first.heading == section.heading).then_some(end)
}

/// The keys of the fields in a block.
fn keys(reading: &Reading<'_>, block: NodeId) -> Vec<String> {
    if reading.tree.kind(block) != Kind::Table {
        return fields::of(reading, block).into_iter().map(|field| field.key).collect();
    }
    let span = reading.tree.span(block);
    let table = reading.tables.iter().find(|it| it.view.span == span && is_of_fields(it));
    let rows = table.into_iter().flat_map(|table| &table.view.rows);
    let keys = rows.map(|row| row.text(0, reading.tree, reading.text));
    keys.map(|key| key.trim_end_matches(':').to_owned()).collect()
}

fn front_matter(reading: &mut Reading<'_>, content: Span) {
    let text = reading.source.slice(content);
    let base = content.start as usize;
    let Some(root) = yaml::parse(text) else {
        reading.document.front_matter_fault = yaml::fault(text, base);
        plain_pairs(reading, content);
        return;
    };
    for (key, value) in yaml::pairs(&root) {
        let (Some(name), Some(words)) = (yaml::scalar(key), yaml::scalar(value)) else { continue };
        let place = yaml::span(value, text, base);
        let span = yaml::span(key, text, base).join(place);
        let value = Text { text: words.into_owned(), span: place };
        reading.document.header.push(HeaderField { key: name.into_owned(), value, span });
    }
}

/// The entries below `metadata:` of a document that is YAML in a block.
fn metadata(reading: &mut Reading<'_>, node: NodeId, content: Span) {
    let mut fences = reading.fences.iter().filter(|fence| fence.node == node);
    let is_yaml = |fence: &Fence| matches!(reading.language(*fence).as_ref(), "yaml" | "yml");
    if !fences.next().is_some_and(is_yaml) {
        return;
    }
    let text = reading.source.slice(content);
    let Some(key) = text.find("metadata:\n").filter(|at| *at < 200) else { return };
    let start = key + "metadata:\n".len();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let outer = text.get(..key).map_or(0, |it| key - it.rfind('\n').map_or(0, |at| at + 1));
    let lines = text.get(start..).unwrap_or("").split_inclusive('\n');
    let len: usize = lines.take_while(|line| indent(line) > outer).map(str::len).sum();
    let start = content.start as usize + start;
    plain_pairs(reading, Span::new(start, start + len));
}

/// `key: value` on lines indented like the first, where the whole is no YAML or no more is needed.
fn plain_pairs(reading: &mut Reading<'_>, content: Span) {
    let mut at = content.start as usize;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let outer = reading.source.slice(content).lines().next().map_or(0, indent);
    for line in reading.source.slice(content).split_inclusive('\n') {
        let (start, body) = (at + indent(line), line.trim());
        at += line.len();
        if indent(line) != outer {
            continue;
        }
        let Some((key, rest)) = body.split_once(':') else { continue };
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let value = rest.trim_start();
        if !key.starts_with(char::is_alphabetic) || !key.chars().all(is_key) || value.is_empty() {
            continue;
        }
        let span = Span::new(start, start + body.len());
        let place = Span::new(start + body.len() - value.len(), start + body.len());
        let text = value.trim_matches(['"', '\'']).to_owned();
        let value = Text { text, span: place };
        reading.document.header.push(HeaderField { key: key.to_owned(), value, span });
    }
}

/// A table whose first column names fields: `| Field | Details |`.
fn table(reading: &mut Reading<'_>, span: Span) {
    let mut tables = reading.tables.iter().filter(|table| is_of_fields(table));
    let Some(table) = tables.find(|table| table.view.span == span) else { return };
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

/// Whether a table's first column names what its second one gives.
fn is_of_fields(table: &Table) -> bool {
    const KEYS: [&str; 9] =
        ["field", "key", "property", "attribute", "item", "metadata", "information", "name", ""];
    let first = table.titles.first();
    table.titles.len() == 2 && first.is_some_and(|title| KEYS.contains(&title.as_str()))
}
