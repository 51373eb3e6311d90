//! A configuration for people and for programs: every key, its value, and where that comes from.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::Config;
use super::KEYS;
use super::key::{Key, Shape};
use super::layer::Setting;

/// Every key of settings, with its path.
fn paths(keys: &'static [Key], prefix: &str) -> Vec<(String, &'static Key)> {
    let mut paths = Vec::new();
    for key in keys {
        let path = format!("{prefix}{}", key.name);
        match key.shape {
            Shape::Table(keys) => paths.extend(self::paths(keys, &format!("{path}."))),
            Shape::Tables(_) => {}
            _ => paths.push((path, key)),
        }
    }
    paths
}

/// The settings of a key: itself, or one for each rule.
fn settings<'a>(config: &'a Config, path: &str) -> Vec<(&'a str, &'a Setting)> {
    let below = format!("{path}.");
    let is_it = |own: &str| own == path || own.starts_with(&below);
    let all = config.layer.settings.iter().filter(|(own, _)| is_it(own));
    all.map(|(own, setting)| (own.as_str(), setting)).collect()
}

/// "check.fail-on = "error"  # groundplan.toml:7", a line each, defaults too.
/// A policy whose waivers are over on the day `today` says so.
pub(crate) fn in_text(config: &Config, today: &str) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (path, key) in paths(KEYS, "") {
        let settled = settings(config, &path);
        if settled.is_empty() && !key.default.is_empty() {
            lines.push((format!("{path} = {}", key.default), "default".to_owned()));
        }
        let line =
            |(path, it): (&str, &Setting)| (format!("{path} = {}", it.value), it.origin.shown());
        lines.extend(settled.into_iter().map(line));
    }
    for entry in &config.layer.entries {
        let value = Value::Object(entry.value.clone());
        lines.push((format!("[[{}]] {value}", entry.list), entry.origin.shown()));
    }
    let width =
        lines.iter().map(|it| it.0.chars().count()).filter(|it| *it < 60).max().unwrap_or(0);
    let mut text = String::new();
    for (line, from) in lines {
        let _ = writeln!(text, "{line:<width$}  # {from}");
    }
    for (ids, until) in over(config, today) {
        let _ = writeln!(text, "# The waivers of `{ids}` are over since {until}.");
    }
    text
}

/// The same for programs: `source` is null for a default.
pub(crate) fn in_json(config: &Config, today: &str) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for (path, key) in paths(KEYS, "") {
        let settled = settings(config, &path);
        if settled.is_empty() {
            all.push(json!({ "key": path, "value": default(key), "source": null }));
        }
        all.extend(
            settled.into_iter().map(|(path, it)| one("key", path, &it.value, it.origin.shown())),
        );
    }
    let entries = config.layer.entries.iter();
    let entries: Vec<Value> = entries
        .map(|it| one("list", &it.list, &Value::Object(it.value.clone()), it.origin.shown()))
        .collect();
    let mut map = Map::new();
    map.insert("files".to_owned(), json!(config.files));
    map.insert("digest".to_owned(), json!(config.digest().to_string()));
    map.insert("settings".to_owned(), Value::Array(all));
    map.insert("tables".to_owned(), Value::Array(entries));
    let over = over(config, today);
    let over: Vec<Value> =
        over.map(|(pattern, until)| json!({ "pattern": pattern, "until": until })).collect();
    map.insert("waivers_over".to_owned(), Value::Array(over));
    Value::Object(map)
}

/// The policies whose waivers no longer count: the ids that they are about, and the last day.
fn over<'a>(config: &'a Config, today: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    config.policies.iter().filter_map(move |it| {
        let until = it.until.as_deref().filter(|until| *until < today)?;
        (!it.waived.is_empty()).then(|| (it.ids.text(), until))
    })
}

fn one(kind: &str, name: &str, value: &Value, source: String) -> Value {
    json!({ kind: name, "value": value, "source": source })
}

/// A default as a value; a default is written as JSON writes it, too.
fn default(key: &Key) -> Value {
    serde_json::from_str(key.default).unwrap_or(Value::Null)
}
