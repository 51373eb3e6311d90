//! Phases of the work: numbered headings, bold lines and rows of tables.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Span};

use super::topics::unnumbered;
use super::{Reading, Table, labels, prose};
use crate::document::{Phase, Text};

const WORDS: [&str; 6] = ["phase", "milestone", "stage", "sprint", "iteration", "단계"];
/// Columns that tell a table of work from one of states.
const WORK: [&str; 16] = [
    "duration",
    "timeline",
    "deliverables",
    "tasks",
    "goal",
    "focus",
    "outcome",
    "effort",
    "estimate",
    "estimated time",
    "estimated hours",
    "scope",
    "delivers",
    "tickets",
    "points",
    "기간",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for section in &reading.document.sections {
        let title = &section.title.text;
        if let Some(mut phase) = phase(title, section.heading) {
            phase.files = files(reading, section.span);
            found.push(phase);
        }
    }
    found.extend(reading.index.paragraphs().filter_map(|it| bold(reading, it.span)));
    for table in &reading.tables {
        rows(reading, table, &mut found);
    }
    found.sort_by_key(|it: &Phase| it.span);
    reading.document.phases = found;
}

/// Whether `text` begins with one of [`WORDS`], marks before it left out.
fn may_begin(text: &str) -> bool {
    let text = unnumbered(text);
    let begins =
        |word: &str| text.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    WORDS.iter().any(|word| begins(word))
}

/// "Phase 2: Workers (ORD-12) - 5 points".
fn phase(title: &str, span: Span) -> Option<Phase> {
    let title = prose::trim(unnumbered(title));
    let first = title.bytes().next()?.to_ascii_lowercase();
    if !WORDS.iter().any(|word| word.bytes().next() == Some(first)) {
        return None;
    }
    let name = title.get(..name_end(title)?)?;
    let rest = title.get(name.len()..)?;
    let follows = rest.trim_start().starts_with([':', '-', '—', '–', '(', '.', '|', '[']);
    if !rest.trim().is_empty() && !follows {
        return None;
    }
    let shown = without_notes(title);
    Some(Phase {
        title: shown,
        ticket: ticket(rest),
        points: points(rest),
        files: Vec::new(),
        span,
    })
}

/// Where `Phase 2a` ends at the start of a title.
fn name_end(title: &str) -> Option<usize> {
    let is_word =
        |word: &&&str| title.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let word = WORDS.iter().find(is_word)?;
    let rest = title.get(word.len()..)?;
    let number = rest.trim_start();
    let gap = rest.len() - number.len();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let len = number.find(|c: char| !is_part(c)).unwrap_or(number.len());
    let digits = number.get(..len)?.trim_end_matches(['.', '-']);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.len() <= 5
        || digits.len() <= 3 && digits.chars().all(|c| "IVXABC".contains(c));
    (gap > 0 && is_number && !digits.is_empty()).then_some(word.len() + gap + digits.len())
}

/// The title without ticket, points and what else follows in brackets.
fn without_notes(title: &str) -> String {
    // "Phase 1: Store ✅ Complete".
    let end = title.find(['✅', '✓', '✔', '⏳', '🚧', '❌', '🔄']).filter(|at| *at > 0);
    let title = title.get(..end.unwrap_or(title.len())).unwrap_or(title).trim_end();
    let pointed = [" - ", " — ", " – "].iter().find_map(|it| title.rsplit_once(it));
    let title = pointed.filter(|(_, last)| points(last).is_some()).map_or(title, |(it, _)| it);
    let end = title.find(['(', '[']);
    let cut = end.and_then(|at| title.get(..at)).map(str::trim_end);
    let kept = cut.filter(|it| it.len() > 8 && it.contains(':')).unwrap_or(title);
    kept.trim_end_matches([' ', '-', '—', '–', ':']).to_owned()
}

/// `ORD-12` or `#34`.
fn ticket(text: &str) -> Option<String> {
    memchr::memchr2(b'-', b'#', text.as_bytes())?;
    let is_edge = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '#' | '_'));
    let is_ticket = |word: &&str| {
        let is_digits = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit());
        let is_key = |it: &str| it.len() >= 2 && it.chars().all(|c| c.is_ascii_uppercase());
        let keyed = word.rsplit_once('-').is_some_and(|(key, id)| is_key(key) && is_digits(id));
        keyed || word.strip_prefix('#').is_some_and(is_digits)
    };
    text.split(is_edge).find(is_ticket).map(str::to_owned)
}

