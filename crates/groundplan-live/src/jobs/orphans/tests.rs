//! Bytes without a row go, and no others.

use std::sync::Arc;

use super::{BATCH, of};
use crate::fixture::{execute, store_with};

#[tokio::test]
async fn only_files_that_no_row_names_go_however_many_there_are() {
    let create = "CREATE TABLE things (id INTEGER PRIMARY KEY, file_path TEXT) STRICT";
    let store = store_with("things", create);
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
