//! A job as it lies in the database.

use groundplan_model::service::Refusal;
use http::header::{CONTENT_TYPE, HeaderName, IF_MATCH, IF_UNMODIFIED_SINCE};
use http::request::Parts;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::{Cell, Db, Head, Row};

/// How long a worker has a job for itself, unless it says that it is still at it.
pub(super) const LEASE_S: i64 = 15;

/// Headers that say what the request does.
const HEADERS: [HeaderName; 3] = [CONTENT_TYPE, IF_MATCH, IF_UNMODIFIED_SINCE];

const INSERT: &str = "INSERT INTO groundplan_jobs (id, method, uri, headers, body, subject, tenant, \
     roles, request_id, status, attempts, created_s, run_s) \
     VALUES (?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'queued', 0, ?14, ?14)";

/// Up to the end of the look for a job that is due, or whose worker is gone.
const CLAIM: &str = "UPDATE groundplan_jobs SET status = 'running', lease = ?5, lease_s = ?6, \
     attempts = attempts + 1, started_s = coalesce(started_s, ?7) WHERE id = (\
     SELECT id FROM groundplan_jobs WHERE status = 'queued' AND run_s <= ?7 \
     OR status = 'running' AND lease_s <= ?7 ORDER BY run_s, id LIMIT 1";
const CLAIMED: &str = ") RETURNING id, method, uri, headers, body, subject, tenant, roles, \
     request_id, attempts, lease";

/// In the transaction of the work. Whoever lost the job meanwhile changes nothing.
const FINISH: &str = "UPDATE groundplan_jobs SET status = 'completed', finished_s = ?5 \
     WHERE id = ?6 AND lease = ?7 AND status = 'running'";
const ANSWER: &str = "UPDATE groundplan_jobs SET answer_status = ?5, answer = ?6 \
     WHERE id = ?7 AND lease = ?8";
const FAIL: &str = "UPDATE groundplan_jobs SET status = 'failed', finished_s = ?5 \
     WHERE id = ?6 AND lease = ?7 AND status = 'running'";
const RETRY: &str = "UPDATE groundplan_jobs SET status = 'queued', lease = NULL, run_s = ?5 \
     WHERE id = ?6 AND lease = ?7 AND status = 'running'";
const RENEW: &str = "UPDATE groundplan_jobs SET lease_s = ?5 \
     WHERE id = ?6 AND lease = ?7 AND status = 'running'";
const WAITING: &str = "SELECT count(*) FROM groundplan_jobs WHERE status IN ('queued', 'running')";

/// A request that is to be made later.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) headers: String,
    pub(super) body: Vec<u8>,
    pub(super) caller: Caller,
    pub(super) request_id: Option<String>,
}

/// A task that a worker has for itself.
#[derive(Debug)]
pub(crate) struct Job {
    pub(super) task: Task,
    /// How often it was begun.
    pub(super) attempts: u32,
    pub(crate) claim: Claim,
}

/// By what a worker has a job.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    id: String,
    lease: String,
}

impl Task {
    /// The request of `parts` and `body`.
    pub(crate) fn new(
        parts: &Parts,
        caller: &Caller,
        body: &[u8],
        request_id: Option<&str>,
    ) -> Self {
        let text = |name: &HeaderName| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
        let headers =
            HEADERS.iter().filter_map(|name| Some((name.to_string(), text(name)?.into())));
        Self {
            id: Uuid::now_v7().to_string(),
            method: parts.method.to_string(),
            uri: parts.uri.to_string(),
            headers: Value::Object(headers.collect()).to_string(),
            body: body.to_vec(),
            caller: caller.clone(),
            request_id: request_id.map(str::to_owned),
        }
    }

    /// Puts it into the queue.
    pub(crate) fn queue(&self, db: &Db<'_>) -> Result<(), Refused> {
        let optional = |it: Option<&str>| it.map_or(Cell::Null, text);
        let values = [
            text(&self.id),
            text(&self.method),
            text(&self.uri),
            text(&self.headers),
            Cell::Blob(self.body.clone()),
            text(&self.caller.subject),
            optional(self.caller.tenant.as_deref()),
            text(&Value::from(self.caller.roles.to_vec()).to_string()),
            optional(self.request_id.as_deref()),
            Cell::Integer(now_s()),
        ];
        db.execute(INSERT, &Head::of(&Caller::named("")), &values)?;
        Ok(())
    }
}

