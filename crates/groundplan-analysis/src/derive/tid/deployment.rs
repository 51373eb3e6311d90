//! Part 10: image, migrations, monitoring, environments and the way back.

use groundplan_model::document::{Concept, TargetRole};

use super::{Context, Page, carry, gap};
use crate::derive::design::{Table, libraries, variables};
use crate::derive::layout::Role;
use crate::derive::naming::capitalised;
use crate::derive::page::unlinked;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Docker Configuration");
    image(context, page);
    page.heading(3, "Database Migration Scripts");
    migrations(context, page);
    page.heading(3, "Monitoring and Logging");
    monitoring(context, page);
    page.heading(3, "Environments and Rollback");
    environments(context, page);
    steps(context, page);
    rollback(context, page);
}

/// Base image, health check and command of the container.
fn image(context: &Context<'_>, page: &mut Page<'_>) {
    let language = context.layout.language;
    let own = libraries(&context.design)
        .into_iter()
        .find(|it| it.name.eq_ignore_ascii_case(language.name));
    let base =
        match (language.image, own.as_ref().and_then(|it| it.version.as_ref().map(|v| (it, v)))) {
            (Some(image), Some((library, version))) => {
                format!(
                    "`{}` ({})",
                    image.replace("{version}", version),
                    page.cite(library.span.start)
                )
            }
            (Some(_), None) => {
                gap(&format!("which version of {} is the image built on?", language.name))
            }
            (None, _) => gap("on which base image does the service run?"),
        };
    let mut rows = vec![vec!["Base image".to_owned(), base]];
    rows.push(vec!["Health check".to_owned(), health(context, page)]);
    let programs: Vec<String> = context
        .files
        .iter()
        .filter(|it| {
            it.comment.starts_with("start of") || it.path == context.layout.single(Role::Entry)
        })
        .map(|it| format!("`{}`", it.path))
        .collect();
    let start = match programs.is_empty() {
        true => gap("which command starts the service, on which port?"),
        false => {
            format!("{}; {}", programs.join(", "), gap("on which port, with how many processes?"))
        }
    };
    rows.push(vec!["Starts".to_owned(), start]);
    page.table(&["What", "How"], &rows);
}

/// What the design says of health checks.
fn health(context: &Context<'_>, page: &Page<'_>) -> String {
    let design = &context.design;
    let fields = design.fields(&["health checks", "health check", "health"]);
    let here = [Concept::Deployment, Concept::Monitoring, Concept::Architecture];
    let own = fields.into_iter().find(|(_, span)| design.is_under(span.start, &here));
    if let Some((words, span)) = own {
        return format!("{words} ({})", page.cite(span.start));
    }
    let route = design.routes().iter().find(|it| {
        let path = it.path_text();
        ["/health", "/livez", "/readyz", "/healthz", "/ready"].iter().any(|end| path.ends_with(end))
    });
    match route {
        Some(route) => format!("`{}` ({})", route.path_text(), page.cite(route.span.start)),
        None => gap("which address is asked for health, and what has to hold for 200?"),
    }
}

fn migrations(context: &Context<'_>, page: &mut Page<'_>) {
    let tables = context.design.table_names();
    let Some((_, first)) = tables.first() else {
        page.say("The design defines no table.");
        return;
    };
    let indexes = context.design.document.schema.indexes.len();
    let names: Vec<String> = tables.iter().map(|(name, _)| format!("`{name}`")).collect();
    let creates = match indexes {
        0 => names.join(", "),
        1 => format!("{}; 1 index", names.join(", ")),
        count => format!("{}; {count} indexes", names.join(", ")),
    };
    let order = super::strategy::ordered(context);
    let drops: Vec<String> = order.iter().rev().map(|it| format!("`{}`", it.table)).collect();
    let file = context.file("create_").or_else(|| context.file("migration"));
    let file = file.unwrap_or_else(|| gap("which file holds the migration?"));
    let row = vec![
        file,
        creates,
        match drops.len() {
            1 => format!("drops {}", drops.concat()),
            _ => format!("drops {}, in this order", drops.join(", ")),
        },
        page.cite(first.start),
    ];
    page.table(&["Migration", "Creates", "Undone by", "Source"], &[row]);
    let sentence = context.design.sentences().into_iter().find(|it| {
        let text = it.text.to_lowercase();
        text.contains("migration")
            && (text.contains("down") || text.contains("revert") || text.contains("undo"))
    });
    match sentence {
        Some(it) => page.say(&format!("{} ({})", it.text, page.cite(it.span.start))),
        None => page.say(&gap("may the way back of the migration be used when rows are there?")),
    }
}

