//! Names with arrows between them: `Client → API → Database`, on a line or one below the other.

use super::super::prose;

const ARROWS: [&str; 8] = ["-->", "->", "=>", "──▶", "→", "⇒", "⟶", "➔"];
/// A drawing of fewer names says nothing that a sentence does not.
const FEWEST: usize = 3;

/// The names, where arrows between them are most of what `text` shows.
pub(super) fn nodes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut others = 0_usize;
    let mut is_vertical = false;
    let most = text.lines().filter(|line| !line.is_empty()).count();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.chars().all(|c| matches!(c, '↓' | '▼' | '⬇' | '|' | '│' | 'v' | ' ')) {
            is_vertical = true;
        } else {
            match chain(line) {
                Some(names) => found.push(names),
                None => others += 1,
            }
            // The lines that are left cannot outweigh those that are none.
            if others * 3 > most {
                return Vec::new();
            }
        }
    }
    let lines = found.len();
    let chains = found.iter().filter(|names| names.len() > 1).count();
    let is_drawn = others * 2 <= lines && (is_vertical || chains * 2 >= lines);
    let mut names: Vec<String> = found.into_iter().flatten().collect();
    names.dedup();
    let enough = names.len() >= FEWEST && (chains > 0 || is_vertical);
    if is_drawn && enough { names } else { Vec::new() }
}

/// The names of a line; `None` where a part of it is none.
pub(super) fn chain(line: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = line;
    let first = |text: &str| {
        // All of them hold one of these.
        memchr::memchr2(b'>', 0xE2, text.as_bytes())?;
        let places = ARROWS.iter().filter_map(|it| Some((prose::find(text, it)?, it.len())));
        places.min()
    };
    while let Some((at, len)) = first(rest) {
        parts.extend(names(rest.get(..at)?)?);
        rest = rest.get(at + len..)?;
    }
    parts.extend(names(rest)?);
    Some(parts)
}

/// Names side by side, set apart by two blanks.
fn names(part: &str) -> Option<Vec<String>> {
    part.trim().split("  ").filter(|it| !it.trim().is_empty()).map(name).collect()
}

/// A part without its brackets and its remark, where it is a name and no sentence.
fn name(part: &str) -> Option<String> {
    let inner = part.trim().trim_start_matches(['[', '(', '`', '*']);
    let end = inner.find(['(', ']', ')', '`', '*']).unwrap_or(inner.len());
    let name = inner.get(..end)?.trim();
    let remark = inner.get(end..)?.trim_matches([']', ')', '`', '*', ' ']);
    let is_remark = remark.is_empty() || remark.starts_with('(') && inner.ends_with(')');
    let is_part = |c: char| c.is_alphanumeric() || " -_./&+@'".contains(c);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(is_part)
        && !name.ends_with(['/', '.'])
        && name.split_whitespace().count() <= 4;
    (is_name && is_remark).then(|| name.to_owned())
}
