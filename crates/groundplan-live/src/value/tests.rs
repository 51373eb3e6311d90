//! What is taken for each type, and what is stored.

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType};
use serde_json::{Value, json};

use super::{from_json, from_text};
use crate::fixture::column;

const INTEGER: ColumnType = ColumnType::Integer { auto: false };

fn stored(ty: ColumnType, value: Value) -> Option<Cell> {
    from_json(&column("it", ty), value).ok()
}

fn text(text: &str) -> Option<Cell> {
    Some(Cell::Text(text.to_owned()))
}

fn refuses(column: &Column, values: &[Value]) {
    for value in values {
        assert!(from_json(column, value.clone()).is_err(), "{value} for {column:?}");
    }
}

#[test]
fn integers_are_whole_and_of_64_bits() {
    assert_eq!(stored(INTEGER, json!(-7)), Some(Cell::Integer(-7)));
    assert_eq!(stored(INTEGER, json!(7.0)), Some(Cell::Integer(7)));
    assert_eq!(stored(INTEGER, json!(i64::MIN)), Some(Cell::Integer(i64::MIN)));
    let others = [json!(1.5), json!(1e300), json!(u64::MAX), json!("1"), json!(true), json!([])];
    refuses(&column("it", INTEGER), &others);
}

#[test]
fn numbers_are_read_to_their_last_digit() {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("a number");
    let whole = read("2048136576951243.0");
    assert_eq!(stored(INTEGER, whole), Some(Cell::Integer(2_048_136_576_951_243)));
    let close = "122.416294033786585";
    assert_eq!(stored(ColumnType::Float, read(close)), close.parse().ok().map(Cell::Real));
}

#[test]
fn booleans_are_not_numbers() {
    assert_eq!(stored(ColumnType::Boolean, json!(true)), Some(Cell::Integer(1)));
    refuses(&column("it", ColumnType::Boolean), &[json!(1), json!("true")]);
}

#[test]
fn decimals_lose_their_leading_zeros_and_keep_their_scale() {
    assert_eq!(stored(ColumnType::Decimal, json!("-0012.50")), text("-12.50"));
    let others = ["", "-", ".5", "5.", "1e3", "1,5", "+1", "١"].map(Value::from);
    refuses(&column("it", ColumnType::Decimal), &others);
    refuses(&column("it", ColumnType::Decimal), &[json!(12.5)]);
}

#[test]
fn decimals_keep_to_the_declared_precision() {
    let declared = "NUMERIC(5, 2)".to_owned();
    let price = Column { declared, ..column("price", ColumnType::Decimal) };
    let stored = |value: &str| from_json(&price, json!(value)).ok();
    assert_eq!(stored("999.99"), text("999.99"));
    assert_eq!([stored("7"), stored("-0")], [text("7.00"), text("0.00")]);
    refuses(&price, &[json!("1000"), json!("1.234")]);
}

#[test]
fn uuids_are_stored_in_lower_case() {
    let upper = "01A1FC8F-86E5-7743-84DD-068D75D9F3A9";
    assert_eq!(stored(ColumnType::Uuid, json!(upper)), text(&upper.to_lowercase()));
    let bare = upper.replace('-', "");
    refuses(&column("it", ColumnType::Uuid), &[json!(bare), json!(format!("{{{upper}}}"))]);
}

#[test]
fn times_become_utc_with_microseconds() {
    let time = |value: &str| stored(ColumnType::Timestamp, json!(value));
    assert_eq!(time("2026-01-02T03:04:05Z"), text("2026-01-02T03:04:05.000000Z"));
    assert_eq!(time("2026-01-02t03:04:05.1234567+02:00"), text("2026-01-02T01:04:05.123456Z"));
    assert_eq!(time("2026-01-02 03:04:05-00:30"), text("2026-01-02T03:34:05.000000Z"));
}

