//! Part 6: unit tests from rules and states, integration tests from endpoints and error rows.

mod errors;

use std::collections::BTreeSet;

use groundplan_model::service::{Operation, Refusal, Route, Segment};

use super::{Context, Page, gap};
use crate::derive::layout::Role;
use crate::derive::naming::snake;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Unit Test Structure");
    let mut any = states(context, page);
    any |= rules(context, page);
    if !any {
        page.say(&gap("which rules hold without a database, and how is each shown?"));
    }
    page.heading(3, "Integration Test Examples");
    endpoints(context, page);
    errors::write(context, page);
    scenarios(context, page);
    page.heading(3, "Test Utilities");
    utilities(context, page);
}

/// Every action from every state.
fn states(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let transitions = &context.design.document.transitions;
    let actions: BTreeSet<&str> =
        transitions.iter().filter_map(|it| it.action.as_deref()).collect();
    let states: BTreeSet<&str> = transitions
        .iter()
        .flat_map(|it| it.from.iter().chain([&it.to]))
        .map(String::as_str)
        .collect();
    let Some(first) = transitions.first().filter(|_| !actions.is_empty()) else { return false };
    let allowed: usize = actions
        .iter()
        .map(|action| {
            let own = transitions.iter().filter(|it| it.action.as_deref() == Some(action));
            own.flat_map(|it| &it.from).collect::<BTreeSet<_>>().len()
        })
        .sum();
    let all = actions.len() * states.len();
    page.say(&format!(
        "`{}`: every action from every state. Of {} × {} = {all} combinations {allowed} are allowed, \
         {} refused ({}):",
        context.layout.path(Role::UnitTest, "actions", "actions"),
        actions.len(),
        states.len(),
        all.saturating_sub(allowed),
        page.cite(first.span.start)
    ));
    let mut rows = Vec::new();
    for it in transitions.iter().filter(|it| it.action.is_some()) {
        for from in &it.from {
            let action = it.action.clone().unwrap_or_default();
            let name =
                format!("`test_{}_from_{}_is_{}`", snake(&action), snake(from), snake(&it.to));
            rows.push(vec![name, action, from.clone(), it.to.clone()]);
        }
    }
    page.table(&["Test", "Action", "From", "To"], &rows);
    true
}

/// One test a business rule, and one an invariant.
fn rules(context: &Context<'_>, page: &mut Page<'_>) -> bool {
    let mut rows = Vec::new();
    for item in context.design.items(&["business rules", "invariants"]) {
        let words = context.design.words(item.span);
        let name = format!("`test_{}`", test_name(&words));
        rows.push(vec![name, words, page.cite(item.span.start)]);
    }
    let mut seen = BTreeSet::new();
    rows.retain(|row| row.first().is_some_and(|it| seen.insert(it.clone())));
    if !rows.is_empty() {
        page.say("One test for each rule and each invariant:");
        page.table(&["Test", "Covers", "Source"], &rows);
    }
    !rows.is_empty()
}

/// The first words of a sentence as a name.
fn test_name(words: &str) -> String {
    const LONGEST: usize = 60;
    let mut name = String::new();
    let first =
        words.split("; ").flat_map(|it| it.split(". ")).find(|it| it.len() > 3).unwrap_or(words);
    for word in snake(first).split('_') {
        if name.len() + word.len() > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(word);
    }
    // A cut name does not end in a word that leads to the next one.
    const LEADING: [&str; 14] =
        ["the", "a", "an", "of", "on", "in", "to", "and", "or", "is", "as", "with", "it", "for"];
    while let Some((rest, last)) = name.rsplit_once('_').filter(|(_, last)| LEADING.contains(last))
    {
        let _ = last;
        name = rest.to_owned();
    }
    name
}

/// Success and refusals of each endpoint.
fn endpoints(context: &Context<'_>, page: &mut Page<'_>) {
    let Some(plan) = &context.design.plan else {
        page.say(&gap("which calls from outside are tested, and what does each answer?"));
        return;
    };
    let mut rows = Vec::new();
    for route in &plan.routes {
        let request = format!("`{} {}`", route.method.as_str(), route.path_text());
        let (name, mut success) = success(context, route);
        let refused = refusals(context, route);
        let (one, many) = context.design.subject_of(route);
        let file = context.layout.path(Role::IntegrationTest, &one, &many);
        // Where no endpoint has a table, part 4 asks what is stored at all.
        if route.binding.is_none() && plan.routes.iter().any(|it| it.binding.is_some()) {
            success = format!("{success}; {}", gap(&format!("which rows does {request} work on?")));
        }
        let source = page.cite(route.span.start);
        rows.push(vec![
            format!("`{name}`"),
            request,
            success,
            refused,
            format!("`{file}`"),
            source,
        ]);
    }
    page.say("Each endpoint once as it should be used, and once for each status that refuses it:");
    let titles = ["Test", "Request", "Success", "Refused with", "File", "Source"];
    page.table(&titles, &rows);
}

