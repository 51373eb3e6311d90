//! The audit log for operators: entries by pages, the newest first.

use groundplan_model::service::Refusal;
use http::request::Parts;
use serde_json::{Value, json};

use super::control::refuse;
use crate::answer::{self, Response};
use crate::app::App;
use crate::caller::Caller;
use crate::query;
use crate::refused::Refused;
use crate::store::{Cell, Db, FIRST_VALUE, Head, Row};

/// Entries of a page where the request does not say, and at most.
const USUAL: i64 = 50;
const MOST: i64 = 500;

/// Parameters that are compared with a column of their name.
const FILTERS: [&str; 6] = ["resource", "key", "subject", "tenant", "action", "request_id"];

const COLUMNS: &str = "id, at, subject, tenant, roles, method, path, request_id, resource, key, \
     action, row_before, row_after";

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    filters: Vec<(&'static str, String)>,
    /// Entries before the one of this number.
    before: i64,
    limit: i64,
}

/// A page of the log.
pub(super) async fn page(app: &App, parts: &Parts) -> Response {
    let page = async {
        let query = parts.uri.query().unwrap_or_default();
        let asked = Asked::read(query)?;
        let limit = usize::try_from(asked.limit).unwrap_or(usize::MAX);
        let entries = app.store.read_slowly(move |db: &Db<'_>| asked.entries(db)).await?;
        let last = entries.last().filter(|_| entries.len() >= limit);
        let next = last
            .and_then(|it| it.get("id"))
            .map(|id| query::with_parameter(query, "before", &id.to_string()));
        let next = next.map(|query| format!("/_proto/audit?{query}"));
        Ok(json!({ "entries": entries, "next": next }).to_string())
    };
    match page.await {
        Ok(body) => answer::json(200, body.into_bytes()),
        Err(refused) => refuse(app, parts, &refused),
    }
}

impl Asked {
    fn read(query: &str) -> Result<Self, Refused> {
        let mut asked = Self { filters: Vec::new(), before: i64::MAX, limit: USUAL };
        for pair in query::pairs(query) {
            let (name, value) = pair.ok_or_else(query::undecodable)?;
            let known = FILTERS.iter().find(|it| **it == name);
            let number = || value.parse::<i64>().ok().filter(|it| *it > 0);
            match (&*name, known) {
                (_, Some(name)) => asked.filters.push((name, value.into_owned())),
                ("before", _) => asked.before = number().ok_or_else(|| wrong(&name))?,
                ("limit", _) => asked.limit = number().ok_or_else(|| wrong(&name))?.min(MOST),
                _ => return Err(unknown(&name)),
            }
        }
        Ok(asked)
    }

    fn entries(&self, db: &Db<'_>) -> Result<Vec<Value>, Refused> {
        let first = FIRST_VALUE + 2;
        let filters = self.filters.iter().enumerate();
        let filters = filters.map(|(at, (name, _))| format!(" AND {name} = ?{}", first + at));
        let sql = format!(
            "SELECT {COLUMNS} FROM groundplan_audit WHERE id < ?{FIRST_VALUE}{} \
             ORDER BY id DESC LIMIT ?{}",
            filters.collect::<String>(),
            FIRST_VALUE + 1,
        );
        let mut values = vec![Cell::Integer(self.before), Cell::Integer(self.limit)];
        values.extend(self.filters.iter().map(|(_, value)| Cell::Text(value.clone())));
        let mut entries = Vec::new();
        db.each(&sql, &Head::of(&Caller::named("")), &values, |row| entries.push(entry(row)))?;
        Ok(entries)
    }
}

fn entry(row: &Row<'_>) -> Value {
    let json = |index| row.text(index).and_then(|it| serde_json::from_str::<Value>(&it).ok());
    json!({
        "id": row.integer(0),
        "at": row.text(1),
        "subject": row.text(2),
        "tenant": row.text(3),
        "roles": json(4),
        "method": row.text(5),
        "path": row.text(6),
        "request_id": row.text(7),
        "resource": row.text(8),
        "key": row.text(9),
        "action": row.text(10),
        "before": json(11),
        "after": json(12),
    })
}

fn wrong(name: &str) -> Refused {
    Refused::new(Refusal::InvalidParameter, format!("`{name}` is a number above 0"))
}

fn unknown(name: &str) -> Refused {
    let known = FILTERS.join("`, `");
    let message =
        format!("`{name}` is no parameter here; there are `{known}`, `before` and `limit`");
    Refused::new(Refusal::InvalidParameter, message)
}