fn monitoring(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut any = false;
    let listed = design.tables(&["alert", "action"]).map(|it| it.view.span).collect::<Vec<_>>();
    let alerts = design.document.targets.iter().filter(|it| {
        let is_listed = listed.iter().any(|span| span.contains(it.statement));
        let here = [Concept::Monitoring, Concept::Performance];
        it.role == TargetRole::Alert && !is_listed && design.is_under(it.statement.start, &here)
    });
    let rows: Vec<Vec<String>> = alerts
        .map(|it| {
            let question = format!("from which number on is somebody told about {}?", it.name.text);
            let value = it.quantity.as_ref().map(|it| design.words(it.raw.span));
            vec![
                it.name.text.clone(),
                value.unwrap_or_else(|| gap(&question)),
                page.cite(it.statement.start),
            ]
        })
        .collect();
    any |= !rows.is_empty();
    page.table(&["Metric or alert", "Threshold", "Source"], &rows);
    for titles in [["log type", "retention"], ["alert", "action"]] {
        let table = design.tables(&titles).next();
        any |= table.is_some();
        table.into_iter().for_each(|it| whole(context, page, it));
    }
    any |= carry(context, page, &["logging strategy", "logging", "logs", "monitoring"]);
    if !any {
        page.say(&gap("what is counted and logged, and who is told when?"));
    }
}

/// A table of the design as it stands, each row with its source.
fn whole(context: &Context<'_>, page: &mut Page<'_>, table: &Table) {
    let mut rows = Vec::new();
    for row in 0..table.view.rows.len() {
        let cell = |title: &String| context.design.cell(table, row, title).unwrap_or_default();
        let mut cells: Vec<String> = table.titles.iter().map(cell).collect();
        cells.push(page.cite(table.row_start(row)));
        rows.push(cells);
    }
    let head: Vec<String> = table.titles.iter().map(|it| capitalised(it)).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).chain(["Source"]).collect();
    page.table(&head, &rows);
}

fn environments(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut rows = Vec::new();
    for environment in &design.document.environments {
        let cell = |title: &str| {
            design.tables(&["environment", title]).find_map(|table| {
                let mut all = 0..table.view.rows.len();
                let row = all.find(|row| {
                    let name = design.cell(table, *row, "environment").unwrap_or_default();
                    name.trim_matches('*').eq_ignore_ascii_case(&environment.name)
                })?;
                design.cell(table, row, title)
            })
        };
        let name = &environment.name;
        let question = format!("how does {name} differ from the others: sizes, stores, keys?");
        let labelled = |it: &(Option<String>, String)| {
            it.0.as_ref().is_some_and(|label| label.eq_ignore_ascii_case(name))
        };
        let has_values = variables(design).iter().any(|it| it.values.iter().any(labelled));
        let values = has_values.then(|| "values of environment variables, part 5".to_owned());
        let differs = [cell("configuration"), cell("differences"), values]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let differs = if differs.is_empty() { gap(&question) } else { differs.join("; ") };
        let access = cell("access").unwrap_or_default();
        rows.push(vec![name.clone(), differs, access, page.cite(environment.span.start)]);
    }
    if rows.is_empty() {
        page.say(&gap("in which environments does it run, and how do they differ?"));
    }
    page.table(&["Environment", "Differs in", "Access", "Source"], &rows);
}

/// How a release goes out.
fn steps(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut items = Vec::new();
    if let Some((words, span)) = design.field(&["method", "deployment method", "strategy"])
        && design.is_under(span.start, &[Concept::Deployment])
    {
        items.push(format!("{words} ({})", page.cite(span.start)));
    }
    for step in &design.document.rollout {
        let phase = step.phase.as_ref().map(|it| format!("{it}: ")).unwrap_or_default();
        items.push(format!("{phase}{} ({})", unlinked(&step.text), page.cite(step.span.start)));
    }
    match items.is_empty() {
        true => page.field(
            "Deployment",
            &gap("in which steps does a release go out, and who watches what meanwhile?"),
        ),
        false => page.field("Deployment", "the steps of the design:"),
    }
    page.steps(&items);
}

fn rollback(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let Some(rollback) = &design.document.rollback else {
        page.field(
            "Rollback",
            &gap("what makes a release be taken back, how, and within which time?"),
        );
        return;
    };
    let stated = |text: &Option<groundplan_model::document::Text>, question: &str| {
        text.as_ref().map_or_else(|| gap(question), |it| design.words(it.span))
    };
    let trigger = stated(&rollback.trigger, "what makes a release be taken back?");
    let time = stated(&rollback.time, "within which time is the version before back?");
    let mut items = vec![format!("Trigger: {trigger}"), format!("Time: {time}")];
    items.extend(rollback.steps.iter().map(|it| design.words(it.span)));
    page.field("Rollback", &format!("({})", page.cite(rollback.span.start)));
    page.list(&items);
}
