//! Values fit their columns; faults do not.

use groundplan_syntax::Span;
use serde_json::json;

use crate::case::value::{Size, Values, fits};
use crate::case::{Seed, fault, fits_type, same_value};
use crate::document::Method;
use crate::schema::{Column, ColumnType, Table};
use crate::service::{Access, Field, ListShape, Operation, Query, Resource, Role, Route};

fn column(name: &str, ty: ColumnType, declared: &str) -> Column {
    Column {
        declared: declared.to_owned(),
        not_null: true,
        ..Column::plain(name, ty, Span::default())
    }
}

/// Columns of every type, and with every kind of bound.
fn columns() -> Vec<Column> {
    let integer = ColumnType::Integer { auto: false };
    let words = ["red".to_owned(), "green".to_owned()];
    let numbers = ["1".to_owned(), "5".to_owned()];
    vec![
        column("small", integer.clone(), "SMALLINT"),
        column("big", integer.clone(), "BIGINT"),
        Column {
            minimum: Some(-5.0),
            maximum: Some(-1.0),
            ..column("cold", integer.clone(), "INT")
        },
        Column { maximum: Some(0.0), ..column("debt", integer.clone(), "INT") },
        Column { allowed: numbers.into(), ..column("step", integer, "INT") },
        column("ratio", ColumnType::Float, "REAL"),
        Column {
            minimum: Some(0.5),
            maximum: Some(0.75),
            ..column("part", ColumnType::Float, "REAL")
        },
        column("price", ColumnType::Decimal, "NUMERIC(6,2)"),
        Column {
            minimum: Some(0.0),
            maximum: Some(10.0),
            ..column("rating", ColumnType::Decimal, "NUMERIC(4,2)")
        },
        column("open", ColumnType::Boolean, "BOOLEAN"),
        column("note", ColumnType::Text, "TEXT"),
        Column { max_length: Some(3), ..column("code", ColumnType::Text, "VARCHAR(3)") },
        Column {
            min_length: Some(40),
            max_length: Some(50),
            ..column("long", ColumnType::Text, "VARCHAR(50)")
        },
        Column {
            min_length: Some(64),
            max_length: Some(64),
            ..column("hash", ColumnType::Text, "CHAR(64)")
        },
        Column { max_length: Some(60), ..column("home_url", ColumnType::Text, "VARCHAR(60)") },
        Column { max_length: Some(9), ..column("email", ColumnType::Text, "VARCHAR(9)") },
        Column { allowed: words.into(), ..column("color", ColumnType::Text, "TEXT") },
        column("key", ColumnType::Uuid, "UUID"),
        column("at", ColumnType::Timestamp, "TIMESTAMPTZ"),
        column("day", ColumnType::Date, "DATE"),
        column("extra", ColumnType::Json, "JSONB"),
        column("raw", ColumnType::Bytes, "BYTEA"),
        column("tags", ColumnType::Array, "TEXT[]"),
        column("shape", ColumnType::Other, "POLYGON"),
    ]
}

fn values() -> Values {
    Values::new(&Seed { number: 3, tag: "mhx2k7".to_owned() })
}

#[test]
fn values_of_every_size_fit_their_column() {
    let mut values = values();
    for column in columns() {
        for size in [Size::Usual, Size::Largest] {
            for unique in [false, true] {
                let value = values.of(&column, size, None, unique);
                assert!(fits(&column, &value), "{value} in {column:?}");
            }
        }
    }
}

#[test]
fn unique_values_differ() {
    let mut values = values();
    for column in columns() {
        let has_room = column.allowed.is_empty()
            && column.maximum.is_none()
            && matches!(
                column.ty,
                ColumnType::Integer { .. } | ColumnType::Text | ColumnType::Uuid
            );
        if has_room {
            let one = values.of(&column, Size::Usual, None, true);
            assert_ne!(one, values.of(&column, Size::Usual, None, true), "{column:?}");
        }
    }
}

