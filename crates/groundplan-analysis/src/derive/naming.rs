//! Names in the spellings of code: `data_export`, `data-export`, `DataExport`, one and many.

#[cfg(test)]
mod tests;

/// The words of a name, in lower case: `APIService` and `api-service` are `api` and `service`.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| chars.get(it));
        let begins = c.is_uppercase()
            && (before.is_some_and(|it| it.is_lowercase() || it.is_ascii_digit())
                || before.is_some_and(|it| it.is_uppercase())
                    && chars.get(at + 1).is_some_and(|it| it.is_lowercase()));
        if !c.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `data_export`
pub(crate) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `data-export`
pub(crate) fn kebab(name: &str) -> String {
    words(name).join("-")
}

/// `DATA_EXPORT`
pub(crate) fn shouted(name: &str) -> String {
    snake(name).to_uppercase()
}

/// `DataExport`
pub(crate) fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capitalised(word)).collect()
}

/// `dataExport`
pub(crate) fn camel(name: &str) -> String {
    let mut words = words(name).into_iter();
    let first = words.next().unwrap_or_default();
    words.fold(first, |name, word| name + &capitalised(&word))
}

/// `Export`; the rest of the word stays as it is.
pub(crate) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// One of what a snake-case name tells of: `export_filters` is `export_filter`.
pub(crate) fn singular(name: &str) -> String {
    const KEPT: [&str; 6] = ["ss", "us", "is", "news", "series", "data"];
    const WITH_ES: [&str; 5] = ["sses", "shes", "ches", "xes", "zzes"];
    if let Some(stem) = name.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if WITH_ES.iter().any(|end| name.ends_with(end)) {
        return name.strip_suffix("es").unwrap_or(name).to_owned();
    }
    let is_kept = KEPT.iter().any(|end| name.ends_with(end));
    name.strip_suffix('s').filter(|stem| !is_kept && !stem.is_empty()).unwrap_or(name).to_owned()
}

/// Several of what a snake-case singular tells of: `entry` is `entries`.
pub(crate) fn plural(name: &str) -> String {
    let vowel = ["ay", "ey", "oy", "uy"].iter().any(|end| name.ends_with(end));
    match name.strip_suffix('y') {
        Some(stem) if !vowel => format!("{stem}ies"),
        _ if ["s", "x", "sh", "ch"].iter().any(|end| name.ends_with(end)) => format!("{name}es"),
        _ if name.ends_with("data") => name.to_owned(),
        _ => format!("{name}s"),
    }
}
