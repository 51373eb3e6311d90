//! A path in its parts: number, label, name.

use super::form::Form;

/// A document of a numbered family.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    /// The folder that it lies in.
    pub(super) folder: &'a str,
    /// Its number.
    pub(super) number: u32,
    /// `FTDD`; empty without one.
    pub(super) label: &'a str,
    /// What follows: `Data_Export`.
    pub(super) name: &'a str,
    /// Whether number and name are those of the folder.
    pub(super) in_folder: bool,
}

impl<'a> Known<'a> {
    /// The parts of a path, where it is one of `form`'s family.
    pub(super) fn parse(path: &'a str, form: &Form<'_>) -> Option<Self> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        if form.has_place_in_folder() {
            return Self::of_folder(folder, form);
        }
        let stem = file.strip_suffix(".md").or_else(|| file.strip_suffix(".markdown"))?;
        let (number, rest) = match form.width {
            Some(width) => numbered(stem, width)?,
            None => return None,
        };
        let rest = rest.strip_prefix(form.behind)?;
        if form.label.is_none() {
            return Some(Self { folder, number, label: "", name: rest, in_folder: false });
        }
        let end = rest.find(['|', '-']).unwrap_or(rest.len());
        let (label, name) = (rest.get(..end)?, rest.get(end + 1..).unwrap_or(""));
        let is_label = |c: char| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit();
        let is_labelled = !label.is_empty() && label.chars().all(is_label);
        is_labelled.then_some(Self { folder, number, label, name, in_folder: false })
    }

    /// `specs/001-export` of `specs/001-export/plan.md`, by `specs/{nnn}-{name}`.
    fn of_folder(folder: &'a str, form: &Form<'_>) -> Option<Self> {
        let (before, _) = form.folder.rsplit_once('/').unwrap_or(("", form.folder));
        let (parent, last) = folder.rsplit_once('/').unwrap_or(("", folder));
        if parent != before && !parent.ends_with(&format!("/{before}")) {
            return None;
        }
        let (number, name) = match form.width {
            Some(width) => {
                let (number, rest) = numbered(last, width)?;
                (number, rest.strip_prefix(form.behind)?)
            }
            None => (0, last),
        };
        Some(Self { folder, number, label: "", name, in_folder: true })
    }

    /// The folder above its own.
    pub(super) fn root(&self) -> &'a str {
        self.folder.rsplit_once('/').map_or("", |it| it.0)
    }
}

/// The number in exactly `width` digits, and what follows.
fn numbered(text: &str, width: usize) -> Option<(u32, &str)> {
    let digits = text.get(..width)?;
    let rest = text.get(width..)?;
    let is_number = digits.bytes().all(|it| it.is_ascii_digit());
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
    (is_number && ends).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}
