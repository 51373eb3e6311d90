//! Processes of one service on one PostgreSQL and one Redis.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

use groundplan_tests::{Spread, TestDatabase, postgres, redis};

use crate::folder::Folder;
use crate::sessions::http::{Answer, request, split};
use crate::sessions::program::{Serving, groundplan};

/// A service with an owner, a cache, and whatever `more` says.
pub(crate) fn notes(more: &str) -> Folder {
    let folder = Folder::empty();
    let document = NOTES.replace("MORE", more);
    folder.write("design.md", document.as_bytes());
    folder
}

const NOTES: &str = "# Notes

## Security

Every request carries a bearer JWT. Callers see and change only their own notes. MORE

## Data model

```sql
CREATE TABLE notes (
    id UUID PRIMARY KEY,
    owner_id TEXT NOT NULL,
    title VARCHAR(100) NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
```

## API

| Method | Endpoint | Response |
|---|---|---|
| GET | /api/v1/notes | 200: Note[] |
| POST | /api/v1/notes | 201: Note |
| GET | /api/v1/notes/{id} | 200: Note |
| PATCH | /api/v1/notes/{id} | 200: Note |
| DELETE | /api/v1/notes/{id} | 204 |

## Cache

One note is cached under `note:{id}`, a caller's list under `user_notes:{owner_id}`; an entry lives
for 3600 s, and writes drop it.
";

/// Its processes, and what they share.
pub(crate) struct Fleet {
    replicas: Vec<Serving>,
    folder: Folder,
    /// By caller.
    tokens: Mutex<HashMap<String, String>>,
    _database: Option<TestDatabase>,
}

impl Fleet {
    /// Starts `count` processes of the folder's service; `None` where a server is missing.
    pub(crate) fn start(folder: Folder, count: usize) -> Option<Self> {
        let (database, cache) = (postgres()?, redis()?);
        // A test machine may be slower than a request is patient.
        let settings = ["--port", "0", "--cache-patience-ms", "5000", "--cache", &cache];
        let url = database.url();
        let arguments = [["run", ".", "--database", &url].as_slice(), &settings].concat();
        let replicas = (0..count).map(|_| Serving::start(folder.path(), &arguments)).collect();
        Some(Self { replicas, folder, tokens: Mutex::default(), _database: Some(database) })
    }

    /// One process with these arguments.
    pub(crate) fn alone(folder: Folder, arguments: &[&str]) -> Self {
        let arguments = [["run", ".", "--port", "0"].as_slice(), arguments].concat();
        let replicas = vec![Serving::start(folder.path(), &arguments)];
        Self { replicas, folder, tokens: Mutex::default(), _database: None }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One address for all.
    pub(crate) fn spread(&self) -> Spread {
        let hosts = self.replicas.iter().map(|it| split(it.url()).0.to_owned());
        Spread::over(hosts.collect())
    }

    /// A request of `caller` to the replica whose turn it is at `at`.
    pub(crate) fn ask(
        &self,
        at: usize,
        caller: &str,
        method: &str,
        path: &str,
        body: &str,
    ) -> Answer {
        let replica = &self.replicas[at % self.replicas.len()];
        let token = self.token(caller);
        let kind = if method == "PATCH" { "merge-patch+json" } else { "json" };
        let headers = [token, format!("Content-Type: application/{kind}")];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        request(method, &format!("{}{path}", replica.url()), &headers, body)
    }

    fn token(&self, caller: &str) -> String {
        let mut tokens = self.tokens.lock().expect("no panic");
        if let Some(token) = tokens.get(caller) {
            return token.clone();
        }
        let run = groundplan(self.folder(), &["token", ".", "--subject", caller]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let token = format!("Authorization: Bearer {}", run.stdout.trim());
        tokens.insert(caller.to_owned(), token.clone());
        token
    }

    pub(crate) fn get(&self, at: usize, caller: &str, path: &str) -> Answer {
        self.ask(at, caller, "GET", path, "")
    }

    /// Adds a note; answers its path.
    pub(crate) fn create(&self, caller: &str, title: &str) -> String {
        let body = format!("{{\"title\": \"{title}\"}}");
        let answer = self.ask(title.len(), caller, "POST", "/api/v1/notes", &body);
        assert_eq!(answer.status, 201, "{answer:?}");
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        format!("/api/v1/notes/{id}")
    }

    pub(crate) fn rename(&self, at: usize, caller: &str, path: &str, title: &str) {
        let body = format!("{{\"title\": \"{title}\"}}");
        let answer = self.ask(at, caller, "PATCH", path, &body);
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    pub(crate) fn delete(&self, at: usize, caller: &str, path: &str) {
        let answer = self.ask(at, caller, "DELETE", path, "");
        assert_eq!(answer.status, 204, "{answer:?}");
    }
}
