//! Text that nobody filled in: `{{NAME}}`, `[Describe the goal]`, `YYYY-MM-DD`, `TBD`.

#[cfg(test)]
mod tests;

mod places;
mod template;

use std::sync::LazyLock;

use groundplan_syntax::{Kind, Span};

use super::clues::Clue;
use super::{Reading, blocks::TextBlock, prose};
use crate::Certainty;
use crate::document::{Placeholder, Text};

/// Words that a bracketed text of a template begins with; `placeholders.txt` has them by line.
static FILLERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("placeholders.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// The mark of Spec Kit for what is not known yet, and the place of what was asked for.
const CLARIFY: &str = "NEEDS CLARIFICATION";
const ARGUMENTS: &str = "$ARGUMENTS";

pub(super) fn read(reading: &mut Reading<'_>) {
    let is_made = reading.document.provenance.as_ref().is_some_and(|it| it.template.is_some());
    let words = reading.clues.of(Clue::Placeholders);
    let triggers = triggers(reading);
    let blocks: Vec<TextBlock> = reading.index.texts_at(&triggers).copied().collect();
    if blocks.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for block in &blocks {
        let text = reading.source.slice(block.span);
        if is_made {
            places::read(text, block.span, &mut found);
        }
        brackets(text, block.span, &mut found);
        if words.any_in(block.span) {
            fixed(text, block.span, &mut found);
        }
    }
    template::read(reading, &blocks, &mut found);
    let masks = if found.is_empty() { Vec::new() } else { masks(reading, &blocks) };
    found.retain(|it: &Placeholder| !masks.iter().any(|mask| mask.contains(it.text.span)));
    segments(reading, &mut found);
    found.sort_by_key(|it| it.text.span);
    found.dedup_by(|one, other| other.text.span.contains(one.text.span));
    reading.document.placeholders = found;
}

/// Places of marks without which no text is a placeholder.
fn triggers(reading: &Reading<'_>) -> prose::Triggers {
    let bytes = reading.text.as_bytes();
    let braces = memchr::memmem::find_iter(bytes, "{{");
    let brackets = memchr::memchr_iter(b'[', bytes);
    prose::Triggers::at(brackets.chain(braces)).and(reading.clues.of(Clue::Placeholders))
}

/// Links, images, code and HTML in `blocks`: what stands there is meant as it stands.
fn masks(reading: &Reading<'_>, blocks: &[TextBlock]) -> Vec<Span> {
    let tree = reading.tree;
    let nodes = blocks.iter().flat_map(|block| tree.descendants(block.node));
    let masked = nodes.filter(|node| {
        match tree.kind(*node) {
            // `[###-feature-name]` is no code that somebody wrote.
            Kind::Code(content) => !reading.source.slice(content).starts_with("[###"),
            Kind::Link(_) | Kind::Image(_) | Kind::InlineHtml | Kind::TaskMarker(_) => true,
            _ => false,
        }
    });
    masked.map(|node| tree.span(node)).collect()
}

/// `[resource]` in an endpoint's path, in code or not. `[id]` and `[slug]` are parameters of a router
/// that writes them so.
fn segments(reading: &Reading<'_>, found: &mut Vec<Placeholder>) {
    const NAMES: [&str; 14] = [
        "resource",
        "resources",
        "resource-name",
        "resource_name",
        "entity",
        "entities",
        "endpoint",
        "feature",
        "feature-name",
        "module",
        "service",
        "action",
        "path",
        "collection",
    ];
    for endpoint in reading.document.endpoints.iter().filter(|it| it.path.contains('[')) {
        let text = reading.source.slice(endpoint.span);
        for (at, _) in text.match_indices("/[") {
            let rest = text.get(at + 2..).unwrap_or("");
            let name = rest.split(']').next().unwrap_or("");
            if NAMES.iter().any(|it| it.eq_ignore_ascii_case(name)) {
                let end = at + 2 + name.len() + 1;
                push(text, endpoint.span, at + 1, end, Certainty::Inferred, found);
            }
        }
    }
}

/// `{{…}}` and `[…]`.
fn brackets(text: &str, base: Span, found: &mut Vec<Placeholder>) {
    let mut braces_end = 0;
    for at in memchr::memchr2_iter(b'{', b'[', text.as_bytes()) {
        let (before, rest) = text.split_at_checked(at).unwrap_or_default();
        let bracketed = if let Some(rest) = rest.strip_prefix("{{").filter(|_| at >= braces_end) {
            braces_end = at + 2;
            let within = between(rest, "}}").filter(|(_, after)| !is_spoken_of(after));
            within.map(|(inner, _)| (braces(inner), inner.len() + 4))
        } else {
            let within = rest.strip_prefix('[').and_then(|rest| between(rest, "]"));
            let within = within.filter(|(inner, after)| {
                inner.len() > 1
                    && !is_link(inner, after)
                    && !is_tag(before, after)
                    && !is_counted(inner, before)
            });
            within.map(|(inner, after)| (square(inner, after), inner.len() + 2))
        };
        if let Some((Some(certainty), len)) = bracketed {
            push(text, base, at, at + len, certainty, found);
        }
    }
}

/// What stands before `close`, and what follows it.
fn between<'a>(text: &'a str, close: &str) -> Option<(&'a str, &'a str)> {
    prose::split_once(text, close)
}

