//! A rule's page, taken apart: its sections and their fences.

use groundplan_syntax::{Kind, Source, Span, parse};

/// A fence of a page.
pub(super) struct Fence {
    /// The first word of the info string.
    pub(super) kind: String,
    /// `path=…`, `encoding=…`.
    pub(super) options: Vec<(String, String)>,
    pub(super) content: String,
    /// Where the content stands in the page.
    pub(super) span: Span,
}

/// A part of a page under a heading of level two.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) fences: Vec<Fence>,
}

/// The parts of a page, in order.
pub(super) fn parts(page: &str) -> Vec<Part> {
    let source = Source::new("page.md", page);
    let tree = parse(&source);
    let mut found: Vec<Part> = Vec::new();
    for node in tree.children(tree.root()) {
        match tree.kind(node) {
            Kind::Heading(2) => {
                let title = tree.text(node, page).into_owned();
                found.push(Part { title, fences: Vec::new() });
            }
            Kind::Fence { info, content, .. } => {
                let part = found.last_mut().expect("a fence stands under a heading");
                part.fences.push(fence(&source, info, content));
            }
            _ => {}
        }
    }
    found
}

fn fence(source: &Source, info: Span, content: Span) -> Fence {
    let mut words = source.slice(info).split_whitespace();
    let kind = words.next().unwrap_or("").to_owned();
    let option = |word: &str| {
        word.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())).expect(word)
    };
    let options = words.map(option).collect();
    Fence { kind, options, content: source.slice(content).to_owned(), span: content }
}

impl Fence {
    pub(super) fn option(&self, key: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The document that the fence holds.
    pub(super) fn source(&self) -> Source {
        let path = self.option("path").expect("an input has a path");
        match self.option("encoding") {
            None => Source::new(path, &self.content),
            Some("latin-1") => {
                let byte = |c: char| u8::try_from(u32::from(c)).expect("a Latin-1 character");
                Source::from_bytes(path, self.content.chars().map(byte).collect::<Vec<u8>>())
            }
            Some("utf-16") => {
                let units = self.content.encode_utf16().flat_map(u16::to_le_bytes);
                Source::from_bytes(path, units.collect::<Vec<u8>>())
            }
            Some(other) => panic!("unknown encoding {other}"),
        }
    }
}

impl Part {
    /// The documents of this part, the OpenAPI files, and what was approved.
    pub(super) fn inputs(&self) -> Vec<Source> {
        self.fences
            .iter()
            .filter(|it| matches!(it.kind.as_str(), "md" | "toml" | "yaml"))
            .map(Fence::source)
            .collect()
    }

    pub(super) fn fence(&self, kind: &str) -> Option<&Fence> {
        self.fences.iter().find(|fence| fence.kind == kind)
    }
}
