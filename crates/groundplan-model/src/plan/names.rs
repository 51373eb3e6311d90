//! Names in their spellings: plural and singular, kebab, camel and snake case, and verbs with what
//! they lead to.

#[cfg(test)]
mod tests;

/// Plurals that no ending tells.
const IRREGULAR: [(&str, &str); 31] = [
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("mice", "mouse"),
    ("feet", "foot"),
    ("criteria", "criterion"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("appendices", "appendix"),
    ("axes", "axis"),
    ("analyses", "analysis"),
    ("diagnoses", "diagnosis"),
    ("hypotheses", "hypothesis"),
    ("aliases", "alias"),
    ("canvases", "canvas"),
    ("biases", "bias"),
    ("lenses", "lens"),
    ("quizzes", "quiz"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("calories", "calorie"),
    ("shelves", "shelf"),
    ("halves", "half"),
    ("knives", "knife"),
    ("lives", "life"),
    ("heroes", "hero"),
    ("vetoes", "veto"),
    ("echoes", "echo"),
    ("potatoes", "potato"),
];

/// Words that are their own plural, or end in "s" without being one.
const SAME: [&str; 15] = [
    "data", "media", "news", "series", "species", "alias", "canvas", "bias", "atlas", "gas",
    "lens", "https", "dns", "sms", "gps",
];

/// Words in "-ches" and "-uses" whose singular ends in "e", against the rule for their ending.
const WITH_E: [&str; 6] = ["niches", "uses", "fuses", "excuses", "abuses", "refuses"];

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
    if SAME.contains(&word) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let keeps = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    let ending = if adds_es(word) { "es" } else { "s" };
    match word.strip_suffix(ending) {
        Some(stem) if !keeps && !stem.is_empty() => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether the plural is made with "es": "addresses", "dishes", "boxes", "batches", "coaches" and
/// "statuses", not "caches", "houses" and "causes", which have an "e" of their own.
fn adds_es(word: &str) -> bool {
    if WITH_E.contains(&word) {
        return false;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let before = |ending: &str| word.strip_suffix(ending).and_then(|it| it.chars().next_back());
    match () {
        () if ends(&["sses", "shes", "xes"]) => true,
        () if ends(&["eaches", "oaches", "eeches"]) => true,
        // One "a" before "ches" is long: "caches", "aches".
        () if ends(&["ches"]) => before("ches") != Some('a') || ends(&["taches"]),
        () if ends(&["uses"]) => !matches!(before("uses"), Some('a' | 'e' | 'o')),
        () => false,
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

/// The state of what a verb has begun: `downloading` for `download`, `publishing` for `publish`.
pub(super) fn ongoing(verb: &str) -> [String; 2] {
    let stem = verb.strip_suffix('e').filter(|it| !it.ends_with('e')).unwrap_or(verb);
    // "running", "shipping": the last letter may be doubled.
    let last = verb.chars().next_back().unwrap_or_default();
    [format!("{stem}ing"), format!("{verb}{last}ing")]
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
