//! What a text consists of: its sections with their tables and fences, of a template and of a
//! document alike.

use groundplan_syntax::{Kind, NodeId, Source, Span, TableView, Tree, parse};

use crate::document::Concept;
use crate::lower::concept_of;

/// The sections of a text.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// All of them, in order; text before the first heading is in none.
    pub parts: Vec<Part>,
}

/// A section: a heading, and what stands below it up to the next heading.
#[derive(Clone, Debug)]
pub struct Part {
    /// Level of the heading, 1 to 6.
    pub level: u8,
    /// The heading without marks.
    pub title: String,
    /// The heading's place.
    pub heading: Span,
    /// The heading and what is its own.
    pub span: Span,
    /// Whether a document may leave it out.
    pub optional: bool,
    /// Whether its heading is different in each document, or may stand more than once.
    pub repeats: bool,
    /// What it is about.
    pub concept: Option<Concept>,
    /// Its tables.
    pub grids: Vec<Grid>,
    /// Its fences.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The place of its header row.
    pub header: Span,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Its cells, from top to bottom.
    pub cells: Vec<(String, Span)>,
}

/// A fence.
#[derive(Clone, Debug)]
pub struct Block {
    /// The whole fence.
    pub span: Span,
    /// What stands in it.
    pub text: String,
    /// Whether documents keep it as it is.
    pub kept: bool,
}

/// What may be chosen: `Draft | Approved` in a header, `[High/Low]` in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The values, as the template writes them.
    pub values: Vec<String>,
}

impl Choice {
    /// The choice that a template's text offers; `None` where it offers none.
    pub fn of(text: &str) -> Option<Self> {
        // In a table the bars between choices are escaped.
        let text = text.trim().replace("\\|", "|");
        let bracketed = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let parts: Vec<&str> = match bracketed {
            Some(inner) if !inner.contains(' ') || inner.contains(" / ") => {
                inner.split('/').collect()
            }
            Some(_) => return None,
            // A bar without blanks is one of a file's name: `001_FTDD|Orders.md`.
            None => text.split(" | ").collect(),
        };
        let values: Vec<String> = parts.iter().map(|it| it.trim().to_owned()).collect();
        (values.len() > 1 && values.iter().all(|it| !it.is_empty())).then_some(Self { values })
    }

    /// Whether `text` is one of the values; a remark may follow it.
    pub fn allows(&self, text: &str) -> bool {
        let text = simple(text);
        self.values.iter().any(|value| {
            let rest = text.strip_prefix(&simple(value));
            rest.is_some_and(|it| !it.starts_with(char::is_alphanumeric))
        })
    }
}

