//! The built program, run in a folder.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::OnceLock;

use groundplan_tests::cargo;
use serde_json::Value;

use crate::folder::Folder;

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `groundplan ARGUMENTS` in `folder` to its end.
pub(crate) fn groundplan<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Run {
    run_of(command(folder, arguments).output().expect("the program starts"))
}

/// As [`groundplan`], with the exit code that it has to have.
#[track_caller]
pub(crate) fn run(folder: &Folder, arguments: &[&str], code: i32) -> Run {
    let run = groundplan(folder.path(), arguments);
    assert_eq!(run.code, Some(code), "{run:?}");
    run
}

/// What a run that goes well prints as JSON.
#[track_caller]
pub(crate) fn json(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(folder, arguments, 0).stdout).expect("JSON and nothing else")
}

/// As [`groundplan`], with `input` on standard input.
pub(crate) fn groundplan_reading(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // One that refuses its arguments reads nothing; the pipe is closed with this statement.
    let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
    run_of(child.wait_with_output().expect("it ends"))
}

fn run_of(output: Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

pub(crate) fn command<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Command {
    let mut command = Command::new(binary());
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    let ours = std::env::vars_os().map(|(name, _)| name);
    let ours = ours.filter(|it| it.to_string_lossy().starts_with("GROUNDPLAN_"));
    for name in ours.chain(["NO_COLOR", "CLICOLOR_FORCE"].map(Into::into)) {
        command.env_remove(name);
    }
    command
}

/// A line for `sh` whose `$0` is the program.
pub(crate) fn shell(folder: &Path, line: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).arg(binary()).current_dir(folder).stdin(Stdio::null());
    command
}

/// The program beside this test's own binary, brought up to date: `cargo test` of this package
/// alone does not build it.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let own = std::env::current_exe().expect("a test has a path");
        let folder = own.ancestors().nth(2).expect("it lies in deps").to_owned();
        let mut cargo = cargo();
        cargo.args(["build", "--quiet", "--workspace", "--bin", "groundplan"]);
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(cargo.status().expect("cargo starts").success(), "the program does not build");
        folder.join(format!("groundplan{}", std::env::consts::EXE_SUFFIX))
    })
}

/// A program that goes on until it is stopped; killed with this value.
pub(crate) struct Serving {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    /// What was printed until the service was there.
    pub(crate) greeting: String,
}

impl Serving {
    /// Starts `groundplan ARGUMENTS` and waits for the last line of its greeting.
    pub(crate) fn start<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Self {
        Self::of(command(folder, arguments))
    }

    /// Starts `command`, and waits like [`Serving::start`].
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut serving = Self { child, output, greeting: String::new() };
        while !serving.greeting.ends_with("Ctrl-C stops it.\n") {
            let read = serving.output.read_line(&mut serving.greeting).expect("it prints");
            assert!(read > 0, "it ended with\n{}", serving.greeting);
        }
        serving
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// `http://127.0.0.1:4010`
    pub(crate) fn url(&self) -> &str {
        let at = self.greeting.find("runs on ").expect("the greeting says where") + 8;
        self.greeting[at..].lines().next().expect("a line")
    }

    /// The value of a line of the greeting.
    pub(crate) fn line(&self, name: &str) -> &str {
        let lines = self.greeting.lines().map(str::trim);
        let found = lines.filter_map(|line| line.strip_prefix(name)).next();
        found.unwrap_or_else(|| panic!("no `{name}` in\n{}", self.greeting)).trim()
    }

    /// Sends SIGINT, as Ctrl-C does, and waits for the end; the rest of the output with it.
    pub(crate) fn interrupt(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("kill starts");
        assert!(sent.success());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("it prints");
        (self.child.wait().expect("it ends"), rest)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
