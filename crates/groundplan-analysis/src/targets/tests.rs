//! Which targets are compared.

use groundplan_model::document::{Comparator, Metric, Quantity, Target, TargetRole, Text, Unit};
use groundplan_syntax::Span;

use super::{Side, goal_side, is_same_metric};

fn target(name: &str, metric: Metric, percentile: Option<f64>) -> Target {
    let text = |text: &str| Text { text: text.to_owned(), span: Span::default() };
    let (comparator, unit) = (Comparator::Equal, Unit::Count);
    let quantity = Some(Quantity { comparator, value: 1.0, unit, factor: 1.0, raw: text("1") });
    let (name, statement) = (text(name), Span::default());
    let certainty = groundplan_model::Certainty::Stated;
    Target { role: TargetRole::Goal, metric, name, percentile, quantity, statement, certainty }
}

#[test]
fn one_metric_under_several_names_is_compared() {
    let goal = target("Response Time (p95)", Metric::Latency, Some(95.0));
    assert!(is_same_metric(&goal, &target("High Latency", Metric::Latency, Some(95.0))));
    assert!(is_same_metric(&goal, &target("API latency", Metric::Latency, None)));
}

#[test]
fn other_percentiles_and_other_subjects_are_not_compared() {
    let goal = target("Search latency", Metric::Latency, Some(95.0));
    assert!(!is_same_metric(&goal, &target("Search latency", Metric::Latency, Some(99.0))));
    assert!(!is_same_metric(&goal, &target("Export latency", Metric::Latency, Some(95.0))));
    assert!(!is_same_metric(&goal, &target("Latency", Metric::Latency, Some(95.0))));
}

#[test]
fn a_bare_number_bounds_the_side_that_its_metric_has() {
    let side = |metric| {
        let goal = target("it", metric, None);
        goal.quantity.as_ref().and_then(|quantity| goal_side(&goal, quantity))
    };
    assert_eq!(side(Metric::Throughput), Some(Side::Lower));
    assert_eq!(side(Metric::Latency), Some(Side::Upper));
    assert_eq!(side(Metric::Other("cost".to_owned())), None);
}
