//! Patterns of decimals hold for the numbers within the bounds and for no others.

use groundplan_model::schema::{Column, ColumnType};
use serde_json::{Value, json};

use crate::fixture::column;
use crate::openapi::decimal::within;

fn decimal(declared: &str, minimum: Option<f64>, maximum: Option<f64>) -> Column {
    Column { minimum, maximum, ..column(ColumnType::Decimal, declared) }
}

fn pattern(declared: &str, minimum: Option<f64>, maximum: Option<f64>) -> Value {
    within(&decimal(declared, minimum, maximum))["pattern"].clone()
}

#[test]
fn without_bounds_any_number_of_as_many_digits_will_do() {
    assert_eq!(pattern("NUMERIC(10, 2)", None, None), r"^-?0*[0-9]{1,8}(?:\.[0-9]{1,2})?$");
    assert_eq!(pattern("NUMERIC", None, None), r"^-?[0-9]+(?:\.[0-9]+)?$");
}

#[test]
fn from_a_cent_on_there_is_a_digit_that_is_not_zero() {
    assert_eq!(
        pattern("NUMERIC(12, 2)", Some(0.01), None),
        r"^(?:0*(?:[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?|0+\.(?:[1-9][0-9]{0,1}|0[2-9][0-9]{0,0}|01[0-9]{0,0}))$"
    );
}

#[test]
fn more_than_zero_is_any_number_but_zero() {
    assert_eq!(
        pattern("NUMERIC", Some(0.0_f64.next_up()), None),
        r"^(?:0*(?:[1-9][0-9]{0,})(?:\.[0-9]+)?|0+\.(?:0*[1-9][0-9]*))$"
    );
}

#[test]
fn up_to_a_hundred_the_hundred_has_no_fraction() {
    assert_eq!(
        pattern("NUMERIC(5, 2)", None, Some(100.0)),
        r"^(?:-0*[0-9]{1,3}(?:\.[0-9]{1,2})?|(?:0*(?:[0-9]{1,2}|0[0-9]{2})(?:\.[0-9]{1,2})?|0*100(?:\.0+)?))$"
    );
}

#[test]
fn the_second_bound_is_a_pattern_beside_the_first() {
    let schema = within(&decimal("NUMERIC(3, 1)", Some(1.0), Some(5.5)));
    assert_eq!(
        schema["pattern"],
        r"^(?:0*(?:[1-9][0-9]{1,1}|[2-9][0-9]{0})(?:\.[0-9]{1,1})?|0*1(?:\.[0-9]{1,1})?)$"
    );
    let most = r"^(?:-0*[0-9]{1,2}(?:\.[0-9]{1,1})?|(?:0*(?:[0-4][0-9]{0})(?:\.[0-9]{1,1})?|0*5(?:\.(?:[0-4][0-9]{0,0}|50{0,0}))?))$";
    assert_eq!(schema["allOf"], json!([{ "pattern": most }]));
}

#[test]
fn a_bound_with_more_digits_than_the_column_bounds_nothing() {
    assert_eq!(pattern("NUMERIC(4, 2)", None, Some(1000.0)), r"^-?0*[0-9]{1,2}(?:\.[0-9]{1,2})?$");
}
