//! Whether code is shown beside its better or its older form.

use groundplan_model::Document;

use super::Snippet;

/// Words of a heading or a lead that set one form of a thing against another.
const WORDS: &[&str] = &[
    "before",
    "after",
    "current",
    "currently",
    "existing",
    "old",
    "new",
    "instead",
    "alternative",
    "alternatives",
    "option",
    "approach",
    "wrong",
    "bad",
    "good",
    "correct",
    "incorrect",
    "pitfall",
    "pitfalls",
    "gotcha",
    "gotchas",
    "today",
    "previous",
    "previously",
    "proposed",
    "proposal",
    "legacy",
    "deprecated",
    "refactored",
    "refactor",
    "change",
    "changes",
    "update",
    "updated",
    "modify",
    "extend",
    "optimization",
    "optimizations",
    "optimized",
    "simplified",
    "migration",
    "phase",
    "problem",
    "fix",
    "appendix",
    "variant",
    "variation",
    "sketch",
    "performance",
    "tips",
    "beta",
    "alpha",
    "stage",
];

/// Whether the headings above a block, its lead or its own first line speak of another form.
pub(crate) fn is_contrasted(document: &Document, snippet: &Snippet<'_>) -> bool {
    let at = snippet.span(0, 0).start;
    let above = document.sections.iter().filter(|it| it.span.start <= at && at < it.span.end);
    let mut above = above.filter(|it| it.level > 1);
    above.any(|it| speaks(&it.title.text))
        || lead(document, at as usize).is_some_and(speaks)
        || is_marked(snippet)
}

/// Whether a block says itself in its first lines that it is one form of two, or a change.
pub(crate) fn is_marked(snippet: &Snippet<'_>) -> bool {
    const MARKS: [&str; 10] = [
        "before",
        "after",
        "wrong",
        "right",
        "bad",
        "good",
        "old",
        "incorrect",
        "update",
        "modify",
    ];
    let is_mark = |word: &str| MARKS.iter().any(|it| it.eq_ignore_ascii_case(word));
    let words = |line: &str| line.split(|c: char| !c.is_alphanumeric()).any(is_mark);
    snippet.text.lines().take(2).any(|line| is_comment(line) && words(line))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['#', '/'])
}

fn speaks(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains(['❌', '✅', '→'])
        || text.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// The last line of text before the fence line.
fn lead(document: &Document, at: usize) -> Option<&str> {
    let before = document.source.text().get(..at)?;
    let mut lines = before.lines().rev().skip(1);
    lines.find(|line| !line.trim().is_empty())
}
