//! `kill -9` while many write: what was acknowledged is there afterwards.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use groundplan_tests::postgres;

use super::eventually;
use crate::replicas::notes;
use crate::sessions::http::{request, try_request};
use crate::sessions::program::{Serving, groundplan};

/// How many acknowledged writes are enough before the kill.
const ENOUGH: usize = 300;

/// Writes, kills, starts again, and looks for every row whose write was answered with 201.
fn nothing_is_lost(database: &str) {
    let folder = notes("");
    let arguments = ["run", ".", "--port", "0", "--database", database];
    let mut service = Serving::start(folder.path(), &arguments);
    let run = groundplan(folder.path(), &["token", "."]);
    let token = format!("Authorization: Bearer {}", run.stdout.trim());
    let url = format!("{}/api/v1/notes", service.url());
    let (acknowledged, over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let (url, token, acknowledged, over) = (&url, &token, &acknowledged, &over);
            scope.spawn(move || {
                for number in 0.. {
                    let body = format!("{{\"title\": \"{writer} {number}\"}}");
                    let headers = [token.as_str(), "Content-Type: application/json"];
                    let answer = try_request("POST", url, &headers, &body);
                    let Some(answer) = answer.filter(|_| !over.load(Ordering::Relaxed)) else {
                        return;
                    };
                    let id = answer.json()["id"].as_str().map(str::to_owned);
                    acknowledged.lock().expect("no panic").extend(id);
                }
            });
        }
        let count = || acknowledged.lock().expect("no panic").len();
        eventually("enough writes", Duration::from_secs(60), || count() >= ENOUGH);
        service.kill();
        over.store(true, Ordering::Relaxed);
    });
    let service = Serving::start(folder.path(), &arguments);
    let acknowledged = acknowledged.into_inner().expect("no panic");
    let lost = acknowledged.iter().filter(|id| {
        let url = format!("{}/api/v1/notes/{id}", service.url());
        request("GET", &url, &[&token], "").status != 200
    });
    assert_eq!(lost.count(), 0, "of {} acknowledged writes", acknowledged.len());
}

#[test]
fn no_acknowledged_write_is_lost_in_a_file() {
    let folder = crate::folder::Folder::empty();
    nothing_is_lost(&folder.full("notes.sqlite"));
}

#[test]
fn no_acknowledged_write_is_lost_in_postgresql() {
    let Some(database) = postgres() else { return };
    nothing_is_lost(&database.url());
}
