//! Each type of column as a schema.

use groundplan_model::schema::ColumnType;
use serde_json::{Value, json};

use crate::fixture::column;
use crate::openapi::column::schema;

fn type_of(ty: ColumnType) -> Value {
    schema(&column(ty, "")).remove("type").expect("a type")
}

#[test]
fn text_has_lengths_and_no_nul() {
    let mut it = column(ColumnType::Text, "VARCHAR(9)");
    (it.min_length, it.max_length, it.not_null) = (Some(1), Some(9), true);
    let expected = json!({
        "type": "string", "minLength": 1, "maxLength": 9, "pattern": "^[^\\u0000]*$"
    });
    assert_eq!(Value::Object(schema(&it)), expected);
}

#[test]
fn allowed_values_take_null_where_the_column_does() {
    let mut it = column(ColumnType::Text, "TEXT");
    it.allowed = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(
        Value::Object(schema(&it)),
        json!({ "type": ["string", "null"], "enum": ["a", "b", null] })
    );
}

#[test]
fn integers_are_bounded_by_64_bits_and_by_their_own_bounds() {
    let mut it = column(ColumnType::Integer { auto: false }, "INTEGER");
    it.minimum = Some(1.0);
    let schema = schema(&it);
    assert_eq!(schema["minimum"], json!(1));
    assert_eq!(schema["maximum"], json!(i64::MAX));
}

#[test]
fn floats_have_their_own_bounds_only() {
    let mut it = column(ColumnType::Float, "REAL");
    (it.maximum, it.not_null) = (Some(0.5), true);
    assert_eq!(
        Value::Object(schema(&it)),
        json!({ "type": "number", "format": "double", "maximum": 0.5 })
    );
}

#[test]
fn decimals_are_strings_of_as_many_digits_as_declared() {
    let mut it = column(ColumnType::Decimal, "NUMERIC(10, 2)");
    assert_eq!(schema(&it)["pattern"], json!(r"^-?0*[0-9]{1,8}(?:\.[0-9]{1,2})?$"));
    it.minimum = Some(0.0);
    assert_eq!(schema(&it)["pattern"], json!(r"^0*[0-9]{1,8}(?:\.[0-9]{1,2})?$"));
    it.declared = "NUMERIC(4, 4)".to_owned();
    assert_eq!(schema(&it)["pattern"], json!(r"^0+(?:\.[0-9]{1,4})?$"));
    it.declared = "NUMERIC".to_owned();
    assert_eq!(schema(&it)["pattern"], json!(r"^[0-9]+(?:\.[0-9]+)?$"));
}

#[test]
fn bytes_are_counted_in_base64() {
    let mut it = column(ColumnType::Bytes, "BYTEA");
    it.max_length = Some(4);
    assert_eq!(schema(&it)["maxLength"], json!(8));
    assert_eq!(schema(&it)["contentEncoding"], json!("base64"));
}

#[test]
fn json_is_anything_and_null_only_where_the_column_may_be_empty() {
    let mut it = column(ColumnType::Json, "JSONB");
    assert_eq!(type_of(ColumnType::Json).as_array().unwrap().len(), 6);
    it.not_null = true;
    assert_eq!(schema(&it)["type"].as_array().unwrap().len(), 5);
}

#[test]
fn other_types_are_nullable_strings_arrays_and_booleans() {
    assert_eq!(type_of(ColumnType::Boolean), json!(["boolean", "null"]));
    assert_eq!(type_of(ColumnType::Array), json!(["array", "null"]));
    for (ty, format) in [
        (ColumnType::Uuid, "uuid"),
        (ColumnType::Timestamp, "date-time"),
        (ColumnType::Date, "date"),
    ] {
        let schema = schema(&column(ty, ""));
        assert_eq!(schema["format"], json!(format));
        assert_eq!(schema["type"], json!(["string", "null"]));
    }
}
