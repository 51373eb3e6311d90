//! More rows than the quota allows, more requests than the rate limit.

use crate::case::scene::{Scene, bound};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible, Work};
use crate::service::{Operation, Quota, Refusal};

use super::{about, because, case, check};

/// Quotas beyond this are not filled.
const QUOTA_ROWS: u32 = 500;

/// Limits beyond this are not exhausted.
const FLOOD_REQUESTS: u32 = 10_000;

/// Writes are not repeated more often than this: their rows stay if something fails.
const FLOOD_WRITES: u32 = 200;

pub(super) fn quota(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Some(quota) = maker.plan.quota(maker.route) else { return Vec::new() };
    let name = format!("after {} rows, as many as are allowed,", quota.count);
    if quota.count > QUOTA_ROWS {
        let reason = format!(
            "it would take {} rows, more than the {QUOTA_ROWS} that are made for a quota",
            quota.count
        );
        return vec![about(maker, Refusal::QuotaReached, &name).not_provoked(reason)];
    }
    let index = maker.index;
    let made = case(maker, Refusal::QuotaReached, &name, |scene, check| {
        let request = beyond(scene, index, quota)?;
        scene.test(request, check);
        Ok(())
    });
    vec![because(made, quota.span, "the quota is stated here")]
}

/// Fills the quota; the request that exceeds it.
fn beyond(
    scene: &mut Scene<'_, '_>,
    index: usize,
    quota: &Quota,
) -> Possible<crate::case::Request> {
    let route = scene.route(index)?;
    let counted = counted_state(scene, quota)?;
    for _ in 0..quota.count {
        match &counted {
            Some(state) => scene.in_state(bound(route)?, 0, state)?,
            None => scene.make(bound(route)?, 0)?,
        };
    }
    if route.operation.is_bulk() {
        return Ok(scene.valid(index, 0)?.0);
    }
    Ok(scene.creation(index, route, 0, Size::Usual)?.0)
}

/// The nearest state that counts; `None` where all do.
fn counted_state(scene: &Scene<'_, '_>, quota: &Quota) -> Possible<Option<String>> {
    if quota.states.is_empty() {
        return Ok(None);
    }
    let reached = scene.states(quota.resource)?;
    let counts = |state: &String| quota.states.iter().any(|it| it.eq_ignore_ascii_case(state));
    let state = reached.into_iter().find(counts);
    state.map(Some).ok_or_else(|| "no documented action leads to a state that counts".to_owned())
}

/// One endpoint stands for all, unless an endpoint has a row of its own.
pub(super) fn rate(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Some(limit) = &maker.plan.rate_limit else { return Vec::new() };
    let status = maker.plan.refusal_status(maker.route, Refusal::RateLimited);
    let has_own = maker.route.errors.iter().any(|it| it.status == status);
    if !has_own && representative(maker) != Some(maker.index) {
        return Vec::new();
    }
    let about = about(maker, Refusal::RateLimited, "over and over");
    let reads = matches!(
        maker.route.operation,
        Operation::List
            | Operation::Search
            | Operation::Read
            | Operation::ReadSingleton
            | Operation::Aggregate(_)
            | Operation::History(_)
            | Operation::Export(_)
    );
    let most = if reads { FLOOD_REQUESTS } else { FLOOD_WRITES };
    if limit.count > most {
        let what = if reads { "requests" } else { "writes" };
        let reason = format!(
            "it would take {} {what}, more than the {most} that are made for a limit",
            limit.count
        );
        return vec![about.not_provoked(reason)];
    }
    let made = flood(maker, about, limit.count, limit.window_s);
    vec![because(made, limit.span, "the limit is stated here")]
}

fn flood(maker: &mut Maker<'_, '_>, about: super::About, count: u32, window_s: u32) -> Case {
    let check = check(maker, Refusal::RateLimited);
    let mut scene = Scene::new(maker.plan, maker.rows, maker.values);
    match scene.valid(maker.index, 0) {
        Ok((request, _)) => {
            let (setup, cleanup) = scene.into_parts();
            let work = Work::Flood { setup, request, count, window_s, check };
            let super::About { name, rows, because } = about;
            Case { name, rows, because, work, cleanup }
        }
        Err(reason) => about.skipped(reason),
    }
}

/// The endpoint that costs least: the first list or read, else the first of all.
fn representative(maker: &Maker<'_, '_>) -> Option<usize> {
    let place = |is_it: fn(&Operation) -> bool| {
        maker.plan.routes.iter().position(|route| is_it(&route.operation))
    };
    let list = place(|it| *it == Operation::List);
    let read = || place(|it| matches!(it, Operation::Read | Operation::ReadSingleton));
    list.or_else(read).or_else(|| place(|it| !matches!(it, Operation::Underived(_))))
}
