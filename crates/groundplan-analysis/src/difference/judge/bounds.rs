//! Verdicts on targets: whether they promise more or less.

use groundplan_model::document::{Comparator, Metric, Quantity, Target};

use super::neutral;
use crate::difference::compare::Pair;
use crate::difference::facts::{Fact, Of};
use crate::difference::{Direction, Judgement, Verdict};

pub(in super::super) fn target(pair: &Pair<'_, '_>) -> Judgement {
    let target = |it: &Fact<'_>| match it.of {
        Of::Target(target) => Some(target.clone()),
        _ => None,
    };
    let judgement = match (pair.was.and_then(target), pair.now.and_then(target)) {
        (Some(was), Some(now)) => moved(&was, &now),
        (None, Some(_)) => Some(Direction::Stricter),
        (Some(_), None) => Some(Direction::Looser),
        (None, None) => None,
    };
    judge(judgement)
}

fn judge(direction: Option<Direction>) -> Judgement {
    let (verdict, reason) = match direction {
        Some(Direction::Stricter) => {
            (Verdict::Compatible, "it promises more: measure whether it is kept")
        }
        // No client fails by a number alone; who planned with it has to know.
        Some(Direction::Looser) => {
            (Verdict::Neutral, "it promises less: who relies on the old number has to know")
        }
        None => return neutral("the two bounds cannot be compared"),
    };
    Judgement { verdict, reason: reason.to_owned(), direction }
}

fn moved(was: &Target, now: &Target) -> Option<Direction> {
    let (old, new) = (was.quantity.as_ref()?, now.quantity.as_ref()?);
    if old.unit != new.unit {
        return None;
    }
    let lower_is_stricter = is_upper_bound(new, &now.metric)?;
    match new.value.partial_cmp(&old.value)? {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Less if lower_is_stricter => Some(Direction::Stricter),
        std::cmp::Ordering::Greater if !lower_is_stricter => Some(Direction::Stricter),
        _ => Some(Direction::Looser),
    }
}

/// Whether less of it is better.
fn is_upper_bound(quantity: &Quantity, metric: &Metric) -> Option<bool> {
    match (quantity.comparator, metric) {
        (Comparator::Less | Comparator::AtMost, _) => Some(true),
        (Comparator::Greater | Comparator::AtLeast, _) => Some(false),
        (_, Metric::Latency | Metric::ErrorRate | Metric::Cpu | Metric::Memory) => Some(true),
        (_, Metric::Throughput | Metric::Availability) => Some(false),
        (_, Metric::Other(_)) => None,
    }
}