/// The name of an endpoint's test, and what success looks like.
fn success(context: &Context<'_>, route: &Route) -> (String, String) {
    let one = context.design.resource_of(route).map(|(_, noun)| noun.one.clone());
    let one = one.unwrap_or_else(|| snake(&route.path_text()));
    let name = match &route.operation {
        Operation::List => format!("test_{one}_is_listed"),
        Operation::Create => format!("test_{one}_is_created"),
        Operation::Read | Operation::ReadSingleton => format!("test_{one}_is_read"),
        Operation::Replace | Operation::Upsert | Operation::PutSingleton => {
            format!("test_{one}_is_written")
        }
        Operation::Link => format!("test_{one}_is_linked"),
        Operation::Unlink => format!("test_{one}_is_parted"),
        Operation::Update => format!("test_{one}_is_changed"),
        Operation::Delete => format!("test_{one}_is_removed"),
        Operation::Upload(_) => format!("test_file_of_{one}_is_uploaded"),
        Operation::Download => format!("test_file_of_{one}_is_downloaded"),
        Operation::Transition(it) => format!("test_{one}_is_{}", snake(&it.to)),
        Operation::CreateMany(_) => format!("test_{one}_is_created_in_bulk"),
        Operation::UpdateMany(_) => format!("test_{one}_is_changed_in_bulk"),
        Operation::DeleteMany(_) => format!("test_{one}_is_removed_in_bulk"),
        Operation::Aggregate(_)
        | Operation::Search
        | Operation::History(_)
        | Operation::Export(_)
        | Operation::Session(_)
        | Operation::Act
        | Operation::Builtin(_)
        | Operation::Underived(_) => free_name(route),
    };
    let state = match (&route.operation, context.design.resource_of(route)) {
        (Operation::Transition(it), _) => format!(", state `{}`", it.to),
        (Operation::Create, Some((resource, _))) => {
            let state = resource.role_index(groundplan_model::service::Role::State);
            let column = state.and_then(|at| resource.column(at));
            match column.and_then(|it| it.default.as_ref()) {
                Some(groundplan_model::schema::DefaultValue::Constant(value)) => {
                    format!(", state `{}`", value.as_str().unwrap_or_default())
                }
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    (name, format!("{}{state}", route.success))
}

/// The name of a test of an endpoint without a table: its method and the end of its path.
fn free_name(route: &Route) -> String {
    let words = route.path.iter().rev().filter_map(|it| match it {
        Segment::Literal(text) => Some(snake(text)),
        Segment::Parameter(_) => None,
    });
    let mut words: Vec<String> = words.take(3).collect();
    words.reverse();
    let key = match route.path.last() {
        Some(Segment::Parameter(name)) => format!("_by_{}", snake(name)),
        _ => String::new(),
    };
    format!("test_{}_{}{key}", route.method.as_str().to_lowercase(), words.join("_"))
}

/// The statuses that refuse a request, with their code words.
fn refusals(context: &Context<'_>, route: &Route) -> String {
    let Some(plan) = &context.design.plan else { return String::new() };
    let mut found: Vec<String> = Vec::new();
    for refusal in plan.refusals(route) {
        let general = [Refusal::Unauthenticated, Refusal::RateLimited, Refusal::Unavailable];
        if !general.contains(&refusal) {
            found.push(format!("{} `{}`", plan.refusal_status(route, refusal), refusal.code()));
        }
    }
    for case in &route.errors {
        let status = case.status.to_string();
        if !found.iter().any(|it| it.starts_with(&status)) {
            found.push(status);
        }
    }
    found.sort();
    found.join(", ")
}

/// The scenarios that the design lists itself.
fn scenarios(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut rows = Vec::new();
    for table in design.tables(&["scenario", "expected"]) {
        for row in 0..table.view.rows.len() {
            let cell = |title| design.cell(table, row, title);
            let Some(scenario) = cell("scenario") else { continue };
            let kind = cell("type").unwrap_or_default();
            let question = format!("what is expected of: {scenario}?");
            let expected = cell("expected").unwrap_or_else(|| gap(&question));
            rows.push(vec![kind, scenario, expected, page.cite(table.row_start(row))]);
        }
    }
    if !rows.is_empty() {
        page.say("Scenarios of the design:");
        page.table(&["Kind", "Scenario", "Expected", "Source"], &rows);
    }
    let titles =
        ["unit tests", "integration tests", "performance tests", "security tests", "e2e tests"];
    let mut items = Vec::new();
    for title in titles {
        for (words, span) in design.fields(&[title]) {
            items.push(format!(
                "{}: {words} ({})",
                crate::derive::naming::capitalised(title),
                page.cite(span.start)
            ));
        }
        for item in design.items(&[title]) {
            items.push(format!(
                "{}: {} ({})",
                crate::derive::naming::capitalised(title),
                design.words(item.span),
                page.cite(item.span.start)
            ));
        }
    }
    if !items.is_empty() {
        page.say("What the design asks to be covered:");
        page.list(&items);
    }
}

/// Factories, fixtures and sets of data.
fn utilities(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut items = Vec::new();
    for (at, noun) in design.nouns.iter().enumerate() {
        let Some(route) = design.routes_of(at).find(|it| it.operation == Operation::Create) else {
            continue;
        };
        items.push(format!(
            "`create_{}` in `{}`: a row by `{} {}`, fields may be overridden ({})",
            noun.one,
            context.layout.single(Role::Factories),
            route.method.as_str(),
            route.path_text(),
            page.cite(route.span.start)
        ));
    }
    if let Some(auth) = design.plan.as_ref().and_then(|it| Some(it.auth.as_ref()?.span)) {
        let path = context.layout.single(Role::Fixtures);
        items.push(format!(
            "Clients of two callers with valid tokens in `{path}` ({})",
            page.cite(auth.start)
        ));
    }
    for table in design.tables(&["data set", "purpose"]) {
        for row in 0..table.view.rows.len() {
            let cell = |title| design.cell(table, row, title).unwrap_or_default();
            items.push(format!(
                "Data set {}: {}; {}; made by: {} ({})",
                cell("data set"),
                cell("purpose"),
                cell("size"),
                cell("generation"),
                page.cite(table.row_start(row))
            ));
        }
    }
    if items.is_empty() {
        page.say(&gap("which fixtures and factories do the tests share?"));
    }
    page.list(&items);
}
