//! Sessions of accounts in the database: one row a refresh token, of which the hash is kept.

use groundplan_model::service::SESSIONS;

use crate::caller::Caller;
use crate::refused::Refused;
use crate::secret;
use crate::store::{Cell, Db, Head, Steps, Store};

/// How long a refresh token holds.
const REFRESH_S: i64 = 30 * 24 * 60 * 60;

/// One sign-in: its name, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) name: String,
    pub(crate) account: String,
}

/// What a refresh token was good for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Spent {
    /// For this: the session goes on.
    Renewed(Session),
    /// For nothing: nobody gave it, or it is too old.
    Unknown,
    /// It was spent before. Somebody else has a copy of it, so the whole session has ended.
    Again,
}

/// Statements of this file, to be tried out at the start.
pub(crate) fn statements() -> Vec<String> {
    vec![insert(), select(), spend(), end(), sweep(), any()]
}

/// Whether a session goes on.
pub(crate) async fn is_open(store: &Store, session: &str) -> Result<bool, Refused> {
    let values = [Cell::Text(session.to_owned())];
    let look = move |db: &Db<'_>| {
        let nobody = Caller::named("");
        let found = db.first(&any(), &Head::of(&nobody), &values, |_| ())?;
        Ok(found.is_some())
    };
    store.read(look).await
}

/// Begins a session of `account`; answers it with its refresh token.
pub(crate) async fn begin(
    store: &Store,
    account: String,
    now_s: i64,
) -> Result<(Session, String), Refused> {
    let (name, token) = (secret::word()?, secret::word()?);
    let session = Session { name, account };
    let (row, hash) = (session.clone(), secret::digest(&token));
    let work = move |db: &Db<'_>| {
        let nobody = Caller::named("");
        let old = [Cell::Text(row.account.clone()), Cell::Integer(now_s)];
        db.execute(&sweep(), &Head::of(&nobody), &old)?;
        add(db, &row, &hash, now_s)
    };
    store.write(Steps::Several, work).await?;
    Ok((session, token))
}

/// Spends a refresh token; answers what it was good for, and the next one.
pub(crate) async fn renew(
    store: &Store,
    token: &str,
    now_s: i64,
) -> Result<(Spent, String), Refused> {
    let (hash, next) = (secret::digest(token), secret::word()?);
    let next_hash = secret::digest(&next);
    let work = move |db: &Db<'_>| spend_in(db, hash, &next_hash, now_s);
    Ok((store.write(Steps::Several, work).await?, next))
}

/// Ends a session: none of its refresh tokens holds any more.
pub(crate) async fn close(store: &Store, session: &str) -> Result<(), Refused> {
    let values = [Cell::Text(session.to_owned())];
    let work = move |db: &Db<'_>| {
        let nobody = Caller::named("");
        db.execute(&end(), &Head::of(&nobody), &values)?;
        Ok(())
    };
    store.write(Steps::One, work).await
}

fn spend_in(db: &Db<'_>, hash: String, next_hash: &str, now_s: i64) -> Result<Spent, Refused> {
    let nobody = Caller::named("");
    let head = Head::of(&nobody);
    let key = [Cell::Text(hash)];
    let found = db.first(&select(), &head, &key, |row| {
        let session = Session {
            name: row.text(0).unwrap_or_default(),
            account: row.text(1).unwrap_or_default(),
        };
        (session, row.integer(2), row.integer(3))
    })?;
    let Some((session, expires_at_s, spent)) = found else { return Ok(Spent::Unknown) };
    if expires_at_s <= now_s {
        return Ok(Spent::Unknown);
    }
    // Two requests with one token: the second finds it spent, whichever comes first.
    if spent != 0 || db.execute(&spend(), &head, &key)? == 0 {
        db.execute(&end(), &head, &[Cell::Text(session.name)])?;
        return Ok(Spent::Again);
    }
    add(db, &session, next_hash, now_s)?;
    Ok(Spent::Renewed(session))
}

fn add(db: &Db<'_>, session: &Session, hash: &str, now_s: i64) -> Result<(), Refused> {
    let nobody = Caller::named("");
    let values = [
        Cell::Text(hash.to_owned()),
        Cell::Text(session.name.clone()),
        Cell::Text(session.account.clone()),
        Cell::Integer(now_s.saturating_add(REFRESH_S)),
        Cell::Integer(0),
    ];
    db.execute(&insert(), &Head::of(&nobody), &values)?;
    Ok(())
}

fn insert() -> String {
    format!(
        "INSERT INTO {SESSIONS} (token_hash, session, account, expires_at_s, spent) \
         VALUES (?5, ?6, ?7, ?8, ?9)"
    )
}

fn select() -> String {
    format!("SELECT session, account, expires_at_s, spent FROM {SESSIONS} WHERE token_hash = ?5")
}

fn spend() -> String {
    format!("UPDATE {SESSIONS} SET spent = 1 WHERE token_hash = ?5 AND spent = 0")
}

fn end() -> String {
    format!("DELETE FROM {SESSIONS} WHERE session = ?5")
}

fn sweep() -> String {
    format!("DELETE FROM {SESSIONS} WHERE account = ?5 AND expires_at_s < ?6")
}

fn any() -> String {
    format!("SELECT 1 FROM {SESSIONS} WHERE session = ?5 LIMIT 1")
}
