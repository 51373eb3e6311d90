//! Requirements, stories and criteria by id, and the places that cite them.

mod cited;
#[cfg(test)]
mod tests;
mod yaml;

use std::sync::LazyLock;

use groundplan_syntax::{Kind, NodeId, Span};

use super::ids::{self, Id};
use super::stretches::holds;
use super::{Reading, Table, blocks, labels, once, prose, scan};
use crate::Certainty;
use crate::document::{Concept, Requirement, Text};
use crate::profile::Kind as DocumentKind;

/// Columns that a table of requirements has and a matrix of their coverage has not, and the other
/// way round.
const MATRIX: [&str; 14] = [
    "task",
    "tasks",
    "ticket",
    "tickets",
    "design",
    "component",
    "components",
    "coverage",
    "covered by",
    "test",
    "tests",
    "implementation",
    "interfaces",
    "flows",
];

/// Parts of titles of sections about requirements.
static TITLED: LazyLock<scan::Words> =
    LazyLock::new(|| scan::Words::new(&["requirement", "user stor", "acceptance"]));

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found: Vec<Requirement> = header_ids(reading);
    let mut candidates = candidates(reading);
    candidates.extend(yaml::read(reading));
    if only_cites(reading) {
        found.clear();
        let titled = reading.titles.with(&TITLED);
        candidates.retain(|(id, _)| is_about_requirements(reading, &titled, id.span.start));
    }
    // Beside the one that the header specifies, ids of its kind name other documents' requirements.
    let of_others: Vec<&str> = header_prefixes(reading).collect();
    candidates.retain(|(id, _)| id.is_known() || !of_others.contains(&id.prefix));
    for (id, title) in &candidates {
        let is_alike = |other: &&(Id<'_>, String)| other.0.prefix == id.prefix;
        let has_others = || candidates.iter().filter(is_alike).nth(1).is_some();
        if id.is_known() || id.may_be_one() && has_others() {
            let text = Text { text: id.text.to_owned(), span: id.span };
            let certainty = if id.is_known() { Certainty::Stated } else { Certainty::Inferred };
            let (id, title, revision) = (text, title.clone(), revision_of(reading, id));
            found.push(Requirement { id, title, revision, certainty });
        }
    }
    let own = candidates.iter().map(|(id, _)| id.prefix);
    let mut prefixes: Vec<&str> = own.chain(of_others).collect();
    once::keep_first(&mut prefixes, |it| it);
    numbered(reading, &mut found);
    found.sort_by_key(|it| it.id.span);
    once::keep_first(&mut found, |it| &it.id.text);
    let cited = cited::references(reading, &found, &prefixes);
    reading.document.requirement_refs = cited.ids;
    reading.document.requirement_ranges = cited.ranges;
    reading.document.citations = cited.places;
    reading.document.requirements = found;
}

/// Whether a document of this kind answers requirements that another one defines.
fn only_cites(reading: &Reading<'_>) -> bool {
    let kind = reading.document.classification.kind;
    matches!(
        kind,
        DocumentKind::TechnicalDesign
            | DocumentKind::ImplementationDocument
            | DocumentKind::Plan
            | DocumentKind::TaskList
    )
}

/// Whether `offset` lies below a heading about requirements, the document's title left out; `titled`
/// are the sections whose titles say that they are.
fn is_about_requirements(reading: &Reading<'_>, titled: &[usize], offset: u32) -> bool {
    let mut above = reading.sections_above(offset).filter(|(_, section)| section.level > 1);
    above.any(|(at, it)| it.concept == Some(Concept::Requirements) || titled.contains(&at))
}

/// The requirement that a document's header says it specifies: `**Requirement ID:** REQ-7`.
fn header_ids(reading: &Reading<'_>) -> Vec<Requirement> {
    let fields = reading.document.header.iter();
    let own = fields.filter(|field| field.key.eq_ignore_ascii_case("requirement id"));
    let ids = own.filter_map(|field| {
        let raw = reading.source.slice(field.value.span);
        ids::at_start(raw, field.value.span.start as usize)
    });
    let defined = ids.map(|id| Requirement {
        id: Text { text: id.text.to_owned(), span: id.span },
        title: String::new(),
        revision: revision_of(reading, &id),
        certainty: Certainty::Stated,
    });
    defined.collect()
}

/// Prefixes of the ids that the header names: `CBIN` of `**Requirement:** CBIN-135`.
fn header_prefixes<'a>(reading: &Reading<'a>) -> impl Iterator<Item = &'a str> {
    let source = reading.text;
    let fields = reading.document.header.iter();
    let own = fields.filter(|field| field.key.to_lowercase().starts_with("requirement"));
    let raws: Vec<&str> = own.filter_map(|field| source.get(field.value.span.range())).collect();
    raws.into_iter().filter_map(|raw| ids::at_start(raw, 0)).map(|id| id.prefix)
}

