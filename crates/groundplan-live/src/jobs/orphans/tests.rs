//! Bytes without a row go, and no others.

use std::sync::Arc;

use groundplan_model::schema::{SchemaSql, TableSql};

use super::{BATCH, of};
use crate::auth::AuthOptions;
use crate::caller::Caller;
use crate::service::{CacheOptions, Database, HttpOptions, RunOptions};
use crate::store::{Db, Head, Steps, Store};

fn store() -> Store {
    let table = TableSql {
        name: "things".to_owned(),
        columns: Vec::new(),
        refers_to: Vec::new(),
        create: "CREATE TABLE things (id INTEGER PRIMARY KEY, file_path TEXT) STRICT".to_owned(),
        later: Vec::new(),
    };
    let options = RunOptions {
        address: ([127, 0, 0, 1], 0).into(),
        database: Database::Memory,
        key: Vec::new(),
        auth: AuthOptions::default(),
        schema: SchemaSql { tables: vec![table], ..SchemaSql::default() },
        drop_removed: false,
        openapi: String::new(),
        api_page: String::new(),
        plan: String::new(),
        http: HttpOptions::default(),
        cache: CacheOptions::default(),
        fault: None,
    };
    Store::open(&options).expect("a store")
}

async fn execute(store: &Store, sql: String) -> u64 {
    let work = move |db: &Db<'_>| Ok(db.execute(&sql, &Head::of(&Caller::named("")), &[])?);
    store.write(Steps::One, work).await.expect("a statement that works")
}

#[tokio::test]
async fn only_files_that_no_row_names_go_however_many_there_are() {
    let store = store();
    let many = BATCH + 7;
    let file = "INSERT INTO groundplan_files (key, resource, content)";
    let numbers = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) \
         SELECT 'lost' || i, 'things', x'00' FROM n"
    );
    execute(&store, format!("{file} {numbers}")).await;
    execute(&store, format!("{file} VALUES ('kept', 'things', x'01')")).await;
    execute(&store, format!("{file} VALUES ('strange', 'others', x'02')")).await;
    execute(&store, "INSERT INTO things (file_path) VALUES ('kept'), (NULL)".to_owned()).await;
    let orphans = Arc::new(of("things", "file_path"));
    assert_eq!(orphans.run(&store).await.expect("it runs"), many);
    assert_eq!(orphans.run(&store).await.expect("it runs"), 0);
    assert_eq!(execute(&store, "DELETE FROM groundplan_files".to_owned()).await, 2);
}
