//! What an author says about words and tables (rule D3.1).

use crate::document::Annotation;
use crate::plan::names::{singular, snake};
use crate::plan::resource_index;
use crate::plan::scope::Scope;

/// The table that an annotation gives for `word`: `-- resource: word` above the table, or
/// `<!-- table: … -->` above the endpoint, which is about the first word of its path.
pub(super) fn table(scope: &Scope<'_>, word: &str, parent: Option<usize>) -> Option<usize> {
    by_resource(scope, word).or_else(|| by_table(scope).filter(|_| parent.is_none()))
}

fn by_resource(scope: &Scope<'_>, word: &str) -> Option<usize> {
    let plain = |text: &str| singular(&snake(text));
    let annotations = scope.document.annotations.iter();
    let spans = annotations.filter_map(|it| match it {
        Annotation::Resource(text) if plain(&text.text) == plain(word) => Some(text.span),
        _ => None,
    });
    let mut tables = spans.filter_map(|span| {
        let after = scope.resources.iter().enumerate();
        let after = after.filter(|(_, it)| it.table.span.start > span.start);
        after.min_by_key(|(_, it)| it.table.span.start).map(|(at, _)| at)
    });
    tables.next()
}

/// The last annotation before the endpoint, in the same section.
fn by_table(scope: &Scope<'_>) -> Option<usize> {
    let at = scope.statement.span.start;
    let section = scope.document.section_at(at)?.span;
    let annotations = scope.document.annotations.iter();
    let mut before = annotations.filter_map(|it| match it {
        Annotation::Table(text) if text.span.start < at && section.contains(text.span) => {
            Some(text)
        }
        _ => None,
    });
    resource_index(scope.resources, &before.next_back()?.text)
}
