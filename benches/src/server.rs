//! A service as a child process: started, asked for its address, ended.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result};

use crate::cpu;

/// A service that listens, until it is dropped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    // Held open: a service that prints to a closed pipe fails.
    _output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts `command`, which prints the address that it listens on as `http://…`.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.with_context(|| format!("cannot start {command:?}"))?;
        let output = child.stdout.take().context("the child has no output")?;
        let mut output = BufReader::new(output);
        let address = address(&mut output);
        let address = address.inspect_err(|_| {
            let _ = child.kill();
        })?;
        Ok(Self { child, address, _output: output })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Seconds of processor time that it has used.
    pub(crate) fn cpu_s(&self) -> Option<f64> {
        cpu::seconds(self.child.id())
    }

    /// The share of memory that is its own, in MiB.
    pub(crate) fn memory_mib(&self) -> Option<f64> {
        let map = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = std::fs::read_to_string(map).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        let kib: f64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
        Some(kib / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address(output: &mut impl std::io::BufRead) -> Result<SocketAddr> {
    for line in output.lines() {
        let line = line.context("the service's output cannot be read")?;
        if let Some((_, address)) = line.split_once("http://") {
            let end = address.find(|c: char| c.is_whitespace() || c == '/');
            let address = address.get(..end.unwrap_or(address.len())).unwrap_or(address);
            return address.parse().with_context(|| format!("`{address}` is no address"));
        }
    }
    anyhow::bail!("the service ended before it listened; its message stands above")
}
