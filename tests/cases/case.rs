//! A case file, taken apart.

use groundplan_syntax::{Kind, Source, Span, parse};
use groundplan_tests::File;

/// A heading of level two with what stands under it.
pub(super) struct Case {
    pub(super) name: String,
    /// Fences with a `path`, of which the first with that path is the file.
    pub(super) files: Vec<Fence>,
    /// All other fences.
    pub(super) questions: Vec<Fence>,
}

/// A fence: `md path=a.md eol=crlf`.
#[derive(Clone)]
pub(super) struct Fence {
    pub(super) kind: String,
    options: Vec<(String, String)>,
    pub(super) content: String,
    /// Where the content stands in the case file.
    pub(super) span: Span,
}

impl Fence {
    pub(super) fn option(&self, key: &str) -> Option<&str> {
        self.options.iter().find(|it| it.0 == key).map(|it| it.1.as_str())
    }

    /// The file's bytes, with the line ends and the encoding that the info string asks for.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let text = match self.option("eol") {
            Some("crlf") => self.content.replace('\n', "\r\n"),
            Some("none") => self.content.trim_end_matches('\n').to_owned(),
            _ => self.content.clone(),
        };
        match self.option("encoding") {
            Some("latin-1") => {
                text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect()
            }
            Some("utf-8-bom") => format!("\u{feff}{text}").into_bytes(),
            Some("utf-16") => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => text.into_bytes(),
        }
    }
}

/// Info strings of files; whatever else a fence says is a question.
static FILES: &[&str] = &["md", "text", "sql-file", "json"];

pub(super) fn cases(file: &File) -> Vec<Case> {
    let source = Source::new(&file.path, file.text());
    let tree = parse(&source);
    assert_eq!(tree.problems, [], "{}: broken fences", file.path);
    let mut found: Vec<Case> = Vec::new();
    for node in tree.children(tree.root()) {
        match tree.kind(node) {
            Kind::Heading(2) => {
                let name = tree.text(node, source.text()).into_owned();
                found.push(Case { name, files: Vec::new(), questions: Vec::new() });
            }
            Kind::Fence { info, content, .. } => {
                let Some(case) = found.last_mut() else { continue };
                let fence = fence(&source, info, content);
                let is_file = FILES.contains(&fence.kind.as_str());
                if is_file { &mut case.files } else { &mut case.questions }.push(fence);
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
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        (key.to_owned(), value.to_owned())
    };
    let options = words.map(option).collect();
    Fence { kind, options, content: source.slice(content).to_owned(), span: content }
}
