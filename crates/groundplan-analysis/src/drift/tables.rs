//! Tables of documents against migrations and models.

mod columns;

use std::collections::{BTreeMap, HashMap, HashSet};

use groundplan_model::code::{CodeFile, LinkedTable, TableForm, link_tables};
use groundplan_model::outline::OutlineTable;
use groundplan_model::{Certainty, Diagnostic, Severity};

use super::report::{MANY, SHOWN};
use super::{Claim, Drift, Side, Tally, Topic};
use crate::names::{nearest, same_noun};

const ABSENT: &str = "drift/table-not-in-code";
const UNSTATED: &str = "drift/table-not-in-document";

/// Tables that tools keep for themselves.
const OF_TOOLS: [&str; 10] = [
    "alembic_version",
    "schema_migrations",
    "__diesel_schema_migrations",
    "_prisma_migrations",
    "seaql_migrations",
    "_sqlx_migrations",
    "flyway_schema_history",
    "goose_db_version",
    "databasechangelog",
    "migrations",
];

/// Definitions of the code by name in small letters, what migrations leave behind first.
type Defined<'a> = BTreeMap<String, Vec<&'a LinkedTable>>;

pub(super) fn compare(sides: &[Side<'_>], code: &[CodeFile], drift: &mut Drift) {
    let tables = link_tables(code);
    let defined = defined(&tables);
    let mut known = HashSet::new();
    let mut counts: Vec<usize> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let stated = side.outline.tables.iter().filter(|it| !it.again);
        let stated: Vec<&OutlineTable> = stated.collect();
        let named = side.outline.table_uses.iter().map(|it| it.table.text.to_lowercase());
        known.extend(named);
        let found = stated.iter().filter_map(|it| {
            let name = it.name.to_lowercase();
            defined.contains_key(&name).then(|| known.insert(name))
        });
        counts.push(found.count());
        if !defined.is_empty() {
            report_stated(at, side, &stated, (&defined, &mut known), drift);
        }
    }
    let unstated = report_unstated(sides, &defined, &known, &counts, drift);
    for (at, side) in sides.iter().enumerate() {
        let stated = side.outline.tables.iter().filter(|it| !it.again).count();
        let found = counts.get(at).copied().unwrap_or(0);
        let unstated = unstated.get(&at).copied().unwrap_or(0);
        drift.tally(at, Tally { topic: Topic::Tables, stated, found, unstated });
    }
}

fn defined(tables: &[LinkedTable]) -> Defined<'_> {
    let mut defined: Defined<'_> = BTreeMap::new();
    for table in tables {
        defined.entry(table.table.name.to_lowercase()).or_default().push(table);
    }
    for tables in defined.values_mut() {
        tables.sort_by_key(|it| {
            (!it.table.form.is_migration(), it.table.certainty < Certainty::Stated)
        });
    }
    defined
}

fn report_stated(
    at: usize,
    side: &Side<'_>,
    stated: &[&OutlineTable],
    (defined, known): (&Defined<'_>, &mut HashSet<String>),
    drift: &mut Drift,
) {
    let is_there = |it: &&&OutlineTable| {
        defined.contains_key(&it.name.to_lowercase()) || near(&it.name, defined, known).is_some()
    };
    let is_none = stated.len() >= MANY && !stated.iter().any(|it| is_there(&it));
    if let Some(first) = stated.first().filter(|_| is_none) {
        drift.found(at, none(side, first, stated));
        return;
    }
    for table in stated {
        match defined.get(&table.name.to_lowercase()) {
            Some(there) => {
                let found = columns::compare(side, table, there);
                found.into_iter().for_each(|it| drift.found(at, it));
            }
            None => {
                let near = near(&table.name, defined, known);
                known.extend(near.iter().map(|it| it.table.name.to_lowercase()));
                drift.found(at, absent(side, table, near));
            }
        }
    }
}

/// The table that another name most probably means.
fn near<'a>(name: &str, defined: &Defined<'a>, known: &HashSet<String>) -> Option<&'a LinkedTable> {
    let free = || defined.iter().filter(|(it, _)| !known.contains(*it));
    let same = free().find(|(it, _)| same_noun(it, name)).map(|it| it.0);
    let near =
        same.map(String::as_str).or_else(|| nearest(name, free().map(|it| it.0.as_str())))?;
    defined.get(near)?.first().copied()
}

