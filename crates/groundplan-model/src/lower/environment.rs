//! Environment variables: lines of env blocks, rows of tables, and what code reads.

#[cfg(test)]
mod tests;
mod words;

use groundplan_syntax::Span;

use super::clues::Clue;
use super::{Reading, once, prose};
use crate::document::Text;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    fences(reading, &mut found);
    nested(reading, &mut found);
    tables(reading, &mut found);
    code(reading, &mut found);
    words::read(reading, &mut found);
    found.sort_by_key(|text: &Text| text.span);
    once::keep_first(&mut found, |it| &it.text);
    reading.document.env_vars = found;
}

/// The name of a variable at the start of `text`: capitals, digits and underscores.
fn name(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let len = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let name = text.get(..len)?;
    let starts = name.starts_with(|c: char| c.is_ascii_uppercase());
    (starts && len >= 3 && !name.ends_with('_')).then_some(name)
}

/// `NAME=value` in env, shell and unlabelled blocks.
fn fences(reading: &Reading<'_>, found: &mut Vec<Text>) {
    const LANGUAGES: [&str; 11] = [
        "env",
        "dotenv",
        "bash",
        "sh",
        "shell",
        "ini",
        "properties",
        "",
        "zsh",
        "dockerfile",
        "docker",
    ];
    for fence in &reading.fences {
        if !LANGUAGES.contains(&reading.language(*fence).as_ref()) {
            continue;
        }
        let is_bare = reading.language(*fence).is_empty();
        let text = reading.source.slice(fence.content);
        for (at, line) in prose::lines(text, fence.content.start as usize) {
            if memchr::memchr(b'=', line.as_bytes()).is_none() {
                continue;
            }
            let body = line.trim_start();
            let set = ["export ", "ENV ", "set "].iter().find_map(|it| body.strip_prefix(it));
            let body = set.unwrap_or(body).trim_start();
            let named = name(body).filter(|it| assigns(body, it.len()));
            // A block of no language may be anything; there a value is one word or quoted.
            let named = named.filter(|it| !is_bare || is_one_word(body, it.len() + 1));
            let named = named.filter(|it| !is_computed(body, it.len() + 1));
            if let Some(named) = named {
                push(named, at + line.len() - body.len(), found);
            }
        }
    }
}

/// Whether `=` follows the name with no space before it: `A = b` is a statement of code.
fn assigns(body: &str, len: usize) -> bool {
    body.get(len..).is_some_and(|rest| rest.starts_with('=') && !rest.starts_with("=="))
}

/// Whether the value at `at` is made of what a command prints or of other variables: a script keeps
/// it for itself.
fn is_computed(body: &str, at: usize) -> bool {
    body.get(at..).unwrap_or("").trim_start_matches('"').starts_with('$')
}

/// Whether what follows the `=` at `at` is one word, quoted, or ends in a comment.
fn is_one_word(body: &str, at: usize) -> bool {
    let value = body.get(at..).unwrap_or("").trim();
    let mut words = value.split_whitespace().skip(1);
    value.starts_with(['"', '\'']) || words.next().is_none_or(|word| word.starts_with('#'))
}

/// `environment:` of a compose file and `env:` of a chart or a workflow, in YAML blocks; `-e NAME=`
/// of a command line.
fn nested(reading: &Reading<'_>, found: &mut Vec<Text>) {
    for fence in &reading.fences {
        match reading.language(*fence).as_ref() {
            "yaml" | "yml" => under_keys(reading, fence.content, found),
            "bash" | "sh" | "shell" | "" => flags(reading, fence.content, found),
            _ => {}
        }
    }
}

fn under_keys(reading: &Reading<'_>, content: Span, found: &mut Vec<Text>) {
    let mut at = content.start as usize;
    let mut key: Option<usize> = None;
    for line in reading.source.slice(content).split_inclusive('\n') {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        if key.is_some_and(|key| indent <= key && !body.is_empty()) {
            key = None;
        }
        if key.is_some() {
            let entry = body.trim_start_matches(['-', ' ', '"', '\'']);
            let entry = entry.strip_prefix("name: ").unwrap_or(entry);
            if let Some(named) = name(entry) {
                push(named, at + line.len() - entry.len(), found);
            }
        } else if matches!(body.trim_end(), "environment:" | "env:") {
            key = Some(indent);
        }
        at += line.len();
    }
}

fn flags(reading: &Reading<'_>, content: Span, found: &mut Vec<Text>) {
    let text = reading.source.slice(content);
    for flag in [" -e ", " --env "] {
        for at in memchr::memmem::find_iter(text.as_bytes(), flag) {
            let start = at + flag.len();
            if let Some(named) = text.get(start..).and_then(name) {
                push(named, content.start as usize + start, found);
            }
        }
    }
}

/// A column of variables.
fn tables(reading: &Reading<'_>, found: &mut Vec<Text>) {
    const COLUMNS: [&str; 9] = [
        "variable",
        "environment variable",
        "env var",
        "env variable",
        "env",
        "variable name",
        "environment variables",
        "환경 변수",
        "변수",
    ];
    for table in &reading.tables {
        let Some(column) = table.column(&COLUMNS) else { continue };
        for row in &table.view.rows {
            let span = row.cell_span(column, reading.tree);
            let raw = reading.source.slice(span);
            let body = raw.trim_start_matches(['`', '*', ' ', '$', '{']);
            if let Some(named) = name(body) {
                push(named, span.start as usize + raw.len() - body.len(), found);
            }
        }
    }
}

/// `os.getenv("NAME")`, `process.env.NAME` and their like, anywhere.
fn code(reading: &Reading<'_>, found: &mut Vec<Text>) {
    let places = reading.clues.places(Clue::Environment).iter();
    for end in places.filter_map(|it| call_end(reading.text, it.start as usize)) {
        let rest = reading.text.get(end..).unwrap_or("");
        let body = rest.trim_start_matches(['"', '\'', '`']);
        if let Some(named) = name(body) {
            push(named, end + rest.len() - body.len(), found);
        }
    }
}

/// Where a call that reads a variable ends, whose `env` stands at `at`.
fn call_end(text: &str, at: usize) -> Option<usize> {
    // What stands before `env`, and from there on.
    const CALLS: [(&str, &str); 12] = [
        ("os.get", "env("),
        ("os.", "environ.get("),
        ("os.", "environ["),
        ("process.", "env."),
        ("process.", "env["),
        ("import.meta.", "env."),
        ("", "env::var("),
        ("os.Get", "env("),
        ("os.Lookup", "Env("),
        ("System.get", "env("),
        ("", "ENV["),
        ("Deno.", "env.get("),
    ];
    let (before, rest) = text.split_at_checked(at)?;
    let is_call = |(lead, call): &&(&str, &str)| rest.starts_with(call) && before.ends_with(lead);
    CALLS.iter().find(is_call).map(|(_, call)| at + call.len())
}

fn push(name: &str, start: usize, found: &mut Vec<Text>) {
    found.push(Text { text: name.to_owned(), span: Span::new(start, start + name.len()) });
}
