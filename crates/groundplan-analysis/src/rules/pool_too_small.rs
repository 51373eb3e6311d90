//! `pool-too-small`: Little's law against a pool.

use groundplan_model::document::{Metric, TargetRole, Unit};
use groundplan_model::profile::Kind;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::lines::{Line, block, is_code, with_words};
use crate::targets::with_numbers;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "pool-too-small",
    group: "performance",
    summary: "a pool is too small for the rate and the latency that are promised",
    page: include_str!("pool_too_small.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    // A task's number is no size.
    if document.classification.kind == Kind::TaskList {
        return;
    }
    let goal = |metric: Metric, unit: Unit| {
        let mut goals = with_numbers(&document.targets, TargetRole::Goal);
        goals.find(|(goal, bound)| goal.metric == metric && bound.unit == unit).map(|it| it.1)
    };
    let Some(rate) = goal(Metric::Throughput, Unit::PerSecond) else { return };
    let Some(latency) = goal(Metric::Latency, Unit::Milliseconds) else { return };
    let busy = rate.value * latency.value / 1000.0;
    let pools = with_words(document, &["POOL_SIZE", "pool_size", "ool size", "poolSize"]);
    for (line, size) in pools.into_iter().filter_map(|it| Some((it, size(it.text)?))) {
        let is_small = size > 0.0 && size * PART <= busy;
        if is_small && in_all(document, size) * PART <= busy && !is_for_developers(document, line) {
            let (rate, latency) = (&rate.raw, &latency.raw);
            let message =
                format!("the pool holds {size}, and the targets put {busy:.0} requests in flight");
            findings
                .report(line.span, message)
                .related(rate.span, format!("`{}` …", rate.text))
                .related(latency.span, format!("… of `{}` each", latency.text))
                .help("raise the pool, or say how long a request holds a connection");
        }
    }
}

/// A request that holds its connection for less than this part of its time is rare.
const PART: f64 = 10.0;

/// How many connections the pools of all processes hold, where the document multiplies:
/// `3 replicas × 4 processes × 17 connections`.
fn in_all(document: &Document, size: f64) -> f64 {
    let products = with_words(document, &["×"]).into_iter().map(|line| factors(line.text));
    let mut own = products.filter(|factors| factors.last() == Some(&size));
    own.next().map_or(size, |factors| factors.iter().product())
}

/// The factors in front of `=`: the last number of each.
fn factors(line: &str) -> Vec<f64> {
    let product = line.split_once('=').map_or(line, |it| it.0);
    product.split('×').filter_map(last_number).collect()
}

fn last_number(text: &str) -> Option<f64> {
    let mut words = text.rsplit(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    words.find_map(|word| word.replace(',', "").parse().ok())
}

/// Whether the line sets what a developer runs: targets are promised for production.
fn is_for_developers(document: &Document, line: Line<'_>) -> bool {
    if !is_code(document, line) {
        return false;
    }
    let start = block(document, line).start as usize;
    let before = document.source.text().get(..start).unwrap_or("").lines().rev();
    let mut titles = before.filter(|it| !it.trim().is_empty() && !it.starts_with(['`', '~']));
    let title = titles.next().unwrap_or("").to_lowercase();
    title.len() < 60 && ["develop", "local", "test"].iter().any(|it| title.contains(it))
}

/// The first number behind the word.
fn size(line: &str) -> Option<f64> {
    let lower = line.to_lowercase();
    let at = ["pool_size", "pool size", "poolsize"].iter().find_map(|it| lower.split_once(it))?.1;
    let start = at.find(|c: char| c.is_ascii_digit())?;
    let rest = at.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}
