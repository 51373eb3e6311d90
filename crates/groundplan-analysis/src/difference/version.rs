//! Whether a document says that it breaks with what it was: a raised major version, in its header or
//! in the paths of its endpoints.

use groundplan_model::Document;

use super::{Difference, Verdict};
use crate::changelog::{header_version, version::numbers};

/// How a document says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raise {
    /// By the version of its header.
    Header,
    /// By the version in its paths: `/v1/orders`, `/v2/orders`.
    Path,
}

impl Raise {
    /// `header` or `path`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Path => "path",
        }
    }
}

/// The version that a document's header states.
pub fn stated_version(document: &Document) -> Option<&str> {
    header_version(document)
}

/// Whether something breaks and nothing says so.
pub fn breaks_promise(differences: &[Difference], raise: Option<&Raise>) -> bool {
    raise.is_none() && differences.iter().any(|it| it.judgement.verdict == Verdict::Breaking)
}

/// How the major version was raised; `None` where it was not.
pub(super) fn raised(before: &Document, after: &Document) -> Option<Raise> {
    let header = |it: &Document| header_version(it).and_then(numbers).map(|it| major(&it));
    if header(before).zip(header(after)).is_some_and(|(old, new)| new > old) {
        return Some(Raise::Header);
    }
    let path = |it: &Document| it.endpoints.iter().filter_map(|it| in_path(&it.full_path())).max();
    let is_raised = path(before).zip(path(after)).is_some_and(|(old, new)| new > old);
    is_raised.then_some(Raise::Path)
}

/// What a breaking change raises: the first number, and before 1.0 the second one (Semantic
/// Versioning 2.0.0, item 4).
fn major(numbers: &[u32]) -> (u32, u32) {
    match numbers {
        [0, minor, ..] => (0, *minor),
        [major, ..] => (*major, 0),
        [] => (0, 0),
    }
}

/// 2 of `/api/v2/orders`.
fn in_path(path: &str) -> Option<u32> {
    path.split('/').find_map(|it| it.strip_prefix(['v', 'V'])?.parse().ok())
}
