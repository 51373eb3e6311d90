//! Simple patterns, matched folder by folder: a regular expression for each took longer to build than
//! most runs ask of it.

/// More folders of any depth are left to regular expressions, which never take long.
const MOST_DEPTHS: usize = 2;

/// Whether a pattern is made of names, `*`, sets such as `[0-9]` and folders of any depth only.
pub(super) fn are_enough(pattern: &str) -> bool {
    let parts = || pattern.split('/');
    let is_plain = |part: &str| part == "**" || !part.contains("**") && set_is_plain(part);
    !pattern.contains(['{', '}', '\\', '?', '!', '^'])
        && parts().all(is_plain)
        && parts().filter(|part| *part == "**").count() <= MOST_DEPTHS
        && !pattern.ends_with("**")
}

/// Whether every bracket of a part opens or closes a set of ASCII that is not empty.
fn set_is_plain(part: &str) -> bool {
    part.split('[').enumerate().all(|(at, rest)| match rest.split_once(']') {
        Some((set, after)) => at > 0 && !set.is_empty() && set.is_ascii() && !after.contains(']'),
        None => at == 0,
    })
}

/// Whether `path` is one of those that a simple pattern means.
pub(super) fn match_path(pattern: &str, path: &str) -> bool {
    match pattern.split_once('/') {
        Some(("**", rest)) => {
            let starts = path.match_indices('/').map(|(at, _)| at + 1);
            let mut tails = std::iter::once(0).chain(starts).filter_map(|at| path.get(at..));
            tails.any(|tail| may_begin(rest, tail) && match_path(rest, tail))
        }
        Some((part, rest)) => path.split_once('/').is_some_and(|(name, tail)| {
            match_name(part.as_bytes(), name.as_bytes()) && match_path(rest, tail)
        }),
        None => !path.contains('/') && match_name(pattern.as_bytes(), path.as_bytes()),
    }
}

/// Whether the first letter of `path` is one that a pattern means: mostly it is not, and nothing else
/// has to be looked at.
fn may_begin(pattern: &str, path: &str) -> bool {
    let first = pattern.bytes().next();
    matches!(first, None | Some(b'*' | b'[')) || first == path.bytes().next()
}

/// Whether `name` is one of those that a part of a pattern means. Of several stars only the last one
/// is ever tried anew, so that no name takes long.
fn match_name(part: &[u8], name: &[u8]) -> bool {
    let (mut part, mut name) = (part, name);
    let mut star: Option<(&[u8], &[u8])> = None;
    loop {
        if let Some(rest) = part.strip_prefix(b"*") {
            star = Some((rest, name));
            part = rest;
        } else if let Some((rest, tail)) = step(part, name) {
            (part, name) = (rest, tail);
        } else if part.is_empty() && name.is_empty() {
            return true;
        } else if let Some((rest, [_, tail @ ..])) = star {
            star = Some((rest, tail));
            (part, name) = (rest, tail);
        } else {
            return false;
        }
    }
}

/// What is left of both after one letter or set of `part` and one letter of `name`.
fn step<'a>(part: &'a [u8], name: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (letter, tail) = name.split_first()?;
    let (first, rest) = part.split_first()?;
    if *first != b'[' {
        return (first == letter).then_some((rest, tail));
    }
    let end = rest.iter().position(|byte| *byte == b']')?;
    holds(rest.get(..end)?, *letter).then_some((rest.get(end + 1..)?, tail))
}

/// Whether a set such as `0-9_` holds a letter.
fn holds(set: &[u8], letter: u8) -> bool {
    match set {
        [from, b'-', to, rest @ ..] => (*from..=*to).contains(&letter) || holds(rest, letter),
        [one, rest @ ..] => *one == letter || holds(rest, letter),
        [] => false,
    }
}
