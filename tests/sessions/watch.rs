//! `check --watch` and `run --watch`: go on after a change, and end well.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use super::http::request;
use super::program::{Serving, command, groundplan};
use crate::folder::Folder;

/// A run that watches; killed with this value.
struct Watching {
    child: Child,
    messages: Lines<BufReader<ChildStderr>>,
}

impl Watching {
    fn start(folder: &Folder, output: &str) -> Self {
        let arguments =
            ["check", "--watch", "--output-format", "concise", "--output-file", output, "docs"];
        let mut command = command(folder.path(), &arguments);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        let messages = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        Self { child, messages }
    }

    /// Waits for the end of a run.
    fn next(&mut self) -> String {
        self.messages.next().expect("it goes on").expect("text")
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_change_gives_another_run_and_ctrl_c_ends_it_with_130() {
    let folder = Folder::empty();
    folder.write("docs/a.md", b"# A\n");
    let output = folder.full("found.txt");
    let found = || std::fs::read_to_string(&output).expect("a report");
    let mut watching = Watching::start(&folder, &output);
    assert_eq!(watching.next(), "Watching 1 file. Ctrl-C stops it.");
    assert_eq!(found(), "");
    folder.write("docs/b.md", b"# B\n\n[gone](gone.md)\n");
    assert_eq!(watching.next(), "Watching 2 files. Ctrl-C stops it.");
    assert!(found().starts_with("docs/b.md:3:1: warning[broken-link] "), "{}", found());
    std::fs::remove_file(folder.path().join("docs/b.md")).expect("a file");
    assert_eq!(watching.next(), "Watching 1 file. Ctrl-C stops it.");
    assert_eq!(found(), "");
    let id = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill starts").success());
    let status = watching.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130));
    assert_eq!(watching.messages.next().map(|it| it.is_ok()), None, "nothing more is said");
}

#[test]
fn standard_input_cannot_be_watched() {
    let folder = Folder::empty();
    let run = groundplan(folder.path(), &["check", "--watch", "-"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("`--watch`"), "{run:?}");
}

/// `run --watch`: the document's new endpoint is there without a restart, and so are the rows.
#[test]
fn a_service_goes_on_with_the_document_as_it_is_now() {
    let folder = Folder::example();
    let arguments = ["run", "docs/001_TDD-data-export.md", "--watch", "--port", "0"];
    let service = Serving::start(folder.path(), &arguments);
    let summary = || {
        let openapi = request("GET", &format!("{}/openapi.json", service.url()), &[], "").json();
        openapi["paths"]["/api/v1/datasets"]["post"]["summary"].as_str().map(str::to_owned)
    };
    let path = folder.path().join("docs/001_TDD-data-export.md");
    let text = std::fs::read_to_string(&path).expect("the design");
    let before = summary().expect("a summary");
    assert!(text.contains(&before), "{before}");
    std::fs::write(&path, text.replace(&before, "Take a dataset in")).expect("it is written");
    let began = Instant::now();
    while summary().as_deref() != Some("Take a dataset in") {
        assert!(began.elapsed() < Duration::from_secs(20), "it goes on with {:?}", summary());
    }
    let (status, _) = service.interrupt();
    assert_eq!(status.code(), Some(0));
}

/// `run FILE --watch`: the tables lie in a document that the file links to.
#[test]
fn a_service_goes_on_with_the_tables_of_a_linked_document_as_they_are_now() {
    let folder = Folder::empty();
    folder.write(
        "api.md",
        b"# Notes\n\n[Tables](data.md)\n\n| Method | Path |\n|---|---|\n| GET | /notes |\n",
    );
    let tables = |column: &str| {
        let sql = format!("CREATE TABLE notes (id UUID PRIMARY KEY, {column} TEXT);");
        folder.write("data.md", format!("# Data\n\n```sql\n{sql}\n```\n").as_bytes());
    };
    tables("title");
    let service = Serving::start(folder.path(), &["run", "api.md", "--watch", "--port", "0"]);
    let openapi = || {
        let answer = request("GET", &format!("{}/openapi.json", service.url()), &[], "");
        answer.json()["components"]["schemas"]["Note"]["properties"].to_string()
    };
    assert!(openapi().contains("title"), "{}", openapi());
    tables("title TEXT, remark");
    let began = Instant::now();
    while !openapi().contains("remark") {
        assert!(began.elapsed() < Duration::from_secs(20), "it goes on with {}", openapi());
    }
}