/// Letters and digits in lower case, with one blank for all between them; no sign in front.
fn simple(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

impl Shape {
    /// The shape of `text`.
    pub fn of(text: &str) -> Self {
        let source = Source::new("", text);
        Self::of_tree(text, &parse(&source))
    }

    /// As [`Shape::of`], for a text that is already parsed.
    pub fn of_tree(text: &str, tree: &Tree) -> Self {
        let mut shape = Self::default();
        let mut before = Span::default();
        for node in tree.descendants(tree.root()) {
            match (tree.kind(node), shape.parts.last_mut()) {
                (Kind::Heading(level), _) => shape.open(text, tree, node, level),
                (Kind::Table, Some(part)) => part.grids.push(grid(text, tree, node)),
                (Kind::Fence { content, .. }, Some(part)) => {
                    let kept = text.get(before.range()).is_some_and(|it| it.contains("<!-- keep"));
                    let inner = text.get(content.range()).unwrap_or("").to_owned();
                    part.blocks.push(Block { span: tree.span(node), text: inner, kept });
                }
                _ => {}
            }
            before = tree.span(node);
        }
        shape.close(text.len());
        shape
    }

    fn open(&mut self, text: &str, tree: &Tree, node: NodeId, level: u8) {
        let heading = tree.span(node);
        self.close(heading.range().start);
        let written = text.get(heading.range()).unwrap_or("");
        let title = tree.text(node, text).trim().to_owned();
        let is_open = title.contains('[') || title.contains("{{");
        self.parts.push(Part {
            level,
            concept: concept_of(&title),
            heading,
            span: heading,
            optional: written.contains("<!-- optional"),
            repeats: is_open || written.contains("<!-- repeat"),
            title,
            grids: Vec::new(),
            blocks: Vec::new(),
        });
    }

    fn close(&mut self, at: usize) {
        if let Some(part) = self.parts.last_mut() {
            part.span = Span::new(part.heading.range().start, at);
        }
    }

    /// The parts that the one at `index` lies in, the nearest first.
    pub fn above(&self, index: usize) -> impl Iterator<Item = &Part> {
        let mut level = self.parts.get(index).map_or(0, |it| it.level);
        let before = self.parts.get(..index).unwrap_or(&[]);
        before.iter().rev().filter(move |it| {
            let is_above = it.level < level;
            if is_above {
                level = it.level;
            }
            is_above
        })
    }

    /// The index of the part of a document that is the template's `part`: the same heading, numbers
    /// apart, at best at the same level; else, for main sections, the same concept under a heading
    /// that `template` does not have.
    pub fn find(&self, part: &Part, template: &Shape) -> Option<usize> {
        let key = part.key();
        let same = |it: &&Part| it.key() == key;
        let at = |wanted: &dyn Fn(&Part) -> bool| self.parts.iter().position(wanted);
        let by_title =
            at(&|it| same(&it) && it.level == part.level).or_else(|| at(&|it| same(&it)));
        let is_foreign = |it: &Part| !template.parts.iter().any(|own| own.key() == it.key());
        by_title.or_else(|| {
            part.concept.filter(|_| part.level == 2)?;
            at(&|it| it.level == 2 && it.concept == part.concept && is_foreign(it))
        })
    }
}

impl Block {
    /// Whether the text is still this example, whatever its places were filled with.
    pub fn is_left_in(&self, text: &str) -> bool {
        let (mut own, mut other) = (self.text.trim().lines(), text.trim().lines());
        loop {
            match (own.next(), other.next()) {
                (None, None) => return true,
                (Some(own), Some(other)) if is_line_left(own.trim_end(), other.trim_end()) => {}
                _ => return false,
            }
        }
    }
}

/// Whether a line is the template's, with anything in the places `{{…}}`.
fn is_line_left(own: &str, other: &str) -> bool {
    let Some((before, rest)) = own.split_once("{{") else { return own == other };
    let Some((_, after)) = rest.split_once("}}") else { return own == other };
    let Some(rest) = other.strip_prefix(before) else { return false };
    let ends = |at: usize| rest.get(at..).is_some_and(|rest| is_line_left(after, rest));
    rest.char_indices().map(|it| it.0).chain([rest.len()]).any(ends)
}

impl Part {
    /// The heading as it is compared: lower case, without number, signs and marks.
    pub fn key(&self) -> String {
        let start = self.title.find(char::is_alphabetic).unwrap_or(0);
        let title = self.title.get(start..).unwrap_or("");
        simple(&title.replace('&', " and "))
    }
}

fn grid(text: &str, tree: &Tree, node: NodeId) -> Grid {
    let view = TableView::new(tree, node);
    let columns = (0..view.header.cells.len()).map(|column| {
        let title = view.header.text(column, tree, text).into_owned();
        let cell = |row: &groundplan_syntax::Row| {
            (row.text(column, tree, text).into_owned(), row.cell_span(column, tree))
        };
        Column { title, cells: view.rows.iter().map(cell).collect() }
    });
    Grid { header: view.header.span, columns: columns.collect() }
}

impl Grid {
    /// The column with this title, signs and case apart.
    pub fn column(&self, title: &str) -> Option<&Column> {
        self.columns.iter().find(|it| simple(&it.title) == simple(title))
    }
}

impl Column {
    /// What its cells may say: the choice of the template's first row that offers one.
    pub fn choice(&self) -> Option<Choice> {
        let mut offers = self.cells.iter().filter(|it| it.0.starts_with('['));
        offers.find_map(|(text, _)| Choice::of(text))
    }
}
