//! One connection, with its prepared statements and its transaction.

use std::cell::{Cell as Slot, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Statement};

use groundplan_model::Digest;

use super::catalog::Catalog;
use super::open::reason;
use super::param::Param;
use super::statement::translate;
use super::tables::LOCK;
use crate::store::audit::{self, Stamp};
use crate::store::sql::literal;
use crate::store::{Cell, Failed, Head, Row};

/// Statements that a connection keeps prepared. Lists with filters have one for each combination.
pub(super) const STATEMENTS: usize = 512;

/// A connection that one thread works with.
pub(crate) struct Session {
    runtime: Runtime,
    client: Client,
    catalog: Arc<Catalog>,
    statements: RefCell<HashMap<String, Arc<Prepared>>>,
    transaction: Slot<Transaction>,
    /// What begins the transaction that is due.
    begin: RefCell<String>,
}

/// A statement that a connection keeps, and which of our numbers its parameters are.
pub(super) struct Prepared {
    pub(super) statement: Statement,
    pub(super) order: Vec<usize>,
}

/// How far a transaction is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transaction {
    None,
    /// It begins with the next statement, in one round trip with that.
    Due,
    Open,
    /// A statement failed, and all was undone.
    Undone,
}

impl Session {
    pub(super) fn new(runtime: Runtime, client: Client, catalog: Arc<Catalog>) -> Self {
        Self {
            runtime,
            client,
            catalog,
            statements: RefCell::default(),
            transaction: Slot::new(Transaction::None),
            begin: RefCell::default(),
        }
    }

    /// Whether the connection holds, as far as the system knows by now.
    pub(super) fn is_open(&self) -> bool {
        // Lets the task that reads the socket see that the server has closed it.
        self.runtime.block_on(tokio::task::yield_now());
        !self.client.is_closed()
    }

    /// Whether the server answers.
    pub(super) fn is_alive(&self) -> bool {
        self.runtime.block_on(self.client.batch_execute("SELECT 1")).is_ok()
    }

    /// The statements to come are one transaction, until [`Session::end`]. The triggers of its
    /// tables know `stamp`.
    pub(super) fn begin(&self, stamp: Option<Stamp>) {
        self.begin.replace(begin(stamp));
        self.transaction.set(Transaction::Due);
    }

    /// Runs `sql`, which makes the triggers of `count` tables, unless that was done already.
    pub(super) fn watch(&self, sql: &str, count: usize) -> Result<(), String> {
        let digest = Digest::of(sql).to_string();
        let value = literal(&digest);
        let known = format!(
            "SELECT ({}) = {count} AND coalesce((SELECT value FROM groundplan_meta \
             WHERE name = 'audit'), '') = CASE {count} WHEN 0 THEN '' ELSE {value} END",
            audit::postgres::WATCHED
        );
        let all = format!(
            "BEGIN; {LOCK}; {sql} DELETE FROM groundplan_meta WHERE name = 'audit'; \
             INSERT INTO groundplan_meta SELECT 'audit', {value} WHERE {count} > 0; COMMIT"
        );
        self.runtime.block_on(async {
            let is_done = self.client.query_one(&known, &[]).await.map_err(|it| reason(&it))?;
            if is_done.try_get(0).unwrap_or(false) {
                return Ok(());
            }
            let done = self.client.batch_execute(&all).await.map_err(|it| reason(&it));
            if done.is_err() {
                let _ = self.client.batch_execute("ROLLBACK").await;
            }
            done
        })
    }

    /// Ends the transaction; answers whether what was done is there to stay.
    pub(super) fn end(&self, keep: bool) -> bool {
        let sql = if keep { "COMMIT" } else { "ROLLBACK" };
        match self.transaction.replace(Transaction::None) {
            Transaction::None | Transaction::Due => true,
            Transaction::Undone => false,
            Transaction::Open => match self.runtime.block_on(self.client.batch_execute(sql)) {
                Ok(()) => keep,
                Err(error) => {
                    tracing::error!(%error, "a transaction was not committed");
                    false
                }
            },
        }
    }

    pub(in crate::store) fn each(
        &self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
        mut read: impl FnMut(&Row<'_>),
    ) -> Result<(), Failed> {
        let prepared = self.prepared(sql)?;
        let params = params(&prepared, head, values);
        for row in self.run(self.client.query(&prepared.statement, &slices(&params)))? {
            read(&Row::Postgres(&row));
        }
        Ok(())
    }

    pub(in crate::store) fn execute(
        &self,
        sql: &str,
        head: &Head<'_>,
        values: &[Cell],
    ) -> Result<u64, Failed> {
        let prepared = self.prepared(sql)?;
        let params = params(&prepared, head, values);
        self.run(self.client.execute(&prepared.statement, &slices(&params)))
    }

    /// Waits for others that hold the lock `name`, and holds it until the transaction ends.
    pub(in crate::store) fn lock(&self, name: &str) -> Result<(), Failed> {
        let sql = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?5, 0))";
        let nobody = crate::caller::Caller::named("");
        self.each(sql, &Head::of(&nobody), &[Cell::Text(name.to_owned())], |_| {})
    }

    /// Prepares `sql`; the reason where that fails.
    pub(super) fn try_out(&self, sql: &str) -> Result<(), String> {
        self.prepared(sql).map(drop).map_err(|failed| format!("{failed}, in: {sql}"))
    }

    fn prepared(&self, sql: &str) -> Result<Arc<Prepared>, Failed> {
        if let Some(known) = self.statements.borrow().get(sql) {
            return Ok(Arc::clone(known));
        }
        let translated = translate(sql);
        let statement = self.run(self.client.prepare(&translated.text))?;
        let prepared = Arc::new(Prepared { statement, order: translated.order });
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS {
            statements.clear();
        }
        statements.insert(sql.to_owned(), Arc::clone(&prepared));
        Ok(prepared)
    }

    /// Waits for a statement, and begins the transaction with it where one is due.
    fn run<T>(&self, statement: impl Future<Output = Result<T, Error>>) -> Result<T, Failed> {
        let done = if self.transaction.get() == Transaction::Due {
            self.transaction.set(Transaction::Open);
            let begin = self.begin.borrow();
            let begin = self.client.batch_execute(&begin);
            self.runtime.block_on(async {
                let (begun, done) = tokio::join!(begin, statement);
                begun.and(done)
            })
        } else {
            self.runtime.block_on(statement)
        };
        done.map_err(|error| self.undo(&error))
    }

    /// After an error PostgreSQL takes nothing more in a transaction: it ends here.
    fn undo(&self, error: &Error) -> Failed {
        if self.transaction.get() == Transaction::Open {
            self.transaction.set(Transaction::Undone);
            let _ = self.runtime.block_on(self.client.batch_execute("ROLLBACK"));
        }
        self.catalog.read(error)
    }
}

/// What begins a transaction whose triggers know `stamp`.
pub(super) fn begin(stamp: Option<Stamp>) -> String {
    let origin = stamp.map(|it| format!("; SET LOCAL groundplan.origin = {}", literal(&it.json())));
    format!("BEGIN{}", origin.unwrap_or_default())
}

pub(super) fn params<'a>(
    prepared: &Prepared,
    head: &Head<'a>,
    values: &'a [Cell],
) -> Vec<Param<'a>> {
    prepared.order.iter().map(|number| Param::of(*number, head, values)).collect()
}

pub(super) fn slices<'p>(params: &'p [Param<'_>]) -> Vec<&'p (dyn ToSql + Sync)> {
    params.iter().map(|param| param as &(dyn ToSql + Sync)).collect()
}
