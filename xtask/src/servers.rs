//! The servers that tests talk to: started before the tests, stopped after them. A table:
//! [`KINDS`]. An address in the environment is taken as it is, and nothing is started for it.

mod account;
mod identity;
mod package;
mod postgres;
mod redis;
mod server;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::program::root;
use server::Server;

/// A kind of server.
struct Kind {
    name: &'static str,
    /// The variable that tells tests its address.
    variable: &'static str,
    /// Debian's packages with it: the first one that can be had is taken.
    packages: &'static [&'static str],
    /// The program, where it is installed.
    find: fn() -> Option<PathBuf>,
    /// Starts the program, with its files in a folder.
    start: fn(PathBuf, PathBuf) -> Result<Server, String>,
}

static KINDS: &[Kind] = &[postgres::KIND, redis::KIND];

/// What runs, and why something does not.
#[derive(Default)]
struct Servers {
    running: Vec<(&'static str, Server)>,
    missing: Vec<String>,
}

/// Those of this process: several steps use them.
static SERVERS: Mutex<Option<Servers>> = Mutex::new(None);

/// Stops the servers when it goes.
pub(crate) struct StopAtEnd;

impl Drop for StopAtEnd {
    fn drop(&mut self) {
        drop(lock().take());
    }
}

/// Starts all servers; says why some are not there.
pub(crate) fn start() -> Result<(), String> {
    let mut servers = lock();
    let missing = &servers.get_or_insert_with(Servers::start).missing;
    if missing.is_empty() { Ok(()) } else { Err(missing.join("; ")) }
}

/// The addresses of the servers, for tests; starts them where that was not done yet.
pub(crate) fn environment() -> Vec<(&'static str, String)> {
    let mut servers = lock();
    let running = &servers.get_or_insert_with(Servers::start).running;
    running.iter().map(|(variable, server)| (*variable, server.url.clone())).collect()
}

fn lock() -> MutexGuard<'static, Option<Servers>> {
    SERVERS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Servers {
    fn start() -> Self {
        let mut servers = Self::default();
        for kind in KINDS {
            if std::env::var_os(kind.variable).is_some() {
                println!("{}: {} says where", kind.name, kind.variable);
                continue;
            }
            match kind.run() {
                Ok(server) => servers.running.push((kind.variable, server)),
                Err(reason) => {
                    println!("!!! SKIPPED, tests with {}: {reason}", kind.name);
                    servers.missing.push(reason);
                }
            }
        }
        servers
    }
}

impl Kind {
    fn run(&self) -> Result<Server, String> {
        let program = (self.find)().or_else(|| self.install());
        let program = program.ok_or_else(|| {
            let packages = self.packages.join("` or `apt-get install ");
            format!("{} is not installed; `apt-get install {packages}` brings it", self.name)
        })?;
        let folder = root().join("target/servers").join(self.name.to_lowercase());
        let server = (self.start)(program, folder)
            .map_err(|reason| format!("{} does not start: {reason}", self.name))?;
        println!("{} answers at {}", self.name, server.url);
        Ok(server)
    }

    fn install(&self) -> Option<PathBuf> {
        println!("{} is missing: asking apt-get for it", self.name);
        self.packages.iter().find_map(|name| package::install(name).then(self.find).flatten())
    }
}
