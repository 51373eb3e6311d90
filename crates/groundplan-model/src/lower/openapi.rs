//! Operations of OpenAPI fragments in YAML fences, of any age: only `paths` is asked for.

mod faults;
#[cfg(test)]
mod tests;

use groundplan_syntax::Span;
use saphyr::MarkedYaml;

use super::{Reading, yaml};
use crate::document::{Method, Operation};

pub(super) fn read(reading: &mut Reading<'_>) {
    let fences = reading.fences.clone();
    for fence in fences {
        let language = reading.language(fence);
        let content = reading.source.slice(fence.content);
        let is_yaml = matches!(language.as_ref(), "yaml" | "yml" | "openapi" | "");
        let has_paths = || content.starts_with("paths:") || content.contains("\npaths:");
        if is_yaml && has_paths() {
            let Some(root) = yaml::parse(content) else { continue };
            let place = Place { text: content, base: fence.content.start as usize };
            let found = operations(&root, place).unwrap_or_default();
            let faults = faults::read(&root, place);
            reading.document.operations.extend(found);
            reading.document.contract_faults.extend(faults);
        }
    }
}

/// A fragment, and where it stands in the document.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    base: usize,
}

impl Place<'_> {
    fn of(self, node: &MarkedYaml<'_>) -> Span {
        yaml::span(node, self.text, self.base)
    }
}

/// The operations of an OpenAPI file of its own; `None` where it is none.
pub(crate) fn operations_of_file(text: &str) -> Option<Vec<Operation>> {
    operations(&yaml::parse(text)?, Place { text, base: 0 })
}

fn operations(root: &MarkedYaml<'_>, place: Place<'_>) -> Option<Vec<Operation>> {
    let mut found = Vec::new();
    for (path, item) in yaml::pairs(yaml::get(root, "paths")?) {
        let Some(path) = yaml::scalar(path) else { continue };
        for (key, operation) in yaml::pairs(item) {
            let method = yaml::scalar(key).and_then(|name| Method::parse(&name));
            let Some(method) = method else { continue };
            let statuses = yaml::get(operation, "responses").into_iter().flat_map(yaml::pairs);
            let statuses = statuses.filter_map(|(status, _)| yaml::scalar(status)?.parse().ok());
            let query = [item, operation].into_iter().flat_map(query_names);
            found.push(Operation {
                method,
                path: path.clone().into_owned(),
                span: place.of(key),
                statuses: statuses.collect(),
                query: query.collect(),
            });
        }
    }
    Some(found)
}

/// Names of the parameters of a path or an operation that stand in the query string.
fn query_names(owner: &MarkedYaml<'_>) -> Vec<String> {
    let parameters = yaml::get(owner, "parameters").into_iter().flat_map(yaml::items);
    let in_query = |it: &&MarkedYaml<'_>| {
        yaml::get(it, "in").and_then(yaml::scalar).is_some_and(|place| place == "query")
    };
    let name = |it: &MarkedYaml<'_>| Some(yaml::scalar(yaml::get(it, "name")?)?.into_owned());
    parameters.filter(in_query).filter_map(name).collect()
}
