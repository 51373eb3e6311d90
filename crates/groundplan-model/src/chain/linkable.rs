//! What chains are told by: a document in full, or its outline.

use std::borrow::Cow;

use crate::paths::percent_decode;
use crate::profile::Kind;
use crate::{Document, links};

/// What a chain has to know of a document.
pub trait Linkable {
    /// Its path.
    fn path(&self) -> &str;
    /// What it is.
    fn kind(&self) -> Kind;
    /// Its family.
    fn profile(&self) -> &str;
    /// Its first heading.
    fn title(&self) -> Option<&str>;
    /// The documents that it says it was made from, as it writes their paths.
    fn sources(&self) -> impl Iterator<Item = &str>;
    /// Paths that its header fields link to or name.
    fn header_links(&self) -> Cow<'_, [String]>;
}

impl Linkable for Document {
    fn path(&self) -> &str {
        self.source.path()
    }

    fn kind(&self) -> Kind {
        self.classification.kind
    }

    fn profile(&self) -> &str {
        &self.classification.profile
    }

    fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|it| it.text.as_str())
    }

    fn sources(&self) -> impl Iterator<Item = &str> {
        self.provenance.iter().flat_map(|it| &it.sources).map(|it| it.path.as_str())
    }

    fn header_links(&self) -> Cow<'_, [String]> {
        Cow::Owned(header_links(self))
    }
}

/// Paths that header fields link to or name.
pub(crate) fn header_links(document: &Document) -> Vec<String> {
    let is_in_header =
        |start: u32| document.header.iter().any(|it| it.span.start <= start && start < it.span.end);
    let linked = document.links.iter().filter(|it| is_in_header(it.span.start));
    let linked = linked.filter_map(|it| links::local(&it.target)).map(|it| it.path);
    let named = document.file_mentions.iter().filter(|it| is_in_header(it.span.start));
    linked.chain(named.map(|it| percent_decode(&it.target))).filter(|it| !it.is_empty()).collect()
}
