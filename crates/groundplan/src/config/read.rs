//! A configuration file's text to a [`Layer`]. Pure: the table of keys says what may be there.

use std::sync::Arc;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::{Key, Shape};
use super::layer::{Entry, File, Layer, Origin, RuleName, Setting};
use super::{KEYS, PathPattern, Pattern};
use crate::suggest::closest;

/// Reads the text of `file`. Never fails: what is wrong is in the layer.
pub(crate) fn read(file: Arc<File>, text: &str) -> Layer {
    let mut reading = Reading { file, text, layer: Layer::default() };
    match DeTable::parse(text) {
        Ok(table) => reading.settings(table.get_ref(), KEYS, ""),
        Err(error) => {
            let message = format!("this is no TOML: {}", error.message().trim());
            let at = error.span().map_or(0, |it| it.start);
            reading.problem(at, message, "correct it".to_owned(), true);
        }
    }
    reading.layer
}

type Node<'t> = Spanned<DeValue<'t>>;

struct Reading<'t> {
    file: Arc<File>,
    text: &'t str,
    layer: Layer,
}

impl Reading<'_> {
    /// The keys of a table whose own values are settings; `prefix` is `check.` or nothing.
    fn settings(&mut self, table: &DeTable<'_>, keys: &'static [Key], prefix: &str) {
        for (name, node) in table {
            let Some(key) = self.known(name, keys, prefix) else { continue };
            let path = format!("{prefix}{}", key.name);
            match (key.shape, node.get_ref()) {
                (Shape::Table(keys), DeValue::Table(table)) => {
                    self.settings(table, keys, &format!("{path}."));
                }
                (Shape::Tables(keys), DeValue::Array(list)) => {
                    list.iter().for_each(|it| self.entry(&path, keys, it));
                }
                (Shape::ByRule(_), DeValue::Table(table)) => self.by_rule(table, key, &path),
                _ => self.setting(path, key, name.span().start, node),
            }
        }
    }

    fn setting(&mut self, path: String, key: &Key, at: usize, node: &Node<'_>) {
        if let Some(value) = self.value(key, &key.shape, node, &path) {
            let origin = self.origin(at);
            self.layer.settings.insert(path, Setting { value, origin });
        }
    }

    /// Each rule is a setting of its own, so that another file may add to them.
    fn by_rule(&mut self, table: &DeTable<'_>, key: &Key, path: &str) {
        let Shape::ByRule(words) = key.shape else { return };
        for (name, node) in table {
            self.rule_name(name.get_ref(), name.span().start);
            let path = format!("{path}.{}", name.get_ref());
            if let Some(value) = self.value(key, &Shape::OneOf(words), node, &path) {
                let origin = self.origin(name.span().start);
                self.layer.settings.insert(path, Setting { value, origin });
            }
        }
    }

    /// One table of a list of tables.
    fn entry(&mut self, list: &str, keys: &'static [Key], node: &Node<'_>) {
        let at = node.span().start;
        let DeValue::Table(table) = node.get_ref() else {
            let message = format!("`{list}` is {}; a list of tables is expected", what(node));
            return self.problem(at, message, format!("write it as `[[{list}]]`"), true);
        };
        let value = self.table(table, keys, &format!("{list}."));
        let origin = self.origin(at);
        self.layer.entries.push(Entry { list: list.to_owned(), value, origin });
    }

    fn table(
        &mut self,
        table: &DeTable<'_>,
        keys: &'static [Key],
        prefix: &str,
    ) -> Map<String, Value> {
        let mut map = Map::new();
        for (name, node) in table {
            let Some(key) = self.known(name, keys, prefix) else { continue };
            let path = format!("{prefix}{}", key.name);
            if let Some(value) = self.value(key, &key.shape, node, &path) {
                map.insert(key.name.to_owned(), value);
            }
        }
        map
    }

    /// The key of this name; `None`, and a warning, where there is none.
    fn known(
        &mut self,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        keys: &'static [Key],
        prefix: &str,
    ) -> Option<&'static Key> {
        let own = name.get_ref();
        let found = keys.iter().find(|it| it.name == own.as_ref());
        if found.is_none() {
            let message = format!("there is no key `{prefix}{own}`");
            let help = match closest(own, keys.iter().map(|it| it.name)) {
                Some(close) => format!("did you mean `{prefix}{close}`?"),
                None => {
                    let names: Vec<&str> = keys.iter().map(|it| it.name).collect();
                    format!("the keys here are `{}`", names.join("`, `"))
                }
            };
            self.problem(name.span().start, message, help, false);
        }
        found
    }

    /// A value of this shape; `None`, and an error, where it is none.
    fn value(&mut self, key: &Key, shape: &Shape, node: &Node<'_>, path: &str) -> Option<Value> {
        match (shape, node.get_ref()) {
            (Shape::Pattern, DeValue::String(text)) => self.pattern(text, node, path),
            (Shape::Texts, DeValue::Array(list)) => self.list(key, &Shape::Text, list, path),
            (Shape::Globs | Shape::Documents, DeValue::Array(list)) => {
                list.iter().for_each(|it| self.glob(it, path));
                self.list(key, &Shape::Text, list, path)
            }
            (Shape::Rules, DeValue::Array(list)) => {
                for it in list.iter() {
                    let name = it.get_ref().as_str().into_iter();
                    name.for_each(|name| self.rule_name(name, it.span().start));
                }
                self.list(key, &Shape::Text, list, path)
            }
            (Shape::Levels(words), DeValue::Array(list)) => self.levels(key, *words, list, path),
            (Shape::ByRule(words), DeValue::Table(table)) => {
                table.keys().for_each(|it| self.rule_name(it.get_ref(), it.span().start));
                self.named(key, &Shape::OneOf(*words), table, path)
            }
            (Shape::Named(shape), DeValue::Table(table)) => self.named(key, shape, table, path),
            (Shape::Table(keys), DeValue::Table(table)) => {
                Some(Value::Object(self.table(table, keys, &format!("{path}."))))
            }
            (_, value) => {
                let scalar = scalar(shape, value);
                if scalar.is_none() {
                    self.wrong(key, shape, node, path);
                }
                scalar
            }
        }
    }

    fn wrong(&mut self, key: &Key, shape: &Shape, node: &Node<'_>, path: &str) {
        let message = format!("`{path}` is {}; {} is expected", what(node), shape.expected());
        let help = match key.example {
            "" => "see `groundplan config --help`".to_owned(),
            example => format!("write it as in `{} = {example}`", key.name),
        };
        self.problem(node.span().start, message, help, true);
    }

    fn list(&mut self, key: &Key, shape: &Shape, list: &[Node<'_>], path: &str) -> Option<Value> {
        let values = list.iter().map(|it| self.value(key, shape, it, path));
        values.collect::<Option<Vec<Value>>>().map(Value::Array)
    }

    fn named(
        &mut self,
        key: &Key,
        shape: &Shape,
        table: &DeTable<'_>,
        path: &str,
    ) -> Option<Value> {
        let mut map = Map::new();
        for (name, node) in table {
            let path = format!("{path}.{}", name.get_ref());
            map.insert(name.get_ref().to_string(), self.value(key, shape, node, &path)?);
        }
        Some(Value::Object(map))
    }

    /// A list of words, each of which may be a list of words as well.
    fn levels(
        &mut self,
        key: &Key,
        words: fn() -> Vec<&'static str>,
        list: &[Node<'_>],
        path: &str,
    ) -> Option<Value> {
        let word = Shape::OneOf(words);
        let one = |it: &Node<'_>| match it.get_ref() {
            DeValue::Array(any) => self.list(key, &word, any, path),
            _ => self.value(key, &word, it, path).map(|it| Value::Array(vec![it])),
        };
        list.iter().map(one).collect::<Option<Vec<Value>>>().map(Value::Array)
    }

    fn glob(&mut self, node: &Node<'_>, path: &str) {
        let Some(text) = node.get_ref().as_str() else { return };
        if let Err(reason) = PathPattern::parse(text.to_owned()) {
            let message = format!("`{path}` holds a pattern that cannot be read: {reason}");
            let help = "`*` is any name, `**` any folders, `{a,b}` one of two".to_owned();
            self.problem(node.span().start, message, help, true);
        }
    }

    fn pattern(&mut self, text: &str, node: &Node<'_>, path: &str) -> Option<Value> {
        match Pattern::parse(text) {
            Ok(_) => Some(Value::from(text)),
            Err(reason) => {
                let message = format!("`{path}` is no regular expression: {reason}");
                let help = "put a `\\` before what stands for itself".to_owned();
                self.problem(node.span().start, message, help, true);
                None
            }
        }
    }

    fn rule_name(&mut self, name: &str, at: usize) {
        let origin = self.origin(at);
        self.layer.rule_names.push(RuleName { name: name.to_owned(), origin });
    }

    fn origin(&self, at: usize) -> Origin {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.bytes().filter(|it| *it == b'\n').count() + 1;
        Origin { file: Arc::clone(&self.file), line }
    }

    fn problem(&mut self, at: usize, message: String, help: String, is_error: bool) {
        let problem = self.origin(at).problem(message, help, is_error);
        self.layer.problems.push(problem);
    }
}

/// A value that has no parts.
fn scalar(shape: &Shape, value: &DeValue<'_>) -> Option<Value> {
    match (shape, value) {
        (Shape::Text, DeValue::String(text)) => Some(Value::from(text.as_ref())),
        (Shape::Flag, DeValue::Boolean(flag)) => Some(Value::from(*flag)),
        (Shape::Count, DeValue::Integer(number)) => {
            number.as_str().replace('_', "").parse::<u32>().ok().map(Value::from)
        }
        (Shape::Day, DeValue::Datetime(day)) if day.time.is_none() => {
            Some(Value::from(day.to_string()))
        }
        (Shape::OneOf(words), DeValue::String(text)) => {
            words().contains(&text.as_ref()).then(|| Value::from(text.as_ref()))
        }
        _ => None,
    }
}

/// What a value is, in a message.
fn what(node: &Node<'_>) -> String {
    match node.get_ref() {
        DeValue::String(text) => format!("the text `{text}`"),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(flag) => format!("`{flag}`"),
        DeValue::Datetime(day) => format!("the date {day}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
