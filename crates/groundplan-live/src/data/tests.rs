//! Rows in their form outside of a database.

use serde_json::{Value, json};

use super::order::parents_first;
use super::{DataError, Tables, csv, read, sample};
use crate::fixture::{every_type, plan, shelves_and_books};

#[test]
fn what_is_referred_to_comes_first() {
    let mut plan = shelves_and_books();
    plan.resources.reverse();
    let names: Vec<&str> = parents_first(&plan)
        .into_iter()
        .filter_map(|at| plan.resources.get(at).map(|it| it.table.name.as_str()))
        .collect();
    assert_eq!(names, ["shelves", "books"]);
    let tables = read(&plan, json!({ "books": [], "Shelves": [] })).expect("both are known");
    assert_eq!(tables.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn what_is_not_in_the_form_is_refused_with_the_form() {
    let plan = shelves_and_books();
    for wrong in [json!([]), json!({ "books": {} }), json!({ "books": [1] })] {
        let error = read(&plan, wrong).expect_err("it is no table of rows");
        assert!(error.to_string().contains("TABLE"), "{error}");
    }
    let error = read(&plan, json!({ "bocks": [] })).expect_err("there is none");
    assert!(matches!(&error, DataError::UnknownTable { known, .. } if known.contains("`books`")));
}

#[test]
fn samples_are_the_same_for_the_same_seed_and_refer_to_rows_that_are_there() {
    let plan = shelves_and_books();
    let tables = sample(&plan, &Tables::new(), (7, 20), "ada");
    assert_eq!(tables, sample(&plan, &Tables::new(), (7, 20), "ada"));
    assert_ne!(tables, sample(&plan, &Tables::new(), (8, 20), "ada"));
    let [(0, shelves), (1, books)] = tables.as_slice() else { panic!("{tables:?}") };
    assert_eq!((shelves.len(), books.len()), (20, 20));
    let known: Vec<&Value> = shelves.iter().filter_map(|it| it.get("id")).collect();
    assert!(books.iter().all(|book| known.contains(&&book["shelf_id"])));
    assert!(shelves.iter().all(|it| !it.contains_key("owner_id")), "that is the caller");
}

#[test]
fn samples_fit_the_columns_that_they_are_for() {
    let plan = plan(vec![every_type()]);
    let resource = &plan.resources[0];
    for row in &sample(&plan, &Tables::new(), (3, 50), "ada")[0].1 {
        for (name, value) in row {
            let column = resource.table.column(name).expect("it is one of the table's");
            let read = crate::value::from_json(column, value.clone());
            assert!(read.is_ok(), "{name}: {value}: {read:?}");
        }
    }
}

#[test]
fn csv_becomes_values_of_the_columns_types() {
    let text =
        "\u{feff}name,count,open,extra\r\n\"a, \"\"b\"\"\nc\",7,true,\"{\"\"x\"\":1}\"\r\n,,,\n\n";
    let rows = csv::rows(&every_type(), text).expect("it is sound");
    let first = json!({ "name": "a, \"b\"\nc", "count": 7, "open": true, "extra": { "x": 1 } });
    let second = json!({ "name": null, "count": null, "open": null, "extra": null });
    assert_eq!(rows.into_iter().map(Value::Object).collect::<Vec<_>>(), [first, second]);
}

#[test]
fn a_record_that_is_too_short_is_told_with_its_number() {
    let error = csv::rows(&every_type(), "name,count\na,1\nb\n").expect_err("a field is missing");
    assert!(error.to_string().contains("record 3 has 1 fields"), "{error}");
}

#[test]
fn samples_refer_to_rows_that_are_there_already() {
    let plan = shelves_and_books();
    let present = read(&plan, json!({ "shelves": [{ "id": "only" }] })).expect("it is known");
    let tables = sample(&plan, &present, (7, 5), "ada");
    let [(1, books)] = tables.as_slice() else { panic!("{tables:?}") };
    assert!(books.len() == 5 && books.iter().all(|book| book["shelf_id"] == "only"));
}
