//! Part 9: what is cached, which index serves which query, and how the targets are reached.

use std::collections::BTreeSet;

use groundplan_model::Certainty;
use groundplan_model::document::{Concept, Target, TargetRole};

use super::{Context, Page, carry, gap};
use crate::derive::layout::Role;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Caching Strategy");
    caching(context, page);
    page.heading(3, "Database Optimization");
    indexes(context, page);
    page.heading(3, "Targets");
    targets(context, page);
}

fn caching(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let fields = design.fields(&[
        "caching strategy",
        "caching",
        "cache",
        "cache layer",
        "ttl",
        "invalidation",
    ]);
    let mut items: Vec<String> =
        fields.iter().map(|(words, span)| format!("{words} ({})", page.cite(span.start))).collect();
    for item in design.items(&["caching", "cache"]) {
        items.push(format!("{} ({})", design.words(item.span), page.cite(item.span.start)));
    }
    let mut seen = BTreeSet::new();
    items.retain(|it| seen.insert(it.clone()));
    if items.is_empty() {
        page.say(&gap("what is cached, under which key, for how long, and which write drops it?"));
    }
    page.list(&items);
}

fn indexes(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let rows: Vec<Vec<String>> = design
        .document
        .schema
        .indexes
        .iter()
        .map(|index| {
            let question = format!("which query does the index `{}` serve?", index.name);
            let query = query(context, &index.name).unwrap_or_else(|| gap(&question));
            let condition = index.condition.as_ref().map(|it| format!(" where {it}"));
            let columns = format!("{}{}", index.columns.join(", "), condition.unwrap_or_default());
            vec![
                format!("`{}`", index.name),
                index.table.clone(),
                columns,
                query,
                page.cite(index.span.start),
            ]
        })
        .collect();
    page.table(&["Index", "Table", "Columns", "Query", "Source"], &rows);
    let mut any = carry(
        context,
        page,
        &["query optimization", "optimization strategies", "database optimization"],
    );
    any |= !rows.is_empty();
    if !any {
        page.say(&gap("which query must be fast, and which index makes it so?"));
    }
}

/// What the design says that an index is for.
fn query(context: &Context<'_>, name: &str) -> Option<String> {
    let design = &context.design;
    for table in design.tables(&["index"]) {
        for row in 0..table.view.rows.len() {
            let cell = design.cell(table, row, "index").unwrap_or_default();
            if cell.trim_matches('`') == name {
                let title = table
                    .titles
                    .iter()
                    .find(|it| !it.contains("index"))
                    .or_else(|| table.titles.get(1))?;
                return design.cell(table, row, title);
            }
        }
    }
    let items = design.items(&["indexes", "indices"]);
    let item = items.iter().map(|it| design.words(it.span)).find(|it| it.contains(name))?;
    item.split_once(':').map(|it| it.1.trim().to_owned())
}

/// Where targets are promises of the service, and not goals of the project.
const WHERE: [Concept; 2] = [Concept::Performance, Concept::Monitoring];

fn targets(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let test = proof(context);
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for target in &design.document.targets {
        let is_goal = target.role == TargetRole::Goal && target.certainty == Certainty::Stated;
        if !is_goal || !design.is_under(target.statement.start, &WHERE) {
            continue;
        }
        let name = named(target);
        // Rows of what could be improved compare today's number with the one aimed at.
        if ["current", "proposed", "impact", "today"].contains(&name.to_lowercase().as_str()) {
            continue;
        }
        let question = format!("which number is the target of {name}?");
        let raw = target.quantity.as_ref().map(|it| design.words(it.raw.span));
        let value = raw.unwrap_or_else(|| gap(&question));
        if seen.insert((name.clone(), value.clone())) {
            rows.push(vec![name, value, page.cite(target.statement.start)]);
        }
    }
    if rows.is_empty() {
        page.say(&gap("how fast must it be, at how many requests a second, and who measures it?"));
    }
    let is_empty = rows.is_empty();
    page.table(&["Target", "Value", "Source"], &rows);
    if !is_empty {
        page.field("Shown by", &test);
    }
    carry(context, page, &["expected load", "load testing", "resource requirements"]);
}

fn named(target: &Target) -> String {
    let name = target.name.text.trim();
    match target.percentile {
        Some(percentile) if !name.contains(&format!("p{percentile}")) => {
            format!("{name} (p{percentile})")
        }
        _ => name.to_owned(),
    }
}

/// What proves the targets.
fn proof(context: &Context<'_>) -> String {
    let path = context.layout.single(Role::LoadTest);
    let stated = context.files.iter().find(|it| {
        let name = groundplan_model::paths::file_name(&it.path);
        it.path == path || name.contains("load_test") || name.contains("load-test")
    });
    let file = stated.map(|it| format!("`{}`", it.path));
    file.unwrap_or_else(|| gap("which test shows these targets, in which environment?"))
}
