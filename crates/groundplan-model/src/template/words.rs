//! One name in the ways in which it is written: as a title, in files, in code.

/// A way of writing a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `Data export`: as it was given.
    Plain,
    /// `data-export`
    Kebab,
    /// `data_export`
    Snake,
    /// `DataExport`
    Pascal,
    /// `Data_Export`
    Title,
    /// `DATA_EXPORT`
    Upper,
}

/// `name` written so.
pub fn styled(name: &str, style: Style) -> String {
    let words = words(name);
    let lower = || words.iter().map(|word| word.to_lowercase());
    match style {
        Style::Plain => name.trim().to_owned(),
        Style::Kebab => lower().collect::<Vec<_>>().join("-"),
        Style::Snake => lower().collect::<Vec<_>>().join("_"),
        Style::Pascal => words.iter().map(|word| capital(word)).collect(),
        Style::Title => words.iter().map(|word| capital(word)).collect::<Vec<_>>().join("_"),
        Style::Upper => words.iter().map(|word| word.to_uppercase()).collect::<Vec<_>>().join("_"),
    }
}

/// A name of a file for people: `data-export`, `Data_Export` and `DataExport` are "Data Export".
pub fn spoken(name: &str) -> String {
    words(name).iter().map(|word| capital(word)).collect::<Vec<_>>().join(" ")
}

/// The words of a name, at blanks, signs and capitals: `DataExport v2` is data, export, v2.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if !c.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.push(c);
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
