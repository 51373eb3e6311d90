//! What a key of a configuration file is: its name, what it may hold, and what it is for.
//!
//! The reader, the schema and the manual are made from the same table of these, [`super::KEYS`].

use groundplan_analysis::Defined;
use groundplan_model::profile::Kind;

/// A key.
pub(crate) struct Key {
    /// Its name in its table.
    pub(crate) name: &'static str,
    /// What it may hold.
    pub(crate) shape: Shape,
    /// What counts where it is not set, as it would be written; empty where that is nothing.
    pub(crate) default: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
    /// A value, as it is written.
    pub(crate) example: &'static str,
}

/// What a key may hold.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number from 0.
    Count,
    /// A list of texts.
    Texts,
    /// A list of patterns of paths.
    Globs,
    /// A list of rules and groups.
    Rules,
    /// A regular expression.
    Pattern,
    /// A day: `2027-01-31`.
    Day,
    /// One of several words.
    OneOf(fn() -> Vec<&'static str>),
    /// A list of kinds of documents and patterns of paths.
    Documents,
    /// A list of words, or of lists of words of which one is enough.
    Levels(fn() -> Vec<&'static str>),
    /// Words by rule or group.
    ByRule(fn() -> Vec<&'static str>),
    /// Any names, each with something of one shape.
    Named(&'static Shape),
    /// A table of keys.
    Table(&'static [Key]),
    /// Several tables of keys: `[[name]]`.
    Tables(&'static [Key]),
}

impl Shape {
    /// What is expected, in a message.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Count => "a number from 0".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Globs => "a list of patterns of paths".to_owned(),
            Self::Rules => "a list of rules and groups".to_owned(),
            Self::Pattern => "a regular expression".to_owned(),
            Self::Day => "a day".to_owned(),
            Self::OneOf(words) => one_of(&words()),
            Self::Documents => "a list of kinds of documents and patterns of paths".to_owned(),
            Self::Levels(words) => format!("a list, each {}, or a list of them", one_of(&words())),
            Self::ByRule(words) => {
                format!("a table of rules and groups, each {}", one_of(&words()))
            }
            Self::Named(shape) => format!("a table of names, each {}", shape.expected()),
            Self::Table(_) => "a table".to_owned(),
            Self::Tables(_) => "a list of tables".to_owned(),
        }
    }
}

/// "one of `a`, `b`"
fn one_of(words: &[&str]) -> String {
    format!("one of `{}`", words.join("`, `"))
}

/// The names of all kinds of documents, and the short ones that teams use for some of them.
pub(crate) fn kinds() -> Vec<&'static str> {
    let names = Kind::ALL.iter().map(|it| it.as_str());
    names.chain(SHORT.iter().map(|it| it.0)).collect()
}

/// Short names of kinds.
const SHORT: [(&str, Kind); 5] = [
    ("tdd", Kind::TechnicalDesign),
    ("tid", Kind::ImplementationDocument),
    ("tasks", Kind::TaskList),
    ("adr", Kind::DecisionRecord),
    ("spec", Kind::Specification),
];

/// The kind of this name.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    let long = Kind::ALL.iter().find(|it| it.as_str() == name).copied();
    long.or_else(|| SHORT.iter().find(|it| it.0 == name).map(|it| it.1))
}

/// The words for how much a finding matters.
pub(crate) fn severities() -> Vec<&'static str> {
    vec!["error", "warning", "info"]
}

/// The same, and the word for not at all.
pub(crate) fn severities_or_off() -> Vec<&'static str> {
    vec!["error", "warning", "info", "off"]
}

/// The words for what a cell may have to name.
pub(crate) fn defined() -> Vec<&'static str> {
    Defined::ALL.iter().map(|it| it.as_str()).collect()
}

/// The words for where a requirement may have to be covered.
pub(crate) fn levels() -> Vec<&'static str> {
    groundplan_model::policy::Level::ALL.iter().map(|it| it.as_str()).collect()
}

/// The words for whether writes are recorded.
pub(crate) fn audits() -> Vec<&'static str> {
    vec!["auto", "on", "off"]
}

/// The words for the form of a service's log.
pub(crate) fn log_forms() -> Vec<&'static str> {
    vec!["text", "json"]
}
