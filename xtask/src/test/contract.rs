//! The examples' services under a stranger's eyes: schemathesis reads their OpenAPI files, sends
//! what those allow and forbid, and judges every answer. Bounded in examples and in time.

#[cfg(test)]
mod tests;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::program::{cargo, in_root, output, root, run_within};
use crate::python;

use super::steps::Outcome;

/// Left out, because they ask what no schema can promise: `positive_data_acceptance` (a valid body
/// may refer to a row that is gone), `ensure_resource_availability` (a new parent has no child yet).
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,negative_data_rejection,\
    unsupported_method,allow_header_conformance,use_after_free,ignored_auth";

/// The examples, with the roles of the caller who may do most.
const EXAMPLES: [(&str, &[&str]); 4] = [
    ("data-export", &[]),
    ("features", &[]),
    ("orders", &["clerk", "manager"]),
    ("tickets", &["agent", "admin"]),
];

const TIME_LIMIT: Duration = Duration::from_secs(600);

pub(super) fn run() -> Outcome {
    let bin = match python::environment(python::SCHEMATHESIS) {
        Ok(bin) => bin,
        Err(reason) => {
            println!("!!! SKIPPED: {reason}");
            return Outcome::Skipped { reason, is_bonus: false };
        }
    };
    probe(&bin).into()
}

fn probe(bin: &Path) -> Result<(), String> {
    let build = ["build", "--quiet", "--workspace", "--bin", "groundplan"];
    run_within(cargo().args(build), TIME_LIMIT)?;
    let failed: Vec<String> =
        EXAMPLES.iter().filter_map(|it| probe_example(bin, it).err()).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("; ")) }
}

fn probe_example(bin: &Path, (name, roles): &(&str, &[&str])) -> Result<(), String> {
    let workspace = copy_of_example(name)?;
    let service = Service::start(&workspace)?;
    let roles = roles.iter().flat_map(|role| ["--role", role]);
    let token = output(groundplan().arg("token").arg(&workspace).args(roles))?;
    run_schemathesis(bin, &service.url, &token).map_err(|error| format!("{name}: {error}"))
}

fn run_schemathesis(bin: &Path, url: &str, token: &str) -> Result<(), String> {
    let mut command = in_root(bin.join("schemathesis"));
    // It leaves a folder where it runs.
    command.current_dir(root().join("target/contract"));
    command.arg("run").arg(format!("{url}/openapi.json"));
    command.args(["--header", &format!("Authorization: Bearer {token}")]);
    command.args(["--checks", CHECKS, "--max-examples", "30", "--seed", "1"]);
    command.args(["--request-timeout", "10", "--no-color", "--warnings", "off"]);
    // Its example database would make the next run differ from this one.
    command.args(["--generation-database", "none"]);
    run_within(&mut command, TIME_LIMIT)
}

fn groundplan() -> Command {
    in_root(root().join("target/debug").join(format!("groundplan{}", std::env::consts::EXE_SUFFIX)))
}

/// A copy, so that key and database do not lie in the example.
fn copy_of_example(name: &str) -> Result<PathBuf, String> {
    let copy = root().join("target/contract").join(name);
    let _ = std::fs::remove_dir_all(&copy);
    copy_folder(&root().join("examples").join(name), &copy)
        .map_err(|error| format!("cannot copy the example: {error}"))?;
    Ok(copy)
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The running service; it ends with this value.
struct Service {
    child: Child,
    url: String,
    /// Kept open: a service whose output is gone may stop.
    _output: BufReader<ChildStdout>,
}

impl Service {
    fn start(workspace: &Path) -> Result<Self, String> {
        let mut command = groundplan();
        command.arg("run").arg(workspace).args(["--port", "0", "--database", ":memory:"]);
        // Its request log would fill a pipe or the screen.
        command.env("GROUNDPLAN_LOG", "error").stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("cannot start it: {error}"))?;
        let stdout = child.stdout.take().ok_or("the service has no output")?;
        let mut output = BufReader::new(stdout);
        let url = first_url(&mut output);
        let mut service = Self { child, url: String::new(), _output: output };
        service.url = url.ok_or("the service ended without an address")?;
        println!("{} runs at {}", workspace.display(), service.url);
        Ok(service)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first `http://host:port` that is printed.
fn first_url(output: &mut impl BufRead) -> Option<String> {
    for line in output.lines().map_while(Result::ok) {
        let Some(at) = line.find("http://") else { continue };
        let url = line.get(at..)?.split_whitespace().next()?;
        let host = url.trim_start_matches("http://").split('/').next()?;
        return Some(format!("http://{host}"));
    }
    None
}