fn absent(side: &Side<'_>, table: &OutlineTable, near: Option<&LinkedTable>) -> Diagnostic {
    let name = &table.name;
    let message = match (near, side.claim) {
        (Some(near), _) => format!("the table `{name}` is `{}` in the code", near.table.name),
        (None, Claim::Planned) => format!("the table `{name}` is planned and not in the code yet"),
        (None, claim) => {
            format!("the table `{name}` is {}, and it is not in the code", claim.as_str())
        }
    };
    // Tables may be made by what nobody here reads.
    let severity = side.severity(false);
    let mut finding = Diagnostic::new(ABSENT, severity, &side.outline.path, table.span, message);
    if let Some(near) = near {
        finding.related(&near.file, near.table.place.span, "the nearest one");
    }
    finding.help(match (near, side.claim) {
        (Some(_), _) => "write one name in both places",
        (None, Claim::Planned) => "nothing, until the document says that it is built",
        (None, _) => "add the migration, or take the table out of the document",
    });
    finding
}

/// One finding for a document of which no table is there.
fn none(side: &Side<'_>, first: &OutlineTable, stated: &[&OutlineTable]) -> Diagnostic {
    let message = format!("none of the {} tables of the document is in the code", stated.len());
    let path = &side.outline.path;
    let mut finding = Diagnostic::new(ABSENT, side.severity(false), path, first.span, message);
    for table in stated.iter().skip(1).take(SHOWN) {
        finding.related(path, table.span, "and this one");
    }
    finding.help(match side.claim {
        Claim::Planned => "nothing, until the document says that they are built",
        _ => "correct the document's status, or name the right code with `--code`",
    });
    finding
}

/// Reports tables of the code that no document has, where documents have half of all.
fn report_unstated(
    sides: &[Side<'_>],
    defined: &Defined<'_>,
    known: &HashSet<String>,
    counts: &[usize],
    drift: &mut Drift,
) -> HashMap<usize, usize> {
    let fullest = counts.iter().enumerate().filter(|it| *it.1 > 0).max_by_key(|it| it.1);
    let owner = fullest.and_then(|(at, _)| Some((at, sides.get(at)?)));
    let left = defined.iter().filter(|(name, _)| !known.contains(*name));
    let left = left.filter(|(name, _)| !OF_TOOLS.contains(&name.as_str()));
    let left: Vec<&LinkedTable> = left.filter_map(|(_, it)| it.first().copied()).collect();
    let is_covered = left.len() * 2 <= defined.len();
    match owner.filter(|_| is_covered) {
        Some((at, side)) => {
            left.iter().for_each(|it| drift.found(at, unstated(side, it)));
            HashMap::from([(at, left.len())])
        }
        None => {
            drift.strangers.extend((!left.is_empty()).then_some((Topic::Tables, left.len())));
            HashMap::new()
        }
    }
}

fn unstated(side: &Side<'_>, table: &LinkedTable) -> Diagnostic {
    let is_sure = table.table.certainty == Certainty::Stated && table.table.form != TableForm::Gorm;
    let severity = match (side.claim, is_sure) {
        (Claim::Planned, _) | (_, false) => Severity::Info,
        _ => Severity::Warning,
    };
    let message = format!("the table `{}` is in the code and in no document", table.table.name);
    let mut finding =
        Diagnostic::new(UNSTATED, severity, &table.file, table.table.place.span, message);
    let heading = side.outline.heading();
    finding.related(&side.outline.path, heading, "the document has most of the others");
    finding.help("describe it, or take it out");
    finding
}
