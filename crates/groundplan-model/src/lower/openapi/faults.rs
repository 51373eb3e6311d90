//! What no tool can use in an OpenAPI fragment.

use std::borrow::Cow;
use std::collections::HashSet;

use saphyr::{MarkedYaml, YamlData};

use super::{Place, yaml};
use crate::document::{ContractFault, ContractFaultKind, Method, Text};

/// A fragment that is looked through.
struct Search<'a, 'input> {
    root: &'a MarkedYaml<'input>,
    place: Place<'a>,
    found: Vec<ContractFault>,
}

pub(super) fn read(root: &MarkedYaml<'_>, place: Place<'_>) -> Vec<ContractFault> {
    let mut search = Search { root, place, found: Vec::new() };
    let is_old = yaml::get(root, "swagger").is_some();
    for (path, item) in yaml::get(root, "paths").into_iter().flat_map(yaml::pairs) {
        search.path(path, item, is_old);
    }
    search.references(root, &mut HashSet::new(), 0);
    search.found
}

impl Search<'_, '_> {
    fn add(&mut self, kind: ContractFaultKind, node: &MarkedYaml<'_>, text: &str) {
        let text = Text { text: text.to_owned(), span: self.place.of(node) };
        self.found.push(ContractFault { kind, text });
    }

    fn path(&mut self, path: &MarkedYaml<'_>, item: &MarkedYaml<'_>, is_old: bool) {
        let shared = parameters(item);
        for (key, operation) in yaml::pairs(item) {
            if yaml::scalar(key).and_then(|name| Method::parse(&name)).is_none() {
                continue;
            }
            let own = parameters(operation);
            let declared: Vec<&MarkedYaml<'_>> = shared.iter().chain(&own).copied().collect();
            // A sketch without any parameter leaves them out.
            if !declared.is_empty() || yaml::get(self.root, "openapi").is_some() {
                self.declared(path, key, &declared);
            }
            own.iter().for_each(|parameter| self.parameter(parameter, is_old));
            if !is_old {
                self.answers(operation);
            }
        }
        shared.iter().for_each(|parameter| self.parameter(parameter, is_old));
    }

    /// Every `{name}` of a path has to be declared; one that is referred to may be it.
    fn declared(
        &mut self,
        path: &MarkedYaml<'_>,
        method: &MarkedYaml<'_>,
        declared: &[&MarkedYaml<'_>],
    ) {
        let text = yaml::scalar(path).unwrap_or_default();
        let is_it = |node: &&MarkedYaml<'_>, name: &str| {
            yaml::get(node, "$ref").is_some() || scalar(node, "name").as_deref() == Some(name)
        };
        for name in text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)) {
            if !declared.iter().any(|node| is_it(node, name)) {
                self.add(ContractFaultKind::UndeclaredParameter, method, name);
            }
        }
    }

    fn parameter(&mut self, parameter: &MarkedYaml<'_>, is_old: bool) {
        let place = scalar(parameter, "in").unwrap_or_default();
        let name = scalar(parameter, "name").unwrap_or_default().into_owned();
        let old = yaml::pairs(parameter).map(|(key, _)| key);
        let mut old = old.filter(|key| yaml::scalar(key).as_deref() == Some("type"));
        if !is_old && let Some(key) = old.next() {
            self.add(ContractFaultKind::OldForm, key, "type");
        }
        let schema = yaml::get(parameter, "schema").unwrap_or(parameter);
        let is_bounded = ["maximum", "exclusiveMaximum", "enum", "$ref"]
            .iter()
            .any(|key| yaml::get(schema, key).is_some() || yaml::get(parameter, key).is_some());
        if place == "query" && is_limit(&name) && !is_bounded {
            let node = yaml::get(parameter, "name").unwrap_or(parameter);
            self.add(ContractFaultKind::UnboundedLimit, node, &name);
        }
    }

    /// In OpenAPI 3 the schema of an answer stands under its media type.
    fn answers(&mut self, operation: &MarkedYaml<'_>) {
        for (_, answer) in yaml::get(operation, "responses").into_iter().flat_map(yaml::pairs) {
            let mut keys = yaml::pairs(answer).map(|(key, _)| key);
            let key = keys.find(|key| yaml::scalar(key).as_deref() == Some("schema"));
            if let Some(key) = key {
                self.add(ContractFaultKind::OldForm, key, "schema");
            }
        }
    }

    fn references(&mut self, node: &MarkedYaml<'_>, seen: &mut HashSet<String>, depth: usize) {
        const DEEPEST: usize = 64;
        if depth > DEEPEST {
            return;
        }
        if let YamlData::Sequence(items) = &node.data {
            items.iter().for_each(|item| self.references(item, seen, depth + 1));
        }
        for (key, value) in yaml::pairs(node) {
            match yaml::scalar(value).filter(|_| yaml::scalar(key).as_deref() == Some("$ref")) {
                Some(target) => self.reference(value, &target, seen),
                None => self.references(value, seen, depth + 1),
            }
        }
    }

    fn reference(&mut self, node: &MarkedYaml<'_>, target: &str, seen: &mut HashSet<String>) {
        let Some(path) = target.strip_prefix("#/") else { return };
        let found = path.split('/').try_fold(self.root, yaml::get);
        if found.is_none() && seen.insert(target.to_owned()) {
            self.add(ContractFaultKind::UnresolvedRef, node, target);
        }
    }
}

fn parameters<'a, 'input>(node: &'a MarkedYaml<'input>) -> Vec<&'a MarkedYaml<'input>> {
    match yaml::get(node, "parameters").map(|list| &list.data) {
        Some(YamlData::Sequence(items)) => items.iter().collect(),
        _ => Vec::new(),
    }
}

fn scalar<'a>(node: &'a MarkedYaml<'_>, key: &str) -> Option<Cow<'a, str>> {
    yaml::scalar(yaml::get(node, key)?)
}

/// Names of parameters that bound how much is answered.
fn is_limit(name: &str) -> bool {
    let name = name.to_lowercase().replace(['_', '-'], "");
    matches!(name.as_str(), "limit" | "pagesize" | "perpage" | "maxresults" | "top" | "size")
}
