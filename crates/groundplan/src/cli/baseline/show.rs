//! The list of what is accepted.

use std::fmt::Write;

use crate::date::days_between;
use crate::disk::{Baseline, Entry};
use crate::render::plural;
use crate::ui::{DIM, ERROR, STRONG, WARNING, paint, printable};

/// From this many days on an entry is shown as one that is soon over.
const SOON_DAYS: i32 = 14;

/// What is accepted, by document.
pub(super) fn list(baseline: &Baseline, today: &str, styled: bool) -> String {
    if baseline.entries.is_empty() {
        return "Nothing is accepted here.\n".to_owned();
    }
    let mut text = String::new();
    for entries in baseline.entries.chunk_by(|one, other| one.path == other.path) {
        let path = entries.first().map_or("", |it| &it.path);
        let _ = writeln!(text, "{}", paint(styled, STRONG, &printable(path)));
        entries.iter().for_each(|entry| item(&mut text, entry, today, styled));
    }
    let _ = writeln!(text, "\n{} in {}.", plural(baseline.count(), "finding"), baseline.name());
    text
}

fn item(text: &mut String, entry: &Entry, today: &str, styled: bool) {
    let times = if entry.count > 1 { format!(" ({} times)", entry.count) } else { String::new() };
    let _ = writeln!(text, "  {}: {}{times}", entry.rule, printable(&entry.message));
    let words = [&entry.author, &entry.reason].into_iter().flatten();
    let words: Vec<&str> = words.map(String::as_str).collect();
    if !words.is_empty() {
        let words = printable(&words.join(": ")).into_owned();
        let _ = writeln!(text, "    {}", paint(styled, DIM, &words));
    }
    if let Some(until) = &entry.until {
        let _ = writeln!(text, "    {}", term(until, today, styled));
    }
}

fn term(until: &str, today: &str, styled: bool) -> String {
    match days_between(today, until) {
        Some(days) if days < 0 => paint(styled, ERROR, &format!("expired on {until}")),
        Some(days) if days <= SOON_DAYS => {
            let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            paint(styled, WARNING, &format!("until {until}, {days} from now"))
        }
        _ => paint(styled, DIM, &format!("until {until}")),
    }
}
