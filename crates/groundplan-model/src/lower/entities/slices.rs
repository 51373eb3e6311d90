//! The parts of a code block that define types. Whole blocks are mostly functions, and parsing those
//! took longer than reading the rest of the document.

use std::ops::Range;

use super::super::prose;

/// From each line that begins a definition to its closing brace.
pub(super) fn braced(text: &str, begins: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, line) in prose::lines(text, 0) {
        let inside = found.last().is_some_and(|last| at < last.end);
        if !inside && begins(line.trim_start()) {
            let end = closing_brace(text, at).unwrap_or(text.len());
            found.push(at..end);
        }
    }
    found
}

/// Behind the brace that closes the first one after `from`.
fn closing_brace(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return Some(at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A part without what stands in its inner braces: bodies of methods, and types whose text is enough.
pub(super) fn shallow(text: &str) -> Vec<tree_sitter::Range> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => {
                depth += 1;
                if depth == 2 {
                    found.push(range(from, at + 1));
                }
            }
            b'}' => {
                if depth == 2 {
                    from = at;
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    if depth < 2 {
        found.push(range(from, text.len()));
    }
    found
}

/// Whether a line of a part in braces may state a field. Classes of methods only are common in
/// designs, and parsing their heads took as long as all that have fields.
pub(super) fn may_have_fields(part: &str) -> bool {
    let mut depth = 0_usize;
    part.lines().any(|line| {
        let before = depth;
        for byte in line.bytes() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        match before {
            0 => line.split_once('{').is_some_and(|(_, inside)| !inside.trim().is_empty()),
            1 => !is_head(line.trim()),
            _ if depth == 1 => !is_end(line.rsplit('}').next().unwrap_or("")),
            _ => false,
        }
    })
}

/// Whether a line is blank, a comment, the end of something, or the head of a method and nothing else.
fn is_head(line: &str) -> bool {
    let is_comment = line.starts_with("//")
        || line.starts_with(['/', '*'])
            && line.find("*/").is_none_or(|at| at + "*/".len() == line.len());
    let is_method = line.split_once('(').is_some_and(|(name, rest)| {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ' ' | '<' | '>');
        let rest = rest.strip_suffix(['{', '}', ';', ',']).unwrap_or(rest);
        name.chars().all(is_plain) && !rest.contains([';', '}'])
    });
    is_comment || is_method || is_end(line)
}

fn is_end(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '}' | ';' | ',' | ')' | ' '))
}

/// All of a part.
pub(super) fn whole(text: &str) -> Vec<tree_sitter::Range> {
    vec![range(0, text.len())]
}

/// Bytes only: nobody asks for lines and columns.
fn range(start_byte: usize, end_byte: usize) -> tree_sitter::Range {
    let point = tree_sitter::Point::default();
    tree_sitter::Range { start_byte, end_byte, start_point: point, end_point: point }
}

/// Classes of Python by their indentation, each up to its first method: fields stand before those.
pub(super) fn classes(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, line) in prose::lines(text, 0) {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let ends = !body.trim().is_empty() && open.is_some_and(|(_, outer)| indent <= outer);
        let method = ["def ", "async def ", "@"].iter().any(|it| body.starts_with(it));
        if let Some((start, _)) = open.filter(|_| ends || method) {
            found.push(start..at);
            open = None;
        }
        if body.starts_with("class ") {
            // A class inside ends the fields of the one around it.
            found.extend(open.map(|(start, _)| start..at));
            open = Some((at + indent, indent));
        }
    }
    found.extend(open.map(|(start, _)| start..text.len()));
    found.retain(|range| text.get(range.clone()).is_some_and(has_field));
    found
}

/// Whether a line of a class looks like a field: `name: type`, or a column.
fn has_field(class: &str) -> bool {
    class.lines().skip(1).any(|line| {
        let body = line.trim_start();
        let len = body.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
        let rest = body.get(len..).unwrap_or("").trim_start();
        len > 0 && (rest.starts_with(':') || rest.starts_with('=') && rest.contains('('))
    })
}
