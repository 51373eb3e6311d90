//! The text of `baseline.toml` and its like.

use toml::Value;

use super::Entry;
use crate::date::is_date;

pub(super) const FINDINGS_HEAD: &str = "# Findings that are known. `groundplan check` leaves them out; take a table out of \
    this file to see\n# its finding again. A finding is known by its document, its rule and its words \
    or its section, not\n# by its line. Yours to add: `reason`, `author`, and `until = 2027-01-31` \
    after which it shows again.\n";

pub(super) const DRIFT_HEAD: &str = "# Differences between documents and code that are accepted. `groundplan \
    drift` leaves them out until\n# their day `until` is over; take a table out of this file to see \
    its finding again. A finding is\n# known by its file, its rule and its words or its section, not \
    by its line.\n";

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
        date: value.get("date").map(|it| date(it, "date")).transpose()?,
        until: value.get("until").map(|it| date(it, "until")).transpose()?,
    })
}

/// A date of TOML, or a text that is one.
fn date(value: &Value, key: &str) -> Result<String, String> {
    let text = match value {
        Value::Datetime(date) => date.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    if is_date(&text) { Ok(text) } else { Err(format!("`{key}` is a day such as 2027-01-31")) }
}

/// The file with these entries.
pub(super) fn to_text(head: &str, entries: &[Entry]) -> String {
    let mut text = head.to_owned();
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
    for (key, day) in [("date", &entry.date), ("until", &entry.until)] {
        if let Some(day) = day {
            text.push_str(&format!("{key} = {day}\n"));
        }
    }
    if entry.count > 1 {
        text.push_str(&format!("count = {}\n", entry.count));
    }
}