#[test]
fn the_examples_value_is_taken_where_it_fits() {
    let mut values = values();
    let code = column("code", ColumnType::Text, "TEXT");
    let short = Column { max_length: Some(3), ..code.clone() };
    let shown = json!("orders");
    assert_eq!(values.of(&code, Size::Usual, Some(&shown), false), shown);
    assert_ne!(values.of(&code, Size::Usual, Some(&shown), true), shown);
    assert_ne!(values.of(&short, Size::Usual, Some(&shown), false), shown);
}

#[test]
fn no_fault_fits_its_column() {
    let columns = columns();
    let field =
        |column: &Column| Field { name: column.name.clone(), role: Role::Plain, required: true };
    let fields = columns.iter().map(field).collect();
    let table = Table {
        name: "things".to_owned(),
        span: Span::default(),
        columns: columns.clone(),
        primary_key: Vec::new(),
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    };
    let resource = Resource {
        name: "Thing".to_owned(),
        table,
        fields,
        owner: None,
        scoped: false,
        tenant: None,
        soft_delete: None,
    };
    let faults = fault::of(&route(), &resource, &mut values());
    assert!(faults.len() > columns.len() * 3, "each is missing, null, and of a wrong type");
    for fault in faults {
        let column = fault.column.and_then(|at| columns.get(at));
        if let (Some(column), Some(value)) = (column, fault.value) {
            assert!(!fits(column, &value), "{}: {value}", fault.name);
        }
    }
}

fn route() -> Route {
    Route {
        method: Method::Post,
        path: Vec::new(),
        summary: String::new(),
        operation: Operation::Create,
        binding: None,
        deferral: None,
        success: 201,
        access: Access::default(),
        list: ListShape::Array,
        query: Query::default(),
        members: Vec::new(),
        rule: None,
        promises: Vec::new(),
        errors: Vec::new(),
        request_example: None,
        response_example: None,
        span: Span::default(),
        statement: Span::default(),
        certainty: crate::Certainty::Stated,
        evidence: Vec::new(),
    }
}

#[test]
fn the_wire_form_of_a_type_is_told_from_others() {
    let at = column("at", ColumnType::Timestamp, "TIMESTAMPTZ");
    for good in ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000006Z", "2026-01-02T03:04:05+01:00"]
    {
        assert!(fits_type(&at, &json!(good)), "{good}");
    }
    for bad in [
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-01-02T03:04:05.Z",
        "soon",
        "é".repeat(20).as_str(),
    ] {
        assert!(!fits_type(&at, &json!(bad)), "{bad}");
    }
    let price = column("price", ColumnType::Decimal, "NUMERIC");
    assert!(fits_type(&price, &json!("1.50")));
    assert!(!fits_type(&price, &json!(1.5)), "a number loses digits");
    assert!(!fits_type(&price, &json!(null)), "the column is never null");
    let count = column("count", ColumnType::Integer { auto: false }, "INT");
    assert!(!fits_type(&count, &json!("1")));
    assert!(!fits_type(&count, &json!(1.5)));
}

#[test]
fn values_that_mean_the_same_are_the_same() {
    let same = |ty: ColumnType, one: &str, other: &str| same_value(&ty, &json!(one), &json!(other));
    assert!(same(ColumnType::Decimal, "1.50", "1.5"));
    assert!(!same(ColumnType::Decimal, "1.50", "1.51"));
    assert!(same(
        ColumnType::Timestamp,
        "2026-01-02T03:04:05.100000Z",
        "2026-01-02T03:04:05.1+00:00"
    ));
    assert!(!same(ColumnType::Timestamp, "2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"));
    assert!(same(
        ColumnType::Uuid,
        "0000000A-0000-4000-8000-000000000000",
        "0000000a-0000-4000-8000-000000000000"
    ));
    assert!(!same(ColumnType::Text, "1.50", "1.5"));
    assert!(same_value(&ColumnType::Float, &json!(2), &json!(2.0)));
}
