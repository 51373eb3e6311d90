//! The form of a path: `0xcc/tids/{nnn}_FTID|{Name}.md`, `specs/{nnn}-{name}/plan.md`.

use super::{Known, Style, styled};

/// A form in its parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    /// All but the file's name.
    pub(super) folder: &'a str,
    /// The file's name.
    file: &'a str,
    /// How many digits the number has.
    pub(super) width: Option<usize>,
    /// What stands behind the number: `_` or `-`.
    pub(super) behind: char,
    /// `FTID`
    pub(super) label: Option<&'a str>,
    /// How the name is written.
    pub(super) style: Style,
}

impl<'a> Form<'a> {
    pub(super) fn parse(form: &'a str) -> Self {
        let (folder, file) = form.rsplit_once('/').unwrap_or(("", form));
        let number = number(form);
        let style = match () {
            () if form.contains("{Name}") => Style::Title,
            () if form.contains("{NAME}") => Style::Upper,
            () => Style::Kebab,
        };
        let behind = number.and_then(|it| form.get(it.1..)?.chars().next()).unwrap_or('_');
        let width = number.map(|it| it.1 - it.0 - 2);
        Self { folder, file, width, behind, label: label(file), style }
    }

    /// Whether each feature has a folder of its own.
    pub(super) fn has_place_in_folder(&self) -> bool {
        self.folder.contains('{')
    }

    /// Whether a document is one of this form.
    pub(super) fn is_own(&self, known: &Known<'_>) -> bool {
        let bare = |label: &'_ str| label.strip_prefix('F').unwrap_or(label).to_owned();
        match self.label {
            Some(label) => bare(label) == bare(known.label),
            None => {
                known.label.is_empty() && !known.in_folder && is_alike(self.folder, known.folder)
            }
        }
    }

    /// The file's name.
    pub(super) fn file(
        &self,
        number: Option<&str>,
        label: &str,
        separator: char,
        written: &str,
        name: &str,
    ) -> String {
        let mut file = self.file.to_owned();
        if let (Some((start, end)), Some(number)) = (super::form::number(self.file), number) {
            file.replace_range(start..end, number);
        }
        if let Some(own) = self.label {
            file = file.replacen(own, label, 1);
        }
        let file = file.replacen('|', &separator.to_string(), 1);
        let upper = styled(name, Style::Upper);
        file.replace("{NAME}", &upper).replace("{Name}", written).replace("{name}", written)
    }

    /// The folder with the places in it filled.
    pub(super) fn filled_folder(&self, folder: &str, number: Option<&str>, name: &str) -> String {
        let mut folder = folder.to_owned();
        if let (Some((start, end)), Some(number)) = (super::form::number(&folder), number) {
            folder.replace_range(start..end, number);
        }
        folder.replace("{Name}", name).replace("{name}", name)
    }
}

/// Where `{nnn}` stands.
fn number(form: &str) -> Option<(usize, usize)> {
    let start = form.find("{n")?;
    let inner = form.get(start + 1..)?.split('}').next()?;
    let is_number = inner.chars().all(|c| c == 'n');
    is_number.then_some((start, start + inner.len() + 2))
}

/// The capitals between the number and the name.
fn label(file: &str) -> Option<&str> {
    let rest = file.split_once('}')?.1.strip_prefix('_')?;
    let end = rest.find(['|', '-', '{'])?;
    rest.get(..end).filter(|label| !label.is_empty())
}

/// Whether two folders hold the same kind, as far as their names tell: `docs/adr` and `adrs`.
fn is_alike(one: &str, other: &str) -> bool {
    let last = |path: &str| path.rsplit('/').next().unwrap_or("").trim_end_matches('s').to_owned();
    let is_record = |folder: &str| folder.contains("adr") || folder.contains("decision");
    let (one, other) = (last(one), last(other));
    one == other || is_record(&one) && is_record(&other)
}
