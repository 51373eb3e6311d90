//! Trees of folders: `├── src/  # the code`.

const BRANCHES: [&str; 6] = ["├── ", "└── ", "├─ ", "└─ ", "|-- ", "`-- "];

/// The names behind the branches, without remarks.
pub(super) fn nodes(text: &str) -> Vec<String> {
    text.lines().filter_map(name).map(str::to_owned).collect()
}

fn name(line: &str) -> Option<&str> {
    let places = BRANCHES.iter().filter_map(|it| Some(line.find(it)? + it.len()));
    let rest = line.get(places.min()?..)?.trim();
    let ends = ["  ", " #", " ←", " <-", " --", " —", " (", "\t", " //", " ✅"];
    let end = ends.iter().filter_map(|it| rest.find(it)).min().unwrap_or(rest.len());
    rest.get(..end).map(str::trim)
}