#[test]
fn what_rfc_3339_does_not_know_is_no_time() {
    let others = [
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04Z",
        "2026-02-30T03:04:05Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05Z[UTC]",
        "20260102T030405Z",
        "+002026-01-02T03:04:05Z",
        "0000-01-01T00:00:00+10:00",
        "é026-01-02T03:04:05Z",
    ];
    refuses(&column("it", ColumnType::Timestamp), &others.map(Value::from));
}

#[test]
fn dates_are_days_of_the_calendar() {
    assert_eq!(stored(ColumnType::Date, json!("2024-02-29")), text("2024-02-29"));
    refuses(&column("it", ColumnType::Date), &[json!("2025-02-29"), json!("20240229")]);
}

#[test]
fn bytes_are_base64() {
    assert_eq!(stored(ColumnType::Bytes, json!("AP8=")), Some(Cell::Blob(vec![0, 255])));
    refuses(&column("it", ColumnType::Bytes), &[json!("AP8"), json!("?")]);
}

#[test]
fn structures_are_kept_as_json_text_without_nul() {
    refuses(&column("it", ColumnType::Json), &[json!({"a": ["\0"]}), json!({"\0": 1})]);
    let value = json!({ "b": [1, "x"], "a": null });
    assert_eq!(stored(ColumnType::Json, value.clone()), text(&value.to_string()));
    assert_eq!(stored(ColumnType::Array, json!(["a"])), text("[\"a\"]"));
    refuses(&column("it", ColumnType::Array), &[json!({}), json!("[]")]);
}

#[test]
fn null_is_for_columns_that_may_be_empty() {
    assert_eq!(stored(INTEGER, Value::Null), Some(Cell::Null));
    let strict = Column { not_null: true, ..column("it", ColumnType::Json) };
    refuses(&strict, &[Value::Null]);
}

#[test]
fn text_keeps_to_its_bounds_in_characters() {
    let bounds =
        Column { min_length: Some(2), max_length: Some(3), ..column("name", ColumnType::Text) };
    assert!(from_json(&bounds, json!("äöü")).is_ok());
    refuses(&bounds, &[json!("ä"), json!("äöüß"), json!("a\0b")]);
}

#[test]
fn numbers_keep_to_their_bounds() {
    let bounds = |ty| Column { minimum: Some(1.0), maximum: Some(9.5), ..column("it", ty) };
    assert!(from_json(&bounds(INTEGER), json!(9)).is_ok());
    refuses(&bounds(INTEGER), &[json!(0), json!(10)]);
    refuses(&bounds(ColumnType::Float), &[json!(0.99), json!(9.51)]);
    refuses(&bounds(ColumnType::Decimal), &[json!("0.99"), json!("9.51")]);
}

#[test]
fn only_allowed_values_are_taken() {
    let allowed = vec!["1".to_owned(), "2".to_owned()];
    for (ty, right, wrong) in
        [(ColumnType::Text, json!("1"), json!("3")), (INTEGER, json!(2), json!(3))]
    {
        let column = Column { allowed: allowed.clone(), ..column("it", ty) };
        assert!(from_json(&column, right).is_ok());
        refuses(&column, &[wrong]);
    }
}

#[test]
fn parameters_are_read_by_the_columns_type() {
    let read = |ty, value: &str| from_text(&column("it", ty), value).ok();
    assert_eq!(read(INTEGER, "-12"), Some(Cell::Integer(-12)));
    assert_eq!(read(ColumnType::Boolean, "false"), Some(Cell::Integer(0)));
    assert_eq!(read(ColumnType::Float, "1.5"), Some(Cell::Real(1.5)));
    assert_eq!(read(ColumnType::Text, ""), text(""));
    for value in ["", "+1", "007", "1.0", "9223372036854775808", " 1"] {
        assert_eq!(read(INTEGER, value), None, "{value}");
    }
    assert_eq!(read(ColumnType::Float, "inf"), None);
    assert_eq!(read(ColumnType::Boolean, "1"), None);
    assert_eq!(read(ColumnType::Json, "{}"), None);
}
