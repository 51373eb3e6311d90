//! The code that a document shows: blocks of a known language, what they define and import. Read by
//! line and bracket, not by grammar: a thousand blocks take a few milliseconds, and fragments are
//! the normal case.

mod contrast;
mod definitions;
mod folders;
mod imports;
mod mask;
mod sequence;
#[cfg(test)]
mod tests;

use groundplan_model::Document;
use groundplan_syntax::{ProblemKind, Span};

pub(crate) use contrast::{is_contrasted, is_marked};
pub(crate) use definitions::{Definition, Sort, closing, is_name, lines};
pub(crate) use folders::{Entry, Folders};
pub(crate) use imports::Import;
pub(crate) use sequence::Sequence;

/// What a block of code is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    /// TypeScript and JavaScript.
    Script,
    Go,
    Rust,
    Shell,
    Docker,
    /// Other languages that a team writes services in.
    Other,
    /// Data, drawings, and blocks that name no language.
    Plain,
}

/// A block of code.
pub(crate) struct Snippet<'a> {
    pub(crate) language: Language,
    /// The first word of the fence line, in lower case.
    pub(crate) label: String,
    pub(crate) text: &'a str,
    /// The text with strings and comments blanked out, byte for byte.
    pub(crate) code: String,
    /// Where the text begins in the document.
    base: usize,
}

/// All code of a document.
pub(crate) struct Code<'a> {
    pub(crate) snippets: Vec<Snippet<'a>>,
    pub(crate) definitions: Vec<Definition<'a>>,
    pub(crate) imports: Vec<Import<'a>>,
}

impl<'a> Code<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let mut snippets = Vec::new();
        for block in document.code_blocks() {
            add(document, block, &mut snippets);
        }
        let (mut definitions, mut imports) = (Vec::new(), Vec::new());
        for (at, snippet) in snippets.iter().enumerate() {
            definitions.extend(definitions::of(at, snippet));
            imports.extend(imports::of(at, snippet));
        }
        Self { snippets, definitions, imports }
    }

    /// The block that a definition or an import stands in.
    pub(crate) fn snippet(&self, at: usize) -> Option<&Snippet<'a>> {
        self.snippets.get(at)
    }
}

impl<'a> Snippet<'a> {
    fn new(label: &str, text: &'a str, base: usize) -> Self {
        let label = label.to_lowercase();
        let language = language(&label);
        Self { language, label, text, code: mask::masked(text, language), base }
    }

    /// A place in the text as a place in the document.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }

    /// The file that a comment in the first lines names: `# services/orders.py`.
    pub(crate) fn path(&self) -> Option<(&'a str, Span)> {
        let mut at = 0;
        for line in self.text.split_inclusive('\n').take(2) {
            let start = at;
            at += line.len();
            let body = line.trim();
            let Some(rest) = ["#", "//"].iter().find_map(|it| body.strip_prefix(it)) else {
                continue;
            };
            let path = rest.trim();
            if is_path(path) {
                let from = start + line.find(path).unwrap_or(0);
                return Some((path, self.span(from, from + path.len())));
            }
        }
        None
    }
}

/// Folders and a file with an ending, and nothing else.
pub(crate) fn is_path(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "/_-.".contains(c);
    let name = text.rsplit('/').next().unwrap_or("");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    text.contains('/')
        && text.chars().all(is_part)
        && (1..=5).contains(&ending.len())
        && ending.chars().all(char::is_alphanumeric)
        && !text.starts_with(['/', '.'])
}

fn language(label: &str) -> Language {
    match label {
        "python" | "py" | "python3" => Language::Python,
        "typescript" | "ts" | "tsx" | "javascript" | "js" | "jsx" => Language::Script,
        "go" | "golang" => Language::Go,
        "rust" | "rs" => Language::Rust,
        "bash" | "sh" | "shell" | "zsh" | "console" => Language::Shell,
        "dockerfile" | "docker" | "containerfile" => Language::Docker,
        "cpp" | "c++" | "c" | "java" | "kotlin" | "csharp" | "c#" | "cs" | "ruby" | "php"
        | "swift" | "scala" | "elixir" => Language::Other,
        _ => Language::Plain,
    }
}

/// Adds the block at `span`, or the blocks in it where it is a template of a document.
fn add<'a>(document: &'a Document, span: Span, found: &mut Vec<Snippet<'a>>) {
    let text = document.source.slice(span);
    let start = span.start as usize;
    let is_nested = document
        .problems
        .iter()
        .any(|it| it.kind == ProblemKind::NestedFence && it.span.start == span.start);
    let Some((label, content, at)) = fence(text) else { return };
    if is_nested {
        inner(content, start + at, found);
    } else {
        found.push(Snippet::new(label, content, start + at));
    }
}

/// The language, the content and its place in a block that begins with its fence line.
fn fence(text: &str) -> Option<(&str, &str, usize)> {
    let marker = text.chars().next().filter(|it| matches!(it, '`' | '~'))?;
    let line = text.find('\n')? + 1;
    let info = text.get(..line)?.trim_start_matches(marker).trim();
    let end = info.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | ':'));
    let label = info.get(..end.unwrap_or(info.len()))?;
    let body = text.get(line..)?.trim_end();
    let last = body.rfind('\n').map_or(0, |at| at + 1);
    let closing = body.get(last..)?.trim_start_matches([' ', '\t', '>']);
    let is_closed = closing.len() >= 3 && closing.chars().all(|it| it == marker);
    let end = if is_closed { last } else { body.len() };
    Some((label, body.get(..end)?, line))
}

/// The fences inside a template, which is a fence itself.
fn inner<'a>(template: &'a str, base: usize, found: &mut Vec<Snippet<'a>>) {
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in template.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(info) = line.trim_start().strip_prefix("```") else { continue };
        match open.take() {
            Some((label, from)) if info.trim().is_empty() => {
                let text = template.get(from..start).unwrap_or("");
                found.push(Snippet::new(label, text, base + from));
            }
            _ => open = Some((info.trim(), at)),
        }
    }
}
