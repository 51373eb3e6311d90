//! What is measured of one side, and the lines of the report.

use std::time::Duration;

use anyhow::{Result, bail};

use super::Workload;
use super::side::Side;
use crate::load::{self, Outcome};
use crate::report::{Line, Report};
use crate::rounds::Rounds;

/// Figures of one side, round by round.
#[derive(Default)]
pub(super) struct Figures {
    pub(super) start_ms: Rounds,
    per_second: Rounds,
    p50_ms: Rounds,
    p95_ms: Rounds,
    p99_ms: Rounds,
    cpu_us: Rounds,
    memory_mib: Rounds,
}

/// Figures of both sides.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) ours: Figures,
    pub(super) theirs: Figures,
}

impl Figures {
    /// One round of `workload`.
    pub(super) async fn add(
        &mut self,
        side: &Side,
        workload: &Workload,
        seconds: f64,
    ) -> Result<()> {
        let script = (workload.script)(side);
        let before = side.server.cpu_s();
        let duration = Duration::from_secs_f64(seconds);
        let outcome = load::run(side.server.address(), &side.tokens, &script, duration).await?;
        if outcome.requests == 0 {
            bail!("{}: no request was answered in {seconds} s", workload.name);
        }
        self.per_second.push(outcome.per_second());
        self.p50_ms.push(outcome.percentile_ms(0.5));
        self.p95_ms.push(outcome.percentile_ms(0.95));
        self.p99_ms.push(outcome.percentile_ms(0.99));
        if let (Some(before), Some(after)) = (before, side.server.cpu_s()) {
            self.cpu_us.push(cpu_us(after - before, &outcome));
        }
        if let Some(memory) = side.server.memory_mib() {
            self.memory_mib.push(memory);
        }
        eprintln!(
            "  {:>8.0} a second, median {:.2} ms, p99 {:.2} ms",
            outcome.per_second(),
            outcome.percentile_ms(0.5),
            outcome.percentile_ms(0.99)
        );
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn cpu_us(seconds: f64, outcome: &Outcome) -> f64 {
    seconds * 1e6 / outcome.requests as f64
}

impl Lines {
    pub(super) fn report_start(&mut self, name: &str, report: &mut Report) {
        let ours = std::mem::take(&mut self.ours.start_ms);
        let theirs = std::mem::take(&mut self.theirs.start_ms);
        line(report, format!("{name}: start"), "ms", (ours, theirs));
    }

    pub(super) fn report(self, name: &str, report: &mut Report) {
        let Self { ours, theirs } = self;
        report.add(Line {
            name: name.to_owned(),
            unit: "requests a second",
            more_is_better: true,
            ours: ours.per_second,
            theirs: theirs.per_second,
        });
        line(report, format!("{name}, p50"), "ms", (ours.p50_ms, theirs.p50_ms));
        line(report, format!("{name}, p95"), "ms", (ours.p95_ms, theirs.p95_ms));
        line(report, format!("{name}, p99"), "ms", (ours.p99_ms, theirs.p99_ms));
        line(
            report,
            format!("{name}, CPU"),
            "microseconds a request",
            (ours.cpu_us, theirs.cpu_us),
        );
        line(report, format!("{name}, memory"), "MiB", (ours.memory_mib, theirs.memory_mib));
    }
}

/// A line of which less is better; nothing where the system did not tell.
fn line(report: &mut Report, name: String, unit: &'static str, (ours, theirs): (Rounds, Rounds)) {
    if ours.summary().median.is_finite() && theirs.summary().median.is_finite() {
        report.add(Line { name, unit, more_is_better: false, ours, theirs });
    }
}
