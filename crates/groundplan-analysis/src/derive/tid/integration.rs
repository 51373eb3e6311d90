//! Part 4: repositories, transactions and migrations; clients of other services.

use groundplan_model::document::Method;
use groundplan_model::schema::{OnDelete, Table};
use groundplan_model::service::{Operation, Refusal};

use super::classes::method_name;
use super::{Context, Page, gap};
use crate::derive::design::{Noun, Service, services};
use crate::derive::layout::Role;
use crate::derive::naming::pascal;
use crate::derive::page::or_gap;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Database Integration");
    if context.design.nouns.is_empty() {
        page.say(&gap("what is stored, where, and which class reads and writes it?"));
    } else {
        repositories(context, page);
        transactions(context, page);
        constraints(context, page);
    }
    page.heading(3, "External API Integration");
    clients(context, page);
    retries(context, page);
}

fn repositories(context: &Context<'_>, page: &mut Page<'_>) {
    let migration = context.file("create_").or_else(|| context.file("migration"));
    let mut rows = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for (at, noun) in context.design.nouns.iter().enumerate() {
        let class = format!("{}Repository", noun.class);
        let mut methods: Vec<String> = context
            .design
            .routes_of(at)
            .map(|it| method_name(&it.operation, &it.path))
            .chain(context.design.code.methods(&class).map(|it| it.name.clone()))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        methods.retain(|it| seen.insert(it.clone()));
        let methods: Vec<String> = methods.iter().map(|it| format!("`{it}`")).collect();
        if methods.is_empty() {
            open.push(format!("`{}`", noun.table));
        }
        let methods = methods.join(", ");
        let file = context.layout.noun_path(Role::Repository, noun);
        rows.push(vec![
            format!("`{}`", noun.table),
            format!("`{class}` in `{file}`"),
            methods,
            migration.clone().unwrap_or_default(),
            page.cite(noun.span.start),
        ]);
    }
    page.table(&["Table", "Repository", "Methods", "Migration", "Source"], &rows);
    if !open.is_empty() {
        let names = open.join(", ");
        page.say(&gap(&format!("who reads and writes {names}, and when? no endpoint leads there")));
    }
}

/// What has to be written together, or counted while nobody else writes.
fn transactions(context: &Context<'_>, page: &mut Page<'_>) {
    let mut items = Vec::new();
    if let Some(plan) = &context.design.plan {
        for quota in &plan.quotas {
            let noun = context.design.nouns.get(quota.resource).map_or("", |it| &it.many);
            items.push(format!(
                "A create of {noun} counts and inserts in one transaction, and creates of one owner \
                 wait for one another: else two at once pass the quota of {} ({})",
                quota.count,
                page.cite(quota.span.start)
            ));
        }
        for route in &plan.routes {
            let Operation::Transition(transition) = &route.operation else { continue };
            let from = if transition.from.is_empty() {
                "any state".to_owned()
            } else {
                transition.from.join(" or ")
            };
            items.push(format!(
                "`{} {}` is one statement whose condition names the states that it may start from \
                 ({from}): no lock between reading and writing ({})",
                route.method.as_str(),
                route.path_text(),
                page.cite(route.span.start)
            ));
        }
    }
    if items.is_empty() {
        let question = "which writes belong together, and what is seen of them when one fails?";
        items.push(gap(question));
    }
    page.field("Transactions", "one a request, and these in particular:");
    page.list(&items);
}

/// Constraints, and the refusal that each becomes.
fn constraints(context: &Context<'_>, page: &mut Page<'_>) {
    let mut rows = Vec::new();
    for (at, noun) in context.design.nouns.iter().enumerate() {
        let Some(table) = context.design.document.schema.table(&noun.table) else { continue };
        for columns in &table.uniques {
            let name = format!("unique ({}) of `{}`", columns.join(", "), table.name);
            let answer = answer(context, at, Refusal::Duplicate);
            rows.push(vec![name, answer, page.cite(table.span.start)]);
        }
        rows.extend(foreign_keys(context, page, at, noun, table));
    }
    if !rows.is_empty() {
        page.say("Constraints of the database that a request can break, and what it is answered:");
        page.table(&["Constraint", "Answer", "Source"], &rows);
    }
}

