//! A server that runs: its process ends with the value.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::succeeds;

/// How long a server may take until it answers.
const START: Duration = Duration::from_secs(30);

/// How long it may take to end when it is asked to.
const STOP: Duration = Duration::from_secs(10);

const STEP: Duration = Duration::from_millis(50);

/// A running server.
pub(super) struct Server {
    pub(super) url: String,
    child: Child,
}

impl Server {
    /// Starts `command`, with what it says in `log`, and waits until `is_ready`.
    pub(super) fn start(
        mut command: Command,
        log: &Path,
        url: String,
        is_ready: impl Fn() -> bool,
    ) -> Result<Self, String> {
        let cannot = |error: std::io::Error| error.to_string();
        let out = File::create(log).map_err(cannot)?;
        command.stdin(Stdio::null()).stderr(out.try_clone().map_err(cannot)?).stdout(out);
        let mut server = Self { url, child: command.spawn().map_err(cannot)? };
        let began = Instant::now();
        while !is_ready() {
            let ended = server.child.try_wait().map_err(cannot)?.is_some();
            if ended || began.elapsed() > START {
                return Err(format!("it does not answer; {} says why", log.display()));
            }
            std::thread::sleep(STEP);
        }
        Ok(server)
    }

    fn has_ended_within(&mut self, limit: Duration) -> bool {
        let began = Instant::now();
        loop {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return true;
            }
            if began.elapsed() > limit {
                return false;
            }
            std::thread::sleep(STEP);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A killed PostgreSQL leaves shared memory behind; one that is asked does not.
        interrupt(&self.child.id().to_string());
        if !self.has_ended_within(STOP) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Stops the server of an earlier run that ended without stopping it: `pid_file` has its number,
/// and its command line names `folder`, so that no other program of that number is meant.
pub(super) fn stop_stale(pid_file: &Path, folder: &Path) {
    let Ok(text) = std::fs::read_to_string(pid_file) else { return };
    let Some(pid) = text.lines().next().map(str::trim).filter(|it| it.parse::<u32>().is_ok())
    else {
        return;
    };
    let command_line = || std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let is_ours = || String::from_utf8_lossy(&command_line()).contains(&*folder.to_string_lossy());
    let began = Instant::now();
    while is_ours() && began.elapsed() < STOP {
        interrupt(pid);
        std::thread::sleep(STEP);
    }
}

fn interrupt(pid: &str) {
    succeeds(Command::new("kill").args(["-INT", pid]));
}

/// A port that nobody listens on.
pub(super) fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}

/// A program on the PATH.
pub(super) fn on_path(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