/// Ids where a requirement would be defined, with the words beside them.
fn candidates<'a>(reading: &Reading<'a>) -> Vec<(Id<'a>, String)> {
    let mut found = Vec::new();
    let elsewhere = cited::elsewhere(reading);
    for block in reading.index.texts.iter().filter(|it| it.kind != Kind::TableCell) {
        let text = reading.text.get(block.span.range()).unwrap_or("");
        let is_heading = matches!(block.kind, Kind::Heading(_));
        let lead = if is_heading { heading_lead(text) } else { 0 };
        let Some(rest) = text.get(lead..) else { continue };
        let Some(id) = ids::at_start(rest, block.span.start as usize + lead) else { continue };
        let after = reading.text.get(id.span.end as usize..block.span.end as usize).unwrap_or("");
        let after = revision(after).map_or(after, |it| it.1);
        let defines = is_heading || defines(rest, after);
        if defines && !leads_a_list(after) && !holds(&elsewhere, id.span.start) {
            found.push((id, title(after)));
        }
    }
    let tables = reading.tables.iter();
    for table in tables.filter(|it| !holds(&elsewhere, it.view.span.start)) {
        found.extend(rows(reading, table));
    }
    found.sort_by_key(|(id, _)| id.span);
    found
}

/// Numbering, emoji and words such as "Requirement" before a heading's id.
fn heading_lead(text: &str) -> usize {
    let body = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let words = ["Requirement ", "Story ", "User Story ", "Criterion ", "Epic "];
    let body = words.iter().find_map(|it| body.strip_prefix(it)).unwrap_or(body);
    text.len() - body.len()
}

/// Whether the id is set off from what follows: by a colon, a dash or the end of bold type.
fn defines(text: &str, after: &str) -> bool {
    let bold = ids::without_box(text.trim_start());
    let set_off = after.trim_start_matches(['*', '`', ']', '_']);
    let marked = set_off.trim_start().starts_with([':', '-', '–', '—', '(', '.'])
        || set_off.trim().is_empty();
    marked || bold.starts_with("**") || bold.starts_with('`') || set_off.starts_with(' ')
}

/// Whether the id is the first of several: "FR-1 through FR-5", "FR-1, FR-2".
fn leads_a_list(after: &str) -> bool {
    let joins = ["through ", "to ", "and ", "–", "-", ",", "/", "&"];
    let rest = after.trim_start();
    let next = joins.iter().find_map(|join| rest.strip_prefix(join));
    next.is_some_and(|next| ids::at_start(next, 0).is_some_and(|id| id.is_known()))
}

/// The revision of `+2` behind an id, and what follows.
fn revision(after: &str) -> Option<(u32, &str)> {
    let rest = after.strip_prefix('+')?;
    let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(len);
    Some((digits.parse().ok()?, rest))
}

fn revision_of(reading: &Reading<'_>, id: &Id<'_>) -> Option<u32> {
    revision(reading.text.get(id.span.end as usize..)?).map(|it| it.0)
}

/// The words behind an id, without what sets them off.
fn title(after: &str) -> String {
    const SET_OFF: [char; 8] = [' ', '\t', '*', ':', '-', '–', '—', '.'];
    let mut words = labels::unwrapped(after);
    if let Some((before, target)) = words.split_once("](").filter(|it| !it.0.contains('[')) {
        // The id and these words are the text of a link.
        words = format!("{before}{}", target.split_once(')').map_or("", |it| it.1));
    }
    let body = words.trim_start_matches(['*', '`', '_', ']']).trim_start_matches(SET_OFF);
    labels::prose_text(body).trim_end_matches(SET_OFF).trim_end_matches(']').to_owned()
}

