//! Trees of folders: `├── src/  # the code`.

/// The names behind the branches, without remarks.
pub(super) fn nodes(text: &str) -> Vec<String> {
    text.lines().filter_map(name).map(str::to_owned).collect()
}

fn name(line: &str) -> Option<&str> {
    let branch = line.find(['├', '└', '|', '`'])?;
    let arms = line.get(branch..)?.trim_start_matches(['│', '|', ' ', '\u{a0}']);
    let arm = arms.strip_prefix(['├', '└', '`']).unwrap_or(arms);
    let rest = arm.trim_start_matches(['─', '-']);
    let is_branch = rest.len() < arm.len() && rest.starts_with([' ', '\u{a0}']);
    let rest = rest.trim();
    is_branch.then(|| rest.get(..end(rest)).unwrap_or(rest).trim())
}

/// Where the remark behind a name begins: after a tab, two spaces, or a space and its sign.
fn end(rest: &str) -> usize {
    let mut before = 'x';
    for (at, c) in rest.char_indices() {
        let begins = matches!(c, ' ' | '#' | '←' | '<' | '(' | '-' | '—' | '–' | '/' | '✅' | '→');
        if c == '\t' || (before == ' ' && begins) {
            return at;
        }
        before = c;
    }
    rest.len()
}
