//! Where a new document goes, and which number it gets, by what is there already.
//!
//! A form is a path with places: `{nnn}` is a number of that many digits, `{name}`, `{Name}` and
//! `{NAME}` the name in three styles, and `|` the separator that becomes `-` where no file of the
//! workspace has a bar in its name. Reading folders and branches happens elsewhere.

mod form;
mod known;

use super::words::{Style, spoken, styled};
use form::Form;
use known::Known;

/// What decides about a path. All paths are from the workspace's root, with `/`.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'a> {
    /// The form of the template's documents.
    pub form: &'a str,
    /// The forms of the other kinds of the family.
    pub family: &'a [&'a str],
    /// The documents of the workspace.
    pub here: &'a [String],
    /// Documents of other branches and working trees: their numbers are taken, too.
    pub elsewhere: &'a [String],
    /// The document that the new one is made from.
    pub from: Option<&'a str>,
}

/// Where a new document may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its path.
    pub path: String,
    /// Its number; `None` where the form has none.
    pub number: Option<String>,
}

/// From here on numbers are for other things, such as `999_COMPREHENSIVE_TEST_PLAN`.
const SPECIAL: u32 = 900;

impl Naming<'_> {
    /// The path of a document named `name`, with this number or the next one that is free. A
    /// document of the same name, or the one that it is made from, shares its number with it: both
    /// are about one feature.
    pub fn propose(&self, name: &str, number: Option<u32>) -> Proposal {
        let form = Form::parse(self.form);
        let from = self.from.and_then(|path| Known::parse(path, &form));
        let known: Vec<Known<'_>> = known(self.here, &form);
        let folder = self.folder(&form, from.as_ref(), &known);
        let number = number.or_else(|| self.shared(name, from.as_ref(), &known, &form));
        let number = number.unwrap_or_else(|| self.next(&form, &folder));
        let number = form.width.map(|width| format!("{number:0width$}"));
        let style = self.style(&form, &known);
        let written = match from.as_ref().filter(|it| is_same(it.name, name)) {
            Some(from) => from.name.to_owned(),
            None => styled(name, style),
        };
        let label = self.label(&form, from.as_ref(), &known);
        let file = form.file(number.as_deref(), &label, self.separator(), &written, name);
        let folder = form.filled_folder(&folder, number.as_deref(), &written);
        let path = if folder.is_empty() { file } else { format!("{folder}/{file}") };
        Proposal { path, number }
    }

    /// The name of the feature of the document that the new one is made from, as its path tells it:
    /// "Data Export" for `docs/001_PRD-data-export.md` and for `specs/001-data-export/spec.md`.
    pub fn name(&self) -> Option<String> {
        let known = Known::parse(self.from?, &Form::parse(self.form))?;
        Some(spoken(known.name)).filter(|name| !name.is_empty())
    }

    /// Whether the document at `path` has this form, its label spelled alike.
    pub fn fits(form: &str, path: &str) -> bool {
        let form = Form::parse(form);
        let known = Known::parse(path, &form);
        known.is_some_and(|it| match form.label {
            Some(label) => label == it.label,
            None => it.in_folder || form.is_own(&it),
        })
    }

    /// Whether file names of the workspace have bars in them.
    fn separator(&self) -> char {
        let has_bar = |path: &String| path.contains('|');
        let all = self.here.iter().chain(self.elsewhere);
        let from = self.from.is_some_and(|it| it.contains('|'));
        if from || all.into_iter().any(has_bar) { '|' } else { '-' }
    }

    /// The folder: where documents of the kind lie, or beside those of the family.
    fn folder(&self, form: &Form<'_>, from: Option<&Known<'_>>, known: &[Known<'_>]) -> String {
        if form.has_place_in_folder() {
            return match from.filter(|it| it.in_folder) {
                Some(from) => from.folder.to_owned(),
                None => form.folder.to_owned(),
            };
        }
        let own = known.iter().rev().find(|it| form.is_own(it));
        if let Some(own) = own
            .filter(|own| from.is_none_or(|it| it.folder == own.folder || own.root() == it.root()))
        {
            return own.folder.to_owned();
        }
        let beside = from.or(known.last()).filter(|_| form.label.is_some());
        beside.map_or_else(|| form.folder.to_owned(), |it| self.beside(form, it))
    }

    /// The folder beside a document of the family: `0xcc/tids` beside `0xcc/tdds`, and the same
    /// folder where kinds are not kept apart.
    fn beside(&self, form: &Form<'_>, other: &Known<'_>) -> String {
        let last = |path: &str| path.rsplit('/').next().unwrap_or("").to_owned();
        let is_apart = self
            .family
            .iter()
            .map(|it| Form::parse(it))
            .any(|sibling| sibling.is_own(other) && last(sibling.folder) == last(other.folder));
        let kinds: Vec<String> =
            self.family.iter().map(|it| Form::parse(it).folder.to_owned()).collect();
        let are_apart = kinds.iter().any(|it| it != form.folder);
        match (is_apart && are_apart, other.root()) {
            (false, _) => other.folder.to_owned(),
            (true, "") => last(form.folder),
            (true, root) => format!("{root}/{}", last(form.folder)),
        }
    }

    /// The number that the feature has already.
    fn shared(
        &self,
        name: &str,
        from: Option<&Known<'_>>,
        known: &[Known<'_>],
        form: &Form<'_>,
    ) -> Option<u32> {
        if form.label.is_none() && !form.has_place_in_folder() {
            return None;
        }
        // The project's own documents have number 0.
        let numbered = |it: &&Known<'_>| it.number > 0;
        let same = || known.iter().filter(numbered).find(|it| is_same(it.name, name));
        from.filter(numbered).or_else(same).map(|it| it.number)
    }

    /// The number after all that are taken, here and elsewhere.
    fn next(&self, form: &Form<'_>, folder: &str) -> u32 {
        let here = known(self.here, form);
        let elsewhere = known(self.elsewhere, form);
        let all = here.iter().chain(&elsewhere);
        // Features share their numbers; decisions and the like have their own.
        let is_counted = |it: &&Known<'_>| match form.label {
            Some(label) if is_feature(label).is_some() => is_feature(it.label).is_some(),
            Some(label) => it.label == label,
            None => it.in_folder || it.folder == folder,
        };
        let counts = all.filter(is_counted);
        let is_plain = |number: &u32| form.width != Some(3) || *number < SPECIAL;
        counts.map(|it| it.number).filter(is_plain).max().unwrap_or(0) + 1
    }

    /// How names are written: as most documents of the family do, or as the form does.
    fn style(&self, form: &Form<'_>, known: &[Known<'_>]) -> Style {
        if form.label.is_none() {
            return form.style;
        }
        let styles = [Style::Kebab, Style::Title, Style::Pascal, Style::Snake];
        let count = |style: Style| {
            let fits = |it: &&Known<'_>| styled(it.name, style) == it.name;
            known.iter().filter(fits).count()
        };
        let best = styles.into_iter().rev().max_by_key(|style| count(*style));
        best.filter(|style| count(*style) > 0).unwrap_or(form.style)
    }

    /// `FTID` or `TID`: as the document that it is made from has it, or else the family.
    fn label(&self, form: &Form<'_>, from: Option<&Known<'_>>, known: &[Known<'_>]) -> String {
        let Some(label) = form.label else { return String::new() };
        let others = from.into_iter().chain(known.iter().rev());
        let mut marks = others.filter_map(|it| is_feature(it.label));
        let bare = label.strip_prefix('F').unwrap_or(label);
        match (marks.next(), is_feature(label)) {
            (Some(true), Some(_)) => format!("F{bare}"),
            (Some(false), Some(_)) => bare.to_owned(),
            _ => label.to_owned(),
        }
    }
}

/// Whether a label of a feature's document says so with an `F`; `None` for other labels.
fn is_feature(label: &str) -> Option<bool> {
    const FEATURES: [&str; 5] = ["PRD", "TDD", "TID", "TASKS", "SPEC"];
    match label.strip_prefix('F') {
        Some(rest) if FEATURES.contains(&rest) => Some(true),
        _ => FEATURES.contains(&label).then_some(false),
    }
}

fn known<'a>(paths: &'a [String], form: &Form<'_>) -> Vec<Known<'a>> {
    paths.iter().filter_map(|path| Known::parse(path, form)).collect()
}

/// Whether two spellings are one name.
fn is_same(one: &str, other: &str) -> bool {
    styled(one, Style::Upper) == styled(other, Style::Upper)
}
