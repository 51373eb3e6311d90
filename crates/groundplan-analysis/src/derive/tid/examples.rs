//! Part 8: one request on its whole way, as a model for the others.

use groundplan_model::service::{Operation, Refusal, Route};
use serde_json::Value;

use super::classes::method_name;
use super::shape::bounds;
use super::{Context, Page, gap};
use crate::derive::layout::Role;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Complete Implementation Example");
    let Some(route) = chosen(context) else {
        page.say(&gap("which operation shows the pattern that the others follow?"));
        return;
    };
    let name = format!("`{} {}`", route.method.as_str(), route.path_text());
    page.say(&format!("{name} from its request to its answer ({}):", page.cite(route.span.start)));
    let steps = steps(context, page, route);
    page.steps(&steps);
    example(page, "The request that the design shows:", route.request_example.as_ref());
    example(page, "Its answer:", route.response_example.as_ref());
    page.say(&gap(&format!("the code of {name} in full, as a model for the others")));
}

/// The create with most to refuse: it passes every layer.
fn chosen<'c>(context: &'c Context<'_>) -> Option<&'c Route> {
    let plan = context.design.plan.as_ref()?;
    let weight = |route: &&Route| {
        let creates = usize::from(route.operation == Operation::Create) * 100;
        let shown = usize::from(route.request_example.is_some()) * 10;
        creates + shown + plan.refusals(route).len()
    };
    let bound = plan.routes.iter().filter(|it| it.binding.is_some());
    bound.reduce(|one, other| if weight(&other) > weight(&one) { other } else { one })
}

fn steps(context: &Context<'_>, page: &Page<'_>, route: &Route) -> Vec<String> {
    let Some(plan) = &context.design.plan else { return Vec::new() };
    let Some((resource, noun)) = context.design.resource_of(route) else { return Vec::new() };
    let refused = |it: Refusal| {
        let known = plan.refusals(route).contains(&it);
        known.then(|| format!("else {} `{}`", plan.refusal_status(route, it), it.code()))
    };
    let mut steps = Vec::new();
    let guards = format!("`{}`", context.layout.single(Role::Guards));
    if let (Some(auth), Some(refused)) =
        (plan.auth.as_ref().map(|it| it.span), refused(Refusal::Unauthenticated))
    {
        steps.push(format!("{guards} checks the token, {refused} ({})", page.cite(auth.start)));
    }
    if let (Some(limit), Some(refused)) = (&plan.rate_limit, refused(Refusal::RateLimited)) {
        steps.push(format!(
            "{guards} counts the request, {refused} ({})",
            page.cite(limit.span.start)
        ));
    }
    if let Some(refused) = refused(Refusal::InvalidField) {
        let fields = resource.fields.iter().enumerate().filter(|(_, it)| it.role.is_writable());
        let fields = fields.filter_map(|(at, field)| {
            let bounds = bounds(resource.column(at)?);
            let need = if field.required { "required" } else { "optional" };
            let bounds = if bounds.is_empty() { String::new() } else { format!(", {bounds}") };
            Some(format!("`{}` ({need}{bounds})", field.name))
        });
        let fields = fields.collect::<Vec<_>>().join(", ");
        let path = context.layout.noun_path(Role::Controller, noun);
        steps.push(format!(
            "`{path}` validates {fields}, {refused} ({})",
            page.cite(noun.span.start)
        ));
    }
    let service = context.layout.noun_path(Role::Service, noun);
    let method = method_name(&route.operation, &route.path);
    steps.push(format!("`{service}` calls `{method}` within one transaction"));
    if let (Some(refused), Some(quota)) = (refused(Refusal::QuotaReached), plan.quota(route)) {
        steps.push(format!(
            "The service counts the owner's rows, at most {}, {refused} ({})",
            quota.count,
            page.cite(quota.span.start)
        ));
    }
    let repository = context.layout.noun_path(Role::Repository, noun);
    let late = [Refusal::UnknownReference, Refusal::Duplicate].into_iter().filter_map(refused);
    let late = late.map(|it| format!(", {it}")).collect::<String>();
    steps.push(format!(
        "`{repository}` writes `{}`{late} ({})",
        noun.table,
        page.cite(noun.span.start)
    ));
    steps.push(format!("The answer is {} ({})", route.success, page.cite(route.span.start)));
    steps
}

fn example(page: &mut Page<'_>, words: &str, value: Option<&Value>) {
    let text = value.and_then(|it| serde_json::to_string_pretty(it).ok());
    if let Some(text) = text {
        page.say(words);
        page.fence("json", &text);
    }
}
