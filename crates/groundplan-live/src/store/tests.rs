//! Writing together, and opening what is there.

use std::path::PathBuf;

use groundplan_model::schema::{ColumnSql, ColumnType, Rename, SchemaSql, TableSql};
use groundplan_model::service::Refusal;
use rusqlite::Connection;

use super::{Cell, Db, Head, Steps, Store};
use crate::caller::Caller;
use crate::refused::Refused;
use crate::service::{Database, RunOptions, StartError};
use crate::{Fault, fixture};

/// One table with these columns, each with whether it must have a value and its default.
fn schema(columns: &[(&str, bool, Option<&str>)]) -> SchemaSql {
    let sql = |(name, not_null, default): &(&str, bool, Option<&str>)| {
        let not_null = if *not_null { " NOT NULL" } else { "" };
        let default = default.map_or_else(String::new, |it| format!(" DEFAULT {it}"));
        format!("{name} TEXT{not_null}{default}")
    };
    let written: Vec<String> = columns.iter().map(sql).collect();
    let column = |(name, not_null, default): &(&str, bool, Option<&str>)| ColumnSql {
        name: (*name).to_owned(),
        ty: ColumnType::Text,
        not_null: *not_null,
        fill: default.map(str::to_owned),
    };
    let table = TableSql {
        name: "things".to_owned(),
        columns: columns.iter().map(column).collect(),
        refers_to: Vec::new(),
        create: format!("CREATE TABLE things ({}) STRICT;", written.join(", ")),
        later: vec!["CREATE UNIQUE INDEX by_name ON things (name);".to_owned()],
    };
    SchemaSql { tables: vec![table], ..SchemaSql::default() }
}

fn names() -> SchemaSql {
    schema(&[("name", true, None)])
}

fn options(database: Database, fault: Option<Fault>) -> RunOptions {
    RunOptions { database, schema: names(), fault, ..fixture::options() }
}

/// A file of its own for each test, gone at the end.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let own = format!("groundplan-live-{name}-{}.db", std::process::id());
        let file = Self(std::env::temp_dir().join(own));
        file.remove();
        file
    }

    fn options(&self) -> RunOptions {
        options(Database::File(self.0.clone()), None)
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}

async fn add(store: &Store, name: &'static str) -> Result<(), Refused> {
    let insert = move |db: &Db<'_>| {
        let caller = Caller::named("");
        let name = [Cell::Text(name.to_owned())];
        Ok(db.execute("INSERT INTO things (name) VALUES (?5)", &Head::of(&caller), &name)?)
    };
    store.write(Steps::One, insert).await.map(drop)
}

async fn count(store: &Store) -> i64 {
    let count = |db: &Db<'_>| {
        let caller = Caller::named("");
        let sql = "SELECT count(*) FROM things";
        Ok(db.first(sql, &Head::of(&caller), &[], |row| row.integer(0))?)
    };
    store.read(count).await.expect("a count").expect("a row")
}

fn refused(options: &RunOptions) -> StartError {
    Store::open(options).err().expect("a refusal")
}

#[tokio::test]
async fn a_job_that_fails_does_not_undo_the_others_of_its_transaction() {
    let store = Store::open(&options(Database::Memory, None)).expect("a store");
    let jobs = tokio::join!(add(&store, "a"), add(&store, "b"), add(&store, "a"), add(&store, "c"));
    assert!(jobs.0.is_ok() && jobs.1.is_ok() && jobs.3.is_ok());
    assert!(jobs.2.is_err());
    assert_eq!(count(&store).await, 3);
}

#[tokio::test]
async fn a_job_of_several_steps_that_fails_leaves_nothing_behind() {
    let store = Store::open(&options(Database::Memory, None)).expect("a store");
    add(&store, "b").await.expect("a row");
    let both = |db: &Db<'_>| {
        let caller = Caller::named("");
        for name in ["a", "b"] {
            let name = [Cell::Text(name.to_owned())];
            db.execute("INSERT INTO things (name) VALUES (?5)", &Head::of(&caller), &name)?;
        }
        Ok(())
    };
    assert!(store.write(Steps::Several, both).await.is_err());
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn a_job_that_panics_does_not_end_the_writer() {
    let store = Store::open(&options(Database::Memory, None)).expect("a store");
    let panics = |_: &Db<'_>| -> Result<(), Refused> { panic!("on purpose") };
    let refused = store.write(Steps::One, panics).await.expect_err("no answer");
    assert_eq!(refused.refusal, Refusal::Unavailable);
    assert!(add(&store, "a").await.is_ok());
}

