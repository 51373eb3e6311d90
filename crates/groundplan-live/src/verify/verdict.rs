//! From the verdicts of cases to the verdicts of rows.

use groundplan_model::ServicePlan;
use groundplan_model::case::{Because, Case, Cases, Purpose, Row, Step, Work};

use super::report::{Outcome, Report, RowResult};
use super::stop::{Failure, Verdict};

/// What the cases say about one row.
#[derive(Default)]
struct Sum<'v> {
    passed: usize,
    failures: Vec<(&'v Failure, Vec<Because>)>,
    not_provoked: Vec<String>,
    skipped: Vec<String>,
}

/// One result for each row of the document.
pub(super) fn report(plan: &ServicePlan, cases: &Cases, verdicts: Vec<Verdict>) -> Report {
    let lost = lost_rows(cases, &verdicts);
    let mut sums: Vec<Sum<'_>> = cases.rows.iter().map(|_| Sum::default()).collect();
    for (case, verdict) in cases.cases.iter().zip(&verdicts) {
        add(plan, cases, &lost, &mut sums, case, verdict);
    }
    let rows = cases.rows.iter().zip(sums).map(|(row, sum)| result(row, sum));
    Report { rows: rows.collect() }
}

fn add<'v>(
    plan: &ServicePlan,
    cases: &Cases,
    lost: &[usize],
    sums: &mut [Sum<'v>],
    case: &Case,
    verdict: &'v Verdict,
) {
    let blamed = match verdict {
        Verdict::Failed(failure) => failure.row,
        _ => None,
    };
    let maker = needs_lost(cases, lost, case, blamed);
    if let (Some(row), Verdict::Failed(failure), None) = (blamed, verdict, maker)
        && let Some(sum) = sums.get_mut(row)
    {
        sum.failures.push((failure, Vec::new()));
    }
    for row in &case.rows {
        let Some(sum) = sums.get_mut(*row).filter(|_| Some(*row) != blamed) else { continue };
        match verdict {
            Verdict::Passed => sum.passed += 1,
            Verdict::NotProvoked(reason) => sum.not_provoked.push(reason.clone()),
            Verdict::Skipped(reason) => sum.skipped.push(reason.clone()),
            Verdict::Failed(failure) => match (maker, blamed) {
                (Some(maker), _) => {
                    sum.not_provoked.push(format!("{maker} does not keep the rows that it needs"));
                }
                (None, Some(blamed)) => {
                    let first = cases.rows.get(blamed).map_or("", |row| row.endpoint.as_str());
                    sum.not_provoked.push(format!("{first}, which it needs first, failed"));
                }
                (None, None) => sum.failures.push((failure, because(plan, case, failure))),
            },
        }
    }
}

/// Rows of successes that do not last: what is built on them says nothing by itself.
fn lost_rows(cases: &Cases, verdicts: &[Verdict]) -> Vec<usize> {
    let both = cases.cases.iter().zip(verdicts);
    let lost = both.filter(|(_, verdict)| {
        matches!(verdict, Verdict::Failed(failure) if failure.lost && failure.row.is_none())
    });
    lost.flat_map(|(case, _)| case.rows.iter().copied()).collect()
}

/// The endpoint that a case's set-up needs before the `blamed` one, where its rows do not last.
fn needs_lost<'c>(
    cases: &'c Cases,
    lost: &[usize],
    case: &Case,
    blamed: Option<usize>,
) -> Option<&'c str> {
    let steps = match &case.work {
        Work::Steps(steps) | Work::Flood { setup: steps, .. } => steps,
        _ => return None,
    };
    let is_setup = |step: &&Step| step.purpose == Purpose::Setup;
    let rows = steps.iter().filter(is_setup).filter_map(|step| step.row);
    let before = rows.take_while(|row| Some(*row) != blamed);
    let row = before.filter(|row| !case.rows.contains(row)).find(|row| lost.contains(row))?;
    cases.rows.get(row).map(|row| row.endpoint.as_str())
}

fn because(plan: &ServicePlan, case: &Case, failure: &Failure) -> Vec<Because> {
    let place = failure.place.as_ref();
    let place = place.map(|(span, says)| Because { span: *span, message: says.clone() });
    let inside = |it: &Because| it.span.range().end <= plan.source.text().len();
    let mut places: Vec<Because> = case.because.clone();
    places.extend(place.filter(|it| case.because.iter().all(|known| known.span != it.span)));
    places.retain(inside);
    places
}

fn result(row: &Row, sum: Sum<'_>) -> RowResult {
    let (outcome, detail, because) = judge(sum);
    RowResult {
        kind: row.kind,
        span: row.span,
        endpoint: row.endpoint.clone(),
        status: row.status,
        description: row.description.clone(),
        outcome,
        detail,
        because,
    }
}

fn judge(sum: Sum<'_>) -> (Outcome, String, Vec<Because>) {
    let others = sum.failures.len().saturating_sub(1);
    if let Some((failure, because)) = sum.failures.into_iter().next() {
        let outcome = Outcome::Failed {
            observed: failure.observed.clone(),
            expected: failure.expected.clone(),
            request: failure.request.clone(),
            others,
        };
        return (outcome, format!("{}, {}", failure.observed, failure.expected), because);
    }
    if sum.passed > 0 {
        let detail = match sum.skipped.first().or(sum.not_provoked.first()) {
            None => counted(sum.passed),
            Some(reason) => {
                let left = sum.skipped.len() + sum.not_provoked.len();
                format!("{}, {left} not made: {reason}", counted(sum.passed))
            }
        };
        return (Outcome::Passed, detail, Vec::new());
    }
    if let Some(reason) = sum.not_provoked.into_iter().next() {
        return (Outcome::NotProvoked { reason: reason.clone() }, reason, Vec::new());
    }
    let nothing = || "no request was found for it".to_owned();
    let reason = sum.skipped.into_iter().next().unwrap_or_else(nothing);
    (Outcome::Skipped { reason: reason.clone() }, reason, Vec::new())
}

fn counted(cases: usize) -> String {
    if cases == 1 { "1 case".to_owned() } else { format!("{cases} cases") }
}
