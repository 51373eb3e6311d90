//! Operations of OpenAPI fragments in YAML fences, of any age: only `paths` is asked for.

use super::{Fence, Reading, yaml};
use crate::document::{Method, Operation};

pub(super) fn read(reading: &mut Reading<'_>) {
    let fences = reading.fences.clone();
    for fence in fences {
        let language = reading.language(fence);
        let content = reading.source.slice(fence.content);
        let is_yaml = matches!(language.as_str(), "yaml" | "yml" | "openapi" | "");
        if is_yaml && content.lines().any(|line| line.starts_with("paths:")) {
            let found = operations(reading, fence).unwrap_or_default();
            reading.document.operations.extend(found);
        }
    }
}

fn operations(reading: &Reading<'_>, fence: Fence) -> Option<Vec<Operation>> {
    let text = reading.source.slice(fence.content);
    let base = fence.content.start as usize;
    let root = yaml::parse(text)?;
    let mut found = Vec::new();
    for (path, item) in yaml::pairs(yaml::get(&root, "paths")?) {
        let Some(path) = yaml::scalar(path) else { continue };
        for (key, operation) in yaml::pairs(item) {
            let method = yaml::scalar(key).and_then(|name| Method::parse(&name));
            let Some(method) = method else { continue };
            let statuses = yaml::get(operation, "responses").into_iter().flat_map(yaml::pairs);
            let statuses = statuses.filter_map(|(status, _)| yaml::scalar(status)?.parse().ok());
            found.push(Operation {
                method,
                path: path.clone().into_owned(),
                span: yaml::span(key, text, base),
                statuses: statuses.collect(),
            });
        }
    }
    Some(found)
}
