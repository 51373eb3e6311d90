//! Endpoints that go on with the collection before them: "`GET /api/v1/orders` · `DELETE /{id}`". Their
//! own path stays as written.

#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

use super::super::Reading;
use crate::document::{Endpoint, Text};

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    let document = &reading.document;
    let mut all: Vec<&Endpoint> = document.endpoints.iter().chain(&document.mentions).collect();
    if !all.iter().any(|it| goes_on(it)) {
        return;
    }
    all.sort_by_key(|it| it.span);
    let mut bases: Vec<(Span, Text)> = Vec::new();
    for (at, endpoint) in all.iter().enumerate().filter(|(_, it)| goes_on(it)) {
        let block = reading.index.texts.iter().find(|it| it.span.contains(endpoint.span));
        let before = all.get(..at).unwrap_or_default().iter().rev();
        let mut near =
            before.take_while(|it| block.is_some_and(|block| block.span.contains(it.span)));
        let Some(base) = near.find(|it| !goes_on(it)).and_then(|it| collection(it)) else {
            continue;
        };
        bases.push((endpoint.span, base));
    }
    let document = &mut reading.document;
    for endpoint in document.endpoints.iter_mut().chain(&mut document.mentions) {
        if let Some((_, base)) = bases.iter().find(|it| it.0 == endpoint.span) {
            endpoint.base = Some(base.clone());
        }
    }
}

/// Whether a path begins with a parameter, and nothing says what it is below.
fn goes_on(endpoint: &Endpoint) -> bool {
    endpoint.base.is_none() && parameter(&endpoint.path) == Some(0)
}

/// The path before an endpoint's first parameter. `/preview` alone may be another action of the same
/// unnamed collection.
fn collection(endpoint: &Endpoint) -> Option<Text> {
    let path = endpoint.full_path();
    let parameter = parameter(&path);
    let text = path.get(..parameter.unwrap_or(path.len()))?.trim_end_matches('/').to_owned();
    let names_one = parameter.is_some() || text.matches('/').count() > 1;
    (text.len() > 1 && names_one).then_some(Text { text, span: endpoint.span })
}

/// Where the first segment that is a parameter begins: `/{id}`, `/:id`, `/<id>`.
fn parameter(path: &str) -> Option<usize> {
    ["/{", "/:", "/<"].iter().filter_map(|it| path.find(it)).min()
}
