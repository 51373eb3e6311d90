//! Valkey, or Redis, which speak alike: all in memory, nothing kept.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;

use super::Kind;
use super::identity::Identity;
use super::server::{Server, free_port, on_path, stop_stale};

pub(super) const KIND: Kind = Kind {
    name: "Redis",
    variable: "GROUNDPLAN_TEST_REDIS",
    packages: &["valkey-server", "redis-server"],
    find,
    start,
};

fn find() -> Option<PathBuf> {
    on_path("valkey-server").or_else(|| on_path("redis-server"))
}

fn start(program: PathBuf, folder: PathBuf) -> Result<Server, String> {
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let pid_file = folder.join("pid");
    // The server shows its address instead of its arguments, so the program's name must do.
    stop_stale(&pid_file, program.file_name().unwrap_or_default().as_ref());
    let (port, secret) = (free_port()?, free_port()?);
    let identity = Identity::copy(&folder, None)?;
    let mut command = Command::new(program);
    command.current_dir(&folder).args(["--port", &port.to_string(), "--bind", "127.0.0.1"]);
    command.args(["--save", "", "--appendonly", "no", "--databases", "1024", "--pidfile"]);
    command.arg(&pid_file);
    command.args([
        "--tls-port",
        &secret.to_string(),
        "--tls-auth-clients",
        "no",
        "--tls-cert-file",
    ]);
    command.arg(&identity.certificate).arg("--tls-key-file").arg(&identity.key);
    let url = format!("redis://127.0.0.1:{port}");
    let is_ready = || TcpStream::connect(("127.0.0.1", port)).is_ok();
    Server::start(command, &folder.join("log"), url, is_ready)
}