impl Job {
    /// The next job that is due, for this worker alone.
    pub(super) fn claim(db: &Db<'_>, now_s: i64) -> Result<Option<Self>, Refused> {
        let lease = Uuid::now_v7().to_string();
        // Several workers of one PostgreSQL must not wait for one another's row.
        let lock = if matches!(db, Db::Postgres(_)) { " FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!("{CLAIM}{lock}{CLAIMED}");
        let values = [text(&lease), Cell::Integer(now_s + LEASE_S), Cell::Integer(now_s)];
        Ok(db.first(&sql, &Head::of(&Caller::named("")), &values, Self::read)?)
    }

    /// Who asked for it.
    pub(crate) fn caller(&self) -> &Caller {
        &self.task.caller
    }

    /// What was sent.
    pub(crate) fn body(&self) -> &[u8] {
        &self.task.body
    }

    /// The id of the request that it was.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.task.request_id.as_deref()
    }

    fn read(row: &Row<'_>) -> Self {
        let text = |index| row.text(index).unwrap_or_default();
        let roles: Vec<String> = serde_json::from_str(&text(7)).unwrap_or_default();
        let caller = Caller {
            subject: text(5).into(),
            tenant: row.text(6).map(Into::into),
            roles: roles.into(),
        };
        let body = match row.cell(4) {
            Cell::Blob(body) => body,
            _ => Vec::new(),
        };
        Self {
            claim: Claim { id: text(0), lease: text(10) },
            attempts: u32::try_from(row.integer(9)).unwrap_or(u32::MAX),
            task: Task {
                id: text(0),
                method: text(1),
                uri: text(2),
                headers: text(3),
                body,
                caller,
                request_id: row.text(8),
            },
        }
    }
}

impl Claim {
    /// Says that the work is done, in its own transaction.
    pub(crate) fn finish(&self, db: &Db<'_>) -> Result<(), Refused> {
        if self.settle(db, FINISH, now_s())? {
            return Ok(());
        }
        let message = "another worker has this job now";
        Err(Refused::new(Refusal::KeyRunning, message))
    }

    /// Says that the work cannot be done.
    pub(super) fn fail(&self, db: &Db<'_>) -> Result<bool, Refused> {
        self.settle(db, FAIL, now_s())
    }

    /// Says when to try again.
    pub(super) fn retry(&self, db: &Db<'_>, run_s: i64) -> Result<bool, Refused> {
        self.settle(db, RETRY, run_s)
    }

    /// Says that its worker is still at it; not where another one has the job.
    pub(super) fn renew(&self, db: &Db<'_>, now_s: i64) -> Result<bool, Refused> {
        self.settle(db, RENEW, now_s + LEASE_S)
    }

    /// Keeps what the work came to.
    pub(super) fn answer(&self, db: &Db<'_>, status: u16, body: &str) -> Result<(), Refused> {
        let values = [Cell::Integer(status.into()), text(body), text(&self.id), text(&self.lease)];
        db.execute(ANSWER, &Head::of(&Caller::named("")), &values)?;
        Ok(())
    }

    fn settle(&self, db: &Db<'_>, sql: &str, at_s: i64) -> Result<bool, Refused> {
        let values = [Cell::Integer(at_s), text(&self.id), text(&self.lease)];
        Ok(db.execute(sql, &Head::of(&Caller::named("")), &values)? > 0)
    }
}

/// How many jobs are not finished.
pub(super) fn waiting(db: &Db<'_>) -> Result<usize, Refused> {
    let count = db.first(WAITING, &Head::of(&Caller::named("")), &[], |row| row.integer(0))?;
    Ok(usize::try_from(count.unwrap_or_default()).unwrap_or_default())
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(super) fn now_s() -> i64 {
    Timestamp::now().as_second()
}
