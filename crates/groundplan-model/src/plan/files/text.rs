//! What cells and sentences say of a file in a request.

/// Whether a request cell says that the body is a file: `multipart/form-data: file`.
pub(super) fn is_file(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    let says = ["multipart", "form-data", "octet-stream", "form data"];
    says.iter().any(|it| cell.contains(it))
        || ["file", "binary", "upload"].iter().any(|it| has_word(&cell, it))
}

/// Whether `text` has the word, in any case.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    words(text).any(|it| it.eq_ignore_ascii_case(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|it| !it.is_empty())
}

/// `picture` of `multipart/form-data: picture`; of several names the one that is most like a file.
pub(super) fn part_of_cell(cell: &str) -> Option<String> {
    let (before, names) = cell.split_once([':', '(', '{'])?;
    if !before.to_lowercase().contains("form") {
        return None;
    }
    let names = names.split([',', ';', '+']).filter_map(|it| {
        let name = it.trim().trim_matches(|c: char| !c.is_alphanumeric());
        let name = name.split([' ', ':', '=', '(']).next().unwrap_or_default();
        is_name(name).then_some(name)
    });
    let names: Vec<&str> = names.collect();
    let like = |name: &&&str| name.to_lowercase().contains("file");
    names.iter().find(like).or_else(|| names.first()).map(|it| (*it).to_owned())
}

/// `picture` of "one part `picture`", "the field `picture`".
pub(super) fn part_of_sentence(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let named = ["part `", "field `", "part named `", "field named `"].iter().find_map(|it| {
        let start = lower.find(it)? + it.len();
        let name = text.get(start..)?.split('`').next()?;
        is_name(name).then(|| name.to_owned())
    });
    named.filter(|_| lower.contains("multipart") || lower.contains("upload"))
}

fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.len() <= 64 && text.chars().all(fits)
}
