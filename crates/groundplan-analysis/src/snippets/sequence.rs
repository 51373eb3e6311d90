//! Sequences of messages, as Mermaid writes them and as plain lines do: `Client -> API: place`.

use super::definitions::lines;
use super::{Code, Language, Snippet};
use groundplan_syntax::Span;

/// A diagram of messages.
pub(crate) struct Sequence<'a> {
    /// Who sends and receives, each once, with the first place.
    pub(crate) actors: Vec<(&'a str, Span)>,
    /// All of it.
    pub(crate) span: Span,
}

const ARROWS: [&str; 7] = ["-->>", "->>", "-->", "->", "──▶", "→", "-)"];
/// Fewer messages are a sentence.
const FEWEST: usize = 3;

impl<'a> Sequence<'a> {
    /// Every sequence in the document's blocks.
    pub(crate) fn of(code: &Code<'a>) -> Vec<Self> {
        let plain = code.snippets.iter().filter(|it| it.language == Language::Plain);
        plain.filter_map(read).collect()
    }
}

fn read<'a>(snippet: &Snippet<'a>) -> Option<Sequence<'a>> {
    let is_mermaid = snippet.label == "mermaid";
    let is_plain = matches!(snippet.label.as_str(), "" | "text" | "txt");
    let is_sequence = if is_mermaid { snippet.text.contains("sequenceDiagram") } else { is_plain };
    if !is_sequence {
        return None;
    }
    let mut actors: Vec<(&str, Span)> = Vec::new();
    let mut names: Vec<(&str, &str)> = Vec::new();
    let mut messages = 0;
    let (mut others, mut first) = (0, None);
    for (at, line) in lines(snippet.text) {
        if let Some((id, name)) = declared(line).filter(|_| is_mermaid) {
            names.push((id, name));
        }
        let Some(ends) = message(line) else {
            others += usize::from(!line.trim().is_empty());
            continue;
        };
        first = first.or(Some(at));
        messages += 1;
        for end in ends {
            let start = at + line.find(end).unwrap_or(0);
            let name = names.iter().find(|(id, _)| *id == end).map_or(end, |(_, name)| *name);
            if !actors.iter().any(|(it, _)| *it == name) {
                actors.push((name, snippet.span(start, start + end.len())));
            }
        }
    }
    let is_drawn = messages >= FEWEST && (is_mermaid || others <= messages);
    let span = snippet.span(first?, snippet.text.len());
    is_drawn.then_some(Sequence { actors, span })
}

/// `participant A as Web`.
fn declared(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let rest = line.strip_prefix("participant ").or_else(|| line.strip_prefix("actor "))?;
    let (id, name) = rest.split_once(" as ").unwrap_or((rest, rest));
    let name = name.split("<br").next().unwrap_or(name);
    Some((id.trim(), name.trim_matches(['"', ' '])))
}

/// Both ends of `Client -> API: place`.
fn message(line: &str) -> Option<[&str; 2]> {
    let (head, _) = line.trim().split_once(": ")?;
    let arrow = ARROWS.iter().find(|it| head.contains(**it))?;
    let (from, to) = head.split_once(*arrow)?;
    let ends = [from.trim(), to.trim().trim_start_matches(['+', '-'])];
    let is_name = |end: &str| {
        end.starts_with(char::is_alphabetic)
            && end.split_whitespace().count() <= 3
            && end.chars().all(|c| c.is_alphanumeric() || " _-/.".contains(c))
    };
    ends.iter().all(|end| is_name(end)).then_some(ends)
}
