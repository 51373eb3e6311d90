//! The matrix as one page: no script, nothing from a network.

use std::fmt::Write;

use groundplan_analysis::trace::{Counts, Coverage, Covered, Evidence, Item};
use groundplan_model::policy::Level;

use super::matrix::{Matrix, Table, name};
use super::text::{place, stale};

/// The page around the tables.
const PAGE: &str = include_str!("trace.html");

/// The page.
pub(super) fn matrix(matrix: &Matrix<'_>, coverage: &Coverage) -> String {
    let mut body = figures(&coverage.whole);
    for table in &matrix.tables {
        body.push_str(&section(matrix, table));
    }
    let nowhere = matrix.unresolved();
    if !nowhere.is_empty() {
        body.push_str("<section><h2>Ids that lead nowhere</h2>\n<ul>\n");
        for it in nowhere {
            let (id, at) = (escape(&it.id), escape(&place(&it.at)));
            let _ = writeln!(body, "<li><code>{id}</code> <small>{at}</small></li>");
        }
        body.push_str("</ul></section>\n");
    }
    PAGE.replace("{{body}}", &body)
}

fn figures(counts: &Counts) -> String {
    let figure = |name: &str, count: usize| {
        let percent = counts.percent(count);
        format!(
            "<div><b>{percent}%</b><span>{name}</span><small>{count} of {}</small></div>\n",
            counts.due()
        )
    };
    let all = figure("covered", counts.shallow) + &figure("down to code and test", counts.deep);
    let others = [("stale", counts.stale), ("waived", counts.waived), ("failed", counts.failed)];
    let others = others.into_iter().filter(|it| it.1 > 0);
    let others: String =
        others.map(|it| format!("<div><b>{}</b><span>{}</span></div>\n", it.1, it.0)).collect();
    format!("<div class=\"figures\">\n{all}{others}</div>\n")
}

fn section(matrix: &Matrix<'_>, table: &Table<'_>) -> String {
    let heads = table.levels.iter().map(|it| format!("<th scope=\"col\">{}</th>", it.as_str()));
    let heads: String = heads.collect();
    let rows: String = table.rows.iter().map(|it| row(matrix, table, it)).collect();
    format!(
        "<section><h2>{}</h2>\n<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>\
         <th scope=\"col\">requirement</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\
         </div></section>\n",
        escape(&table.title)
    )
}

fn row(matrix: &Matrix<'_>, table: &Table<'_>, covered: &Covered) -> String {
    let Some(item) = matrix.item(covered.item) else { return String::new() };
    let waived = covered.waived.as_ref();
    let waived = waived.map(|it| format!("<em>waived: {}</em>", escape(it))).unwrap_or_default();
    let cells: String = table.levels.iter().map(|it| cell(matrix, covered, *it)).collect();
    format!(
        "<tr><th scope=\"row\"><b>{}</b> {}{waived}<small>{}</small></th>{cells}</tr>\n",
        escape(&item.id),
        escape(item.title.lines().next().unwrap_or("")),
        escape(&place(&item.at))
    )
}

fn cell(matrix: &Matrix<'_>, covered: &Covered, level: Level) -> String {
    let is_covered = covered.levels.contains(&level);
    let class = match () {
        () if is_covered => "yes",
        () if covered.waived.is_some() => "waived",
        () => "no",
    };
    let answers = covered.row.at(level).filter_map(|it| {
        let item = matrix.item(it.item)?;
        let why = it.stale.as_ref().map(|it| format!("<em>{}</em>", stale(it)));
        Some(answer(&name(item, it), item, &why.unwrap_or_default()))
    });
    let mut inside: String = answers.collect();
    if inside.is_empty() {
        inside = match is_covered {
            true => escape(&matrix.through(covered)),
            false => "nothing".to_owned(),
        };
    }
    if level == Level::Test && covered.evidence > Evidence::NotRun {
        let _ = write!(inside, "<em>{}</em>", covered.evidence.as_str());
    }
    format!("<td class=\"{class}\">{inside}</td>")
}

fn answer(name: &str, item: &Item, why: &str) -> String {
    let title = escape(item.title.lines().next().unwrap_or(""));
    let (name, at) = (escape(name), escape(&place(&item.at)));
    format!("<p title=\"{title}\">{name}{why}<small>{at}</small></p>")
}

/// Text that is safe between tags and inside quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
