//! The text of `baseline.toml`.

use toml::Value;

use super::Entry;
use crate::date::is_date;

const HEAD: &str = "# Findings that are known. `groundplan check` leaves them out; take a table out of \
    this file to see\n# its finding again. A finding is known by its document, its rule and its words \
    or its section, not\n# by its line. Yours to add: `reason`, `author`, and `until = 2027-01-31` \
    after which it shows again.\n";

/// The entries of a file.
pub(super) fn parse(text: &str) -> Result<Vec<Entry>, String> {
    let table: toml::Table = text.parse().map_err(|it: toml::de::Error| it.message().to_owned())?;
    let list = table.get("finding").and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().map(entry).collect()
}

fn entry(value: &Value) -> Result<Entry, String> {
    let maybe = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let text = |key: &str| maybe(key).ok_or_else(|| format!("a finding has no `{key}`"));
    let count = value.get("count").and_then(Value::as_integer).unwrap_or(1);
    let count = usize::try_from(count).map_err(|_| "`count` is a number from 1".to_owned())?;
    Ok(Entry {
        path: text("path")?,
        rule: text("rule")?,
        message: text("message")?,
        fingerprint: maybe("fingerprint"),
        count,
        reason: maybe("reason"),
        author: maybe("author"),
        until: value.get("until").map(date).transpose()?,
    })
}

/// A date of TOML, or a text that is one.
fn date(value: &Value) -> Result<String, String> {
    let text = match value {
        Value::Datetime(date) => date.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    if is_date(&text) { Ok(text) } else { Err("`until` is a day such as 2027-01-31".to_owned()) }
}

/// The file with these entries.
pub(super) fn to_text(entries: &[Entry]) -> String {
    let mut text = HEAD.to_owned();
    entries.iter().for_each(|entry| write(&mut text, entry));
    text
}

fn write(text: &mut String, entry: &Entry) {
    text.push_str("\n[[finding]]\n");
    let Entry { path, rule, message, .. } = entry;
    let stated = [("path", path), ("rule", rule), ("message", message)];
    let optional =
        [("fingerprint", &entry.fingerprint), ("reason", &entry.reason), ("author", &entry.author)];
    let optional = optional.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    for (key, value) in stated.into_iter().chain(optional) {
        // What JSON escapes in a text, TOML reads.
        let value = serde_json::Value::from(value.as_str());
        text.push_str(&format!("{key} = {value}\n"));
    }
    if let Some(until) = &entry.until {
        text.push_str(&format!("until = {until}\n"));
    }
    if entry.count > 1 {
        text.push_str(&format!("count = {}\n", entry.count));
    }
}
