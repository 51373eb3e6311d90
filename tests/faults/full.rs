//! No room left for the database's file. A limit on file sizes stands for the full disk: a real one
//! needs rights that tests do not have.

use std::process::Command;
use std::time::Duration;

use super::eventually;
use crate::replicas::notes;
use crate::sessions::http::{Answer, request};
use crate::sessions::program::{Serving, groundplan, shell};

#[test]
fn a_full_disk_is_503_and_room_again_is_enough() {
    let folder = notes("");
    // Ignored, the signal becomes an error of the write. Blocks of 512 or 1024 bytes, by shell.
    let command = "trap '' XFSZ; ulimit -S -f 400; \
                   exec \"$0\" run . --port 0 --database notes.sqlite";
    let service = Serving::of(shell(folder.path(), command));
    let run = groundplan(folder.path(), &["token", "."]);
    let token = format!("Authorization: Bearer {}", run.stdout.trim());
    let url = format!("{}/api/v1/notes", service.url());
    let write = |number: usize| -> Answer {
        let body = format!("{{\"title\": \"{}{number}\"}}", "x".repeat(80));
        request("POST", &url, &[&token, "Content-Type: application/json"], &body)
    };
    let mut written = 0;
    let refused = loop {
        let answer = write(written);
        if answer.status != 201 {
            break answer;
        }
        written += 1;
        assert!(written < 20_000, "the limit does not hold");
    };
    assert!(matches!(refused.status, 503 | 507), "{refused:?}");
    assert!(refused.header("retry-after").is_some(), "{refused:?}");
    assert_eq!(write(0).status, refused.status, "it stays so");
    let read = request("GET", &format!("{url}?limit=1"), &[&token], "");
    assert_eq!(read.status, 200, "reads go on: {read:?}");

    let lifted = Command::new("prlimit")
        .args(["--pid", &service.id().to_string(), "--fsize=unlimited:"])
        .status();
    if !lifted.is_ok_and(|it| it.success()) {
        return;
    }
    eventually("writes go on", Duration::from_secs(10), || write(0).status == 201);
    let many = request("GET", &format!("{url}?limit=100"), &[&token], "").json();
    assert_eq!(many.as_array().map(Vec::len), Some(100.min(written + 1)));
}
