//! The figures for people.

use std::fmt::Write;

use groundplan_analysis::trace::{Counts, Coverage, Covered, Trace, Unmet};
use groundplan_model::policy::Level;

use super::View;
use crate::cli::trace::{mark, place, stale};
use crate::ui::{DIM, STRONG, paint, printable};

/// How many that nothing covers are shown.
const SHOWN: usize = 20;

/// How the figures are made.
const HOW: &str = "\
Shallow: a later document, a task, code or a test cites it. Deep: code and a test do, by tag, or
by files that finished tasks name. Guesses count for nothing; what is waived is left out.
";

/// A line a chain, then everything that is not as it should be.
pub(super) fn coverage(view: &View<'_>) -> String {
    let Coverage { chains, whole, .. } = view.coverage;
    if whole.all == 0 {
        return "No document defines a requirement, a story or a criterion with an id.\n"
            .to_owned();
    }
    let mut rows = vec![head(view)];
    for (chain, counts) in chains {
        rows.push(row(&title(view.trace, *chain), counts, view));
    }
    if chains.len() > 1 {
        rows.push(row("All", whole, view));
    }
    let mut text = table(&rows, view.styled);
    let _ = write!(text, "\n{}", paint(view.styled, DIM, HOW));
    uncovered(&mut text, view);
    outdated(&mut text, view);
    waived(&mut text, view);
    unmet(&mut text, view);
    for fault in &view.faults {
        let _ = writeln!(text, "{} {fault}", mark(view.styled, false, "failed:"));
    }
    text
}

/// The title of a chain.
pub(super) fn title(trace: &Trace, chain: Option<usize>) -> String {
    let chain = chain.and_then(|it| trace.chains.get(it));
    chain.map_or_else(|| "Of no chain".to_owned(), |it| it.title())
}

fn head(view: &View<'_>) -> Vec<String> {
    let first = ["", "wanted", "shallow", "deep"].into_iter();
    let levels = Level::ALL.into_iter().map(Level::as_str);
    let last = ["stale", "waived"].into_iter();
    let results = ["passed", "failed"].into_iter().filter(|_| view.trace.has_results);
    first.chain(levels).chain(last).chain(results).map(str::to_owned).collect()
}

fn row(title: &str, counts: &Counts, view: &View<'_>) -> Vec<String> {
    let share = |count: usize| format!("{count} {}%", counts.percent(count));
    let first =
        [title.to_owned(), counts.all.to_string(), share(counts.shallow), share(counts.deep)];
    let rest = counts.levels.into_iter().chain([counts.stale, counts.waived]);
    let results = [counts.passed, counts.failed].into_iter().filter(|_| view.trace.has_results);
    let rest = rest.chain(results).map(|it| it.to_string());
    first.into_iter().chain(rest).collect()
}

/// Columns, the first to the left and figures to the right.
fn table(rows: &[Vec<String>], styled: bool) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width =
        |at: usize| rows.iter().filter_map(move |it| it.get(at)).map(|it| it.chars().count());
    let widths: Vec<usize> = (0..columns).map(|at| width(at).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (cell, width))| match at {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let style = if number == 0 { DIM } else { anstyle::Style::new() };
        let _ = writeln!(text, "{}", paint(styled, style, &printable(line.trim_end())));
    }
    text
}

fn list<'a>(
    text: &mut String,
    view: &View<'_>,
    heading: &str,
    all: impl Iterator<Item = (usize, String)> + 'a,
) {
    let mut all = all.peekable();
    if all.peek().is_none() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(view.styled, STRONG, heading));
    for (index, why) in all {
        let Some(item) = view.trace.items.get(index) else { continue };
        let title = item.title.lines().next().unwrap_or("");
        let title = if title.is_empty() { String::new() } else { format!(" {title}") };
        let why = if why.is_empty() { why } else { format!(": {why}") };
        let line = format!("  {}  {}{title}{why}", place(&item.at), item.id);
        let _ = writeln!(text, "{}", printable(&line));
    }
}

/// What nothing covers. Where there are policies, those say what counts.
fn uncovered(text: &mut String, view: &View<'_>) {
    let is_bare = |it: &&Covered| !it.is_shallow() && it.waived.is_none() && !view.has_policies;
    let all = || view.coverage.covered.iter().filter(is_bare);
    let shown = all().take(SHOWN);
    list(text, view, "Covered by nothing", shown.map(|it| (it.item, String::new())));
    if let Some(more) = all().count().checked_sub(SHOWN).filter(|it| *it > 0) {
        let _ = writeln!(text, "  and {more} more: `groundplan trace --gaps` shows them");
    }
}

fn outdated(text: &mut String, view: &View<'_>) {
    let all = view.coverage.covered.iter().filter(|it| it.is_stale && it.waived.is_none());
    let all = all.flat_map(|it| {
        let cells = it.row.cells.iter().filter(|it| it.covers() || it.stale.is_some());
        cells.filter_map(|cell| Some((it.item, reason(view, cell)?)))
    });
    list(text, view, "Stale", all);
}

fn reason(view: &View<'_>, cell: &groundplan_analysis::trace::Cell) -> Option<String> {
    let (item, why) = (view.trace.items.get(cell.item)?, stale(cell.stale.as_ref()?));
    Some(format!("{} {} ({why})", place(&item.at), item.id))
}

fn waived(text: &mut String, view: &View<'_>) {
    let all = view.coverage.covered.iter();
    list(text, view, "Waived", all.filter_map(|it| Some((it.item, it.waived.clone()?))));
}

fn unmet(text: &mut String, view: &View<'_>) {
    let all = view.coverage.unmet.iter().map(|it| (it.item, lacking(it)));
    list(text, view, "Not covered as a policy asks for", all);
    if view.has_policies && view.coverage.unmet.is_empty() {
        let _ = writeln!(text, "\n{}", mark(view.styled, true, "Every policy is kept."));
    }
}

/// "no design, no task or test; the waiver ended on 2026-01-31"
pub(super) fn lacking(unmet: &Unmet) -> String {
    let any = |it: &Vec<Level>| {
        let names: Vec<&str> = it.iter().map(|it| it.as_str()).collect();
        format!("no {}", names.join(" or "))
    };
    let lacking: Vec<String> = unmet.lacking.iter().map(any).collect();
    let until = unmet.waived_until.as_ref();
    let over = until.map(|it| format!("; its waiver ended on {it}")).unwrap_or_default();
    format!("{}{over}", lacking.join(", "))
}
