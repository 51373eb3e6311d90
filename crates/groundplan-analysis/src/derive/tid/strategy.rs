//! Part 1: in which order, with which risks, by which patterns.

use std::collections::BTreeSet;

use groundplan_model::document::Concept;

use super::{Context, Page, cite_section, gap};
use crate::derive::code::Definition;
use crate::derive::design::{Noun, services};
use crate::derive::page::unlinked;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Development Approach");
    methodology(context, page);
    order(context, page);
    integration(context, page);
    risks(context, page);
    page.heading(3, "Coding Patterns");
    decisions(context, page);
    organization(context, page);
    naming(context, page);
    let stated = context.design.field(&["documentation standards", "docstrings"]);
    let words = stated.map(|(words, span)| format!("{words} ({})", page.cite(span.start)));
    let question = "what carries a comment or a docstring, and what does it say?";
    page.field("Documentation Standards", &words.unwrap_or_else(|| gap(question)));
}

fn methodology(context: &Context<'_>, page: &mut Page<'_>) {
    let stated = context.design.field(&["methodology", "development approach"]);
    let words = stated.map(|(words, span)| format!("{words} ({})", page.cite(span.start)));
    let question = "how is the work done: tests first, thin slices, one component at a time?";
    page.field("Methodology", &words.unwrap_or_else(|| gap(question)));
}

fn order(context: &Context<'_>, page: &mut Page<'_>) {
    let mut steps = schema_steps(context, page);
    steps.extend(resource_steps(context, page));
    steps.extend(type_steps(context, page));
    steps.extend(rest_steps(context, page));
    if steps.is_empty() {
        let components = context.design.document.components.iter();
        steps =
            components.map(|it| format!("{} ({})", it.text, page.cite(it.span.start))).collect();
    }
    let order = if steps.is_empty() {
        gap("which component comes first, which follow, and why?")
    } else {
        "what others rest on comes first.".to_owned()
    };
    page.field("Order of Implementation", &order);
    page.steps(&steps);
    phases(context, page);
}

/// Tables, each after those that it refers to.
fn schema_steps(context: &Context<'_>, page: &Page<'_>) -> Vec<String> {
    let nouns = ordered(context);
    let Some(first) = nouns.first() else { return Vec::new() };
    let names: Vec<String> = nouns.iter().map(|it| format!("`{}`", it.table)).collect();
    vec![format!(
        "Schema: {}, each after the tables that it refers to ({})",
        names.join(", "),
        page.cite(first.span.start)
    )]
}

/// The nouns in the order of their tables' foreign keys.
pub(super) fn ordered<'c>(context: &'c Context<'_>) -> Vec<&'c Noun> {
    let mut rest: Vec<&Noun> = context.design.nouns.iter().collect();
    let mut done: Vec<&Noun> = Vec::new();
    while !rest.is_empty() {
        let waits: BTreeSet<&str> = rest.iter().map(|it| it.table.as_str()).collect();
        let is_free = |noun: &&&Noun| {
            references(context, &noun.table).all(|it| it == noun.table || !waits.contains(it))
        };
        // A circle of foreign keys is broken at the table that the design names first.
        let next = rest.iter().find(is_free).or(rest.first()).copied();
        let Some(next) = next else { break };
        rest.retain(|it| it.table != next.table);
        done.push(next);
    }
    done
}

/// The tables that a table's foreign keys name.
fn references<'c>(context: &'c Context<'_>, table: &str) -> impl Iterator<Item = &'c str> {
    let table = context.design.document.schema.table(table);
    table.into_iter().flat_map(|it| &it.foreign_keys).map(|key| key.table.as_str())
}

