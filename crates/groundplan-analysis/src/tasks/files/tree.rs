//! The paths that a drawn tree of folders stands for.

/// Full paths of the names behind the branches. The folder on top of the tree is the repository
/// itself, unless a path that is `named` elsewhere begins with it.
pub(in crate::tasks) fn paths(text: &str, named: &[String]) -> Vec<String> {
    let mut paths = Vec::new();
    let mut above: Vec<(usize, String)> = Vec::new();
    for line in text.lines() {
        let Some((column, name)) = branch(line) else {
            let top = line.trim();
            if top.ends_with('/') && named.iter().any(|it| it.starts_with(top)) {
                above = vec![(0, top.trim_end_matches('/').to_owned())];
            }
            continue;
        };
        above.retain(|(known, _)| *known < column);
        let mut parts: Vec<&str> = above.iter().map(|(_, name)| name.as_str()).collect();
        parts.push(name);
        paths.push(parts.join("/"));
        above.push((column, name.trim_end_matches('/').to_owned()));
    }
    paths
}

/// How far right a name stands, from 1, and the name without a remark.
fn branch(line: &str) -> Option<(usize, &str)> {
    let at = line.find(['├', '└'])?;
    let column = line.get(..at)?.chars().count() + 1;
    let name = line.get(at..)?.trim_start_matches(['├', '└', '─', '-', ' ', '\u{a0}']);
    let name = name.split([' ', '\t', '\u{a0}']).next()?;
    (!name.is_empty()).then_some((column, name))
}