/// Whether a bracket is the mark of what follows it: `**[Risk]** The build may fail`, and the box of
/// a paragraph, `[X] I agree`.
fn is_tag(before: &str, after: &str) -> bool {
    if before.trim_start_matches(['-', ' ']) != "**" {
        return false;
    }
    let after = after.trim_start_matches("**");
    let explains = |rest: &str| !rest.trim().is_empty() && !rest.contains('[');
    after.starts_with(' ') || after.strip_prefix(':').is_some_and(explains)
}

/// Whether a sentence counts marks and has none: "Three [NEEDS CLARIFICATION] points were resolved",
/// "no [TBD] remains".
fn is_counted(inner: &str, before: &str) -> bool {
    const MARKS: [&str; 3] = ["NEEDS CLARIFICATION", "TBD", "TODO"];
    const COUNTS: [&str; 14] = [
        "no", "any", "all", "these", "zero", "one", "two", "three", "four", "five", "with",
        "using", "of", "as",
    ];
    let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
    let is_number = !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit());
    let counts = is_number || COUNTS.iter().any(|it| word.eq_ignore_ascii_case(it));
    counts && MARKS.contains(&inner)
}

fn braces(inner: &str) -> Option<Certainty> {
    let name = inner.trim();
    // Words of template languages: there the document shows code.
    if ["end", "else", "if", "range", "with", "block", "define"].contains(&name) {
        return None;
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-');
    (!name.is_empty() && name.chars().all(is_name)).then_some(Certainty::Stated)
}

/// Whether brackets are the text of a link, or stand around others.
fn is_link(inner: &str, after: &str) -> bool {
    let goes_on = match after.as_bytes() {
        [b':', b' ', ..] => false,
        [b'(' | b'[' | b':', ..] => true,
        _ => false,
    };
    goes_on || memchr::memchr(b'[', inner.as_bytes()).is_some()
}

/// Brackets are a placeholder where their text begins as template text does, and is no link.
fn square(inner: &str, after: &str) -> Option<Certainty> {
    let words = prose::lower_case(inner.trim());
    let marked = ["needs clarification", "tbd", "todo", "to be ", "placeholder"];
    if marked.iter().any(|mark| words.starts_with(mark)) {
        // "No [NEEDS CLARIFICATION] markers remain" speaks of marks; it is none.
        return (!is_spoken_of(after)).then_some(Certainty::Stated);
    }
    if is_filled(inner) {
        return None;
    }
    let is_example = words.starts_with("e.g.") || words.contains(", e.g.");
    if is_example || words.contains("needs clarification") || words.starts_with("###") {
        return Some(Certainty::Inferred);
    }
    let upper = inner.starts_with(|c: char| c.is_uppercase());
    let shouted = inner.contains('_') && inner.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let first = words.bytes().next();
    let begins = |filler: &&&str| {
        filler.bytes().next() == first
            && words.starts_with(**filler)
            && prose::is_word(&words, 0, filler.len())
    };
    let filler = FILLERS.iter().find(begins)?;
    let exact = words == **filler;
    let long = words.split_whitespace().count() >= 2;
    (shouted || upper && (exact || long)).then_some(Certainty::Inferred)
}

/// Whether what follows a mark says that the text speaks of such marks: "`$ARGUMENTS` pattern".
fn is_spoken_of(after: &str) -> bool {
    let next = after.trim_start_matches([']', '`', '*', ' ']);
    ["marker", "item", "tag", "pattern", "syntax"].iter().any(|it| next.starts_with(it))
}

/// `[Status: PENDING]`, `[Target: v1.9]`: a value, unless it offers a choice. And `[X]`, a box.
fn is_filled(inner: &str) -> bool {
    const KEYS: [&str; 6] = ["status", "target", "priority", "version", "owner", "date"];
    let stated = inner.split_once(':').is_some_and(|(key, value)| {
        KEYS.contains(&key.trim().to_lowercase().as_str())
            && !value.trim().is_empty()
            && !value.contains(['|', '/'])
    });
    stated || inner.eq_ignore_ascii_case("x")
}

/// Words that always mean "not yet": `TBD`, `TODO`, dates of a template.
fn fixed(text: &str, base: Span, found: &mut Vec<Placeholder>) {
    if let Some(at) = prose::find_word(text, "TBD") {
        push(text, base, at, at + 3, Certainty::Stated, found);
    }
    let is_meant = |at: usize, mark: &str| !text.get(at + mark.len()..).is_some_and(is_spoken_of);
    if let Some(at) = prose::find_word(text, CLARIFY)
        && is_value(text, at)
        && is_meant(at, CLARIFY)
    {
        push(text, base, at, at + CLARIFY.len(), Certainty::Stated, found);
    }
    if let Some(at) = prose::find_word(text, ARGUMENTS)
        && is_meant(at, ARGUMENTS)
    {
        push(text, base, at, at + ARGUMENTS.len(), Certainty::Stated, found);
    }
    if let Some(at) = prose::find_word(text, "YYYY-MM-DD")
        && is_value(text, at)
    {
        push(text, base, at, at + 10, Certainty::Stated, found);
    }
    for (at, mark) in ["(placeholder", "(Placeholder"].iter().flat_map(|it| text.match_indices(it))
    {
        let len = text.get(at..).and_then(|rest| rest.find(')')).map(|len| len + 1);
        if let Some(len) =
            len.filter(|_| is_value(text, at) && prose::is_word(text, at, at + mark.len()))
        {
            push(text, base, at, at + len, Certainty::Stated, found);
        }
    }
    if let Some(at) = prose::find_word(text, "TODO")
        && (is_all(text, "TODO")
            || begins_note(text, "TODO")
            || ends_field(text, at + "TODO".len())
            || text.get(at + 4..).is_some_and(|rest| rest.starts_with([':', '('])))
    {
        push(text, base, at, at + 4, Certainty::Inferred, found);
    }
}

/// Whether what stands at `at` is the value of a field or a cell. "Dates are YYYY-MM-DD" and
/// "the day (YYYY-MM-DD)" tell a format.
fn is_value(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end_matches(['*', '[', '`', ' ', '"']);
    before.is_empty() || before.ends_with([':', '|', '\n', ','])
}

/// Whether what ends at `end` is the whole value of a field: "Mitigation: TODO".
fn ends_field(text: &str, end: usize) -> bool {
    let before = text.get(..end).unwrap_or("").trim_end_matches("TODO");
    let line = before.rsplit('\n').next().unwrap_or("").trim_end_matches(['*', '_', '`', ' ']);
    let after = text.get(end..).unwrap_or("").trim_start_matches(['*', '_', '.', ' ']);
    line.ends_with(':') && (after.is_empty() || after.starts_with('\n'))
}

/// Whether `word` begins the text and says who is to fill it in, or when: "TODO for the platform team".
fn begins_note(text: &str, word: &str) -> bool {
    const NEXT: [&str; 8] =
        [" for ", " by ", " after ", " before ", " once ", " when ", " in ", " with "];
    let rest = text.trim_start_matches(['*', '_', ' ', '(']).strip_prefix(word);
    rest.is_some_and(|rest| NEXT.iter().any(|next| rest.starts_with(next)))
}

/// Whether `word` is the whole text, markup and full stop apart.
fn is_all(text: &str, word: &str) -> bool {
    text.trim_matches([' ', '*', '_', '.', '\n']) == word
}

fn push(
    text: &str,
    base: Span,
    start: usize,
    end: usize,
    certainty: Certainty,
    found: &mut Vec<Placeholder>,
) {
    let Some(words) = text.get(start..end).filter(|words| !words.contains('\n')) else { return };
    let span = Span::new(base.start as usize + start, base.start as usize + end);
    found.push(Placeholder { text: Text { text: words.to_owned(), span }, certainty });
}
