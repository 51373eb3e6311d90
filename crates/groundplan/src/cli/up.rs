//! `groundplan up`: the whole way in one command.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use groundplan_live::{
    AuditChoice, AuthOptions, CacheOptions, Database, HttpOptions, Running, StartError,
    VerifyOptions, verify,
};
use groundplan_model::{Approvals, Document, ServicePlan, Workspace};

use super::{Outcome, Run, Ui};
use crate::config::Configs;
use crate::disk::{Files, fresh_key};
use crate::exit::{Exit, Failure};
use crate::findings::{check_all, summary};
use crate::load::{load, tell};
use crate::render::{Report, Sources, TEXT};
use crate::serve::{self, LogOptions, ServiceOptions, Settings, Signals};
use crate::service::service_of;
use crate::ui::STRONG;
use crate::verdict;

/// Check documents, run their service, verify it, and go on serving
///
/// The findings come first; errors do not keep the service from starting. Then the service of the
/// folder's design is started with its database in `.groundplan/`, and a second one of the same
/// plan, with an empty database in memory, is verified row by row: yours is left as it was. The
/// exit code tells of findings and of failed rows.
#[derive(clap::Parser)]
#[command(name = "up")]
pub(crate) struct Up {
    /// A folder of documents, or one document
    #[arg(value_name = "DIR", default_value = ".")]
    target: PathBuf,

    /// End after the verdict; nothing is written
    #[arg(long)]
    once: bool,

    /// The port to listen on [default: 4010, or any that is free]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,

    #[command(flatten)]
    options: ServiceOptions,

    #[command(flatten)]
    log: LogOptions,
}

impl Run for Up {
    const EXAMPLES: &[(&str, &str)] = &[
        ("up examples/data-export", "everything, until Ctrl-C"),
        ("up docs --once", "for CI: ends with the verdict"),
        ("up docs --port 8080", "on a port of your choice"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let loaded = load(std::slice::from_ref(&self.target), None)?;
        let approvals = loaded.approvals()?;
        let read = tell(loaded.failures, ui)?;
        let (documents, found) = check(loaded.documents, approvals, &loaded.configs, ui)?;
        let plan = Arc::new(service_of(&self.target, &documents, ui)?);
        serve::block_on(self.serve(plan, read.or(found), ui))?
    }
}

fn check(
    documents: Vec<Document>,
    approvals: Approvals,
    configs: &Configs,
    ui: &mut Ui,
) -> Result<(Vec<Document>, Exit), Failure> {
    let files = Files::default();
    let workspace = Workspace::new(documents, &files).with_approvals(approvals);
    let findings = check_all(&workspace, |path| configs.selection(path));
    let sources = Sources::of(&workspace.documents);
    let report = Report {
        findings: &findings,
        suppressed: &[],
        sources: &sources,
        styled: ui.styled(),
        width: ui.width(),
    };
    ui.print(&(TEXT.render)(&report))?;
    ui.print(&summary(&findings, workspace.documents.len(), ui))?;
    ui.flush()?;
    let fails = findings.iter().any(|it| it.severity >= configs.fails_from(&it.path));
    Ok((workspace.documents, Exit::of_findings(fails)))
}

impl Up {
    async fn serve(&self, plan: Arc<ServicePlan>, found: Exit, ui: &mut Ui) -> Outcome {
        let mut signals = Signals::listen()?;
        let service = match self.once {
            true => None,
            false => Some(self.start(&plan, ui).await?),
        };
        let verified = tokio::select! {
            verified = verify_apart(&plan, ui) => verified?,
            () = signals.next() => return Ok(Exit::Interrupted),
        };
        let exit = found.or(verified);
        let Some((running, settings)) = service else { return Ok(exit) };
        self.log.start(&*serve::settled(&plan)?, ui)?;
        ui.print("\n")?;
        ui.print(&serve::greeting(&plan, &settings, &running, ui))?;
        ui.flush()?;
        Ok(serve::until_stopped(running, signals, ui).await?.or(exit))
    }

    /// Starts the user's own service, on another port where nobody asked for a certain one.
    async fn start(
        &self,
        plan: &Arc<ServicePlan>,
        ui: &mut Ui,
    ) -> Result<(Running, Settings), Failure> {
        let mut settings = self.options.settings(&self.target, plan, self.port)?;
        let mut started = serve::start(Arc::clone(plan), settings.clone()).await;
        if let (Err(StartError::PortInUse { address }), None) = (&started, self.port) {
            ui.note(&format!("Port {} is in use: taking another one.\n", address.port()));
            settings.address.set_port(0);
            started = serve::start(Arc::clone(plan), settings.clone()).await;
        }
        let running = started.map_err(|error| serve::failure(&error))?;
        Ok((running, settings))
    }
}

/// Verifies a service of the same plan that has its database in memory.
async fn verify_apart(plan: &Arc<ServicePlan>, ui: &mut Ui) -> Outcome {
    let key = fresh_key()?;
    let settings = Settings {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        database: Database::Memory,
        drop_removed: false,
        key: key.clone(),
        http: HttpOptions::default(),
        auth: AuthOptions::default(),
        cache: CacheOptions::default(),
        audit: AuditChoice::Auto,
        fault: None,
    };
    let started = serve::start(Arc::clone(plan), settings).await;
    let running = started.map_err(|error| serve::failure(&error))?;
    let base_url = format!("http://{}", running.address());
    let options = VerifyOptions { base_url, key: Some(key), token: None, seed: 1, began_us: None };
    let report = verify(plan, &options).await.map_err(|error| serve::failure(&error))?;
    running.stop().await;
    let title = ui.paint(STRONG, "Verdict");
    let path = plan.source.path();
    ui.print(&format!("\n{title} on a service of {path} with an empty database in memory\n\n"))?;
    ui.print(&verdict::text(plan, &report, ui))?;
    ui.flush()?;
    Ok(Exit::of_findings(report.has_failed()))
}
