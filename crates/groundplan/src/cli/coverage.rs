//! `groundplan coverage`: how much of what is wanted is answered, and which policies are not kept.

mod json;
mod markdown;
mod text;

use std::path::PathBuf;

use groundplan_analysis::trace::{Coverage, Trace};

use super::trace::{Graph, GraphOptions};
use super::{Outcome, Run, Ui};
use crate::exit::Exit;
use crate::load::tell;

/// Show how much of what is wanted is answered, and which policies are not kept
///
/// Shallow: something below cites the requirement. Deep: code and a test do. Stale: what answers it
/// knows an older text. Waived: a policy says why it need not be covered, and until when. Passed: its
/// tests passed, by JUnit files. Policies are `[[trace.policy]]` in `groundplan.toml`.
#[derive(clap::Parser)]
#[command(name = "coverage")]
pub(crate) struct CoverageCommand {
    /// Documents, or folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// `text` for people, `json` for programs, `markdown` for a document
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    /// End with 1 where a policy is not kept, something is stale or a test failed
    #[arg(long)]
    check: bool,

    /// End with 1 where less than this percentage is covered at all
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min: Option<u8>,

    /// End with 1 where less than this percentage is covered down to code and a test
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_deep: Option<u8>,

    #[command(flatten)]
    graph: GraphOptions,
}

/// The form of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// A line a chain.
    Text,
    /// One JSON document.
    Json,
    /// A table.
    Markdown,
}

/// What is shown.
struct View<'a> {
    trace: &'a Trace,
    coverage: &'a Coverage,
    /// Why a check fails, a line each.
    faults: Vec<String>,
    /// Whether there are policies.
    has_policies: bool,
    styled: bool,
}

impl Run for CoverageCommand {
    const EXAMPLES: &[(&str, &str)] = &[
        ("coverage", "everything under this folder"),
        ("coverage docs --junit report.xml", "with what the tests said"),
        ("coverage docs --check --min 80", "for CI: policies kept, four of five covered?"),
        ("coverage docs --format json | jq .whole", "for programs"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let mut graph = Graph::read(&self.paths, &self.graph)?;
        let failures = std::mem::take(&mut graph.failures);
        let coverage = Coverage::of(&graph.trace, &graph.policies, &graph.today);
        let view = View {
            trace: &graph.trace,
            coverage: &coverage,
            faults: self.faults(&coverage),
            has_policies: !graph.policies.is_empty(),
            styled: ui.styled(),
        };
        ui.print(&match self.format {
            Shape::Text => text::coverage(&view),
            Shape::Json => json::coverage(&view),
            Shape::Markdown => markdown::coverage(&view),
        })?;
        let exit = Exit::of_findings(!view.faults.is_empty());
        Ok(tell(failures, ui)?.or(exit))
    }
}

impl CoverageCommand {
    /// Why the check that was asked for fails.
    fn faults(&self, coverage: &Coverage) -> Vec<String> {
        let counts = &coverage.whole;
        let mut faults = Vec::new();
        if self.check {
            let all = [
                (coverage.unmet.len(), "not covered as a policy asks for"),
                (counts.stale, "stale"),
                (counts.failed, "with a test that failed"),
            ];
            let all = all.into_iter().filter(|it| it.0 > 0);
            faults.extend(all.map(|(count, what)| format!("{count} {what}")));
        }
        let bounds = [
            (self.min, counts.shallow, "covered"),
            (self.min_deep, counts.deep, "covered down to code and a test"),
        ];
        for (min, count, what) in bounds {
            // Compared as counts: a percentage that is rounded says less.
            let is_below = |min: &u8| count * 100 < counts.due() * usize::from(*min);
            if let Some(min) = min.filter(is_below) {
                let percent = counts.percent(count);
                faults.push(format!("{percent}% {what}, and {min}% are asked for"));
            }
        }
        faults
    }
}