/// Repository, service and endpoints of each table.
fn resource_steps(context: &Context<'_>, page: &Page<'_>) -> Vec<String> {
    let design = &context.design;
    let step = |noun: &&Noun| {
        let at = design.nouns.iter().position(|it| it.table == noun.table)?;
        let routes: Vec<_> = design.routes_of(at).collect();
        let name = noun.many.replace('_', " ");
        let uses: Vec<String> =
            references(context, &noun.table).map(|it| format!("`{it}`")).collect();
        let uses = if uses.is_empty() {
            String::new()
        } else {
            format!(", which rests on {}", uses.join(", "))
        };
        let first = routes.first();
        let cite = page.cite(first.map_or(noun.span, |it| it.span).start);
        let what = match routes.len() {
            0 => "repository; no endpoint leads to it".to_owned(),
            1 => "repository, service and 1 endpoint".to_owned(),
            count => format!("repository, service and {count} endpoints"),
        };
        Some(format!("{}: {what}{uses} ({cite})", crate::derive::naming::capitalised(&name)))
    };
    ordered(context).iter().filter_map(step).collect()
}

/// Types with methods of the design, each after those that its methods name.
fn type_steps(context: &Context<'_>, page: &Page<'_>) -> Vec<String> {
    let code = &context.design.code;
    let has_methods = |it: &&Definition| code.methods(&it.name).next().is_some();
    let mut rest: Vec<&Definition> = code.types().into_iter().filter(has_methods).collect();
    rest.retain(|it| !context.design.nouns.iter().any(|noun| it.name.starts_with(&noun.class)));
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let uses = |it: &Definition, name: &str| {
            let own = code.definitions.iter().filter(|m| m.owner.as_ref() == Some(&it.name));
            it.name != name && own.flat_map(|m| &m.names).any(|it| it == name)
        };
        let is_free = |it: &&&Definition| !rest.iter().any(|other| uses(it, &other.name));
        let Some(next) = rest.iter().find(is_free).or(rest.first()).copied() else { break };
        rest.retain(|it| it.name != next.name);
        steps.push(format!("`{}` ({})", next.name, page.cite(next.span.start)));
    }
    steps
}

/// What wraps finished endpoints, what calls them, and the proof.
fn rest_steps(context: &Context<'_>, page: &Page<'_>) -> Vec<String> {
    let design = &context.design;
    let mut steps = Vec::new();
    if let Some(plan) = &design.plan {
        let spans = plan.rate_limit.iter().map(|it| it.span);
        let spans: Vec<_> = spans
            .chain(plan.quotas.iter().map(|it| it.span))
            .chain(plan.auth.as_ref().map(|it| it.span))
            .collect();
        let cites: BTreeSet<String> = spans.iter().map(|it| page.cite(it.start)).collect();
        if !cites.is_empty() {
            let cites = cites.into_iter().collect::<Vec<_>>().join(", ");
            steps.push(format!("Token check and limits: they wrap finished endpoints ({cites})"));
        }
    }
    let programs = ["worker", "consumer", "scheduler", "job"];
    let runs = design.document.components.iter().filter(|it| {
        let name = it.text.to_lowercase();
        programs.iter().any(|word| name.contains(word)) && name.len() < 40
    });
    for component in runs {
        let name = &component.text;
        steps.push(format!(
            "{name}: it uses what is built before ({})",
            page.cite(component.span.start)
        ));
    }
    if let Some(first) = services(design).first() {
        let cite = page.cite(first.span.start);
        steps.push(format!("Clients of other services, each with its way out ({cite})"));
    }
    if !steps.is_empty() || !design.nouns.is_empty() {
        steps.extend(
            cite_section(context, page, Concept::Performance)
                .map(|cite| format!("Proof: load test against the targets ({cite})")),
        );
    }
    steps
}

/// The phases that the design plans, with the files that it puts there.
fn phases(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let planned = design
        .document
        .phases
        .iter()
        .filter(|it| !it.files.is_empty() || design.is_under(it.span.start, &[Concept::Plan]));
    let rows: Vec<Vec<String>> = planned
        .map(|phase| {
            let files: Vec<String> =
                phase.files.iter().map(|it| format!("`{}`", it.text)).collect();
            let points = phase.points.map(|it| it.to_string()).unwrap_or_default();
            vec![phase.title.clone(), points, files.join(", "), page.cite(phase.span.start)]
        })
        .collect();
    if !rows.is_empty() {
        page.say("The design plans these phases:");
        page.table(&["Phase", "Points", "Files", "Source"], &rows);
    }
}

