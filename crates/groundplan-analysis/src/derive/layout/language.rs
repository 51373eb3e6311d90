//! A language's usual layout, and what tells that a design is written for it.

use groundplan_model::Workspace;
use groundplan_model::profile::Kind;

use super::{ALL, StatedFile};
use crate::derive::design::Design;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Entry,
    Settings,
    Controller,
    Health,
    Guards,
    Service,
    Model,
    Requests,
    Responses,
    Repository,
    Errors,
    Helper,
    Program,
    Client,
    UnitTest,
    IntegrationTest,
    FlowTest,
    LoadTest,
    Fixtures,
    Factories,
    Migration,
    Setup,
    Generator,
    Dockerfile,
    Alerts,
    Dashboards,
}

/// A language with its usual layout.
pub(crate) struct Language {
    /// Its name for people.
    pub(crate) name: &'static str,
    /// How fences call it.
    pub(crate) fence: &'static str,
    /// Ending of its files.
    pub(crate) extension: &'static str,
    /// How fences and texts name it and what is only written in it, in lower case.
    pub(crate) words: &'static [&'static str],
    /// The folder of a feature's sources.
    pub(crate) root: &'static str,
    /// A file that makes a folder a package.
    pub(crate) package_file: Option<&'static str>,
    /// The files that list libraries, and what each holds.
    pub(crate) manifests: &'static [(&'static str, &'static str)],
    /// Spelling of file names.
    pub(crate) case: fn(&str) -> String,
    /// One pattern a role.
    pub(crate) patterns: &'static [(Role, &'static str)],
    /// Begins a comment.
    pub(crate) comment: &'static str,
    /// Tools that its projects are tested and checked with.
    pub(crate) tools: &'static str,
    /// A base image for containers; `{version}` is the language's.
    pub(crate) image: Option<&'static str>,
}

impl Language {
    /// The usual path of a file with this role.
    pub(crate) fn pattern(&self, role: Role) -> &'static str {
        let found = |it: &Language| it.patterns.iter().find(|it| it.0 == role).map(|it| it.1);
        found(self).or_else(|| found(&super::neutral::IT)).unwrap_or("{root}/{one}")
    }
}

/// The language that most speaks for: stated paths, then the names of frameworks (types are often
/// sketched in another language), then blocks of code, then the decisions of the workspace.
pub(super) fn of(
    design: &Design<'_>,
    workspace: &Workspace<'_>,
    stated: &[StatedFile],
) -> Option<&'static Language> {
    let files =
        |it: &Language| stated.iter().filter(|file| ends_with(&file.path, it.extension)).count();
    let text = design.document.source.text().to_lowercase();
    // One framework may be named in passing; two are a stack.
    let frameworks = |it: &Language| {
        let named = it.words.iter().filter(|word| count(&text, word) > 0).count();
        if named < 2 { 0 } else { named }
    };
    let fences = |it: &Language| {
        design.code.languages.iter().filter(|own| it.words.contains(&own.as_str())).count()
    };
    let words = |it: &Language| it.words.iter().map(|word| count(&text, word)).sum();
    best(&files)
        .or_else(|| best(&frameworks))
        .or_else(|| best(&fences))
        .or_else(|| best(&words))
        .or_else(|| decided(workspace))
}

/// The language of the workspace's decision records.
fn decided(workspace: &Workspace<'_>) -> Option<&'static Language> {
    let records = workspace.documents.iter();
    let records = records.filter(|it| it.classification.kind == Kind::DecisionRecord);
    let choices = records.flat_map(|it| it.decisions.iter().filter_map(|it| it.choice.as_ref()));
    let choices: Vec<String> = choices.map(|choice| choice.to_lowercase()).collect();
    best(&|it| {
        let words = |text: &String| it.words.iter().map(|word| count(text, word)).sum::<usize>();
        choices.iter().map(words).sum()
    })
}

/// The language with most votes; the earlier one of two that have as many.
fn best(votes: &dyn Fn(&Language) -> usize) -> Option<&'static Language> {
    let known = ALL.iter().copied().filter(|it| !it.extension.is_empty());
    let counted = known.map(|it| (votes(it), it)).filter(|(count, _)| *count > 0);
    counted.reduce(|one, other| if other.0 > one.0 { other } else { one }).map(|it| it.1)
}

fn ends_with(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.trim_end_matches('x') == extension)
}

/// How often `word` stands in `text` as a word of its own.
fn count(text: &str, word: &str) -> usize {
    // Words of English as well, and names of blocks: there only endings and blocks speak.
    if ["go", "rust", "java", "py", "ts", "tsx", "js", "rs"].contains(&word) {
        return 0;
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |at: &usize| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    };
    text.match_indices(word).map(|(at, _)| at).filter(whole).count()
}
