//! Sentences of a document that speak of a service.

use groundplan_syntax::Span;

use crate::document::Document;

/// The lines of a document's running text: no code, no tables, no headings.
pub(super) struct Mentions<'d> {
    lines: Vec<(&'d str, Span)>,
}

impl<'d> Mentions<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let text = document.source.text();
        let (mut lines, mut at, mut in_code) = (Vec::new(), 0, false);
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let bare = line.trim();
            if bare.starts_with("```") || bare.starts_with("~~~") {
                in_code = !in_code;
                continue;
            }
            if !in_code && !bare.is_empty() && !bare.starts_with(['|', '#']) {
                let lead = line.len() - line.trim_start().len();
                lines.push((bare, Span::new(start + lead, start + lead + bare.len())));
            }
        }
        Self { lines }
    }

    /// Sentences of lines that mention the service `name`, without those that mention one of
    /// `others` instead; those of `section` come first.
    pub(super) fn of_service(
        &self,
        name: &str,
        others: &[&str],
        section: Option<Span>,
    ) -> Vec<(String, Span)> {
        let is_near = |span: &Span| section.is_some_and(|section| section.contains(*span));
        let about = |(line, _): &&(&str, Span)| mentions(&line.to_lowercase(), name);
        let near = self.lines.iter().filter(|(_, span)| is_near(span)).filter(about);
        let far = self.lines.iter().filter(|(_, span)| !is_near(span)).filter(about);
        let mut found = Vec::new();
        for (line, span) in near.chain(far) {
            let line = line.to_lowercase();
            // A question or a template states nothing.
            let stated = line.split(". ").flat_map(|it| it.split("; "));
            let stated = stated.filter(|it| !it.contains(['?', '[']));
            let is_ours =
                |it: &&str| mentions(it, name) || !others.iter().any(|other| mentions(it, other));
            found.extend(stated.filter(is_ours).map(|it| (it.to_owned(), *span)));
        }
        found
    }
}

/// Whether a sentence names the service: every word of its name begins a word of the sentence
/// ("catalogue" and "catalogs" for `catalog`).
fn mentions(sentence: &str, name: &str) -> bool {
    let begins = |wanted: &str| {
        let words = sentence.split(|c: char| !c.is_alphanumeric());
        words.into_iter().any(|word| word.starts_with(wanted) && word.len() <= wanted.len() + 2)
    };
    name.split('_').all(begins)
}
