//! `groundplan verify`: does a service at a URL do what its document says?

use std::path::PathBuf;

use groundplan_live::{VerifyOptions, verify};
use groundplan_model::ServicePlan;

use super::{Outcome, Run, Ui};
use crate::disk::{State, read_key};
use crate::exit::{Exit, Failure};
use crate::render::{Format, Report, Sources, format_parser};
use crate::serve::{self, Signals};
use crate::service::service;
use crate::verdict;

/// Compare a running service with its document
///
/// For every endpoint the documented success, and for every error row a request that breaks exactly
/// one rule. The table has a line for each row of the document: passed, failed, not provoked with
/// the reason, or skipped. Failures are shown at the document's line. The rows that it makes are
/// deleted again where the document has a way to do so.
#[derive(clap::Parser)]
#[command(name = "verify")]
pub(crate) struct Verify {
    /// The document, or a folder with the one that describes the service
    #[arg(value_name = "FILE")]
    target: PathBuf,

    /// Where the service is: http://127.0.0.1:4010
    #[arg(long, value_name = "URL")]
    url: String,

    /// A token to make all requests with [default: tokens made with a key]
    #[arg(long, value_name = "TOKEN", conflicts_with = "key_file", env = "GROUNDPLAN_TOKEN")]
    #[arg(hide_env_values = true)]
    token: Option<String>,

    /// The key (HS256) that tokens are made with [default: the development key of `run`]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,

    /// Decides which values are sent; the same seed sends the same
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// How the result is written
    #[arg(alias = "format", long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    output_format: &'static Format,
}

impl Run for Verify {
    const EXAMPLES: &[(&str, &str)] = &[
        ("verify design.md --url http://127.0.0.1:4010", "the service of `run design.md`"),
        ("verify design.md --url http://staging:8080 --key-file key", "one of your own"),
        ("verify design.md --url http://127.0.0.1:4010 --output-format github", "for CI"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let plan = service(&self.target, ui)?;
        let options = self.options(&plan)?;
        serve::block_on(self.verify(plan, options, ui))?
    }
}

impl Verify {
    fn options(&self, plan: &ServicePlan) -> Result<VerifyOptions, Failure> {
        let token = self.token.clone();
        let key = match &self.key_file {
            Some(path) => Some(read_key(path)?),
            None if token.is_some() => None,
            None => State::of(&self.target).known_key()?,
        };
        if plan.auth.is_some() && token.is_none() && key.is_none() {
            return Err(Failure::new(
                "the document asks for a token, and there is no development key to make one with",
                "start the service with `groundplan run`, or give --token or --key-file",
            ));
        }
        Ok(VerifyOptions {
            base_url: self.url.clone(),
            key,
            token,
            seed: self.seed,
            began_us: None,
        })
    }

    async fn verify(&self, plan: ServicePlan, options: VerifyOptions, ui: &mut Ui) -> Outcome {
        let mut signals = Signals::listen()?;
        let report = tokio::select! {
            report = verify(&plan, &options) => report.map_err(|it| serve::failure(&it))?,
            () = signals.next() => return Ok(Exit::Interrupted),
        };
        ui.print(&self.rendered(&plan, &report, ui))?;
        Ok(Exit::of_findings(report.has_failed()))
    }

    fn rendered(&self, plan: &ServicePlan, report: &groundplan_live::Report, ui: &Ui) -> String {
        match self.output_format.name {
            "text" => {
                let (path, url, seed) = (plan.source.path(), &self.url, self.seed);
                let text = verdict::text(plan, report, ui);
                format!("{path} against {url}, seed {seed}\n\n{text}")
            }
            "json" => verdict::json(plan, report, &self.url, self.seed),
            _ => self.findings(plan, report, ui),
        }
    }

    fn findings(&self, plan: &ServicePlan, report: &groundplan_live::Report, ui: &Ui) -> String {
        let findings = report.diagnostics(plan);
        let sources = Sources::new(std::iter::once(&plan.source));
        let (styled, width) = (ui.styled(), ui.width());
        let shown =
            Report { findings: &findings, suppressed: &[], sources: &sources, styled, width };
        let text = (self.output_format.render)(&shown);
        match self.output_format.for_people {
            true => text + &verdict::totals(report, styled),
            false => text,
        }
    }
}
