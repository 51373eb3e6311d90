//! Numbers of headings: `3.2 Storage` is the second part of the third section.

use groundplan_model::Document;
use memchr::memmem;

#[cfg(test)]
mod tests;

/// Whether headings of an example may be read as the document's own: Markdown that is quoted in a
/// fence of three backticks ends at the first fence inside it, and what follows is turned inside out.
pub(crate) fn quotes_markdown(document: &Document) -> bool {
    let text = document.source.text().as_bytes();
    ["```markdown", "```md\n"].iter().any(|it| memmem::find(text, it.as_bytes()).is_some())
}

/// The number that a heading begins with: 3 and 2 for `3.2 Storage` and `§3.2: Storage`; nothing for
/// `3 replicas`, a year or a version.
pub(crate) fn number_of(title: &str) -> Option<Vec<u32>> {
    let title = title.trim().trim_start_matches(['§', ' ', '*']);
    let len = title.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(title.len());
    let (digits, rest) = title.split_at(len);
    let is_dotted = digits.contains('.') || rest.starts_with([')', ':']);
    let ends = rest.starts_with([')', ':', ' ', '\t']);
    let numbers = digits.trim_end_matches('.').split('.').map(|part| part.parse().ok());
    let numbers = numbers.collect::<Option<Vec<u32>>>()?;
    let is_small = numbers.iter().all(|number| *number < 200);
    (is_dotted && ends && is_small).then_some(numbers)
}