fn integration(context: &Context<'_>, page: &mut Page<'_>) {
    let sentences = context.design.sentences();
    let flag = sentences.iter().find(|it| it.text.to_lowercase().contains("feature flag"));
    let words = flag.map(|it| format!("{} ({})", it.text, page.cite(it.span.start)));
    let strategy = context.design.field(&["integration strategy"]);
    let words = strategy.map(|(words, at)| format!("{words} ({})", page.cite(at.start))).or(words);
    let question = "how does each piece join the running system: behind a flag, in which order, \
                    beside which old part?";
    page.field("Integration Strategy", &words.unwrap_or_else(|| gap(question)));
}

fn risks(context: &Context<'_>, page: &mut Page<'_>) {
    let rows: Vec<Vec<String>> = context
        .design
        .document
        .risks
        .iter()
        .map(|risk| {
            let question = format!("what is done about this risk: {}?", risk.text);
            let mitigation = risk.mitigation.as_deref().map(unlinked);
            let mitigation = mitigation.unwrap_or_else(|| gap(&question));
            let impact = risk.impact.clone().unwrap_or_default();
            vec![unlinked(&risk.text), impact, mitigation, page.cite(risk.span.start)]
        })
        .collect();
    if rows.is_empty() {
        page.field("Risk Mitigation", &gap("what is tried out early because it may fail?"));
    } else {
        page.field("Risk Mitigation", "the risks of the design, and what is done about each:");
        page.table(&["Risk", "Impact", "Mitigation", "Source"], &rows);
    }
}

fn decisions(context: &Context<'_>, page: &mut Page<'_>) {
    let made =
        context.design.document.decisions.iter().filter_map(|it| Some((it, it.choice.as_ref()?)));
    let rows: Vec<Vec<String>> = made
        .map(|(it, choice)| vec![it.area.clone(), unlinked(choice), page.cite(it.span.start)])
        .collect();
    if rows.is_empty() {
        page.field("Design Patterns", &gap("which patterns does this feature use, and where?"));
    } else {
        page.field("Design Patterns", "they follow from the decisions of the design:");
        page.table(&["Decision", "Choice", "Source"], &rows);
    }
}

/// What the design says that each component is for.
fn organization(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut items = Vec::new();
    for component in &design.document.components {
        let purpose = purpose(context, &component.text, component.span.start);
        if let Some(purpose) = purpose {
            items.push(format!(
                "{}: {purpose} ({})",
                component.text,
                page.cite(component.span.start)
            ));
        }
    }
    if items.is_empty() {
        let question = "how are classes and modules cut, and which may call which?";
        page.field("Code Organization", &gap(question));
    } else {
        page.field("Code Organization", "one part of the code for each component of the design:");
        page.list(&items);
    }
}

/// The cell of purpose in the component's row, or the field under its heading.
fn purpose(context: &Context<'_>, name: &str, at: u32) -> Option<String> {
    let design = &context.design;
    for title in ["purpose", "responsibility", "description", "role"] {
        for table in design.tables(&[title]) {
            let row = (0..table.view.rows.len()).find(|row| {
                let span = table.view.rows.get(*row).map(|it| it.span).unwrap_or_default();
                span.start <= at && at < span.end
            });
            if let Some(cell) = row.and_then(|row| design.cell(table, row, title)) {
                return Some(cell);
            }
        }
    }
    let section = design.document.section_at(at)?;
    let own = section.title.text.contains(name);
    let fields = design.fields(&["purpose", "responsibility", "responsibilities", "role"]);
    let inside = fields.into_iter().find(|(_, it)| section.span.contains(*it));
    inside.filter(|_| own).map(|(words, _)| words.trim_end_matches('.').to_owned())
}

fn naming(context: &Context<'_>, page: &mut Page<'_>) {
    let layout = &context.layout;
    let stated = layout.stated.first().filter(|_| layout.is_known);
    let words = match stated {
        Some(first) => format!(
            "files are named as the design names its own, such as `{}` ({}).",
            first.path,
            page.cite(first.span.start)
        ),
        None => gap("which rules do names of files, classes and settings follow?"),
    };
    page.field("Naming Conventions", &words);
}
