//! Tables: columns that must be there, and what their cells are held to.

use std::collections::HashMap;

use groundplan_syntax::{Kind, Span, TableView};

use super::{ColumnDemand, Page, TableDemand, is_empty, plain, quoted};

pub(super) fn check(page: &mut Page<'_>, demand: &TableDemand) {
    let tables: Vec<Table> =
        tables(page).into_iter().filter(|it| is_meant(page, demand, it)).collect();
    if tables.is_empty() {
        absent(page, demand);
    }
    for table in &tables {
        columns(page, demand, table);
        for column in &demand.cells {
            let Some(at) = table.column(&column.title) else { continue };
            cells(page, column, &table.cells(page, at));
        }
    }
}

struct Table {
    view: TableView,
    titles: Vec<String>,
}

/// A cell that was looked at: its text and its place.
struct Cell {
    text: String,
    span: Span,
}

impl Table {
    fn column(&self, title: &str) -> Option<usize> {
        let wanted = title.trim().to_lowercase();
        self.titles.iter().position(|it| *it == wanted)
    }

    fn cells(&self, page: &Page<'_>, column: usize) -> Vec<Cell> {
        let (tree, source) = (page.tree, page.document.source.text());
        let rows = self.view.rows.iter();
        let cell = |row: &groundplan_syntax::Row| {
            let text = row.text(column, tree, source).into_owned();
            let own = row.cell_span(column, tree);
            Cell { span: if text.is_empty() { row.span } else { own }, text }
        };
        rows.map(cell).collect()
    }
}

fn tables(page: &Page<'_>) -> Vec<Table> {
    let tree = page.tree;
    let tables = tree.descendants(tree.root()).filter(|it| tree.kind(*it) == Kind::Table);
    let table = |id| {
        let view = TableView::new(tree, id);
        let titles = view.titles(tree, page.document.source.text());
        Table { view, titles }
    };
    tables.map(table).collect()
}

fn is_meant(page: &Page<'_>, demand: &TableDemand, table: &Table) -> bool {
    match &demand.heading {
        None => demand.columns.iter().all(|it| table.column(it).is_some()),
        Some(heading) => {
            let (wanted, span) = (plain(heading), table.view.span);
            let mut around = page.document.sections.iter().filter(|it| it.span.contains(span));
            around.any(|it| plain(&it.title.text) == wanted)
        }
    }
}

/// The section is there, and no table in it.
fn absent(page: &mut Page<'_>, demand: &TableDemand) {
    let Some(heading) = &demand.heading else { return };
    let wanted = plain(heading);
    let mut sections = page.document.sections.iter();
    let Some(section) = sections.find(|it| plain(&it.title.text) == wanted) else { return };
    let help = format!("add one with the columns {}", quoted(&demand.columns));
    page.report(section.heading, &format!("the section `{heading}` has no table"), &help);
}

fn columns(page: &mut Page<'_>, demand: &TableDemand, table: &Table) {
    for title in demand.columns.iter().filter(|it| table.column(it).is_none()) {
        let wrong = format!("the table has no column `{title}`");
        page.report(table.view.header.span, &wrong, "add the column");
    }
}

fn cells(page: &mut Page<'_>, column: &ColumnDemand, cells: &[Cell]) {
    let defined = column.references.map(|it| (it, it.names(page.document)));
    for cell in cells {
        if is_empty(&cell.text) {
            if column.required {
                let wrong = format!("a cell of the column `{}` is empty", column.title);
                page.report(cell.span, &wrong, "fill it in");
            }
            continue;
        }
        value(page, column, cell);
        if let Some((what, names)) = &defined {
            for name in listed(&cell.text).filter(|it| !names.contains(&it.to_lowercase())) {
                let wrong = format!("`{name}` is none of the document's {}", what.as_str());
                page.report(cell.span, &wrong, "name it as the document does, or define it there");
            }
        }
    }
    if column.unique {
        repeated(page, column, cells);
    }
    if column.sorted {
        unsorted(page, column, cells);
    }
}

/// The names of a cell that lists several.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';']).map(|it| it.trim().trim_matches('`')).filter(|it| !it.is_empty())
}

fn value(page: &mut Page<'_>, column: &ColumnDemand, cell: &Cell) {
    let (text, title) = (&cell.text, &column.title);
    let wrong = format!("the column `{title}` says `{text}`");
    if !column.one_of.is_empty() && !column.one_of.iter().any(|it| it.eq_ignore_ascii_case(text)) {
        page.report(cell.span, &wrong, &format!("take one of {}", quoted(&column.one_of)));
    }
    if let Some(pattern) = column.pattern.as_ref().filter(|it| !it.matches(text)) {
        let help = format!("write it as `{}` asks for", pattern.text());
        page.report(cell.span, &wrong, &help);
    }
    if column.number && number(text).is_none() {
        page.report(cell.span, &format!("{wrong}, which is no number"), "write a number");
    }
}

fn number(text: &str) -> Option<f64> {
    text.replace([',', '_', ' '], "").parse::<f64>().ok().filter(|it| it.is_finite())
}

fn repeated(page: &mut Page<'_>, column: &ColumnDemand, cells: &[Cell]) {
    let path = page.document.source.path();
    let mut first: HashMap<String, Span> = HashMap::new();
    for cell in cells.iter().filter(|it| !is_empty(&it.text)) {
        let key = cell.text.to_lowercase();
        let Some(before) = first.get(&key).copied() else {
            first.insert(key, cell.span);
            continue;
        };
        let wrong = format!("the column `{}` says `{}` twice", column.title, cell.text);
        let finding = page.report(cell.span, &wrong, "give each row a value of its own");
        finding.related(path, before, "the first stands here");
    }
}

/// The first row that comes too late; one is enough to see the order.
fn unsorted(page: &mut Page<'_>, column: &ColumnDemand, cells: &[Cell]) {
    let path = page.document.source.path();
    let stated: Vec<&Cell> = cells.iter().filter(|it| !is_empty(&it.text)).collect();
    let misplaced = stated.windows(2).find_map(|pair| match pair {
        [before, cell] if comes_before(&cell.text, &before.text) => Some((*before, *cell)),
        _ => None,
    });
    let Some((before, cell)) = misplaced else { return };
    let wrong = format!(
        "the column `{}` is not sorted: `{}` stands behind `{}`",
        column.title, cell.text, before.text
    );
    let finding = page.report(cell.span, &wrong, "sort the rows by this column");
    finding.related(path, before.span, "this one belongs behind it");
}

/// Numbers by their size, all else by its letters.
fn comes_before(one: &str, other: &str) -> bool {
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one < other,
        _ => one.to_lowercase() < other.to_lowercase(),
    }
}
