//! `cargo xtask test`: the steps in order, each shown, a summary with times at the end.

mod contract;
mod steps;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use steps::{Outcome, STEPS, Step};

use crate::servers;

/// A step's outcome and what it took.
struct Done {
    name: &'static str,
    outcome: Outcome,
    time: Duration,
}

pub(crate) fn run(args: &[String]) -> ExitCode {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        [] => run_steps(STEPS.iter()),
        ["--list"] => list(),
        ["--only", name] => match STEPS.iter().find(|step| step.name == *name) {
            Some(step) => run_steps(std::iter::once(step)),
            None => usage(&format!("no step is named `{name}`; --list shows them")),
        },
        _ => usage("these arguments are not known"),
    }
}

fn list() -> ExitCode {
    for step in STEPS {
        println!("{:<10} {}", step.name, step.summary);
    }
    ExitCode::SUCCESS
}

fn usage(message: &str) -> ExitCode {
    eprintln!("error: {message}\nusage: cargo xtask test [--list | --only STEP]");
    ExitCode::from(2)
}

fn run_steps(steps: impl Iterator<Item = &'static Step>) -> ExitCode {
    let _servers = servers::StopAtEnd;
    let done: Vec<Done> = steps.map(run_step).collect();
    summarise(&done);
    let clean = done.iter().all(|it| it.outcome.failed() == 0);
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_step(step: &'static Step) -> Done {
    println!("\n=== {}: {}", step.name, step.summary);
    let start = Instant::now();
    let outcome = forbid_skips((step.run)());
    if let Outcome::Failed { reason, .. } = &outcome {
        println!("!!! {} FAILED: {reason}", step.name);
    }
    Done { name: step.name, outcome, time: start.elapsed() }
}

/// In CI nothing is skipped in silence: there a skip is a failure, unless the step is a bonus.
fn forbid_skips(outcome: Outcome) -> Outcome {
    let in_ci = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    match outcome {
        Outcome::Skipped { reason, is_bonus: false } if in_ci => {
            Outcome::failed_with(format!("skipped, which CI=true forbids: {reason}"))
        }
        outcome => outcome,
    }
}

fn summarise(done: &[Done]) {
    println!("\n=== summary");
    for it in done {
        let (word, note) = match &it.outcome {
            Outcome::Passed(1) => ("ok", String::new()),
            Outcome::Passed(count) => ("ok", format!("{count} tests")),
            Outcome::Failed { reason, .. } => ("FAILED", reason.clone()),
            Outcome::Skipped { reason, .. } => ("SKIPPED", reason.clone()),
        };
        println!("{:<10} {word:<8} {:>6.1} s  {note}", it.name, it.time.as_secs_f64());
    }
    let passed: usize = done.iter().map(|it| it.outcome.passed()).sum();
    let failed: usize = done.iter().map(|it| it.outcome.failed()).sum();
    println!("{passed} passed, {failed} failed");
}