/// `5 points`, `3 story points`, `8 SP`.
fn points(text: &str) -> Option<u32> {
    memchr::memchr2(b'p', b'P', text.as_bytes())?;
    let lower = text.to_ascii_lowercase();
    let words = ["story points", "story point", "points", "point", "pts", "sp"];
    let at = words.iter().filter_map(|word| prose::find_word(&lower, word)).min()?;
    let before = lower.get(..at)?.trim_end();
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    before.get(start..)?.parse().ok()
}

/// "**Phase 1: Pilot** (2 weeks)" at the start of a paragraph.
fn bold(reading: &Reading<'_>, span: Span) -> Option<Phase> {
    let text = reading.source.slice(span);
    if !text.starts_with("**") || !may_begin(text) {
        return None;
    }
    let line = reading.source.line_of(span.start as usize);
    let span = Span { start: span.start, end: line.end.max(span.start) };
    phase(labels::prose_text(reading.source.slice(span)).trim_end_matches(':'), span)
}

fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Phase>) {
    let first = table.titles.first().map_or("", String::as_str);
    if !WORDS.contains(&first) || table.column(&WORK).is_none() {
        return;
    }
    let name = table.view.header.cells.first().map(|cell| reading.phrase(*cell).text);
    let name = name.unwrap_or_default();
    let ticket_at = table.column_with(&["ticket", "tickets", "issue", "jira"]);
    let points_at = table.column_with(&["points", "story points", "sp"]);
    found.extend(table.view.rows.iter().filter_map(|row| {
        let cell = reading.cell(row, Some(0)).filter(|it| !is_total(&it.text))?;
        let of = |column| reading.cell(row, column).map(|it| it.text);
        // A column of bare numbers is named by its title.
        let is_bare = cell.text.chars().all(|c| c.is_ascii_digit());
        let title = if is_bare { format!("{name} {}", cell.text) } else { cell.text.clone() };
        let number = of(points_at).and_then(|it| prose::number(&it).map(|(count, _)| count));
        Some(Phase {
            ticket: of(ticket_at).and_then(|it| ticket(&it)).or_else(|| ticket(&cell.text)),
            points: number.and_then(|it| u32::try_from(it).ok()).or_else(|| points(&cell.text)),
            files: Vec::new(),
            title,
            span: row.span,
        })
    }));
}

fn is_total(text: &str) -> bool {
    text.trim().to_ascii_lowercase().starts_with("total")
}

/// The first name in backticks of each item of the list under "**Files:**".
fn files(reading: &Reading<'_>, section: Span) -> Vec<Text> {
    let tree = reading.tree;
    let mut found = Vec::new();
    // The paragraph above the lists.
    let mut above = None;
    for block in reading.index.tops_in(section) {
        match block.kind {
            Kind::Paragraph => {
                above = Some(block.span);
                // "**Files:** `a`, `b`".
                if lists_files(reading, block.span) {
                    let codes = tree.descendants(block.node).filter_map(|it| code(reading, it));
                    found.extend(codes);
                }
            }
            Kind::List { .. } if above.is_some_and(|it| lists_files(reading, it)) => {
                found.extend(tree.children(block.node).filter_map(|item| file(reading, item)));
            }
            _ => above = None,
        }
    }
    found
}

fn lists_files(reading: &Reading<'_>, paragraph: Span) -> bool {
    let label = labels::split(reading.source.slice(paragraph));
    label.is_some_and(|it| it.is(&["files", "files to modify", "key files"]))
}

fn file(reading: &Reading<'_>, item: NodeId) -> Option<Text> {
    let tree = reading.tree;
    tree.descendants(item).find_map(|node| code(reading, node))
}

/// What stands in marks of code.
fn code(reading: &Reading<'_>, node: NodeId) -> Option<Text> {
    match reading.tree.kind(node) {
        Kind::Code(span) => Some(Text { text: reading.source.slice(span).to_owned(), span }),
        _ => None,
    }
}
