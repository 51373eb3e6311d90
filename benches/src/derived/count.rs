//! The figures: documents, endpoints, rules and reasons.

use std::collections::BTreeMap;
use std::fmt;

use groundplan_model::ServicePlan;
use groundplan_model::service::{Operation, Route};

/// What was counted of all plans.
#[derive(Default)]
pub(super) struct Count {
    documents: usize,
    /// Documents with tables of their own alone, with those of others, and with none that a path
    /// names.
    own: usize,
    pooled: usize,
    apart: usize,
    whole: usize,
    endpoints: usize,
    derived: usize,
    operations: BTreeMap<String, usize>,
    rules: BTreeMap<&'static str, usize>,
    reasons: BTreeMap<String, usize>,
    underived: Vec<String>,
}

impl Count {
    pub(super) fn add(&mut self, plan: &ServicePlan) {
        let before = self.derived;
        self.documents += 1;
        let borrows = plan.notes.iter().any(|note| note.rule == "D3.9");
        let count = match (plan.resources.is_empty(), borrows) {
            (true, _) => &mut self.apart,
            (false, true) => &mut self.pooled,
            (false, false) => &mut self.own,
        };
        *count += 1;
        self.endpoints += plan.routes.len();
        plan.routes.iter().for_each(|route| self.route(plan, route));
        self.whole += usize::from(self.derived - before == plan.routes.len());
    }

    fn route(&mut self, plan: &ServicePlan, route: &Route) {
        if let Operation::Underived(reason) = &route.operation {
            *self.reasons.entry(general(reason)).or_default() += 1;
            let line = plan.source.line(route.span.start as usize);
            let (path, method) = (plan.source.path(), route.method.as_str());
            let text = format!("{path}:{line}: {method} {}: {reason}", route.path_text());
            self.underived.push(text);
            return;
        }
        self.derived += 1;
        *self.operations.entry(name(&route.operation)).or_default() += 1;
        let mut rules: Vec<&str> = route.evidence.iter().map(|it| it.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *self.rules.entry(rule).or_default() += 1;
        }
    }

    /// Every endpoint that is not derived.
    pub(super) fn details(&self) -> String {
        self.underived.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// The operation without what it holds.
fn name(operation: &Operation) -> String {
    let text = format!("{operation:?}");
    text.split(['(', ' ', '{']).next().unwrap_or(&text).to_owned()
}

/// A reason without its names: those in backticks become `_`.
fn general(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { part } else { "`_`" });
    parts.collect()
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { documents, own, pooled, apart, whole, endpoints, derived, .. } = self;
        writeln!(
            f,
            "{documents} documents have endpoints and tables ({own} their own, {pooled} those of \
             their product, {apart} none that a path names), {whole} of them derived whole"
        )?;
        writeln!(
            f,
            "{derived} of {endpoints} endpoints derived ({})",
            share(*derived, *endpoints)
        )?;
        table(f, "operation", self.operations.iter().map(|(name, count)| (name.as_str(), *count)))?;
        table(f, "rule that took part", self.rules.iter().map(|(name, count)| (*name, *count)))?;
        let reasons = self.reasons.iter().map(|(reason, count)| (reason.as_str(), *count));
        table(f, "reason why not derived", reasons)
    }
}

fn table<'a>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    rows: impl Iterator<Item = (&'a str, usize)>,
) -> fmt::Result {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    writeln!(f, "\n{title}")?;
    rows.iter().try_for_each(|(name, count)| writeln!(f, "{count:>6}  {name}"))
}

fn share(part: usize, whole: usize) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{} %", tenths / 10, tenths % 10)
}