/// Rows of a table whose first cells are ids.
fn rows<'a>(reading: &Reading<'a>, table: &Table) -> Vec<(Id<'a>, String)> {
    let rows = table.view.rows.iter();
    let found = rows.filter_map(|row| {
        let cell = *row.cells.first()?;
        let span = reading.tree.span(cell);
        let id = ids::at_start(reading.text.get(span.range())?, span.start as usize)?;
        let alone = reading.text.get(id.span.end as usize..span.end as usize)?;
        let alone = revision(alone).map_or(alone, |it| it.1);
        let title = row.text(1, reading.tree, reading.text).into_owned();
        alone.trim_matches(['*', '`', ' ', ':']).is_empty().then_some((id, title))
    });
    let found: Vec<(Id<'a>, String)> = found.collect();
    // Most tables have no ids, and their titles are not looked at.
    let is_matrix = !found.is_empty() && table.column_with(&MATRIX).is_some();
    if is_matrix { Vec::new() } else { found }
}

/// `### Requirement 3: …` with its numbered criteria: `3`, `3.1`, `3.2`.
fn numbered(reading: &Reading<'_>, found: &mut Vec<Requirement>) {
    let tree = reading.tree;
    let mut current: Option<String> = None;
    let mut titles = reading.document.sections.iter().map(|it| &it.title);
    for block in &reading.index.tops {
        match block.kind {
            Kind::Heading(_) => {
                let Some(phrase) = titles.next() else { continue };
                match requirement_number(&phrase.text).or_else(|| own_number(reading, phrase)) {
                    Some((number, title)) => {
                        let id = Text { text: number.clone(), span: phrase.span };
                        let (revision, certainty) = (None, Certainty::Stated);
                        found.push(Requirement { id, title, revision, certainty });
                        current = Some(number);
                    }
                    None if current.is_some() && !is_part_of_one(&phrase.text) => current = None,
                    None => {}
                }
            }
            Kind::List { ordered: true } => {
                let Some(number) = &current else { continue };
                for (at, item) in tree.children(block.node).enumerate() {
                    found.push(criterion(reading, item, number, at + 1));
                }
            }
            Kind::Paragraph => {
                let Some(number) = &current else { continue };
                written_out(reading, block.span, number, found);
            }
            _ => {}
        }
    }
}

fn criterion(reading: &Reading<'_>, item: NodeId, number: &str, at: usize) -> Requirement {
    let span = reading.tree.span(item);
    let line = reading.source.line_of(span.start as usize);
    let own = reading.source.slice(Span { start: span.start, end: line.end.max(span.start) });
    let digits: String = own.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let at = digits.parse().unwrap_or(at);
    let id = Text { text: format!("{number}.{at}"), span: Span { end: line.end, ..span } };
    let title = blocks::item_text(reading.tree, item, reading.text);
    Requirement { id, title, revision: None, certainty: Certainty::Inferred }
}

/// Criteria with their whole number, a line each: `2.1. When …`.
fn written_out(reading: &Reading<'_>, span: Span, number: &str, found: &mut Vec<Requirement>) {
    let mut at = span.start as usize;
    for line in reading.source.slice(span).split_inclusive('\n') {
        let place = prose::trimmed(Span::at(at), 0, line);
        at += line.len();
        let rest = line.trim().strip_prefix(number).and_then(|it| it.strip_prefix('.'));
        let Some(rest) = rest else { continue };
        let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(len);
        let title = after.trim_start_matches(['.', ')', ':']);
        if !digits.is_empty() && title.starts_with(' ') {
            let id = Text { text: format!("{number}.{digits}"), span: place };
            let title = title.trim().to_owned();
            let certainty = Certainty::Inferred;
            found.push(Requirement { id, title, revision: None, certainty });
        }
    }
}

/// The number and the words of `### 2. Search` in the requirements of Kiro, which go without the
/// word.
fn own_number(reading: &Reading<'_>, phrase: &Text) -> Option<(String, String)> {
    let classification = &reading.document.classification;
    let is_kiro =
        classification.kind == DocumentKind::Requirements && classification.profile == "kiro";
    if !is_kiro {
        return None;
    }
    let text = prose::trim(&phrase.text);
    let len = text.find(|c: char| !c.is_ascii_digit()).filter(|len| *len > 0)?;
    let (number, rest) = text.split_at(len);
    let title = rest.strip_prefix(['.', ':'])?;
    let is_below = reading.is_under(phrase.span.start, &[Concept::Requirements]);
    (is_below && title.starts_with(' ')).then(|| (number.to_owned(), title.trim().to_owned()))
}

/// The number and the words of `Requirement 3: words`.
fn requirement_number(title: &str) -> Option<(String, String)> {
    const WORDS: [&str; 3] = ["Requirement ", "要件", "요구사항"];
    let title = prose::trim(title);
    let rest = WORDS.iter().find_map(|word| title.strip_prefix(word))?.trim_start();
    let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..len).filter(|it| !it.is_empty())?;
    let after = rest.get(len..)?;
    let words = after.trim_start_matches([':', '.', ' ', '-', '–', '\u{ff1a}']);
    (after.is_empty() || after.starts_with([':', '.', ' ', '\u{ff1a}']))
        .then(|| (number.to_owned(), words.to_owned()))
}

/// Headings that stand below a requirement and do not end it.
fn is_part_of_one(title: &str) -> bool {
    let title = title.to_lowercase();
    const PARTS: [&str; 8] = [
        "user story",
        "acceptance criteria",
        "objective",
        "rationale",
        "notes",
        "受け入れ基準",
        "ユーザーストーリー",
        "인수 기준",
    ];
    PARTS.iter().any(|part| title.contains(part))
}
