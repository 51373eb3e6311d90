//! `groundplan run`: the service that a document describes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use groundplan_live::{Database, Fault};
use groundplan_model::ServicePlan;

use super::{Outcome, Run, Ui};
use crate::disk::{State, delete_database};
use crate::exit::{Exit, Failure};
use crate::serve::{self, Log, Settings, Signals};
use crate::service::service;

/// The port that is taken where none is named.
pub(super) const DEFAULT_PORT: u16 = 4010;

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

    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// The database file, or `:memory:` [default: one beside the document, in `.groundplan/`]
    #[arg(long, value_name = "PATH", visible_alias = "db")]
    database: Option<PathBuf>,

    /// Delete the database first
    #[arg(long)]
    fresh: bool,

    /// How requests are logged, on standard error; GROUNDPLAN_LOG sets the level
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    log: Log,

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
        let plan = Arc::new(service(&self.target, ui)?);
        let settings = self.settings(&plan)?;
        self.log.start(ui);
        serve::block_on(self.serve(plan, settings, ui))?
    }
}

impl RunService {
    fn settings(&self, plan: &ServicePlan) -> Result<Settings, Failure> {
        let state = State::of(&self.target);
        let database = database(self.database.as_deref(), &state, plan)?;
        if let Database::File(path) = &database
            && self.fresh
        {
            // A service that is running there must not lose its rows under its feet.
            serve::probe(SocketAddr::new(self.host, self.port))?;
            delete_database(path)?;
        }
        let address = SocketAddr::new(self.host, self.port);
        Ok(Settings { address, database, key: state.key()?, fault: self.fault })
    }

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

/// The database that is meant.
pub(super) fn database(
    named: Option<&Path>,
    state: &State,
    plan: &ServicePlan,
) -> Result<Database, Failure> {
    match named {
        Some(path) if path == Path::new(":memory:") => Ok(Database::Memory),
        Some(path) => Ok(Database::File(path.to_owned())),
        None => state.database(plan.source.path()).map(Database::File),
    }
}

fn fault(name: &str) -> Result<Fault, String> {
    let names: Vec<&str> = Fault::ALL.iter().map(|fault| fault.as_str()).collect();
    Fault::parse(name).ok_or_else(|| format!("the faults are {}", names.join(", ")))
}
