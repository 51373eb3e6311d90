//! Paths to segments (rule D1).

use super::names;
use super::statements::Statement;
use crate::schema::Schema;
use crate::service::Segment;

/// `/orders/:id` and `/orders/<id>` as `/orders/{id}`; a slash at the end does not count.
pub(super) fn segments(path: &str) -> Vec<Segment> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.map(segment).collect()
}

fn segment(part: &str) -> Segment {
    let braces = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    let angles = part.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    let name = braces.or(angles).or_else(|| part.strip_prefix(':'));
    match name {
        // `<int:id>` and `{id:[0-9]+}` carry a type or a pattern.
        Some(name) if angles.is_some() => {
            Segment::Parameter(name.rsplit(':').next().unwrap_or(name).to_owned())
        }
        Some(name) => Segment::Parameter(name.split(':').next().unwrap_or(name).to_owned()),
        None => Segment::Literal(part.to_owned()),
    }
}

/// The same path, whatever its parameters are called.
pub(super) fn shape(segments: &[Segment]) -> String {
    let part = |segment: &Segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Parameter(_) => "/{}".to_owned(),
    };
    segments.iter().map(part).collect()
}

/// The path of literal segments.
pub(super) fn text(segments: &[Segment]) -> String {
    let part = |segment: &Segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Parameter(name) => format!("/{{{name}}}"),
    };
    segments.iter().map(part).collect()
}

/// The longest prefix that all paths share and that names no resource: parts such as `api` and
/// `v1`, or a word that is no table's.
pub(super) fn base(statements: &[Statement], schema: &Schema) -> Vec<Segment> {
    let Some(first) = statements.first() else { return Vec::new() };
    let mut base = Vec::new();
    for (at, segment) in first.path.iter().enumerate() {
        let Segment::Literal(word) = segment else { break };
        let shared = statements.iter().all(|it| it.path.get(at) == Some(segment));
        let is_last = statements.iter().any(|it| it.path.len() == at + 1);
        if !shared || is_last || !is_prefix(word) && names_table(word, schema) {
            break;
        }
        // A word that a parameter follows is a collection, whatever the tables are called.
        let leads_key =
            statements.iter().any(|it| matches!(it.path.get(at + 1), Some(Segment::Parameter(_))));
        if leads_key {
            break;
        }
        base.push(segment.clone());
    }
    base
}

/// Whether the word says which interface this is, and groups nothing.
pub(super) fn is_prefix(word: &str) -> bool {
    let version =
        word.strip_prefix('v').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    version || matches!(word, "api" | "rest")
}

fn names_table(word: &str, schema: &Schema) -> bool {
    let word = names::singular(&names::snake(word));
    schema.tables.iter().any(|table| names::singular(&names::snake(&table.name)) == word)
}