fn foreign_keys(
    context: &Context<'_>,
    page: &Page<'_>,
    at: usize,
    noun: &Noun,
    table: &Table,
) -> Vec<Vec<String>> {
    let row = |key: &groundplan_model::schema::ForeignKey| {
        let name = format!("`{}.{}` to `{}`", noun.table, key.columns.join(", "), key.table);
        let gone = match key.on_delete {
            OnDelete::Restrict => "the other row stays",
            OnDelete::Cascade => "this row goes with it",
            OnDelete::SetNull => "becomes NULL",
        };
        let answer = answer(context, at, Refusal::UnknownReference);
        vec![
            name,
            format!("{answer}; when the other row is removed: {gone}"),
            page.cite(key.span.start),
        ]
    };
    table.foreign_keys.iter().map(row).collect()
}

/// The status that a refusal of writes to the table at `at` has.
fn answer(context: &Context<'_>, at: usize, refusal: Refusal) -> String {
    let writes = |it: &&groundplan_model::service::Route| {
        matches!(it.method, Method::Post | Method::Put | Method::Patch)
    };
    let plan = context.design.plan.as_ref();
    let answered = plan.and_then(|plan| {
        let route = context
            .design
            .routes_of(at)
            .find(|it| writes(it) && plan.refusals(it).contains(&refusal))?;
        Some(format!("{} `{}`", plan.refusal_status(route, refusal), refusal.code()))
    });
    let by_path = || {
        let plan = plan?;
        let route = context
            .design
            .routes_of(at)
            .find(|it| writes(it) && it.binding.as_ref().is_some_and(|it| it.parent.is_some()))?;
        let status = plan.refusal_status(route, Refusal::NotFound);
        Some(format!("{status} `{}`, for the path names the row", Refusal::NotFound.code()))
    };
    let answered = answered.or_else(|| (refusal == Refusal::UnknownReference).then(by_path)?);
    answered.unwrap_or_else(|| "no request reaches it".to_owned())
}

fn clients(context: &Context<'_>, page: &mut Page<'_>) {
    let services = services(&context.design);
    if services.is_empty() {
        page.say("The design names no other service that this one calls.");
        return;
    }
    let general = |titles: &[&str]| context.design.field(titles).is_some();
    let (retries, timeout) = (general(&RETRIES), general(&TIMEOUTS));
    let row = |it: &Service| {
        let name = &it.name;
        let ask = |known: bool, question: String| {
            if known { "as below".to_owned() } else { gap(&question) }
        };
        let retry = it.retries.clone().unwrap_or_else(|| {
            ask(retries, format!("how often is a call of {name} repeated, with which pauses?"))
        });
        let limit = it.timeout.clone().unwrap_or_else(|| {
            ask(timeout, format!("after how many seconds is a call of {name} given up?"))
        });
        let fallback = or_gap(
            it.fallback.as_deref(),
            &format!("what does this service do while {name} is down?"),
        );
        let protocol = it.protocol.clone().unwrap_or_default();
        let purpose = it.purpose.clone().unwrap_or_default();
        let what = [purpose, protocol].into_iter().filter(|it| !it.is_empty());
        let what = what.collect::<Vec<_>>().join("; ");
        vec![
            name.clone(),
            client(context, name),
            what,
            limit,
            retry,
            fallback,
            page.cite(it.span.start),
        ]
    };
    let rows: Vec<Vec<String>> = services.iter().map(row).collect();
    let titles = ["Service", "Client", "For", "Timeout", "Retry", "While it is down", "Source"];
    page.table(&titles, &rows);
}

/// The class that calls a service: the one that the design's signatures name alike.
fn client(context: &Context<'_>, service: &str) -> String {
    let class = pascal(service);
    if ["Database", "PostgreSql", "PostgreSQL", "MySql", "Sqlite"].contains(&class.as_str()) {
        return "the repositories".to_owned();
    }
    let wanted = context.design.code.wanted();
    let known = wanted.iter().find(|(name, _)| class.ends_with(name) || class.starts_with(name));
    known.map_or_else(|| format!("`{class}Client`"), |(name, _)| format!("`{name}`"))
}

const TIMEOUTS: [&str; 2] = ["timeout", "timeouts"];

const RETRIES: [&str; 4] = ["retries", "retry", "retry logic", "retry policy"];

/// What the design says of every call.
fn retries(context: &Context<'_>, page: &mut Page<'_>) {
    let design = &context.design;
    let mut items = Vec::new();
    let titles: [(&str, &[&str]); 3] =
        [("Retries", &RETRIES), ("Timeout", &TIMEOUTS), ("Failure mode", &["failure mode"])];
    for (label, titles) in titles {
        for (words, span) in design.fields(titles) {
            let known = items.iter().any(|it: &String| it.contains(&words));
            if !known && words.len() < 400 {
                items.push(format!("{label}: {words} ({})", page.cite(span.start)));
            }
        }
    }
    if !items.is_empty() {
        page.say("What holds for calls:");
        page.list(&items);
    }
}
