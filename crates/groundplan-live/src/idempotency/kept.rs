//! Answers that are kept for those who ask again, in a table of the service's own.

use groundplan_model::service::Refusal;
use http::HeaderMap;
use http::header::{CONTENT_TYPE, ETAG, HeaderName, LOCATION};

use super::{Entry, HeaderValue, REPLAYED, Timestamp};
use crate::answer::{self, Body, Response};
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::{Cell, Db, Failed, Head, Row};

/// How long a key is kept, in seconds.
const KEPT_S: i64 = 24 * 60 * 60;

/// Where another replica that has the key has not answered by then, it never will.
const RUNNING_S: i64 = 60;

/// Headers that belong to the answer, and not to the exchange that it was made in.
const HEADERS: [HeaderName; 3] = [CONTENT_TYPE, ETAG, LOCATION];

const MAKE: &str = "CREATE TABLE IF NOT EXISTS groundplan_idempotency (\
     caller TEXT NOT NULL, name TEXT NOT NULL, fingerprint TEXT NOT NULL, \
     created_s BIGINT NOT NULL, status BIGINT, headers TEXT, body TEXT, \
     PRIMARY KEY (caller, name))";
const INDEX: &str = "CREATE INDEX IF NOT EXISTS groundplan_idempotency_age \
     ON groundplan_idempotency (created_s)";
const FIND: &str = "SELECT fingerprint, created_s, status, headers, body \
     FROM groundplan_idempotency WHERE caller = ?5 AND name = ?6 AND created_s > ?7";
const FORGET: &str = "DELETE FROM groundplan_idempotency WHERE created_s <= ?5";
const INSERT: &str = "INSERT INTO groundplan_idempotency (caller, name, fingerprint, created_s) \
     VALUES (?5, ?6, ?7, ?8) ON CONFLICT (caller, name) DO NOTHING";
const FINISH: &str = "UPDATE groundplan_idempotency SET status = ?5, headers = ?6, body = ?7 \
     WHERE caller = ?8 AND name = ?9";

/// What is kept of a request with a key.
pub(super) struct Kept {
    fingerprint: String,
    created_s: i64,
    /// Status, headers and body, as soon as there is an answer.
    answer: Option<(u16, String, String)>,
}

/// Makes the table where it is not there.
pub(super) fn make(db: &Db<'_>) -> Result<(), Refused> {
    db.lock("groundplan_idempotency")?;
    let nobody = Caller::named("");
    db.execute(MAKE, &Head::of(&nobody), &[])?;
    db.execute(INDEX, &Head::of(&nobody), &[])?;
    Ok(())
}

/// What is kept under a key.
pub(super) fn find(db: &Db<'_>, entry: &Entry) -> Result<Option<Kept>, Refused> {
    let values = [text(&entry.caller), text(&entry.name), Cell::Integer(now_s() - KEPT_S)];
    let read = |row: &Row<'_>| Kept {
        fingerprint: row.text(0).unwrap_or_default(),
        created_s: row.integer(1),
        answer: status(row.integer(2)).zip(row.text(3)).zip(row.text(4)).map(flat),
    };
    Ok(db.first(FIND, &Head::of(&Caller::named("")), &values, read)?)
}

/// Drops keys that are over. There are few at a time: each request with a key does it.
pub(super) fn forget(db: &Db<'_>, head: &Head<'_>) -> Result<(), Failed> {
    db.execute(FORGET, head, &[Cell::Integer(now_s() - KEPT_S)]).map(drop)
}

/// Drops all keys.
pub(super) fn forget_all(db: &Db<'_>) -> Result<(), Refused> {
    db.execute("DELETE FROM groundplan_idempotency", &Head::of(&Caller::named("")), &[])?;
    Ok(())
}

/// Writes a key; 0 where it is there already.
pub(super) fn insert(db: &Db<'_>, head: &Head<'_>, entry: &Entry) -> Result<u64, Failed> {
    let fingerprint = text(&entry.fingerprint);
    let values = [text(&entry.caller), text(&entry.name), fingerprint, Cell::Integer(now_s())];
    db.execute(INSERT, head, &values)
}

/// Keeps the answer under its key.
pub(super) fn finish(db: &Db<'_>, entry: &Entry, kept: &Kept) -> Result<(), Refused> {
    let Some((status, headers, body)) = &kept.answer else { return Ok(()) };
    let status = Cell::Integer((*status).into());
    let values = [status, text(headers), text(body), text(&entry.caller), text(&entry.name)];
    db.execute(FINISH, &Head::of(&Caller::named("")), &values)?;
    Ok(())
}

impl Kept {
    /// What is to be kept of an answer, and the answer itself. Only text can be kept.
    pub(super) fn of(entry: &Entry, mut response: Response) -> (Option<Self>, Response) {
        let body = answer::take_body(&mut response);
        let kept = std::str::from_utf8(&body).ok().map(|body| Self {
            fingerprint: entry.fingerprint.clone(),
            created_s: now_s(),
            answer: Some((
                response.status().as_u16(),
                written(response.headers()),
                body.to_owned(),
            )),
        });
        *response.body_mut() = Body::of(body);
        (kept, response)
    }

    /// The answer to a request that comes again.
    pub(super) fn answer(self, entry: &Entry) -> Result<Response, Refused> {
        if self.fingerprint != entry.fingerprint {
            let message = "this idempotency key was used for another request; take a new one";
            return Err(Refused::new(Refusal::KeyReused, message));
        }
        let Some((status, headers, body)) = self.answer else { return Err(self.unanswered()) };
        let mut response = answer::empty(status);
        *response.body_mut() = Body::of(body);
        read(&headers, response.headers_mut());
        response.headers_mut().insert(REPLAYED.clone(), HeaderValue::from_static("true"));
        Ok(response)
    }

    /// The write is committed, and its answer is not there: still on its way, or lost in a crash.
    fn unanswered(&self) -> Refused {
        if now_s() - self.created_s < RUNNING_S {
            return super::running();
        }
        let message = "this was done, and the answer was lost; read the row, or take a new key";
        Refused::new(Refusal::KeyRunning, message)
    }
}

fn written(headers: &HeaderMap) -> String {
    let known = HEADERS.iter().filter_map(|name| Some((name, headers.get(name)?.to_str().ok()?)));
    known.map(|(name, value)| format!("{name}: {value}\n")).collect()
}

fn read(text: &str, headers: &mut HeaderMap) {
    for (name, value) in text.lines().filter_map(|line| line.split_once(": ")) {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
}

/// A status; none where the column is empty.
fn status(number: i64) -> Option<u16> {
    u16::try_from(number).ok().filter(|status| *status != 0)
}

fn flat<A, B, C>(((a, b), c): ((A, B), C)) -> (A, B, C) {
    (a, b, c)
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn now_s() -> i64 {
    Timestamp::now().as_second()
}
