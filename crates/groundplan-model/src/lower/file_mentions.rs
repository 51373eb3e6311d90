//! Markdown files that text names without a link: `001_FPRD|Orders.md`, `[ORDERS_PRD.md]`.

#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

use super::Reading;
use super::clues::Clue;
use crate::document::Mention;

pub(super) fn read(reading: &mut Reading<'_>) {
    let places = reading.clues.places(Clue::MarkdownFiles).iter();
    let names = places.filter_map(|it| mention(reading.text, it.start as usize));
    let mut found: Vec<Mention> = names.collect();
    found.retain(|it| !is_inside(&reading.index.hidden, it.span));
    reading.document.file_mentions = found;
}

fn is_inside(hidden: &[Span], span: Span) -> bool {
    let after = hidden.partition_point(|it| it.start <= span.start);
    let before = after.checked_sub(1).and_then(|at| hidden.get(at));
    before.is_some_and(|it| span.start < it.end)
}

/// The name that ends with the `.md` at `at`.
fn mention(text: &str, at: usize) -> Option<Mention> {
    let end = at + ".md".len();
    let next = text.get(end..)?.chars().next();
    let follows = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '*' | '('));
    if follows {
        return None;
    }
    let before = text.get(..at)?;
    let is_sign =
        |c: char| matches!(c, '_' | '-' | '.' | '/' | '|' | '+' | '@' | '\\' | ':' | '#' | '~');
    let is_part = |c: char| c.is_alphanumeric() || is_sign(c);
    let start = before.rfind(|c: char| !is_part(c)).map_or(0, |it| {
        it + before.get(it..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let raw = text.get(start..end)?;
    // Templates and patterns name no file: `NNN_[name].md`, `*.md`, `{id}.md`.
    let is_pattern = text.get(..start)?.ends_with([']', '*', '}', '>', ')', '$', '?']);
    let raw = raw.trim_start_matches(['|', '@', ':', '-', '\\', '#', '+']);
    let name = if raw.starts_with("...") { raw.trim_start_matches("...") } else { raw };
    let stem = name.strip_suffix(".md")?.rsplit('/').next()?;
    let is_named = stem.contains(char::is_alphanumeric) && !name.contains("://");
    let span = Span::new(end - name.len(), end);
    let target = || if name.contains('\\') { name.replace("\\|", "|") } else { name.to_owned() };
    (is_named && !is_pattern).then(|| Mention { target: target(), span })
}
