//! Part 5: environment variables, and the numbers that the code has to hold to.

use groundplan_model::document::{Concept, PolicyKind};
use groundplan_model::schema::ColumnType;

use super::shape::{Member, MemberType, written};
use super::{Context, Page, gap};
use crate::derive::design::{Ty, Variable, limits, variables};
use crate::derive::layout::Role;
use crate::derive::naming::snake;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Environment Variables");
    environment(context, page);
    page.heading(3, "Application Configuration");
    application(context, page);
}

fn environment(context: &Context<'_>, page: &mut Page<'_>) {
    let variables = variables(&context.design);
    if variables.is_empty() {
        page.say(&gap("which environment variables does the code read, with which defaults?"));
        return;
    }
    let rows: Vec<Vec<String>> = variables
        .iter()
        .map(|it| {
            let secret = if it.is_secret { "yes" } else { "no" };
            let purpose = it.purpose.clone().unwrap_or_default();
            vec![
                format!("`{}`", it.name),
                value(it),
                secret.to_owned(),
                purpose,
                page.cite(it.span.start),
            ]
        })
        .collect();
    page.table(&["Variable", "Value", "Secret", "Purpose", "Source"], &rows);
    page.say(&format!(
        "`Settings` in `{}` reads them once, at the start; a variable without a value ends the start \
         with its name:",
        context.layout.single(Role::Settings)
    ));
    let member = |it: &Variable| Member {
        name: snake(&it.name),
        ty: MemberType::Column(match it.ty() {
            Ty::Text => ColumnType::Text,
            Ty::Integer => ColumnType::Integer { auto: false },
            Ty::Boolean => ColumnType::Boolean,
        }),
        optional: false,
    };
    let members: Vec<Member> = variables.iter().map(member).collect();
    let fence = context.layout.language.fence;
    if !context.design.code.defines("Settings") {
        page.fence(fence, &written(fence, "Settings", &members));
    }
}

/// The values by environment; a question where there is none and it is no secret.
fn value(variable: &Variable) -> String {
    if variable.is_secret {
        return "from the secret store".to_owned();
    }
    let mut values: Vec<String> = Vec::new();
    for (label, value) in &variable.values {
        let label = label.as_ref().map(|it| format!("{it}: ")).unwrap_or_default();
        values.push(format!("{label}`{value}`"));
    }
    let first = variable.values.first().map(|(_, value)| value);
    let is_one = variable.values.iter().all(|(_, value)| Some(value) == first);
    match (values.len(), &variable.default) {
        (0, Some(default)) => default.clone(),
        (0, None) => gap(&format!("which value has `{}`, and may it be left out?", variable.name)),
        _ if is_one => first.map(|it| format!("`{it}`")).unwrap_or_default(),
        _ => values.join("; "),
    }
}

fn application(context: &Context<'_>, page: &mut Page<'_>) {
    let mut rows = policies(context, page);
    rows.extend(retention(context, page));
    let known: Vec<String> = variables(&context.design).into_iter().map(|it| it.name).collect();
    let policies = &context.design.document.policies;
    let told: Vec<_> =
        policies.iter().filter(|it| is_row(&it.kind)).map(|it| it.text.span).collect();
    for limit in limits(&context.design) {
        let is_told = told.iter().any(|it| it.contains(limit.span) || limit.span.contains(*it))
            || told.iter().any(|it| it.start <= limit.span.start && limit.span.start < it.end);
        if !known.contains(&limit.name) && !is_told {
            let source = page.cite(limit.span.start);
            rows.push(vec![
                format!("`{}`", limit.name),
                limit.value,
                shortened(&limit.words),
                source,
            ]);
        }
    }
    rows.extend(scale(context, page));
    if rows.is_empty() {
        page.say(&gap(
            "which limits, sizes and times are the same everywhere, and where do they stand?",
        ));
    } else {
        page.say(
            "What is the same everywhere is a constant beside the code that uses it. The names are \
             proposals, made of the design's words:",
        );
        page.table(&["Setting", "Value", "What the design says", "Source"], &rows);
    }
}

/// Whether `policies` has a row for it.
fn is_row(kind: &PolicyKind) -> bool {
    matches!(kind, PolicyKind::RateLimit { .. } | PolicyKind::Quota { .. })
}

/// The rate limit and the quotas.
fn policies(context: &Context<'_>, page: &Page<'_>) -> Vec<Vec<String>> {
    let Some(plan) = &context.design.plan else { return Vec::new() };
    let mut rows = Vec::new();
    if let Some(limit) = &plan.rate_limit {
        let value = format!("{} requests in {} s for each caller", limit.count, limit.window_s);
        let words = context.design.words(limit.span);
        let source = page.cite(limit.span.start);
        rows.push(vec!["`RATE_LIMIT`".to_owned(), value, shortened(&words), source]);
    }
    for quota in &plan.quotas {
        let noun = context.design.nouns.get(quota.resource).map_or("rows", |it| &it.many);
        let name = format!("`QUOTA_{}`", noun.to_uppercase());
        let states = if quota.states.is_empty() {
            String::new()
        } else {
            format!(" {}", quota.states.join(" or "))
        };
        let value = format!("{}{states} for each owner", quota.count);
        let words = context.design.words(quota.span);
        rows.push(vec![name, value, shortened(&words), page.cite(quota.span.start)]);
    }
    rows
}

/// How long data is kept, where that is a number.
fn retention(context: &Context<'_>, page: &Page<'_>) -> Vec<Vec<String>> {
    let kept = context.design.document.retention.iter().filter(|it| {
        let is_log = context.design.is_under(it.span.start, &[Concept::Monitoring]);
        it.days.is_some() && !is_log
    });
    let row = |it: &groundplan_model::document::Retention| {
        let mut name = snake(&it.data).to_uppercase();
        if name.len() > 30 {
            name = name.split('_').take(3).collect::<Vec<_>>().join("_");
        }
        let name = format!("`RETENTION_{name}`");
        vec![
            name,
            it.period.clone(),
            format!("How long it is kept: {}", it.data),
            page.cite(it.span.start),
        ]
    };
    kept.filter(|it| it.data.len() > 3).map(row).collect()
}

/// How much runs where: the rows of environments that count something.
fn scale(context: &Context<'_>, page: &Page<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for table in context.design.tables(&["environment", "configuration"]) {
        for row in 0..table.view.rows.len() {
            let name = context.design.cell(table, row, "environment").unwrap_or_default();
            let words = context.design.cell(table, row, "configuration").unwrap_or_default();
            if words.contains(|c: char| c.is_ascii_digit()) {
                let source = page.cite(table.row_start(row));
                rows.push(vec![format!("scale in {name}"), words, String::new(), source]);
            }
        }
    }
    rows
}

fn shortened(words: &str) -> String {
    const LONGEST: usize = 160;
    // A bold label in front says what the setting's name says.
    let label = words.strip_prefix("**").and_then(|it| it.split_once("**"));
    let words = label.map_or(words, |(_, rest)| rest.trim_start_matches([':', ' ']));
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let cut: String = words.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |it| it.0);
    // Half of a code span would swallow the rest of the row.
    let cut = if cut.matches('`').count() % 2 == 1 {
        cut.rsplit_once('`').map_or(cut, |it| it.0)
    } else {
        cut
    };
    format!("{} …", cut.trim_end_matches([' ', ',', '(']))
}
