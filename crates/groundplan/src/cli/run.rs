//! `groundplan run`: the service that a document describes.

use std::path::PathBuf;
use std::sync::Arc;

use groundplan_live::Fault;
use groundplan_model::ServicePlan;

use super::{Outcome, Run, Ui};
use crate::exit::Exit;
use crate::serve::{self, DEFAULT_PORT, Log, ServiceOptions, Settings, Signals};
use crate::service::service;

/// Run the service that a document describes
///
/// The document's own paths, with its tables in SQLite, its rules enforced and its error bodies. The
/// database lies in `.groundplan/` beside the document, with a development key: the `curl` line
/// that is printed carries a token made with it. Ctrl-C or SIGTERM ends the service after the
/// requests that it is answering.
#[derive(clap::Parser)]
#[command(name = "run")]
pub(crate) struct RunService {
    /// A document, or a folder with one that describes a service
    #[arg(value_name = "FILE")]
    target: PathBuf,

    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT)]
    port: u16,

    #[command(flatten)]
    options: ServiceOptions,

    /// How requests are logged, on standard error; GROUNDPLAN_LOG sets the level
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    log: Log,

    /// Answer 501 where nothing is derived, and not the document's example
    #[arg(long)]
    strict: bool,

    /// Break the service on purpose, to see that `verify` notices
    #[arg(long, value_name = "NAME", hide = true, value_parser = fault)]
    fault: Option<Fault>,
}

impl Run for RunService {
    const EXAMPLES: &[(&str, &str)] = &[
        ("run design.md", "on port 4010, kept in .groundplan/"),
        ("run docs --port 8080 --fresh", "the folder's service, with an empty database"),
        ("run design.md --database :memory: --log json", "nothing kept, logs for machines"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let mut plan = service(&self.target, ui)?;
        if self.strict {
            plan.forget_examples();
        }
        let plan = Arc::new(plan);
        let settings = self.options.settings(&self.target, &plan, self.port)?;
        let settings = Settings { fault: self.fault, ..settings };
        self.log.start(ui);
        serve::block_on(self.serve(plan, settings, ui))?
    }
}

impl RunService {
    async fn serve(&self, plan: Arc<ServicePlan>, settings: Settings, ui: &mut Ui) -> Outcome {
        let mut signals = Signals::listen()?;
        let greeting = settings.clone();
        let running = tokio::select! {
            running = serve::start(Arc::clone(&plan), settings) => running.map_err(|error| serve::failure(&error))?,
            () = signals.next() => return Ok(Exit::Interrupted),
        };
        ui.print(&serve::greeting(&plan, &greeting, running.address(), ui))?;
        ui.flush()?;
        serve::until_stopped(running, signals, ui).await
    }
}

fn fault(name: &str) -> Result<Fault, String> {
    let names: Vec<&str> = Fault::ALL.iter().map(|fault| fault.as_str()).collect();
    Fault::parse(name).ok_or_else(|| format!("the faults are {}", names.join(", ")))
}
