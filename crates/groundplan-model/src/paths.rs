//! Paths of documents: links from one to another, and which documents belong together.
//!
//! Paths are text with `/` between names; no disk is asked.

/// The path that `target` names when it stands in the document at `from`.
pub fn resolve(from: &str, target: &str) -> String {
    let rooted = from.starts_with('/');
    let mut path = String::with_capacity(from.len() + target.len() + 1);
    folder(from).split('/').for_each(|name| enter(&mut path, name));
    for name in target.split('/') {
        match name {
            "." => {}
            ".." => leave(&mut path),
            _ => enter(&mut path, name),
        }
    }
    match (rooted, path.is_empty()) {
        (true, _) => format!("/{path}"),
        (false, true) => ".".to_owned(),
        (false, false) => path,
    }
}

fn enter(path: &mut String, name: &str) {
    if !name.is_empty() && !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}

/// Takes the last name away, or goes above the first one.
fn leave(path: &mut String) {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    match path.get(start..) {
        Some("" | "..") | None => enter(path, ".."),
        Some(_) => path.truncate(start.saturating_sub(1)),
    }
}

/// How the document at `from` has to write a link to `to`.
pub fn relative(from: &str, to: &str) -> String {
    let mut here = folder(from).split('/').filter(|name| !name.is_empty()).peekable();
    let mut there = to.split('/').filter(|name| !name.is_empty()).peekable();
    while here.peek().is_some() && here.peek() == there.peek() {
        here.next();
        there.next();
    }
    let up = here.map(|_| "..");
    up.chain(there).collect::<Vec<_>>().join("/")
}

/// The folder of a path; empty for a path without one.
pub fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(..at)).unwrap_or("")
}

/// The last name of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The path of an endpoint for comparison: whatever its parameters are called and however they are
/// written, they become `{}`; a query and a slash at the end do not count.
pub fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let shape = crate::plan::path_shape(path);
    if shape.is_empty() { "/".to_owned() } else { shape }
}

/// Whether two documents are about one thing as far as their places tell: they lie in one folder,
/// in folders side by side (`prds/`, `designs/`), or one in a folder beside the other.
pub fn are_together(one: &str, other: &str) -> bool {
    let (one, other) = (folder(one), folder(other));
    let is_above = |upper: &str, lower: &str| !lower.is_empty() && folder(lower) == upper;
    let beside = folder(one) == folder(other) && !one.is_empty() && !other.is_empty();
    one == other || beside || is_above(one, other) || is_above(other, one)
}

/// Whether two documents that lie together are about one feature: their file names begin with the
/// same number.
pub fn are_one_feature(one: &str, other: &str) -> bool {
    let number = feature_number(one);
    number.is_some() && number == feature_number(other) && are_together(one, other)
}

/// The number that the file name of a feature's document begins with.
pub fn feature_number(path: &str) -> Option<&str> {
    let name = file_name(path);
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    // A single digit numbers the parts of one document as well.
    name.get(..end).filter(|digits| digits.len() >= 2)
}

/// `%20` and its like resolved; bytes that make no character are kept as written.
pub fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let decoded = (*first == b'%').then(|| hex(tail)).flatten();
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { tail.get(2..).unwrap_or(&[]) } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A path as a Markdown link can hold it: spaces and parentheses would end it.
pub fn link_encode(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' => text.push_str("%20"),
            '(' => text.push_str("%28"),
            ')' => text.push_str("%29"),
            '#' => text.push_str("%23"),
            '?' => text.push_str("%3F"),
            '%' => text.push_str("%25"),
            _ => text.push(c),
        }
    }
    text
}

fn hex(bytes: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(bytes.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests;
