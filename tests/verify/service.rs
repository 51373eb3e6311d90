//! A service in this process, on a runtime of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use groundplan_live::{
    AuditChoice, AuthOptions, CacheOptions, CachePlace, Database, Fault, HttpOptions, Report,
    RunOptions, Running, VerifyError, VerifyOptions, mint, start, verify,
};
use groundplan_model::ServicePlan;
use groundplan_syntax::{Source, parse};
use tokio::runtime::Runtime;

pub(crate) const KEY: &[u8] = b"a key of at least thirty-two bytes";

/// The plan of the example.
pub(crate) fn example() -> Arc<ServicePlan> {
    let path = "examples/data-export/docs/001_TDD-data-export.md";
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = std::fs::read_to_string(file).expect("the example is there");
    plan(path, &text)
}

/// The plan of a document.
pub(crate) fn plan(path: &str, text: &str) -> Arc<ServicePlan> {
    let source = Source::new(path, text);
    let document = groundplan_model::lower(&source, &parse(&source));
    Arc::new(groundplan_model::plan(&document).expect("the document states endpoints"))
}

/// A running service.
pub(crate) struct Service {
    plan: Arc<ServicePlan>,
    runtime: Runtime,
    running: Option<Running>,
    address: SocketAddr,
}

impl Service {
    pub(crate) fn start(plan: &Arc<ServicePlan>, fault: Option<Fault>) -> Self {
        Self::start_on(Database::Memory, plan, fault)
    }

    /// One with its rows in `database`.
    pub(crate) fn start_on(
        database: Database,
        plan: &Arc<ServicePlan>,
        fault: Option<Fault>,
    ) -> Self {
        // It is the only one that writes to its database.
        Self::open(database, CachePlace::Process, plan, fault)
    }

    /// One that keeps its copies there.
    pub(crate) fn start_with(place: CachePlace, plan: &Arc<ServicePlan>) -> Self {
        Self::open(Database::Memory, place, plan, None)
    }

    fn open(
        database: Database,
        place: CachePlace,
        plan: &Arc<ServicePlan>,
        fault: Option<Fault>,
    ) -> Self {
        let runtime = runtime();
        let schema = match &database {
            Database::Postgres(_) => groundplan_build::postgres_schema(plan),
            Database::File(_) | Database::Memory => groundplan_build::sqlite_schema(plan),
        };
        let options = RunOptions {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            database,
            key: KEY.to_vec(),
            auth: AuthOptions::default(),
            schema,
            drop_removed: false,
            openapi: "{}".to_owned(),
            api_page: String::new(),
            plan: String::new(),
            http: HttpOptions { control: true, ..HttpOptions::default() },
            cache: CacheOptions { place, ..CacheOptions::default() },
            audit: AuditChoice::Auto,
            fault,
        };
        let running = runtime.block_on(start(Arc::clone(plan), options)).expect("it starts");
        let address = running.address();
        Self { plan: Arc::clone(plan), runtime, running: Some(running), address }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn verify(&self, options: &VerifyOptions) -> Result<Report, VerifyError> {
        self.runtime.block_on(verify(&self.plan, options))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}

pub(crate) fn key_options(base_url: String) -> VerifyOptions {
    VerifyOptions { base_url, key: Some(KEY.to_vec()), token: None, seed: 7, began_us: None }
}

pub(crate) fn token_options(base_url: String, subject: &str) -> VerifyOptions {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is past 1970");
    let expires = i64::try_from(now.as_secs()).expect("it is not that late") + 3600;
    let token = Some(mint(KEY, subject, expires));
    VerifyOptions { base_url, key: None, token, seed: 7, began_us: None }
}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}

fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("threads can be started")
}
