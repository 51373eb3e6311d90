//! A table node as header and rows of trimmed cells.

use std::borrow::Cow;

use crate::{Kind, NodeId, Span, Tree};

/// Cells of one row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The whole row.
    pub span: Span,
    /// Its cells, as many as the header has.
    pub cells: Vec<NodeId>,
}

/// A table's rows, ready to be read by column.
#[derive(Clone, Debug)]
pub struct TableView {
    /// The whole table.
    pub span: Span,
    /// The header row.
    pub header: Row,
    /// The body rows.
    pub rows: Vec<Row>,
}

impl TableView {
    /// The view of a [`Kind::Table`] node.
    pub fn new(tree: &Tree, table: NodeId) -> Self {
        let mut header = Row { span: tree.span(table), cells: Vec::new() };
        let mut rows = Vec::new();
        for child in tree.children(table) {
            let cells: Vec<NodeId> = tree.children(child).collect();
            let row = Row { span: tree.span(child), cells };
            match tree.kind(child) {
                Kind::TableHead => header = row,
                _ => rows.push(row),
            }
        }
        Self { span: tree.span(table), header, rows }
    }

    /// The header's texts, trimmed and in lower case.
    pub fn titles(&self, tree: &Tree, source: &str) -> Vec<String> {
        let text = |cell: &NodeId| tree.text(*cell, source).trim().to_lowercase();
        self.header.cells.iter().map(text).collect()
    }
}

impl Row {
    /// The text of the cell in `column`, trimmed; empty where there is none.
    pub fn text<'a>(&self, column: usize, tree: &'a Tree, source: &'a str) -> Cow<'a, str> {
        match self.cells.get(column).map(|cell| tree.text(*cell, source)) {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(text.trim()),
            Some(Cow::Owned(text)) => Cow::Owned(text.trim().to_owned()),
            None => Cow::Borrowed(""),
        }
    }

    /// The span of the cell in `column`; the row's own where there is none.
    pub fn cell_span(&self, column: usize, tree: &Tree) -> Span {
        self.cells.get(column).map_or(self.span, |cell| tree.span(*cell))
    }
}