#[tokio::test]
async fn the_seeded_fault_loses_what_it_says_it_wrote() {
    let store = Store::open(&options(Database::Memory, Some(Fault::LostWrite))).expect("a store");
    assert!(add(&store, "a").await.is_ok());
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn rows_are_there_when_the_file_is_opened_again() {
    let file = File::new("again");
    let store = Store::open(&file.options()).expect("a store");
    add(&store, "a").await.expect("a row");
    store.close();
    assert!(add(&store, "b").await.is_err(), "the store is closed");
    drop(store);
    assert_eq!(count(&Store::open(&file.options()).expect("the same store")).await, 1);
}

#[tokio::test]
async fn a_changed_document_takes_its_rows_along() {
    let file = File::new("changed");
    let store = Store::open(&file.options()).expect("a store");
    add(&store, "a").await.expect("a row");
    store.close();
    let more = schema(&[("name", true, None), ("note", false, None), ("kind", true, Some("'x'"))]);
    let options = RunOptions { schema: more, ..file.options() };
    for _ in 0..2 {
        let store = Store::open(&options).expect("the store, migrated once");
        let look = |db: &Db<'_>| {
            let caller = Caller::named("");
            let sql = "SELECT name || coalesce(note, '-') || kind FROM things";
            Ok(db.first(sql, &Head::of(&caller), &[], |row| row.text(0))?)
        };
        assert_eq!(store.read(look).await.expect("a row"), Some(Some("a-x".to_owned())));
        store.close();
    }
}

#[tokio::test]
async fn a_change_that_would_lose_or_lack_values_is_refused_and_nothing_is_touched() {
    let file = File::new("refused");
    let store = Store::open(&file.options()).expect("a store");
    add(&store, "a").await.expect("a row");
    store.close();
    let gone = schema(&[("title", false, None), ("name2", false, None)]);
    let lacking = schema(&[("name", true, None), ("kind", true, None)]);
    for (schema, word) in [(gone.clone(), "`name`"), (lacking, "`kind`")] {
        let error = refused(&RunOptions { schema, ..file.options() });
        assert!(matches!(error, StartError::CannotFollow { .. }), "{error}");
        let text = error.to_string();
        assert!(
            text.contains(word) && text.contains("1 rows") && text.contains("--fresh"),
            "{text}"
        );
    }
    assert_eq!(count(&Store::open(&file.options()).expect("as before")).await, 1);
}

#[tokio::test]
async fn what_has_another_name_now_keeps_its_values() {
    let file = File::new("renamed");
    let store = Store::open(&file.options()).expect("a store");
    add(&store, "a").await.expect("a row");
    store.close();
    let mut now = schema(&[("title", true, None)]);
    let table = &mut now.tables[0];
    table.name = "objects".to_owned();
    table.create = table.create.replace("things", "objects");
    table.later = vec!["CREATE UNIQUE INDEX by_title ON objects (title);".to_owned()];
    let rename = |column: Option<&str>, from: &str| Rename {
        table: "objects".to_owned(),
        column: column.map(str::to_owned),
        from: from.to_owned(),
    };
    refused(&RunOptions { schema: now.clone(), ..file.options() });
    now.renames = vec![rename(None, "things"), rename(Some("title"), "name")];
    let options = RunOptions { schema: now, ..file.options() };
    for _ in 0..2 {
        let store = Store::open(&options).expect("the store, migrated once");
        let look = |db: &Db<'_>| {
            let caller = Caller::named("");
            let sql = "SELECT title FROM objects";
            Ok(db.first(sql, &Head::of(&caller), &[], |row| row.text(0))?)
        };
        assert_eq!(store.read(look).await.expect("a row"), Some(Some("a".to_owned())));
        store.close();
    }
}

#[tokio::test]
async fn what_the_document_no_longer_has_goes_where_the_caller_says_so() {
    let file = File::new("dropped");
    let more = schema(&[("name", true, None), ("note", false, Some("'n'"))]);
    let store = Store::open(&RunOptions { schema: more, ..file.options() }).expect("a store");
    add(&store, "a").await.expect("a row");
    store.close();
    refused(&file.options());
    let options = RunOptions { drop_removed: true, ..file.options() };
    assert_eq!(count(&Store::open(&options).expect("a smaller store")).await, 1);
}

#[test]
fn a_file_of_another_program_is_refused() {
    let file = File::new("foreign");
    let db = Connection::open(&file.0).expect("a database");
    db.execute_batch("CREATE TABLE theirs (it)").expect("a table");
    let error = refused(&file.options());
    assert!(matches!(error, StartError::Foreign { .. }), "{error}");
}

#[test]
fn a_locked_file_is_refused_with_the_way_out() {
    let file = File::new("locked");
    drop(Store::open(&file.options()).expect("a store"));
    let other = Connection::open(&file.0).expect("a database");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let error = refused(&file.options());
    assert!(matches!(error, StartError::Locked { .. }), "{error}");
    assert!(error.to_string().contains("stop that program"));
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let path = std::env::temp_dir().join("groundplan-live-nowhere").join("it.db");
    let error = refused(&options(Database::File(path), None));
    assert!(matches!(error, StartError::Unwritable { .. }), "{error}");
}

#[test]
fn tables_that_sqlite_does_not_take_are_refused() {
    let mut schema = names();
    schema.tables[0].create = "CREATE TABLE".to_owned();
    let error = refused(&RunOptions { schema, ..options(Database::Memory, None) });
    assert!(matches!(error, StartError::Schema { .. }), "{error}");
}
