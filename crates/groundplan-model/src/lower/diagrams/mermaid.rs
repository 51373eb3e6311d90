//! Nodes of Mermaid diagrams: labels of flowcharts, participants, entities, classes and states.

use std::collections::HashMap;

/// Names in the order of their first line.
pub(super) fn nodes(text: &str) -> Vec<String> {
    let mut lines =
        text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("%%"));
    // Front matter of a diagram stands between `---` lines.
    let head = lines.by_ref().find(|line| !line.contains("---") && !line.starts_with("title:"));
    let kind = head.and_then(|line| line.split_whitespace().next()).unwrap_or("");
    match kind {
        "graph" | "flowchart" => flowchart(lines),
        "sequenceDiagram" => sequence(lines),
        "erDiagram" => entities(lines),
        "classDiagram" => lines.filter_map(class).collect(),
        "stateDiagram" | "stateDiagram-v2" => lines.flat_map(states).collect(),
        _ => Vec::new(),
    }
}

/// Nodes by id; the first label that an id has is its name.
fn flowchart<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    const OTHER: [&str; 9] = [
        "subgraph",
        "end",
        "style",
        "classDef",
        "class",
        "linkStyle",
        "click",
        "direction",
        "accTitle",
    ];
    let mut order: Vec<&str> = Vec::new();
    let mut labels: HashMap<&str, String> = HashMap::new();
    for line in lines {
        let first = line.split([' ', ';', ':']).next().unwrap_or("");
        if OTHER.contains(&first) {
            continue;
        }
        for (id, label) in chain(line) {
            if !order.contains(&id) {
                order.push(id);
            }
            if let Some(label) = label {
                labels.entry(id).or_insert_with(|| clean(label));
            }
        }
    }
    order.into_iter().map(|id| labels.remove(id).unwrap_or_else(|| id.to_owned())).collect()
}

/// The nodes of `A[Web] -->|calls| B(API) & C`, with their labels.
fn chain(line: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    let mut rest = line.trim_end_matches(';');
    loop {
        let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (Some(id), Some(after)) = (rest.get(..len), rest.get(len..)) else { break };
        if id.is_empty() {
            break;
        }
        let (label, after) = bracketed(after);
        found.push((id, label));
        match link(after) {
            Some(next) => rest = next,
            None => break,
        }
    }
    found
}

/// The label in the brackets that `text` begins with, and what follows them and a `:::class`.
fn bracketed(text: &str) -> (Option<&str>, &str) {
    let pairs = [('[', ']'), ('(', ')'), ('{', '}'), ('>', ']')];
    let open = text.chars().next();
    let Some((open, close)) = pairs.into_iter().find(|(it, _)| open == Some(*it)) else {
        return (None, text);
    };
    let mut depth = 0_u32;
    let mut is_quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            _ if c == open => depth += 1,
            _ if c == close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == close && depth == 0 && !is_quoted {
            let after = text.get(at + 1..).unwrap_or("");
            return (text.get(1..at), after);
        }
    }
    (None, "")
}

/// What follows the arrow, with its words, that `text` begins with.
fn link(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('&') {
        return Some(rest.trim_start());
    }
    let is_arrow = |c: char| matches!(c, '-' | '=' | '.' | '<' | '>' | '~');
    let len = text.find(|c| !is_arrow(c)).unwrap_or(text.len());
    if len < 2 {
        return None;
    }
    let mut rest = text.get(len..)?.trim_start();
    // `-- words -->`: the arrow ends behind the words.
    let has_words = len == 2 && !text.starts_with("->");
    if has_words && let Some(end) = ["-->", "---", "==>", ".->"].iter().find_map(|it| rest.find(it))
    {
        rest = rest.get(end..)?.trim_start_matches(is_arrow).trim_start();
    }
    match rest.strip_prefix('|') {
        Some(words) => words.split_once('|').map(|(_, rest)| rest.trim_start()),
        None => Some(rest),
    }
}

/// A label without its inner brackets, quotes and line breaks.
fn clean(label: &str) -> String {
    let label = label.trim_matches(['[', ']', '(', ')', '{', '}', '/', '\\', '"', ' ']);
    let breaks = label.find("<br").unwrap_or(label.len());
    let line = label.get(..breaks).unwrap_or(label);
    line.split("\\n").next().unwrap_or(line).trim_matches(['"', '*', ' ']).to_owned()
}

/// "participant A as Web", "actor U", and both ends of `A->>B: words`.
fn sequence<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut order: Vec<&str> = Vec::new();
    let mut names: HashMap<&str, String> = HashMap::new();
    for line in lines {
        let declared = ["participant ", "actor "].iter().find_map(|it| line.strip_prefix(it));
        if let Some((id, name)) = declared.map(|it| it.split_once(" as ").unwrap_or((it, it))) {
            order.push(id.trim());
            names.insert(id.trim(), clean(name));
        } else if let Some(ends) = ends(line) {
            order.extend(ends);
        }
    }
    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    order.into_iter().map(name).collect()
}

/// Both ends of `A->>B: words`.
fn ends(line: &str) -> Option<[&str; 2]> {
    let arrows = line.split_once(':').map(|(arrows, _)| arrows)?;
    let at = arrows.find("->").or_else(|| arrows.find("--"))?;
    let from = arrows.get(..at)?.trim_end_matches('-').trim();
    let to = arrows.get(at..)?.trim_start_matches(['-', '>', 'x', ')', '+']).trim();
    (!from.is_empty() && !to.is_empty()).then_some([from, to])
}

/// Names of blocks, and both ends of relations.
fn entities<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_inside = false;
    for line in lines {
        if line == "}" {
            is_inside = false;
        } else if is_inside {
        } else if let Some(name) = line.strip_suffix('{') {
            found.push(clean(name));
            is_inside = true;
        } else {
            let words: Vec<&str> =
                line.split(':').next().unwrap_or("").split_whitespace().collect();
            if let [one, arrow, other] = words.as_slice()
                && (arrow.contains("--") || arrow.contains(".."))
            {
                found.extend([clean(one), clean(other)]);
            }
        }
    }
    found
}

/// `class Order {`.
fn class(line: &str) -> Option<String> {
    let rest = line.strip_prefix("class ")?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    rest.get(..end).map(str::to_owned)
}

/// Both ends of `Queued --> Running: starts`.
fn states(line: &str) -> Vec<String> {
    let Some((from, to)) = line.split_once("-->") else { return Vec::new() };
    let to = to.split(':').next().unwrap_or(to);
    let names = [from, to].map(str::trim).into_iter();
    names.filter(|name| *name != "[*]").map(str::to_owned).collect()
}
