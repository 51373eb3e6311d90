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

const JOBS: &str = "# Notes

Every change is in an audit log.

| Method | Endpoint | Response |
|--------|----------|----------|
| GET | /notes | 200: Note[] |
| POST | /notes | 201: Note |
| DELETE | /notes/{id} | 202 |

```sql
CREATE TABLE notes (id BIGSERIAL PRIMARY KEY, title TEXT NOT NULL);
```
";

/// How many jobs are accepted before the kill.
const ACCEPTED: usize = 80;

/// Accepts jobs, is killed with most of them undone, starts again, and does each of them once.
fn every_job_is_done_once(database: &str) {
    let folder = crate::folder::Folder::empty();
    folder.write("design.md", JOBS.as_bytes());
    let arguments = ["run", ".", "--port", "0", "--control", "--database", database];
    let mut service = Serving::start(folder.path(), &arguments);
    let url = service.url().to_owned();
    let json = ["Content-Type: application/json"];
    let create = |_| request("POST", &format!("{url}/notes"), &json, r#"{"title": "a"}"#).json();
    let made: Vec<_> = (0..ACCEPTED).map(create).collect();
    for note in &made {
        let answer = request("DELETE", &format!("{url}/notes/{}", note["id"]), &[], "");
        assert_eq!(answer.status, 202, "{answer:?}");
    }
    service.kill();
    let service = Serving::start(folder.path(), &arguments);
    let get = |path: &str| request("GET", &format!("{}{path}", service.url()), &[], "").json();
    let left = || get("/notes?limit=100").as_array().map_or(usize::MAX, Vec::len);
    // In PostgreSQL a job that was being done is another's when its time is over.
    eventually("every job is done", Duration::from_secs(90), || left() == 0);
    let log = get("/_proto/audit?action=delete&limit=500");
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(ACCEPTED), "{log}");
}

#[test]
fn accepted_jobs_are_done_once_from_a_file() {
    let folder = crate::folder::Folder::empty();
    every_job_is_done_once(&folder.full("notes.sqlite"));
}

#[test]
fn accepted_jobs_are_done_once_from_postgresql() {
    let Some(database) = postgres() else { return };
    every_job_is_done_once(&database.url());
}
