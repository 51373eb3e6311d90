//! `pool-too-small`: Little's law against a pool.

use groundplan_model::Severity;
use groundplan_model::document::{Metric, TargetRole, Unit};

use super::{Check, FixKind, Rule};
use crate::lines::with_words;
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
    let goal = |metric: Metric, unit: Unit| {
        let mut goals = with_numbers(&document.targets, TargetRole::Goal);
        goals.find(|(goal, bound)| goal.metric == metric && bound.unit == unit).map(|it| it.1)
    };
    let Some(rate) = goal(Metric::Throughput, Unit::PerSecond) else { return };
    let Some(latency) = goal(Metric::Latency, Unit::Milliseconds) else { return };
    let busy = rate.value * latency.value / 1000.0;
    let pools = with_words(document, &["POOL_SIZE", "pool_size", "ool size", "poolSize"]);
    for (line, size) in pools.into_iter().filter_map(|it| Some((it, size(it.text)?))) {
        if size > 0.0 && size * PART <= busy {
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

/// The first number behind the word.
fn size(line: &str) -> Option<f64> {
    let lower = line.to_lowercase();
    let at = ["pool_size", "pool size", "poolsize"].iter().find_map(|it| lower.split_once(it))?.1;
    let start = at.find(|c: char| c.is_ascii_digit())?;
    let rest = at.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}
