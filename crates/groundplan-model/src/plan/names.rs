//! Names in their spellings: plural and singular, kebab, camel and snake case, and verbs with what
//! they lead to.

#[cfg(test)]
mod tests;

/// Plurals that no ending tells; also words that have none.
const IRREGULAR: [(&str, &str); 10] = [
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("data", "data"),
    ("media", "media"),
    ("news", "news"),
    ("series", "series"),
    ("indices", "index"),
    ("analyses", "analysis"),
];

/// `export_filters` to `export_filter`; a word that is singular stays.
pub(super) fn singular(name: &str) -> String {
    let (lead, word) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    format!("{lead}{}", singular_word(word))
}

fn singular_word(word: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    // "addresses", "dishes", "boxes": the ending is "es". "houses", "sizes", "caches" are spelled
    // with an "e" of their own, which only a list can tell from "buses" and "batches".
    const WITH_E: [&str; 8] =
        ["caches", "niches", "houses", "causes", "clauses", "uses", "licenses", "warehouses"];
    let ends = ["sses", "shes", "ches", "xes", "uses"].iter().any(|ending| word.ends_with(ending));
    if ends && !WITH_E.contains(&word) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    let keeps = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(stem) if !keeps && !stem.is_empty() => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// `exportFilters`, `export-filters` and `ExportFilters` to `export_filters`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    let mut before_lower = false;
    for c in name.chars() {
        if c == '-' || c == '_' || c == ' ' {
            snake.push('_');
            before_lower = false;
            continue;
        }
        if c.is_uppercase() && before_lower {
            snake.push('_');
        }
        before_lower = c.is_lowercase() || c.is_ascii_digit();
        snake.extend(c.to_lowercase());
    }
    snake
}

/// `created_at` to `createdAt`.
pub(super) fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |name, part| name + &capitalised(part))
}

/// `filter` to `Filter`.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The states that a verb of a path can lead to: by `verbs.tsv`, and its regular participle.
pub(super) fn states_of(verb: &str) -> Vec<String> {
    let lines = include_str!("verbs.tsv").lines().filter_map(|line| line.split_once('\t'));
    let listed = lines.filter(|(name, _)| *name == verb).flat_map(|(_, states)| states.split('|'));
    let mut states: Vec<String> = listed.map(str::to_owned).collect();
    states.push(match verb.strip_suffix('y') {
        Some(stem) => format!("{stem}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{verb}ed"),
    });
    states
}
