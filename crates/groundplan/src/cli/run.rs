//! `groundplan run`: the service that a document describes.

use std::path::PathBuf;
use std::sync::Arc;

use groundplan_live::{Fault, Running};
use groundplan_model::ServicePlan;

use super::{Outcome, Run, Ui};
use crate::exit::{Exit, Failure};
use crate::render::plural;
use crate::serve::{self, LogOptions, RowOptions, ServiceOptions, Settings, Signals, Watched};
use crate::service::{derived, service_and_files};

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

    /// The port to listen on; 0 for any that is free [default: 4010]
    #[arg(long, value_name = "PORT", env = "GROUNDPLAN_PORT", hide_env = true)]
    port: Option<u16>,

    #[command(flatten)]
    options: ServiceOptions,

    #[command(flatten)]
    rows: RowOptions,

    #[command(flatten)]
    log: LogOptions,

    /// Go on with the document as it is whenever it changes, on the same rows
    #[arg(long)]
    watch: bool,

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
        ("run design.md --seed 50", "with fifty rows in each table"),
        ("run design.md --watch", "goes on with the document as you write it"),
        ("run design.md --database :memory: --log json", "nothing kept, logs for machines"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        // Before the document is read, so that no change falls between.
        let mut watched = self.watch.then(|| Watched::new(&self.target));
        let (plan, files) = self.plan(ui)?;
        let plan = Arc::new(plan);
        if let Some(watched) = &mut watched {
            watched.also(files);
        }
        let settings = self.options.settings(&self.target, &plan, self.port)?;
        let settings = Settings { fault: self.fault, ..settings };
        self.log.start(&*serve::settled(&plan)?, ui)?;
        serve::block_on(self.serve(plan, settings, watched, ui))?
    }
}

impl RunService {
    /// The service, and other files with its tables.
    fn plan(&self, ui: &mut Ui) -> Result<(ServicePlan, Vec<PathBuf>), Failure> {
        let (mut plan, files) = service_and_files(&self.target, ui)?;
        if self.strict {
            plan.forget_examples();
        }
        Ok((plan, files))
    }

    async fn serve(
        &self,
        plan: Arc<ServicePlan>,
        settings: Settings,
        watched: Option<Watched>,
        ui: &mut Ui,
    ) -> Outcome {
        let mut signals = Signals::listen()?;
        let greeting = settings.clone();
        let running = tokio::select! {
            running = serve::start(Arc::clone(&plan), settings) => running.map_err(|error| serve::failure(&error))?,
            () = signals.next() => return Ok(Exit::Interrupted),
        };
        self.rows.fill(&running, ui).await?;
        ui.print(&serve::greeting(&plan, &greeting, &running, ui))?;
        ui.flush()?;
        let Some(mut watched) = watched else {
            return serve::until_stopped(running, signals, ui).await;
        };
        loop {
            tokio::select! {
                () = signals.next() => return serve::stop(running, signals, ui).await,
                () = watched.changed() => {
                    self.renew(&running, greeting.clone(), &mut watched, ui).await;
                }
            }
        }
    }

    /// Goes on with the document as it is now. What is wrong with it is said, and the service goes
    /// on as it was: the next change may mend it.
    async fn renew(
        &self,
        running: &Running,
        settings: Settings,
        watched: &mut Watched,
        ui: &mut Ui,
    ) {
        let renewed = match self.plan(ui) {
            Err(failure) => Err(failure),
            Ok((plan, files)) => {
                watched.also(files);
                let endpoints = plural(derived(&plan), "endpoint");
                let replaced = serve::replace(running, Arc::new(plan), settings).await;
                replaced.map(|()| endpoints).map_err(|error| serve::failure(&error))
            }
        };
        match renewed {
            Ok(endpoints) => ui.note(&format!("Changed: {endpoints}.\n")),
            Err(Failure::Message { message, help }) => ui.fail(&message, help.as_deref()),
            Err(Failure::Output(_)) => {}
        }
    }
}

fn fault(name: &str) -> Result<Fault, String> {
    let names: Vec<&str> = Fault::ALL.iter().map(|fault| fault.as_str()).collect();
    Fault::parse(name).ok_or_else(|| format!("the faults are {}", names.join(", ")))
}
