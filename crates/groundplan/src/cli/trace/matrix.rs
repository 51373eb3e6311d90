//! The matrix as tables: a table a chain, a row a requirement, a column a level.

use groundplan_analysis::trace::{Cell, Coverage, Covered, EdgeKind, Item, Trace, Unresolved};
use groundplan_model::policy::Level;

/// The matrix.
pub(super) struct Matrix<'a> {
    pub(super) trace: &'a Trace,
    pub(super) tables: Vec<Table<'a>>,
    /// Whether it holds only what is incomplete.
    pub(super) is_gaps: bool,
}

/// What one chain wants.
pub(super) struct Table<'a> {
    pub(super) title: String,
    pub(super) levels: Vec<Level>,
    pub(super) rows: Vec<&'a Covered>,
}

impl<'a> Matrix<'a> {
    pub(super) fn of(trace: &'a Trace, coverage: &'a Coverage, is_gaps: bool) -> Self {
        let mut tables = Vec::new();
        for (chain, _) in &coverage.chains {
            let is_here =
                |it: &&Covered| trace.items.get(it.item).is_some_and(|it| it.chain == *chain);
            let all = coverage.covered.iter().filter(is_here);
            let rows: Vec<&Covered> = all.filter(|it| !is_gaps || is_gap(trace, it)).collect();
            if rows.is_empty() {
                continue;
            }
            let mut levels: Vec<Level> =
                rows.iter().flat_map(|it| trace.expected(it.item)).collect();
            levels.extend(rows.iter().flat_map(|it| &it.row.cells).map(|it| it.level));
            levels.sort_unstable();
            levels.dedup();
            let title = chain.and_then(|it| trace.chains.get(it)).map(|it| it.title());
            let title = title.unwrap_or_else(|| "Of no chain".to_owned());
            tables.push(Table { title, levels, rows });
        }
        Self { trace, tables, is_gaps }
    }

    pub(super) fn item(&self, index: usize) -> Option<&'a Item> {
        self.trace.items.get(index)
    }

    /// Everything that is in it: what is wanted, and what answers it.
    pub(super) fn items(&self) -> Vec<usize> {
        let rows = self.tables.iter().flat_map(|it| &it.rows);
        let all = rows.flat_map(|it| {
            let cells = it.row.cells.iter().map(|it| it.item);
            std::iter::once(it.item).chain(cells)
        });
        let mut all: Vec<usize> = all.collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// By what something is covered that nothing answers itself.
    pub(super) fn through(&self, covered: &Covered) -> String {
        let has_parts = self.trace.below(covered.item).any(|it| it.kind == EdgeKind::PartOf);
        let mut wholes = self.trace.above(covered.item).filter(|it| it.kind == EdgeKind::PartOf);
        match wholes.next().and_then(|it| self.item(it.to)).filter(|_| !has_parts) {
            Some(whole) => format!("with {}", whole.id),
            None => "by its parts".to_owned(),
        }
    }

    /// What is cited and leads nowhere.
    pub(super) fn unresolved(&self) -> &'a [Unresolved] {
        &self.trace.unresolved
    }
}

/// Whether something is not covered at a level that its chain has, or no longer holds.
fn is_gap(trace: &Trace, covered: &Covered) -> bool {
    let is_covered = |it: &Level| covered.levels.contains(it);
    let is_whole = trace.expected(covered.item).iter().all(is_covered) && covered.is_shallow();
    covered.waived.is_none() && (!is_whole || covered.is_stale)
}

/// What a cell is called in a row: `~` before what is guessed, `!` before what no longer holds.
pub(super) fn name(item: &Item, cell: &Cell) -> String {
    let mark = match () {
        () if cell.stale.is_some() => "!",
        () if !cell.covers() => "~",
        () => "",
    };
    format!("{mark}{}", item.id)
}
