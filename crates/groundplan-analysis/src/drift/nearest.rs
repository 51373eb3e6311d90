//! Paths that are nearly the same.

use super::stated::{Segments, Stated};
use super::surface::Surface;
use crate::endpoints::is_base;
use crate::names::{nearest, same_noun};

/// The route that an endpoint most probably means: another spelling of one part, or one part more or
/// less in the middle.
pub(super) fn nearest_route(
    stated: &Stated<'_>,
    segments: &Segments,
    surface: &Surface<'_>,
    is_free: impl Fn(usize) -> bool,
) -> Option<usize> {
    let all = surface.all.iter().enumerate();
    let answering = all.filter(|(_, it)| it.answers(stated.endpoint.method));
    let near = answering.filter(|(_, it)| is_near(segments, &it.segments));
    near.map(|it| it.0).find(|at| is_free(*at))
}

fn is_near(one: &[String], other: &[String]) -> bool {
    match one.len().cmp(&other.len()) {
        std::cmp::Ordering::Equal => is_respelled(one, other),
        std::cmp::Ordering::Less => has_one_more(other, one),
        std::cmp::Ordering::Greater => has_one_more(one, other),
    }
}

/// Whether exactly one part differs, and is spelled alike or is a parameter on one side.
fn is_respelled(one: &[String], other: &[String]) -> bool {
    let mut pairs = one.iter().zip(other).enumerate().filter(|(_, (one, other))| one != other);
    let Some((at, (part, there))) = pairs.next() else { return false };
    if pairs.next().is_some() {
        return false;
    }
    let is_last = at + 1 == one.len();
    match part == "{}" || there == "{}" {
        // `/orders/{id}` and `/orders/search` are two endpoints.
        true => !is_last && has_name(one) && has_name(other),
        false => same_noun(part, there) || nearest(part, [there.as_str()]).is_some(),
    }
}

/// Whether `long` is `short` with one part put in before its last name: a parameter, or a base.
fn has_one_more(long: &[String], short: &[String]) -> bool {
    let same = long.iter().zip(short).take_while(|(one, other)| one == other).count();
    let is_one = long.len() == short.len() + 1 && long.get(same + 1..) == short.get(same..);
    let is_small = long.get(same).is_some_and(|it| is_base(it));
    is_one && is_small && short.get(same..).is_some_and(has_name)
}

fn has_name(segments: &[String]) -> bool {
    segments.iter().any(|it| !is_base(it))
}
