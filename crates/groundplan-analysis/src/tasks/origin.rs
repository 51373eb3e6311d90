//! The comment at a list's end that remembers which task stands for which facts, and how task and
//! facts read when they were derived.
//!
//! ```text
//! <!-- groundplan tasks
//! 1.0 - - group Schema and settings
//! 1.1 91ab3f2a9c01d4e5 77cd3f2a9c01d4e5 table orders; index ix_orders_created
//! -->
//! ```

use std::fmt::Write as _;

use groundplan_model::provenance::Digest;
use groundplan_syntax::{Source, Span};

const OPEN: &str = "<!-- groundplan tasks\n";
const CLOSE: &str = "-->";

/// Begins the key of a group.
pub(super) const GROUP: &str = "group ";

/// Begins the key of a task that asks to look at a finished one again.
pub(super) const RECHECK: &str = "recheck ";

/// Where one task comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) id: String,
    /// What its title was; nothing for a group.
    pub(super) title: Option<Digest>,
    /// What its facts were.
    pub(super) facts: Option<Digest>,
    pub(super) keys: Vec<String>,
}

impl Origin {
    pub(super) fn is_derived(&self) -> bool {
        let own = |key: &String| !key.starts_with(GROUP) && !key.starts_with(RECHECK);
        self.keys.first().is_some_and(own)
    }
}

/// The origins of a list, with the place of their comment.
pub(super) fn read(source: &Source) -> Option<(Vec<Origin>, Span)> {
    let text = source.text();
    let start = text.rfind(OPEN)?;
    let body = text.get(start + OPEN.len()..)?;
    let len = body.find(CLOSE)?;
    let origins = body.get(..len)?.lines().filter_map(origin).collect();
    Some((origins, Span::new(start, start + OPEN.len() + len + CLOSE.len())))
}

fn origin(line: &str) -> Option<Origin> {
    let mut parts = line.splitn(4, ' ');
    let (id, title, facts) = (parts.next()?, parts.next()?, parts.next()?);
    let keys = parts.next()?.split("; ").map(str::to_owned).collect();
    Some(Origin { id: id.to_owned(), title: title.parse().ok(), facts: facts.parse().ok(), keys })
}

/// The comment, without a line break at its end.
pub(super) fn written(origins: &[Origin]) -> String {
    let mut text = OPEN.to_owned();
    let digest = |it: Option<Digest>| it.map_or_else(|| "-".to_owned(), |it| it.to_string());
    for Origin { id, title, facts, keys } in origins {
        let keys = keys.join("; ");
        let _ = writeln!(text, "{id} {} {} {keys}", digest(*title), digest(*facts));
    }
    text + CLOSE
}
