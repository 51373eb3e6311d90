//! Part 3: algorithms with their steps and cost, changes of state, invariants, pipelines.

use groundplan_syntax::{Kind, NodeId, Span};

use super::{Context, Page, carry, gap};
use crate::derive::code::Definition;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Core Business Logic");
    let mut any = stated(context, page);
    any |= functions(context, page);
    if !any {
        page.field(
            "Algorithm",
            &gap("which work is not plain reading and writing, and in which steps is it done?"),
        );
    }
    rules(context, page);
    page.heading(3, "Data Processing Pipelines");
    pipelines(context, page);
}

/// Blocks and numbered lists under a heading that speaks of an algorithm.
fn stated(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let design = &context.design;
    let mut any = false;
    for node in design.tree.children(design.tree.root()) {
        let Kind::Fence { content, info, .. } = design.tree.kind(node) else { continue };
        let text = design.document.source.slice(content);
        let under = section_title(context, content).contains("algorithm");
        let head = text.lines().next().unwrap_or("").trim();
        let named = head.to_uppercase().starts_with("ALGORITHM");
        let is_text = design.document.source.slice(info).trim().is_empty();
        let is_algorithm = named || under && is_text;
        if !is_algorithm {
            continue;
        }
        let name = head.split_once(':').map_or(head, |it| it.1).trim();
        page.say(&format!("**Algorithm**: {name} ({})", page.cite(content.start)));
        page.fence("", text.trim_end());
        let costs = text.to_lowercase().contains("complexity") || text.contains("O(");
        if !costs {
            page.say(&gap(&format!("how do time and space of {name} grow with its input?")));
        }
        any = true;
    }
    any | lists(context, page)
}

/// Numbered steps under a heading that speaks of an algorithm, and not of one function.
fn lists(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let design = &context.design;
    let mut any = false;
    for node in design.tree.children(design.tree.root()) {
        if design.tree.kind(node) != (Kind::List { ordered: true }) {
            continue;
        }
        let span = design.tree.span(node);
        let title = section_title(context, span);
        if !title.contains("algorithm") {
            continue;
        }
        let name = design.document.section_at(span.start).map_or("", |it| &it.title.text);
        page.say(&format!("**Algorithm**: {name} ({})", page.cite(span.start)));
        let steps: Vec<String> = design.tree.children(node).map(|it| item(context, it)).collect();
        page.steps(&steps);
        any = true;
    }
    any
}

fn item(context: &Context<'_>, node: NodeId) -> String {
    let design = &context.design;
    let nested =
        |it: &NodeId| matches!(design.tree.kind(*it), Kind::List { .. } | Kind::Fence { .. });
    let own = design.tree.children(node).take_while(|it| !nested(it));
    let span = own.map(|it| design.tree.span(it)).reduce(Span::join).unwrap_or_default();
    design.words(span)
}

/// The title of the section around `span`, in lower case.
fn section_title(context: &Context<'_>, span: Span) -> String {
    let section = context.design.document.section_at(span.start);
    section.map_or(String::new(), |it| it.title.text.to_lowercase())
}

/// Free functions with their signature and cost.
fn functions(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let free = context.design.code.functions();
    let is_test = |it: &&&Definition| it.name.to_lowercase().starts_with("test");
    let mut open: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for it in free.iter().filter(|it| !is_test(it)) {
        let signature = format!("`{}`", it.signature.replace('`', "'"));
        let cost = cost(context, it);
        if cost.is_none() {
            open.push(format!("`{}`", it.name));
        }
        rows.push(vec![signature, cost.unwrap_or_default(), page.cite(it.span.start)]);
    }
    if !rows.is_empty() {
        page.say("Functions that the design gives:");
        page.table(&["Signature", "Complexity", "Source"], &rows);
        if !open.is_empty() {
            let names = open.join(", ");
            page.say(&gap(&format!("how do time and space grow with the input: {names}?")));
        }
    }
    !rows.is_empty()
}

/// The complexity that the section of a function states.
fn cost(context: &Context<'_>, function: &Definition) -> Option<String> {
    let section = context.design.document.section_at(function.span.start)?;
    let fields = context.design.fields(&["complexity", "time complexity"]);
    let own = fields.into_iter().find(|(_, span)| section.span.contains(*span));
    own.map(|(words, _)| words.trim_end_matches('.').to_owned())
}

/// Changes of state, rules and invariants: what the algorithms must keep.
fn rules(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let items = design.items(&["business rules", "rules"]);
    let rules: Vec<String> = items
        .iter()
        .map(|it| format!("{} ({})", design.words(it.span), page.cite(it.span.start)))
        .collect();
    if !rules.is_empty() {
        page.say("**Business Rules**, each kept by the service layer and shown by a unit test:");
        page.list(&rules);
    }
    let first = design.items(&["invariants"]);
    if !first.is_empty() {
        page.say("**Invariants**:");
        carry(context, page, &["invariants"]);
    }
}

fn pipelines(context: &Context<'_>, page: &mut Page<'_>) {
    let titles = ["data flow", "processing pipeline", "pipeline"];
    let mut any = carry(context, page, &titles);
    let mut rows = Vec::new();
    for table in context.design.tables(&["source", "transformation", "destination"]) {
        for row in 0..table.view.rows.len() {
            let cell = |title| context.design.cell(table, row, title).unwrap_or_default();
            let cells =
                [cell("source"), cell("transformation"), cell("destination"), cell("volume")];
            let mut cells = cells.to_vec();
            cells.push(page.cite(table.row_start(row)));
            rows.push(cells);
        }
    }
    page.table(&["From", "What happens", "To", "Volume", "Source"], &rows);
    any |= !rows.is_empty();
    if !any {
        page.say(&gap("through which steps does data pass, and what holds when one fails?"));
    }
}
