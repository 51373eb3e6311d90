//! PostgreSQL, as durable as it comes: tests kill what writes to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Kind;
use super::account::Account;
use super::identity::Identity;
use super::server::{Server, free_port, on_path, stop_stale};
use crate::program::{run, succeeds};

pub(super) const KIND: Kind = Kind {
    name: "PostgreSQL",
    variable: "GROUNDPLAN_TEST_POSTGRES",
    packages: &["postgresql"],
    find,
    start,
};

/// Where Debian keeps a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// What is run.
const PROGRAMS: [&str; 3] = ["initdb", "pg_isready", "postgres"];

/// The folder with all programs; Debian's is not on the PATH.
fn find() -> Option<PathBuf> {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|it| it.path().join("bin")).collect();
    folders.sort();
    let on_path = on_path("initdb").and_then(|file| Some(file.parent()?.to_owned()));
    folders.extend(on_path);
    let has_all = |it: &PathBuf| PROGRAMS.iter().all(|name| it.join(name).is_file());
    folders.into_iter().rev().find(has_all)
}

fn start(bin: PathBuf, folder: PathBuf) -> Result<Server, String> {
    let account = Account::for_postgres()?;
    let folder = prepare(folder, account.as_ref())?;
    let data = folder.join("data");
    initialise(&bin, &data, account.as_ref())?;
    let identity = Identity::copy(&folder, account.as_ref())?;
    let port = free_port()?;
    let mut command = under(account.as_ref(), &bin.join("postgres"), &folder);
    command.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1"]);
    // No socket: its path may be longer than sockets allow.
    for setting in ["unix_socket_directories=", "max_connections=600", "max_wal_size=256MB"] {
        command.args(["-c", setting]);
    }
    for (setting, file) in
        [("ssl_cert_file", &identity.certificate), ("ssl_key_file", &identity.key)]
    {
        command.arg("-c").arg(format!("{setting}={}", file.display()));
    }
    command.args(["-c", "ssl=on"]);
    let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let is_ready = || {
        let mut ask = Command::new(bin.join("pg_isready"));
        succeeds(ask.args(["--quiet", "--host", "127.0.0.1", "--port", &port.to_string()]))
    };
    Server::start(command, &folder.join("log"), url, is_ready)
}

/// An empty folder that the account can use: ours, or one for temporary files where ours lies in a
/// home that others may not enter.
fn prepare(folder: PathBuf, account: Option<&Account>) -> Result<PathBuf, String> {
    let folder = empty(folder)?;
    let Some(account) = account else { return Ok(folder) };
    account.own(&folder)?;
    let mut touch = Command::new("touch");
    account.run(touch.arg(folder.join("log")));
    if succeeds(&mut touch) {
        return Ok(folder);
    }
    let folder = empty(std::env::temp_dir().join("groundplan-servers"))?;
    account.own(&folder)?;
    Ok(folder)
}

fn empty(folder: PathBuf) -> Result<PathBuf, String> {
    stop_stale(&folder.join("data/postmaster.pid"), &folder);
    let _ = std::fs::remove_dir_all(&folder);
    let cannot = |error| format!("cannot make {}: {error}", folder.display());
    std::fs::create_dir_all(&folder).map_err(cannot)?;
    Ok(folder)
}

fn initialise(bin: &Path, data: &Path, account: Option<&Account>) -> Result<(), String> {
    let folder = data.parent().unwrap_or(data);
    let mut command = under(account, &bin.join("initdb"), folder);
    command.arg("--pgdata").arg(data).args(["--username", "postgres", "--auth", "trust"]);
    command.args(["--encoding", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]);
    run(command.stdout(std::process::Stdio::null()))
}

/// `program` in a folder that its account may enter.
fn under(account: Option<&Account>, program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    if let Some(account) = account {
        account.run(&mut command);
    }
    command
}
